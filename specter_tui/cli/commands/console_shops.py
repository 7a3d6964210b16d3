"""Several shops for the console: a house of engines, with what people call each shop."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from specter_tui.config.shops import Shops
from specter_tui.console.engine_ports import Hear
from specter_tui.engine.runtime.engine_thread import Engine
from specter_tui.engine.runtime.supervisor import Supervisor
from specter_tui.journal.errors import JournalError


@dataclass(frozen=True, slots=True)
class OpenedShops:
    """What the console holds of a house."""

    engines: Mapping[int, Engine | None]
    names: Mapping[int, str]
    refused: Mapping[str, Sequence[str]]
    house: Supervisor

    def shut_down(self) -> None:
        """Leave all shops."""
        self.house.shut_down()


def open_console_shops(shops: Shops, listener: Hear) -> OpenedShops:
    """Begin to open all shops; each tells how that went. Raises JournalError when none could ever be opened."""
    house = Supervisor(shops.found, lambda shop, message: listener(message, shop))
    if not house.engines:
        raise JournalError("\n".join(house.closed.values()))
    house.start(watch=True)
    engines: dict[int, Engine | None] = {**house.engines, **dict.fromkeys(house.closed)}
    names = {shop.number: shop.name for shop in shops.found}
    return OpenedShops(engines, names, {refusal.file.stem: refusal.sentences for refusal in shops.refused}, house)
