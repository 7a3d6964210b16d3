"""Render the pictures of README and guides from the running console on the sandbox: `make picture`."""

import asyncio
import sys
import tempfile
from collections.abc import AsyncIterator, Callable
from contextlib import ExitStack, asynccontextmanager
from pathlib import Path
from typing import get_args
from unittest.mock import patch

from textual.app import App
from textual.pilot import Pilot

from specter_tui.cli.commands.console_shops import open_console_shops
from specter_tui.cli.commands.setup import UserSetup
from specter_tui.config.settings import Settings, load_settings
from specter_tui.config.shops import load_shops
from specter_tui.console.app import ConsoleApp
from specter_tui.console.engine_ports import Hear, OpenEngine
from specter_tui.console.setup.setup_app import SetupApp
from specter_tui.console.shutdown import GracefulShutdown
from specter_tui.engine.concurrency import journal_queue
from specter_tui.engine.events import OrderView
from specter_tui.engine.runtime.engine_thread import Engine
from specter_tui.i18n import Language, locale, set_locale, t
from specter_tui.journal.safety.operators import Operator
from specter_tui.sandbox.sandbox import Sandbox
from specter_tui.sandbox.server.faults import Fault
from specter_tui.sandbox.server.options import SandboxOptions
from specter_tui.sandbox.shop.order_edits import edit_row
from tools.svg import picture

FOLDER = Path(__file__).parent / "pictures"
BIG, SMALL = (120, 36), (90, 26)


class Camera:
    """Takes pictures of an app at its size."""

    def __init__(self, app: App[int], pilot: Pilot[int], folder: Path, size: tuple[int, int]) -> None:
        self.screen, self.pilot, self.folder, self.size = app, pilot, folder, size

    async def press(self, *keys: str) -> None:
        for key in keys:
            await self.pilot.press(key)
            await self.pilot.pause(0.1)
        await self.pilot.pause(0.4)

    async def take(self, name: str) -> None:
        await self.pilot.pause(0.3)
        drawn = picture(self.screen.export_screenshot(simplify=True), self.size)
        (self.folder / f"{name}.svg").write_text(drawn, encoding="utf-8")


class Photographer(Camera):
    """A console on a sandbox, and the folder of its pictures."""

    def __init__(self, app: ConsoleApp, pilot: Pilot[int], sandbox: Sandbox, folder: Path) -> None:
        super().__init__(app, pilot, folder, BIG)
        self.app, self.sandbox = app, sandbox

    async def resize(self, size: tuple[int, int]) -> None:
        self.size = size
        await self.pilot.resize_terminal(*size)
        await self.pilot.pause(0.5)

    async def until(self, condition: Callable[[], bool]) -> None:
        for _ in range(300):
            if condition():
                return
            await self.pilot.pause(0.1)
        raise TimeoutError("the console did not come so far")

    def orders(self, state: str) -> list[OrderView]:
        return [view for view in self.app.model.orders.views.values() if view.state == state]

    async def go_to(self, view: OrderView) -> None:
        self.app.main.panes["orders"].rows.move_to(view.uid)
        await self.pilot.pause(0.5)


async def morning(it: Photographer) -> None:
    """Export everything, in the order of the guide."""
    await it.until(lambda: len(it.app.model.orders.views) > 30)
    await it.pilot.pause(1.5)
    await it.take("morning")
    it.sandbox.faults["specter"].add(Fault(kind="lost", call="newOrderSubmit", skip=9, after=True))
    await it.press("E")
    await it.take("ask-all")
    await it.press(*str(len(it.orders("ready"))), "enter")
    await it.until(lambda: len(it.orders("exported")) > 20 and not it.orders("sending") and not it.orders("ready"))
    for _ in range(2):
        it.sandbox.arrivals.place()
    await it.press("r")
    await it.pilot.pause(2)
    await it.take("exported")


async def trouble(it: Photographer) -> None:
    """Show an order that was not exported, one whose answer was lost, and bad article numbers."""
    await it.resize(SMALL)
    for state in ("blocked", "refused", "unknown"):
        await it.go_to(it.orders(state)[0])
        await it.press("enter")
        await it.take(state)
        if state == "unknown":
            await it.press("n")
            await it.take("ask-number")
            await it.press("escape")
        await it.press("escape")
    await it.press("3")
    await it.take("numbers")
    await it.press("space", "space", "space", "x")
    await it.take("ask-numbers")
    await it.press("escape", "escape", "1")


async def lists(it: Photographer) -> None:
    """Show the log, drift, deliveries, methods, and the report."""
    for view in it.orders("exported")[:2]:
        change_order(it.sandbox, view.uid)
    for _ in range(6):
        it.sandbox.happenings.happen()
    await it.press("r")
    await it.until(lambda: bool(it.app.model.goods.drift.open))
    for key, name in (("2", "log"), ("d", "drift"), ("l", "deliveries"), ("m", "methods"), ("i", "today")):
        await it.press(key)
        await it.pilot.pause(1)
        await it.take(name)
        await it.press("escape", "1")
    await it.press("b")
    await it.pilot.pause(1)
    await it.press("left")
    await it.until(lambda: it.app.model.goods.report is not None)
    await it.take("report")
    await it.press("escape")


async def finding(it: Photographer) -> None:
    """Show filter, palette and keys."""
    column = {"sv": "summa", "en": "total"}[locale()]
    await it.press("slash", *column, "greater_than_sign", *"1000")
    await it.take("filter")
    await it.press("escape", "escape")
    await it.press("s")
    await it.take("sort")
    await it.press("escape")
    await it.press("ctrl+p")
    await it.take("commands")
    await it.press("escape")
    await it.press("question_mark")
    await it.take("keys")
    await it.press("escape")


SCENES = (morning, trouble, lists, finding)


def change_order(sandbox: Sandbox, uid: int) -> None:
    """Edit a row of an exported order, as the shop's people do."""
    row = sandbox.shop.expanded(uid)["items"][0]
    edit_row(sandbox.shop, uid, row["uid"], row["choices"]["quantity"] + 1)


@asynccontextmanager
async def photographer(language: Language, open_shops: OpenEngine, sandbox: Sandbox) -> AsyncIterator[Photographer]:
    folder = FOLDER / language
    folder.mkdir(parents=True, exist_ok=True)
    app = ConsoleApp(
        open_shops, GracefulShutdown(grace=10), banner=banner(language), environment={"TERM": "xterm-256color"},
        language=language,
    )  # fmt: skip
    async with app.run_test(size=BIG) as pilot:
        yield Photographer(app, pilot, sandbox, folder)
        await pilot.press("q")
        await pilot.pause(1)


def settings_of(sandbox: Sandbox, folder: Path, language: Language) -> dict[str, str]:
    return {
        **sandbox.settings,
        "JOURNAL__URL": f"sqlite:///{folder}/journal-{sandbox.shop.webshop}/journal.db",
        "JOURNAL__SEEN": str(folder),
        "DELIVERY__SYNC": "true",
        "SPECTER__REFUSES_DUPLICATES": "false",
        "UI__LANGUAGE": language,
    }


def banner(language: Language) -> str:
    set_locale(language)
    return t("DEMO: sandbox, nothing real")


def opener(settings: Settings) -> OpenEngine:
    def open_engine(listener: Hear) -> Engine:
        engine = Engine(settings, listener)
        engine.start(watch=True)
        return engine

    return open_engine


async def take_all(language: Language) -> None:
    # The log shows operators; the pictures must not show the real one.
    with patch.object(journal_queue, "current_operator", lambda: Operator("anna", "kontoret")):
        await _take_all(language)


async def _take_all(language: Language) -> None:
    with tempfile.TemporaryDirectory() as place, Sandbox(SandboxOptions()) as sandbox:
        settings = load_settings(None, settings_of(sandbox, Path(place), language))
        async with photographer(language, opener(settings), sandbox) as it:
            for scene in SCENES:
                await scene(it)
    with tempfile.TemporaryDirectory() as place, ExitStack() as running:
        await take_shops(language, Path(place), running)
    await take_first_start(language)


async def take_first_start(language: Language) -> None:
    """Take the first question of the set-up."""
    set_locale(language)
    home = Path("/home/anna/.config/specter-tui/settings.env")
    app = SetupApp(UserSetup(home), GracefulShutdown(grace=1), {"TERM": "xterm-256color"})
    async with app.run_test(size=SMALL) as pilot:
        set_locale(language)
        it = Camera(app, pilot, FOLDER / language, SMALL)
        await it.press("enter", *"22033", "enter")
        await it.take("first-start")


async def take_shops(language: Language, place: Path, running: ExitStack) -> None:
    """Take the overview of three shops."""
    shops = place / "shops"
    shops.mkdir()
    for seed, name in enumerate(("fjall", "kok", "tradgard"), start=1):
        sandbox = running.enter_context(Sandbox(SandboxOptions(seed=seed, webshop=22032 + seed, orders=12 * seed)))
        file = shops / f"{name}.env"
        lines = (f"{key}='{value}'\n" for key, value in settings_of(sandbox, place, language).items())
        file.write_text("".join(lines), encoding="utf-8")
        file.chmod(0o600)
    found = load_shops([shops], place, {})
    async with photographer(language, lambda listener: open_console_shops(found, listener), sandbox) as it:
        await it.resize(SMALL)
        await it.pilot.pause(4)
        if it.app.front != "shops":
            await it.press("o")
        await it.take("shops")


def main() -> None:
    for language in sys.argv[1:] or get_args(Language):
        asyncio.run(take_all(language))


if __name__ == "__main__":
    main()
