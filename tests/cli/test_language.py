"""The command line speaks the language of the settings: help, typer's own words, usage errors, what commands print."""

import ast
import re
from typing import Any

import pytest
import typer
from typer.testing import CliRunner

from specter_tui.cli.app import app
from tests.console.test_words import shown_in
from tools.words import ROOT, texts

RUN = CliRunner()
SWEDISH = {"SPECTER_TUI_UI__LANGUAGE": "sv", "SPECTER_TUI_ABICART__WEBSHOP": "none"}
ENGLISH = re.compile(r"\b(the|of|is|are|was|and|this|that|with|for|to|not|one|name|no|say)\b", re.IGNORECASE)
NOT_READ = re.compile(r"article numbers|service article|not in the journal any more|[A-Z]+=1")
"""Literals that are no text: keys of findings and of JSON, and what systemd reads."""


def names(command: Any, before: tuple[str, ...] = ()) -> list[tuple[str, ...]]:
    inner = getattr(command, "commands", {})
    return [before, *(found for name, one in inner.items() for found in names(one, (*before, name)))]


def test_all_help_is_swedish() -> None:
    left = {}
    for words in names(typer.main.get_command(app)):
        told = RUN.invoke(app, [*words, "--help"], prog_name="specter-tui", env=SWEDISH).output
        assert told.startswith("Användning: specter-tui ")
        prose = re.sub(
            r"`.*?`|--[\w-]+|<.*?>|\b[A-Z_]{2,}\b|^ {2}[\w-]+ {2}", " ", told, flags=re.MULTILINE | re.DOTALL
        )
        left[words] = ENGLISH.findall(prose) + re.findall("Options|Commands|Arguments|Usage|required|default", told)
    assert {words: found for words, found in left.items() if found} == {}
    assert len(left) > 30


@pytest.mark.parametrize(
    "typed",
    [
        "--nope", "orders --stae x", "orders --state x", "report --date x", "report --by x", "report --csv --json",
        "watch --yes a", "watch --yes -1", "sandbox --shop-port 99999", "sandbox --pace x", "drift tick", "drift tik",
        "exprot", "xyzzy", "orders a b", "export --all=1", "export", "resolve --compare 1 2", "resolve --reason",
        "resolve", "resolve --number 5 --retry", "resolve S-1 --close", "journal backup", "journal erase", "help foo",
        "--read-only orders",
        "stop", "stock done 1", "articles fix", "report --date 9999-01-01", "orders --accept-count",
    ],
)  # fmt: skip
def test_a_usage_error_is_swedish(typed: str) -> None:
    ended = RUN.invoke(app, typed.split(), prog_name="specter-tui", env=SWEDISH)
    error = ended.stderr.splitlines()[-1]
    assert (ended.exit_code, error[:5]) == (2, "Fel: ")
    if len(ended.stderr.splitlines()) > 1:  # Typer does not say of which command some errors are.
        assert re.match("Användning: specter-tui .*\nKör 'specter-tui.* -h' för hjälp", ended.stderr, re.DOTALL)
    assert ENGLISH.findall(re.sub(r"--?[\w-]+|'.*?'", " ", error)) == []


def test_no_text_is_printed_past_the_catalogue() -> None:
    """Docstrings and `help` are in the catalogue, since it takes them from the commands themselves (tools/words.py)."""
    own = (file for file in (ROOT / "specter_tui/cli").rglob("*.py") if file.parent.name != "json_records")
    files = [*own, *(ROOT / "specter_tui/engine/checks").rglob("*.py")]
    found = []
    known = {form for _, text in texts() for form in ((text,) if isinstance(text, str) else text)}
    for file in sorted(files):
        tree = ast.parse(file.read_text(encoding="utf-8"))
        helped = {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.keyword) and node.arg == "help"}
        helped |= {id(node.args[0]) for node in ast.walk(tree) if is_call_of(node, "_group")}
        shown = [node for node in shown_in(tree) if id(node) not in helped]
        found += [
            f"{file.name}: {node.value}"
            for node in shown
            if not (node.value in known or NOT_READ.fullmatch(node.value))
        ]
    assert found == []


def test_that_test_finds_what_it_is_for() -> None:
    source = 'emit(f"{n} orders left")\nFinding("ok", "shop", "answers, and accepts")\nt("no order yet")\nwhat == "a b"'
    assert {node.value for node in shown_in(ast.parse(source))} == {" orders left", "answers, and accepts"}


def is_call_of(node: ast.AST, name: str) -> bool:
    return isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == name
