"""The documents that are made from the code match it."""

import json
import re
import subprocess
import tomllib
from dataclasses import fields
from pathlib import Path
from typing import get_args, get_type_hints

import pytest

from docs import command_tables, json_tables, man_page, scale_tables
from docs.settings_tables import example, page_of, table
from specter_tui.cli.commands import service
from specter_tui.cli.commands.config import ShownSetting
from specter_tui.cli.json_records.orders import OrderRecord
from specter_tui.cli.json_records.settings import FindingRecord, SettingRecord
from specter_tui.cli.output import order_json
from specter_tui.config.settings import load_settings
from specter_tui.console.viewmodel.state_styles import STATE_STYLES, STATES
from specter_tui.engine.checks.findings import Finding
from specter_tui.engine.events import OrderView
from specter_tui.i18n import Language
from tests.support.json_output import check_printed

ROOT = Path(__file__).parent.parent


def test_example_and_table_of_settings_are_those_of_the_code() -> None:
    assert (ROOT / "settings.env.example").read_text(encoding="utf-8") == example()
    for language in get_args(Language):
        assert page_of(language).read_text(encoding="utf-8") == table(language), "run: make words"


def test_the_example_becomes_settings_once_its_keys_are_filled_in(tmp_path: Path) -> None:
    text = re.sub(r"(?m)^(\w+)=$", r"\1=filled", example())
    every_line = re.sub(r"(?m)^#(\w+__\w+=)", r"\1", text)
    for name, content in (("required", text), ("every", every_line)):
        file = tmp_path / f"{name}.env"
        file.write_text(content, encoding="utf-8")
        file.chmod(0o600)
        assert load_settings(file, {}).abicart.webshop == 12345


def test_every_fact_that_the_code_cites_is_in_the_fact_sheet() -> None:
    sheet = (ROOT / "docs" / "wires.md").read_text(encoding="utf-8")
    known = set(re.findall(r"(?m)^\| ([AS]-[a-z-]+) \|", sheet))
    cited = {
        fact
        for file in (ROOT / "specter_tui").rglob("*.py")
        for fact in re.findall(r"wires: ([AS]-[a-z-]+)", file.read_text(encoding="utf-8"))
    }
    assert cited
    assert cited <= known


def test_the_page_of_commands_is_made_from_the_command_line() -> None:
    assert (ROOT / "docs" / "commands.md").read_text(encoding="utf-8") == command_tables.page(), "run: make words"


def test_the_manual_page_and_the_unit_are_those_of_the_program() -> None:
    assert man_page.PAGE.read_text(encoding="utf-8") == man_page.page(), "run: make words"
    assert (ROOT / "docs" / "specter-tui.service").read_text(encoding="utf-8") == service.TEMPLATE.read_text("utf-8")


def test_the_pages_of_json_are_made_from_the_records_that_are_printed() -> None:
    for language in get_args(Language):
        page = json_tables.page_of(language).read_text(encoding="utf-8")
        assert page == json_tables.page(language), "run: make words"
    assert get_type_hints(FindingRecord).keys() == {one.name for one in fields(Finding)}
    assert get_type_hints(SettingRecord).keys() == {one.name for one in fields(ShownSetting)}
    printed = order_json(OrderView(uid=1, number="1", state="ready", seen_hash="x"), "en")
    assert list(printed) == list(get_type_hints(OrderRecord))
    json.dumps(printed)


def test_every_command_with_json_is_on_the_page_of_json() -> None:
    """Each command's output is compared with the page wherever the tests run one (tests/support/json_output.py)."""
    assert set(json_tables.promised()) == json_tables.PRINTED.keys()


@pytest.mark.parametrize(
    ("words", "printed", "says"),
    [
        (("stock", "pull"), {"kind": "unknown", "number": "A", "code": "x"}, "message"),
        (("journal", "copy"), {"table": "orders", "rows": "3", "sha256": ""}, "rows: '3'"),
        (("journal", "copy"), {"table": "orders", "rows": 3, "sha256": "", "more": 1}, "more"),
        (("check",), {"level": "bad", "what": "", "text": "", "out_of_reach": False}, "level: 'bad'"),
    ],
)
def test_an_object_that_is_not_on_the_page_is_noticed(words, printed, says) -> None:
    with pytest.raises(AssertionError, match=says):
        check_printed(words, json.dumps(printed))
    shown = {"level": "ok", "what": "", "text": "", "out_of_reach": False}
    check_printed(("check", "--json"), json.dumps({"shop": 1, **shown}))


def test_the_swedish_page_names_every_command() -> None:
    page = (ROOT / "docs" / "commands.sv.md").read_text(encoding="utf-8")
    names = [name for name, _ in command_tables.commands()]
    assert len(names) > 25
    assert [name for name in names if f"| `{name}" not in page and f"| `{name}`" not in page] == []


def test_readme_is_one_screen() -> None:
    assert len((ROOT / "README.md").read_text(encoding="utf-8").split()) <= 480


def test_nothing_names_a_package_index_or_a_folder_of_a_workplace() -> None:
    listed = subprocess.run(["git", "ls-files"], cwd=ROOT, capture_output=True, text=True, check=True).stdout.split()
    forbidden = re.compile("|".join(["index-" + "url", "/sim" + "ple/", "find-" + "links", "/wo" + "rk/"]))
    allowed = {"Makefile"}  # It tells the resolver to leave such lines out.
    for name in listed:
        content = (ROOT / name).read_text(encoding="utf-8", errors="replace")
        assert name in allowed or not forbidden.search(content), name


def test_the_glossary_has_every_state_as_it_is_shown() -> None:
    glossary = (ROOT / "docs" / "glossary.md").read_text(encoding="utf-8")
    swedish, english = STATES.in_every_language()
    for state, look in STATE_STYLES.items():
        assert f"| {look.sign} | {english[state]} | {swedish[state]} | `{state}` |" in glossary


def test_every_number_of_the_page_on_scale_was_measured() -> None:
    """Outside the parts made from docs/measured/, the page has no number but those of its examples of settings."""
    text = (ROOT / "docs" / "scale.md").read_text(encoding="utf-8")
    assert scale_tables.filled(text) == text, "run: python -m docs.scale_tables"
    prose = re.sub(r"(?s)<!-- (\w+) -->.*?<!-- /\1 -->|```.*?```|`[^`]*`|(?m:^\d\. )", "", text)
    assert re.findall(r"\d+", prose) == []


def test_a_number_of_the_readme_is_one_of_the_package() -> None:
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    known = {tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]["requires-python"][2:]}
    assert set(re.findall(r"\d[\d.]*\d|\d", re.sub(r"\]\([^)]*\)", "", readme))) == known
