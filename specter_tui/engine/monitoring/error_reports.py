"""Reports of program errors that concern one order: a file for the developers, without personal data."""

import logging
from pathlib import Path
from traceback import extract_tb

from specter_tui.error_report import write_report

_written: dict[tuple[str, str, int | None], str] = {}


def report_of(error: BaseException) -> str:
    """Return the name of the report, written once for each place in the code; the error's class where that fails."""
    frames = extract_tb(error.__traceback__)
    last = frames[-1] if frames else None
    place = (type(error).__name__, last.filename if last else "", last.lineno if last else None)
    if place not in _written:
        try:
            file = write_report(error)
        except OSError:
            file = Path(place[0])
        _written[place] = file.name
        logging.getLogger(__name__).error("an error of our own, told in %s", file)
    return _written[place]
