"""Every finding in words, in Swedish and English: what is wrong, and what to do about it."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Wording:
    """What is wrong, and the cure; names in braces are the problem's values."""

    text: str
    cure: str


WORDING: dict[str, dict[str, Wording]] = {"sv": {}, "en": {}}
