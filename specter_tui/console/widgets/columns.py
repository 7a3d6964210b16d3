"""Columns of a list: their widths, and which are shown when the list is narrow."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Literal

_GROUPING = re.compile(r"(?<=\d)[\s,](?=\d{3})")
_NUMBER = re.compile(r"[-−]?\d[\d.,]*")


@dataclass(frozen=True, slots=True)
class Column:
    """A column. With `flex` 0 it is always `width` wide; otherwise it takes a share of the rest, at least `width`.

    When the list is narrow, columns with the highest `drop` are dropped first; those with 0 never are. A column with
    `least` shrinks to that while the flexible columns have less than twice their width; its texts are cut between
    words.
    """

    key: str
    title: str
    width: int
    flex: int = 0
    align: Literal["left", "right"] = "left"
    drop: int = 0
    least: int = 0
    amount: bool = False

    def shown(self, text: str, size: int) -> str:
        """Return the text, or as much of it as fits: a day without its time, an operator without the host.

        An amount loses the signs between its digits, then its unit, but no digit.
        """
        if self.amount and len(text) > size:
            text = _GROUPING.sub("", text)
            return text if len(text) <= size else "".join(_NUMBER.findall(text))
        while self.least and len(text) > size and (cut := max(text.rfind(" "), text.rfind("@"))) > 0:
            text = text[:cut].rstrip(",")
        return text


def fit(columns: Sequence[Column], width: int, gap: int = 1, keep: str = "") -> list[tuple[Column, int]]:
    """Return the columns that fit into the width, each with its own width; the one with the key `keep` is kept."""
    kept, dropped = list(columns), None
    while _least(kept, gap) > width and (less := [one for one in kept if one.drop and one.key != keep]):
        dropped = max(less, key=lambda column: column.drop)
        kept.remove(dropped)
    if dropped is not None:  # It may fit all the same if others shrink.
        narrow = [replace(one, width=one.least or one.width) for one in columns if one in kept or one is dropped]
        kept = narrow if _least(narrow, gap) <= width else kept
    spare = max(0, width - _least(kept, gap))
    if spare < sum(column.width for column in kept if column.flex):
        kept = [replace(column, width=column.least) if column.least else column for column in kept]
        spare = max(0, width - _least(kept, gap))
    shares = sum(column.flex for column in kept)
    widths = [column.width + (spare * column.flex // shares if shares else 0) for column in kept]
    if shares:  # The remainder of the division goes to the last flexible column.
        last = max(index for index, column in enumerate(kept) if column.flex)
        widths[last] += spare - sum(widths) + sum(column.width for column in kept)
    return list(zip(kept, widths, strict=True))


def _least(columns: Sequence[Column], gap: int) -> int:
    return sum(column.width for column in columns) + gap * max(0, len(columns) - 1)
