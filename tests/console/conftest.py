"""The console in a simulated terminal, with an engine controlled by the test."""

from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from textual.pilot import Pilot
from textual.widgets import Input

from specter_tui.console import engine_bridge
from specter_tui.console.app import ConsoleApp
from specter_tui.console.commands import send_hold
from specter_tui.console.loaders import detail_loader
from specter_tui.console.screens import modals
from specter_tui.console.shutdown import GracefulShutdown
from specter_tui.engine import events as m
from specter_tui.i18n import set_locale
from specter_tui.journal.journal import Journal
from specter_tui.journal.safety.operators import Operator
from specter_tui.text.numbers import HARD_SPACE
from tests.console.scripted import NOON, ScriptedEngine, event, plan_of, settings_of, view

QUICK_DEAF = 0.05
"""In tests the pauses of questions and of messages are shorter; the code is the same."""
SMALL, MIDDLE, LARGE = (80, 24), (120, 40), (200, 50)


@dataclass
class Console:
    """A running console for a test."""

    app: ConsoleApp
    pilot: Pilot[Any]
    engine: ScriptedEngine
    leaving: GracefulShutdown

    def text(self) -> str:
        """Return all text of the front screen."""
        strips = self.app.screen._compositor.render_strips()
        return "\n".join("".join(segment.text for segment in strip) for strip in strips).replace(HARD_SPACE, " ")

    async def press(self, *keys: str) -> None:
        await self.pilot.press(*keys)
        await self.settle()

    async def answer(self, *keys: str) -> None:
        """Press keys in a question, once it accepts them."""
        await self.pilot.pause(QUICK_DEAF + 0.02)
        await self.press(*keys)

    async def type(self, text: str) -> None:
        """Type into the line of a question."""
        await self.pilot.pause(QUICK_DEAF + 0.02)
        self.app.screen.query_one(Input).value = text
        await self.settle()

    async def tell(self, *messages: m.Message) -> None:
        """Send a message as the engine, and wait until it is drawn."""
        self.app.bridge.key_pressed()
        for message in messages:
            self.engine.tell(message)
        await self.settle()
        await self.drawn()

    async def until(self, holds: Callable[[], bool]) -> None:
        """Wait for work outside the screen, or for keys already sent, however busy the machine is."""
        for _ in range(500):
            if holds():
                return await self.settle()
            await self.pilot.pause(0.02)
        raise AssertionError(self.text())

    async def settle(self) -> None:
        await self.pilot.pause(0.06)

    async def drawn(self) -> None:
        """Wait until all messages are on the screen, however slow the machine is."""
        for _ in range(200):
            if self.app.model.started and self.app.bridge.caught_up:
                break
            await self.pilot.pause(0.02)


Run = Callable[..., AbstractAsyncContextManager[Console]]


@pytest.fixture(autouse=True)
def _english() -> Iterator[None]:
    """Restore English after each test."""
    set_locale("en")
    yield
    set_locale("en")


@pytest.fixture(autouse=True)
def _quick(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(modals, "INPUT_GRACE_SECONDS", QUICK_DEAF)
    monkeypatch.setattr(engine_bridge, "_QUICK", 0.02)
    monkeypatch.setattr(detail_loader, "_REST", 0.02)
    monkeypatch.setattr(send_hold, "SECONDS", 1)
    monkeypatch.setattr(send_hold, "_TICK", 0.02)


@pytest.fixture(params=["sv", "en"])
def language(request: pytest.FixtureRequest) -> str:
    """Run the test in each language of the screen."""
    set_locale(request.param)
    return str(request.param)


@pytest.fixture
def journal_settings(tmp_path: Path) -> dict[str, str]:
    """Make settings with an empty journal."""
    path = tmp_path / "journal" / "journal.db"
    Journal.open(path, 22222, Operator("anna", "kassa")).close()
    return {"JOURNAL__URL": f"sqlite:///{path}"}


@pytest.fixture
def run(journal_settings: dict[str, str], tmp_path: Path) -> Run:
    """Run a console; it begins with five orders unless the test gives others."""

    @asynccontextmanager
    async def run(
        size: tuple[int, int] = MIDDLE,
        orders: tuple[m.OrderView, ...] | None = None,
        *,
        banner: str = "",
        grace: float = 5.0,
        read_only: bool = False,
        environment: dict[str, str] | None = None,
        **settings: str,
    ) -> AsyncIterator[Console]:
        made: list[ScriptedEngine] = []
        views = {one.uid: one for one in (five() if orders is None else orders)}

        def open_engine(tell: Callable[[m.Message], None]) -> ScriptedEngine:
            engine = ScriptedEngine(tell, settings_of(**journal_settings, **settings))
            engine.answers["preview"] = lambda uid: [m.PreviewReady(uid, plan_of(views[uid]), None)]
            made.append(engine)
            tell(m.ReachChanged("shop", "ok"))
            tell(m.ReachChanged("specter", "ok"))
            tell(m.OrdersChanged(tuple(views.values())))
            tell(m.PollFinished(NOON, None))
            return engine

        leaving = GracefulShutdown(grace)
        app = ConsoleApp(
            open_engine,
            leaving,
            banner=banner,
            environment=environment or {"TERM": "xterm-256color"},
            views_file=tmp_path / "config" / "views.json",
            read_only=read_only,
        )
        async with app.run_test(size=size) as pilot:
            console = Console(app, pilot, made[0] if made else await _made(pilot, made), leaving)
            console.app.bridge.key_pressed()
            await console.pilot.pause(0.1)
            await console.drawn()
            yield console

    return run


async def _made(pilot: Pilot[Any], made: list[ScriptedEngine]) -> ScriptedEngine:
    while not made:
        await pilot.pause(0.02)
    return made[0]


def five() -> tuple[m.OrderView, ...]:
    """Return one order in each of five states."""
    return (
        view(1, customer="Åsa Öberg"),
        view(2, state="blocked", customer="Bygg AB", message="No e-mail."),
        view(3, state="unknown", step="order", customer="Karin Ek", message="No answer came."),
        view(4, state="exported", specter_number="90004", customer="Olle Dahl", write_back="done"),
        view(5, customer="Lars Fors"),
    )


__all__ = ["LARGE", "MIDDLE", "SMALL", "Console", "Run", "event", "five", "view"]
