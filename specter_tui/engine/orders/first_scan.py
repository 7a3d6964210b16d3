"""Decide whether a first poll found all orders: the shop's count agrees, or a second poll finds the same.

Until then the cursor is not moved and the next poll reads the same time again, so that an empty or short list loses no
order.
"""

import asyncio
import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import UTC, datetime, timedelta
from typing import Literal

from specter_tui.abicart.shop import ShopClient
from specter_tui.engine.events import CountGap

SECOND_LOOK_AFTER = timedelta(seconds=10)
LOOKS_TO_ACCEPT = 3
_BEGINNING = datetime(1970, 1, 1, tzinfo=UTC)
Verdict = Literal["agrees", "cannot_count", "differs"]


@dataclass(frozen=True, slots=True)
class Accepted:
    """A person's acceptance that the shop's count differs by this number, as stored in the journal."""

    off: int
    operator: str
    host: str
    reason: str
    at: str

    @classmethod
    def of(cls, kept: str | None) -> "Accepted | None":
        """Return it from the text made by `kept`, None where nothing was accepted."""
        return None if kept is None else cls(**json.loads(kept))

    @property
    def kept(self) -> str:
        """All fields in one text."""
        return json.dumps(asdict(self))


@dataclass(frozen=True, slots=True)
class Found:
    """The orders that a poll found in a fixed window up to `until`, with their placing times, and those without uid."""

    until: datetime
    ordered: Mapping[int, datetime | None]
    unnamed: int

    @property
    def number(self) -> int:
        """The count of all documents, unreadable ones and those without uid included."""
        return len(self.ordered) + self.unnamed

    def agrees_with(self, before: "Found") -> bool:
        """Return whether it has all that was found before, and besides that only orders placed since."""
        more = self.ordered.keys() - before.ordered.keys()
        placed = (self.ordered[uid] for uid in more)
        return (
            before.ordered.keys() <= self.ordered.keys()
            and before.unnamed == self.unnamed
            and all(moment is not None and moment >= before.until for moment in placed)
        )


async def wait_for_second_look() -> None:
    """Wait until a second poll counts as a confirmation of the first."""
    await asyncio.sleep(SECOND_LOOK_AFTER.total_seconds())


class FirstScan:
    """Judges the polls of one process until one is believed."""

    def __init__(self) -> None:
        self.believed = False
        self.counted: int | None = None
        self.found = 0
        self._before: Found | None = None
        self._alike = 0
        self._at = 0.0

    def judge(self, found: Found, counted: int | None, accepted: int, at: float) -> Verdict:
        """Judge one poll made `at` (seconds). `accepted` is the difference that a person accepted."""
        alike = self._before is not None and found.agrees_with(self._before)
        late_enough = at - self._at >= SECOND_LOOK_AFTER.total_seconds()
        if not alike or self._before is None:
            self._alike, self._before, self._at = 1, found, at
        elif late_enough:
            self._alike, self._before, self._at = self._alike + 1, found, at
        self.counted, self.found = counted, found.number
        if counted is None:
            self.believed = self._alike > 1
            return "agrees" if self.believed else "cannot_count"
        off = counted - found.number
        self.believed = min(0, accepted) <= off <= max(0, accepted)
        return "agrees" if self.believed else "differs"

    @property
    def gap(self) -> CountGap | None:
        """The counts to accept, once enough polls agreed with each other and not with the shop's count; else None."""
        if self.believed or self.counted is None or self._alike < LOOKS_TO_ACCEPT:
            return None
        return CountGap(self.counted, self.found)


async def counted_in(shop: ShopClient, since: datetime, until: datetime, found: int, *, new: bool) -> int | None:
    """Return the shop's count for a window, None where it cannot count: its count ignores the window.

    `new` says that nothing is known of the shop yet, so that even a count of zero is checked.
    """
    counted = await shop.count_orders(since, until)
    if counted is None or (counted == found and not (new and counted == 0)):
        return counted
    # A window of no length counts zero, and all time counts more.
    begin, end = (_BEGINNING, until) if counted == 0 else (_BEGINNING, _BEGINNING)
    return None if await shop.count_orders(begin, end) == counted else counted
