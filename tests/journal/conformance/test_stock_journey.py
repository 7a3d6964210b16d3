"""All steps of stock, with a process that may die between any two: never too high, right at the end.

Specter and the shop are models here: Specter's queue as in wires: S-batches, a shop that accepts absolute numbers.
"""

from collections.abc import Iterator
from decimal import Decimal

from hypothesis import strategies as st

from specter_tui.journal.goods_models import WrittenStock
from specter_tui.journal.journal import Journal
from specter_tui.journal.models import SentRow
from specter_tui.journal.opening import open_journal
from specter_tui.planning.stock_levels import shop_stock
from tests.journal.goods import stock
from tests.journal.orders import ALMA, SHOP, SPENT, claimed

ARTICLES = ("A", "B", "C")
FOREIGN = "X"
"""An article that the shop does not have."""


class Specter:
    def __init__(self) -> None:
        self.stock = dict.fromkeys((*ARTICLES, FOREIGN), 10)
        self.changed = set(self.stock)
        self.open: tuple[str, dict[str, int]] | None = None
        self.delivered: set[str] = set()

    def move(self, article: str, by: int) -> None:
        self.stock[article] += by
        self.changed.add(article)

    def fetch(self, number: str) -> tuple[str, dict[str, int]]:
        """Return the rows, with the number of the batch that is then open."""
        if self.open is None:
            if not self.changed:
                return number, {}
            some = sorted(self.changed)[:2]  # a batch need not hold all that changed.
            self.changed -= set(some)
            self.open = (number, {article: self.stock[article] for article in some})
        return self.open

    def acknowledge(self, number: str) -> None:
        if self.open is not None and self.open[0] == number:
            self.open = None


class World:
    def __init__(self) -> None:
        self.specter = Specter()
        self.shop = dict.fromkeys(ARTICLES, 0)
        self.held: dict[int, tuple[str, int]] = {}
        """Orders that the journal does not have as exported."""
        self.at_specter: set[int] = set()
        """The held orders that Specter already has: their answer is in flight."""
        self.last_uid = 0
        self.last_batch = 0

    def waiting(self, article: str) -> int:
        return sum(quantity for other, quantity in self.held.values() if other == article)

    def true(self, article: str) -> int:
        """Return what can be sold: Specter's stock, less the sales that Specter does not know."""
        unknown = sum(
            quantity for uid, (other, quantity) in self.held.items() if other == article and uid not in self.at_specter
        )
        return self.specter.stock[article] - unknown

    def happen(self, journal: Journal, what: str, article: str) -> None:
        first = next(iter(self.held), None)
        match what:
            case "order":
                self.last_uid += 1
                self.held[self.last_uid] = (article, 2)
                self.shop[article] -= 2
            case "arrive" if first is not None and first not in self.at_specter:
                self.specter.move(self.held[first][0], -2)
                self.at_specter.add(first)
            case "answer" if first in self.at_specter:
                rows = (SentRow(self.held[first][0], Decimal(2), Decimal(1), 25),)
                assert journal.results.exported(claimed(journal, first, rows=rows), str(90000 + first), SPENT)
                del self.held[first]
            case "close" if first is not None and first not in self.at_specter:
                number, _ = self.held.pop(first)
                journal.stock.mark_to_write([number])
            case "goods":
                self.specter.move(article, 3)

    def run(self, journal: Journal) -> Iterator[None]:
        """Run one process, until Specter has no more rows; each yield is a place to die."""
        journal.stock.mark_to_write(None)
        for batch in journal.batches.open("stock"):
            if batch.stored_at is not None:
                yield from self.apply(journal)
                self.specter.acknowledge(batch.batch_no)
                yield
                assert journal.batches.acknowledged("stock", batch.batch_no) or journal.stock.to_write(1)
        while True:
            self.last_batch += 1
            number = f"b-{self.last_batch}"
            journal.batches.begin("stock", number)
            yield
            number, rows = self.specter.fetch(number)
            yield
            journal.batches.keep("stock", number, [stock(article, amount) for article, amount in rows.items()])
            yield
            yield from self.apply(journal)
            if not rows:
                return
            self.specter.acknowledge(number)
            yield
            # An order that was closed just now has marked its article again: then the batch is told of once more.
            assert journal.batches.acknowledged("stock", number) or journal.stock.to_write(1)

    def apply(self, journal: Journal) -> Iterator[None]:
        while numbers := journal.stock.to_write(2):
            yield
            by_site, sold = journal.stock.quantities(numbers), journal.stock.sold_after_fetch(numbers)
            for number in numbers:
                if number == FOREIGN:
                    journal.stock.unplaced({number: "unknown"})
                    continue
                specter = sum((one.quantity for one in by_site[number].values()), Decimal(0))
                self.shop[number] = shop_stock(specter, self.waiting(number) + sold.get(number, Decimal(0)))
                assert self.shop[number] <= self.true(number), "higher than true"
                yield
                journal.stock.written([WrittenStock(number, self.shop[number], 1)])


STEPS = st.lists(
    st.tuples(
        st.sampled_from(
            ["go", "go", "go", "go", "die", "order", "order", "arrive", "arrive", "answer", "close", "goods"]
        ),
        st.sampled_from(ARTICLES),
    ),
    max_size=120,
)


def test_the_shop_never_has_too_much_and_in_the_end_what_is_true(tell):
    tell(live, STEPS, stories=60, at_server=8)


def live(fresh, steps):
    world = World()
    with fresh() as place:
        journal = open_journal(place, SHOP, ALMA)
        process = world.run(journal)
        for what, article in steps:
            if what == "die":
                journal.close()
                journal = open_journal(place, SHOP, ALMA)
            if what == "die" or (what == "go" and next(process, process) is process):
                process = world.run(journal)
            world.happen(journal, what, article)
        journal.close()
        with open_journal(place, SHOP, ALMA) as last:
            while world.at_specter & world.held.keys():
                world.happen(last, "answer", "")
            for _ in range(2):
                # The second run begins after the last answer was kept, and finds Specter's queue empty.
                for _ in world.run(last):
                    pass
            assert world.shop == {article: world.true(article) for article in ARTICLES}
            assert (last.batches.open("stock"), last.stock.to_write(10)) == ([], [])
            assert [one.article_number for one in last.stock.unknown()] == [FOREIGN]
        assert (world.specter.open, world.specter.changed) == (None, set())
