"""The export log as rows."""

from collections.abc import Collection, Hashable, Mapping, Sequence
from typing import TYPE_CHECKING

from specter_tui.console.viewmodel.activity_chart import ActivityChart, chart
from specter_tui.console.viewmodel.detail.finding_texts import translated_error
from specter_tui.console.viewmodel.display_context import DisplayContext
from specter_tui.console.viewmodel.export_log import VERBS, ExportLog
from specter_tui.console.viewmodel.filtering.list_fields import Fields, ListField, natural
from specter_tui.console.viewmodel.formats import day_and_clock, took, when
from specter_tui.console.viewmodel.list_model import ListModel
from specter_tui.console.viewmodel.list_view import ListView
from specter_tui.console.viewmodel.state_styles import STATE_STYLES, every_state, state_spellings
from specter_tui.console.viewmodel.styled_text import Line, Span, span
from specter_tui.console.widgets.columns import Column
from specter_tui.i18n import ngettext, t

if TYPE_CHECKING:
    from specter_tui.journal.models import Event


def columns() -> tuple[Column, ...]:
    """Return the columns."""
    return (
        Column("time", t("Time"), 8, flex=1, least=8),
        Column("number", t("Order"), 8),
        Column("what", t("What"), 2 + max(map(len, VERBS.values()))),
        Column("took", t("Took"), 6, align="right"),
        Column("text", t("Note"), 8, flex=3, drop=1),
        Column("by", t("By"), 7, flex=2, least=7),  # The line below shows it in full.
    )


def note_of(event: "Event") -> str:
    """Return the note of an event: its Specter number, else reason or message."""
    if event.specter_number and event.verb in ("exported", "number_entered", "recovered", "imported"):
        return f"→ {event.specter_number}" + (f", {event.reason}" if event.reason else "")
    return translated_error(event.message or event.reason) or (event.specter_number or "")


FIELDS: Fields = (
    ListField("time", lambda event: event.at, "moment", ("time", "tid", "date", "datum")),
    ListField(
        "number",
        lambda event: event.order_number,
        names=("number", "nummer", "order"),
        searched=True,
        rank=lambda event: natural(event.order_number),
    ),
    ListField("what", lambda event: VERBS.get(event.verb, event.verb), names=("what", "vad"), searched=True),
    ListField("took", lambda event: event.duration_ms, "number", ("took", "tog", "ms")),
    ListField("text", note_of, names=("note", "text", "notering", "anteckning"), searched=True),
    ListField("by", lambda event: f"{event.operator}@{event.host}", names=("by", "av"), searched=True),
    ListField(
        "state",
        lambda event: event.to_state,
        "word",
        ("state", "status", "läge"),
        written=False,
        spellings=lambda event: state_spellings(event.to_state),
        values=lambda: [look.word for look in STATE_STYLES.values()],
        words=every_state,
    ),
    ListField("age", lambda event: event.at, "age", ("age", "ålder"), written=False),
)


class LogRows(ListModel):
    """The rows of the log."""

    name = "log"
    fields = FIELDS

    def __init__(self, model: ExportLog) -> None:
        super().__init__()
        self._model = model
        self.frame = DisplayContext()

    def every(self) -> Sequence[Hashable]:
        """Return the ids of events, newest first; those that a filter found in the journal are last."""
        return (*self._model.ids, *(key for key in self._model.found if key not in self._model.events))

    def apply_view(self, look: ListView) -> None:
        """Show the log with another view; a new filter clears the search."""
        if look.filter_text != self.look.filter_text:
            self._model.forget_found()
        super().apply_view(look)

    @property
    def reach(self) -> str:
        """The part of a title that says how far back a filter or a sort has searched."""
        model, events = self._model, self._model.events
        if model.whole or model.searched or not (self.look.filter_text or self.look.sort) or not model.ids:
            return ""
        oldest = (self.look.filter_text and model.reached) or events[model.ids[-1]]
        text = t("searching, back to {at} …") if model.search else t("back to {at}")
        return f" · {text.format(at=when(oldest.at, self.frame.now, self.frame.zone))}"

    @property
    def marks(self) -> Collection[Hashable]:
        """No rows can be marked here."""
        return ()

    @property
    def nothing(self) -> str:
        """The text of a list without any row."""
        return t("Nothing has been exported yet.")

    def record(self, key: Hashable) -> "Event":
        """Return the event of a row."""
        event = self._model.event(key)
        assert event is not None  # noqa: S101 - it is listed
        return event

    def cells(self, key: Hashable) -> Mapping[str, Span]:
        """Return the cells of one event."""
        event = self.record(key)
        look = STATE_STYLES[event.to_state] if event.to_state else None
        what = f"{look.sign if look else '·'} {VERBS.get(event.verb, event.verb)}"
        return {
            "time": span(when(event.at, self.frame.now, self.frame.zone, seconds=True), "muted"),
            "number": span(event.order_number),
            "what": span(what, look.tone if look else "muted"),
            "took": span(took(self._model.took(event)), "muted"),
            "text": span(note_of(event)),
            "by": span(f"{event.operator}@{event.host}", "muted"),
        }


def so_far(activity: ActivityChart, frame: DisplayContext) -> str:
    """Return today's exports and failures by the hour, with their counts, in one line."""
    hours = activity.today(frame)
    if not hours:
        return ""
    exports, failures = [one.exported for one in hours], [one.failed for one in hours]
    parts = [
        ngettext("today {chart} {count} exported", "today {chart} {count} exported", sum(exports)).format(
            chart=chart(exports), count=sum(exports)
        )
    ]
    if any(failures):
        parts.append(
            ngettext("{chart} {count} not exported", "{chart} {count} not exported", sum(failures)).format(
                chart=chart(failures), count=sum(failures)
            )
        )
    return " · ".join(parts)


def explain(event: "Event", frame: DisplayContext) -> Line:
    """Return one event in full."""
    look = STATE_STYLES[event.to_state] if event.to_state else None
    parts = (day_and_clock(event.at, frame.zone), VERBS.get(event.verb, event.verb), note_of(event))
    sign = span(f"{look.sign if look else '·'} {event.order_number} ", look.tone if look else "muted")
    return sign, span(" · ".join(part for part in parts if part)), span(f" · {event.operator}@{event.host}", "muted")
