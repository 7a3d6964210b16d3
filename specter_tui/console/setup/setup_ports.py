"""The set-up's interface to files and connections, so that its screens know neither."""

from collections.abc import Mapping
from pathlib import Path
from typing import Literal, Protocol

from specter_tui.i18n import Language

Side = Literal["shop", "specter"]
Values = Mapping[str, str]
"""Settings by name, as typed."""


class ConnectionResultLike(Protocol):
    """The result of a connection test."""

    @property
    def outcome(self) -> str:
        """ok, refused or out_of_reach."""

    @property
    def text(self) -> str:
        """The error, or an empty text."""

    @property
    def name(self) -> str:
        """The shop's name."""

    @property
    def currency(self) -> str:
        """The shop's base currency."""


class SetupPorts(Protocol):
    """The set-up's work. All methods but `fits` may be slow: they are called on a thread, or only once at the end."""

    @property
    def file(self) -> Path:
        """The file for the settings."""

    def fits(self, name: str, text: str) -> bool:
        """Return whether a setting may have this value."""

    def attempt(self, side: Side, values: Values) -> ConnectionResultLike:
        """Test a connection with these values; nothing is changed there."""

    def draft(self) -> dict[str, str]:
        """Return the values of an unfinished set-up."""

    def keep_draft(self, values: Values) -> None:
        """Keep the typed values, which contain no secret."""

    def write(self, values: Values, language: Language, *, replace: bool) -> None:
        """Write the settings. Raises OSError; FileExistsError for a file that may not be replaced."""
