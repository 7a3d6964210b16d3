"""The demo reads nothing of the user's; and every command has its help."""

from typing import Any

import pytest
import typer.main
from typer.testing import CliRunner

from specter_tui.cli.app import app
from tests.cli.commands import Commands


def test_a_demo_without_a_terminal_makes_one_pass_and_never_touches_real_settings(stocked, tmp_path, home):
    real = stocked(orders=3, plain=True)
    settings = real.settings | {"JOURNAL__URL": f"sqlite:///{tmp_path / 'real.db'}", "LOG__FILE": str(tmp_path / "log")}
    command = Commands(tmp_path, settings | {"ORDER__EXPORT": "registered", "ORDER__NUMBER_PREFIX": "REAL-"})
    for folder in (command.folder, home / "config" / "specter-tui"):
        folder.mkdir(parents=True, exist_ok=True)
        file = folder / "settings.env"
        file.write_text("".join(f"{name}='{value}'\n" for name, value in settings.items()))
        file.chmod(0o644)
    try:
        ended = command.run("demo")
    finally:
        (home / "config" / "specter-tui" / "settings.env").unlink()
    assert ended.status == 0
    assert "exported" in ended.out
    assert "Specter numbers were written back" in ended.lines[-1]
    assert "DEMO" in ended.out
    assert real.ledger.calls() == {}
    assert not (tmp_path / "real.db").exists()
    assert not (tmp_path / "log").exists()
    assert not (home / "data" / "specter-tui").exists()
    assert "REAL-" not in ended.out


def test_a_demo_speaks_the_language_that_is_set(tmp_path):
    ended = Commands(tmp_path, {"UI__LANGUAGE": "sv", "LANG": "en_GB.UTF-8"}).run("demo")
    assert ended.status == 0
    assert "Paket exporteras inte till Specter." in ended.out


def names(command: Any, before: tuple[str, ...] = ()) -> list[tuple[str, ...]]:
    """Return the words of every command, groups included."""
    inner = getattr(command, "commands", {})
    return [before, *(found for name, one in inner.items() for found in names(one, (*before, name)))]


EVERY = names(typer.main.get_command(app))


def test_the_commands_are_there():
    assert {("export",), ("journal", "import"), ("watch",), ("resolve",)} <= set(EVERY)


@pytest.mark.parametrize("words", EVERY, ids=" ".join)
def test_every_command_has_its_help(words):
    """In this process, for speed."""
    ended = CliRunner().invoke(app, [*words, "--help"], prog_name="specter-tui", env={"COLUMNS": "200"})
    assert ended.exit_code == 0
    assert ended.output.startswith(f"Usage: {' '.join(('specter-tui', *words))} ")


def test_help_and_version_need_no_settings(tmp_path):
    command = Commands(tmp_path, {"ABICART__WEBSHOP": "none"})
    assert command.run("--help").out.startswith("Usage: ")
    assert command.run("--version").out.startswith("specter-tui ")
