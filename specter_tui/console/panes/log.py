"""The export log as rows."""

from collections.abc import Collection, Hashable, Mapping, Sequence
from typing import TYPE_CHECKING

from specter_tui.console import words
from specter_tui.console.columns import Column
from specter_tui.console.describe import Frame
from specter_tui.console.formats import day_and_clock, took, when
from specter_tui.console.ink import Line, Span, span
from specter_tui.console.log import Log
from specter_tui.console.states import LOOKS

if TYPE_CHECKING:
    from specter_tui.journal.records import Event


def columns() -> tuple[Column, ...]:
    """What stands above the rows."""
    return (
        Column("time", words.COLUMN_TIME, 8),
        Column("number", words.COLUMN_ORDER, 8),
        Column("what", words.COLUMN_EVENT, 21),
        Column("took", words.COLUMN_TOOK, 6, align="right", drop=2),
        Column("text", words.COLUMN_TEXT, 12, flex=3, drop=1),
        Column("by", words.COLUMN_BY, 12, flex=1, drop=3),
    )


class LogRows:
    """What the list shows of the log."""

    def __init__(self, model: Log) -> None:
        self._model = model
        self.frame = Frame()

    @property
    def keys(self) -> Sequence[Hashable]:
        """The ids of events, newest first."""
        return self._model.ids

    @property
    def marks(self) -> Collection[Hashable]:
        """Nothing can be marked here."""
        return ()

    @property
    def empty(self) -> str:
        """Why there is nothing to see."""
        return words.LOG_NONE

    def cells(self, key: Hashable) -> Mapping[str, Span]:
        """One event."""
        assert isinstance(key, int)  # noqa: S101 - ids of events are
        event = self._model.events[key]
        look = LOOKS[event.to_state] if event.to_state else None
        what = f"{look.sign if look else '·'} {words.VERBS.get(event.verb, event.verb)}"
        return {
            "time": span(when(event.at, self.frame.now, self.frame.zone, seconds=True), "muted"),
            "number": span(event.order_number),
            "what": span(what, look.tone if look else "muted"),
            "took": span(took(event.duration_ms), "muted"),
            "text": span(note_of(event)),
            "by": span(f"{event.operator}@{event.host}", "muted"),
        }


def explain(event: "Event", frame: Frame) -> Line:
    """One event in full."""
    look = LOOKS[event.to_state] if event.to_state else None
    parts = (day_and_clock(event.at, frame.zone), words.VERBS.get(event.verb, event.verb), note_of(event))
    sign = span(f"{look.sign if look else '·'} {event.order_number} ", look.tone if look else "muted")
    return sign, span(" · ".join(part for part in parts if part)), span(f" · {event.operator}@{event.host}", "muted")


def note_of(event: "Event") -> str:
    """What is worth reading of an event: the number it brought, else reason or message."""
    if event.specter_number and event.verb in ("exported", "number_entered", "recovered", "imported"):
        return f"→ {event.specter_number}" + (f", {event.reason}" if event.reason else "")
    from specter_tui.engine.retelling import retold  # noqa: PLC0415 - comes after the first frame

    return retold(event.message or event.reason, words.spoken) or (event.specter_number or "")
