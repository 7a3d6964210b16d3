"""Entries of orders."""

from collections.abc import Iterable
from decimal import Decimal

from specter_tui.journal.codecs import entry_of, rates_of
from specter_tui.journal.models import Entry, RateAmount, SentRow, State
from specter_tui.journal.repositories.repository import Repository
from specter_tui.journal.shop_database import ShopDatabase

_ENTRY = """
    SELECT uid, order_number, external_no, state, step, customer_number, specter_number, seen_number, form_hash, total,
      currency, ordered, attempts, refusals, repeats, retry_at, write_back, drift, cancelled_in_shop, reason, message,
      holder, claimed_at, changed_at, exported_at, by_hand, number_by, shown_number, customer_hash, resends, resent_for,
      address_hash IS NOT NULL,
      state = 'closed' OR (state = 'exported' AND number_by IN ('person', 'import') AND before IS NOT NULL)
    FROM orders
"""
_BY_UID = _ENTRY + "WHERE shop = ? AND uid = ?"
_BY_UIDS = _ENTRY + "WHERE shop = ? AND uid IN (?*) ORDER BY uid"
_BY_NUMBER = _ENTRY + "/*+ orders_by_number */ WHERE shop = ? AND order_number = ? ORDER BY uid"
_BY_SPECTER_NUMBER = _ENTRY + "WHERE shop = ? AND specter_number = ? AND state = 'exported'"
_DUE = _ENTRY + "WHERE shop = ? AND write_back = 'due' ORDER BY exported_at LIMIT ?"
_IN_CONFLICT = _ENTRY + "/*+ orders_in_conflict */ WHERE shop = ? AND write_back = 'conflict' ORDER BY uid LIMIT ?"
_PAGE = _ENTRY + "WHERE shop = ? AND uid > ? ORDER BY uid LIMIT ?"
# One state at a time: several would have to be sorted.
_PAGE_IN_STATE = _ENTRY + "/*+ orders_by_state */ WHERE shop = ? AND state = ? AND uid > ? ORDER BY uid LIMIT ?"
_LAST_EXPORTED = _ENTRY + "/*+ orders_by_state */ WHERE shop = ? AND state = 'exported' ORDER BY uid DESC LIMIT ?"
_RATES = "SELECT uid, rates FROM orders WHERE shop = ? AND uid IN (?*)"

_ROWS = """
    SELECT article_number, quantity, unit_price, vat_percent FROM sent_rows WHERE shop = ? AND uid = ? ORDER BY position
"""

_NO_LIMIT = 2**63 - 1


class Orders(Repository):
    """The operations that read orders, with their sent rows and VAT rates."""

    def __init__(self, db: ShopDatabase) -> None:
        self._db = db

    def entry(self, uid: int) -> Entry | None:
        """Return one order, None if the journal has no entry."""
        rows = self._db.rows(_BY_UID, (self._db.shop, uid))
        return entry_of(rows[0]) if rows else None

    def entries(
        self,
        uids: Iterable[int] | None = None,
        states: Iterable[State] | None = None,
        *,
        after_uid: int = -1,
        limit: int | None = None,
    ) -> list[Entry]:
        """Return orders by ascending uid, filtered by uids and states if given.

        The next page begins after the last uid of the one before; `limit` None means all of them.
        """
        wanted = None if states is None else frozenset(states)
        most = _NO_LIMIT if limit is None else limit
        if uids is not None:
            rows = self._db.rows_of(_BY_UIDS, sorted({uid for uid in uids if uid > after_uid}))
        elif wanted is None:
            rows = self._db.rows(_PAGE, (self._db.shop, after_uid, most))
        else:
            rows = [
                row
                for state in wanted
                for row in self._db.rows(_PAGE_IN_STATE, (self._db.shop, state, after_uid, most))
            ]
            rows.sort(key=lambda row: int(row[0]))
        entries = [entry_of(row) for row in rows]
        return [entry for entry in entries if wanted is None or entry.state in wanted][:limit]

    def by_order_number(self, order_number: str) -> list[Entry]:
        """Return the orders with this order number; a shop may have used a number twice."""
        return [entry_of(row) for row in self._db.rows(_BY_NUMBER, (self._db.shop, order_number))]

    def by_specter_number(self, number: str) -> Entry | None:
        """Return the exported order with this Specter number."""
        rows = self._db.rows(_BY_SPECTER_NUMBER, (self._db.shop, number))
        return entry_of(rows[0]) if rows else None

    def due_write_backs(self, limit: int) -> list[Entry]:
        """Return orders whose number is due to be written to the shop, the oldest export first.

        They include those whose number was taken back and is to be cleared.
        """
        return [entry_of(row) for row in self._db.rows(_DUE, (self._db.shop, limit))]

    def write_back_conflicts(self, limit: int) -> list[Entry]:
        """Return the orders for which the shop shows another number than the journal's, by ascending uid."""
        return [entry_of(row) for row in self._db.rows(_IN_CONFLICT, (self._db.shop, limit))]

    def last_exported(self, limit: int) -> list[Entry]:
        """Return the exported orders with the highest uids, the highest first."""
        return [entry_of(row) for row in self._db.rows(_LAST_EXPORTED, (self._db.shop, limit))]

    def counts(self) -> dict[State, int]:
        """Return the number of orders in each state; a state without any is left out."""
        return dict(self._db.rows("SELECT state, COUNT(*) FROM orders WHERE shop = ? GROUP BY state", (self._db.shop,)))

    def rows(self, uid: int) -> tuple[SentRow, ...]:
        """Return the rows of an order as sent, or as about to be sent."""
        found = self._db.rows(_ROWS, (self._db.shop, uid))
        return tuple(
            SentRow(article, Decimal(quantity), Decimal(price), Decimal(vat)) for article, quantity, price, vat in found
        )

    def rates(self, uid: int) -> tuple[RateAmount, ...]:
        """Return net and VAT per rate of an order as sent, or as about to be sent."""
        found = self._db.rows("SELECT rates FROM orders WHERE shop = ? AND uid = ?", (self._db.shop, uid))
        return rates_of(found[0][0]) if found else ()

    def rates_of_many(self, uids: Iterable[int]) -> dict[int, tuple[RateAmount, ...]]:
        """Return net and VAT per rate of each order as sent, or as about to be sent; empty if not known."""
        return {uid: rates_of(rates) for uid, rates in self._db.rows_of(_RATES, uids)}
