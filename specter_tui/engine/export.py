"""Exporting orders: a few at once, each from a document that was just read, each with its outcome told."""

import asyncio
import time
from collections.abc import AsyncIterator, Iterable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime

from specter_tui.abicart.documents import Order, UnreadableOrder
from specter_tui.cutting import Cut
from specter_tui.engine.account import Account
from specter_tui.engine.book import OrderBook
from specter_tui.engine.journey import Journey, Sending
from specter_tui.engine.messages import ExportEnded, OrderView, Progress
from specter_tui.engine.permission import Permission, may_send
from specter_tui.engine.stopping import Stopping
from specter_tui.engine.views import withdrawn
from specter_tui.engine.wires import Wires
from specter_tui.engine.wording import barred, say
from specter_tui.engine.write_back import WriteBack
from specter_tui.export.plan import Plan
from specter_tui.journal.errors import SendingStopped
from specter_tui.journal.journal import Journal
from specter_tui.journal.records import Barred, BuyerBusy, Entry, NoClaim, Standing

FRESH_SECONDS = 60.0
"""A document older than this is read again before it is sent."""


@dataclass(frozen=True, slots=True)
class Wish:
    """What an export was asked for. `seen`: the form hash that a person saw, by uid; without one, any form will do.

    `reason` is a person's word to send again what is unknown, refused or exists.
    """

    uids: Sequence[int]
    seen: Mapping[int, str | None] = field(default_factory=dict)
    by_name: bool = False
    reason: str = ""


@dataclass(frozen=True, slots=True)
class _Fresh:
    """A document that was just read, and what it would be sent as."""

    order: Order | UnreadableOrder
    plan: Plan
    digest: str | None
    read_at: float

    def sending(self) -> Sending | None:
        """All that is needed to send it, if there is all of it."""
        order, plan = self.order, self.plan
        if not isinstance(order, Order) or plan.customer is None or plan.form is None or self.digest is None:
            return None
        return Sending(order, plan, plan.customer, plan.form, self.digest)


class _Tally:
    """What became of the orders of one run, told as it goes."""

    def __init__(self, wires: Wires, total: int) -> None:
        self._wires = wires
        self._total = total
        self._failed = 0
        self.ended: list[ExportEnded] = []
        self.broken = False

    def add(self, outcome: ExportEnded) -> None:
        self.ended.append(outcome)
        self._failed += outcome.view.state != "exported"
        self._wires.tell(outcome)
        self._wires.tell(Progress("export", len(self.ended), self._total, self._failed))

    def finish(self) -> None:
        self._wires.tell(Progress("export", len(self.ended), self._total, self._failed, finished=True))


class Export:
    """All exporting of this process; LIMITS__CONCURRENCY orders at once, whoever asked."""

    def __init__(
        self, wires: Wires, account: Account, book: OrderBook, write_back: WriteBack, stopping: Stopping
    ) -> None:
        self._wires = wires
        self._account = account
        self._book = book
        self._write_back = write_back
        self._stopping = stopping
        self._journey = Journey(wires, account)
        self._places = asyncio.Semaphore(wires.settings.limits.concurrency)
        self._language = wires.settings.ui.language
        self.in_flight: dict[int, str] = {}
        """The order numbers that are being sent, by uid."""
        self._leaving = asyncio.Event()

    @property
    def closing(self) -> bool:
        """Whether the process is leaving: what is in flight is finished, nothing new is taken."""
        return self._leaving.is_set()

    def leave(self) -> None:
        """Take nothing new from now on."""
        self._leaving.set()

    async def _wait(self, seconds: float) -> None:
        with suppress(TimeoutError):
            await asyncio.wait_for(self._leaving.wait(), seconds)

    async def run(self, wish: Wish) -> list[ExportEnded]:
        """Export these orders and tell the outcome of each. Raises ShopError, JournalError; what was sent is kept.

        A task is never cancelled: whatever happens, orders in flight come to their end.
        """
        tally = _Tally(self._wires, len(wish.uids))
        await self._stopping.look()
        tasks: list[asyncio.Task[None]] = []
        gone = set(wish.uids)
        try:
            with suppress(Cut):  # it leaves: what was not read is not sent.
                async for fresh in self._documents(wish.uids):
                    await self._places.acquire()
                    # What Specter asked us to wait, a run of many orders waits; what cannot be reached ends it.
                    if pause := self._account.asked_pause:
                        await self._wait(pause)
                    if self._stopped or tally.broken:
                        self._places.release()
                        break
                    tasks.append(asyncio.create_task(self._one(fresh, wish, tally)))
                    gone.discard(fresh.order.uid)
                else:
                    for uid in gone:
                        tally.add(self._not_sent(uid, say("gone", self._language)))
        finally:
            results = await asyncio.gather(*tasks, return_exceptions=True)
            tally.finish()
        for error in results:
            if error is not None:
                raise error
        return tally.ended

    @property
    def _stopped(self) -> bool:
        return self.closing or bool(self._account.closed) or self._stopping.stop is not None

    @property
    def _why_stopped(self) -> str:
        closed = self._account.closed
        return self._stopping.why or (say("halted", self._language, message=closed) if closed else "")

    async def _documents(self, uids: Iterable[int]) -> AsyncIterator[_Fresh]:
        async for page in self._wires.shop.orders_by_uid(uids):
            plans = await self._book.absorb(page)
            read_at = time.monotonic()
            for order in page:
                plan, digest = plans[order.uid]
                yield _Fresh(order, plan, digest, read_at)

    async def _one(self, fresh: _Fresh, wish: Wish, tally: _Tally) -> None:
        """One order, in a place that was taken for it: sent if it may be, then its number brought home."""
        uid = fresh.order.uid
        try:
            number, outcome = await self._judge_and_send(fresh, wish)
        except BaseException:
            tally.broken = True
            raise
        finally:
            self._places.release()
        entry = None
        if number is not None and not fresh.order.external_order_number:
            entry = await self._write_back.store(uid, number)
        if outcome is None:
            outcome = await self._ended(uid, entry, sent=True)
        tally.add(outcome)

    async def _judge_and_send(self, fresh: _Fresh, wish: Wish) -> tuple[str | None, ExportEnded | None]:
        """The Specter number that came, or the outcome of an order that was not sent, or neither."""
        uid = fresh.order.uid
        if self._stopped:
            return None, self._not_sent(uid, self._why_stopped)
        if time.monotonic() - fresh.read_at > FRESH_SECONDS:
            try:
                again = [newer async for newer in self._documents([uid])]
            except Cut:
                return None, self._not_sent(uid)
            if not again:
                return None, self._not_sent(uid, say("gone", self._language))
            fresh = again[0]
        entry = await self._entry(uid)
        seen = wish.seen.get(uid)
        if seen is not None and seen != fresh.digest:
            return None, self._not_sent(uid, say("edited", self._language))
        permission = self._permission(fresh, entry, wish)
        sending = fresh.sending()
        if permission is None or sending is None:
            return None, ExportEnded(self._book.outside(fresh.order, entry), sent=False)
        ours = entry.shown_number if entry else None
        why_not = "" if wish.reason else withdrawn(fresh.order, self._language, ours)
        if why_not:
            return None, self._not_sent(uid, why_not)
        self.in_flight[uid] = fresh.order.number
        try:
            number = await self._journey.send(sending, permission)
        except SendingStopped as stopped:
            self._stopping.heard(stopped)
            return None, self._not_sent(uid, self._stopping.why)
        finally:
            del self.in_flight[uid]
        if isinstance(number, Standing | BuyerBusy | Barred):
            return None, await self._not_claimed(uid, number)
        return number, None

    async def _not_claimed(self, uid: int, why: NoClaim) -> ExportEnded:
        match why:
            case Standing():
                return await self._ended(uid, why.entry, sent=False)
            case BuyerBusy():
                key = "buyer_in_doubt" if why.in_doubt else "buyer_busy"
                return self._not_sent(uid, say(key, self._language, number=why.order_number))
            case Barred():
                return self._not_sent(uid, barred(why.by, self._language))

    def _permission(self, fresh: _Fresh, entry: Entry | None, wish: Wish) -> Permission | None:
        view = self._book.view(fresh.order.uid)
        if view is None or ((entry is None or entry.is_new) and view.state != "ready"):
            return None
        again = entry is not None and (entry.by_hand or entry.state in ("unknown", "refused", "exists"))
        if wish.reason and again and fresh.plan.ready:
            return Permission("reclaim", wish.reason)
        return may_send(
            fresh.plan, fresh.digest, entry, self._wires.settings, datetime.now(UTC), asked_by_name=wish.by_name
        )

    async def _entry(self, uid: int) -> Entry | None:
        """What the journal says now; nothing of an order that is ready. If another process took it, the claim tells."""
        view = self._book.view(uid)
        is_new = view is not None and view.state == "ready" and not view.by_hand
        return None if is_new else await self._wires.journal(Journal.entry, uid)

    async def _ended(self, uid: int, entry: Entry | None, *, sent: bool) -> ExportEnded:
        entry = entry or await self._wires.journal(Journal.entry, uid)
        if entry is not None:
            self._book.enter([entry])
        else:
            self._book.leave([uid])
        return ExportEnded(self._view(uid), sent)

    def _not_sent(self, uid: int, message: str = "") -> ExportEnded:
        view = self._view(uid)
        return ExportEnded(replace(view, message=message, cause="") if message else view, sent=False)

    def _view(self, uid: int) -> OrderView:
        return self._book.view(uid) or OrderView(uid=uid, number=str(uid), state="out_of_scope")
