"""Make docs/json.md from the records that commands print: `python -m docs.json_tables`."""

import types
from collections.abc import Iterator
from pathlib import Path
from typing import Annotated, Any, Literal, get_args, get_origin, get_type_hints

from specter_tui.cli.json_records import RECORDS

PAGE = Path(__file__).parent / "json.md"
INTRODUCTION = """# JSON

Made from `specter_tui/cli/json_records.py` by `python -m docs.json_tables`.

With `--json` a command prints one object a line. With several shops each object has the key `shop` first. Keys may be
added; none changes its meaning, nor does a code. The texts are in the language of the screen and may be reworded:
scripts rely on codes, states and exit statuses."""


def page() -> str:
    """Return the page."""
    parts = [INTRODUCTION]
    for record in RECORDS:
        about = " ".join((record.__doc__ or "").split())
        parts += [f"## {record.__name__.removesuffix('Record')}", about, "\n".join(_table(record))]
    return "\n\n".join(parts) + "\n"


def _table(record: type) -> Iterator[str]:
    yield "| key | type | meaning |"
    yield "| --- | --- | --- |"
    for key, hint in get_type_hints(record, include_extras=True).items():
        kind, meaning = get_args(hint)
        yield f"| `{key}` | {kind_name(kind)} | {meaning} |"


def kind_name(kind: Any) -> str:
    """Return a type as JSON has it."""
    origin = get_origin(kind)
    if origin is Annotated:
        return kind_name(get_args(kind)[0])
    if origin is Literal:
        return ", ".join(f"`{one}`" for one in get_args(kind))
    if origin is list:
        return f"list of {get_args(kind)[0].__name__.removesuffix('Record')}"
    if origin is types.UnionType or get_args(kind):
        return " or ".join(map(kind_name, get_args(kind)))
    return {str: "string", int: "number", bool: "boolean", types.NoneType: "null"}[kind]


def main() -> None:
    """Write the page."""
    PAGE.write_text(page(), encoding="utf-8")


if __name__ == "__main__":
    main()
