"""Bring the catalogues in line with the texts in the source: `make words`. It names what lacks a translation.

A new text is put into its catalogue empty; one whose English changed keeps its translation, marked fuzzy until someone
has looked at it; one that is gone goes. The catalogues are in the order of the names, without places in the source and
without dates, so that two changes meet in one line only where both touch the same text.
"""

import io
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from babel.messages.catalog import Catalog, Message
from babel.messages.pofile import read_po, write_po

from hatch_build import compile_catalogues
from specter_tui.console import words
from specter_tui.engine.outcome_texts import OUTCOME_TEXTS
from specter_tui.i18n import CATALOGUES, DOMAIN, Count
from specter_tui.planning.problem_texts import PAYMENT_STATUSES, WORDING
from specter_tui.text.error_texts import FAILURES
from specter_tui.text.numbers import MARKS

ROOT = Path(__file__).parent.parent
_WIDTH = 110


def texts() -> dict[str, str | tuple[str, str]]:
    """Every text by its name; two forms where a number decides."""
    found = [pair for name, text in words.ENGLISH.items() for pair in _parts(name, text)]
    found += _parts("MARKS", MARKS)
    found += _parts("payment", PAYMENT_STATUSES)
    found += [(f"say.{name}", text) for name, text in OUTCOME_TEXTS.items()]
    found += _parts("failed", FAILURES)
    for name, wording in WORDING.items():
        found += [(f"problem.{name}.text", wording.text), (f"problem.{name}.cure", wording.cure)]
    return dict(sorted(found))


def _parts(name: str, text: Any) -> Iterator[tuple[str, str | tuple[str, str]]]:
    if isinstance(text, str):
        yield name, text
    elif isinstance(text, Count):
        yield name, (text.one, text.many)
    else:
        for key, part in text.items() if isinstance(text, dict) else enumerate(text):
            yield from _parts(f"{name}.{key}", part)


def catalogue_of(language: str) -> Path:
    """The file that people write."""
    return CATALOGUES / language / "LC_MESSAGES" / f"{DOMAIN}.po"


def read(file: Path) -> Catalog:
    """The catalogue as it is."""
    with file.open("rb") as opened:
        return read_po(opened, locale=file.parts[-3])


def renewed(old: Catalog) -> Catalog:
    """The catalogue as it should be: every text there is, and no other."""
    known: dict[str | None, Message] = {message.context: message for message in old if message.id}
    new = Catalog(locale=old.locale, header_comment="# The texts of specter-tui.", fuzzy=False)
    for name, text in texts().items():
        before = known.get(name)
        empty: Any = "" if isinstance(text, str) else ("", "")
        if before is None or isinstance(before.id, str) != isinstance(text, str):
            new.add(text, empty, context=name)
        else:
            flags = before.flags if before.id == text else {*before.flags, "fuzzy"} if before.string else set()
            new.add(text, before.string, context=name, flags=flags, user_comments=before.user_comments)
    return new


def lacking(catalogue: Catalog) -> list[str]:
    """The names of texts that have no translation, or one that nobody has looked at since the English changed."""
    return [str(one.context) for one in catalogue if one.id and (one.fuzzy or not all(_forms(one.string)))]


def _forms(text: Any) -> tuple[str, ...]:
    return (text,) if isinstance(text, str) else tuple(text)


def written(catalogue: Catalog) -> bytes:
    """The catalogue as a file."""
    file = io.BytesIO()
    write_po(file, catalogue, width=_WIDTH, no_location=True)
    kept = (b'"Language:', b'"Plural-Forms:', b'"MIME-Version:', b'"Content-')
    head, body = file.getvalue().split(b"\n\n", 1)
    lines = [line for line in head.splitlines() if not line.startswith(b'"') or line.startswith(kept)]
    return b"\n".join(lines) + b"\n\n" + body


def main() -> int:
    """Renew and compile every catalogue; 1 if a text lacks a translation."""
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
