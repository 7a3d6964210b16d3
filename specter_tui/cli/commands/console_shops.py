"""Several shops for the console: a supervisor of engines, with each shop's name."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from specter_tui.config.shops import Shops
from specter_tui.console.engine_ports import Hear
from specter_tui.engine.runtime.engine_thread import Engine
from specter_tui.engine.runtime.supervisor import Supervisor
from specter_tui.journal.errors import JournalError


@dataclass(frozen=True, slots=True)
class OpenedShops:
    """A supervisor in the form that the console uses."""

    engines: Mapping[int, Engine | None]
    names: Mapping[int, str]
    refused: Mapping[str, Sequence[str]]
    supervisor: Supervisor

    def shut_down(self, *, hung_up: bool = False) -> None:
        """Shut down all shops."""
        self.supervisor.shut_down(hung_up=hung_up)


def open_console_shops(shops: Shops, listener: Hear, *, read_only: bool = False) -> OpenedShops:
    """Begin to open all shops; each reports its result. Raises JournalError when none can be opened."""
    supervisor = Supervisor(shops.found, lambda shop, message: listener(message, shop), read_only=read_only)
    if not supervisor.engines:
        raise JournalError("\n".join(supervisor.closed.values()))
    supervisor.start(watch=True)
    engines: dict[int, Engine | None] = {**supervisor.engines, **dict.fromkeys(supervisor.closed)}
    names = {shop.number: shop.name for shop in shops.found}
    return OpenedShops(engines, names, {refusal.file.stem: refusal.sentences for refusal in shops.refused}, supervisor)
