"""The result of one check of a set-up."""

from dataclasses import dataclass
from typing import Literal


@dataclass(frozen=True, slots=True)
class Finding:
    """The result of one check. `out_of_reach` means a failed connection, not a refusal or a missing setting."""

    level: Literal["ok", "note", "problem"]
    what: str
    text: str
    out_of_reach: bool = False
