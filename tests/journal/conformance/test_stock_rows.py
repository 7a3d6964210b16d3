"""Rows of a batch that a person must decide about wait until one did, and can be reopened."""

from dataclasses import dataclass

from tests.journal.goods import stock
from tests.journal.orders import BO


@dataclass(frozen=True)
class Unread:
    position: int
    article_number: str = "A"
    site: str = "1"
    quantity: str = "many"
    reason: str = "no number"


def test_a_row_is_kept_once_and_waits_until_it_is_settled(journal, opened):
    journal.batches.keep("stock", "b-1", [stock("B")], [Unread(1), Unread(3, "C")])
    journal.batches.keep("stock", "b-1", [stock("B")], [Unread(1), Unread(3, "C")])
    other = opened(BO)
    assert [(row.batch_no, row.position, row.article_number, row.quantity) for row in other.stock_rows.listed()] == [
        ("b-1", 1, "A", "many"),
        ("b-1", 3, "C", "many"),
    ]
    assert other.stock_rows.settle("b-1", 1, "counted by hand")
    assert not other.stock_rows.settle("b-1", 1, "again")
    assert not other.stock_rows.settle("b-1", 2, "never there")
    assert [row.position for row in journal.stock_rows.listed()] == [3]
    done = journal.stock_rows.listed(open_only=False)[0]
    assert (done.done_by, done.done_reason, done.done_at is not None) == ("bo@till", "counted by hand", True)
    assert journal.stock_rows.reopen("b-1", 1)
    assert not journal.stock_rows.reopen("b-1", 1)
    assert [(row.position, row.done_by) for row in journal.stock_rows.listed()] == [(1, ""), (3, "")]


def test_a_row_is_named_by_the_beginning_of_its_batch(journal):
    for batch in ("b-11", "b-12"):
        journal.batches.keep("stock", batch, [], [Unread(1)])
    assert [row.batch_no for row in journal.stock_rows.named("b-1", 1)] == ["b-11", "b-12"]
    assert [row.batch_no for row in journal.stock_rows.named("b-12", 1)] == ["b-12"]
    assert journal.stock_rows.named("b-1", 2) == []
