"""The console: an operator's screen on top of the engine.

It sends the engine commands and draws its messages; it decides nothing about orders. Importing this costs nothing:
Textual is imported by `run_console`, the engine after the first frame.
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
    read_only: bool = False,
) -> int:
    """Run the console on this terminal until the operator quits; return the exit code.

    `open_engine` is called on a thread after the first frame, with the listener for the engine's messages. `language`
    is that of the first frame, None: the terminal's; later the settings' applies. `banner` is shown first in the status
    line. `views_file` contains the named views, None: the file in the user's config folder. Calls in flight get
    `on_leave_grace` seconds to finish. `read_only`: no key sends, decides, copies or writes anything.
    """
    from specter_tui.console.run import run  # noqa: PLC0415 - Textual is wanted only here

    return run(open_engine, language, banner, views_file, on_leave_grace, read_only=read_only)


def run_setup(ways: "SetupPorts", language: "Language") -> "tuple[Ended, int]":
    """Run the guided set-up on this terminal; return how it ended, and the exit code if nothing follows."""
    from specter_tui.console.run import run_guided  # noqa: PLC0415 - Textual is wanted only here

    return run_guided(ways, language)
