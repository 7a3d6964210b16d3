"""Update the catalogues from the texts in the source: `make words`. It lists texts without a translation.

A new text is added with an empty translation; one whose English changed keeps its translation, marked fuzzy until
someone has checked it; a removed one is dropped. Catalogues are sorted by name, without source positions and dates, so
that two changes conflict only if both touch the same text.
"""

import ast
import io
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import typer
from babel.messages.catalog import Catalog, Message
from babel.messages.pofile import read_po, write_po

from docs import json_tables, settings_tables
from hatch_build import compile_catalogues
from specter_tui.cli.app import app
from specter_tui.cli.help import help_texts
from specter_tui.engine.outcome_texts import OUTCOME_TEXTS
from specter_tui.engine.probe.probe_texts import PROBE_TEXTS
from specter_tui.engine.probe.protocol import PROTOCOL_HEADINGS
from specter_tui.i18n import CATALOGUES, DOMAIN
from specter_tui.planning.problem_texts import PAYMENT_STATUSES, WORDING
from specter_tui.text.error_texts import FAILURES
from specter_tui.text.numbers import MARKS
from specter_tui.text.service_names import SERVICE_WORDS

ROOT = Path(__file__).parent.parent
_WIDTH = 110
Shown = str | tuple[str, str]
"""A text, or the two forms of one that depends on a number."""


def texts() -> list[tuple[str, Shown]]:
    """Return every text by its name or context, which is empty if its English alone identifies it."""
    found = [*_parts("MARKS", MARKS), *(("", text) for text in SERVICE_WORDS.values())]
    found += _parts("payment", PAYMENT_STATUSES)
    found += [(f"say.{name}", text) for name, text in OUTCOME_TEXTS.items()]
    found += [(f"probe.{name}", text) for name, text in PROBE_TEXTS.items()]
    found += _parts("protocol", PROTOCOL_HEADINGS)
    found += _parts("failed", FAILURES)
    found += [*settings_tables.texts(), *json_tables.texts()]
    found += [("", text) for text in help_texts(typer.main.get_command(app))]
    for name, wording in WORDING.items():
        found += [(f"problem.{name}.text", wording.text), (f"problem.{name}.cure", wording.cure)]
    for file in (ROOT / "specter_tui").rglob("*.py"):
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            found += in_place(node)
    return sorted(set(found), key=lambda one: (one[0], one[1] if isinstance(one[1], str) else one[1][0]))


def in_place(node: ast.AST) -> Iterator[tuple[str, Shown]]:
    """Yield the texts of calls that translate where a text is shown (i18n.py)."""
    if not (isinstance(node, ast.Call) and isinstance(node.func, ast.Name)):
        return
    said = [str(one.value) for one in node.args if isinstance(one, ast.Constant)]
    match node.func.id, said:
        case "t" | "in_every_language", [text]:
            yield "", text
        case "ngettext", [one, many]:
            yield "", (one, many)
        case "pgettext", [context, text]:
            yield context, text
        case "npgettext", [context, one, many]:
            yield context, (one, many)
        case "marked", _:
            yield from (("", text) for text in said)
        case "Texts", _ if node.args and isinstance(node.args[0], ast.Dict):
            context = next((str(one.value.value) for one in node.keywords if isinstance(one.value, ast.Constant)), "")
            parts = (part for part in node.args[0].values if isinstance(part, ast.Constant))
            yield from ((context, str(part.value)) for part in parts)


def _parts(name: str, english: Mapping[str, str]) -> Iterator[tuple[str, Shown]]:
    yield from ((f"{name}.{key}", text) for key, text in english.items())


def catalogue_of(language: str) -> Path:
    """Return the file that translators edit."""
    return CATALOGUES / language / "LC_MESSAGES" / f"{DOMAIN}.po"


def read(file: Path) -> Catalog:
    """Read a catalogue."""
    with file.open("rb") as opened:
        return read_po(opened, locale=file.parts[-3])


def renewed(old: Catalog) -> Catalog:
    """Return the updated catalogue: every text of the source, and no other."""
    known: dict[tuple[str, str], Message] = {_key(one.context or "", one.id): one for one in old if one.id}
    new = Catalog(locale=old.locale, header_comment="# The texts of specter-tui.", fuzzy=False)
    for name, text in texts():
        before = known.get(_key(name, text))
        empty: Any = "" if isinstance(text, str) else ("", "")
        if before is None or isinstance(before.id, str) != isinstance(text, str):
            new.add(text, empty, context=name or None)
        else:
            flags = before.flags if before.id == text else {*before.flags, "fuzzy"} if before.string else set()
            new.add(text, before.string, context=name or None, flags=flags, user_comments=before.user_comments)
    return new


def _key(name: str, text: Any) -> tuple[str, str]:
    """Return the key of a message: its name if it has one, else its English with its context."""
    english = text if isinstance(text, str) else text[0]
    return (name, "") if name and " " not in name else (name, english)


def lacking(catalogue: Catalog) -> list[str]:
    """Return the names of texts without a translation, or with one that is marked fuzzy."""
    return [str(one.context or one.id) for one in catalogue if one.id and (one.fuzzy or not all(_forms(one.string)))]


def _forms(text: Any) -> tuple[str, ...]:
    return (text,) if isinstance(text, str) else tuple(text)


def written(catalogue: Catalog) -> bytes:
    """Return the catalogue as a file."""
    file = io.BytesIO()
    write_po(file, catalogue, width=_WIDTH, no_location=True)
    kept = (b'"Language:', b'"Plural-Forms:', b'"MIME-Version:', b'"Content-')
    head, body = file.getvalue().split(b"\n\n", 1)
    lines = [line for line in head.splitlines() if not line.startswith(b'"') or line.startswith(kept)]
    return b"\n".join(lines) + b"\n\n" + body


def main() -> int:
    """Update and compile every catalogue; return 1 if a text lacks a translation."""
    lacks = 0
    for file in sorted(CATALOGUES.glob(f"*/LC_MESSAGES/{DOMAIN}.po")):
        catalogue = renewed(read(file))
        file.write_bytes(written(catalogue))
        for name in lacking(catalogue):
            print(f"{file.relative_to(ROOT)}: {name} lacks a translation")
            lacks += 1
    compile_catalogues(ROOT)
    return int(bool(lacks))


if __name__ == "__main__":
    sys.exit(main())
