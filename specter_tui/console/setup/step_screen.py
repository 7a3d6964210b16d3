"""One screen of questions: values are checked while they are typed, and connections are really tested."""

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

from specter_tui.console.setup.end_screens import SETUP_KEYS, SETUP_TITLES
from specter_tui.console.setup.questions import SetupField, SetupStep
from specter_tui.console.setup.setup_ports import ConnectionResultLike, SetupPorts
from specter_tui.console.viewmodel.styled_text import plain
from specter_tui.console.widgets.typed_line import TypedLine
from specter_tui.i18n import Texts, t

SETUP_INTRO = Texts(
    {
        "shop": "Your shop needs Abicart PRO, and SEK as its base currency.",
        "specter": "Specter sent you these with the add-on for webshops. Accounts from after August 2020 have "
        "version 2.",
        "orders": "Delivery, fees and discounts go on six service articles in Specter. Type other "
        "numbers if you have them; leave one empty, and orders that need it are blocked.",
    }
)
SETUP_LABELS = Texts(
    {
        "ABICART__WEBSHOP": "Shop number",
        "ABICART__AUTH": "API key",
        "ABICART__URL": "Address",
        "SPECTER__SBM_ID": "smbID",
        "SPECTER__API_USER_ID": "API user id",
        "SPECTER__API_USER_KEY": "API user key",
        "SPECTER__INTEGRATION_KEY": "Integration key",
        "SPECTER__URL": "Address",
        "ORDER__SINCE": "Orders placed from",
        "ORDER__ARTICLE_DELIVERY": "Article for delivery",
        "ORDER__ARTICLE_PAYMENT_FEE": "… payment fee",
        "ORDER__ARTICLE_COD": "… cash on delivery",
        "ORDER__ARTICLE_DISCOUNT": "… discounts",
        "ORDER__ARTICLE_GIFT_CARD": "… gift cards",
        "ORDER__ARTICLE_ROUNDING": "… rounding",
    }
)
SETUP_HELP = Texts(
    {
        "ABICART__WEBSHOP": "The number of your shop in Abicart, digits only.",
        "ABICART__AUTH": "In the shop's admin: Inställningar > Externa kopplingar > API-nycklar. In some editions "
        "Abicart's support must switch on “Integration med eget system” first.",
        "ABICART__URL": "Leave it, unless Abicart gave you another.",
        "SPECTER__SBM_ID": "The number of your Specter account, digits only.",
        "SPECTER__API_USER_ID": "Version 2: the id of the API user. Version 1: leave it empty.",
        "SPECTER__API_USER_KEY": "Version 2: the key of the API user. Version 1: MD5 key 1.",
        "SPECTER__INTEGRATION_KEY": "Version 2: the integration key. Version 1: MD5 key 2.",
        "SPECTER__URL": "Leave it, unless Specter gave you another.",
        "ORDER__SINCE": "A day such as 2026-11-26. Older orders are never touched, so that nothing goes that "
        "another link "
        "has sent. Today is safe.",
        "ORDER__ARTICLE_DELIVERY": "The row for delivery. ctrl+p “service articles” makes those that Specter lacks.",
        "ORDER__ARTICLE_PAYMENT_FEE": "The row for fees such as an invoice fee.",
        "ORDER__ARTICLE_COD": "The row for cash on delivery.",
        "ORDER__ARTICLE_DISCOUNT": "The rows for discounts.",
        "ORDER__ARTICLE_GIFT_CARD": "The row for gift cards that an order was paid with.",
        "ORDER__ARTICLE_ROUNDING": "The row for the öre that rounding leaves.",
    }
)
SETUP_WRONG = Texts(
    {
        "missing": "This is needed.",
        "number": "This is a number: digits only.",
        "date": "Write a day as 2026-11-26.",
        "url": "This must begin with https:// (http:// only to this machine).",
        "text": "This cannot be used.",
    }
)
SETUP_TRYING = Texts({"shop": "Asking the shop …", "specter": "Asking Specter …"})
SETUP_TRIED = Texts(
    {
        "shop_ok": "The shop answers: {name}. Its base currency is {currency}.",
        "shop_currency": "Specter needs SEK: orders of this shop are held until that is its base currency.",
        "shop_refused": "The shop answers, but refuses. Check the shop number and the API key.",
        "shop_out_of_reach": "The shop does not answer. Check the address and this machine's network.",
        "specter_ok": "Specter answers, and accepts the keys.",
        "specter_refused": "Specter answers, but refuses. Check smbID and the keys, letter by letter.",
        "specter_out_of_reach": "Specter does not answer. Check the address and this machine's network.",
    }
)


_BASE_CURRENCY = "SEK"


class StepScreen(Screen[None]):
    """Stores typed values in `values`. `on_the_way` is the progress in the title; `go_on` shows the next screen."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "app.step_back", show=False),
        Binding("enter", "next", show=False),
        Binding("up", "app.focus_previous", show=False, priority=True),
        Binding("down", "app.focus_next", show=False, priority=True),
        Binding("f2", "pass", show=False),
    ]

    class Came(Message):
        """The result of a connection test with `values`."""

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
        """Compose title, questions, help, test result and keys."""
        with Horizontal(classes="setup-title"):
            yield Label(f"{t('specter-tui')} · {SETUP_TITLES[self.step.name]}", classes="box-title", markup=False)
            yield Label(self._on_the_way, markup=False)
        yield Label(SETUP_INTRO[self.step.name], classes="setup-text", markup=False)
        with Vertical(classes="setup-rows"):
            for question in self.step.questions:
                with Horizontal(classes="setup-row"):
                    yield Label(SETUP_LABELS[question.name], classes="setup-label", markup=False)
                    yield TypedLine(
                        self._values.get(question.name, question.suggested),
                        hint=t("may be empty") if question.optional else "",
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
        """Fill in the suggestions, and focus the first question without a valid answer."""
        for question in self.step.questions:
            self._values.setdefault(question.name, question.suggested)
            self._sign(question)
        missing = next((one for one in self.step.questions if self._wrong(one)), self.step.questions[0])
        self.set_focus(self._line(missing))
        self._say_keys()

    @property
    def good(self) -> bool:
        """True if the connection was tested with the present values, and works."""
        return self._tried is not None and self._tried.outcome == "ok"

    def action_pass(self) -> None:
        """Continue after a failed test: the connection may be switched on later."""
        if self._tried is not None and not self._unanswered():
            self._go_on()

    @on(Input.Changed)
    def _typed(self, event: Input.Changed) -> None:
        # The present value: more may have been typed since the event.
        name, typed = event.input.id or "", event.input.value.strip()
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
        """Focus the next question; after the last one, continue."""
        lines = [self._line(question) for question in self.step.questions]
        place = lines.index(self.focused) if isinstance(self.focused, TypedLine) else -1
        if place + 1 < len(lines):
            self.set_focus(lines[place + 1])
        else:
            self._finish()

    def _finish(self) -> None:
        """Continue, or focus the first question without a valid answer, or test the connection."""
        for line in self.query(TypedLine):  # The event of the last letter may still be on its way.
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
        self._tell(f"◌ {SETUP_TRYING[side]}")

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
            return  # Something else was typed meanwhile.
        self._trying = None
        if isinstance(event.tried, Exception):
            raise event.tried
        self._tried, side = event.tried, self.step.side
        told = SETUP_TRIED[f"{side}_{self._tried.outcome}"]
        lines = [f"{'✓' if self.good else '▲'} {told.format(name=self._tried.name, currency=self._tried.currency)}"]
        if self._tried.text:
            lines.append(f"  {self._tried.text}")
        if self.good and side == "shop" and self._tried.currency != _BASE_CURRENCY:
            lines.append(f"▲ {SETUP_TRIED['shop_currency']}")
        self._tell("\n".join(map(plain, lines)))
        self._say_keys()

    def _question(self, name: str) -> SetupField:
        return next(question for question in self.step.questions if question.name == name)

    def _line(self, question: SetupField) -> TypedLine:
        return self.query_one(f"#{question.name}", TypedLine)

    def _unanswered(self) -> SetupField | None:
        return next((question for question in self.step.questions if self._wrong(question)), None)

    def _wrong(self, question: SetupField) -> str:
        """Return the error of the answer as a sentence, or an empty text."""
        text = self._values.get(question.name, question.suggested)
        if not text:
            return "" if question.optional else SETUP_WRONG["missing"]
        return "" if self._ways.fits(question.name, text) else SETUP_WRONG[question.kind]

    def _sign(self, question: SetupField) -> None:
        wrong, text = self._wrong(question), self._values.get(question.name)
        sign = self.query_one(f"#sign-{question.name}", Label)
        sign.update("▲" if wrong and text else "✓" if text else "")
        sign.set_class(bool(wrong), "setup-bad")

    def _explain(self, question: SetupField, *, at_once: bool = False) -> None:
        """Show where the answer is found, and the error of the present one."""
        self.query_one("#setup-help", Label).update(Content(SETUP_HELP[question.name]))
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
        self.query_one("#footer", Label).update(Content(f" {SETUP_KEYS[keys]}"))
