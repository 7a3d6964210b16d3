"""The footer: at most seven keys, and the number of further ones."""

from specter_tui.console import words
from specter_tui.console.command_registry import (
    ACTIONS,
    BY_NAME,
    MOST_IN_FOOTER,
    NUMBERABLE,
    CommandSituation,
    CommandSpec,
    Front,
)
from specter_tui.console.viewmodel.styled_text import Line, Span, span

_OWN: dict[Front, tuple[str, ...]] = {
    "numbers": ("fix", "fix_all"),
    "detail": ("export", "copy", "number", "repeat", "close", "back"),
    "drift": ("tick", "copy", "back"),
    "methods": ("copy", "back"),
    "deliveries": ("copy", "back"),
    "report": ("day_before", "day_after", "report", "copy", "back"),
    "stock": ("open", "copy", "back"),
    "stock_rows": ("tick", "copy", "back"),
    "page": ("copy", "back"),
    "shops": ("next_shop", "copy", "back"),
}
"""The first keys of each front view; full screens show no others."""
_ON_ORDER = ("export", "repeat")
"""Keys for the order under the cursor or the marked ones come first, where they are possible."""


def footer_line(situation: CommandSituation, width: int) -> Line:
    """Return the most important keys, possible ones in full tone, and `? n more`."""
    ranked = _ranked(situation)
    for count in range(min(len(ranked), MOST_IN_FOOTER - 1), 0, -1):
        parts: list[Span] = [span(" ")]
        for action in ranked[:count]:
            possible = not action.why_not(situation)
            parts += [
                span(action.sign, "title" if possible else "muted"),
                span(f" {action.label(situation)}   ", "plain" if possible else "muted"),
            ]
        parts += [
            span("?", "title"),
            span(f" {words.MORE_KEYS.format(count=sum(bool(action.keys) for action in ACTIONS) - count)}", "plain"),
        ]
        if sum(len(text) for text, _ in parts) <= width:
            return tuple(parts)
    return ()


def _ranked(situation: CommandSituation) -> list[CommandSpec]:
    front = situation.front
    own = [BY_NAME[name] for name in _OWN.get(front, ())]
    if front == "orders":
        own += [action for action in map(BY_NAME.__getitem__, _ON_ORDER) if not action.why_not(situation)]
        if situation.current is not None and situation.current.state in NUMBERABLE:
            own.insert(1 if own else 0, BY_NAME["number"])
    if front in ("orders", "log", "numbers"):
        footer = sorted((action for action in ACTIONS if action.footer), key=lambda action: action.footer)
        own += [action for action in footer if action not in own]
    return own
