"""Drift: what a person must change in Specter, because the shop's order was edited after its export."""

from collections.abc import Iterable, Mapping
from decimal import Decimal
from typing import NamedTuple

from specter_tui.journal.codecs import moment
from specter_tui.journal.goods_models import ArticleChange, DriftKind, DriftLine
from specter_tui.journal.models import State, Step, Verb
from specter_tui.journal.repositories.event_recorder import EventRecorder
from specter_tui.journal.repositories.order_states import OrderStates
from specter_tui.journal.repositories.orders import Orders
from specter_tui.journal.repositories.repository import Repository
from specter_tui.journal.shop_database import WritableDatabase

_LINE = """
    SELECT drift_lines.uid, orders.order_number, drift_lines.article_number, sent, now, seen_at, ticked_by, ticked_at,
      drift_lines.kind, drift_lines.id
    FROM drift_lines /*+ in order */ JOIN orders ON orders.shop = drift_lines.shop AND orders.uid = drift_lines.uid
"""
_BY_ORDER = " ORDER BY drift_lines.uid, article_number, drift_lines.id"
_OPEN = (
    _LINE.replace("FROM drift_lines", "FROM drift_lines /*+ drift_lines_open */")
    + "WHERE drift_lines.shop = ? AND ticked_at IS NULL"
    + _BY_ORDER
)
_TICKED = _LINE + "WHERE drift_lines.shop = ? AND ticked_at IS NOT NULL ORDER BY drift_lines.id DESC LIMIT ?"
_MOST_TICKED = 1000
_OF_ORDER = """
    SELECT article_number, sent, now, ticked_at FROM drift_lines
    WHERE shop = ? AND uid = ? AND kind = 'article' ORDER BY article_number, id
"""
_INSERT = """
    INSERT INTO drift_lines (sent, now, seen_at, shop, uid, kind, article_number, id)
    VALUES (?, ?, ?, ?, ?, ?, ?, (SELECT COALESCE(MAX(id), 0) + 1 FROM drift_lines WHERE shop = ?))
"""
_CHANGE = """
    UPDATE drift_lines SET sent = ?, now = ?, seen_at = ?
    WHERE shop = ? AND uid = ? AND kind = ? AND article_number = ? AND ticked_at IS NULL
"""
_REMOVE = "DELETE FROM drift_lines WHERE shop = ? AND uid = ? AND kind = ? AND article_number = ? AND ticked_at IS NULL"
_TICK = """
    UPDATE drift_lines SET ticked_by = ?, ticked_at = ?
    WHERE shop = ? AND uid = ? AND kind = ? AND article_number = ? AND ticked_at IS NULL
    RETURNING sent, now
"""
_LAST_TICK = """
    SELECT id, sent, now FROM drift_lines /*+ drift_lines_by_order */
    WHERE shop = ? AND uid = ? AND kind = ? AND article_number = ? AND ticked_at IS NOT NULL ORDER BY id DESC LIMIT 1
"""
_OPEN_NOW = (
    "SELECT now FROM drift_lines WHERE shop = ? AND uid = ? AND kind = ? AND article_number = ? AND ticked_at IS NULL"
)
_UNTICK = """
    UPDATE drift_lines SET now = ?, ticked_by = NULL, ticked_at = NULL WHERE shop = ? AND id = ?
"""
_REMOVE_TICKED = "DELETE FROM drift_lines WHERE shop = ? AND id = ?"
_ANY_OPEN = """
    SELECT 1 FROM drift_lines /*+ drift_lines_open */ WHERE shop = ? AND uid = ? AND ticked_at IS NULL LIMIT 1
"""
_FLAG = "UPDATE orders SET drift = ?, changed_at = ? WHERE shop = ? AND uid = ? AND drift <> ? RETURNING 1"


_ARTICLE: DriftKind = "article"
_NONE = Decimal(0)
_SET_ADDRESS = "UPDATE orders SET address_hash = ? WHERE shop = ? AND uid = ?"
_SET_METHOD = "UPDATE orders SET method_hash = ? WHERE shop = ? AND uid = ?"
_SET_FEE = "UPDATE orders SET fee_hash = ? WHERE shop = ? AND uid = ?"
_SET_VAT = "UPDATE orders SET vat_hash = ? WHERE shop = ? AND uid = ?"
_SET_BASE: dict[DriftKind, str] = {"address": _SET_ADDRESS, "method": _SET_METHOD, "fee": _SET_FEE, "vat": _SET_VAT}
_BASE = "SELECT address_hash, method_hash, fee_hash, vat_hash FROM orders WHERE shop = ? AND uid = ?"
_OPEN_DIGESTS = """
    SELECT kind, sent, now FROM drift_lines /*+ drift_lines_open */
    WHERE shop = ? AND uid = ? AND kind <> 'article' AND ticked_at IS NULL
"""


class _Known(NamedTuple):
    """The open line of an article, and the quantity that Specter has since its last tick."""

    open: tuple[Decimal, Decimal] | None
    ticked: Decimal | None


class Drift(Repository):
    """The operations on drift. They also maintain Entry.drift, which is set while the order has an open line."""

    def __init__(self, db: WritableDatabase, orders: Orders, recorder: EventRecorder, states: OrderStates) -> None:
        self._db = db
        self._orders = orders
        self._recorder = recorder
        self._states = states

    def keep(self, uid: int, changes: Iterable[ArticleChange], digests: Mapping[str, str] | None = None) -> bool:
        """Set the open lines of an exported order to `changes`; none for an order that is as it was sent.

        `digests` are those of the order as it is now; one that differs from the sent form makes a line of its kind.
        Ticked lines stay; the article's next line has the changes since. False if nothing changed, and for an order
        without known rows, since it was never claimed or is erased.
        """
        with self._db.change:
            state, step = self._states.state_of(uid)
            if state != "exported" or not self._orders.rows(uid):
                return False
            wanted = {change.article_number: (change.sent, change.now) for change in changes}
            known = self._known(uid)
            told = [
                text
                for number in sorted(wanted.keys() | known.keys())
                if (text := self._keep_line(uid, number, wanted.get(number), known.get(number, _Known(None, None))))
            ]
            told += self._keep_digests(uid, digests or {}, explained=bool(told))
            if told:
                self._tell_drift(uid, state, step, "; ".join(told))
        return bool(told)

    def lines(self, *, open_only: bool = True) -> list[DriftLine]:
        """Return the open lines, or also the newest ticked ones; by order."""
        found = self._db.rows(_OPEN, (self._db.shop,))
        if not open_only:
            found += self._db.rows(_TICKED, (self._db.shop, _MOST_TICKED))
            found.sort(key=lambda row: (row[0], row[2], row[-1]))
        return [
            DriftLine(
                uid, order_number, number, *((Decimal(sent), Decimal(now)) if kind == _ARTICLE else (_NONE, _NONE)),
                moment(seen_at), ticked_by, None if ticked_at is None else moment(ticked_at), kind,
            )
            for uid, order_number, number, sent, now, seen_at, ticked_by, ticked_at, kind, _ in found
        ]  # fmt: skip

    def tick(self, uid: int, article_number: str, kind: DriftKind = "article", reason: str = "") -> bool:
        """Record that the operator made the change in Specter; False if no such line is open.

        It is the stock of this article, or a change of another `kind`, which has no article number.
        """
        with self._db.change:
            state, step = self._states.state_of(uid)
            place = (self._db.shop, uid, kind, article_number)
            done = self._db.execute(_TICK, (self._db.holder, self._db.now(), *place)).fetchall()
            if not done or state is None:
                return False
            self._set_base(uid, kind, done[0][1])
            message = _told_of(kind, article_number, *done[0])
            self._recorder.record(
                uid, self._order_number(uid), self._db.now(), "drift_ticked", state, state, step, reason, message
            )
            self._tell_drift(uid, state, step, "")
        return True

    def untick(self, uid: int, article_number: str, reason: str = "", kind: DriftKind = "article") -> bool:
        """Take back the last tick of an article, or of another `kind`: it is again to be changed in Specter.

        Its open line, if any, is merged with it; if the two cancel out, neither is left. False if it has no tick.
        """
        with self._db.change:
            state, step = self._states.state_of(uid)
            place = (self._db.shop, uid, kind, article_number)
            ticked = self._db.execute(_LAST_TICK, place).fetchone()
            if ticked is None or state is None:
                return False
            line, sent, was = ticked
            later = self._db.execute(_OPEN_NOW, place).fetchone()
            now = was if later is None else later[0]
            self._db.execute(_REMOVE, place)
            self._set_base(uid, kind, sent)
            if now == sent or (kind == _ARTICLE and Decimal(now) == Decimal(sent)):
                self._db.execute(_REMOVE_TICKED, (self._db.shop, line))
            else:
                self._db.execute(_UNTICK, (now, self._db.shop, line))
            message = _told_of(kind, article_number, sent, now)
            number = self._order_number(uid)
            self._recorder.record(uid, number, self._db.now(), "drift_unticked", state, state, step, reason, message)
            self._tell_drift(uid, state, step, "")
        return True

    def _keep_digests(self, uid: int, digests: Mapping[str, str], *, explained: bool) -> list[str]:
        """Update the lines without values; return their kinds for the event.

        Changed articles and fees also change the VAT: if their lines changed (`explained`), the VAT gets no line.
        """
        base = self._db.execute(_BASE, (self._db.shop, uid)).fetchone()
        known = {kind: line for kind, *line in self._db.execute(_OPEN_DIGESTS, (self._db.shop, uid)).fetchall()}
        told: list[str] = []
        for kind, sent in zip(_SET_BASE, base, strict=True):
            now, line = digests.get(kind), known.get(kind)
            if sent is None or now is None or [sent, now] == line or (sent == now and line is None):
                continue
            if kind == "vat" and line is None and (explained or "fee" in told):
                self._set_base(uid, kind, now)
                continue
            values = (sent, now, self._db.now(), self._db.shop, uid, kind, "")
            if sent == now:
                self._db.execute(_REMOVE, (self._db.shop, uid, kind, ""))
            elif line is None:
                self._db.execute(_INSERT, (*values, self._db.shop))
            else:
                self._db.execute(_CHANGE, values)
            told.append(kind)
        return told

    def _set_base(self, uid: int, kind: DriftKind, digest: str) -> None:
        """Set the digest that the order is compared with from now on."""
        if kind in _SET_BASE:
            self._db.execute(_SET_BASE[kind], (digest, self._db.shop, uid))

    def _known(self, uid: int) -> dict[str, _Known]:
        known: dict[str, _Known] = {}
        for number, sent, now, ticked_at in self._db.rows(_OF_ORDER, (self._db.shop, uid)):
            before = known.get(number, _Known(None, None))
            line = (Decimal(sent), Decimal(now))
            known[number] = before._replace(open=line) if ticked_at is None else before._replace(ticked=line[1])
        return known

    def _keep_line(self, uid: int, number: str, wanted: tuple[Decimal, Decimal] | None, known: _Known) -> str:
        """Update the open line of one article; return its text for the event, empty if unchanged."""
        if wanted is None:
            # The order has the quantity that was sent.
            sent = sum((row.quantity for row in self._orders.rows(uid) if row.article_number == number), Decimal(0))
            wanted = (sent, sent)
        line = (wanted[0] if known.ticked is None else known.ticked, wanted[1])
        if line[0] == line[1]:
            if known.open is None:
                return ""
            self._db.execute(_REMOVE, (self._db.shop, uid, _ARTICLE, number))
        elif line != known.open:
            values = (str(line[0]), str(line[1]), self._db.now(), self._db.shop, uid, _ARTICLE, number)
            if known.open is None:
                self._db.execute(_INSERT, (*values, self._db.shop))
            else:
                self._db.execute(_CHANGE, values)
        else:
            return ""
        return _told(number, *line)

    def _tell_drift(self, uid: int, state: State, step: Step | None, message: str) -> None:
        """Set or clear the order's flag by its open lines, and record the change."""
        flag, now = int(bool(self._db.execute(_ANY_OPEN, (self._db.shop, uid)).fetchall())), self._db.now()
        flagged = self._db.execute(_FLAG, (flag, now, self._db.shop, uid, flag)).fetchall()
        if flagged:
            verb: Verb = "drift_seen" if flag else "drift_settled"
        elif message:
            verb = "drift_changed"
        else:
            return
        self._recorder.record(uid, self._order_number(uid), now, verb, state, state, step, "", message)

    def _order_number(self, uid: int) -> str:
        entry = self._orders.entry(uid)
        return entry.order_number if entry else str(uid)


def _told(number: str, sent: Decimal | str, now: Decimal | str) -> str:
    return f"{number}: {sent} > {now}"


def _told_of(kind: DriftKind, number: str, sent: str, now: str) -> str:
    return _told(number, sent, now) if kind == _ARTICLE else kind
