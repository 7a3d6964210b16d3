"""The promises of docs/reliability.md and SECURITY.md name mechanisms and tests that exist."""

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
DOCUMENTS = ("docs/reliability.md", "SECURITY.md")


def text_of(document: str) -> str:
    return (ROOT / document).read_text(encoding="utf-8")


def rows_of(document: str) -> list[list[str]]:
    """Return the cells of each row of its tables, without the headings."""
    lines = [line for line in text_of(document).splitlines() if line.startswith("| ")]
    rows = [line.strip("| ").split(" | ") for line in lines]
    return [row for row in rows if row[0] not in ("promise", "no") and not row[0].startswith("---")]


@pytest.mark.parametrize("document", DOCUMENTS)
def test_every_test_that_is_named_is_there(document: str) -> None:
    named = re.findall(r"`(tests/[\w/]+\.py)(?:::(\w+))?`", text_of(document))
    assert len(named) > 25
    for file, test in named:
        assert (ROOT / file).exists(), file
        if test:
            assert f"def {test}(" in (ROOT / file).read_text(encoding="utf-8"), f"{file}::{test}"


@pytest.mark.parametrize("document", DOCUMENTS)
def test_every_row_has_a_test(document: str) -> None:
    rows = rows_of(document)
    assert rows
    assert [row for row in rows if "`tests/" not in row[-1]] == []


def test_every_promise_names_its_mechanism() -> None:
    for promise, mechanism, _ in rows_of("docs/reliability.md"):
        files = re.findall(r"`([\w/]+\.py)`", mechanism)
        assert files, promise  # below specter_tui/
        assert [file for file in files if not (ROOT / "specter_tui" / file).exists()] == []


def test_every_row_of_the_faults_has_its_test() -> None:
    found = "".join(file.read_text(encoding="utf-8") for file in (ROOT / "tests" / "faults").glob("test_*.py"))
    numbers = {
        int(number) for name in re.findall(r"def test_fault_([0-9_]+)", found) for number in name.split("_") if number
    }
    assert numbers >= {*range(1, 20), *range(21, 37), 38, 42, 43}
