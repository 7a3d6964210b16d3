"""Tell again in another language what was said, and perhaps kept, in English when something failed."""

import re
from collections.abc import Iterator
from functools import cache, lru_cache

from specter_tui.i18n import Language, t
from specter_tui.text.error_texts import FAILURES

_VALUE = re.compile(r"\\\{(\w+)\\\}")
_BETWEEN = (": ", "; ")
_DEEPEST, _LONGEST = 4, 600
"""Whatever the other end says, it is not taken apart for ever: no text of ours is deeper or longer."""


@lru_cache(maxsize=512)
def translate_error(text: str, language: Language) -> str:
    """The same in the language, as far as its words are known; what Specter, the shop or a person said stays."""
    return text if language == "en" or len(text) > _LONGEST else _retold(text, language, 0)


def _retold(text: str, language: Language, depth: int) -> str:
    if not text or depth == _DEEPEST:
        return text
    for pattern, other in _patterns(language):
        if found := pattern.fullmatch(text):
            values = found.groupdict().items()
            return other.format_map({name: _retold(value, language, depth + 1) for name, value in values})
    for sign in _BETWEEN:
        head, _, tail = text.partition(sign)
        if tail and (again := _retold(tail, language, depth + 1)) != tail:
            return f"{_retold(head, language, depth + 1)}{sign}{again}"
    return text


@cache
def _patterns(language: Language) -> tuple[tuple["re.Pattern[str]", str], ...]:
    return tuple(_pairs(language))


def _pairs(language: Language) -> Iterator[tuple["re.Pattern[str]", str]]:
    for name, english in FAILURES.items():
        pattern = _VALUE.sub(lambda found: f"(?P<{found[1]}>{_size(found[1])})", re.escape(english))
        yield re.compile(pattern, re.DOTALL), t(language, f"failed.{name}", english)


def _size(name: str) -> str:
    return ".*" if name == "more" else ".+?"
