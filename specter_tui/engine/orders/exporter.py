"""Export orders: a few at a time, each from a document just read, each with its outcome reported."""

import asyncio
import random
import time
from collections.abc import AsyncIterator, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime

from specter_tui.abicart.models import Order, UnreadableOrder
from specter_tui.engine.concurrency.keyed_locks import buyer_digests, customer_keys
from specter_tui.engine.context import ShopContext
from specter_tui.engine.emergency_stop import EmergencyStop
from specter_tui.engine.events import ExportEnded, OrderView
from specter_tui.engine.orders.export_tally import ExportTally
from specter_tui.engine.orders.hashes import Hashes
from specter_tui.engine.orders.order_index import OrderIndex
from specter_tui.engine.orders.order_views import withdrawn
from specter_tui.engine.orders.reference_data import CUSTOMER_CHANGED, ReferenceData
from specter_tui.engine.orders.retry_policy import RetryDecision, decide_retry, may_resend
from specter_tui.engine.orders.submission import Failed, OrderSubmission, Sent, Stumbled, SubmissionInput, intent_of
from specter_tui.engine.orders.write_back import NumberWriteBack
from specter_tui.engine.outcome_texts import barred, outcome_text
from specter_tui.engine.specter_circuit import SpecterCircuit
from specter_tui.http.cancellable_reads import ReadCancelled
from specter_tui.journal.errors import SendingStopped
from specter_tui.journal.models import Barred, BuyerBusy, ClaimDenied, Entry, NoClaim
from specter_tui.journal.repositories.buyer_locks import BuyerLocks
from specter_tui.journal.repositories.claims import Claims
from specter_tui.journal.repositories.orders import Orders
from specter_tui.planning.orders.plan import Plan

FRESH_SECONDS = 60.0
"""A document older than this is read again before it is sent."""
_FIRST_PAUSE, _LONGEST_PAUSE = 0.05, 0.5
"""Seconds between checks whether the buyer's other order has ended."""


@dataclass(frozen=True, slots=True)
class ExportRequest:
    """A request to export orders. `seen` is the digest of what a person saw, by uid; without one any form is accepted.

    `reason` is a person's reason to repeat an order that is unknown, refused or exists. `articles` is the time when a
    missing article came to Specter, by the uid of the order refused for it.
    """

    uids: Sequence[int]
    seen: Mapping[int, str | None] = field(default_factory=dict)
    by_name: bool = False
    reason: str = ""
    articles: Mapping[int, datetime] = field(default_factory=dict)
    ended: asyncio.Event = field(default_factory=asyncio.Event, compare=False)
    """Set when a person ends the rest of it."""


@dataclass(frozen=True, slots=True)
class _LoadedOrder:
    """A document just read, and its plan."""

    order: Order | UnreadableOrder
    plan: Plan
    hashes: Hashes | None
    read_at: float

    @property
    def keys(self) -> list[str]:
        """The values by which Specter matches the buyer."""
        return customer_keys(self.plan.customer) if self.plan.customer is not None else []


class _Place:
    """One of LIMITS__CONCURRENCY slots; released while its order waits for another of the same buyer."""

    def __init__(self, places: asyncio.Semaphore) -> None:
        self._places = places
        self._held = True

    def give_back(self) -> None:
        if self._held:
            self._held = False
            self._places.release()

    async def take(self) -> None:
        if not self._held:
            await self._places.acquire()
            self._held = True


class OrderExporter:
    """All exporting of this process; LIMITS__CONCURRENCY orders at once for all requests."""

    def __init__(
        self,
        context: ShopContext,
        account: SpecterCircuit,
        reference: ReferenceData,
        order_index: OrderIndex,
        write_back: NumberWriteBack,
        stopping: EmergencyStop,
    ) -> None:
        self._context = context
        self._account = account
        self._order_index = order_index
        self._write_back = write_back
        self._stopping = stopping
        self._reference = reference
        self._submission = OrderSubmission(context, account)
        self._keyed_locks = context.shared.keyed_locks_of(context.settings.specter)
        self._places = asyncio.Semaphore(context.settings.limits.concurrency)
        self._language = context.settings.ui.language
        self._asked: list[ExportRequest] = []
        self.unsent = 0
        """The number of orders that were asked for and that the shutdown kept from being sent."""
        self.in_flight: dict[int, str] = {}
        """The order numbers that are being sent, by uid."""
        self._leaving = asyncio.Event()

    @property
    def closing(self) -> bool:
        """True if the process shuts down: orders in flight are finished, and no new ones are begun."""
        return self._leaving.is_set()

    def leave(self) -> None:
        """Begin no further orders."""
        self._leaving.set()

    def end_rest(self) -> None:
        """Begin no further order of what persons asked for here; orders in flight are finished, auto mode goes on."""
        for request in self._asked:
            request.ended.set()

    @contextmanager
    def asked(self, request: ExportRequest) -> Iterator[None]:
        """Let a person end the rest of a request inside the block, also before it is run."""
        self._asked.append(request)
        try:
            yield
        finally:
            self._asked.remove(request)

    async def _wait(self, seconds: float) -> None:
        with suppress(TimeoutError):
            await asyncio.wait_for(self._leaving.wait(), seconds)

    async def run(self, request: ExportRequest) -> list[ExportEnded]:
        """Export these orders and report each outcome. Raises ShopError, JournalError; sent orders are recorded.

        A task is never cancelled: orders in flight are always finished.
        """
        tally = ExportTally(self._context, len(request.uids))
        await self._stopping.look()
        tasks: list[asyncio.Task[None]] = []
        gone = set(request.uids)
        try:
            with suppress(ReadCancelled):  # At shutdown, what was not read is not sent.
                async for fresh in self._documents(request.uids):
                    await self._places.acquire()
                    # A run waits for the pause that Specter asked for, and ends when Specter cannot be reached.
                    if pause := self._account.asked_pause:
                        await self._wait(pause)
                    if self._stopped or tally.broken or request.ended.is_set():
                        self._places.release()
                        break
                    tasks.append(asyncio.create_task(self._one(fresh, request, tally)))
                    gone.discard(fresh.order.uid)
                    if self._account.may_try:  # One order alone, whose answer ends the halt or prolongs it.
                        await asyncio.wait(tasks)
                else:
                    for uid in gone:
                        tally.add(self._not_sent(uid, outcome_text("gone", self._language)))
                    gone.clear()
        finally:
            results = await asyncio.gather(*tasks, return_exceptions=True)
            if request.ended.is_set():
                for uid in gone:
                    tally.add(self._not_sent(uid, outcome_text("ended_by_person", self._language)))
            self.unsent += tally.left if self.closing else 0
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
        return self._stopping.why or (outcome_text("halted", self._language, message=closed) if closed else "")

    async def _documents(self, uids: Iterable[int]) -> AsyncIterator[_LoadedOrder]:
        async for page in self._context.shop.orders_by_uid(uids):
            plans = await self._order_index.apply_documents(page)
            read_at = time.monotonic()
            for order in page:
                plan, hashes = plans[order.uid]
                yield _LoadedOrder(order, plan, hashes, read_at)

    async def _one(self, fresh: _LoadedOrder, request: ExportRequest, tally: ExportTally) -> None:
        """Export one order in its slot: send it if allowed, then write its number to the shop."""
        uid, place = fresh.order.uid, _Place(self._places)
        try:
            result = await self._in_turn(fresh, request, place)
        except Stumbled as stumbled:
            result = await self._blocked(fresh, stumbled.error)
        except BaseException:
            tally.broken = True
            raise
        finally:
            place.give_back()
        entry = None
        if isinstance(result, Sent) and not fresh.order.external_order_number:
            entry = await self._write_back.store(uid, result.number)
        if not isinstance(result, ExportEnded):
            result = await self._ended(uid, entry, sent=True)
        tally.add(result)

    async def _blocked(self, fresh: _LoadedOrder, error: Exception) -> ExportEnded:
        """Return the outcome of an order on which the program failed. It is blocked; others continue."""
        self._reference.note_broken(fresh.order.uid, fresh.hashes, error)
        await self._order_index.apply_documents([fresh.order])
        return self._not_sent(fresh.order.uid)

    async def _in_turn(self, fresh: _LoadedOrder, request: ExportRequest, place: _Place) -> Sent | Failed | ExportEnded:
        """Judge and send while no other order of the buyer is in flight, in this process or another."""
        if not self._keyed_locks.are_free(fresh.keys):
            place.give_back()
        async with self._keyed_locks.hold(fresh.keys):
            latest: float | None = None
            while True:
                await place.take()
                result = await self._judge_and_send(fresh, request)
                if not isinstance(result, BuyerBusy):
                    return result
                place.give_back()
                # An order in doubt may lock its buyer for an hour; only a request for this very order waits for it.
                now = time.monotonic()
                latest = latest or now + self._patience
                if (result.in_doubt and not request.by_name) or not await self._buyer_is_free(fresh, request, latest):
                    return await self._not_claimed(fresh.order.uid, result)

    @property
    def _patience(self) -> float:
        return 2 * self._context.settings.limits.timeout.total_seconds()

    async def _buyer_is_free(self, fresh: _LoadedOrder, request: ExportRequest, latest: float) -> bool:
        """Wait until no other process has an order of the buyer in flight; return False if that takes too long."""
        uid, buyer = fresh.order.uid, self._buyer(fresh)
        pause = _FIRST_PAUSE
        while not self._stopped and not request.ended.is_set() and time.monotonic() < latest:
            await self._wait(pause * random.uniform(0.5, 1.0))  # noqa: S311
            pause = min(2 * pause, _LONGEST_PAUSE)
            await self._context.journal(Claims.expire_leases)
            if await self._context.journal(BuyerLocks.busy, uid, buyer) is None:
                return True
        return False

    def _buyer(self, fresh: _LoadedOrder) -> tuple[str, ...]:
        customer = fresh.plan.customer
        return () if customer is None else buyer_digests(customer, self._context.journal.salt)

    def _sending(self, fresh: _LoadedOrder) -> SubmissionInput | None:
        """Return the encoded calls of an order, or None where a form is missing. Raises Stumbled."""
        order, plan, specter = fresh.order, fresh.plan, self._context.specter
        if not isinstance(order, Order) or plan.customer is None or plan.form is None or fresh.hashes is None:
            return None
        try:
            customer, form = specter.write_customer(plan.customer), specter.write_order(plan.form)
            sending = SubmissionInput(order, plan, customer, form, fresh.hashes, self._buyer(fresh))
            intent_of(sending, self._context.journal.salt)
        except Exception as error:
            raise Stumbled(error) from error
        return sending

    async def _judge_and_send(
        self, fresh: _LoadedOrder, request: ExportRequest
    ) -> Sent | Failed | BuyerBusy | ExportEnded:
        """Send the order if it may be sent as it is now; an ExportEnded is of one that was not sent."""
        uid = fresh.order.uid
        if self._stopped:
            return self._not_sent(uid, self._why_stopped)
        if time.monotonic() - fresh.read_at > FRESH_SECONDS:
            try:
                again = [newer async for newer in self._documents([uid])]
            except ReadCancelled:
                return self._not_sent(uid)
            if not again:
                return self._not_sent(uid, outcome_text("gone", self._language))
            fresh = again[0]
        entry = await self._entry(uid)
        if request.ended.is_set():
            return self._not_sent(uid, outcome_text("ended_by_person", self._language))
        seen = request.seen.get(uid)
        if seen is not None and (fresh.hashes is None or seen != fresh.hashes.seen):
            return self._not_sent(uid, outcome_text("edited", self._language))
        permission = self._permission(fresh, entry, request)
        sending = self._sending(fresh) if permission is not None else None
        if permission is None or sending is None:
            return ExportEnded(self._order_index.outside(fresh.order, entry), sent=False)
        ours = entry.shown_number if entry else None
        why_not = "" if request.reason else withdrawn(fresh.order, self._language, ours)
        if why_not:
            return self._not_sent(uid, why_not)
        return await self._sent(sending, permission)

    async def _sent(
        self, sending: SubmissionInput, permission: RetryDecision
    ) -> Sent | Failed | BuyerBusy | ExportEnded:
        uid = sending.order.uid
        self.in_flight[uid] = sending.order.number
        try:
            result = await self._submission.send(sending, permission)
        except SendingStopped as stopped:
            self._stopping.heard(stopped)
            return self._not_sent(uid, self._stopping.why)
        finally:
            del self.in_flight[uid]
        if isinstance(result, ClaimDenied | Barred):
            return await self._not_claimed(uid, result)
        return result

    async def _not_claimed(self, uid: int, why: NoClaim) -> ExportEnded:
        match why:
            case ClaimDenied():
                return await self._ended(uid, why.entry, sent=False)
            case BuyerBusy():
                key = "buyer_in_doubt" if why.in_doubt else "buyer_busy"
                return self._not_sent(uid, outcome_text(key, self._language, number=why.order_number))
            case Barred():
                self._account.note_halt(why.by)
                return self._not_sent(uid, self._why_stopped or barred(why.by, self._context.settings.ui))

    def _permission(self, fresh: _LoadedOrder, entry: Entry | None, request: ExportRequest) -> RetryDecision | None:
        view = self._order_index.view(fresh.order.uid)
        if view is None or ((entry is None or entry.is_new) and view.state != "ready"):
            return None
        again = entry is not None and (entry.by_hand or entry.state in ("unknown", "refused", "exists"))
        if request.reason and entry is not None and _may_be_asked_for(fresh.plan):
            if again:
                return RetryDecision("reclaim", request.reason)
            # The person's request allows it, since the customer was changed by hand.
            if entry.state == "retry_later" and not fresh.plan.ready:
                return RetryDecision("claim")
        came, now = request.articles.get(fresh.order.uid), datetime.now(UTC)
        if came is not None and entry is not None and fresh.plan.ready and may_resend(entry, came):
            return RetryDecision("reclaim", outcome_text("article_came", "en"), automatic=True, article_came=came)
        return decide_retry(fresh.plan, fresh.hashes, entry, self._context.settings, now, asked_by_name=request.by_name)

    async def _entry(self, uid: int) -> Entry | None:
        """Return the journal's present entry, None for a ready order.

        If another process took that order, the claim finds out.
        """
        view = self._order_index.view(uid)
        is_new = view is not None and view.state == "ready" and not view.by_hand
        return None if is_new else await self._context.journal(Orders.entry, uid)

    async def _ended(self, uid: int, entry: Entry | None, *, sent: bool) -> ExportEnded:
        entry = entry or await self._context.journal(Orders.entry, uid)
        if entry is not None:
            self._order_index.apply_entries([entry])
        else:
            self._order_index.drop_entries([uid])
        return ExportEnded(self._view(uid), sent)

    def _not_sent(self, uid: int, message: str = "") -> ExportEnded:
        view = self._view(uid)
        return ExportEnded(replace(view, message=message, cause="") if message else view, sent=False)

    def _view(self, uid: int) -> OrderView:
        return self._order_index.view(uid) or OrderView(uid=uid, number=str(uid), state="out_of_scope")


def _may_be_asked_for(plan: Plan) -> bool:
    """Return whether a person may request it: it is ready, or its only problem is the changed customer."""
    rest = tuple(problem for problem in plan.problems if problem.code != CUSTOMER_CHANGED)
    return replace(plan, problems=rest).ready
