"""Which articles Specter has, in which form, and which it refused."""

import json
from collections.abc import Iterable

from specter_tui.journal.clock import wall_us
from specter_tui.journal.goods_records import ArticleSent, RefusedArticle, SentArticle
from specter_tui.journal.stored import moment
from specter_tui.journal.writing import Writer

_SENT = """
    INSERT INTO sent_articles (shop, number, digest, with_stock, sent_at)
    SELECT :shop, json_extract(value, '$[0]'), json_extract(value, '$[1]'), json_extract(value, '$[2]'), :now
    FROM json_each(:articles) WHERE true
    ON CONFLICT (shop, number) DO UPDATE SET digest = excluded.digest, sent_at = excluded.sent_at
"""
_TAKEN = """
    DELETE FROM refused_articles
    WHERE shop = :shop AND number IN (SELECT json_extract(value, '$[0]') FROM json_each(:articles))
"""
_REFUSED = """
    INSERT INTO refused_articles (shop, number, digest, message, refused_at) VALUES (?, ?, ?, ?, ?)
    ON CONFLICT (shop, number) DO UPDATE SET
      digest = excluded.digest, message = excluded.message, refused_at = excluded.refused_at
"""
_FORGET = "DELETE FROM refused_articles WHERE shop = ? AND number = ?"
_HAS_STOCK = """
    UPDATE sent_articles SET with_stock = 1
    WHERE shop = ? AND number IN (SELECT value FROM json_each(?)) AND NOT with_stock
"""


class SentArticles(Writer):
    """The verbs on articles; they are no orders and have no events."""

    def sent_articles(self) -> dict[str, SentArticle]:
        """Return every article that Specter has taken, by number, in one read."""
        found = self._rows("SELECT number, digest, with_stock, sent_at FROM sent_articles WHERE shop = ?", (self.shop,))
        return {number: SentArticle(digest, bool(stock), moment(at)) for number, digest, stock, at in found}

    def articles_sent(self, articles: Iterable[ArticleSent]) -> None:
        """Specter took these, in one call; a refusal of any of them is forgotten."""
        listed = json.dumps([[one.number, one.digest, int(one.with_stock)] for one in articles])
        with self._change:
            self._execute(_SENT, {"shop": self.shop, "articles": listed, "now": wall_us()})
            self._execute(_TAKEN, {"shop": self.shop, "articles": listed})

    def articles_have_stock(self, numbers: Iterable[str]) -> int:
        """They were made stock articles in Specter by hand; return how many were not known as such."""
        with self._change:
            return self._execute(_HAS_STOCK, (self.shop, json.dumps(list(numbers)))).rowcount

    def article_refused(self, number: str, digest: str, message: str) -> None:
        """Specter refused this article, alone, in the form of this digest."""
        with self._change:
            self._execute(_REFUSED, (self.shop, number, digest, message, wall_us()))

    def refused_articles(self) -> dict[str, RefusedArticle]:
        """Return the articles that Specter refused, by number."""
        sql = "SELECT number, digest, message, refused_at FROM refused_articles WHERE shop = ? ORDER BY number"
        return {
            number: RefusedArticle(number, digest, message, moment(at))
            for number, digest, message, at in self._rows(sql, (self.shop,))
        }

    def forget_refusal(self, number: str) -> bool:
        """Let a refused article be tried again in the same form; False when it was not refused."""
        with self._change:
            return self._execute(_FORGET, (self.shop, number)).rowcount == 1
