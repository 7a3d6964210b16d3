"""Whether what a first look was shown is all that there is: the shop's own count says so, else a second look.

Until then the cursor stays, so that the next look reads the same time again: a list that came empty, or short, loses no
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
    """A person's word that the shop's count may be off by so many, as the journal keeps it."""

    off: int
    operator: str
    host: str
    reason: str
    at: str

    @classmethod
    def of(cls, kept: str | None) -> "Accepted | None":
        """As it was kept by `kept`, None where nobody has accepted anything."""
        return None if kept is None else cls(**json.loads(kept))

    @property
    def kept(self) -> str:
        """One text with all of it."""
        return json.dumps(asdict(self))


@dataclass(frozen=True, slots=True)
class Found:
    """What a look was shown of a frozen window, up to `until`: when each order was placed, and those without uid."""

    until: datetime
    ordered: Mapping[int, datetime | None]
    unnamed: int

    @property
    def number(self) -> int:
        """All documents, unreadable ones and those without a uid too."""
        return len(self.ordered) + self.unnamed

    def agrees_with(self, before: "Found") -> bool:
        """Whether it shows what was shown before, and beside that only what was placed since."""
        more = self.ordered.keys() - before.ordered.keys()
        placed = (self.ordered[uid] for uid in more)
        return (
            before.ordered.keys() <= self.ordered.keys()
            and before.unnamed == self.unnamed
            and all(moment is not None and moment >= before.until for moment in placed)
        )


async def wait_for_second_look() -> None:
    """Wait until a look that finds the same confirms the one before."""
    await asyncio.sleep(SECOND_LOOK_AFTER.total_seconds())


class FirstScan:
    """Judges the looks of one process until one is believed."""

    def __init__(self) -> None:
        self.believed = False
        self.counted: int | None = None
        self.found = 0
        self._before: Found | None = None
        self._alike = 0
        self._at = 0.0

    def judge(self, found: Found, counted: int | None, accepted: int, at: float) -> Verdict:
        """Take in one look made `at` (seconds). `accepted`: by how many orders a person said the count may be off."""
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
        """Counted and found, once enough looks agreed with each other and not with the count for a person to accept."""
        if self.believed or self.counted is None or self._alike < LOOKS_TO_ACCEPT:
            return None
        return CountGap(self.counted, self.found)


async def counted_in(shop: ShopClient, since: datetime, until: datetime, found: int, *, new: bool) -> int | None:
    """The shop's count for a window, None where it cannot count: one that does not change when the window does is none.

    `new`: nothing is known of the shop yet, so that not even a count of nothing is believed by itself.
    """
    counted = await shop.count_orders(since, until)
    if counted is None or (counted == found and not (new and counted == 0)):
        return counted
    # Of no time nothing can be counted, and of all time more than nothing.
    begin, end = (_BEGINNING, until) if counted == 0 else (_BEGINNING, _BEGINNING)
    return None if await shop.count_orders(begin, end) == counted else counted
