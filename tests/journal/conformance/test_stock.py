"""Stock in the journal: stored whole, written until it is right, never assumed to be newer than it is."""

import time
from dataclasses import replace
from datetime import UTC, datetime
from decimal import Decimal

import pytest

from specter_tui.journal.database import AT_ONCE
from specter_tui.journal.goods_models import WrittenStock
from specter_tui.journal.models import ShopOrder
from specter_tui.journal.repositories.goods import stock as stock_module
from specter_tui.journal.safety.result_spool import SpooledResult, append_result
from tests.journal.goods import stock
from tests.journal.orders import SHOP, SPENT, claimed, intent


def kept(journal, *rows, batch="b-1"):
    journal.batches.begin("stock", batch)
    journal.batches.keep("stock", batch, rows)


def amounts(journal, number):
    return {site: one.quantity for site, one in journal.stock.quantities([number]).get(number, {}).items()}


def test_the_last_quantity_of_each_site_is_kept(journal):
    kept(journal, stock("A-1", 5, "1"), stock("A-1", "2.5", "2"), stock("A-2", -3))
    journal.batches.keep("stock", "b-2", [stock("A-1", 4, "2")])
    assert amounts(journal, "A-1") == {"1": 5, "2": 4}
    assert amounts(journal, "A-2") == {"1": -3}
    assert journal.stock.quantities(["A-9"]) == {}


def test_a_fraction_and_its_time_come_back_as_they_were(journal):
    kept(journal, stock("A-1", "0.333333"))
    (one,) = journal.stock.quantities(["A-1"])["A-1"].values()
    assert str(one.quantity) == "0.333333"
    assert one.fetched_at.utcoffset() is not None


def test_sites_that_get_names_or_lose_them_are_not_counted_twice(journal):
    kept(journal, stock("A-1", 9, ""), stock("A-2", 4, ""))
    journal.batches.keep("stock", "b-2", [stock("A-1", 5, "1"), stock("A-1", 3, "2")])
    assert amounts(journal, "A-1") == {"1": 5, "2": 3}
    assert amounts(journal, "A-2") == {"": 4}
    journal.batches.keep("stock", "b-3", [stock("A-1", 8, "")])
    assert amounts(journal, "A-1") == {"": 8}


def test_what_a_batch_brings_is_to_be_written_in_the_order_of_its_coming(journal):
    kept(journal, stock("B"), stock("A"), stock("A", 1, "2"))
    time.sleep(0.001)
    kept(journal, stock("0"), batch="b-2")
    assert journal.stock.to_write(10) == ["A", "B", "0"]
    assert journal.stock.to_write(2) == ["A", "B"]


def test_written_stock_waits_no_longer_and_is_remembered(journal, opened):
    kept(journal, stock("A"), stock("B"))
    journal.stock.to_write(10)
    journal.stock.written([WrittenStock("A", -2, 500, 501)])
    journal.stock.written([WrittenStock("B", 3, 600)])
    assert journal.stock.to_write(10) == []
    assert opened().stock.last_written(["A", "B", "C"]) == {
        "A": WrittenStock("A", -2, 500, 501),
        "B": WrittenStock("B", 3, 600, None),
    }


def test_what_is_marked_while_it_is_written_is_written_again(journal):
    kept(journal, stock("A"))
    assert journal.stock.to_write(10) == ["A"]
    journal.stock.mark_to_write(["A"])
    journal.stock.written([WrittenStock("A", 7, 500)])
    assert journal.stock.to_write(10) == ["A"]
    journal.stock.written([WrittenStock("A", 6, 500)])
    assert journal.stock.to_write(10) == []


def test_another_process_that_marks_it_is_heard_too(journal, opened):
    kept(journal, stock("A"))
    journal.stock.to_write(10)
    opened().stock.mark_to_write(["A"])
    journal.stock.unplaced({"A": "unknown"})
    assert journal.stock.to_write(10) == ["A"]


def test_writing_settles_nothing_that_was_not_read_as_due(journal, opened):
    kept(journal, stock("A"))
    other = opened()
    other.stock.written([WrittenStock("A", 7, 500)])
    assert journal.stock.to_write(10) == ["A"]


def test_only_numbers_that_specter_has_told_of_are_marked(journal):
    kept(journal, stock("A"), stock("B"))
    journal.stock.to_write(10)
    journal.stock.written([WrittenStock("A", 7, 1), WrittenStock("B", 7, 2)])
    journal.stock.mark_to_write(["B", "C", "B"])
    assert journal.stock.to_write(10) == ["B"]
    journal.stock.mark_to_write(None)
    assert sorted(journal.stock.to_write(10)) == ["A", "B"]


def test_a_number_that_the_shop_does_not_have_is_listed_until_it_is_written(journal):
    kept(journal, stock("A"), stock("B"))
    journal.stock.to_write(10)
    journal.stock.unplaced({"B": "unmanaged", "A": "unknown"})
    assert [(one.article_number, one.why) for one in journal.stock.unknown()] == [("A", "unknown"), ("B", "unmanaged")]
    assert journal.stock.to_write(10) == []
    journal.batches.keep("stock", "b-2", [stock("A", 8)])
    assert journal.stock.to_write(10) == ["A"]
    assert len(journal.stock.unknown()) == 2
    journal.stock.written([WrittenStock("A", 8, 500)])
    assert [one.article_number for one in journal.stock.unknown()] == ["B"]


def test_numbers_that_the_shop_does_not_have_are_read_by_pages(journal):
    journal.stock.unplaced({f"A-{n:04}": "not_in_shop" for n in range(AT_ONCE + 2)})
    first = journal.stock.unknown()
    assert len(first) == AT_ONCE
    rest = journal.stock.unknown(first[-1].article_number)
    assert [one.article_number for one in rest] == [f"A-{AT_ONCE:04}", f"A-{AT_ONCE + 1:04}"]
    assert journal.stock.unknown(rest[-1].article_number) == []


def sold(journal, uid, number, quantity, specter_number):
    rows = (replace(intent().rows[0], article_number=number, quantity=Decimal(quantity)), intent().rows[1])
    claim = claimed(journal, uid, rows=rows)
    assert journal.results.exported(claim, specter_number, SPENT)


def test_what_is_exported_after_the_fetch_began_is_taken_off(journal):
    sold(journal, 1, "A", 5, "91")
    kept(journal, stock("A"), stock("B"))
    sold(journal, 2, "A", 2, "92")
    sold(journal, 3, "A", "1.5", "93")
    sold(journal, 4, "C", 1, "94")
    assert journal.stock.sold_after_fetch(["A", "B", "C"]) == {"A": Decimal("3.5")}
    assert journal.stock.sold_after_fetch([]) == {}


def test_exports_are_read_in_short_ranges_of_events(journal, monkeypatch):
    kept(journal, stock("A"))
    for uid in range(1, 8):
        sold(journal, uid, "A", uid, str(90 + uid))
    whole = journal.stock.sold_after_fetch(["A"])
    monkeypatch.setattr(stock_module, "_EVENTS_AT_ONCE", 4)
    read = list[int]()
    true_rows = journal.db.rows

    def rows(sql, values=()):
        found = true_rows(sql, values)
        read.append(len(found))
        return found

    monkeypatch.setattr(journal.db, "rows", rows)
    assert journal.stock.sold_after_fetch(["A"]) == whole == {"A": 28}
    assert max(read) <= 4 * len(intent().rows)
    assert len(read) > 4


def test_an_order_exported_between_fetch_and_storing_is_taken_off(journal):
    journal.batches.begin("stock", "b-1")
    sold(journal, 1, "A", 2, "91")
    journal.batches.keep("stock", "b-1", [stock("A")])
    assert journal.stock.sold_after_fetch(["A"]) == {"A": 2}


@pytest.mark.parametrize("by", ["number_entered", "recovered"])
def test_an_order_settled_by_its_number_counts_as_exported_then(journal, by):
    journal.results.unknown(claimed(journal, 1), "")
    kept(journal, stock("TAJ-1"))
    if by == "number_entered":
        assert journal.decisions.enter_number(ShopOrder(1, "1"), "91")
    else:
        append_result(journal.path, SpooledResult(SHOP, 1, "1", "A-1", "91", datetime.now(UTC)))
        assert journal.repair.enter_unrecorded() == [1]
    assert journal.stock.sold_after_fetch(["TAJ-1"]) == {"TAJ-1": 2}


def test_a_batch_that_comes_again_is_as_old_as_its_first_fetch(journal):
    journal.batches.begin("stock", "b-1")
    sold(journal, 1, "A", 2, "91")
    journal.batches.begin("stock", "b-1")
    journal.batches.keep("stock", "b-1", [stock("A")])
    journal.batches.keep("stock", "b-1", [stock("A")])
    assert journal.stock.sold_after_fetch(["A"]) == {"A": 2}


def test_a_batch_that_someone_else_began_may_be_as_old_as_the_last_empty_queue(journal):
    sold(journal, 1, "A", 5, "91")
    journal.batches.begin("stock", "b-1")
    journal.batches.keep("stock", "b-1", [])
    sold(journal, 2, "A", 2, "92")
    journal.batches.keep("stock", "theirs", [stock("A")])
    assert journal.stock.sold_after_fetch(["A"]) == {"A": 2}


def test_sites_fetched_at_different_times_are_as_old_as_the_oldest(journal):
    kept(journal, stock("A", 5, "1"))
    sold(journal, 1, "A", 2, "91")
    kept(journal, stock("A", 3, "2"), batch="b-2")
    assert journal.stock.sold_after_fetch(["A"]) == {"A": 2}


def test_an_empty_queue_shows_that_specter_knew_and_all_is_written_again(journal):
    journal.batches.begin("stock", "b-1")
    sold(journal, 1, "A", 2, "91")
    journal.batches.keep("stock", "b-1", [stock("A"), stock("B")])
    journal.stock.to_write(10)
    journal.stock.written([WrittenStock("A", 5, 1), WrittenStock("B", 7, 2)])
    journal.batches.begin("stock", "b-2")
    sold(journal, 2, "B", 3, "92")
    journal.batches.keep("stock", "b-2", [])
    assert journal.stock.sold_after_fetch(["A", "B"]) == {"B": 3}, "the second sale came after the fetch had begun"
    assert journal.stock.to_write(10) == ["A"]


def test_an_empty_batch_that_was_not_begun_here_proves_nothing(journal):
    journal.batches.begin("stock", "b-1")
    sold(journal, 1, "A", 2, "91")
    journal.batches.keep("stock", "b-1", [stock("A")])
    journal.batches.keep("stock", "theirs", [])
    assert journal.stock.sold_after_fetch(["A"]) == {"A": 2}


@pytest.mark.timing
def test_ten_thousand_rows_are_kept_at_once(journal):
    rows = [stock(f"A-{n}", n) for n in range(10_000)]
    start = time.process_time()
    kept(journal, *rows)
    numbers = journal.stock.to_write(20_000)
    journal.stock.quantities(numbers)
    journal.stock.sold_after_fetch(numbers)
    journal.stock.written(WrittenStock(number, 1, 1) for number in numbers)
    # A bound for a busy machine; it takes half a second.
    assert time.process_time() - start < 4
    assert journal.batches.open("stock")[0].left == 0
