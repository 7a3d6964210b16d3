"""Open the console: first Textual, then settings and engine once the first frame is shown."""

import sys
from collections.abc import Sequence
from pathlib import Path

from specter_tui.cli.commands.console_run import open_engine
from specter_tui.config.first_language import first_language
from specter_tui.config.first_run import wants_setup
from specter_tui.console import run_console
from specter_tui.console.engine_ports import EngineLike, Hear, SupervisorLike


def open_console(named: Sequence[Path], *, read_only: bool = False) -> int:
    """Open the console with the user's settings, or the set-up where there are none; return its exit status.

    `read_only`: it only shows, and there is no set-up, which would write settings.
    """
    if not read_only and sys.stdin.isatty() and sys.stdout.isatty() and wants_setup(named):
        return set_up_first(named)

    def open_shops(listener: Hear) -> EngineLike | SupervisorLike:
        from specter_tui.cli.commands.console_shops import open_console_shops
        from specter_tui.cli.each_shop import read_shops
        from specter_tui.config.sources import are_several
        from specter_tui.engine.events import Notice

        shops = read_shops(named)
        opened = (
            open_console_shops(shops, listener, read_only=read_only)
            if are_several(named)
            else open_engine(shops.found[0].settings, listener, read_only=read_only)
        )
        for note in shops.notes:
            listener(Notice("warning", note))
        return opened

    return run_console(open_shops, language=first_language(named), read_only=read_only)


def set_up_first(named: Sequence[Path]) -> int:
    """Run the set-up, then the console with the new settings, or the demo; return the exit status."""
    from specter_tui.cli.commands.setup import run_set_up

    ended, code = run_set_up(named)
    if ended == "demo":
        from specter_tui.cli.commands.demo import run_demo
        from specter_tui.cli.session import guarded

        return guarded(run_demo)
    return open_console(named) if ended == "written" else code
