"""Orders by the time at which they were placed, for reports."""

from collections.abc import Iterable

from specter_tui.journal.codecs import rates_of
from specter_tui.journal.models import RateAmount
from specter_tui.journal.repositories.base_reader import ENTRY, JournalReader

_BETWEEN = ENTRY + "/*+ orders_by_time */ WHERE shop = ? AND ordered >= ? AND ordered < ? ORDER BY ordered"
_RATES = "SELECT uid, rates FROM orders WHERE shop = ? AND uid IN (?*)"


class OrdersByTime(JournalReader):
    """The reading verbs of reports."""

    def rates_of_many(self, uids: Iterable[int]) -> dict[int, tuple[RateAmount, ...]]:
        """Return net and VAT per rate of each order that was sent, or is about to be; none where that is not known."""
        return {uid: rates_of(rates) for uid, rates in self._rows_of(_RATES, uids)}
