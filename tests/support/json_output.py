"""Holds what a command prints with `--json` against docs/json.md, that is, against the records that it is made from."""

import json
from collections.abc import Iterator, Sequence
from functools import cache
from types import UnionType
from typing import Any, Literal, Union, get_args, get_origin, get_type_hints, is_typeddict

from docs.json_tables import PRINTED


def check_printed(words: Sequence[str], out: str) -> None:
    """Fail unless every line is one of the objects that the page promises for this command."""
    name = next(name for name in (" ".join(words[:2]), words[0]) if name in PRINTED)
    for line in out.splitlines():
        printed = json.loads(line)
        wrong = [list(_differences(printed, record, record.__name__)) for record in PRINTED[name]]
        assert not all(wrong), f"{name} prints {line}: {wrong}"


def _differences(value: Any, kind: Any, place: str) -> Iterator[str]:
    """Yield the places where a value is not of the kind that was promised."""
    origin, inner = get_origin(kind), get_args(kind)
    if is_typeddict(kind):
        yield from _of_record(value, kind, place)
    elif origin in (list, dict) and type(value) is origin:
        parts = enumerate(value) if origin is list else value.items()
        for name, part in parts:
            yield from _differences(part, inner[-1], f"{place}.{name}")
    elif not _fits(value, kind, origin, inner):
        yield f"{place}: {value!r}"


def _fits(value: Any, kind: Any, origin: Any, inner: tuple[Any, ...]) -> bool:
    if origin in (Union, UnionType):
        return any(not list(_differences(value, one, "")) for one in inner)
    return value in inner if origin is Literal else kind is Any or type(value) is kind


def _of_record(value: Any, record: type, place: str) -> Iterator[str]:
    hints = _hints(record)
    if type(value) is not dict:
        yield f"{place}: {value!r}"
        return
    keys = set(value) - {"shop"} | (value.keys() & hints.keys())  # With several shops each object names its own.
    yield from (f"{place}: {key}" for key in keys ^ hints.keys())
    for key in keys & hints.keys():
        yield from _differences(value[key], hints[key], f"{place}.{key}")


@cache
def _hints(record: type) -> dict[str, Any]:
    return get_type_hints(record)
