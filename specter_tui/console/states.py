"""How a state is shown: by a sign, a word and a tone, never by colour alone."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from specter_tui.console import words
from specter_tui.console.ink import Span, Tone, span

if TYPE_CHECKING:
    from specter_tui.engine.messages import OrderState, OrderView


@dataclass(frozen=True, slots=True)
class Look:
    """Sign, word and tone of one state; `rank` puts first what needs a person."""

    sign: str
    word: str
    tone: Tone
    rank: int


LOOKS: "dict[OrderState, Look]" = {
    "unknown": Look("?", words.STATE_UNKNOWN, "bad", 0),
    "refused": Look("✗", words.STATE_REFUSED, "bad", 1),
    "exists": Look("≡", words.STATE_EXISTS, "bad", 2),
    "blocked": Look("▲", words.STATE_BLOCKED, "warn", 3),
    "retry_later": Look("↻", words.STATE_RETRY_LATER, "warn", 4),
    "sending": Look("»", words.STATE_SENDING, "busy", 5),
    "ready": Look("●", words.STATE_READY, "ready", 6),
    "waiting": Look("◌", words.STATE_WAITING, "muted", 7),
    "exported": Look("✓", words.STATE_EXPORTED, "good", 8),
    "closed": Look("–", words.STATE_CLOSED, "muted", 9),
    "out_of_scope": Look("·", words.STATE_OUT_OF_SCOPE, "muted", 10),
}


def flags_of(view: "OrderView") -> tuple[tuple[str, str], ...]:
    """Sign and sentence of each thing about an order that its state does not tell."""
    flags = []
    if view.write_back == "conflict":
        flags.append(("!", words.FLAG_CONFLICT))
    if view.drift:
        flags.append(("≠", words.FLAG_DRIFT))
    if view.cancelled_in_shop:
        flags.append(("×", words.FLAG_CANCELLED))
    if view.write_back == "due":
        flags.append(("↩", words.FLAG_DUE))
    if view.warnings and view.state in ("ready", "waiting", "retry_later"):
        flags.append(("△", words.FLAG_WARNINGS))
    return tuple(flags)


def state_span(view: "OrderView") -> Span:
    """The state in one piece: `✓ exported ≠`."""
    look = LOOKS[view.state]
    signs = "".join(sign for sign, _ in flags_of(view))
    calls_for_eye = bool(signs) and look.tone in ("good", "muted") and signs != "↩"
    return span(f"{look.sign} {look.word}{' ' + signs if signs else ''}", "warn" if calls_for_eye else look.tone)
