"""The display of states: by a sign, a word and a tone, never by colour alone."""

from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from specter_tui.console.viewmodel.styled_text import Span, Tone, span
from specter_tui.i18n import Texts
from specter_tui.text.state_names import STATE_WORDS, STATES_OF_SEVERAL

if TYPE_CHECKING:
    from specter_tui.engine.events import OrderView
    from specter_tui.engine.order_states import OrderState

STATES = STATE_WORDS | Texts({"drift": "change", "stock_rows": "stock row"}, context="order state")
WHY = Texts(
    {
        "ready": "Ready to be sent to Specter.",
        "waiting": "Waits for its payment.",
        "blocked": "Cannot be sent as it is.",
        "sending": "Is being sent right now.",
        "retry_later": "Could not be sent; nothing reached Specter. It is tried again.",
        "unknown": "It may have reached Specter; the answer never came.",
        "refused": "Specter refused it; nothing was made there.",
        "exists": "Specter already has an order with this external number; its Specter number is not known here.",
        "exported": "Is in Specter.",
        "closed": "Closed by hand: it is not sent.",
        "out_of_scope": "Is not exported from here.",
    }
)
CURES = Texts(
    {
        "ready": "e exports {number}.",
        "waiting": "It becomes ready by itself when the payment has come.",
        "retry_later": "e tries {number} now.",
        "unknown": "n: type the number of {number}. R: send it again.",
        "refused": "R: send {number} again. c: close it.",
        "closed": "R: take it back.",
        "exists": "n: type the Specter number of {number}.",
    }
)
FLAG_TEXTS = Texts(
    {
        "conflict": "The shop already holds another number for this order; it was not overwritten.",
        "drift": "The order was changed in the shop after its export; the copy in Specter is the old one.",
        "cancelled": "The order was cancelled in the shop after its export.",
        "due": "The Specter number has not been written to the shop yet; it is tried again.",
        "warnings": "There are warnings; they are in the detail.",
    }
)


@dataclass(frozen=True, slots=True)
class StateStyle:
    """Sign and tone of one state; `name` is its key in `STATES`, `rank` puts states that need a person first."""

    name: str
    sign: str
    tone: Tone
    rank: int

    @property
    def word(self) -> str:
        """The state in a word."""
        return STATES[self.name]

    def word_of(self, count: int) -> str:
        """Return the word behind a number of orders in this state."""
        return STATES[self.name] if count == 1 else STATES_OF_SEVERAL[self.name]


STATE_STYLES: "dict[OrderState, StateStyle]" = {
    "unknown": StateStyle("unknown", "?", "bad", 0),
    "refused": StateStyle("refused", "✗", "bad", 1),
    "exists": StateStyle("exists", "≡", "bad", 2),
    "blocked": StateStyle("blocked", "▲", "warn", 3),
    "retry_later": StateStyle("retry_later", "↻", "warn", 4),
    "sending": StateStyle("sending", "»", "busy", 5),
    "ready": StateStyle("ready", "●", "ready", 6),
    "waiting": StateStyle("waiting", "◌", "muted", 7),
    "exported": StateStyle("exported", "✓", "good", 8),
    "closed": StateStyle("closed", "–", "muted", 9),
    "out_of_scope": StateStyle("out_of_scope", "·", "muted", 10),
}
FLAGS = {"conflict": "!", "drift": "≠", "cancelled": "×", "due": "↩", "warnings": "△"}
"""The sign of each fact that a state does not include; `FLAG_TEXTS` has its sentence."""


@cache
def state_spellings(state: "OrderState | None") -> tuple[str, ...]:
    """Return all words for a state in every language, which a filter accepts whatever the screen's language."""
    return () if state is None else (state, *(texts[state] for texts in STATES.in_every_language()))


@cache
def every_state() -> tuple[str, ...]:
    """Return all words for all states in every language."""
    return tuple(said for state in STATE_STYLES for said in state_spellings(state))


def flags_of(view: "OrderView") -> tuple[tuple[str, str], ...]:
    """Return sign and sentence of each fact about an order that its state does not include."""
    holds = {
        "conflict": view.write_back == "conflict",
        "drift": view.drift,
        "cancelled": view.cancelled_in_shop,
        "due": view.write_back == "due",
        "warnings": bool(view.warnings) and view.state in ("ready", "waiting", "retry_later"),
    }
    return tuple((sign, FLAG_TEXTS[name]) for name, sign in FLAGS.items() if holds[name])


def state_span(view: "OrderView") -> Span:
    """Return the state as one span: `✓ exported ≠`."""
    look = STATE_STYLES[view.state]
    signs = "".join(sign for sign, _ in flags_of(view))
    calls_for_eye = bool(signs) and look.tone in ("good", "muted") and signs != "↩"
    return span(f"{look.sign} {look.word}{' ' + signs if signs else ''}", "warn" if calls_for_eye else look.tone)
