"""Texts in the screen's language: English in the source, other languages in `locale/`.

A text has a name and its English form; gettext finds its translation by both (docs/translating.md).
"""

import gettext
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any, Literal, TypeVar

Language = Literal["sv", "en"]
CATALOGUES = Path(__file__).parent / "locale"
DOMAIN = "specter-tui"
_ENGLISH = gettext.NullTranslations()
Text = TypeVar("Text", str, "Count", dict[str, str], tuple[str, ...])


def language_of(environment: Mapping[str, str]) -> Language:
    """Return the language of the terminal's locale: Swedish, else English."""
    spoken = next((environment[name] for name in ("LC_ALL", "LC_MESSAGES", "LANG") if environment.get(name)), "")
    return "sv" if spoken.lower().startswith("sv") else "en"


@dataclass(frozen=True, slots=True)
class Count:
    """A text with two forms, chosen by a number; it is formatted as a `str` is."""

    one: str
    many: str
    name: str = ""
    catalogue: gettext.NullTranslations = field(default=_ENGLISH, repr=False)

    def format(self, *, count: int, **values: object) -> str:
        """Return the form for `count`, with its values."""
        return self.catalogue.npgettext(self.name, self.one, self.many, count).format(count=count, **values)


def t(language: Language, name: str, english: Text) -> Text:
    """Return a text, or a map or tuple of texts, in a language; English where there is no translation."""
    text: Text = _said(_catalogue(language), name, english)
    return text


def _said(catalogue: gettext.NullTranslations, name: str, english: Any) -> Any:
    if isinstance(english, str):
        return catalogue.pgettext(name, english)
    if isinstance(english, Count):
        return Count(english.one, english.many, name, catalogue)
    if isinstance(english, dict):
        return {key: _said(catalogue, f"{name}.{key}", text) for key, text in english.items()}
    return tuple(_said(catalogue, f"{name}.{place}", text) for place, text in enumerate(english))


@cache
def _catalogue(language: Language) -> gettext.NullTranslations:
    return gettext.translation(DOMAIN, CATALOGUES, [language], fallback=True)
