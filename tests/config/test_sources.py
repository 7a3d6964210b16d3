"""The sources of settings: our variables, our file, and those of other programs."""

import os
from collections.abc import Mapping
from pathlib import Path

import pytest

from docs.settings_tables import names
from specter_tui.cli.commands import console
from specter_tui.config import setting_names
from specter_tui.config.first_run import own_file, wants_setup
from specter_tui.config.setting_problems import SettingsProblem
from specter_tui.config.settings import load_settings
from specter_tui.config.shops import load_shops
from specter_tui.config.sources import HERE, ChosenFile, choose_file, given_in, unread_in
from specter_tui.engine.events import Notice
from specter_tui.errors import translate_error
from tests.config.test_settings import LEAST, written
from tests.support.environment import in_environment


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return tmp_path


def problems(environment: Mapping[str, str], file: Path | None = None) -> tuple[str, ...]:
    with pytest.raises(SettingsProblem) as caught:
        load_settings(file, given_in(environment))
    return caught.value.problems


def test_the_names_are_those_of_the_settings() -> None:
    assert Path(setting_names.__file__).read_text(encoding="utf-8") == names()


def test_a_name_without_the_prefix_sets_nothing_and_is_named_in_one_warning(here: Path) -> None:
    environment = in_environment(LEAST) | {"ORDER__EXPORT": "registered"}
    shops = load_shops([], here / "config", environment)
    assert shops.found[0].settings.order.export == "manual"
    (note,) = shops.notes
    assert note == "ORDER__EXPORT in the environment is not read; write SPECTER_TUI_ORDER__EXPORT"
    assert translate_error(note, "sv") == "ORDER__EXPORT i miljön läses inte; skriv SPECTER_TUI_ORDER__EXPORT"
    (note,) = load_shops([], here / "config", environment | {"log__file": "x"}).notes
    assert note.startswith("ORDER__EXPORT, log__file in the environment are not read; write SPECTER_TUI_ORDER__EXPORT,")
    wrong = {"ABICART__WEBSHOP": "none", "UI__LANGUAGE": "{", "ORDER__PAYMENT_TYPES": "[", "JOURNAL__URL": "x"}
    assert unread_in(wrong) == tuple(sorted(wrong))
    assert load_shops([], here, in_environment(LEAST) | wrong).found[0].number == int(LEAST["ABICART__WEBSHOP"])


def test_it_is_named_once_with_several_shops_too(here: Path) -> None:
    folder = here / "shops"
    folder.mkdir()
    written(folder / "a.env", LEAST)
    written(folder / "b.env", LEAST | {"ABICART__WEBSHOP": "2", "SPECTER__SBM_ID": "2"})
    shops = load_shops([folder], here, {"ORDER__EXPORT": "registered"})
    assert [shop.settings.order.export for shop in shops.found] == ["manual", "manual"]
    assert [note for note in shops.notes if "ORDER__EXPORT" in note] == list(shops.notes)[:1]


@pytest.mark.parametrize(
    "name", ["SPECTER_TUI_ORDER__SINSE", "SPECTER_TUI_OTHER__NAME", "specter_tui_ui__x", "SPECTER_TUI___"]
)
def test_an_unknown_name_with_the_prefix_is_refused(name: str, here: Path) -> None:
    (found,) = problems(in_environment(LEAST) | {name: "canary"})
    bare = name.upper().removeprefix("SPECTER_TUI_")
    assert found == f"{bare}: there is no such setting (SPECTER_TUI_{bare} in the environment)"
    (here / "shops").mkdir()
    written(here / "shops" / "a.env", LEAST)
    with pytest.raises(SettingsProblem, match=bare):
        load_shops([here / "shops"], here, {name: "canary"})


def test_every_message_names_where_the_setting_comes_from(here: Path) -> None:
    file = written(here / "my.env", LEAST | {"ORDER__EXPORT": "always", "UI__LEAN": "x", "ORDER__PAYMENT_TYPES": "{"})
    assert [one.partition(" (")[2] for one in problems({"SPECTER_TUI_UI__LEAN": "y"}, file)] == [
        f"{file}, line 7)", f"{file}, line 9)", "SPECTER_TUI_UI__LEAN in the environment)"
    ]  # fmt: skip
    (found,) = problems(in_environment(LEAST | {"ORDER__PAYMENT_TYPES": "{"}))
    assert found.endswith("(SPECTER_TUI_ORDER__PAYMENT_TYPES in the environment)")


def test_a_file_that_has_the_prefix_is_told_to_drop_it(here: Path) -> None:
    file = written(here / "my.env", LEAST | {"SPECTER_TUI_ORDER__EXPORT": "manual"})
    (found,) = problems({}, file)
    assert "in a file the name has no prefix; write ORDER__EXPORT" in found
    assert "line 7" in found


FILES = (
    ("", False),
    ("DATABASE_URL=postgres://x\nSECRET_KEY=1\n", False),
    ("#ORDER__SINCE=2026-01-01\n", False),
    ("NOTE='about ORDER__SINCE=2026'\n", False),
    ("GIT__OTHER=1\nORDER__SINSE=1\nXORDER__SINCE=1\n", False),
    ("\xff\x00\xfe", False),
    ("DEBUG=1\n  export order__since = x\n", True),
    ("'ORDER__SINCE'=x", True),
    ("DEBUG=1\r\nLOG__FILE=x", True),
    ("SPECTER_TUI_ORDER__SINCE=x", True),
)


@pytest.mark.parametrize(("text", "ours"), FILES)
def test_a_settings_file_here_counts_when_a_line_is_ours(text: str, ours: bool, here: Path) -> None:
    HERE.write_text(text, encoding="latin-1")
    HERE.chmod(0o644)
    config = here / "config"
    assert choose_file(config) == (ChosenFile(HERE) if ours else ChosenFile(None, HERE))
    config.mkdir()
    own = written(config / "settings.env", LEAST)
    assert choose_file(config) == (ChosenFile(HERE, own) if ours else ChosenFile(own, HERE))
    if ours:
        with pytest.raises(SettingsProblem, match="chmod 600"):
            load_shops([], config, {})
        return
    shops = load_shops([], config, {})
    assert (shops.found[0].file, len(shops.notes)) == (own, 1)
    assert str(HERE.absolute()) in shops.notes[0]
    assert str(own) in shops.notes[0]


def test_what_is_no_plain_file_is_refused_unless_it_is_a_folder(here: Path) -> None:
    HERE.mkdir()
    assert choose_file(here / "config") == ChosenFile(None, HERE)
    HERE.rmdir()
    os.mkfifo(HERE)
    assert choose_file(here / "config") == ChosenFile(HERE)
    HERE.unlink()
    HERE.symlink_to("nowhere")
    assert choose_file(here / "config") == ChosenFile(HERE)
    with pytest.raises(SettingsProblem, match="plain file"):
        load_shops([], here / "config", {})


def test_the_set_up_is_offered_where_only_another_programs_file_lies(
    here: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XDG_CONFIG_HOME", str(here / "config"))
    HERE.write_text("DEBUG=1\n")
    assert wants_setup([])
    monkeypatch.setenv("ABICART__WEBSHOP", "1")
    assert wants_setup([])
    HERE.write_text("UI__LANGUAGE=sv\n")
    assert not wants_setup([])
    HERE.unlink()
    monkeypatch.setenv("SPECTER_TUI_ABICART__WEBSHOP", "1")
    assert not wants_setup([])
    monkeypatch.delenv("SPECTER_TUI_ABICART__WEBSHOP")
    own_file().parent.mkdir(parents=True)
    written(own_file(), LEAST)
    assert not wants_setup([])


def test_the_console_shows_the_warning_in_its_status(here: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name, value in in_environment(LEAST).items():
        monkeypatch.setenv(name, value)
    monkeypatch.setenv("ORDER__EXPORT", "registered")
    heard: list[object] = []

    def run_console(open_shops, language, *, read_only) -> int:
        open_shops(lambda message, shop=0: heard.append(message))
        return 0

    monkeypatch.setattr(console, "run_console", run_console)
    monkeypatch.setattr(console, "open_engine", lambda settings, listener, *, read_only: settings)
    assert console.open_console([]) == 0
    text = "ORDER__EXPORT in the environment is not read; write SPECTER_TUI_ORDER__EXPORT"
    assert heard == [Notice("warning", text)]
