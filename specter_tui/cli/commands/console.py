"""Opening the console: Textual first, settings and engine once the first frame is on the screen."""

import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from specter_tui.config.first_language import first_language
from specter_tui.config.first_run import wants_setup
from specter_tui.console import run_console
from specter_tui.console.engine_ports import EngineLike, Hear, SupervisorLike
from specter_tui.i18n import Language

if TYPE_CHECKING:
    from specter_tui.config.settings import Settings
    from specter_tui.engine.events import Message
    from specter_tui.engine.runtime.engine_thread import Engine


def open_console(named: Sequence[Path]) -> int:
    """The console on the user's own settings, or the set-up where there are none; its exit status."""
    if sys.stdin.isatty() and sys.stdout.isatty() and wants_setup(named):
        from specter_tui.cli.commands.setup import set_up

        return set_up(named)

    def open_shops(listener: Hear) -> "EngineLike | SupervisorLike":
        from specter_tui.cli.commands.console_shops import open_console_shops
        from specter_tui.cli.each_shop import read_shops
        from specter_tui.config.shops import are_several

        shops = read_shops(named)
        return (
            open_console_shops(shops, listener)
            if are_several(named)
            else _open_engine(shops.found[0].settings, listener)
        )

    return run_console(open_shops, language=first_language(named))


def show_console(
    settings: "Callable[[], Settings]", language: Language, banner: str = "", views_file: Path | None = None
) -> int:
    """The console on these settings, read after the first frame."""
    return run_console(
        lambda listener: _open_engine(settings(), listener), language=language, banner=banner, views_file=views_file
    )


def _open_engine(settings: "Settings", listener: "Callable[[Message], None]") -> "Engine":
    from specter_tui.engine.runtime.engine_thread import Engine

    engine = Engine(settings, listener)
    engine.start(watch=True)
    return engine
