"""A report of a program error, readable by the user only.

It contains files, lines and classes of errors. It contains no local variables, and an error's text only for errors that
name code: other texts could contain the data being read, such as a person or a key.
"""

import os
import platform
import sys
import traceback
from datetime import UTC, datetime
from pathlib import Path

from platformdirs import user_log_path

from specter_tui import __version__

_NAMES_CODE = (AttributeError, NameError, ImportError, NotImplementedError, RecursionError)


def write_report(error: BaseException, folder: Path | None = None) -> Path:
    """Write the report, by default into the user's log folder; return its file. Raises OSError."""
    return _write(_report(error), folder or _log_folder())


def _log_folder() -> Path:
    return user_log_path("specter-tui")


def _report(error: BaseException) -> str:
    head = (
        f"specter-tui {__version__}, Python {platform.python_version()}, {platform.system()} {platform.release()}",
        f"{datetime.now(UTC):%Y-%m-%d %H:%M:%S} UTC, argv[0] {Path(sys.argv[0]).name}",
        "",
    )
    return "\n".join((*head, *_chain(error))) + "\n"


def _chain(error: BaseException) -> list[str]:
    """Return the error after the errors that caused it."""
    cause = error.__cause__ or (None if error.__suppress_context__ else error.__context__)
    lines = [*_chain(cause), "", "which led to:", ""] if cause is not None else []
    for frame in traceback.extract_tb(error.__traceback__):
        lines.append(f'  File "{frame.filename}", line {frame.lineno}, in {frame.name}')
        if frame.line:
            lines.append(f"    {frame.line}")
    detail = f": {error}" if isinstance(error, _NAMES_CODE) else ""
    lines.append(f"{type(error).__module__}.{type(error).__qualname__}{detail}")
    if isinstance(error, BaseExceptionGroup):
        for inner in error.exceptions:
            lines += ["", "with, among others:", "", *_chain(inner)]
    return lines


def _write(report: str, folder: Path) -> Path:
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    file = folder / f"crash-{datetime.now(UTC):%Y%m%d-%H%M%S-%f}.txt"
    handle = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(handle, "w", encoding="utf-8", errors="backslashreplace") as out:
        out.write(report)
    return file
