"""The filter language, compiled to one test: words that must all match, separated by spaces.

`text` is anywhere in the row, `!` negates a word, `"two words"` are one. `state:unknown`, `customer:bygg`, `sku:AB*`
match one field; `total>500`, `total<=1 000,50`, `total:100..200` compare; `placed:2026-11-26`, `placed>=2026-11` and
`age>2h` match times. English and Swedish words are accepted in both languages of the screen, without case and accents.
Numbers may have the spaces with which the screen shows them.
"""

import re
from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass
from fnmatch import translate
from functools import cache, lru_cache
from typing import Any

from specter_tui.console.viewmodel.filtering.comparisons import age_test, amount_test, moment_test, number_test
from specter_tui.console.viewmodel.filtering.list_fields import LETTERS, Fields, ListField, Value, search_text
from specter_tui.console.viewmodel.filtering.list_filter import Filter, FilterError, Test
from specter_tui.console.viewmodel.filtering.similar_words import meant_word, similar_words
from specter_tui.console.viewmodel.filtering.typed_values import FilterClock, digits_joined
from specter_tui.text.folding import fold

_UNIT = r"(?:kr|sek)"
_NUMBER = r"[-−]?(?:[0-9]{1,3}(?:\s[0-9]{3}(?![0-9]))+(?:[.,][0-9]{1,2})?|[0-9]+(?:[.,][0-9]+)*)"
_AMOUNT = rf"(?:{_UNIT}\s?)?{_NUMBER}(?:\s?{_UNIT})?"
_WORD = re.compile(
    rf'(!*)(?:([^\W\d]\w*)(<=|>=|!=|:|=|<|>))?({_AMOUNT}(?:\.\.{_AMOUNT})?(?=\s|$)|"[^"]*"?|[^\s"]*)', re.IGNORECASE
)
_SHOWN_AMOUNT = re.compile(rf"{_UNIT}\s?\S+|.*\s.*|.*[.,][0-9]{{1,2}}", re.IGNORECASE)
"""A number with the marks of an amount: thousands, decimals or a currency. Plain digits may be part of any number."""
_folded = lru_cache(maxsize=1 << 16)(fold)
"""For the texts of a field, which are compared again with every key."""


@dataclass(frozen=True, slots=True)
class Searched:
    """The rows of the list, and the folded text and words in which plain text is searched."""

    rows: Collection[Any] = ()
    text: Callable[[Any], str] | None = None
    words: Callable[[], Iterable[str]] | None = None


def parse(text: str, fields: Fields, now: FilterClock, searched: Searched | None = None) -> Filter:
    """Compile the typed text.

    A word that none of the rows has matches similar ones instead; without rows every word is as typed.
    """
    return _Parser(fields, now, searched or Searched()).filter(text)


class _Parser:
    """Compiles one text."""

    def __init__(self, fields: Fields, now: FilterClock, searched: Searched) -> None:
        self._names = {fold(name): field for field in fields for name in field.names}
        self._amounts = [field for field in fields if field.kind == "number" and field.searched]
        self._now, self._rows = now, searched.rows
        self._text = searched.text or search_text(fields)
        self._words = searched.words
        self._similar = False

    def filter(self, text: str) -> Filter:
        tests: list[Test] = []
        bad: list[FilterError] = []
        texts: list[str] = []
        words: list[tuple[str, str]] = []
        for found in _WORD.finditer(text):
            before, self._similar = self._similar, False
            made = self._test(found)
            exact, self._similar = not self._similar, self._similar or before
            if isinstance(made, FilterError):
                bad.append(made)
            elif made is not None:
                tests.append(made)
                if not found[1] and found[3] in (None, ":", "="):
                    field, value = self._names.get(fold(found[2] or "")), found[4].strip('"')
                    if field is not None and field.kind == "word":
                        words.append((field.key, one_word(value)))
                    elif exact and _one_spelling(value) and (field is None or field.searched):
                        texts.append(value.casefold())
        return Filter(tuple(tests), tuple(bad), tuple(texts), tuple(words), self._similar)

    def _test(self, found: "re.Match[str]") -> Test | FilterError | None:
        """Return the test of one word; None for an unfinished word (`!`, `state:`)."""
        turns, name, sign, value = found[1], found[2], found[3], found[4].strip('"')
        made: Test | FilterError | None
        negated = len(turns) % 2 == 1
        if name is None:
            made = self._plain(value, negated=negated) if value else None
        elif (field := self._names.get(fold(name))) is None:
            meant = meant_word(name, [name for field in self._names.values() for name in field.names])
            made = FilterError(name, "unknown", found[0], meant and f"{turns}{meant}{sign}{found[4]}")
        elif not value:
            made = None
        else:
            if sign == "!=":
                negated, sign = not negated, "="
            made = self._of_field(field, sign, value, found, negated=negated)
        if made is None or isinstance(made, FilterError) or not negated:
            return made
        test = made
        return lambda row: not test(row)

    def _plain(self, value: str, *, negated: bool) -> Test:
        text, word = self._text, fold(digits_joined(value) if _is_number(value) else value)
        if _one_spelling(value):
            return self._forgiving([lambda row: word in text(row)], word, negated=negated)
        same, parts = amount_test(self._amounts, value), fold(value).split()
        tests: list[Test] = [lambda row: word in text(row) or same(row)]
        if all(map(str.isdecimal, parts)):
            tests.append(lambda row: all(part in text(row) for part in parts))
        return self._forgiving(tests, "", negated=negated)

    def _of_field(
        self, field: ListField, sign: str, value: str, found: "re.Match[str]", *, negated: bool
    ) -> Test | FilterError:
        if field.kind == "number":
            return number_test(field, sign, value)
        if field.kind == "moment":
            return moment_test(field, sign, value, self._now)
        if field.kind == "age":
            return age_test(field, sign, value, self._now)
        if sign not in (":", "="):
            return FilterError(value, "sign")
        if field.kind == "word":
            return self._word(field, value, found)
        return self._field_text(field, sign, value, negated=negated)

    def _word(self, field: ListField, value: str, found: "re.Match[str]") -> Test | FilterError:
        wanted, spellings = one_word(value), field.spellings
        assert spellings is not None  # noqa: S101 - words have them

        def test(row: Any) -> bool:
            return any(one_word(said).startswith(wanted) for said in spellings(row))

        known = () if field.words is None else tuple(field.words())
        if not known or any(one_word(word).startswith(wanted) for word in known) or any(map(test, self._rows)):
            return test
        meant = meant_word(value, known)
        quoted = f'"{meant}"' if " " in meant else meant
        return FilterError(value, "value", found[0], meant and f"{found[1]}{found[2]}{found[3]}{quoted}")

    def _field_text(self, field: ListField, sign: str, value: str, *, negated: bool) -> Test:
        get = field.get
        matches = _matches(sign, fold(value))
        if not _one_spelling(value):
            spaced, joined = matches, _matches(sign, digits_joined(fold(value)))
            matches = lambda text: joined(text) or spaced(text)  # noqa: E731 - one of two

        @cache
        def holds(found: Value) -> bool:
            if isinstance(found, tuple):
                return any(matches(_folded(text)) for text in found)
            return found is not None and matches(_folded(str(found)))

        values = set(map(get, self._rows))  # Many rows have the same.
        if not negated and sign == ":" and values and not any(map(holds, values)):
            texts = [_folded(" ".join(one) if isinstance(one, tuple) else str(one or "")) for one in values]
            if similar := self._similar_to(fold(value), set(LETTERS.findall("\n".join(texts)))):
                matches = similar
                holds.cache_clear()
        return lambda row: holds(get(row))

    def _forgiving(self, tests: list[Test], word: str, *, negated: bool) -> Test:
        """Return the first test that a row passes, else one for words similar to `word`; a new row may pass each."""
        rows, text, exact = self._rows, self._text, tests[0]
        if negated or not rows or any(map(exact, rows)):
            return exact
        for looser in tests[1:]:
            if any(map(looser, rows)):
                return lambda row: exact(row) or looser(row)
        if word:
            known = self._words() if self._words else set(LETTERS.findall("\n".join(map(text, rows))))
            if similar := self._similar_to(word, known):
                return lambda row: similar(text(row))
        return exact

    def _similar_to(self, word: str, known: Iterable[str]) -> Callable[[str], bool] | None:
        """Return a test of texts for the word or one that is similar, None where no known word is."""
        found = similar_words(word, known)
        if not found:
            return None
        self._similar = True
        search = re.compile("|".join(map(re.escape, (word, *found)))).search
        return lambda text: search(text) is not None


def _is_number(value: str) -> bool:
    return re.fullmatch(_AMOUNT, value, re.IGNORECASE) is not None


def _one_spelling(value: str) -> bool:
    """Return whether each row that passes has the folded value in it."""
    return not set("*?") & set(value) and not (_is_number(value) and _SHOWN_AMOUNT.fullmatch(value))


def _matches(sign: str, wanted: str) -> Callable[[str], bool]:
    """Match a text that contains the value; with `*` or `?` as a pattern for the whole text; with `=` exactly."""
    if "*" in wanted or "?" in wanted:
        like = re.compile(translate(wanted.replace("[", "[[]")))
        return lambda text: like.match(text) is not None
    if sign == "=":
        return lambda text: text == wanted
    return lambda text: wanted in text


@lru_cache(maxsize=1024)
def one_word(said: str) -> str:
    """Normalise a word: `retry later`, `retry_later` and `retry-later` become one."""
    return fold(said).replace("_", "").replace("-", "").replace(" ", "")
