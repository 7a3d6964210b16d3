"""The addresses of an order in the shop's admin and in Specter, where the settings name them."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from specter_tui.config.settings import Settings
    from specter_tui.engine.events import OrderView


@dataclass(frozen=True, slots=True)
class OrderPages:
    """The address in the shop, and that in Specter; empty where there is none."""

    shop: str = ""
    specter: str = ""


def pages_of(view: "OrderView", settings: "Settings | None") -> OrderPages:
    """Return the addresses of an order. Only digits are put in: a Specter number may be another's text."""
    if settings is None:
        return OrderPages()
    shop, specter = settings.abicart.order_page or "", settings.specter.order_page or ""
    number = view.specter_number or ""
    is_number = number.isascii() and number.isdecimal()
    return OrderPages(
        shop.replace("{uid}", str(view.uid)), specter.replace("{number}", number) if specter and is_number else ""
    )
