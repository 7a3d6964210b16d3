"""Orders that Specter refused, and whose articles have come to it since: they are worth another try."""

from specter_tui.engine.book import OrderBook
from specter_tui.engine.wires import Wires
from specter_tui.journal.journal import Journal


async def orders_with_new_articles(wires: Wires, book: OrderBook) -> list[int]:
    """The refused orders that have a row of an article that was sent after the refusal. Raises JournalError."""
    refused = await wires.journal(Journal.entries, None, ("refused",))
    if not refused:
        return []
    sent = await wires.journal(Journal.sent_articles)
    found: list[int] = []
    for entry in refused:
        rows = await wires.journal(Journal.rows, entry.uid)
        articles = [sent[row.article_number] for row in rows if row.article_number in sent]
        if book.view(entry.uid) is not None and any(article.at > entry.changed_at for article in articles):
            found.append(entry.uid)
    return found
