"""Stock: Specter's quantities, those still to be written to the shop, and those without an article there."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from decimal import Decimal
from sys import intern

from specter_tui.journal.codecs import moment, stored_text, text_of
from specter_tui.journal.database import AT_ONCE, chunked, expand_placeholders
from specter_tui.journal.goods_models import Quantity, StockLine, UnknownStock, WrittenStock
from specter_tui.journal.repositories.cursors import Cursors
from specter_tui.journal.repositories.events import Events
from specter_tui.journal.repositories.repository import Repository
from specter_tui.journal.shop_database import WritableDatabase

_KEEP = """
    INSERT INTO stock (shop, article_number, site, quantity, fetched_at, after_event, batch_no) VALUES ?*
    ON CONFLICT (shop, article_number, site) DO UPDATE SET quantity = excluded.quantity,
      fetched_at = excluded.fetched_at, after_event = excluded.after_event, batch_no = excluded.batch_no
"""
_UNNAMED_SITE = "DELETE FROM stock WHERE shop = ? AND article_number IN (?*) AND site = ''"
_NAMED_SITES = "DELETE FROM stock WHERE shop = ? AND article_number IN (?*) AND site > ''"
_MARKED = "SELECT article_number, mark FROM stock_to_write WHERE shop = ? ORDER BY mark, article_number LIMIT ?"
_SETTLED = "DELETE FROM stock_to_write WHERE shop = ? AND article_number IN (?*) AND mark = ?"
_LEFT = """
    SELECT COUNT(DISTINCT stock.article_number) FROM stock_to_write
    /*+ in order */ JOIN stock ON stock.shop = stock_to_write.shop
      AND stock.article_number = stock_to_write.article_number
    WHERE stock_to_write.shop = ? AND stock.batch_no = ?
"""
_QUANTITIES = """
    SELECT article_number, site, quantity, fetched_at FROM stock
    WHERE shop = ? AND article_number IN (?*)
"""
_WRITTEN = """
    INSERT INTO written_stock (shop, article_number, quantity, article_uid, variant_uid, written_at) VALUES ?*
    ON CONFLICT (shop, article_number) DO UPDATE SET quantity = excluded.quantity, article_uid = excluded.article_uid,
      variant_uid = excluded.variant_uid, written_at = excluded.written_at
"""
_LAST_WRITTEN = """
    SELECT article_number, quantity, article_uid, variant_uid FROM written_stock
    WHERE shop = ? AND article_number IN (?*)
"""
_UNKNOWN = """
    INSERT INTO unknown_stock (shop, article_number, why, seen_at) VALUES ?*
    ON CONFLICT (shop, article_number) DO UPDATE SET why = excluded.why, seen_at = excluded.seen_at
"""
_KNOWN = "DELETE FROM unknown_stock WHERE shop = ? AND article_number IN (?*)"
_PLACED = """
    SELECT DISTINCT article_number FROM stock WHERE shop = ? AND article_number IN (?*)
      AND NOT EXISTS (SELECT 1 FROM unknown_stock AS unknown WHERE unknown.shop = stock.shop
        AND unknown.article_number = stock.article_number AND unknown.why = 'not_in_shop')
"""
_UNKNOWN_PAGE = """
    SELECT article_number, why, seen_at FROM unknown_stock WHERE shop = ? AND article_number > ?
    ORDER BY article_number LIMIT ?
"""

# Orders that were taken back do not count as sold. An export committed before a fetch began is included in the fetched
# quantity; a later one may not be. The ids of events show the order, since they are in the order of commits, whatever
# the clock does.
_SINCE = """
    SELECT article_number, MIN(after_event) FROM stock
    WHERE shop = ? AND article_number IN (?*) GROUP BY article_number
"""
_ROWS_EXPORTED = """
    SELECT events.id, events.uid, sent_rows.position, sent_rows.article_number, sent_rows.quantity
    FROM events /*+ events_of_exports */
    /*+ in order */ JOIN sent_rows ON sent_rows.shop = events.shop AND sent_rows.uid = events.uid
    WHERE events.shop = ? AND events.id > ? AND events.id <= ?
      AND events.verb IN ('exported', 'number_entered', 'recovered')
      AND EXISTS (SELECT 1 FROM orders
        WHERE orders.shop = events.shop AND orders.uid = events.uid AND orders.state = 'exported')
"""
_DRAINED = "stock_drained"
_EVENTS_AT_ONCE = 10_000
_WITH_QUANTITY = "SELECT DISTINCT article_number FROM stock WHERE shop = ? AND article_number IN (?*)"
_ALL_WITH_QUANTITY = "SELECT DISTINCT article_number FROM stock WHERE shop = ?"
_MARK = """
    INSERT INTO stock_to_write (shop, article_number, mark, since) VALUES ?*
    ON CONFLICT (shop, article_number) DO UPDATE SET mark = excluded.mark
"""


class StockMarks:
    """Marks of articles whose stock is to be written again; used inside a change."""

    def __init__(self, db: WritableDatabase) -> None:
        self._db = db

    def mark(self, numbers: Iterable[str] | None) -> None:
        """Mark these articles, None for all; articles without a quantity are skipped."""
        if numbers is None:
            found = self._db.rows(_ALL_WITH_QUANTITY, (self._db.shop,))
        else:
            found = self._db.rows_of(_WITH_QUANTITY, dict.fromkeys(numbers))
        now = self._db.now()
        self._db.execute_many(_MARK, ((self._db.shop, number, now, now) for (number,) in found))


class StockLevels(Repository):
    """The operations on stock, which have no events."""

    def __init__(self, db: WritableDatabase, marks: StockMarks, cursors: Cursors, events: Events) -> None:
        self._db = db
        self._cursors = cursors
        self._marks = marks
        self._events = events
        self._marks_read: dict[str, int] = {}

    def quantities(self, numbers: Iterable[str]) -> dict[str, dict[str, Quantity]]:
        """Return Specter's last quantities of these articles, by site; the site is empty if Specter names none."""
        found: dict[str, dict[str, Quantity]] = {}
        for number, site, quantity, at in self._db.rows_of(_QUANTITIES, dict.fromkeys(numbers)):
            found.setdefault(number, {})[site] = Quantity(Decimal(quantity), moment(at))
        return found

    def to_write(self, limit: int) -> list[str]:
        """Return article numbers whose stock is to be written to the shop, the longest waiting first.

        `written` and `unplaced` settle those read here; an article that is marked again meanwhile stays.
        """
        found = self._db.rows(_MARKED, (self._db.shop, limit))
        self._marks_read |= dict(found)
        return [number for number, _ in found]

    def mark_to_write(self, numbers: Iterable[str] | None) -> None:
        """Mark these articles (None: all), since the shop's stock may be wrong.

        Those without a quantity are skipped.
        """
        with self._db.change:
            self._marks.mark(numbers)

    def sold_after_fetch(self, numbers: Iterable[str]) -> dict[str, Decimal]:
        """Return the quantity of each article exported since its fetch began; articles without any are left out.

        Specter's quantity may not include these sales, so they are subtracted until a later batch, or an empty one,
        shows that it does. A sale that it already included is also subtracted until then: the result is never too high.
        """
        drained = self.drained()
        since = {number: max(event, drained) for number, event in self._db.rows_of(_SINCE, dict.fromkeys(numbers))}
        if not since:
            return {}
        sold: dict[str, Decimal] = {}
        counted = set()
        for event, uid, position, number, quantity in self._exported_rows(min(since.values()), self._events.last_id()):
            if number in since and event > since[number] and (uid, position) not in counted:
                counted.add((uid, position))
                sold[number] = sold.get(number, Decimal(0)) + Decimal(quantity)
        return sold

    def written(self, written: Iterable[WrittenStock]) -> None:
        """Record stock written to the shop, in one commit."""
        last = {one.article_number: one for one in written}
        with self._db.change:
            now = self._db.now()
            self._db.execute_many(
                _WRITTEN,
                (
                    (self._db.shop, name, one.quantity, one.article_uid, one.variant_uid, now)
                    for name, one in last.items()
                ),
            )
            self._db.execute_of(_KNOWN, last)
            self._settle(last)

    def last_written(self, numbers: Iterable[str]) -> dict[str, WrittenStock]:
        """Return the stock last written for these articles, and where."""
        found = self._db.rows_of(_LAST_WRITTEN, dict.fromkeys(numbers))
        return {row[0]: WrittenStock(*row) for row in found}

    def unplaced(self, whys: Mapping[str, str]) -> None:
        """Record article numbers without an article in the shop, each with its reason, in one commit."""
        with self._db.change:
            now = self._db.now()
            self._db.execute_many(
                _UNKNOWN, ((self._db.shop, name, stored_text(why), now) for name, why in whys.items())
            )
            self._settle(whys)

    def placed(self, numbers: Iterable[str]) -> set[str]:
        """Return those that have a quantity and are not known to be missing in the shop."""
        return {number for (number,) in self._db.rows_of(_PLACED, dict.fromkeys(numbers))}

    def unknown(self, after: str = "", limit: int = AT_ONCE) -> list[UnknownStock]:
        """Return article numbers without an article in the shop, in order; the next page begins after the last one."""
        found = self._db.rows(_UNKNOWN_PAGE, (self._db.shop, after, limit))
        return [UnknownStock(number, text_of(intern(why)), moment(at)) for number, why, at in found]

    def keep(self, rows: Sequence[StockLine], batch_no: str, after_event: int) -> None:
        """Store the quantities of a batch whose fetch began after this event, to be written. Inside a change."""
        named = {row.article_number for row in rows if row.site}
        unnamed = {row.article_number for row in rows if not row.site}
        # An account that begins or stops naming its sites reports the same goods under other keys.
        self._db.execute_of(_UNNAMED_SITE, named - unnamed)
        self._db.execute_of(_NAMED_SITES, unnamed - named)
        now, last = self._db.now(), {(row.article_number, row.site): str(row.quantity) for row in rows}
        self._db.execute_many(
            _KEEP, ((self._db.shop, *place, last[place], now, after_event, batch_no) for place in last)
        )
        self._marks.mark(named | unnamed)

    def all_current(self, after_event: int) -> None:
        """Record that Specter's queue was empty at a fetch that began after this event: all quantities are current."""
        drained = self.drained()
        if after_event > drained:
            self._cursors.keep(_DRAINED, str(after_event))
            # Sales subtracted for these articles no longer count.
            self._marks.mark({number for *_, number, _ in self._exported_rows(drained, after_event)})

    def drained(self) -> int:
        """Return the event after which Specter's queue was last found empty."""
        return int(self._cursors.get(_DRAINED) or 0)

    def _exported_rows(self, after: int, until: int) -> Iterator[tuple[int, int, int, str, str]]:
        """Yield the rows of the orders exported after one event and up to another; at a first pull that is all."""
        while after < until:
            page = min(after + _EVENTS_AT_ONCE, until)
            yield from self._db.rows(_ROWS_EXPORTED, (self._db.shop, after, page))
            after = page

    def _settle(self, numbers: Iterable[str]) -> None:
        """Remove the marks read by `to_write`, unless the article was marked again meanwhile."""
        by_mark: dict[int, list[str]] = {}
        for number in numbers:
            if (mark := self._marks_read.pop(number, None)) is not None:
                by_mark.setdefault(mark, []).append(number)
        for mark, settled in by_mark.items():
            for some in chunked(settled):
                self._db.execute(expand_placeholders(_SETTLED, len(some)), (self._db.shop, *some, mark))

    def left(self, batch_no: str) -> int:
        """Return the number of a batch's articles still to be written."""
        return int(self._db.rows(_LEFT, (self._db.shop, batch_no))[0][0])
