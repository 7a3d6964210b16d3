"""Everyday events at Specter: stock is counted, and an order is delivered or, rarely, cancelled."""

from random import Random

from specter_tui.sandbox.specter.operations import cancel, count_at_random, deliver
from specter_tui.sandbox.specter.specter_account import SpecterAccount


class DailyEvents:
    """Makes random events in an account."""

    def __init__(self, account: SpecterAccount, chance: Random) -> None:
        self._account = account
        self._chance = chance

    def happen(self) -> None:
        """Make an event, or none."""
        with self._account.lock:
            if self._chance.random() < 0.5:
                count_at_random(self._account, self._chance.randint(1, 3), self._chance)
            still_open = [
                number for number, order in self._account.orders.items() if order.left and not order.progress.cancelled
            ]
            if still_open and self._chance.random() < 0.4:
                self._settle(self._chance.choice(still_open))

    def _settle(self, number: int) -> None:
        """Deliver an order, or cancel it."""
        if self._chance.random() < 0.1:
            cancel(self._account, number)
        else:
            deliver(self._account, number, tracking=f"SE{self._chance.randrange(10**9):09}")
