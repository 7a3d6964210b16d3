"""The filter language, compiled to one test: words that must all match, separated by spaces.

`text` is anywhere in the row, `!` negates a word, `"two words"` are one. `state:unknown`, `customer:bygg`, `sku:AB*`
match one field; `total>500`, `total<=1000,50`, `total:100..200` compare; `placed:2026-11-26`, `placed>=2026-11` and
`age>2h` match times. English and Swedish words are accepted in both languages of the screen.
"""

import operator
import re
from collections.abc import Callable
from fnmatch import translate
from functools import lru_cache
from typing import Any

from specter_tui.console.viewmodel.filtering.list_fields import Fields, ListField, search_text
from specter_tui.console.viewmodel.filtering.list_filter import Filter, FilterError, Test
from specter_tui.console.viewmodel.filtering.typed_values import FilterClock, amount, length, period

_WORD = re.compile(r'(!*)(?:([^\W\d]\w*)(<=|>=|!=|:|=|<|>))?("[^"]*"?|[^\s"]*)')
_ORDERED: dict[str, Callable[[Any, Any], bool]] = {
    ">": operator.gt,
    ">=": operator.ge,
    "<": operator.lt,
    "<=": operator.le,
    ":": operator.eq,
    "=": operator.eq,
}
_TURNED = str.maketrans("<>", "><")


def parse(text: str, fields: Fields, now: FilterClock, search: Callable[[Any], str] | None = None) -> Filter:
    """Compile the typed text. `search` returns a row's searched text, folded, where the caller has it cached."""
    names = {name: field for field in fields for name in field.names}
    look_in = search or search_text(fields)
    tests: list[Test] = []
    bad: list[FilterError] = []
    texts: list[str] = []
    words: list[tuple[str, str]] = []
    for found in _WORD.finditer(text):
        made = _test(found, names, now, look_in)
        if isinstance(made, FilterError):
            bad.append(made)
        elif made is not None:
            tests.append(made)
            if not found[1] and found[3] in (None, ":", "="):
                field, value = names.get((found[2] or "").casefold()), found[4].strip('"')
                if field is not None and field.kind == "word":
                    words.append((field.key, one_word(value)))
                elif field is None or (field.searched and not set("*?") & set(value)):
                    texts.append(value.casefold())
    return Filter(tuple(tests), tuple(bad), tuple(texts), tuple(words))


def _test(
    found: "re.Match[str]", names: dict[str, ListField], now: FilterClock, look_in: Callable[[Any], str]
) -> Test | FilterError | None:
    """Return the test of one word; None for an unfinished word (`!`, `state:`)."""
    turns, name, sign, value = found[1], found[2], found[3], found[4].strip('"')
    made: Test | FilterError | None
    if name is None:
        made = _contains(look_in, value.casefold()) if value else None
    elif (field := names.get(name.casefold())) is None:
        made = FilterError(name, "unknown")
    elif not value:
        made = None
    else:
        if sign == "!=":
            turns, sign = turns + "!", "="
        made = _field_test(field, sign, value, now)
    if made is None or isinstance(made, FilterError) or len(turns) % 2 == 0:
        return made
    test = made
    return lambda row: not test(row)


def _contains(look_in: Callable[[Any], str], wanted: str) -> Test:
    return lambda row: wanted in look_in(row)


def _field_test(field: ListField, sign: str, value: str, now: FilterClock) -> Test | FilterError:
    if field.kind == "number":
        return _number(field, sign, value)
    if field.kind == "moment":
        return _moment(field, sign, value, now)
    if field.kind == "age":
        return _age(field, sign, value, now)
    if sign not in (":", "="):
        return FilterError(value, "sign")
    return _word(field, value) if field.kind == "word" else _text(field, sign, value)


def _text(field: ListField, sign: str, value: str) -> Test:
    get, matches = field.get, _matches(sign, value.casefold())

    def test(row: Any) -> bool:
        found = get(row)
        if isinstance(found, tuple):
            return any(matches(one.casefold()) for one in found)
        return found is not None and matches(str(found).casefold())

    return test


def _matches(sign: str, wanted: str) -> Callable[[str], bool]:
    """Match a text that contains the value; with `*` or `?` as a pattern for the whole text; with `=` exactly."""
    if "*" in wanted or "?" in wanted:
        like = re.compile(translate(wanted.replace("[", "[[]")))
        return lambda text: like.match(text) is not None
    if sign == "=":
        return lambda text: text == wanted
    return lambda text: wanted in text


def _word(field: ListField, value: str) -> Test:
    wanted = one_word(value)
    spellings = field.spellings
    assert spellings is not None  # noqa: S101 - words have them
    return lambda row: any(one_word(said).startswith(wanted) for said in spellings(row))


@lru_cache(maxsize=1024)
def one_word(said: str) -> str:
    """Normalise a word: `retry later`, `retry_later` and `retry-later` become one."""
    return said.casefold().replace("_", "").replace("-", "").replace(" ", "")


def _number(field: ListField, sign: str, value: str) -> Test | FilterError:
    low, dots, high = value.partition("..")
    if dots and sign in (":", "="):
        least, most = amount(low), amount(high)
        if least is None or most is None:
            return FilterError(value, "amount")
        return _where(field, lambda found: least <= found <= most)
    wanted = amount(value)
    if wanted is None:
        return FilterError(value, "amount")
    compare = _ORDERED[sign]
    return _where(field, lambda found: compare(found, wanted))


def _moment(field: ListField, sign: str, value: str, now: FilterClock) -> Test | FilterError:
    """Compare with a day as a period: after it means after its end, until it means before its end."""
    asked = period(value, now)
    if asked is None:
        return FilterError(value, "moment")
    start, end = asked.start, asked.end
    match sign:
        case ">":
            return _where(field, lambda found: found >= end)
        case ">=":
            return _where(field, lambda found: found >= start)
        case "<":
            return _where(field, lambda found: found < start)
        case "<=":
            return _where(field, lambda found: found < end)
        case _:
            return _where(field, lambda found: start <= found < end)


def _age(field: ListField, sign: str, value: str, now: FilterClock) -> Test | FilterError:
    """Compare an age: `age>2h` means earlier than two hours ago."""
    asked = length(value)
    if asked is None:
        return FilterError(value, "age")
    if sign in (":", "="):
        return FilterError(value, "sign")
    moment, compare = now.now - asked, _ORDERED[sign.translate(_TURNED)]
    return _where(field, lambda found: compare(found, moment))


def _where(field: ListField, holds: Callable[[Any], bool]) -> Test:
    """Test the field's value if there is one."""
    get = field.get
    return lambda row: (found := get(row)) is not None and holds(found)
