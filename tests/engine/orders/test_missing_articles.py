"""Refused orders whose articles were sent since: found by the latest changes, however many are refused."""

from types import SimpleNamespace

import pytest

from specter_tui.engine.orders.missing_articles import MissingArticles
from specter_tui.journal.errors import JournalError
from specter_tui.journal.goods_models import NewArticle
from specter_tui.journal.journal import Journal
from specter_tui.journal.models import SentRow
from specter_tui.journal.repositories.orders import Orders
from tests.journal.orders import ALMA, LEASE, SHOP, SPENT, claimed, exported, intent

REFUSED = 300
WANT = "article is missing"


class Asked:
    """A journal as the engine uses it; counts the rows that it reads."""

    def __init__(self, journal: Journal) -> None:
        self.journal, self.read, self.fails = journal, 0, None
        self._true_rows = journal.db.rows
        journal.db.rows = self._rows

    def _rows(self, sql, values=()):
        found = self._true_rows(sql, values)
        self.read += len(found)
        return found

    async def __call__(self, verb, *values):
        if verb is self.fails:
            raise JournalError("locked")
        return self.journal.bind(verb, *values)()


@pytest.fixture
def journal(tmp_path):
    with Journal.open(tmp_path / "j" / "journal.db", SHOP, ALMA) as journal:
        yield journal


def refuse(journal, uid, message=WANT):
    (row, *_) = intent().rows
    own = SentRow(f"OWN-{uid}", row.quantity, row.unit_price, row.vat_percent)
    journal.results.refused(claimed(journal, uid, rows=(row, own)), "", message)


def send(journal, *numbers):
    journal.sent_articles.note_sent([NewArticle(number, "digest", with_stock=True) for number in numbers])


@pytest.mark.anyio
async def test_a_look_reads_what_was_written_since_the_last(journal):
    for uid in range(1, REFUSED + 1):
        refuse(journal, uid)
    asked, known = Asked(journal), {*range(1, REFUSED + 1)}
    book = SimpleNamespace(view=lambda uid: uid if uid in known else None)
    missing = MissingArticles(SimpleNamespace(journal=asked), book)

    async def look():
        asked.read = 0
        return set(await missing.that_came())

    assert await look() == set()
    assert asked.read >= 2 * REFUSED, "the first look reads all of them"
    assert await look() == set()
    assert asked.read == 0, "nothing was written"
    send(journal, "OTHER")
    assert await look() == set()
    assert asked.read <= 3, "of an article that no refused order has its own row is read"
    send(journal, "OWN-7")
    assert await look() == {7}
    assert asked.read <= 10
    assert await look() == {7}, "it stays found until it is sent"
    assert asked.read <= 1, "and is not read again"
    known.discard(7)
    assert await look() == set(), "of what is not among the orders nothing is said"
    known.add(7)
    exported_now = journal.claims.reclaim(intent(7), LEASE, "its article came", automatic=True)
    journal.results.customer_known(exported_now, "77")
    journal.results.exported(exported_now, "90001", SPENT)
    refuse(journal, REFUSED + 1)
    exported(journal, REFUSED + 2, "90002")
    known |= {REFUSED + 1, REFUSED + 2}
    assert await look() == set()
    assert asked.read <= 30, "what changed is read"
    send(journal, "OWN-7", f"OWN-{REFUSED + 1}")
    assert await look() == {REFUSED + 1}, "a sent order is forgotten, a newly refused one known"


@pytest.mark.anyio
async def test_a_look_that_fails_is_made_up_for(journal):
    refuse(journal, 1)
    asked = Asked(journal)
    missing = MissingArticles(SimpleNamespace(journal=asked), SimpleNamespace(view=lambda uid: uid))
    assert await missing.that_came() == {}
    refuse(journal, 2)
    send(journal, "TAJ-1")
    asked.fails = Orders.entries
    with pytest.raises(JournalError):
        await missing.that_came()
    asked.fails = None
    assert {*await missing.that_came()} == {1, 2}
