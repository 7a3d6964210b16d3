"""Completions of a filter: words of the list's fields, and values where there are few."""

import re
from typing import Literal

from specter_tui.console.viewmodel.filtering.list_fields import Fields, ListField
from specter_tui.text.folding import fold

_LAST = re.compile(r"(.*?)(!*)(?:([^\W\d]\w*)(<=|>=|!=|:|=|<|>))?([^\s]*)", re.DOTALL)
_SIGNS = {"text": ":", "word": ":", "number": ">", "moment": ":", "age": ">"}
_EXAMPLES = {"number": ("500",), "age": ("2h", "1d"), "moment": ("today", "2026-11-26")}


def completions_of(text: str, fields: Fields, language: Literal["sv", "en"]) -> tuple[str, ...]:
    """Return completions that replace the last word. None where it is free text, or already complete."""
    _, turns, name, sign, value = _split(text)
    if name is None:
        begun = fold(value)
        found = [named for field in fields if (named := _begins(field, begun, language))]
        return tuple(f"{turns}{one}" for one in found)
    field = next((field for field in fields if fold(name) in map(fold, field.names)), None)
    if field is None:
        return ()
    values = field.values() if field.values else _EXAMPLES.get(field.kind, ()) if not value else ()
    wanted = fold(value)
    quoted = (f'"{one}"' if " " in one else one for one in values if fold(one).startswith(wanted) and one != value)
    return tuple(f"{turns}{name}{sign}{one}" for one in quoted)


def completed(text: str, fields: Fields, language: Literal["sv", "en"]) -> str:
    """Return the text with the first completion of its last word."""
    found = completions_of(text, fields, language)
    return text if not found else f"{_split(text)[0]}{found[0]}"


def _split(text: str) -> tuple[str, str, str | None, str, str]:
    """Return the text before the last word, and that word's parts."""
    before, blank, last = text.rpartition(" ")
    found = _LAST.fullmatch(last)
    assert found is not None  # noqa: S101 - it matches whatever has no space
    return before + blank + found[1], found[2], found[3], found[4] or "", found[5]


def _begins(field: ListField, begun: str, language: str) -> str:
    """Return the field's word in the language with its usual sign, if it or another of its words begins so."""
    begins = [name for name in field.names if fold(name).startswith(begun)]
    if not begins:
        return ""
    own = field.names[1] if language == "sv" and len(field.names) > 1 else field.names[0]
    return f"{own if own in begins else begins[0]}{_SIGNS[field.kind]}"
