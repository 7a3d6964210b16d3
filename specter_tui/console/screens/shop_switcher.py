"""Several shops in one console: each has a tab with its own view model and screen; one is in front."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from specter_tui.console.engine_ports import EngineLike, SupervisorLike
from specter_tui.console.screens.main_screen import MainScreen
from specter_tui.console.viewmodel.detail.finding_texts import translated_error
from specter_tui.console.viewmodel.shop_view_model import ShopViewModel

ACTIVE_SHOP = 0
"""The number that means the front shop, or all shops."""


@dataclass(eq=False, slots=True)
class ShopTab:
    """One shop. Its list, filter, marks and cursor are kept while another shop is in front."""

    model: ShopViewModel
    main: MainScreen | None = None
    """Made when the shop first comes to the front."""
    number: int = ACTIVE_SHOP
    name: str = ""
    engine: EngineLike | None = None
    open: bool = False
    """True if its engine works."""
    trouble: str = ""
    """Why it does not."""
    visited: bool = False

    def opened(self, trouble: str) -> None:
        """Record that its engine works, or the reason why not."""
        self.open, self.trouble = not trouble, trouble

    @property
    def called(self) -> str:
        """Number and name."""
        return f"{self.number} {self.name}".strip()


class ShopSwitcher:
    """All shops by number, in their order; `current` is in front."""

    def __init__(self, banner: str, *, read_only: bool = False) -> None:
        self._banner, self._read_only = banner, read_only
        model = ShopViewModel(banner=banner, read_only=read_only)
        self.current = ShopTab(model, MainScreen(model))
        self.first = self.current
        self.all: dict[int, ShopTab] = {ACTIVE_SHOP: self.current}
        self.refused: Mapping[str, Sequence[str]] = {}
        """Names of unusable settings files, with the reasons."""

    @property
    def several(self) -> bool:
        """True if there is more than one shop or file."""
        return len(self.all) > 1 or bool(self.refused)

    def open(self, opened: EngineLike | SupervisorLike) -> None:
        """Add the engine, or a supervisor's several; the first shop gets the front tab."""
        engines: Mapping[int, EngineLike | None]
        if isinstance(opened, SupervisorLike):
            engines, names = opened.engines, opened.names
            self.refused = {name: [translated_error(one) for one in told] for name, told in opened.refused.items()}
        else:
            engines, names = {opened.settings.abicart.webshop: opened}, {}
        front, self.all = self.current, {}
        for place, (number, engine) in enumerate(engines.items()):
            tab = front if place == 0 else ShopTab(ShopViewModel(banner=self._banner, read_only=self._read_only))
            tab.number, tab.name, tab.engine = number, names.get(number, ""), engine
            tab.model.settings = engine.settings if engine else None
            tab.model.shop = tab.called
            tab.open = engine is opened
            self.all[number] = tab

    def frames(self) -> None:
        """Set every view model's display context to the front one's."""
        for tab in self.all.values():
            settings = tab.model.settings
            if settings is not None and tab is not self.current:
                tab.model.lean = self.current.model.lean
                tab.model.frame = self.current.model.frame

    def take(self, number: int, told: Iterable[Any], feed: Any) -> None:
        """Apply messages of a shop that is not in front, without drawing."""
        tab = self.all.get(number)
        if tab is None:
            return
        seen = feed.take(tab.model, told)
        if seen.log:
            tab.model.log.trim()
        if seen.opened is not None:
            tab.opened(seen.opened)

    def in_flight(self) -> tuple[str, ...]:
        """Return the orders in flight, of all shops."""
        return tuple(order for tab in self.all.values() for order in tab.model.in_flight)

    def unsent(self) -> int:
        """Return the number of orders of all shops that were to be sent and were not."""
        return sum(tab.model.unsent for tab in self.all.values())

    def next(self, step: int) -> ShopTab:
        """Return the shop that many places further, wrapping around."""
        numbers = list(self.all)
        place = numbers.index(self.current.number) if self.current.number in self.all else 0
        return self.all[numbers[(place + step) % len(numbers)]]
