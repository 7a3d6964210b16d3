"""Marks on articles whose stock in the shop may no longer be right, for every verb that moves what is sold."""

from collections.abc import Iterable

from specter_tui.journal.repositories.base_writer import JournalWriter

_WITH_QUANTITY = "SELECT DISTINCT article_number FROM stock WHERE shop = ? AND article_number IN (?*)"
_ALL_WITH_QUANTITY = "SELECT DISTINCT article_number FROM stock WHERE shop = ?"
_MARK = """
    INSERT INTO stock_to_write (shop, article_number, mark, since) VALUES ?*
    ON CONFLICT (shop, article_number) DO UPDATE SET mark = excluded.mark
"""


class StockMarks(JournalWriter):
    """Inside a change: let the stock of articles be written again."""

    def _mark(self, numbers: Iterable[str] | None) -> None:
        """Mark these, None for all; those of which Specter told no quantity are passed over."""
        if numbers is None:
            found = self._rows(_ALL_WITH_QUANTITY, (self.shop,))
        else:
            found = self._rows_of(_WITH_QUANTITY, dict.fromkeys(numbers))
        now = self._now()
        self._execute_many(_MARK, ((self.shop, number, now, now) for (number,) in found))
