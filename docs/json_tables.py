"""Make the pages on JSON from the records that commands print: `python -m docs.json_tables`."""

import types
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Annotated, Any, Literal, get_args, get_origin, get_type_hints, is_typeddict

from docs.command_tables import commands
from specter_tui.cli.json_records import goods, journal, orders, report, settings
from specter_tui.i18n import Language, translated

DOCS = Path(__file__).parent
OF_A_MEANING, OF_A_RECORD = "key of JSON", "record of JSON"
"""The contexts of the texts in the catalogue."""
PRINTED: Mapping[str, tuple[type, ...]] = {
    "check": (settings.FindingRecord,),
    "orders": (orders.OrderRecord,),
    "todo": (orders.TodoRecord,),
    "preview": (orders.PreviewRecord, orders.NoPreviewRecord),
    "export": (orders.OrderRecord,),
    "resolve": (orders.OrderRecord, orders.ComparisonRecord),
    "drift": (goods.DriftRecord,),
    "drift tick": (goods.DriftRecord,),
    "drift untick": (goods.DriftRecord,),
    "watch": (orders.OrderRecord,),
    "articles check": (goods.BadNumberRecord, goods.ListedNumberRecord),
    "articles fix": (goods.FixedNumberRecord,),
    "articles export": (orders.OrderRecord, goods.ArticleTroubleRecord, goods.ArticleSummaryRecord),
    "articles service": (goods.ServiceArticleRecord,),
    "stock pull": (goods.UnwrittenStockRecord, goods.StockRowRecord, goods.StockSummaryRecord),
    "stock rows": (goods.StockRowRecord,),
    "stock done": (goods.StockRowRecord,),
    "report": (report.ReportRecord,),
    "support": (journal.SupportRecord,),
    "journal show": (journal.JournalOrderRecord, journal.JournalEventRecord),
    "journal copy": (journal.CopiedTableRecord,),
    "config show": (settings.SettingRecord,),
    "probe": (settings.ProbeStepRecord, settings.ProbeEndRecord),
}
"""The objects that each command prints."""
INTRODUCTION: Mapping[Language, str] = {
    "en": """# JSON

Made from `specter_tui/cli/json_records` by `python -m docs.json_tables`.

With `--json` a command prints one object a line; messages go to stderr. With several shops each object has the key
`shop` first. Keys may be added; none changes its meaning, nor does a code. The texts are in the language of the screen
(`UI__LANGUAGE`) and may be reworded: scripts rely on codes, states and
[exit statuses](troubleshooting.en.md#exit-statuses). Amounts and quantities are strings, so that no program rounds
them.""",
    "sv": """# JSON

Gjord ur `specter_tui/cli/json_records` av `python -m docs.json_tables`.

Med `--json` skriver ett kommando ett objekt per rad; meddelanden går till stderr. Med flera butiker har varje objekt
nyckeln `shop` först. Nycklar kan tillkomma, men ingen ändrar betydelse och ingen kod heller. Texterna är på skärmens
språk (`UI__LANGUAGE`) och kan formuleras om: skript håller sig till koder, statusar och
[slutstatus](troubleshooting.sv.md#slutstatus). Belopp och antal är strängar, så att inget program avrundar dem.""",
}
HEADS: Mapping[Language, tuple[str, str]] = {
    "en": ("| command | objects |", "| key | type | meaning |"),
    "sv": ("| kommando | objekt |", "| nyckel | typ | betydelse |"),
}
KINDS: Mapping[Language, Mapping[Any, str]] = {
    "en": {
        str: "string", int: "number", float: "number", bool: "boolean", dict: "object", Any: "any value",
        types.NoneType: "null", list: "list of {}", "or": " or ",
    },
    "sv": {
        str: "sträng", int: "tal", float: "tal", bool: "sant eller falskt", dict: "objekt", Any: "vad som helst",
        types.NoneType: "null", list: "lista av {}", "or": " eller ",
    },
}  # fmt: skip


def page_of(language: Language) -> Path:
    """Return the file of the page."""
    return DOCS / ("json.md" if language == "en" else f"json.{language}.md")


def promised() -> list[str]:
    """Return the commands that have `--json`, without the program's name."""
    return [
        name.removeprefix("specter-tui ")
        for name, command in commands()
        if any("--json" in one.opts for one in command.params)
    ]


def records() -> list[type]:
    """Return every record: those printed, each followed by its parts, once."""
    found: dict[type, None] = {}
    for record in (one for name in promised() for one in PRINTED[name]):
        found[record] = None
        found.update(dict.fromkeys(_parts(record)))
    return list(found)


def _parts(record: type) -> Iterator[type]:
    for hint in get_type_hints(record).values():
        for part in (hint, *get_args(hint)):
            if is_typeddict(part) and part is not record:
                yield part
                yield from _parts(part)


def texts() -> Iterator[tuple[str, str]]:
    """Yield the context and the English of each text that the page translates."""
    for record in records():
        yield OF_A_RECORD, _about(record)
        yield from ((OF_A_MEANING, meaning) for _, _, meaning in _keys(record))


def _about(record: type) -> str:
    return " ".join((record.__doc__ or "").split())


def _keys(record: type) -> Iterator[tuple[str, Any, str]]:
    for key, hint in get_type_hints(record, include_extras=True).items():
        kind, meaning = get_args(hint)
        yield key, kind, meaning


def page(language: Language = "en") -> str:
    """Return the page."""
    of_commands, of_keys = HEADS[language]
    printed = [f"| `{name}` | {', '.join(map(_link, PRINTED[name]))} |" for name in promised()]
    parts = [INTRODUCTION[language], "\n".join([of_commands, "| --- | --- |", *printed])]
    for record in records():
        rows = [
            f"| `{key}` | {kind_name(kind, language)} | {translated(language, OF_A_MEANING, meaning)} |"
            for key, kind, meaning in _keys(record)
        ]
        parts += [f"## {_title(record)}", translated(language, OF_A_RECORD, _about(record))]
        parts += ["\n".join([of_keys, "| --- | --- | --- |", *rows])]
    return "\n\n".join(parts) + "\n"


def _title(record: type) -> str:
    return record.__name__.removesuffix("Record")


def _link(record: type) -> str:
    return f"[{_title(record)}](#{_title(record).lower()})"


def kind_name(kind: Any, language: Language) -> str:
    """Return a type as JSON has it."""
    words, origin, inner = KINDS[language], get_origin(kind), get_args(kind)
    if origin is Annotated:
        return kind_name(inner[0], language)
    if origin is Literal:
        return ", ".join(f"`{one}`" for one in inner)
    if is_typeddict(kind):
        return _link(kind)
    if origin in (list, dict):
        return words[origin].format(kind_name(inner[0], language))
    if inner:
        return words["or"].join(dict.fromkeys(kind_name(one, language) for one in inner))
    return words[kind]


def main() -> None:
    """Write the pages."""
    for language in get_args(Language):
        page_of(language).write_text(page(language), encoding="utf-8")


if __name__ == "__main__":
    main()
