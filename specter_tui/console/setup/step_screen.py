"""One screen of questions: what is typed is looked at as it is typed, and where it can be, tried for real."""

import threading
from collections.abc import Callable
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical
from textual.content import Content
from textual.events import DescendantFocus
from textual.message import Message
from textual.screen import Screen
from textual.widgets import Input, Label

from specter_tui.console import words
from specter_tui.console.setup.questions import SetupField, SetupStep
from specter_tui.console.setup.setup_ports import ConnectionResultLike, SetupPorts
from specter_tui.console.viewmodel.styled_text import plain
from specter_tui.console.widgets.typed_line import TypedLine

_BASE_CURRENCY = "SEK"


class StepScreen(Screen[None]):
    """Keeps what was typed in `values`. `on_the_way`: how far this is, for the title; `go_on`: to the next screen."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "app.step_back", show=False),
        Binding("enter", "next", show=False),
        Binding("up", "app.focus_previous", show=False, priority=True),
        Binding("down", "app.focus_next", show=False, priority=True),
        Binding("f2", "pass", show=False),
    ]

    class Came(Message):
        """A connection was tried; `values` are those it was tried with."""

        def __init__(self, values: dict[str, str], tried: ConnectionResultLike | Exception) -> None:
            super().__init__()
            self.values = values
            self.tried = tried

    def __init__(
        self, step: SetupStep, values: dict[str, str], on_the_way: str, ways: SetupPorts, go_on: Callable[[], None]
    ) -> None:
        super().__init__()
        self._ways = ways
        self._go_on = go_on
        self.step = step
        self._values = values
        self._on_the_way = on_the_way
        self._trying: dict[str, str] | None = None
        self._tried: ConnectionResultLike | None = None

    def compose(self) -> ComposeResult:
        """Title, questions, help, how the test went, keys."""
        with Horizontal(classes="setup-title"):
            yield Label(f"{words.NAME} · {words.SETUP_TITLES[self.step.name]}", classes="box-title", markup=False)
            yield Label(self._on_the_way, markup=False)
        yield Label(words.SETUP_INTRO[self.step.name], classes="setup-text", markup=False)
        with Vertical(classes="setup-rows"):
            for question in self.step.questions:
                with Horizontal(classes="setup-row"):
                    yield Label(words.SETUP_LABELS[question.name], classes="setup-label", markup=False)
                    yield TypedLine(
                        self._values.get(question.name, question.suggested),
                        hint=words.SETUP_OPTIONAL if question.optional else "",
                        most=300,
                        secret=question.secret,
                        compact=True,
                        id=question.name,
                    )
                    yield Label("", id=f"sign-{question.name}", classes="setup-sign", markup=False)
        yield Label("", id="setup-help", classes="setup-text", markup=False)
        yield Label("", id="setup-wrong", classes="setup-text", markup=False)
        yield Label("", id="setup-told", classes="setup-text", markup=False)
        yield Label("", id="footer", markup=False)

    def on_mount(self) -> None:
        """Take what is suggested for typed, and begin with the first question that has no good answer."""
        for question in self.step.questions:
            self._values.setdefault(question.name, question.suggested)
            self._sign(question)
        missing = next((one for one in self.step.questions if self._wrong(one)), self.step.questions[0])
        self.set_focus(self._line(missing))
        self._say_keys()

    @property
    def good(self) -> bool:
        """Whether the connection was tried with what stands here, and answered as it should."""
        return self._tried is not None and self._tried.outcome == "ok"

    def action_pass(self) -> None:
        """Go on though the test went wrong: an operator may set up what is switched on tomorrow."""
        if self._tried is not None and not self._unanswered():
            self._go_on()

    @on(Input.Changed)
    def _typed(self, event: Input.Changed) -> None:
        name, typed = event.input.id or "", event.input.value.strip()  # as it is now: more may have been typed since.
        if self._values.get(name) != typed:
            self._values[name] = typed
            self._tried = self._trying = None
            self._tell("")
        question = self._question(name)
        self._sign(question)
        self._explain(question)
        self._say_keys()

    @on(DescendantFocus)
    def _went(self, event: DescendantFocus) -> None:
        if isinstance(event.widget, TypedLine):
            self._explain(self._question(event.widget.id or ""))
            self._say_keys()

    def action_next(self) -> None:
        """To the next question; from the last one on, once it has taken what was typed."""
        lines = [self._line(question) for question in self.step.questions]
        place = lines.index(self.focused) if isinstance(self.focused, TypedLine) else -1
        if place + 1 < len(lines):
            self.set_focus(lines[place + 1])
        else:
            self._finish()

    def _finish(self) -> None:
        """On; or to the first question that has no good answer, or to the test."""
        for line in self.query(TypedLine):  # the news of the last letter may still be on its way.
            self._values[line.id or ""] = line.value.strip()
        if unanswered := self._unanswered():
            self.set_focus(self._line(unanswered))
            self._explain(unanswered, at_once=True)
        elif self.step.side is None or self.good:
            self._go_on()
        elif self._trying is None:
            self._try()

    def _try(self) -> None:
        side, ways = self.step.side, self._ways
        assert side is not None  # noqa: S101 - the caller looked
        values = self._trying = dict(self._values)
        self._tried = None
        self._tell(f"◌ {words.SETUP_TRYING[side]}")

        def attempt() -> None:
            try:
                tried: ConnectionResultLike | Exception = ways.attempt(side, values)
            except Exception as error:  # noqa: BLE001 - the app must hear of it
                tried = error
            self.post_message(self.Came(values, tried))

        threading.Thread(target=attempt, name="trying", daemon=True).start()

    @on(Came)
    def _came(self, event: Came) -> None:
        if event.values is not self._trying:
            return  # something else was typed meanwhile.
        self._trying = None
        if isinstance(event.tried, Exception):
            raise event.tried
        self._tried, side = event.tried, self.step.side
        told = words.SETUP_TRIED[f"{side}_{self._tried.outcome}"]
        lines = [f"{'✓' if self.good else '▲'} {told.format(name=self._tried.name, currency=self._tried.currency)}"]
        if self._tried.text:
            lines.append(f"  {self._tried.text}")
        if self.good and side == "shop" and self._tried.currency != _BASE_CURRENCY:
            lines.append(f"▲ {words.SETUP_TRIED['shop_currency']}")
        self._tell("\n".join(map(plain, lines)))
        self._say_keys()

    def _question(self, name: str) -> SetupField:
        return next(question for question in self.step.questions if question.name == name)

    def _line(self, question: SetupField) -> TypedLine:
        return self.query_one(f"#{question.name}", TypedLine)

    def _unanswered(self) -> SetupField | None:
        return next((question for question in self.step.questions if self._wrong(question)), None)

    def _wrong(self, question: SetupField) -> str:
        """What is wrong with the answer, in a sentence."""
        text = self._values.get(question.name, question.suggested)
        if not text:
            return "" if question.optional else words.SETUP_WRONG["missing"]
        return "" if self._ways.fits(question.name, text) else words.SETUP_WRONG[question.kind]

    def _sign(self, question: SetupField) -> None:
        wrong, text = self._wrong(question), self._values.get(question.name)
        sign = self.query_one(f"#sign-{question.name}", Label)
        sign.update("▲" if wrong and text else "✓" if text else "")
        sign.set_class(bool(wrong), "setup-bad")

    def _explain(self, question: SetupField, *, at_once: bool = False) -> None:
        """Where the answer is found, and what is wrong with what stands there."""
        self.query_one("#setup-help", Label).update(Content(words.SETUP_HELP[question.name]))
        wrong = self._wrong(question) if at_once or self._values.get(question.name) else ""
        self.query_one("#setup-wrong", Label).update(Content(f"▲ {wrong}" if wrong else ""))

    def _tell(self, text: str) -> None:
        told = self.query_one("#setup-told", Label)
        told.update(Content(text))
        told.set_class(text.startswith("▲"), "setup-bad")

    def _say_keys(self) -> None:
        last = self.focused is not None and self.focused.id == self.step.questions[-1].name
        if not last:
            keys = "fill"
        elif self.step.side is None or self.good:
            keys = "on"
        else:
            keys = "failed" if self._tried is not None else "test"
        self.query_one("#footer", Label).update(Content(f" {words.SETUP_KEYS[keys]}"))
