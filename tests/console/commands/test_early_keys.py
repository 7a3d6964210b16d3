"""Keys pressed before the commands are imported wait for them, in their order."""

import threading
from pathlib import Path

import pytest

from specter_tui.console.app import ConsoleApp
from specter_tui.console.engine_bridge import EngineBridge
from specter_tui.console.engine_ports import OpenEngine
from specter_tui.console.shutdown import GracefulShutdown
from tests.console.conftest import MIDDLE
from tests.console.scripted import ScriptedEngine, settings_of
from tests.support.waiting import PATIENCE


@pytest.fixture
def imported(monkeypatch: pytest.MonkeyPatch) -> threading.Event:
    """Delay the imports after the first frame until this event is set."""
    gate = threading.Event()
    true = EngineBridge.open

    def late(bridge: EngineBridge, open_engine: OpenEngine, folder: Path | None) -> None:
        def wait() -> None:
            gate.wait(PATIENCE)
            true(bridge, open_engine, folder)

        threading.Thread(target=wait, daemon=True).start()

    monkeypatch.setattr(EngineBridge, "open", late)
    return gate


def console_in(folder: Path) -> ConsoleApp:
    return ConsoleApp(
        lambda tell: ScriptedEngine(tell, settings_of()),
        GracefulShutdown(1.0),
        environment={"TERM": "xterm-256color"},
        language="en",
        views_file=folder / "views.json",
    )


async def test_a_text_behind_the_key_that_asks_for_it_is_no_row_of_commands(imported, tmp_path):
    app = console_in(tmp_path)
    async with app.run_test(size=MIDDLE) as pilot:
        await pilot.press("slash", *"qea")
        imported.set()
        while app.main.filter_line is None or app.main.filter_line.input.value != "qea":
            assert app.is_running, "q was taken for a command"
            await pilot.pause(0.02)
        assert app.filtering.on
        assert not app.model.leaving


async def test_a_key_that_leaves_waits_for_nothing(imported, tmp_path):
    app = console_in(tmp_path)
    async with app.run_test(size=MIDDLE) as pilot:
        await pilot.press("ctrl+c")
        assert app.model.leaving
        imported.set()
