"""What waits for a person, of every kind, with its cure. Pure; the work queue and the command `todo` share it."""

import shlex
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Literal, get_args

from specter_tui.engine.events import CountGap, OrderView
from specter_tui.engine.goods_texts import why_for_person
from specter_tui.engine.outcome_texts import outcome_text
from specter_tui.i18n import Language
from specter_tui.journal.goods_models import DeliveryRecord, DriftLine, RowForPerson
from specter_tui.journal.models import Stop
from specter_tui.planning.article_numbers import BadNumber
from specter_tui.planning.problems import cure_of, text_of
from specter_tui.text.numbers import number

TodoKind = Literal[
    "stop",
    "halt",
    "count",
    "proposed",
    "unknown",
    "exists",
    "refused",
    "customer_changed",
    "conflict",
    "blocked",
    "by_hand",
    "sum",
    "drift",
    "stock_row",
    "number",
]
"""The kinds, in the order of the list: first what keeps everything from being sent, then orders, then goods."""
_RANKS: dict[str, int] = {kind: rank for rank, kind in enumerate(get_args(TodoKind))}
_CUSTOMER_CHANGED = "customer_changed"
_NEVER = datetime.min.replace(tzinfo=UTC)
_CURES: dict[TodoKind, str] = {
    "proposed": "todo_proposed_cure",
    "unknown": "todo_unknown",
    "exists": "todo_exists",
    "refused": "todo_refused",
    "customer_changed": "todo_refused",
    "conflict": "todo_conflict",
    "blocked": "todo_blocked",
    "by_hand": "todo_by_hand",
}
_COMMANDS: dict[TodoKind, str] = {
    "proposed": "resolve {order} --number {number}",
    "unknown": "resolve {order} --number NUMBER",
    "exists": "resolve {order} --number NUMBER",
    "refused": "resolve {order} --retry --reason REASON",
    "customer_changed": "resolve {order} --retry --reason REASON",
    "conflict": "resolve {order} --number NUMBER --reason REASON",
    "blocked": "preview {order}",
    "by_hand": "export {order}",
}
_AS_IN_A_COMMAND = frozenset("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789._-")


@dataclass(frozen=True, slots=True, kw_only=True)
class TodoItem:
    """One thing that waits for a person. `item` is the article, the row or the number, where it is not an order alone.

    `command` is the command line for the shop's settings; words in capitals are for the person to fill in.
    """

    kind: TodoKind
    uid: int | None = None
    order: str = ""
    item: str = ""
    since: datetime | None = None
    code: str
    text: str
    cure: str
    command: str
    place: tuple[object, ...] = ()
    """The key of the row in its own list: of drift, of stock rows, of article numbers."""

    @property
    def key(self) -> tuple[object, ...]:
        """What tells it from other items of the shop; an order has one item, whatever its kind is."""
        return ("order", self.uid) if self.uid is not None and not self.place else (self.kind, *self.place)

    @property
    def rank(self) -> tuple[int, datetime, str, str]:
        """The sort key: by kind, then the oldest first."""
        return _RANKS[self.kind], self.since or _NEVER, self.order, self.item


def in_order(items: Iterable[TodoItem]) -> list[TodoItem]:
    """Return the items as they are listed."""
    return sorted(items, key=lambda item: item.rank)


def of_stop(stop: Stop, text: str, language: Language) -> TodoItem:
    """Return the emergency stop as an item; `text` names its operator and reason."""
    return TodoItem(
        kind="stop",
        since=stop.begun_at,
        code="stop",
        text=text,
        cure=outcome_text("todo_stop", language),
        command="specter-tui resume --reason REASON",
    )


def of_halt(who: str, text: str, language: Language) -> TodoItem:
    """Return a halt of Specter's account, or the shop's refusal of the key, as an item."""
    is_shop = who == "shop"
    return TodoItem(
        kind="halt",
        code=f"halt_{who}",
        text=text,
        cure=outcome_text("todo_shop" if is_shop else "todo_halt", language),
        command="specter-tui check" if is_shop else "specter-tui resume --reason REASON",
        place=(who,),
    )


def of_gap(gap: CountGap, language: Language) -> TodoItem:
    """Return a difference from the shop's count, which a person may accept, as an item."""
    return TodoItem(
        kind="count",
        code="count",
        text=outcome_text("todo_count", language, counted=gap.counted, found=gap.found),
        cure=outcome_text("todo_count_cure", language),
        command="specter-tui orders --accept-count --reason REASON",
    )


def of_order(view: OrderView, language: Language) -> TodoItem | None:
    """Return an order that waits for a person as an item, else None."""
    kind = _kind_of(view)
    if kind is None:
        return None
    values = {"external": view.external_no or view.number, "number": view.proposed_number or "NUMBER"}
    text, cure, code = view.why, outcome_text(_CURES[kind], language, **values), str(kind)
    command = _COMMANDS[kind]
    match kind:
        case "unknown" if view.step == "customer":
            cure, command = outcome_text("todo_unknown_customer", language), _COMMANDS["refused"]
        case "unknown" if view.came:
            text = outcome_text("todo_answered", language, cause=view.cause or view.came)
        case "unknown":
            text = outcome_text("todo_no_answer", language) + (f" ({view.cause})" if view.cause else "")
        case "exists" | "proposed":
            text = outcome_text(f"todo_{kind}_text", language, **values)
        case _ if view.problems:
            first = view.problems[0]
            text, cure = text_of(first, language), cure_of(first, language)
            code = first.code
        case _:
            pass
    word = shell_word(view.number, view.uid)
    return TodoItem(
        kind=kind,
        uid=view.uid,
        order=view.number,
        since=view.since or view.ordered,
        code=code,
        text=text,
        cure=cure,
        command=f"specter-tui {command.format(order=word, number=values['number'])}",
    )


def of_sum(one: DeliveryRecord, language: Language) -> TodoItem | None:
    """Return an order with another total in Specter than was sent as an item; None once a person has looked at it."""
    if not one.waits or one.total is None or one.expected is None:
        return None
    totals = {"shown": number(one.total, language, 2), "expected": number(one.expected, language, 2)}
    return TodoItem(
        kind="sum",
        uid=one.uid,
        order=one.order_number,
        item=one.specter_number,
        since=one.seen_at,
        code="sum_differs",
        text=outcome_text("todo_sum", language, **totals),
        cure=outcome_text("todo_sum_cure", language),
        command=f"specter-tui resolve {shell_word(one.order_number, one.uid)} --compare NET VAT TOTAL",
        place=(one.uid,),
    )


def of_drift(line: DriftLine, language: Language) -> TodoItem | None:
    """Return a change to be made in Specter by hand as an item; None for one that is ticked off."""
    if line.ticked_at is not None:
        return None
    key = "todo_drift" if line.kind == "article" else f"todo_drift_{line.kind}"
    values = {"item": line.item, "sent": number(line.sent, language), "now": number(line.now, language)}
    return TodoItem(
        kind="drift",
        uid=line.uid,
        order=line.order_number,
        item=line.item,
        since=line.seen_at,
        code=f"drift_{line.kind}",
        text=outcome_text(key, language, **values),
        cure=outcome_text("todo_drift_cure", language),
        command=f"specter-tui drift tick {shell_word(line.order_number, line.uid)} {_last_word(line.item)}",
        place=(line.uid, line.item),
    )


def of_stock_row(row: RowForPerson, language: Language) -> TodoItem | None:
    """Return a row of Specter's stock that a person must decide about as an item; None for a settled one."""
    if row.done_at is not None:
        return None
    return TodoItem(
        kind="stock_row",
        item=row.article_number or row.name,
        since=row.seen_at,
        code=f"row_{row.reason}",
        text=why_for_person(row.reason, language),
        cure=outcome_text("todo_stock_row_cure", language),
        command=f"specter-tui stock done {shlex.quote(row.full_name)} --reason REASON",
        place=(row.batch_no, row.position),
    )


def of_number(bad: BadNumber, language: Language) -> TodoItem | None:
    """Return a bad article number as an item; None for the holder that keeps a number which others share."""
    if bad.keeps:
        return None
    cure = cure_of(bad.problem, language)
    if bad.suggestion:
        cure = outcome_text("todo_number_cure", language, suggestion=bad.suggestion)
    return TodoItem(
        kind="number",
        item=bad.number or bad.name,
        code=bad.problem.code,
        text=f"{bad.name}: {text_of(bad.problem, language)}",
        cure=cure,
        command=f"specter-tui articles fix {_last_word(bad.number or f'uid:{bad.article_uid}')}",
        place=(bad.article_uid, bad.variant_uid),
    )


def shell_word(order_number: str, uid: int) -> str:
    """Return an order for a command line: its number, or the uid where a shell would read something else."""
    plain = set(order_number) <= _AS_IN_A_COMMAND and not order_number.startswith("-")
    return order_number if order_number and plain else f"uid:{uid}"


def _last_word(text: str) -> str:
    """Return the last argument of a command line; one that begins as an option does is marked as none."""
    return f"-- {shlex.quote(text)}" if text.startswith("-") else shlex.quote(text)


def _kind_of(view: OrderView) -> TodoKind | None:
    problem = view.problems[0].code if view.problems else ""
    match view.state:
        case "unknown" | "exists" | "refused" if view.proposed_number:
            return "proposed"
        case "unknown" | "exists":
            return view.state
        case "refused" | "retry_later" | "blocked" if problem == _CUSTOMER_CHANGED:
            return "customer_changed"
        case "refused" | "blocked":
            return view.state
        case "retry_later" if view.problems:  # It is not tried again by itself.
            return "refused"
        case "exported" | "closed" if view.write_back == "conflict":
            return "conflict"
        case "ready" | "retry_later" if view.by_hand:
            return "by_hand"
        case _:
            return None
