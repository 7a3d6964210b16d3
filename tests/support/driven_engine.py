"""An engine driven by a test: its messages are kept, its journal is open for reading."""

import threading
from collections.abc import Callable, Iterable
from types import TracebackType
from typing import Any, ParamSpec, Self, TypeVar

from specter_tui.config.settings import Settings
from specter_tui.engine.concurrency.limits import SharedResources
from specter_tui.engine.events import ExportEnded, Message, Notice, OrderView
from specter_tui.engine.runtime.engine_thread import Engine
from specter_tui.engine.service import Command, ShopService
from specter_tui.journal.journal_reader import JournalReader
from specter_tui.journal.models import Entry, Verb
from specter_tui.journal.opening import open_reader

P = ParamSpec("P")
T = TypeVar("T")
M = TypeVar("M")
PATIENCE = 60.0


class Driven:
    def __init__(self, settings: Settings, *, watch: bool = False, keeps_done: bool = True) -> None:
        self.settings = settings
        self.heard: list[Any] = []
        self._watch = watch
        self._news = threading.Condition()
        self.engine = Engine(settings, self._hear, SharedResources(keeps_done=keeps_done))

    def _hear(self, message: Message) -> None:
        with self._news:
            self.heard.append(message)
            self._news.notify_all()

    def __enter__(self) -> Self:
        self.engine.start(watch=self._watch)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.leave()

    def leave(self) -> None:
        self.engine.shut_down()
        assert self.engine.join(PATIENCE), "the engine does not stop"

    def do(self, command: Command[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
        return self.engine.ask(command, *args, **kwargs).result(PATIENCE)

    def look(self) -> None:
        self.do(lambda service: service.auto_export.poll())

    def thorough_look(self) -> None:
        self.do(lambda service: service.auto_export.poll(thorough=True))

    def turn(self) -> list[ExportEnded]:
        """Do one whole turn of auto mode."""
        return self.do(lambda service: service.auto_export.turn())

    def export(self, *uids: int) -> list[ExportEnded]:
        """Poll, then export these orders, or every ready one."""
        self.look()
        if not uids:
            return self.do(ShopService.export_all)
        return self.do(ShopService.export, uids)

    def view(self, uid: int) -> OrderView:
        async def find(service: ShopService) -> OrderView | None:
            return service.order_index.view(uid)

        view = self.do(find)
        assert view is not None, f"order {uid} is not known"
        return view

    def wait_for(self, kind: type[M], fits: Callable[[M], object] = lambda _: True) -> M:
        """Wait for the first matching message of a kind, and return it."""

        def found() -> M | None:
            return next((one for one in self.heard if isinstance(one, kind) and fits(one)), None)

        with self._news:
            assert self._news.wait_for(found, PATIENCE), f"no {kind.__name__} came"
            message = found()
        assert message is not None
        return message

    def told(self, kind: type[M]) -> list[M]:
        return [one for one in list(self.heard) if isinstance(one, kind)]

    @property
    def notices(self) -> list[str]:
        return [notice.text for notice in self.told(Notice)]

    def reader(self) -> JournalReader:
        return open_reader(self.engine.place, self.settings.abicart.webshop)

    def entry(self, uid: int) -> Entry:
        with self.reader() as journal:
            entry = journal.orders.entry(uid)
        assert entry is not None, f"order {uid} is not in the journal"
        return entry

    def entries(self) -> dict[int, Entry]:
        with self.reader() as journal:
            return {entry.uid: entry for entry in journal.orders.entries()}

    def verbs(self, uid: int) -> list[Verb]:
        """Return the verbs of an order's events, oldest first."""
        with self.reader() as journal:
            return [event.verb for event in journal.events.page(uid)]


def states(ended: Iterable[ExportEnded]) -> list[str]:
    return [one.view.state for one in ended]
