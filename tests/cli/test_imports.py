"""A command imports what it needs: help and version next to nothing, `orders` neither a screen nor a sandbox."""

import resource
import subprocess
import sys
from pathlib import Path

import pytest

from specter_tui.cli import commands

HEAVY = ("httpx", "pydantic", "textual", "sqlite3", "asyncio", "starlette", "uvicorn", "psycopg", "apprise", "rich")
NOT_FOR_ORDERS = ("textual", "starlette", "uvicorn", "psycopg", "apprise", "rich")
LIGHT_ROOMS = {f"specter_tui.{room}" for room in ("__main__", "cli", "config", "engine", "i18n", "planning", "text")}
EMPTY_TYPER = """
import typer
app = typer.Typer(rich_markup_mode=None, pretty_exceptions_enable=False)
@app.callback(invoke_without_command=True)
def main(version: bool = typer.Option(False, "--version")) -> None:
    '''Help.'''
app()
"""


def imported_by(code: str) -> set[str]:
    end = "\nfinally:\n print('\\n'.join(sys.modules), file=sys.stderr)"
    told = subprocess.run(
        [sys.executable, "-c", f"import sys\ntry:\n {code}{end}"], capture_output=True, text=True, check=False
    )
    return set(told.stderr.split())


@pytest.mark.parametrize("words", [["--help"], ["orders", "--help"], ["journal", "--help"]])
def test_help_imports_no_command(words: list[str]) -> None:
    names = imported_by(f"sys.argv[1:] = {words!r}; from specter_tui.__main__ import main; main()")
    assert "specter_tui.cli.app" in names
    assert names.isdisjoint({name for name in HEAVY if name != "pydantic"})  # typer reads arguments by pydantic.
    ours = {name for name in names if name.startswith("specter_tui.")}
    assert {".".join(name.split(".")[:2]) for name in ours} == LIGHT_ROOMS
    assert not {name for name in ours if name.startswith("specter_tui.cli.commands.")}


def test_orders_imports_no_screen_no_sandbox_and_no_extra() -> None:
    names = imported_by("from specter_tui.cli import commands; commands.orders; from specter_tui.cli import session")
    assert {"specter_tui.engine.service", "httpx"} <= names
    assert names.isdisjoint(NOT_FOR_ORDERS)
    strange = ("specter_tui.sandbox", "specter_tui.console.app", "specter_tui.console.widgets", "specter_tui.cli.app")
    assert not {name for name in names if name.startswith(strange)}


def test_what_is_no_command_is_no_module_of_them() -> None:
    assert commands.check.__name__ == "specter_tui.cli.commands.check"
    with pytest.raises(AttributeError):
        _ = commands.nothing  # type: ignore[attr-defined]


def processor_time(command: list[str]) -> float:
    """Return the least of five runs: the others tell how busy the machine was."""
    times = []
    for _ in range(5):
        before = resource.getrusage(resource.RUSAGE_CHILDREN)
        subprocess.run(command, capture_output=True, check=True)
        after = resource.getrusage(resource.RUSAGE_CHILDREN)
        times.append(after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime)
    return min(times)


@pytest.mark.timing
@pytest.mark.parametrize("word", ["--help", "--version"])
def test_help_and_version_cost_little_beside_an_empty_program(word: str, tmp_path: Path) -> None:
    empty = tmp_path / "empty.py"
    empty.write_text(EMPTY_TYPER)
    ours = processor_time([sys.executable, "-m", "specter_tui", word])
    assert ours - processor_time([sys.executable, str(empty), word]) <= 0.15
