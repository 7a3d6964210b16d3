"""The command line speaks the language of the settings: help, typer's own words, usage errors, what commands print."""

import re
from collections.abc import Iterator
from typing import Any

import pytest
import typer
from typer.testing import CliRunner

from specter_tui.cli.app import app
from specter_tui.i18n import set_locale

RUN = CliRunner()
SWEDISH = {"SPECTER_TUI_UI__LANGUAGE": "sv", "SPECTER_TUI_ABICART__WEBSHOP": "none"}
ENGLISH = re.compile(r"\b(the|of|is|are|was|and|this|that|with|for|to|not|one|name|no|say)\b", re.IGNORECASE)


@pytest.fixture(autouse=True)
def english_again() -> Iterator[None]:
    yield
    set_locale("en")


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
