"""Monitoring by one process for all on a journal: write metrics, and alert people of stalled work."""

import asyncio
import json
from collections.abc import Sequence
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import get_args

from specter_tui.engine.changed_orders import ChangedOrders
from specter_tui.engine.concurrency.lease_names import MONITORING
from specter_tui.engine.context import ShopContext
from specter_tui.engine.events import Notice
from specter_tui.engine.monitoring.alarms import message_of, order_alarm, other_alarms
from specter_tui.engine.monitoring.alerting import Alerter, can_send, kind_of
from specter_tui.engine.monitoring.idle_orders import NEEDS_A_PERSON, IdleOrders
from specter_tui.engine.monitoring.metrics import Figures, metrics_text, write_whole
from specter_tui.engine.order_states import OrderState
from specter_tui.engine.orders.order_index import OrderIndex
from specter_tui.engine.outcome_texts import outcome_text
from specter_tui.engine.specter_circuit import SpecterCircuit
from specter_tui.errors import text_of_error
from specter_tui.journal.errors import JournalError
from specter_tui.journal.models import LeaseHolder
from specter_tui.journal.repositories.cursors import Cursors
from specter_tui.journal.repositories.events import Events
from specter_tui.journal.repositories.leases import Leases
from specter_tui.journal.repositories.orders import Orders
from specter_tui.journal.repositories.overdue import OverdueWork

_BEAT = timedelta(seconds=15)
_SOON = timedelta(seconds=1)
"""The pause of a worker that does not serve the shop, since it may take it over."""
_TOLD = "alerted"
_MOST_CONFLICTS = 100
_NOT_STORED: tuple[OrderState, ...] = ("ready", "blocked", "waiting")


class MonitoringJob:
    """Runs beside auto mode if METRICS__FILE or ALERT__URLS is set. Its failures do not affect other work."""

    def __init__(
        self, context: ShopContext, account: SpecterCircuit, order_index: OrderIndex, *, exporting: bool
    ) -> None:
        self._context = context
        self._account = account
        self._order_index = order_index
        self._alerter = Alerter(context.settings.alert.urls)
        self._idle = IdleOrders(context.settings.alert.after, exporting=exporting)
        self._changed = ChangedOrders(context.journal)
        self._shown = order_index.follow_changes() if context.settings.alert.urls else set[int]()
        """Orders that are shown otherwise since the last beat."""
        self._told_text, self._told = "[]", frozenset[str]()
        """The conditions that were told, as the journal keeps them, and by key."""
        self._language = context.settings.ui.language
        self._trouble = ""
        self._undelivered = 0
        """The number of alerts since the program began that no address accepted."""

    async def run(self, leaving: asyncio.Event) -> None:
        """Tick until the engine shuts down; an alert then in flight is not waited for."""
        settings = self._context.settings
        if not settings.metrics.file and not settings.alert.urls:
            return
        if settings.alert.urls and not can_send():
            self._context.emit(Notice("error", outcome_text("no_apprise", self._language)))
        left = asyncio.create_task(leaving.wait())
        while not leaving.is_set():
            beat = asyncio.create_task(self.tick_safely())
            await asyncio.wait({beat, left}, return_when=asyncio.FIRST_COMPLETED)
            if not beat.done():
                beat.cancel()
            pause = _BEAT if self._serves else _SOON
            await asyncio.wait({left}, timeout=pause.total_seconds())
        with suppress(JournalError):
            await self._context.journal(Leases.drop, MONITORING)

    @property
    def _serves(self) -> bool:
        return self._context.shared.serves(self._context.settings.abicart.webshop)

    async def tick_safely(self) -> None:
        """Tick; report what failed in a notice, once until something else fails."""
        trouble = ""
        try:
            await self.tick(datetime.now(UTC))
        except (JournalError, OSError) as error:
            trouble = text_of_error(error)
        if trouble and trouble != self._trouble:
            self._context.emit(Notice("warning", trouble))
        self._trouble = trouble

    async def tick(self, now: datetime) -> None:
        """Write metrics and send alerts, if no other process on this journal does. Raises JournalError, OSError."""
        if not self._serves:
            return
        if isinstance(await self._context.journal(Leases.take, MONITORING, 4 * _BEAT), LeaseHolder):
            return
        settings = self._context.settings
        if settings.metrics.file:
            text = metrics_text(await self._figures(), settings.abicart.webshop, now)
            await asyncio.to_thread(write_whole, Path(settings.metrics.file), text)
        if settings.alert.urls and can_send() and self._order_index.is_read:
            await self._alert(now)

    async def _figures(self) -> Figures:
        journal = self._context.journal
        stored: dict[OrderState, int] = dict.fromkeys(get_args(OrderState), 0)
        stored.update((state, count) for state, count in (await journal(Orders.counts)).items())
        views = list(self._order_index.open) if self._order_index.is_read else []
        # Before the first poll these are unknown: no metric is better than a wrong one.
        unknown = {"out_of_scope"} if self._order_index.is_read else {"out_of_scope", *_NOT_STORED}
        for view in views:
            if view.state in _NOT_STORED and not view.by_hand:
                stored[view.state] += 1
        seen = await journal(Cursors.get, "orders_seen_until")
        return Figures(
            orders={state: count for state, count in stored.items() if state not in unknown},
            oldest_open=min((view.ordered for view in views if view.ordered is not None), default=None),
            is_read=self._order_index.is_read,
            last_look=datetime.fromisoformat(seen) if seen else None,
            last_export=await journal(Events.last_export),
            halted=bool(self._account.halted),
            undelivered=self._undelivered,
            overdue=await journal(OverdueWork.found),
        )

    def _tell_of_failed(self, taken: Sequence[bool]) -> None:
        urls = self._context.settings.alert.urls
        failed = ", ".join(kind_of(url) for url, took in zip(urls, taken, strict=True) if not took)
        if failed:
            self._undelivered += not any(taken)
            key = "alert_partly" if any(taken) else "alert_lost"
            self._context.emit(Notice("error", outcome_text(key, self._language, kinds=failed)))

    async def _alert(self, now: datetime) -> None:
        """Send one alert for each condition until it clears; sent ones are stored, so that a restart repeats none."""
        journal, settings = self._context.journal, self._context.settings
        await self._follow_orders()
        self._idle.grow_older(now)
        others = other_alarms(
            conflicts=await journal(Orders.write_back_conflicts, _MOST_CONFLICTS),
            overdue=await journal(OverdueWork.found),
            halted=bool(self._account.halted),
            now=now,
            after=settings.alert.after,
            language=self._language,
        )
        told = await self._what_was_told()
        due = self._idle.due
        new = {key: order_alarm(due[key], self._language) for key in due.keys() - told}
        new |= {key: alarm for key, alarm in others.items() if key not in told}
        kept = {key for key in told if key in due or key in others}
        if new:
            taken = await self._alerter.send(*message_of(new, settings.abicart.webshop, self._language))
            self._tell_of_failed(taken)
            if any(taken):
                kept |= new.keys()
        if kept != told:
            await journal(Cursors.set, _TOLD, json.dumps(sorted(kept)))

    async def _follow_orders(self) -> None:
        """Read the orders that changed since the last beat; at the first all that are undecided."""
        journal = self._context.journal
        shown = set(self._shown)
        async with self._changed.since_last_time() as changed:
            if changed is None:
                entries = await journal(Orders.entries, None, NEEDS_A_PERSON)
            else:
                entries = await journal(Orders.entries, changed | shown) if changed | shown else []
            known = {entry.uid: entry for entry in entries}
            for uid in shown.union(changed or (), known):
                self._idle.update(uid, known.get(uid), self._order_index.view(uid))
            self._shown -= shown

    async def _what_was_told(self) -> frozenset[str]:
        """Return the keys of what was told, by this process or another."""
        text = await self._context.journal(Cursors.get, _TOLD) or "[]"
        if text != self._told_text:
            self._told_text, self._told = text, frozenset(json.loads(text))
        return self._told
