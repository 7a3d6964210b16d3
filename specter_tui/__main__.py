"""Where the program starts. The bare console imports Textual alone before its first frame; commands need more."""

import gc
import io
import signal
import sys
from pathlib import Path


def main() -> None:
    """Open the console, or run the command named by the arguments; ends the process with its status."""
    arguments = sys.argv[1:]
    if len(arguments) % 2 == 0 and set(arguments[::2]) <= {"--settings"}:
        # A tenth of the time to the first frame goes into looking for garbage where there is none yet; the console
        # turns it on again.
        gc.disable()
        from specter_tui.cli.commands.console import open_console

        sys.exit(open_console([Path(name) for name in arguments[1::2]]))
    # Nothing has begun while the rest is imported: Ctrl+C just ends the process, instead of a page of Python's.
    interrupted = signal.getsignal(signal.SIGINT)
    if interrupted is signal.default_int_handler:
        signal.signal(signal.SIGINT, signal.SIG_DFL)
    from specter_tui.cli.app import app

    gc.freeze()  # What was imported is there to stay: garbage is looked for among what comes after it.
    signal.signal(signal.SIGINT, interrupted)
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")  # A name that the terminal cannot show ends no command.
    app()


if __name__ == "__main__":
    main()
