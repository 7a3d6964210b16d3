"""Every screen looks as it did when a person accepted it."""

import asyncio
import sys
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, tzinfo
from importlib import import_module
from pathlib import Path
from pkgutil import walk_packages
from typing import Self

import pytest
from pytest_textual_snapshot import SVGImageExtension
from textual import _doc
from textual.app import App

import specter_tui.console
from specter_tui.config.settings import fits
from specter_tui.console import engine_bridge
from specter_tui.console.app import ConsoleApp
from specter_tui.console.engine_ports import Hear
from specter_tui.console.loaders import detail_loader
from specter_tui.console.screens import modals
from specter_tui.console.setup.setup_app import SetupApp
from specter_tui.console.setup.setup_ports import Side, Values
from specter_tui.console.shutdown import GracefulShutdown
from specter_tui.engine import events as m
from specter_tui.i18n import Language, set_locale
from specter_tui.journal.journal import Journal
from specter_tui.journal.safety.operators import Operator
from tests.console.conftest import LARGE, MIDDLE, SMALL, Console
from tests.console.screens.test_shop_switcher import House
from tests.console.scripted import ScriptedEngine, settings_of
from tests.console.snapshots import morning
from tests.console.snapshots.scenes import SCENES
from tools.svg import picture

SVGImageExtension.file_extension = "svg"  # what syrupy 7 calls the plugin's `_file_extension`.
Size = tuple[int, int]
SETUP = ("welcome", "shop", "specter", "orders", "write")
TERMINAL = {"TERM": "xterm-256color"}
PLACES = [(size, language) for language in ("sv", "en") for size in (SMALL, MIDDLE, LARGE)]


class Quick(Console):
    """Waits no longer than drawing takes."""

    async def settle(self) -> None:
        await self.pilot.pause(0.03)

    async def rest(self) -> None:
        """Wait until all is shown and the screen stays as it is, however slow the machine is."""
        shown = ""
        while (now := self.text()) != shown:
            shown = now
            self.app.bridge.key_pressed()
            await self.drawn()
            await self.pilot.pause(0.05)


class StandingClock(datetime):
    @classmethod
    def now(cls, tz: tzinfo | None = None) -> Self:
        return cls.fromtimestamp(morning.NOW.timestamp(), tz)


class StandingDay(date):
    @classmethod
    def today(cls) -> Self:
        return cls.fromisoformat("2026-11-23")


def stop_clocks(patch: pytest.MonkeyPatch) -> None:
    """Stop the console's clock, and let it wait for nothing."""
    for module in walk_packages(specter_tui.console.__path__, "specter_tui.console."):
        import_module(module.name)  # those that come with a key have a clock, too.
    patch.setattr(modals, "INPUT_GRACE_SECONDS", 0.0)
    patch.setattr(engine_bridge, "_QUICK", 0.01)
    patch.setattr(detail_loader, "_REST", 0.01)
    for name, module in tuple(sys.modules.items()):
        if name.startswith("specter_tui.console") and getattr(module, "datetime", None) is datetime:
            patch.setattr(module, "datetime", StandingClock)
        if name.startswith("specter_tui.console") and getattr(module, "date", None) is date:
            patch.setattr(module, "date", StandingDay)


async def draw(size: Size, language: Language, folder: Path) -> dict[str, str]:
    """Go once through one console, the overview of three shops, and the set-up; draw each screen."""
    return (
        await draw_console(size, language, folder)
        | await draw_shops(size, language, folder)
        | await draw_setup(size, language)
    )


def opened(
    tell: Callable[[m.Message], None], path: Path, told: Sequence[m.Message] = morning.TOLD, **more: str
) -> ScriptedEngine:
    engine = ScriptedEngine(tell, settings_of(JOURNAL__URL=f"sqlite:///{path}", **more))
    engine.answers["preview"] = lambda uid: [morning.PREVIEWS[uid]]
    engine.answers["sum_up"] = lambda uids: [morning.summed(uids)]
    engine.answers["history"] = lambda uid: [morning.history(uid)]
    engine.answers["activity"] = lambda _: [morning.HOURS]
    engine.drifted, engine.delivered = list(morning.DRIFT), list(morning.DELIVERIES)
    for message in told:
        tell(message)
    return engine


def journal_in(folder: Path, shop: int = 22222) -> Path:
    path = folder / str(shop) / "journal.db"
    Journal.open(path, shop, Operator("anna", "kassa")).close()
    return path


async def draw_console(size: Size, language: Language, folder: Path) -> dict[str, str]:
    made: list[ScriptedEngine] = []
    path = journal_in(folder)

    def open_engine(tell: Callable[[m.Message], None]) -> ScriptedEngine:
        made.append(opened(tell, path, UI__LANGUAGE=language))
        return made[0]

    leaving = GracefulShutdown(5.0)
    app = ConsoleApp(open_engine, leaving, environment=TERMINAL, language=language, views_file=folder / "views")
    drawn: dict[str, str] = {}
    async with app.run_test(size=size) as pilot:
        while not (made and app.model.looked_at):
            app.bridge.key_pressed()
            await pilot.pause(0.02)
        console = Quick(app, pilot, made[0], leaving)
        await console.press("home")
        for name, scene in SCENES.items():
            await scene.there(console)
            await console.rest()
            drawn[name] = picture(app.export_screenshot(simplify=True), size)
            await scene.back(console)
    return drawn


async def draw_shops(size: Size, language: Language, folder: Path) -> dict[str, str]:
    supervisor = House(refused={"slarvig": ("/etc/shops/slarvig.env: ORDER__SINCE: is missing",)})

    def open_house(hear: Hear) -> House:
        for number, name in ((101, "bok"), (102, "cykel"), (103, "fisk")):
            hear(m.ShopOpened(), number)
            supervisor.names[number] = name
            supervisor.engines[number] = opened(
                lambda message, shop=number: hear(message, shop),
                journal_in(folder, number),
                ABICART__WEBSHOP=str(number),
                UI__LANGUAGE=language,
            )
        return supervisor

    app = ConsoleApp(
        open_house, GracefulShutdown(5.0), environment=TERMINAL, language=language, views_file=folder / "views"
    )
    async with app.run_test(size=size) as pilot:
        while len(supervisor.engines) < 3:
            await pilot.pause(0.02)
        app.bridge.key_pressed()
        while app.front != "shops":
            await pilot.pause(0.02)
        await pilot.pause(0.2)
        return {"shops": picture(app.export_screenshot(simplify=True), size)}


async def draw_setup(size: Size, language: Language) -> dict[str, str]:
    set_locale(language)
    ways = Told()
    app = SetupApp(ways, GracefulShutdown(0.0), TERMINAL)
    drawn: dict[str, str] = {}
    async with app.run_test(size=size) as pilot:

        async def take(name: str) -> None:
            await pilot.pause(0.1)
            drawn[f"setup-{name}"] = picture(app.export_screenshot(simplify=True), size)

        await take("welcome")
        await pilot.press("enter")
        await pilot.press(*"22222", "enter", *"nyckel", "enter", "enter")
        await take("shop")
        await pilot.press("enter")
        ways.outcome = "refused"
        await pilot.press(*"1234", "enter", "enter", *"ett", "enter", *"fel", "enter", "enter")
        await take("specter")
        await pilot.press("f2")
        await take("orders")
        app.go_on()
        await take("write")
    return drawn


@dataclass
class Told:
    """Invented results for the set-up."""

    outcome: str = "ok"
    file: Path = Path("/home/anna/.config/specter-tui/settings.env")
    name: str = "Kaffe & Te"
    currency: str = "SEK"

    @property
    def text(self) -> str:
        return "" if self.outcome == "ok" else "Specter refuses: Felaktig nyckel (code 1); check the SPECTER__ keys"

    def fits(self, name: str, text: str) -> bool:
        return fits(name, text)

    def attempt(self, side: Side, values: Values) -> "Told":
        return Told(self.outcome)

    def draft(self) -> dict[str, str]:
        return {}

    def keep_draft(self, values: Values) -> None:
        """Do nothing: no draft is kept."""

    def write(self, values: Values, language: Language, *, replace: bool) -> None:
        raise AssertionError


@pytest.fixture(scope="module", params=PLACES, ids=lambda place: f"{place[0][0]}x{place[0][1]}-{place[1]}")
def drawn(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[str, str]]:
    size, language = request.param
    with pytest.MonkeyPatch.context() as patch:
        stop_clocks(patch)
        yield asyncio.run(draw(size, language, tmp_path_factory.mktemp("journal")))


@pytest.mark.parametrize("screen", [*SCENES, "shops", *(f"setup-{name}" for name in SETUP)])
def test_screen(
    drawn: dict[str, str], screen: str, snap_compare: Callable[[App[None]], bool], monkeypatch: pytest.MonkeyPatch
) -> None:
    """The plugin starts an app for each picture; here one run makes many, so it is given the finished picture."""
    monkeypatch.setattr(_doc, "take_svg_screenshot", lambda **_: drawn[screen])
    assert snap_compare(App())
