"""What people expect of a command line: help in full, `help`, `-V`, completion, the settings and the unit shown."""

import json
import os
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path

import pytest
from typer.testing import CliRunner

from specter_tui.cli.app import app
from specter_tui.cli.commands.config import shown_settings
from specter_tui.cli.commands.service import unit_text
from specter_tui.config.setting_names import NAMES
from specter_tui.config.settings import load_settings
from specter_tui.config.shops import ShopFile
from specter_tui.journal.probe_models import Fact, FactName
from tests.config.test_settings import CANARIES, LEAST, written
from tests.support.environment import in_environment
from tests.support.json_output import check_printed

RUN = CliRunner()


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path))
    return tmp_path


@pytest.mark.parametrize("words", [[], ["journal"], ["articles"], ["stock"]])
def test_help_cuts_no_line(words: list[str]) -> None:
    told = RUN.invoke(app, [*words, "--help"]).stdout
    assert "..." not in told.partition("Commands:")[2]
    assert RUN.invoke(app, ["help", *words]).stdout == told


def test_help_of_a_command_and_of_what_is_none() -> None:
    told = RUN.invoke(app, ["help", "journal", "show"]).stdout
    assert "Print every order in the journal" in told
    refused = RUN.invoke(app, ["help", "journal", "nothing"])
    assert (refused.exit_code, "there is no such command" in refused.stderr) == (2, True)


def test_states_are_choices() -> None:
    assert "unknown" in RUN.invoke(app, ["orders", "--help"]).stdout
    refused = RUN.invoke(app, ["orders", "--state", "lost"])
    assert (refused.exit_code, "retry_later" in refused.stderr) == (2, True)
    assert RUN.invoke(app, ["-V"]).stdout == RUN.invoke(app, ["--version"]).stdout


def test_a_shell_completes_commands_without_opening_the_console() -> None:
    asked = {"_SPECTER_TUI_COMPLETE": "complete_bash", "COMP_WORDS": "specter-tui jour", "COMP_CWORD": "1"}
    code = "import sys; sys.argv = ['specter-tui']; from specter_tui.__main__ import main; main()"
    told = subprocess.run(
        [sys.executable, "-c", code], env=os.environ | asked, capture_output=True, text=True, check=False
    )
    assert told.stdout.split() == ["journal"]


def test_every_setting_is_shown_with_its_origin_and_no_key(here: Path) -> None:
    file = written(here / "my.env", LEAST | {"ORDER__EXPORT": "registered", "ALERT__URLS": "json://u:canary@h/x"})
    environment = in_environment({"WATCH__INTERVAL": "5", "JOURNAL__URL": "postgresql://u:canary@db/x"})
    environment["SPECTER_TUI_JOURNAL__URL"] = f"sqlite:///{here}/none.db"
    ended = RUN.invoke(app, ["config", "show", "--json", "--settings", str(file)], env=environment)
    shown = {one["name"]: one for one in map(json.loads, ended.stdout.splitlines())}
    assert ended.exit_code == 0
    check_printed(["config", "show"], ended.stdout)
    assert shown.keys() == NAMES
    assert not any(canary in ended.stdout for canary in (*CANARIES, "canary"))
    assert (shown["ORDER__EXPORT"]["origin"], shown["ORDER__EXPORT"]["where"]) == ("file", f"{file}, line 7")
    assert shown["WATCH__INTERVAL"] == {
        "name": "WATCH__INTERVAL", "value": "5 s", "origin": "environment",
        "where": "SPECTER_TUI_WATCH__INTERVAL", "fact": None,
    }  # fmt: skip
    assert shown["UI__BELL"]["origin"] == "default"
    text = RUN.invoke(app, ["config", "show", "--origins", "--settings", str(file)], env=environment).stdout
    assert f"ORDER__EXPORT=registered  # file: {file}, line 7" in text
    assert "ABICART__AUTH='***'" in text
    assert not any(canary in text for canary in (*CANARIES, "canary"))


def test_a_fact_stands_between_a_person_and_the_default(here: Path) -> None:
    names: tuple[FactName, ...] = ("rounding", "price_decimals")
    facts: dict[str, Fact] = {
        name: Fact(name, value, "D1", datetime(2026, 1, 1, tzinfo=UTC), "anna@kassa")
        for name, value in zip(names, ("row", 4), strict=True)
    }
    file = written(here / "my.env", LEAST | {"SPECTER__ROUNDING": "rate"})
    shown = {one.name: one for one in shown_settings(ShopFile(load_settings(file, {}), file), facts)}
    rounding, decimals = shown["SPECTER__ROUNDING"], shown["SPECTER__PRICE_DECIMALS"]
    assert (rounding.value, rounding.origin, rounding.fact) == ("rate", "file", "row")
    assert (decimals.value, decimals.origin, decimals.where) == ("4", "fact", "step D1")


def test_the_unit_names_this_installation_and_its_settings() -> None:
    command = Path("/opt/Ord er%/specter-tui")
    assert 'ExecStart="/opt/Ord er%%/specter-tui" watch --settings /etc/shops\n' in unit_text(
        command, [Path("/etc/shops")]
    )
    assert "ExecStart=/usr/bin/specter-tui watch --settings /etc/specter-tui/settings.env\n" in unit_text(
        Path("/usr/bin/specter-tui")
    )
    assert "Type=notify" in RUN.invoke(app, ["service", "show"]).stdout
