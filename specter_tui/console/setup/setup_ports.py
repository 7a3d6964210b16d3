"""What the set-up asks of the world, so that the screen itself knows neither files nor wires."""

from collections.abc import Mapping
from pathlib import Path
from typing import Literal, Protocol

from specter_tui.i18n import Language

Side = Literal["shop", "specter"]
Values = Mapping[str, str]
"""Settings by name, as they were typed."""


class ConnectionResultLike(Protocol):
    """How a connection did."""

    @property
    def outcome(self) -> str:
        """ok, refused or out_of_reach."""

    @property
    def text(self) -> str:
        """What was said."""

    @property
    def name(self) -> str:
        """The shop's name."""

    @property
    def currency(self) -> str:
        """The shop's base currency."""


class SetupPorts(Protocol):
    """All but `fits` may take long and is called on a thread, or only once at the end."""

    @property
    def file(self) -> Path:
        """Where the settings go."""

    def fits(self, name: str, text: str) -> bool:
        """Whether a setting may have this value."""

    def attempt(self, side: Side, values: Values) -> ConnectionResultLike:
        """Try a connection with these values; changes nothing there."""

    def draft(self) -> dict[str, str]:
        """What was typed the last time and left half-way."""

    def keep_draft(self, values: Values) -> None:
        """Keep what was typed; it holds no secret."""

    def write(self, values: Values, language: Language, *, replace: bool) -> None:
        """Write the settings. Raises FileExistsError where others are there that may not be replaced, OSError."""
