"""The footer: at most seven keys, and the number of further ones."""

from collections.abc import Sequence

from specter_tui.console.commands.command_spec import CommandSpec
from specter_tui.console.commands.conditions import NUMBERABLE, CommandSituation, Front
from specter_tui.console.commands.dispatch import CommandDispatcher
from specter_tui.console.commands.registry import COMMANDS
from specter_tui.console.viewmodel.styled_text import Line, Span, span
from specter_tui.i18n import t

MOST_IN_FOOTER = 7
_OWN: dict[Front, tuple[str, ...]] = {
    "numbers": ("fix", "fix_all"),
    "detail": ("export", "copy", "number", "repeat", "close", "back"),
    "drift": ("tick", "copy", "back"),
    "methods": ("copy", "back"),
    "deliveries": ("copy", "back"),
    "report": ("day_before", "day_after", "report_span", "report_basis", "write", "back"),
    "stock": ("open", "copy", "back"),
    "stock_rows": ("tick", "copy", "back"),
    "page": ("copy", "back"),
    "todo": ("open", "copy", "back"),
    "morning": ("open", "copy", "back"),
    "shops": ("next_shop", "copy", "back"),
}
"""The first keys of each front view; full screens show no others."""
_IN_QUEUE = ("number", "repeat", "export", "close", "tick", "fix")
"""Keys that settle an item of the work queue come first there, if they are possible."""
_ON_ORDER = ("export", "repeat")
"""Keys for the order under the cursor or the marked ones come first, if they are possible."""


Commands = Sequence[CommandSpec[CommandDispatcher]]


def footer_line(situation: CommandSituation, width: int, commands: Commands = COMMANDS) -> Line:
    """Return the most important keys, possible ones in full tone, and `? n more`."""
    commands = [command for command in commands if command.is_had(situation)]
    ranked = _ranked(situation, commands)
    for count in range(min(len(ranked), MOST_IN_FOOTER - 1), 0, -1):
        parts: list[Span] = [span(" ")]
        for command in ranked[:count]:
            possible = not command.why_not(situation)
            parts += [
                span(command.sign, "title" if possible else "muted"),
                span(f" {command.label(situation)}   ", "plain" if possible else "muted"),
            ]
        parts += [
            span("?", "title"),
            span(
                f" {t('{count} more').format(count=sum(bool(command.keys) for command in commands) - count)}", "plain"
            ),
        ]
        if sum(len(text) for text, _ in parts) <= width:
            return tuple(parts)
    return ()


def _ranked(situation: CommandSituation, commands: Commands) -> list[CommandSpec[CommandDispatcher]]:
    front, by_name = situation.front, {command.name: command for command in commands}
    own = [by_name[name] for name in _OWN.get(front, ()) if name in by_name]
    if front == "todo":
        own = [by_name[name] for name in _IN_QUEUE if name in by_name and not by_name[name].why_not(situation)] + own
    if front == "orders":
        on_order = [by_name[name] for name in _ON_ORDER if name in by_name]
        own += [command for command in on_order if not command.why_not(situation)]
        if situation.current is not None and situation.current.state in NUMBERABLE and "number" in by_name:
            own.insert(1 if own else 0, by_name["number"])
    if front in ("orders", "log", "numbers"):
        footer = sorted((command for command in commands if command.footer), key=lambda command: command.footer)
        own += [command for command in footer if command not in own]
    return own
