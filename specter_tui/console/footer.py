"""The footer: at most seven keys, and how many more there are."""

from specter_tui.console import words
from specter_tui.console.actions import ACTIONS, MOST_IN_FOOTER, Situation
from specter_tui.console.ink import Line, Span, span


def footer_line(situation: Situation, width: int) -> Line:
    """The keys that matter most, those that do something now in full tone, and `? n more`."""
    ranked = sorted((action for action in ACTIONS if action.footer), key=lambda action: action.footer)
    for count in range(min(len(ranked), MOST_IN_FOOTER - 1), 0, -1):
        parts: list[Span] = [span(" ")]
        for action in ranked[:count]:
            possible = not action.why_not(situation)
            parts += [
                span(action.sign, "title" if possible else "muted"),
                span(f" {action.short}   ", "plain" if possible else "muted"),
            ]
        parts += [
            span("?", "title"),
            span(f" {words.MORE_KEYS.format(count=sum(bool(action.keys) for action in ACTIONS) - count)}", "plain"),
        ]
        if sum(len(text) for text, _ in parts) <= width:
            return tuple(parts)
    return ()
