"""Orders by the time at which they were placed, for reports."""

from collections.abc import Iterable
from datetime import datetime

from specter_tui.journal.codecs import entry_of, micros, rates_of
from specter_tui.journal.models import Entry, RateAmount
from specter_tui.journal.repositories.base_reader import ENTRY, JournalReader

_BETWEEN = ENTRY + "/*+ orders_by_time */ WHERE shop = ? AND ordered >= ? AND ordered < ? ORDER BY ordered"
_RATES = "SELECT uid, rates FROM orders WHERE shop = ? AND uid IN (?*)"


class OrdersByTime(JournalReader):
    """The reading verbs of reports."""

    def entries_ordered_between(self, start: datetime, end: datetime) -> list[Entry]:
        """Return the orders placed from `start` on and before `end` (aware), as far as their time is known here."""
        return [entry_of(row) for row in self._rows(_BETWEEN, (self.shop, micros(start), micros(end)))]

    def rates_of_many(self, uids: Iterable[int]) -> dict[int, tuple[RateAmount, ...]]:
        """Return net and VAT per rate of each order that was sent, or is about to be; none where that is not known."""
        return {uid: rates_of(rates) for uid, rates in self._rows_of(_RATES, uids)}
