"""Settings for everything that is drawn: language, time zone and time, and whether names are hidden."""

from dataclasses import dataclass, field
from datetime import datetime, tzinfo
from typing import Literal


@dataclass(frozen=True, slots=True)
class DisplayContext:
    """The language of problems, the zone of times, the present time, and whether names are hidden."""

    language: 'Literal["sv", "en"]' = "en"
    zone: tzinfo | None = None
    now: datetime = field(default_factory=lambda: datetime.now().astimezone())
    hide_names: bool = False
