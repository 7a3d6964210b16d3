"""Several shops for the console: a supervisor of engines, with what people call each shop."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from specter_tui.config.shops import Shops
from specter_tui.console.engine_ports import Hear
from specter_tui.engine.runtime.engine_thread import Engine
from specter_tui.engine.runtime.supervisor import Supervisor
from specter_tui.journal.errors import JournalError


@dataclass(frozen=True, slots=True)
class OpenedShops:
    """A supervisor as the console uses it."""

    engines: Mapping[int, Engine | None]
    names: Mapping[int, str]
    refused: Mapping[str, Sequence[str]]
    supervisor: Supervisor

    def shut_down(self) -> None:
        """Leave all shops."""
        self.supervisor.shut_down()


def open_console_shops(shops: Shops, listener: Hear) -> OpenedShops:
    """Begin to open all shops; each tells how that went. Raises JournalError when none could ever be opened."""
    supervisor = Supervisor(shops.found, lambda shop, message: listener(message, shop))
    if not supervisor.engines:
        raise JournalError("\n".join(supervisor.closed.values()))
    supervisor.start(watch=True)
    engines: dict[int, Engine | None] = {**supervisor.engines, **dict.fromkeys(supervisor.closed)}
    names = {shop.number: shop.name for shop in shops.found}
    return OpenedShops(engines, names, {refusal.file.stem: refusal.sentences for refusal in shops.refused}, supervisor)
