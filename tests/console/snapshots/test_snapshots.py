"""Every screen looks as it did when a person accepted it."""

import asyncio
import sys
from collections.abc import Callable, Iterator
from datetime import datetime, tzinfo
from pathlib import Path
from typing import Self

import pytest
from pytest_textual_snapshot import SVGImageExtension
from textual import _doc
from textual.app import App

from specter_tui.console import listening, previews
from specter_tui.console.app import ConsoleApp
from specter_tui.console.leaving import Leaving
from specter_tui.console.screens import question
from specter_tui.engine import messages as m
from specter_tui.journal.journal import Journal
from specter_tui.journal.operators import Operator
from tests.console.conftest import LARGE, MIDDLE, SMALL, Console
from tests.console.scripted import ScriptedEngine, settings_of
from tests.console.snapshots import morning
from tests.console.snapshots.scenes import SCENES
from tools.svg import picture

SVGImageExtension.file_extension = "svg"  # what syrupy 7 calls the plugin's `_file_extension`.
Size = tuple[int, int]
PLACES = [(size, language) for language in ("en",) for size in (SMALL, MIDDLE, LARGE)]


class Quick(Console):
    """Waits for no longer than drawing takes."""

    async def settle(self) -> None:
        await self.pilot.pause(0.03)


class StandingClock(datetime):
    @classmethod
    def now(cls, tz: tzinfo | None = None) -> Self:
        return cls.fromtimestamp(morning.NOW.timestamp(), tz)


def stop_clocks(patch: pytest.MonkeyPatch) -> None:
    """Let the console's clock stand, and let it wait for nobody."""
    patch.setattr(question, "DEAF", 0.0)
    patch.setattr(listening, "_QUICK", 0.01)
    patch.setattr(previews, "_REST", 0.01)
    for name, module in tuple(sys.modules.items()):
        if name.startswith("specter_tui.console") and getattr(module, "datetime", None) is datetime:
            patch.setattr(module, "datetime", StandingClock)


async def draw(size: Size, language: str, folder: Path) -> dict[str, str]:
    """Walk through one console once, and draw each screen."""
    path = folder / "journal" / "journal.db"
    Journal.open(path, 22222, Operator("anna", "kassa")).close()
    made: list[ScriptedEngine] = []

    def open_engine(tell: Callable[[m.Message], None]) -> ScriptedEngine:
        engine = ScriptedEngine(tell, settings_of(JOURNAL__URL=f"sqlite:///{path}", UI__LANGUAGE=language))
        engine.answers["preview"] = lambda uid: [morning.PREVIEWS[uid]]
        engine.drifted, engine.delivered = list(morning.DRIFT), list(morning.DELIVERIES)
        made.append(engine)
        for message in morning.TOLD:
            tell(message)
        return engine

    app = ConsoleApp(open_engine, Leaving(5.0), environment={"TERM": "xterm-256color"})
    drawn: dict[str, str] = {}
    async with app.run_test(size=size) as pilot:
        while not (made and app.desk.looked_at):
            app._listening.key_pressed()
            await pilot.pause(0.02)
        console = Quick(app, pilot, made[0], app._leaving)
        for name, scene in SCENES.items():
            await scene.there(console)
            drawn[name] = picture(app.export_screenshot(simplify=True), size)
            await scene.back(console)
    return drawn


@pytest.fixture(scope="module", params=PLACES, ids=lambda place: f"{place[0][0]}x{place[0][1]}-{place[1]}")
def drawn(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[str, str]]:
    size, language = request.param
    with pytest.MonkeyPatch.context() as patch:
        stop_clocks(patch)
        yield asyncio.run(draw(size, language, tmp_path_factory.mktemp("journal")))


@pytest.mark.parametrize("screen", SCENES)
def test_screen(
    drawn: dict[str, str], screen: str, snap_compare: Callable[[App[None]], bool], monkeypatch: pytest.MonkeyPatch
) -> None:
    """The plugin starts an app for each picture; here one run gives many, so it gets the picture ready-made."""
    monkeypatch.setattr(_doc, "take_svg_screenshot", lambda **_: drawn[screen])
    assert snap_compare(App())
