"""The message on the terminal after a program error: one line, with the name of the report."""

from pathlib import Path

from specter_tui.error_report import write_report
from specter_tui.i18n import t


def report_crash(error: BaseException, folder: Path | None = None) -> str:
    """Write the report; return the line for the terminal."""
    kind = type(error).__name__
    try:
        file = write_report(error, folder)
    except OSError:
        return t("specter-tui ended by an internal error ({kind}); no report could be written").format(kind=kind)
    return t("specter-tui ended by an internal error ({kind}). The report is in {file}").format(kind=kind, file=file)
