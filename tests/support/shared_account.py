"""Two shops with one Specter API user, with articles of one, of the other, of both, and of neither."""

import threading
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from decimal import Decimal
from pathlib import Path
from typing import Any, Self, TypeVar

from specter_tui.config.settings import load_settings
from specter_tui.config.shops import ShopFile
from specter_tui.engine.events import Message, ShopOpened
from specter_tui.engine.runtime.engine_thread import Engine
from specter_tui.engine.runtime.supervisor import ALL_SHOPS, Supervisor
from specter_tui.sandbox.sandbox import Sandbox
from specter_tui.sandbox.server.options import SandboxOptions
from specter_tui.sandbox.shop.patch_rules import write_by_hand
from specter_tui.sandbox.specter.operations import count_stock

M = TypeVar("M")
FIRST, SECOND = 101, 102
PATIENCE = 60.0
OF_FIRST, OF_SECOND, OF_BOTH, OF_NOBODY = "ALFA-1", "BETA-1", "BADA-1", "INGEN-1"
SERVICE = ("DELIVERY", "PAYMENT_FEE", "COD", "DISCOUNT", "GIFT_CARD", "ROUNDING")


class SharedAccount:
    """Two sandboxes; the second shop's settings name the Specter of the first."""

    def __init__(self, folder: Path, orders: int = 0) -> None:
        self.folder = folder
        options = {"orders": orders, "articles": 8, "plain": True, "variants_per_article": 0}
        self.first = Sandbox(SandboxOptions(webshop=FIRST, **options))
        self.second = Sandbox(SandboxOptions(webshop=SECOND, sbm_id="9", **options))
        self.specter = self.first.specter
        for sandbox, numbers in ((self.first, (OF_FIRST, OF_BOTH)), (self.second, (OF_SECOND, OF_BOTH))):
            for number, uid in zip(numbers, counted(sandbox), strict=False):
                write_by_hand(sandbox.shop, "Article", uid, {"articleNumber": number})
        for number in (OF_FIRST, OF_SECOND, OF_BOTH, OF_NOBODY):
            self.specter.add_article(number, {"name": number}, {1: Decimal(0)})

    def settings(self, sandbox: Sandbox, **others: str) -> dict[str, str]:
        """Return settings of one of the shops, with a journal of its own in a file."""
        number = sandbox.options.webshop
        account = {name: value for name, value in self.first.settings.items() if name.startswith("SPECTER__")}
        own = {
            "JOURNAL__URL": f"sqlite:///{self.folder / f'journal-{number}' / 'journal.db'}",
            "JOURNAL__SEEN": str(self.folder / "seen"),
            "ORDER__NUMBER_PREFIX": f"{number}-",
            "STOCK__SYNC": "true",
            "DELIVERY__SYNC": "true",
            "WATCH__INTERVAL": "0.2",
            "UI__LANGUAGE": "en",
        }
        return {**sandbox.settings, **account, **own, **others}

    def count(self, **quantities: int) -> None:
        """Set stock in Specter: ALFA=3 is the first shop's article."""
        for name, quantity in quantities.items():
            count_stock(self.specter, f"{name}-1", str(quantity))


def counted(sandbox: Sandbox) -> list[int]:
    """Return the uids of articles whose stock the shop counts."""
    return [line["article"] for line in sandbox.shop.articles() if line["stock"] is not None]


def shown(sandbox: Sandbox, number: str) -> int | None:
    """Return the stock that a shop shows of a number; None where it does not have it."""
    return next((line["stock"] for line in sandbox.shop.articles() if line["number"] == number), None)


@contextmanager
def shared_account(folder: Path, orders: int = 0) -> Iterator[SharedAccount]:
    made = SharedAccount(folder, orders)
    with made.first, made.second:
        yield made


class ServedShops:
    """A program that serves several shops, driven by a test."""

    def __init__(self, *shops: Mapping[str, str], watch: bool = False, shared: bool = False) -> None:
        self.heard: dict[int, list[Any]] = defaultdict(list)
        self._news = threading.Condition()
        files = [ShopFile(load_settings(None, dict(one))) for one in shops]
        self.supervisor = Supervisor(files, self._hear, shared=shared)
        self._watch = watch

    def __enter__(self) -> Self:
        self.supervisor.start(watch=self._watch)
        self.wait(lambda: self.told(ALL_SHOPS, ShopOpened), "not all shops were tried")
        return self

    def __exit__(self, *_: object) -> None:
        self.supervisor.shut_down()
        assert self.supervisor.join(PATIENCE), "it does not stop"

    def _hear(self, shop: int, message: Message) -> None:
        with self._news:
            self.heard[shop].append(message)
            self._news.notify_all()

    def told(self, shop: int, kind: type[M]) -> list[M]:
        return [one for one in list(self.heard[shop]) if isinstance(one, kind)]

    def wait(self, fits: Callable[[], object], why: str) -> None:
        with self._news:
            assert self._news.wait_for(fits, PATIENCE), why

    def engine(self, shop: int) -> Engine:
        return self.supervisor.engines[shop]
