"""Opening the console: Textual first, settings and engine once the first frame is on the screen."""

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from specter_tui.cli.first_language import first_language
from specter_tui.console import run_console
from specter_tui.language import Language

if TYPE_CHECKING:
    from specter_tui.engine.engine import Engine
    from specter_tui.engine.messages import Message
    from specter_tui.settings import Settings


def open_console(named: Sequence[Path]) -> int:
    """The console on the user's own settings; its exit status."""

    def settings() -> "Settings":
        from specter_tui.cli.several import read_shops

        return read_shops(named).found[0].settings

    return show_console(settings, first_language(named))


def show_console(
    settings: "Callable[[], Settings]", language: Language, banner: str = "", views_file: Path | None = None
) -> int:
    """The console on these settings, read after the first frame."""

    def open_engine(listener: "Callable[[Message], None]") -> "Engine":
        from specter_tui.engine.engine import Engine

        engine = Engine(settings(), listener)
        engine.start(watch=True)
        return engine

    return run_console(open_engine, language=language, banner=banner, views_file=views_file)
