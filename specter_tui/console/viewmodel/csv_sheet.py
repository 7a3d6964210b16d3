"""A list as a CSV file (RFC 4180) that spreadsheets of each language open correctly by a double click.

Excel in Sweden takes `;` between cells and a decimal comma, elsewhere `,` and a point; both need the byte order mark to
read UTF-8. A text that a spreadsheet would read as a formula gets an apostrophe before it.
"""

import csv
import os
import tempfile
from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime, tzinfo
from decimal import Decimal
from io import StringIO
from pathlib import Path
from typing import Any, Literal

from specter_tui.console.viewmodel.filtering.list_fields import Value
from specter_tui.console.viewmodel.list_table import ListTable

_FORMULA = ("=", "+", "-", "@", "\t", "\r")
_PRIVATE = 0o600


@dataclass(frozen=True, slots=True)
class CsvStyle:
    """The separator of cells, and the form of numbers and times."""

    language: Literal["sv", "en"] = "en"
    zone: tzinfo | None = None

    @property
    def between(self) -> str:
        """The separator between two cells."""
        return ";" if self.language == "sv" else ","

    def cell(self, value: Value) -> str:
        """Format one cell. Numbers and times keep their type; texts are never formulas."""
        match value:
            case None:
                return ""
            case Decimal():
                text = format(value, "f")
                return text.replace(".", ",") if self.language == "sv" else text
            case datetime():
                return value.astimezone(self.zone).strftime("%Y-%m-%d %H:%M:%S")
            case int():
                return str(value)
            case tuple():
                return escape_formula(" ".join(value))
        return escape_formula(value)


def escape_formula(text: str) -> str:
    """Return a text that no spreadsheet reads as a formula, also with spaces or quotes before its first sign."""
    return f"'{text}" if text.lstrip(" \"'").startswith(_FORMULA) else text


def default_path(name: str, at: datetime, folder: Path) -> Path:
    """Return the default file of a list: its name, the day and the time."""
    return folder / f"{name}-{at.strftime('%Y-%m-%d-%H%M')}.csv"


def write_csv_sheet(
    path: Path, table: ListTable, style: CsvStyle, rows: Iterable[Any] | None = None, *, replace: bool = False
) -> int:
    """Write a table to a file for the user only (0600), as a whole or not at all; return the number of rows.

    `rows` are written instead of the table's own. Raises FileExistsError where a file exists and is not to be replaced,
    and other OSErrors.
    """
    if not replace and os.path.lexists(path):
        raise FileExistsError(path)
    handle, beside = tempfile.mkstemp(prefix=f".{path.name}-", dir=path.parent)
    try:
        with open(handle, "w", encoding="utf-8-sig", newline="") as file:  # noqa: PTH123 - a handle, not a path
            count = -1  # The heading is no row.
            for line in csv_lines(table, style, rows):
                file.write(line)
                count += 1
        Path(beside).chmod(_PRIVATE)
        if replace:
            os.replace(beside, path)  # noqa: PTH105 - both are paths of ours
        else:
            os.link(beside, path)  # Unlike a rename, it fails if a file was created meanwhile.
    finally:
        with suppress(FileNotFoundError):
            os.unlink(beside)  # noqa: PTH108 - after a replacement it is not there any more
    return count


def csv_lines(
    table: ListTable, style: CsvStyle, rows: Iterable[Any] | None = None, *, with_head: bool = True
) -> Iterator[str]:
    """Yield the lines of a table; `rows` are written instead of the table's own."""
    if with_head:
        yield _line([escape_formula(head) for head in table.heads], style)
    for row in table.rows if rows is None else rows:
        yield _line([style.cell(field.get(row)) for field in table.fields], style)


def _line(cells: Sequence[str], style: CsvStyle) -> str:
    line = StringIO(newline="")
    csv.writer(line, delimiter=style.between, lineterminator="\r\n").writerow(cells)
    return line.getvalue()
