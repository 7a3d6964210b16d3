"""Events of orders, in the order of their commits."""

from datetime import datetime

from specter_tui.journal.codecs import CODED, event_of, micros, moment
from specter_tui.journal.database import AT_ONCE, expand_placeholders
from specter_tui.journal.models import NO_ORDER, Event, EventSearch
from specter_tui.journal.repositories.repository import Repository
from specter_tui.journal.shop_database import ShopDatabase

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
    (message <> '' OR reason LIKE ? OR verb IN (?*)
     OR LOWER(order_number || ' ' || operator || '@' || host || ' ' || reason || ' ' || COALESCE(specter_number, ''))
        LIKE ?)
"""

_ORDERS_OF = "SELECT id, uid FROM events WHERE shop = ? AND id > ? ORDER BY id LIMIT ?"
_LAST_EXPORT = """
    SELECT at FROM events /*+ events_of_exports */
    WHERE shop = ? AND id > 0 AND verb IN ('exported', 'number_entered', 'recovered') ORDER BY id DESC LIMIT 1
"""

_VERBS_OF = "SELECT id, uid, verb FROM events WHERE shop = ? AND id > ? ORDER BY id LIMIT ?"

# The same verbs as the index's: SQLite uses a partial index only so.
_TO_REPORT = (
    _EVENT
    + """/*+ events_to_report */
    WHERE shop = ? AND at >= ? AND at < ?
      AND verb IN ('exported', 'number_entered', 'recovered', 'number_corrected', 'closed', 'reopened',
        'cancel_seen', 'cancel_withdrawn', 'cancelled_in_specter')
    ORDER BY at, id
"""
)

_NO_END = 2**63 - 1


class Events(Repository):
    """The operations that read events."""

    def __init__(self, db: ShopDatabase) -> None:
        self._db = db

    def page(
        self,
        uid: int | None = None,
        after_id: int = 0,
        before_id: int | None = None,
        limit: int = 500,
        *,
        newest_first: bool = False,
    ) -> list[Event]:
        """Return events, of one order or of all, with ids between the two (exclusive), at most `limit`."""
        end = _NO_END if before_id is None else before_id
        if uid is None:
            found = self._db.rows(_EVENTS_BACK if newest_first else _EVENTS, (self._db.shop, after_id, end, limit))
        else:
            sql = _OF_ORDER_BACK if newest_first else _OF_ORDER
            found = self._db.rows(sql, (self._db.shop, uid, after_id, end, limit))
        return [event_of(row) for row in found]

    def search(self, search: EventSearch, after_id: int, before_id: int, limit: int) -> list[Event]:
        """Return the events with ids between the two (exclusive) that the search passes, newest first."""
        values: list[object] = [self._db.shop, after_id, before_id]
        conditions = ["shop = ? AND id > ? AND id < ?"]
        if search.text:
            verbs = sorted(search.verbs) or [""]
            conditions.append(expand_placeholders(_WITH_TEXT, len(verbs)))
            values += [f"{CODED}%", *verbs, f"%{search.text}%"]
        if search.states is not None:
            states = sorted(search.states) or [""]
            conditions.append(expand_placeholders("to_state IN (?*)", len(states)))
            values += states
        sql = _EVENT + "WHERE " + " AND ".join(conditions) + " ORDER BY id DESC LIMIT ?"
        return [event_of(row) for row in self._db.rows(sql, [*values, limit])]

    def verbs(self, after_id: int, limit: int) -> list[tuple[int, int, str]]:
        """Return id, order and verb of the events after one, oldest first, at most `limit`."""
        return [(row[0], row[1], row[2]) for row in self._db.rows(_VERBS_OF, (self._db.shop, after_id, limit))]

    def last_id(self) -> int:
        """Return the id of the newest event, 0 if there is none; it never decreases."""
        return int(self._db.rows("SELECT COALESCE(MAX(id), 0) FROM events WHERE shop = ?", (self._db.shop,))[0][0])

    def orders_changed_after(self, event: int) -> tuple[set[int], int]:
        """Return the orders with events after this one, and the newest event."""
        changed = {NO_ORDER}
        while found := self._db.rows(_ORDERS_OF, (self._db.shop, event, AT_ONCE)):
            event = found[-1][0]
            changed.update(uid for _, uid in found)
        return changed - {NO_ORDER}, event

    def to_report(self, begin: datetime, end: datetime) -> list[Event]:
        """Return the exports, decisions and cancellations from `begin` until before `end`, oldest first."""
        return [event_of(row) for row in self._db.rows(_TO_REPORT, (self._db.shop, micros(begin), micros(end)))]

    def last_export(self) -> datetime | None:
        """Return the time of the last export, None if there is none."""
        found = self._db.rows(_LAST_EXPORT, (self._db.shop,))
        return moment(found[0][0]) if found else None
