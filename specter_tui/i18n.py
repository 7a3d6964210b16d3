"""The texts of the screen: English in the source, other languages in `locale/`.

Gettext finds a translation by the English text, and by a context or name if there is one (docs/translating.md).
"""

import gettext
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import Any, Literal, TypeVar, get_args

Language = Literal["sv", "en"]
CATALOGUES = Path(__file__).parent / "locale"
DOMAIN = "specter-tui"
_spoken: Language = "en"
Text = TypeVar("Text", str, dict[str, str])


def language_of(environment: Mapping[str, str]) -> Language:
    """Return the language of the terminal's locale: Swedish, else English."""
    spoken = next((environment[name] for name in ("LC_ALL", "LC_MESSAGES", "LANG") if environment.get(name)), "")
    return "sv" if spoken.lower().startswith("sv") else "en"


def translated(language: Language, name: str, english: Text) -> Text:
    """Return a text with a name, or a map of texts, in a language; English where there is no translation."""
    text: Text = _said(_catalogue(language), name, english)
    return text


def _said(catalogue: gettext.NullTranslations, name: str, english: Any) -> Any:
    if isinstance(english, str):
        return catalogue.pgettext(name, english)
    return {key: _said(catalogue, f"{name}.{key}", text) for key, text in english.items()}


def set_locale(language: Language) -> None:
    """Set the language of the screen's texts."""
    global _spoken  # noqa: PLW0603 - one screen, one language.
    _spoken = language


def locale() -> Language:
    """Return the language of the screen's texts."""
    return _spoken


def t(english: str) -> str:
    """Return a text of the screen in its language; call it where the text is shown, never before."""
    return _catalogue(_spoken).gettext(english)


def pgettext(context: str, english: str) -> str:
    """Return a text in the screen's language; `context` tells it from equal English texts."""
    return _catalogue(_spoken).pgettext(context, english)


def ngettext(one: str, many: str, count: int) -> str:
    """Return the form of a text for `count`."""
    return _catalogue(_spoken).ngettext(one, many, count)


def npgettext(context: str, one: str, many: str, count: int) -> str:
    """Return the form of a text for `count`; `context` tells it from equal English texts."""
    return _catalogue(_spoken).npgettext(context, one, many, count)


def marked(*english: str) -> tuple[str, ...]:
    """Mark texts for the catalogue; they are translated by `t` where they are shown."""
    return english


class Texts(Mapping[str, str]):
    """Texts of the screen by key, each translated when it is read."""

    def __init__(self, english: Mapping[str, str], context: str | None = None) -> None:
        self._english = english
        self._context = context

    def __getitem__(self, key: str) -> str:
        return self._said(_spoken, self._english[key])

    def __iter__(self) -> Iterator[str]:
        return iter(self._english)

    def __len__(self) -> int:
        return len(self._english)

    def __or__(self, more: "Texts") -> "Texts":
        """Return these and more; both have the same context."""
        return Texts({**self._english, **more._english}, self._context)

    def in_language(self, language: Language) -> dict[str, str]:
        """Return all of them in a language."""
        return {key: self._said(language, text) for key, text in self._english.items()}

    def in_every_language(self) -> tuple[dict[str, str], ...]:
        """Return all texts in each language."""
        return tuple(self.in_language(language) for language in get_args(Language))

    def _said(self, language: Language, text: str) -> str:
        catalogue = _catalogue(language)
        return catalogue.gettext(text) if self._context is None else catalogue.pgettext(self._context, text)


def in_every_language(english: str) -> tuple[str, ...]:
    """Return a text in each language, for typed words, which are understood in all languages."""
    return tuple(_catalogue(language).gettext(english) for language in get_args(Language))


@cache
def _catalogue(language: Language) -> gettext.NullTranslations:
    return gettext.translation(DOMAIN, CATALOGUES, [language], fallback=True)
