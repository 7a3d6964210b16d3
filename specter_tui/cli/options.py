"""Options that several commands share; reading `--settings`; ending with an exit status."""

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, TypeVar

import typer

from specter_tui.cli.importing import before_work, begin_work
from specter_tui.config.sources import Named, are_several
from specter_tui.i18n import t

if TYPE_CHECKING:
    from specter_tui.config.settings import Settings

T = TypeVar("T")

SettingsFile = Annotated[
    list[Path] | None, typer.Option("--settings", help="Settings file of the shop.", metavar="FILE")
]
SettingsFiles = Annotated[
    list[Path] | None,
    typer.Option(
        "--settings", help="Settings file, or folder with a NAME.env a shop. May be said again.", metavar="FILE"
    ),
]
AsJson = Annotated[bool, typer.Option("--json", help="Print one JSON object a line.")]


def not_empty(named: T) -> T:
    """Refuse an empty name: a script's unset variable gives one, and it would match everything without a number."""
    for name in (named,) if isinstance(named, str) else named if isinstance(named, list) else ():
        if not name.removeprefix("uid:").strip():
            raise typer.BadParameter(t("an empty name is none"))
    return named


Order = Annotated[
    str, typer.Argument(help="Order number, else uid; uid:N says uid.", metavar="ORDER", callback=not_empty)
]
Orders = Annotated[
    list[str] | None, typer.Argument(help="Order numbers, else uids.", metavar="ORDER...", callback=not_empty)
]
Reason = Annotated[str, typer.Option(help="Why; kept in the journal.", metavar="TEXT")]

Item = Annotated[
    str, typer.Argument(help="Article number, or address, method, fee, vat.", metavar="ITEM", callback=not_empty)
]


def for_one(settings: list[Path] | None, context: typer.Context, command: Callable[[Path | None], int]) -> None:
    """Run a command on one shop's settings file, and exit with its status."""
    file = one_file(settings, context)
    end(lambda: command(file))


def for_each(named: Named, command: "Callable[[Settings], int]") -> None:
    """Run a command on each shop that is named, and exit with the worst status."""

    def work() -> int:
        from specter_tui.cli.each_shop import each_shop

        return each_shop(named, command)

    end(work)


def end(command: Callable[[], int]) -> None:
    """Run a command, and exit with its status."""
    before_work()
    from specter_tui.cli.session import guarded

    begin_work()
    raise typer.Exit(guarded(command))


def named_files(settings: list[Path] | None, context: typer.Context) -> Named:
    """Return the files named by `--settings` after the command, else before it."""
    return settings or context.obj or ()


def one_file(settings: list[Path] | None, context: typer.Context) -> Path | None:
    """Return the settings file of a command for one shop; refuse several."""
    named = named_files(settings, context)
    if are_several(named):
        raise typer.BadParameter(t("this command works for one shop; name its file"), param_hint="--settings")
    return next(iter(named), None)
