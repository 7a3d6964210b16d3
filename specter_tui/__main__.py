"""The entry point. The bare console imports only Textual before its first frame; commands need more."""

import gc
import io
import os
import sys
from pathlib import Path

from specter_tui.text.output_encoding import carry_signs

_COMPLETED = "_SPECTER_TUI_COMPLETE"
"""Set by a shell that asks how a command goes on; the arguments are in another variable."""


def main() -> None:
    """Open the console, or run the command in the arguments; end the process with its status."""
    arguments = sys.argv[1:]
    is_console = len(arguments) % 2 == 0 and set(arguments[::2]) <= {"--settings"}
    if is_console and _COMPLETED not in os.environ:
        # Collecting garbage before there is any takes a tenth of the time to the first frame; the console enables it
        # later.
        gc.disable()
        from specter_tui.cli.commands.console import open_console

        sys.exit(open_console([Path(name) for name in arguments[1::2]]))
    from specter_tui.cli.importing import before_work

    before_work()
    from specter_tui.cli.app import app

    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            # A name that the terminal cannot show does not end a command.
            stream.reconfigure(errors="backslashreplace")
            carry_signs(stream)
    app()


if __name__ == "__main__":
    main()
