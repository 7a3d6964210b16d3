"""The console: an operator's screen on top of the engine.

It asks the engine and draws what the engine tells; it decides nothing about orders. Importing this costs nothing:
Textual comes with `run_console`, the engine after the first frame.
"""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

    from specter_tui.console.engine_ports import OpenEngine
    from specter_tui.console.setup.setup_app import Ended
    from specter_tui.console.setup.setup_ports import SetupPorts
    from specter_tui.i18n import Language


def run_console(
    open_engine: "OpenEngine",
    *,
    language: "Language | None" = None,
    banner: str = "",
    views_file: "Path | None" = None,
    on_leave_grace: float = 35.0,
) -> int:
    """Run the console on this terminal until the operator leaves; answers the exit code.

    `open_engine` is called on a thread after the first frame, with the listener that the engine tells everything to.
    `language` is that of the first frame, None: the terminal's; then the settings have the last word.
    `banner` stands first in the status line. `views_file` holds views kept by name, None: the one in the user's config
    folder. Calls in flight get `on_leave_grace` seconds to finish.
    """
    from specter_tui.console.run import run  # noqa: PLC0415 - Textual is wanted only here

    return run(open_engine, language, banner, views_file, on_leave_grace)


def run_setup(ways: "SetupPorts", language: "Language") -> "tuple[Ended, int]":
    """Run the guided set-up on this terminal; answers how it ended, and an exit code for where nothing follows."""
    from specter_tui.console.run import run_guided  # noqa: PLC0415 - Textual is wanted only here

    return run_guided(ways, language)
