"""The searched text of rows, cached for a long list that is filtered with every key."""

from collections.abc import Callable, Hashable
from typing import Any

from specter_tui.console.viewmodel.filtering.list_fields import LETTERS, Fields, search_text


class TextIndex:
    """The folded text of each row by its key, and the words of all of them."""

    def __init__(self, fields: Fields, key: Callable[[Any], Hashable]) -> None:
        self._search, self._key = search_text(fields), key
        self._texts: dict[Hashable, str] = {}
        self._words: set[str] = set()

    def text(self, row: Any) -> str:
        """Return a row's text."""
        key = self._key(row)
        text = self._texts.get(key)
        if text is None:
            text = self._texts[key] = self._search(row)
            self._words.update(LETTERS.findall(text))
        return text

    def words(self) -> set[str]:
        """Return the words of every row whose text was asked for, also of some that are gone."""
        return self._words

    def drop(self, key: Hashable) -> None:
        """Forget the text of a row that has changed or is gone."""
        self._texts.pop(key, None)
