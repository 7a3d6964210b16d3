"""The articles that Specter has, with the form sent, and those that it refused."""

from collections.abc import Iterable
from datetime import datetime

from specter_tui.journal.codecs import moment
from specter_tui.journal.goods_models import ArticleSent, RefusedArticle, SentArticle
from specter_tui.journal.repositories.cursors import Cursors
from specter_tui.journal.repositories.repository import Repository
from specter_tui.journal.shop_database import WritableDatabase

_SENT = """
    INSERT INTO sent_articles (shop, number, digest, with_stock, sent_at, article_uid, variant_uid) VALUES ?*
    ON CONFLICT (shop, number) DO UPDATE SET digest = excluded.digest, sent_at = excluded.sent_at,
      article_uid = excluded.article_uid, variant_uid = excluded.variant_uid
"""
_ALL_SENT = """
    SELECT number, digest, with_stock, sent_at, article_uid, variant_uid FROM sent_articles WHERE shop = ?
"""
_TAKEN = "DELETE FROM refused_articles WHERE shop = ? AND number IN (?*)"
_REFUSED = """
    INSERT INTO refused_articles (shop, number, digest, message, refused_at) VALUES (?, ?, ?, ?, ?)
    ON CONFLICT (shop, number) DO UPDATE SET
      digest = excluded.digest, message = excluded.message, refused_at = excluded.refused_at
"""
_HAS_STOCK = """
    UPDATE sent_articles SET with_stock = 1 WHERE shop = ? AND number IN (?*) AND with_stock = 0
"""
_SENT_SINCE = "SELECT number FROM sent_articles WHERE shop = ? AND sent_at > ?"
_SENT_UNTIL = "articles_sent_until"

_ALL_REFUSED = """
    SELECT orders.uid, sent_rows.article_number, sent_articles.sent_at FROM orders /*+ orders_by_state */
    /*+ in order */ JOIN sent_rows ON sent_rows.shop = orders.shop AND sent_rows.uid = orders.uid
    LEFT JOIN sent_articles ON sent_articles.shop = sent_rows.shop
      AND sent_articles.number = sent_rows.article_number AND sent_articles.sent_at > orders.changed_at
    WHERE orders.shop = ? AND orders.state = 'refused'
"""
_THESE_REFUSED = _ALL_REFUSED.replace("/*+ orders_by_state */", "") + " AND orders.uid IN (?*)"


class SentArticles(Repository):
    """The operations on articles, which are not orders and have no events."""

    def __init__(self, db: WritableDatabase, cursors: Cursors) -> None:
        self._db = db
        self._cursors = cursors

    def sent(self) -> dict[str, SentArticle]:
        """Return every article that Specter accepted, by number, in one read."""
        return {
            number: SentArticle(digest, bool(stock), moment(at), article, variant)
            for number, digest, stock, at, article, variant in self._db.rows(_ALL_SENT, (self._db.shop,))
        }

    def note_sent(self, articles: Iterable[ArticleSent]) -> None:
        """Record articles that Specter accepted in one call; their former refusals are removed."""
        last = {one.number: one for one in articles}
        with self._db.change:
            now = self._db.now()
            self._db.execute_many(
                _SENT,
                (
                    (self._db.shop, one.number, one.digest, int(one.with_stock), now, one.article_uid, one.variant_uid)
                    for one in last.values()
                ),
            )
            self._db.execute_of(_TAKEN, last)
            self._cursors.keep(_SENT_UNTIL, str(now))

    def sent_after(self, cursor: str) -> tuple[list[str], str]:
        """Return the articles that Specter accepted after this cursor, and the new cursor.

        Nothing is read if it is equal.
        """
        now = self._cursors.get(_SENT_UNTIL) or ""
        numbers = [] if now == cursor else self._db.rows(_SENT_SINCE, (self._db.shop, int(cursor or 0)))
        return [number for (number,) in numbers], now

    def of_refused(self, uids: Iterable[int] | None = None) -> dict[int, dict[str, datetime | None]]:
        """Return the articles of refused orders, of these or of all: when Specter accepted each since the refusal.

        None if Specter did not.
        """
        if uids is None:
            found = self._db.rows(_ALL_REFUSED, (self._db.shop,))
        else:
            found = self._db.rows_of(_THESE_REFUSED, uids)
        articles: dict[int, dict[str, datetime | None]] = {}
        for uid, number, at in found:
            articles.setdefault(uid, {})[number] = None if at is None else moment(at)
        return articles

    def have_stock(self, numbers: Iterable[str]) -> int:
        """Record articles that a person changed to stock articles in Specter.

        Return how many were not known as such.
        """
        with self._db.change:
            return self._db.execute_of(_HAS_STOCK, dict.fromkeys(numbers))

    def note_refused(self, number: str, digest: str, message: str) -> None:
        """Record that Specter refused this article, sent alone, in the form of this digest."""
        with self._db.change:
            self._db.execute(_REFUSED, (self._db.shop, number, digest, message, self._db.now()))

    def refused(self) -> dict[str, RefusedArticle]:
        """Return the articles that Specter refused, by number."""
        sql = "SELECT number, digest, message, refused_at FROM refused_articles WHERE shop = ? ORDER BY number"
        return {
            number: RefusedArticle(number, digest, message, moment(at))
            for number, digest, message, at in self._db.rows(sql, (self._db.shop,))
        }
