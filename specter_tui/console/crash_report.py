"""The message on the terminal after a program error: one line, with the name of the report."""

from pathlib import Path

from specter_tui.console import words
from specter_tui.error_report import write_report


def report_crash(error: BaseException, folder: Path | None = None) -> str:
    """Write the report; return the line for the terminal."""
    kind = type(error).__name__
    try:
        file = write_report(error, folder)
    except OSError:
        return words.CRASHED_UNSAVED.format(kind=kind)
    return words.CRASHED.format(kind=kind, file=file)
