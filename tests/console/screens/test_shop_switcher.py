"""Several shops in one console: the overview, and switching between shops."""

from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, NoReturn

import pytest

from specter_tui.console.app import ConsoleApp
from specter_tui.console.commands import send_hold
from specter_tui.console.engine_ports import Hear
from specter_tui.console.shutdown import GracefulShutdown
from specter_tui.console.viewmodel.shop_view_model import ShopViewModel
from specter_tui.engine import events as m
from specter_tui.journal.models import Stop
from tests.console.conftest import LARGE, MIDDLE, SMALL, Console, Run, view
from tests.console.scripted import NOON, ScriptedEngine, plan_of, settings_of

FIRST, SECOND, THIRD = 101, 102, 103


@dataclass
class House:
    """A supervisor of scripted engines, as the console uses it."""

    engines: dict[int, ScriptedEngine | None] = field(default_factory=dict)
    names: dict[int, str] = field(default_factory=dict)
    refused: dict[str, tuple[str, ...]] = field(default_factory=dict)
    left: int = 0

    def shut_down(self, *, hung_up: bool = False) -> None:
        self.left += 1


@dataclass
class Shops:
    console: Console
    supervisor: House
    hear: Hear

    def engine(self, shop: int) -> ScriptedEngine:
        engine = self.supervisor.engines[shop]
        assert engine is not None
        return engine

    async def tell(self, shop: int, *messages: m.Message) -> None:
        self.console.app.bridge.key_pressed()
        for message in messages:
            self.hear(message, shop)
        await self.console.settle()
        await self.console.drawn()
        await self.console.settle()

    def row(self, shop: int) -> str:
        return next(line for line in self.console.text().splitlines() if f" {shop} " in line)


Open = Callable[..., AbstractAsyncContextManager[Shops]]


@pytest.fixture
def shops(journal_settings: dict[str, str], tmp_path: Path) -> Open:
    """Open a console on three shops with two orders each; 101 is real, the others are on this machine."""

    @asynccontextmanager
    async def shops(size: tuple[int, int] = MIDDLE, **refused: tuple[str, ...]) -> AsyncIterator[Shops]:
        supervisor, heard = House(refused=refused), []

        def open_house(hear: Hear) -> House:
            heard.append(hear)
            for number, name in ((FIRST, "bok"), (SECOND, "cykel"), (THIRD, "fisk")):
                test = {} if number == FIRST else {"ABICART__URL": "http://127.0.0.1:9/"}
                settings = settings_of(**journal_settings | test, ABICART__WEBSHOP=str(number))
                engine = ScriptedEngine(lambda message, shop=number: hear(message, shop), settings)
                engine.answers["preview"] = lambda uid: [m.PreviewReady(uid, plan_of(view(uid)), None)]
                supervisor.engines[number], supervisor.names[number] = engine, name
                hear(m.ShopOpened(), number)
                hear(m.ReachChanged("shop", "ok"), number)
                hear(m.OrdersChanged((view(number * 10), view(number * 10 + 1, state="blocked"))), number)
                hear(m.PollFinished(NOON, None), number)
            return supervisor

        app = ConsoleApp(
            open_house,
            leaving := GracefulShutdown(5.0),
            environment={"TERM": "xterm-256color"},
            language="en",
            views_file=tmp_path / "config" / "views.json",
        )
        async with app.run_test(size=size) as pilot:
            while not supervisor.engines:
                await pilot.pause(0.02)
            console = Console(app, pilot, supervisor.engines[FIRST], leaving)  # type: ignore[arg-type]
            app.bridge.key_pressed()
            while app.front != "shops":  # what it opens with, once all is imported.
                await pilot.pause(0.02)
            await pilot.pause(0.2)
            yield Shops(console, supervisor, heard[0])

    return shops


@pytest.mark.parametrize("size", [SMALL, MIDDLE, LARGE])
async def test_it_begins_with_all_shops(shops: Open, size: tuple[int, int]):
    async with shops(size, slarvig=("/etc/shops/slarvig.env: ORDER__SINCE: is missing",)) as at:
        screen = at.console.text()
        assert "Shops · 3" in screen
        assert "✗ ORDER__S" in screen
        assert all(name in screen for name in ("bok", "cykel", "fisk", "slarvig"))
        assert at.row(FIRST).split()[1:6] == ["101", "bok", "LIVE", "2", "1"]
        assert at.row(SECOND).split()[1:6] == ["102", "cykel", "TEST", "2", "1"]


async def test_what_happens_in_a_shop_behind_shows_in_its_row(shops: Open):
    async with shops() as at:
        await at.tell(THIRD, m.OrdersChanged((view(7, state="unknown", step="order"), view(8))))
        assert [word for word in at.row(THIRD).split() if word.isdigit()][:4] == ["103", "4", "2", "1"]
        await at.tell(SECOND, m.ReachChanged("specter", "refused", "bad key", halted=True))
        assert "bad key" in at.row(SECOND)
        assert "1 in trouble" in at.console.text()
        await at.tell(SECOND, m.ReachChanged("specter", "ok"))
        await at.tell(THIRD, m.ShopOpened("the journal is locked"))
        assert "the journal is" in at.row(THIRD)
        assert "in trouble" in at.console.text()
        await at.tell(THIRD, m.ShopOpened())
        assert "in trouble" not in at.console.text()


async def test_each_shop_keeps_its_marks_filter_and_cursor(shops: Open):
    async with shops() as at:
        console = at.console
        await console.press("enter")
        assert "Shop 101 bok" in console.text()
        assert "LIVE" in console.text()
        await console.press("space")
        marked = dict(console.app.model.orders.marks)
        assert marked
        await console.press("greater_than_sign")
        await console.pilot.pause(0.1)
        assert "Shop 102 cykel" in console.text()
        assert "TEST" in console.text()
        assert not console.app.model.orders.marks
        await console.press("down", "slash")
        await console.press("b", "l", "o", "enter")
        cursor, filtered = console.app.model.orders.cursor, console.app.model.orders.filter_text
        assert filtered == "blo"
        await console.press("less_than_sign")
        assert console.app.model.orders.marks == marked
        await console.press("greater_than_sign")
        assert (console.app.model.orders.cursor, console.app.model.orders.filter_text) == (cursor, filtered)
        await console.press("escape", "greater_than_sign", "greater_than_sign")
        assert "Shop 101 bok" in console.text(), "round and round"


async def test_a_key_acts_on_the_shop_in_front_and_on_none_from_the_overview(shops: Open):
    async with shops() as at:
        for key in ("E", "a", "e", "r", "R", "c", "n", "d"):
            await at.console.press(key)
        assert "Go to a shop first" in at.console.text()
        assert at.console.app.front == "shops"
        at.console.app.typed_behind_until = 0.0  # a person has read that by now.
        await at.console.press("down", "enter")
        await at.console.pilot.pause(0.1)
        await at.console.press("up", "e")
        assert [at.engine(shop).asked("export") != [] for shop in (FIRST, SECOND, THIRD)] == [False, True, False]
        assert [bool(at.engine(shop).asked("poll")) for shop in (FIRST, SECOND, THIRD)] == [False] * 3


STOP = Stop("wrong prices", "anna", "kassa", NOON)


async def test_S_in_the_overview_stops_all_shops_and_lets_all_go_on(shops: Open):
    every = (FIRST, SECOND, THIRD)
    async with shops() as at:
        await at.console.press("S")
        assert "all 3 shops" in at.console.text()
        await at.console.type("wrong prices")
        await at.console.answer("enter")
        assert [at.engine(shop).asked("stop") for shop in every] == [[("wrong prices",)]] * 3
        for shop in (FIRST, SECOND):
            await at.tell(shop, m.StopChanged(STOP))
        await at.console.press("S")
        await at.console.type("the third, too")
        await at.console.answer("enter")
        assert [len(at.engine(shop).asked("stop")) for shop in every] == [1, 1, 2], "what stands is not stopped again"
        assert not any(at.engine(shop).asked("resume") for shop in every), "while one shop sends, S stops"
        await at.tell(THIRD, m.StopChanged(STOP))
        await at.console.press("S")
        await at.console.type("prices are right")
        await at.console.answer("enter")
        assert [at.engine(shop).asked("resume") for shop in every] == [[("prices are right",)]] * 3


async def test_S_in_one_shop_is_for_that_shop_alone(shops: Open):
    async with shops() as at:
        await at.console.press("down", "enter")
        await at.console.pilot.pause(0.1)
        await at.console.press("S")
        assert "this shop" in at.console.text()
        await at.console.type("wrong prices")
        await at.console.answer("enter")
        assert [len(at.engine(shop).asked("stop")) for shop in (FIRST, SECOND, THIRD)] == [0, 1, 0]


async def test_the_overview_is_filtered_and_sorted_and_stays_so(shops: Open):
    async with shops(slarvig=("/etc/shops/slarvig.env: ORDER__SINCE: is missing",)) as at:
        console = at.console
        await at.tell(THIRD, m.OrdersChanged((view(7, state="unknown", step="order"),)))
        await at.tell(SECOND, m.ReachChanged("specter", "out_of_reach", "no answer"))

        def listed() -> list[object]:
            return list(console.app.rows.source.keys)

        for text, left in (
            ("settle>0", [THIRD]),
            ("väntar>2", [THIRD]),
            ("trouble:answer", [SECOND]),
            ("102", [SECOND]),
            ("kind:live", [FIRST]),
            ("slarv", ["slarvig"]),
            ("cyk", [SECOND]),
        ):
            await console.press("slash", "ctrl+u", *text, "enter")
            assert listed() == left, text
        await console.press("o", "o")
        assert (listed(), console.app.rows.cursor) == ([SECOND], SECOND)
        await console.press("escape", "s", "2")
        assert listed() == [FIRST, SECOND, THIRD, "slarvig"]
        await console.press("s", "2")
        assert listed() == ["slarvig", THIRD, SECOND, FIRST]
        assert "▼ Name" in console.text()


async def test_a_shop_comes_into_a_filtered_overview_when_it_is_in_trouble(shops: Open):
    async with shops() as at:
        await at.console.press("slash", *"settle>0", "enter")
        assert "Nothing matches the filter" in at.console.text()
        await at.tell(THIRD, m.OrdersChanged((view(7, state="refused"),)))
        assert "103" in at.row(THIRD)


async def test_a_redrawn_overview_looks_at_no_order_that_did_not_change(shops: Open):
    class Unread(dict[int, m.OrderView]):
        def values(self) -> NoReturn:
            raise AssertionError

        items = values

    async with shops() as at:
        for tab in at.console.app.shops.all.values():
            tab.model.orders.views = Unread(tab.model.orders.views)
        await at.tell(SECOND, m.ReachChanged("specter", "out_of_reach", "no answer"))
        assert "no answer" in at.row(SECOND)
        assert at.row(SECOND).split()[1:6] == ["102", "cykel", "TEST", "2", "1"]


async def test_what_is_held_for_a_moment_is_not_sent_from_another_shop(shops: Open, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(send_hold, "_TICK", 0.02)
    monkeypatch.setattr(send_hold, "SECONDS", 3000)  # ticks: no machine is so slow that they pass before the next key.
    async with shops() as at:
        await at.console.press("enter")
        await at.tell(FIRST, m.OrdersChanged((view(1), view(2), view(3))))
        await at.console.press("E")
        await at.console.answer("y")
        held = at.console.app.model
        assert held.held == 4, at.console.text()
        await at.console.press("greater_than_sign")
        assert held.held == 0
        await at.console.pilot.pause(0.3)
        assert not any(at.engine(shop).asked("export") for shop in (FIRST, SECOND, THIRD))


async def test_what_a_shop_behind_asks_of_its_catalogue_waits_until_someone_comes(shops: Open):
    async with shops() as at:
        assert [len(at.engine(shop).asked("check_numbers")) for shop in (FIRST, SECOND, THIRD)] == [1, 0, 0]
        await at.console.press("down", "enter", "less_than_sign", "greater_than_sign")
        assert [len(at.engine(shop).asked("check_numbers")) for shop in (FIRST, SECOND, THIRD)] == [1, 1, 0]


async def test_a_file_that_cannot_be_used_is_no_place_to_go(shops: Open):
    sentence = "/etc/shops/slarvig.env: ORDER__SINCE: is missing"
    async with shops(LARGE, slarvig=(sentence,)) as at:
        await at.console.press("end")
        assert sentence in at.console.text()
        await at.console.press("enter")
        assert "cannot be used" in at.console.text()
        assert at.console.app.front == "shops"


async def test_leaving_leaves_all_and_names_what_is_in_flight_anywhere(shops: Open):
    async with shops() as at:
        await at.console.press("q")
        assert at.supervisor.left == 1
        await at.tell(SECOND, m.Draining(("2001",)))
        await at.tell(THIRD, m.Draining(("3001",)))
        await at.console.tell(m.Draining(()))
        assert {"2001", "3001"} <= set(at.console.app.shops.in_flight())
        at.hear(m.Stopped())
        await at.console.pilot.pause(0.1)
        assert at.console.app.return_code == 0


async def test_of_one_shop_the_overview_says_how_to_have_more(run: Run):
    async with run() as console:
        await console.press("o")
        assert "Shops · 1" in console.text()
        assert "--settings FOLDER" in console.text()
        await console.press("o")
        assert console.app.front == "orders"
        await console.press("greater_than_sign")
        assert "only one shop" in console.text()


@pytest.mark.parametrize("way", [("o", "down", "enter"), (">",), ("<",)])
async def test_leaving_the_shop_takes_back_what_is_held_and_says_so_in_the_other(
    shops: Open, monkeypatch: pytest.MonkeyPatch, way: tuple[str, ...]
):
    monkeypatch.setattr(send_hold, "_TICK", 0.02)
    monkeypatch.setattr(send_hold, "SECONDS", 3000)
    told: dict[int, list[str]] = {}
    tell = ShopViewModel.tell

    def note(model: ShopViewModel, text: str, *level: Any) -> None:
        told.setdefault(id(model), []).append(text)
        tell(model, text, *level)

    monkeypatch.setattr(ShopViewModel, "tell", note)
    names = {">": "greater_than_sign", "<": "less_than_sign"}
    async with shops() as at:
        console = at.console
        await console.press("enter")
        await at.tell(FIRST, m.OrdersChanged(tuple(view(uid) for uid in range(1, 4))))
        await console.press("E")
        await console.answer("y")
        assert console.app.model.held == 4
        await console.press("o", "o")
        assert console.app.model.held == 4
        await console.press("o", "enter")
        assert console.app.model.held == 4
        await console.press(*(names.get(key, key) for key in way))
        assert console.app.shops.current.number != FIRST
        said = told[id(console.app.model)]  # what the journals of these engines lack is told over it.
        assert said[0].startswith("4 orders of shop 101 bok were not sent")
        await console.pilot.pause(0.1)
        assert not at.engine(FIRST).asked("export")


async def test_esc_takes_back_in_the_overview(shops: Open, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(send_hold, "_TICK", 0.02)
    monkeypatch.setattr(send_hold, "SECONDS", 3000)
    async with shops() as at:
        await at.console.press("enter")
        await at.tell(FIRST, m.OrdersChanged(tuple(view(uid) for uid in range(1, 4))))
        await at.console.press("E")
        await at.console.answer("y")
        await at.console.press("o", "down", "escape")
        assert "none of the 4 orders was sent" in at.console.text()
        assert at.console.app.front == "shops"
        assert not at.engine(FIRST).asked("export")
