"""How everything on the screen is written: language, zone and hour, and whether names are hidden."""

from dataclasses import dataclass, field
from datetime import datetime, tzinfo
from typing import Literal


@dataclass(frozen=True, slots=True)
class DisplayContext:
    """How to write: the language of problems, the zone of times, whether names are hidden."""

    language: 'Literal["sv", "en"]' = "en"
    zone: tzinfo | None = None
    now: datetime = field(default_factory=lambda: datetime.now().astimezone())
    hide_names: bool = False
