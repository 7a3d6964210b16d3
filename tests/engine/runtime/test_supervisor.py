"""Many shops on one loop: each opens, works and fails separately; none delays or harms another."""

import threading
from collections import defaultdict
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from typing import Any

import pytest

from specter_tui.config.settings import load_settings
from specter_tui.config.shops import ShopFile
from specter_tui.engine.context import ShopContext
from specter_tui.engine.events import ExportEnded, Message, Notice, ReachChanged, ShopOpened, Stopped
from specter_tui.engine.runtime.supervisor import ALL_SHOPS, Supervisor
from specter_tui.engine.shop_parts import ShopParts
from specter_tui.sandbox.sandbox import Sandbox
from specter_tui.sandbox.server.faults import Fault
from specter_tui.sandbox.server.options import SandboxOptions
from tests.support.multi_shop_sandbox import MultiShopSandbox

PATIENCE = 60.0


@contextmanager
def mall_of(shops: int, orders: int = 1) -> Iterator[MultiShopSandbox]:
    with MultiShopSandbox(shops, SandboxOptions(orders=orders, articles=8, plain=True)) as mall:
        yield mall


class Supervised:
    """A supervisor driven by a test: its messages are kept by shop."""

    def __init__(self, shops: list[ShopFile]) -> None:
        self.heard: dict[int, list[Any]] = defaultdict(list)
        self._news = threading.Condition()
        self.supervisor = Supervisor(shops, self._hear)

    def _hear(self, shop: int, message: Message) -> None:
        with self._news:
            self.heard[shop].append(message)
            self._news.notify_all()

    def told(self, shop: int, kind: type) -> list[Any]:
        return [one for one in list(self.heard[shop]) if isinstance(one, kind)]

    def wait(self, fits: Callable[[], object], why: str) -> None:
        with self._news:
            assert self._news.wait_for(fits, PATIENCE), why

    def leave(self) -> None:
        self.supervisor.shut_down()
        assert self.supervisor.join(PATIENCE), "the house does not stop"


@pytest.fixture
def file(tmp_path) -> Callable[..., ShopFile]:
    """Write a shop's settings, with a journal of its own."""

    def file(shop: Sandbox, **others: str) -> ShopFile:
        number = shop.options.webshop
        own = {
            "JOURNAL__URL": f"sqlite:///{tmp_path / str(number) / 'journal.db'}",
            "ORDER__EXPORT": "registered",
            "WATCH__INTERVAL": "0.2",
            "UI__LANGUAGE": "en",
        }
        return ShopFile(load_settings(None, {**shop.settings, **own, **others}))

    return file


@pytest.fixture
def supervised() -> Iterator[Callable[..., Supervised]]:
    with ExitStack() as running:

        def start(shops: list[ShopFile]) -> Supervised:
            made = Supervised(shops)
            made.supervisor.start(watch=True)
            running.callback(made.leave)
            return made

        yield start


def numbers(mall: MultiShopSandbox) -> list[int]:
    return [shop.options.webshop for shop in mall.shops]


def test_every_shop_is_served_and_named(file, supervised):
    with mall_of(4, orders=2) as mall:
        supervisor = supervised([file(shop) for shop in mall.shops])
        supervisor.wait(lambda: supervisor.told(ALL_SHOPS, ShopOpened), "not all were tried")
        supervisor.wait(
            lambda: all(len(supervisor.told(n, ExportEnded)) == 2 for n in numbers(mall)), "not all were exported"
        )
        supervisor.leave()
        assert [len(shop.specter.orders) for shop in mall.shops] == [2, 2, 2, 2]
        assert supervisor.told(ALL_SHOPS, Stopped) == [Stopped("")]
        assert not any(supervisor.told(n, Stopped) for n in numbers(mall))


def test_what_happens_to_one_shop_happens_to_no_other(file, supervised, tmp_path, monkeypatch):
    """A shop that does not answer, one with a bad key, one without a journal, one with a program error.

    And a good one.
    """
    with mall_of(5) as mall:
        dead, refused, broken, clumsy, good = mall.shops
        dead.faults["shop"].add(Fault(kind="delay", seconds=4, times=None))
        broken_file = tmp_path / str(broken.options.webshop) / "journal.db"
        broken_file.parent.mkdir(mode=0o700)
        broken_file.write_bytes(b"not a journal, " * 500)
        shops = [file(one) for one in (dead, broken, clumsy, good)]
        shops.append(file(refused, SPECTER__INTEGRATION_KEY="wrong"))
        monkeypatch.setattr("specter_tui.engine.runtime.shop_worker.back_off", lambda _tries: 0.05)
        monkeypatch.setattr("specter_tui.engine.runtime.supervisor.back_off", lambda _tries: 0.05)
        _stumble(monkeypatch, clumsy.options.webshop, times=2)
        supervisor = supervised(shops)
        number = good.options.webshop
        supervisor.wait(lambda: supervisor.told(number, ExportEnded), "the good one waits for the others")
        supervisor.wait(lambda: supervisor.told(clumsy.options.webshop, ExportEnded), "its work does not begin again")
        stumbled = [
            one.text for one in supervisor.told(clumsy.options.webshop, Notice) if "ZeroDivisionError" in one.text
        ]
        assert len(stumbled) == 2
        supervisor.wait(
            lambda: any(one.halted for one in supervisor.told(refused.options.webshop, ReachChanged)),
            "the key was accepted",
        )
        (trouble, *_) = supervisor.told(broken.options.webshop, ShopOpened)
        assert "not a journal" in trouble.trouble
        assert supervisor.supervisor.closed.keys() == {broken.options.webshop}
        broken_file.unlink()
        supervisor.wait(lambda: supervisor.told(broken.options.webshop, ExportEnded), "it is not tried again")
        assert supervisor.supervisor.closed == {}
        assert [len(one.specter.orders) for one in (dead, refused, broken, clumsy, good)] == [0, 0, 1, 1, 1]
        dead.faults["shop"].clear()


def _stumble(monkeypatch, shop: int, times: int) -> None:
    """Make the turns of one shop fail with an unexpected error."""
    made, left = ShopParts.__init__, [times]

    def make(parts: ShopParts, context: ShopContext) -> None:
        made(parts, context)
        whole = parts.auto_export.turn

        async def turn(**how: Any) -> list[ExportEnded]:
            if context.settings.abicart.webshop == shop and left[0]:
                left[0] -= 1
                return [1 // 0]  # type: ignore[list-item]
            return await whole(**how)

        monkeypatch.setattr(parts.auto_export, "turn", turn)

    monkeypatch.setattr(ShopParts, "__init__", make)


def test_a_shop_with_many_orders_holds_up_none_with_one(file, supervised, monkeypatch):
    monkeypatch.setattr("specter_tui.engine.auto_export.MOST_AT_FIRST", 1000)
    with mall_of(2, orders=0) as mall:
        crowded, single = mall.shops
        for _ in range(250):
            mall.place(crowded)
        supervisor = supervised([file(crowded), file(single)])
        supervisor.wait(lambda: len(supervisor.told(crowded.options.webshop, ExportEnded)) > 5, "nothing is exported")
        mall.place(single)
        supervisor.wait(lambda: supervisor.told(single.options.webshop, ExportEnded), "it waits")
        assert len(crowded.specter.orders) < 250
        supervisor.leave()
