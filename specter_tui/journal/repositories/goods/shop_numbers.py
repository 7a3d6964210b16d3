"""The article numbers of everything that the shop sells, as last read, and those that several articles share."""

from collections.abc import Collection, Iterable, Mapping

from specter_tui.journal.goods_models import NumberHolder
from specter_tui.journal.repositories.repository import Repository
from specter_tui.journal.shop_database import WritableDatabase

_OF_ARTICLES = "SELECT article_uid, variant_uid, number FROM shop_numbers WHERE shop = ? AND article_uid IN (?*)"
_KEEP = "INSERT INTO shop_numbers (shop, article_uid, variant_uid, number, folded) VALUES ?*"
_FORGET = "DELETE FROM shop_numbers WHERE shop = ? AND article_uid IN (?*)"
_ARTICLES = "SELECT DISTINCT article_uid FROM shop_numbers WHERE shop = ?"
_HOLDERS = """
    SELECT folded, article_uid, variant_uid, number FROM shop_numbers /*+ shop_numbers_by_number */
    WHERE shop = ? AND folded IN (?*) ORDER BY article_uid, variant_uid
"""
_SHARED = """
    SELECT folded FROM shop_numbers /*+ shop_numbers_by_number */ WHERE shop = ?
    GROUP BY folded HAVING COUNT(*) > 1 ORDER BY folded LIMIT ?
"""


class ShopNumbers(Repository):
    """The operations on article numbers, compared case-insensitively, since Specter may do so."""

    def __init__(self, db: WritableDatabase) -> None:
        self._db = db

    def keep(self, numbers: Mapping[int, Iterable[tuple[int, str]]]) -> bool:
        """Set the numbers of these articles, each with its variant's uid, 0 for the article's own.

        An article without numbers is removed. Returns whether anything changed.
        """
        before: dict[int, set[tuple[int, str]]] = {}
        for article, variant, number in self._db.rows_of(_OF_ARTICLES, numbers):
            before.setdefault(article, set()).add((variant, number))
        now = {article: set(held) for article, held in numbers.items()}
        changed = [article for article, held in now.items() if held != before.get(article, set())]
        if changed:
            with self._db.change:
                self._db.execute_of(_FORGET, changed)
                self._db.execute_many(
                    _KEEP,
                    (
                        (self._db.shop, article, variant, number, _folded(number))
                        for article in changed
                        for variant, number in sorted(dict(now[article]).items())
                    ),
                )
        return bool(changed)

    def keep_only(self, articles: Collection[int]) -> bool:
        """Remove the articles that are not among these; return whether there were any."""
        gone = [uid for (uid,) in self._db.rows(_ARTICLES, (self._db.shop,)) if uid not in articles]
        if gone:
            with self._db.change:
                self._db.execute_of(_FORGET, gone)
        return bool(gone)

    def holders(self, numbers: Iterable[str]) -> dict[str, list[NumberHolder]]:
        """Return the articles and variants with these numbers, by case-folded number.

        Numbers without any are left out.
        """
        found: dict[str, list[NumberHolder]] = {}
        for folded, article, variant, number in self._db.rows_of(_HOLDERS, {_folded(number) for number in numbers}):
            found.setdefault(folded, []).append(NumberHolder(article, variant or None, number))
        return found

    def shared(self, limit: int) -> list[str]:
        """Return case-folded numbers that several articles or variants have, at most `limit`."""
        return [folded for (folded,) in self._db.rows(_SHARED, (self._db.shop, limit))]


def _folded(number: str) -> str:
    """Case-folded and without outer spaces, which Specter's database may ignore."""
    return number.strip().casefold()
