"""Open the console for one shop."""

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from specter_tui.console import run_console
from specter_tui.i18n import Language

if TYPE_CHECKING:
    from specter_tui.config.settings import Settings
    from specter_tui.engine.events import Message
    from specter_tui.engine.runtime.engine_thread import Engine


def show_console(
    settings: "Callable[[], Settings]", language: Language, banner: str = "", views_file: Path | None = None
) -> int:
    """Open the console; the settings are read after the first frame."""
    return run_console(
        lambda listener: open_engine(settings(), listener), language=language, banner=banner, views_file=views_file
    )


def open_engine(settings: "Settings", listener: "Callable[[Message], None]", *, read_only: bool = False) -> "Engine":
    """Start an engine in auto mode, or one that only looks. Raises JournalError."""
    from specter_tui.engine.runtime.engine_thread import Engine

    engine = Engine(settings, listener, read_only=read_only)
    engine.start(watch=True)
    return engine
