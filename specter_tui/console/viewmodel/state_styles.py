"""The display of states: by a sign, a word and a tone, never by colour alone."""

from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from specter_tui.console import words
from specter_tui.console.viewmodel.styled_text import Span, Tone, span

if TYPE_CHECKING:
    from specter_tui.engine.events import OrderState, OrderView


@dataclass(frozen=True, slots=True)
class StateStyle:
    """Sign and tone of one state; `name` is its key in the words, `rank` puts states that need a person first."""

    name: str
    sign: str
    tone: Tone
    rank: int

    @property
    def word(self) -> str:
        """The state in a word."""
        return words.STATES[self.name]


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
"""The sign of each fact that a state does not include; `words.FLAGS` has its sentence."""


@cache
def state_spellings(state: "OrderState | None") -> tuple[str, ...]:
    """Return all words for a state in every language, which a filter accepts whatever the screen's language."""
    return () if state is None else (state, *(texts[state] for texts in words.in_every_language("STATES")))


def flags_of(view: "OrderView") -> tuple[tuple[str, str], ...]:
    """Return sign and sentence of each fact about an order that its state does not include."""
    holds = {
        "conflict": view.write_back == "conflict",
        "drift": view.drift,
        "cancelled": view.cancelled_in_shop,
        "due": view.write_back == "due",
        "warnings": bool(view.warnings) and view.state in ("ready", "waiting", "retry_later"),
    }
    return tuple((sign, words.FLAGS[name]) for name, sign in FLAGS.items() if holds[name])


def state_span(view: "OrderView") -> Span:
    """Return the state as one span: `✓ exported ≠`."""
    look = STATE_STYLES[view.state]
    signs = "".join(sign for sign, _ in flags_of(view))
    calls_for_eye = bool(signs) and look.tone in ("good", "muted") and signs != "↩"
    return span(f"{look.sign} {look.word}{' ' + signs if signs else ''}", "warn" if calls_for_eye else look.tone)
