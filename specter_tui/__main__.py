"""The entry point. The bare console imports only Textual before its first frame; commands need more."""

import gc
import io
import signal
import sys
from pathlib import Path


def main() -> None:
    """Open the console, or run the command in the arguments; end the process with its status."""
    arguments = sys.argv[1:]
    if len(arguments) % 2 == 0 and set(arguments[::2]) <= {"--settings"}:
        # Collecting garbage before there is any takes a tenth of the time to the first frame; the console enables it
        # later.
        gc.disable()
        from specter_tui.cli.commands.console import open_console

        sys.exit(open_console([Path(name) for name in arguments[1::2]]))
    # During the imports Ctrl+C ends the process, instead of a traceback.
    interrupted = signal.getsignal(signal.SIGINT)
    if interrupted is signal.default_int_handler:
        signal.signal(signal.SIGINT, signal.SIG_DFL)
    from specter_tui.cli.app import app

    gc.freeze()  # Imported objects stay, so garbage collection need not examine them.
    signal.signal(signal.SIGINT, interrupted)
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            # A name that the terminal cannot show does not end a command.
            stream.reconfigure(errors="backslashreplace")
    app()


if __name__ == "__main__":
    main()
