"""Theme, sort, columns and zoom are kept between starts, in a file for each operator; and the choice of a theme."""

import threading
from pathlib import Path

import pytest

from specter_tui.console.loaders.choice_store import ChoiceStore, choices_file
from specter_tui.console.terminal.theme import DARK, LIGHT, THEMES
from specter_tui.console.viewmodel.filtering.sorting import Sort
from specter_tui.console.viewmodel.list_view import ListView
from specter_tui.console.widgets.columns import Column
from tests.console.conftest import LARGE, SMALL, Run
from tests.console.screens.test_sync_pages import choose

COLUMNS = (Column("a", "A", 5), Column("b", "B", 5))


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return choices_file(tmp_path / "config")


def store_of(file: Path, *, read_only: bool = False) -> ChoiceStore:
    return ChoiceStore(file, read_only=read_only)


def test_choices_are_kept_for_the_next_start_and_for_nobody_else(file: Path) -> None:
    store = store_of(file)
    store.keep_theme("light", None)
    store.keep_enlarged(True)
    store.keep_view("orders", ListView("secret name", Sort("a", descending=True), ("b",)))
    store.close()
    after = store_of(file)
    assert (after.problem, after.choices) == ("", store.choices)
    assert after.choices.views == {"orders": ListView("", Sort("a", descending=True), ("b",))}
    assert "secret" not in file.read_text(encoding="utf-8")
    assert file.stat().st_mode & 0o777 == 0o600
    assert file.parent.stat().st_mode & 0o777 == 0o700
    assert [one.name for one in file.parent.iterdir()] == [file.name]


def test_two_consoles_that_write_at_once_lose_no_choice(file: Path) -> None:
    stores = [store_of(file) for _ in range(4)]

    def write(place: int) -> None:
        for turn in range(8):
            stores[place].keep_view(f"{place}-{turn}", ListView("", Sort("a")))
        stores[place].close()

    threads = [threading.Thread(target=write, args=(place,)) for place in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    while any(store._thread.is_alive() for store in stores if store._thread):
        stores[0]._thread.join(1)  # type: ignore[union-attr]
    assert len(store_of(file).choices.views) == 32


@pytest.mark.parametrize(
    "text",
    [
        "",
        "{",
        "[]",
        "[" * 60_000,
        '{"lists": {}}',
        '{"theme": "", "instead_of": "", "enlarged": false, "lists": {"orders": 3}}',
        '{"theme": "", "instead_of": "", "enlarged": false, "lists": {"orders": {"filter": 1, "sort": 2}}}',
        "\x00" * 100,
        "{" + " " * 70_000 + "}",
    ],
)
def test_a_damaged_file_counts_as_none_says_so_and_is_replaced(file: Path, text: str) -> None:
    file.parent.mkdir()
    file.write_text(text, encoding="utf-8")
    store = store_of(file)
    assert str(file) in store.problem
    assert store.choices.theme == ""
    store.keep_theme("light", None)
    store.close()
    assert store_of(file).choices.theme == "light"


def test_a_read_only_console_writes_nothing(file: Path) -> None:
    store = store_of(file, read_only=True)
    store.keep_theme("light", None)
    store.close()
    assert store.choices.theme == "light"
    assert not file.parent.exists()


def test_what_cannot_be_kept_is_said_once(file: Path) -> None:
    file.parent.write_text("no folder", encoding="utf-8")
    store, said = store_of(file), list[str]()
    store.report = said.append
    store.keep_enlarged(True)
    store.keep_theme("light", None)
    store.close()
    assert len(said) == 1
    assert "cannot be kept" in said[0]


@pytest.mark.parametrize(
    ("kept", "shown"),
    [
        (ListView("", Sort("b"), ("a",)), ListView("", Sort("b"), ("a",))),
        (ListView("", Sort("gone"), ("gone",)), ListView("", Sort("a"))),
        (ListView("", None, ("a", "b")), ListView("", Sort("a"))),
    ],
)
def test_columns_that_a_list_has_no_more_are_passed_over(file: Path, kept: ListView, shown: ListView) -> None:
    store = store_of(file, read_only=True)
    store.keep_view("orders", kept)
    assert store.choices.view_of("orders", ListView("", Sort("a")), COLUMNS) == shown


def test_a_setting_changed_since_the_choice_counts_more(file: Path) -> None:
    store = store_of(file, read_only=True)
    store.keep_theme("light", "dark")
    assert [store.choices.theme_over(setting) for setting in ("dark", "contrast", None)] == ["light", "", ""]


async def test_a_console_begins_as_the_last_one_was_left(run: Run, file: Path) -> None:
    async with run(SMALL) as console:
        await choose(console, "colours")
        await console.press("down", "enter")
        await console.press("s", "2", "z", "d", "s", "3", "escape")
        sort = console.app.model.orders.sort
    assert store_of(file).choices.theme == LIGHT.name
    async with run(SMALL) as console:
        assert console.app.theme == LIGHT.name
        assert console.app.main.enlarged
        assert console.app.model.orders.sort == sort == Sort("number")
        await console.press("d")
        assert console.app.rows.source.look.sort is not None
        await console.press("escape", "escape")
        assert not console.app.main.enlarged
    async with run(SMALL, read_only=True, environment={"TERM": "xterm-256color", "NO_COLOR": "1"}) as console:
        assert console.app.theme != LIGHT.name
        assert not console.app.main.enlarged
        await console.press("z")
        assert console.app.main.enlarged
    assert not store_of(file).choices.enlarged


@pytest.fixture
def damaged(file: Path) -> None:
    file.parent.mkdir()
    file.write_text("{", encoding="utf-8")


@pytest.mark.usefixtures("damaged")
async def test_a_damaged_file_is_said_at_the_start(run: Run) -> None:
    async with run(LARGE) as console:
        assert "Theme, sort and columns of the last time cannot be read" in console.text()


async def test_the_cursor_shows_a_theme_and_esc_gives_the_old_one_back(run: Run, file: Path) -> None:
    async with run(UI__THEME="dark") as console:
        await choose(console, "colours")
        seen = [console.app.theme]
        for _ in range(len(THEMES) - 1):
            await console.press("down")
            seen.append(console.app.theme)
        assert seen == list(THEMES)
        await console.pilot.resize_terminal(40, 10)
        await console.pilot.resize_terminal(80, 24)
        await console.press("escape")
        assert console.app.theme == DARK.name
        assert store_of(file).choices.theme == ""
        await choose(console, "colours")
        await console.press("down", "enter")
        assert "Colours: light." in console.text()
