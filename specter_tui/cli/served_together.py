"""Sessions on shops that are open at the same time in one program, as shops with one Specter API user must be."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from threading import Event

from specter_tui.cli.session import Session, Signals, open_logs
from specter_tui.config.settings import Settings
from specter_tui.config.shops import ShopFile
from specter_tui.engine.events import Message, ShopOpened
from specter_tui.engine.queues.shared_queues import SharedQueues
from specter_tui.engine.runtime.supervisor import ALL_SHOPS, Supervisor
from specter_tui.journal.errors import JournalError

Sessions = Callable[[Settings], Session]


@contextmanager
def sessions_on(shops: Sequence[ShopFile]) -> Iterator[Sessions]:
    """Give a function that makes a session on a shop. Shops that share an API user are all open until the end."""
    queues = SharedQueues(shop.settings for shop in shops)
    sharing = [shop for shop in shops if len(queues.use_of(shop.settings).shops) > 1]
    if not sharing:
        yield Session
        return
    tried, sessions = Event(), dict[int, Session]()

    def hear(shop: int, message: Message) -> None:
        if shop == ALL_SHOPS and isinstance(message, ShopOpened):
            tried.set()
        elif shop in sessions:
            sessions[shop].hear(message)

    supervisor = Supervisor(sharing, hear)
    sessions.update((shop.number, _SupervisedSession(shop.settings, supervisor)) for shop in sharing)
    supervisor.start(watch=False)
    try:
        tried.wait()
        yield lambda settings: sessions.get(settings.abicart.webshop) or Session(settings)
    finally:
        supervisor.shut_down()
        supervisor.join()


class _SupervisedSession(Session):
    """A session on a shop that the supervisor runs already; the shop stays open after it."""

    def __init__(self, settings: Settings, supervisor: Supervisor) -> None:
        super().__init__(settings)
        self._supervisor = supervisor
        self._signals = Signals(supervisor.shut_down, talk=True)

    @contextmanager
    def open(self) -> Iterator[Session]:
        """Use the shop.

        Raises JournalError where its journal could not be opened; other failures come from the work.
        """
        number = self.settings.abicart.webshop
        if number not in self._supervisor.engines:
            raise JournalError(self._supervisor.closed[number])
        self.engine = self._supervisor.engines[number]
        open_logs([self.settings], on_stderr=False)
        with self._signals.hearing():
            yield self
