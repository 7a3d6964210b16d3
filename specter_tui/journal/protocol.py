"""The seam: what a journal does, in the words of the trade. `Journal` in journal.py is what does it, on every database.

The rules behind these verbs are written once, in the files below repositories/, over the few things that a database
must do (database.py): a file does them in sqlite.py, a PostgreSQL server in postgres/. Every verb is one change,
kept whole or not at all, and raises JournalError when the journal cannot be written or read; then nothing was changed.
"""

from collections.abc import Collection, Iterable, Mapping
from datetime import datetime, timedelta
from decimal import Decimal
from typing import Literal, Protocol, overload

from specter_tui.journal.goods_models import (
    ArticleChange,
    ArticleSent,
    BatchKind,
    DeliveryRecord,
    DriftKind,
    DriftLine,
    NumberHolder,
    Quantity,
    QueueUse,
    RefusedArticle,
    RowForPerson,
    SentArticle,
    StatusLine,
    StockLine,
    StoredBatch,
    UnknownStock,
    UnreadLine,
    WrittenStock,
)
from specter_tui.journal.models import (
    BuyerBusy,
    Claim,
    Entry,
    Event,
    Halt,
    Imported,
    Intent,
    KnownNumber,
    NoClaim,
    NumberBy,
    RateAmount,
    SentRow,
    ShopOrder,
    State,
    Stop,
)
from specter_tui.journal.repositories.api_calls import Call
from specter_tui.journal.repositories.restore_repair import Restored
from specter_tui.journal.safety.high_water_log import HighWaterLog


class OrderVerbs(Protocol):
    """The verbs on orders."""

    # Who may send an order, until when; what becomes of a claim whose holder is gone.

    def claim(
        self, intent: Intent, lease: timedelta, *, is_new: bool = False, may_try: bool = False
    ) -> Claim | NoClaim:
        """Claim an order that is new, as it is taken to be where it `is_new`, or that waits in retry_later.

        `may_try`: it may be the one order that is tried during a halt.
        """

    def claim_next(self, intents: Iterable[Intent], lease: timedelta) -> Claim | None:
        """Claim the first of these orders that is free, and pass over what another has or is about to change."""

    def reclaim(
        self,
        intent: Intent,
        lease: timedelta,
        reason: str,
        *,
        automatic: bool,
        may_try: bool = False,
        article_came: datetime | None = None,
    ) -> Claim | NoClaim:
        """Claim an order again that is unknown, refused or exists; the caller has the proof, or an operator's word."""

    def buyer_busy(self, uid: int, buyer: tuple[str, ...]) -> BuyerBusy | None:
        """Return the order that keeps this one of the same buyer back."""

    def halt(self) -> Halt | None:
        """Return the halt by an HTTP status that holds now, for every process on this journal."""

    def end_halt(self, reason: str) -> bool:
        """End the halt on a person's word; False when there is none."""

    def extend(self, claim: Claim, lease: timedelta) -> bool:
        """Let the claim's lease begin anew; False when the order is no longer this claim's."""

    def expire_leases(self) -> list[int]:
        """Turn every claim whose lease is over, or whose process is gone, to unknown; return the uids."""

    # How a claim ends. Each needs the claim, and returns False when the order is no longer the claim's.

    def customer_known(self, claim: Claim, customer_number: str) -> bool:
        """Keep the customer number and go on to the step order, in one commit."""

    def exported(self, claim: Claim, specter_number: str, duration: timedelta) -> bool:
        """Keep the Specter number; its write-back is due from now on."""

    def retry_later(self, claim: Claim, message: str, retry_at: datetime) -> bool:
        """The call is proven not sent: let the order wait until `retry_at` (aware); one in doubt stays in doubt."""

    def unknown(self, claim: Claim, message: str, status: int | None = None, *, server_failed: bool = False) -> bool:
        """The call may have arrived and the answer never did; by an HTTP status the account may be halted."""

    def refused(self, claim: Claim, code: str, message: str) -> bool:
        """Specter said no, by this code: this call made nothing; an order in doubt stays in doubt."""

    def exists(self, claim: Claim, message: str, specter_number: str | None = None) -> bool:
        """Specter has the external number already; a number from its answer is kept in Entry.seen_number."""

    def release(self, claim: Claim, message: str) -> bool:
        """Give the claim back, its call neither sent nor made: the order is what it was before, as if never claimed."""

    # What people decide, and what is known from elsewhere.

    def enter_number(self, order: ShopOrder, number: str, by: NumberBy = "person") -> bool:
        """Make an order exported by the Specter number that a person typed; its write-back is due."""

    def correct_number(self, order: ShopOrder, number: str, reason: str) -> bool:
        """Give an exported order another Specter number; its write-back is due, with the old number beside it."""

    def close_order(self, order: ShopOrder, reason: str) -> bool:
        """Close an order, as never to be exported or done by hand; also one that the journal has never seen."""

    def close_many(self, orders: Iterable[ShopOrder], reason: str) -> list[int]:
        """Close many orders in one commit, with an event each; return the uids of those that were closed by it."""

    def reopen(self, order: ShopOrder, reason: str) -> bool:
        """Take back a closing, or a number that a person typed or imported: the order is what it was, by hand."""

    def import_known(self, items: Iterable[KnownNumber]) -> Imported:
        """Enter orders that are in Specter already, as exported with nothing to write back, in one commit."""

    def enter_unrecorded(self) -> list[int]:
        """Enter the numbers of the side files and clear them; return the uids that became exported by it."""

    def restore_seen(self, seen: HighWaterLog) -> Restored | None:
        """Compare the journal with what was seen of it, and from now on let all be seen."""

    # What follows an export: the number on its way to the shop, and what the shop did to the order since.

    def write_back_done(self, uid: int, number: str | None = None) -> bool:
        """The shop's order now shows the Specter number: this one, where one is named."""

    def write_backs_done(self, numbers: Mapping[int, str | None]) -> list[int]:
        """The same of many, in one commit, with an event each; return the uids that were changed by it."""

    def write_backs_stored(self, numbers: Mapping[int, str | None]) -> list[Entry]:
        """As `write_backs_done`; return the orders as they are after it."""

    def write_backs_cleared(self, uids: Iterable[int]) -> list[int]:
        """The shop's orders show no number of ours any more, after it was taken back; return those that were due."""

    def write_back_conflict(self, uid: int, found_number: str, number: str | None = None) -> bool:
        """The shop's order shows another number than ours, which is never overwritten."""

    def write_back_lost(self, uid: int, number: str) -> bool:
        """The shop's order shows this number of ours no longer, nor another: it is due again."""

    def flag_drift(self, uid: int, drift: bool) -> bool:
        """The shop's order differs from what was exported, or no longer does."""

    def flag_cancelled(self, uid: int, cancelled: bool) -> bool:
        """The order was cancelled in the shop after its export, or no longer is."""

    # The emergency stop.

    def begin_stop(self, reason: str) -> bool:
        """Stop all sending on this journal; False when it is stopped already."""

    def end_stop(self, reason: str) -> bool:
        """Let sending go on; False when it was not stopped."""

    def stop_in_force(self) -> Stop | None:
        """Return the stop that holds now, None when sending is free."""

    def refuse_if_stopped(self) -> None:
        """Raise SendingStopped while a stop holds: asked before each write that needs no claim."""

    # What processes agree upon: which of them does a kind of work, and how far it has come.

    def take_lease(self, name: str, lease: timedelta, kind: str = "") -> str | None:
        """Take a named lease for this process: None when it is ours now, else its holder, as [kind:]operator@host."""

    def renew_lease(self, name: str, lease: timedelta) -> bool:
        """Let a lease that this process holds begin anew; False when another has taken it."""

    def drop_lease(self, name: str) -> None:
        """Give a lease up, where this process holds it."""

    def set_cursor(self, name: str, value: str) -> None:
        """Keep how far a reader of the shop has come, for `cursor`."""

    # Forgetting.

    def uids_of_customer(self, customer_number: str) -> list[int]:
        """Return the orders that were sent for a customer of Specter's."""

    def erase(self, uids: Iterable[int]) -> list[int]:
        """Erase orders that are exported or closed; return those that were."""

    # Reading, which no writer waits for.

    def close(self) -> None:
        """Close the connection; what was committed stays."""

    def now(self) -> datetime:
        """Return the time of day by the clock that all who share the journal go by."""

    def entry(self, uid: int) -> Entry | None:
        """Return one order, None when the journal has never seen it."""

    def entries(
        self,
        uids: Iterable[int] | None = None,
        states: Iterable[State] | None = None,
        *,
        after_uid: int = -1,
        limit: int | None = None,
    ) -> list[Entry]:
        """Return orders by rising uid: those of the uids, and in the states, where these are given."""

    def by_order_number(self, order_number: str) -> list[Entry]:
        """Return the orders with this order number; a shop may have used one twice."""

    def by_specter_number(self, number: str) -> Entry | None:
        """Return the exported order with this Specter number."""

    def due_write_backs(self, limit: int) -> list[Entry]:
        """Return exported orders whose number the shop does not have yet, the oldest export first."""

    def write_back_conflicts(self, limit: int) -> list[Entry]:
        """Return orders of which the shop shows another number than ours, by rising uid."""

    def counts(self) -> dict[State, int]:
        """Return how many orders stand in each state; a state without any is left out."""

    def rows(self, uid: int) -> tuple[SentRow, ...]:
        """Return the rows that were sent for an order, or are about to be."""

    def rates(self, uid: int) -> tuple[RateAmount, ...]:
        """Return net and VAT per rate of an order that was sent, or is about to be."""

    def events(
        self,
        uid: int | None = None,
        after_id: int = 0,
        before_id: int | None = None,
        limit: int = 500,
        *,
        newest_first: bool = False,
    ) -> list[Event]:
        """Return events, of one order or of all, with ids between the two (both left out), at most `limit`."""

    def last_event_id(self) -> int:
        """Return the id of the newest event, 0 when there is none; it only ever grows."""

    def last_export(self) -> datetime | None:
        """Return when an order was last exported, None when none was."""

    def cursor(self, name: str) -> str | None:
        """Return where a reader of the shop stopped, as `set_cursor` left it."""

    def entries_ordered_between(self, start: datetime, end: datetime) -> list[Entry]:
        """Return the orders placed from `start` on and before `end` (aware), as far as their time is known here."""

    def rates_of_many(self, uids: Iterable[int]) -> dict[int, tuple[RateAmount, ...]]:
        """Return net and VAT per rate of each order that was sent, or is about to be; none where that is not known."""

    def note_call(self, uid: int, call: Call) -> None:
        """Keep a call, to be written with the next event of its order."""


class GoodsVerbs(Protocol):
    """The verbs on goods: articles, stock, deliveries, drift."""

    # Which articles Specter has, and which it refused.

    def sent_articles(self) -> dict[str, SentArticle]:
        """Return every article that Specter has taken, by number, in one read."""

    def articles_sent(self, articles: Iterable[ArticleSent]) -> None:
        """Specter took these, in one call; a refusal of any of them is forgotten."""

    def articles_have_stock(self, numbers: Iterable[str]) -> int:
        """They were made stock articles in Specter by hand; return how many were not known as such."""

    def article_refused(self, number: str, digest: str, message: str) -> None:
        """Specter refused this article, alone, in the form of this digest."""

    def refused_articles(self) -> dict[str, RefusedArticle]:
        """Return the articles that Specter refused, by number."""

    def forget_refusal(self, number: str) -> bool:
        """Let a refused article be tried again in the same form; False when it was not refused."""

    # Whose queues are emptied.

    def queue_sharers(self, use: QueueUse) -> frozenset[int]:
        """Return shops that emptied the queues with this one and are not served now; raises QueueShared."""

    def empty_queues_of(self, use: QueueUse) -> None:
        """Keep that this shop empties the queues of this API user; raises QueueShared where another program does."""

    def refuse_other_use(self, use: QueueUse) -> None:
        """Raise QueueShared where another program has begun to empty the queues for other shops."""

    # The article numbers of all that the shop sells.

    def keep_numbers(self, numbers: Mapping[int, Iterable[tuple[int, str]]]) -> bool:
        """Let these be the numbers of these articles, each with its variant's uid, 0 for the article's own."""

    def keep_only_numbers_of(self, articles: Collection[int]) -> bool:
        """Forget the articles that are not among these; whether there were any."""

    def holders(self, numbers: Iterable[str]) -> dict[str, list[NumberHolder]]:
        """Return what is sold under these numbers, by the number without case."""

    def shared_numbers(self, limit: int) -> list[str]:
        """Return numbers without case that several articles or variants have, at most so many."""

    # What Specter has in stock, and what of it is still to be written to the shop.

    def quantities(self, numbers: Iterable[str]) -> dict[str, dict[str, Quantity]]:
        """Return what Specter last said of these articles, by site; the site is empty where Specter names none."""

    def to_write(self, limit: int) -> list[str]:
        """Return article numbers whose stock is to be written to the shop, the longest waiting first."""

    def mark_to_write(self, numbers: Iterable[str] | None) -> None:
        """The shop's stock of these may no longer be right (None: of all); those without a quantity are passed over."""

    def sold_after_fetch(self, numbers: Iterable[str]) -> dict[str, Decimal]:
        """Return how much of each was exported since its quantity was asked for; those with nothing are left out."""

    def stock_written(
        self, article_number: str, quantity: int, article_uid: int, variant_uid: int | None = None
    ) -> None:
        """The shop now shows this stock."""

    def stocks_written(self, written: Iterable[WrittenStock]) -> None:
        """The same of many, in one commit."""

    def written_stock(self, numbers: Iterable[str]) -> dict[str, WrittenStock]:
        """Return what was last written of these articles, and where."""

    def stock_unknown(self, article_number: str, why: str) -> None:
        """The stock of this number has no place in the shop: it is listed, and waits no longer."""

    def stocks_unknown(self, whys: Mapping[str, str]) -> None:
        """The same of many, in one commit: article numbers, each with its reason."""

    def stock_placed(self, numbers: Iterable[str]) -> set[str]:
        """Return those that Specter told of and that are not known to be missing in the shop."""

    def unknown_stock(self) -> list[UnknownStock]:
        """Return the article numbers whose stock has no place in the shop."""

    # Batches of changes, kept before anything is done with them.

    def begin_batch(self, kind: BatchKind, batch_no: str) -> None:
        """Keep a number that was chosen for a new batch, before its first fetch."""

    @overload
    def keep_batch(
        self,
        kind: Literal["stock"],
        batch_no: str,
        rows: Iterable[StockLine],
        unread: Iterable[UnreadLine] = (),
        *,
        is_ours: bool = True,
    ) -> None: ...

    @overload
    def keep_batch(
        self,
        kind: Literal["orders"],
        batch_no: str,
        rows: Iterable[StatusLine],
        unread: Iterable[UnreadLine] = (),
        *,
        is_ours: bool = True,
    ) -> None: ...

    def open_batches(self, kind: BatchKind) -> list[StoredBatch]:
        """Return the batches that are not known to be acknowledged, stored ones first; an open one is fetched again."""

    def forget_batch(self, kind: BatchKind, batch_no: str) -> None:
        """Another shop that shares the queue has told Specter that the batch came."""

    def acknowledged(self, kind: BatchKind, batch_no: str) -> bool:
        """Specter has been told that the batch came: forget it, and others of its kind that were only begun."""

    # Rows of batches that only a person can settle.

    def stock_rows(self, *, open_only: bool = True, limit: int = 1000) -> list[RowForPerson]:
        """Return the rows that a person is to settle, the oldest first, or with them those that were settled."""

    def stock_rows_named(self, batch_no: str, position: int) -> list[RowForPerson]:
        """Return the row at this position of a batch; two where the beginning of its number fits several batches."""

    def settle_stock_row(self, batch_no: str, position: int, reason: str) -> bool:
        """The operator has seen to this row; False when it is not waiting for anyone."""

    def reopen_stock_row(self, batch_no: str, position: int) -> bool:
        """The row is to be settled after all; False when it was not settled."""

    # What became of exported orders in Specter.

    def keep_delivery(self, specter_number: str, delivered: bool, cancelled: bool, tracking: str) -> int | None:
        """Keep what Specter says of an order now; return its uid, None where the journal has none with this number."""

    def deliveries(self, uid: int | None = None) -> list[DeliveryRecord]:
        """Return what Specter said last of one exported order, or of all."""

    def due_deliveries(self, limit: int) -> list[DeliveryRecord]:
        """Return orders that are delivered in Specter and not yet marked as sent in the shop, the oldest first."""

    def delivery_marked(self, uid: int) -> bool:
        """The shop's order is now marked as sent; False when that was known."""

    def deliveries_marked(self, uids: Iterable[int]) -> list[int]:
        """The same of many, in one commit, with an event each; return the uids that were changed by it."""

    def delivery_refused(self, uid: int, problem: str) -> bool:
        """The shop's order cannot be marked as sent: it is due no longer, and shown with the problem."""

    # Whose stock a person must change in Specter.

    def keep_drift(self, uid: int, changes: Iterable[ArticleChange], digests: Mapping[str, str] | None = None) -> bool:
        """Let the open lines of an exported order be what `changes` says, none for an order that is as it was sent."""

    def drift_lines(self, *, open_only: bool = True) -> list[DriftLine]:
        """Return the lines that are to be done, or with them those that were ticked off; by order and article."""

    def tick_drift(self, uid: int, article_number: str, kind: DriftKind = "article", reason: str = "") -> bool:
        """The operator has changed this article's stock in Specter; False when no line of it is open."""

    def untick_drift(self, uid: int, article_number: str, reason: str = "", kind: DriftKind = "article") -> bool:
        """Take back the last tick of an article, which merges its open line; False when none of it is ticked off."""


class JournalVerbs(OrderVerbs, GoodsVerbs, Protocol):
    """All that a journal does."""
