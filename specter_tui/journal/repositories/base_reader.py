"""The reading verbs, on a connection of their own: for a screen, or another process, beside the one that writes."""

from collections.abc import Callable, Iterable
from datetime import datetime
from decimal import Decimal
from typing import Any, Self

from specter_tui.journal.codecs import Row, entry_of, event_of, moment, rates_of
from specter_tui.journal.database import AT_ONCE, Store, chunked, expand_placeholders
from specter_tui.journal.errors import JournalError, NotInJournal
from specter_tui.journal.models import NO_ORDER, Entry, Event, EventSearch, RateAmount, SentRow, State

ENTRY = """
    SELECT uid, order_number, external_no, state, step, customer_number, specter_number, seen_number, form_hash, total,
      currency, ordered, attempts, refusals, repeats, retry_at, write_back, drift, cancelled_in_shop, reason, message,
      holder, claimed_at, changed_at, exported_at, by_hand, number_by, shown_number, customer_hash, resends, resent_for,
      address_hash IS NOT NULL
    FROM orders
"""
_BY_UID = ENTRY + "WHERE shop = ? AND uid = ?"
_BY_UIDS = ENTRY + "WHERE shop = ? AND uid IN (?*) ORDER BY uid"
_BY_NUMBER = ENTRY + "/*+ orders_by_number */ WHERE shop = ? AND order_number = ? ORDER BY uid"
_BY_SPECTER_NUMBER = ENTRY + "WHERE shop = ? AND specter_number = ? AND state = 'exported'"
_DUE = ENTRY + "WHERE shop = ? AND write_back = 'due' ORDER BY exported_at LIMIT ?"
_IN_CONFLICT = ENTRY + "/*+ orders_in_conflict */ WHERE shop = ? AND write_back = 'conflict' ORDER BY uid LIMIT ?"
_PAGE = ENTRY + "WHERE shop = ? AND uid > ? ORDER BY uid LIMIT ?"
# One state at a time: several at once would have to be sorted.
_PAGE_IN_STATE = ENTRY + "/*+ orders_by_state */ WHERE shop = ? AND state = ? AND uid > ? ORDER BY uid LIMIT ?"
_RATES = "SELECT uid, rates FROM orders WHERE shop = ? AND uid IN (?*)"

_EVENT = """
    SELECT id, uid, order_number, at, operator, host, verb, from_state, to_state, step, reason, message, specter_number,
      duration_ms
    FROM events
"""
_EVENTS = _EVENT + "WHERE shop = ? AND id > ? AND id < ? ORDER BY id LIMIT ?"
_EVENTS_BACK = _EVENT + "WHERE shop = ? AND id > ? AND id < ? ORDER BY id DESC LIMIT ?"
_OF_ORDER = _EVENT + "/*+ events_by_order */ WHERE shop = ? AND uid = ? AND id > ? AND id < ? ORDER BY id LIMIT ?"
_OF_ORDER_BACK = (
    _EVENT + "/*+ events_by_order */ WHERE shop = ? AND uid = ? AND id > ? AND id < ? ORDER BY id DESC LIMIT ?"
)
_WITH_TEXT = """
    (message <> '' OR verb IN (?*)
     OR LOWER(order_number || ' ' || operator || '@' || host || ' ' || reason || ' ' || COALESCE(specter_number, ''))
        LIKE ?)
"""

_ORDERS_OF = "SELECT id, uid FROM events WHERE shop = ? AND id > ? ORDER BY id LIMIT ?"
_LAST_EXPORT = """
    SELECT at FROM events /*+ events_of_exports */
    WHERE shop = ? AND id > 0 AND verb IN ('exported', 'number_entered', 'recovered') ORDER BY id DESC LIMIT 1
"""

_ROWS = """
    SELECT article_number, quantity, unit_price, vat_percent FROM sent_rows WHERE shop = ? AND uid = ? ORDER BY position
"""

UNFINISHED = "copy_unfinished"
"""Name of the cursor that marks a journal into which another is being copied."""
_IDENTITY = """
    SELECT journal.id, cursors.value FROM journal
    LEFT JOIN cursors ON cursors.shop = journal.shop AND cursors.name = 'copy_unfinished' WHERE journal.shop = ?
"""

_NO_END = _NO_LIMIT = 2**63 - 1


class JournalReader:
    """What the journal of one shop holds. Every verb raises JournalError when the file cannot be read.

    The store is closed with it; also when there turns out to be no journal of the shop's in it, which raises
    JournalError.
    """

    def __init__(self, store: Store, shop: int) -> None:
        self._store = store
        self._rows = store.rows
        self.path = store.place
        self.shop = shop
        self.upgraded = store.upgraded
        """The upgrade that opening it made, if it made one."""
        try:
            self.id = self._identity()
            """Random, made with the journal; also the salt of form hashes."""
        except BaseException:
            store.close()
            raise

    def close(self) -> None:
        """Close the connection; what was committed stays."""
        self._store.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *error: object) -> None:
        self.close()

    def listen(self, moved: Callable[[], None]) -> bool:
        """Have `moved` called, in a thread of its own, whenever anyone changed this journal; also when in doubt.

        False where that cannot be told, as of a file: there whoever wants to know looks.
        """
        return self._store.listen(moved)

    def now(self) -> datetime:
        """Return the time of day by the clock that all who share the journal go by."""
        return moment(self._store.now())

    def entry(self, uid: int) -> Entry | None:
        """Return one order, None when the journal has never seen it."""
        rows = self._rows(_BY_UID, (self.shop, uid))
        return entry_of(rows[0]) if rows else None

    def entries(
        self,
        uids: Iterable[int] | None = None,
        states: Iterable[State] | None = None,
        *,
        after_uid: int = -1,
        limit: int | None = None,
    ) -> list[Entry]:
        """Return orders by rising uid: those of the uids, and in the states, where these are given.

        The next page begins after the last uid of the one before; `limit` None means all of them.
        """
        wanted = None if states is None else frozenset(states)
        most = _NO_LIMIT if limit is None else limit
        if uids is not None:
            rows = self._rows_of(_BY_UIDS, sorted({uid for uid in uids if uid > after_uid}))
        elif wanted is None:
            rows = self._rows(_PAGE, (self.shop, after_uid, most))
        else:
            rows = [row for state in wanted for row in self._rows(_PAGE_IN_STATE, (self.shop, state, after_uid, most))]
            rows.sort(key=lambda row: int(row[0]))
        entries = [entry_of(row) for row in rows]
        return [entry for entry in entries if wanted is None or entry.state in wanted][:limit]

    def by_order_number(self, order_number: str) -> list[Entry]:
        """Return the orders with this order number; a shop may have used one twice."""
        return [entry_of(row) for row in self._rows(_BY_NUMBER, (self.shop, order_number))]

    def by_specter_number(self, number: str) -> Entry | None:
        """Return the exported order with this Specter number."""
        rows = self._rows(_BY_SPECTER_NUMBER, (self.shop, number))
        return entry_of(rows[0]) if rows else None

    def due_write_backs(self, limit: int) -> list[Entry]:
        """Return exported orders whose number the shop does not have yet, the oldest export first.

        With them those whose number was taken back, and which the shop is to be cleared of it.
        """
        return [entry_of(row) for row in self._rows(_DUE, (self.shop, limit))]

    def write_back_conflicts(self, limit: int) -> list[Entry]:
        """Return orders of which the shop shows another number than ours, by rising uid."""
        return [entry_of(row) for row in self._rows(_IN_CONFLICT, (self.shop, limit))]

    def counts(self) -> dict[State, int]:
        """Return how many orders stand in each state; a state without any is left out."""
        return dict(self._rows("SELECT state, COUNT(*) FROM orders WHERE shop = ? GROUP BY state", (self.shop,)))

    def rows(self, uid: int) -> tuple[SentRow, ...]:
        """Return the rows that were sent for an order, or are about to be."""
        found = self._rows(_ROWS, (self.shop, uid))
        return tuple(
            SentRow(article, Decimal(quantity), Decimal(price), Decimal(vat)) for article, quantity, price, vat in found
        )

    def rates(self, uid: int) -> tuple[RateAmount, ...]:
        """Return net and VAT per rate of an order that was sent, or is about to be."""
        found = self._rows("SELECT rates FROM orders WHERE shop = ? AND uid = ?", (self.shop, uid))
        return rates_of(found[0][0]) if found else ()

    def rates_of_many(self, uids: Iterable[int]) -> dict[int, tuple[RateAmount, ...]]:
        """Return net and VAT per rate of each order that was sent, or is about to be; none where that is not known."""
        return {uid: rates_of(rates) for uid, rates in self._rows_of(_RATES, uids)}

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
        end = _NO_END if before_id is None else before_id
        if uid is None:
            found = self._rows(_EVENTS_BACK if newest_first else _EVENTS, (self.shop, after_id, end, limit))
        else:
            sql = _OF_ORDER_BACK if newest_first else _OF_ORDER
            found = self._rows(sql, (self.shop, uid, after_id, end, limit))
        return [event_of(row) for row in found]

    def search_events(self, search: EventSearch, after_id: int, before_id: int, limit: int) -> list[Event]:
        """Return the events with ids between the two (both left out) that the search lets through, newest first."""
        values: list[object] = [self.shop, after_id, before_id]
        conditions = ["shop = ? AND id > ? AND id < ?"]
        if search.text:
            verbs = sorted(search.verbs) or [""]
            conditions.append(expand_placeholders(_WITH_TEXT, len(verbs)))
            values += [*verbs, f"%{search.text}%"]
        if search.states is not None:
            states = sorted(search.states) or [""]
            conditions.append(expand_placeholders("to_state IN (?*)", len(states)))
            values += states
        sql = _EVENT + "WHERE " + " AND ".join(conditions) + " ORDER BY id DESC LIMIT ?"
        return [event_of(row) for row in self._rows(sql, [*values, limit])]

    def last_event_id(self) -> int:
        """Return the id of the newest event, 0 when there is none; it only ever grows."""
        return int(self._rows("SELECT COALESCE(MAX(id), 0) FROM events WHERE shop = ?", (self.shop,))[0][0])

    def orders_changed_after(self, event: int) -> tuple[set[int], int]:
        """Return the orders of which something was written after this event, and the newest event."""
        changed = {NO_ORDER}
        while found := self._rows(_ORDERS_OF, (self.shop, event, AT_ONCE)):
            event = found[-1][0]
            changed.update(uid for _, uid in found)
        return changed - {NO_ORDER}, event

    def last_export(self) -> datetime | None:
        """Return when an order was last exported, None when none was."""
        found = self._rows(_LAST_EXPORT, (self.shop,))
        return moment(found[0][0]) if found else None

    def cursor(self, name: str) -> str | None:
        """Return where a reader of the shop stopped, as `set_cursor` left it."""
        found = self._rows("SELECT value FROM cursors WHERE shop = ? AND name = ?", (self.shop, name))
        return found[0][0] if found else None

    def _identity(self) -> str:
        found = self._rows(_IDENTITY, (self.shop,))
        if found and found[0][1] is not None:
            raise JournalError("the copy into this journal was not finished; run journal copy again")
        if not found:
            raise NotInJournal(f"there is no journal of shop {self.shop} yet at {self.path}")
        return str(found[0][0])

    def _rows_of(self, sql: str, values: Iterable[Any]) -> list[Row]:
        """Read what a statement `... WHERE shop = ? AND ... IN (?*)` finds of many values."""
        return [
            row
            for some in chunked(values)
            for row in self._rows(expand_placeholders(sql, len(some)), (self.shop, *some))
        ]
