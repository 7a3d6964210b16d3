"""Batches: recorded before the fetch, whole when stored, deleted only when all is applied."""

import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from specter_tui.journal.goods_models import WrittenStock
from specter_tui.journal.opening import open_journal
from tests.journal.goods import status, stock
from tests.journal.orders import ALMA, SHOP, exported
from tests.journal.rival import address


def test_a_number_is_on_the_disk_before_its_fetch(journal, opened):
    journal.batches.begin("stock", "b-1")
    (batch,) = opened().batches.open("stock")
    assert (batch.batch_no, batch.stored_at, batch.rows, batch.left) == ("b-1", None, 0, 0)
    assert journal.batches.open("orders") == []


def test_a_stored_batch_is_open_until_all_of_it_is_applied(journal, opened):
    journal.batches.begin("stock", "b-1")
    journal.batches.keep("stock", "b-1", [stock("A"), stock("B"), stock("B", 1, "2")])
    (batch,) = opened().batches.open("stock")
    assert (batch.rows, batch.left, batch.stored_at >= batch.begun_at) == (3, 2, True)
    journal.stock.to_write(10)
    journal.stock.written([WrittenStock("A", 7, 500)])
    assert not journal.batches.acknowledged("stock", "b-1")
    journal.stock.unplaced({"B": "unknown"})
    assert journal.batches.open("stock")[0].left == 0
    assert journal.batches.acknowledged("stock", "b-1")
    assert journal.batches.open("stock") == []
    assert journal.batches.acknowledged("stock", "b-1"), "told twice it is no error"


def test_what_a_later_batch_brought_does_not_hold_up_an_earlier_one(journal):
    journal.batches.keep("stock", "b-1", [stock("A")])
    journal.batches.keep("stock", "b-2", [stock("A", 8)])
    assert [batch.left for batch in journal.batches.open("stock")] == [0, 1]


def test_stored_batches_come_before_those_that_were_only_begun(journal):
    journal.batches.begin("stock", "b-1")
    journal.batches.keep("stock", "theirs", [stock("A")])
    assert [batch.batch_no for batch in journal.batches.open("stock")] == ["theirs", "b-1"]
    journal.stock.to_write(1)
    journal.stock.written([WrittenStock("A", 7, 500)])
    assert journal.batches.acknowledged("stock", "theirs")
    assert journal.batches.open("stock") == [], "while another was open, the begun one cannot have been"


def test_an_empty_batch_leaves_nothing_to_acknowledge(journal):
    journal.batches.begin("stock", "b-1")
    journal.batches.keep("stock", "b-1", [])
    journal.batches.begin("orders", "b-2")
    journal.batches.keep("orders", "b-2", [])
    assert (journal.batches.open("stock"), journal.batches.open("orders")) == ([], [])


def test_queues_do_not_meet(journal):
    journal.batches.keep("stock", "b-1", [stock("A")])
    journal.batches.keep("orders", "b-1", [status()])
    assert journal.batches.acknowledged("orders", "b-1")
    assert len(journal.batches.open("stock")) == 1


def test_a_batch_of_orders_is_kept_whole(journal):
    exported(journal)
    journal.batches.keep("orders", "b-1", [status(delivered=True, tracking="T1"), status("99999", cancelled=True)])
    assert journal.batches.open("orders")[0].rows == 2
    assert [one.uid for one in journal.deliveries.due(10)] == [150001]
    assert journal.batches.acknowledged("orders", "b-1")
    assert [one.uid for one in journal.deliveries.due(10)] == [150001], "what is to be done about it stays"


FOREVER = """
import sys
from itertools import count
from specter_tui.journal.location import journal_place
from specter_tui.journal.opening import open_journal
from tests.journal.goods import stock
from tests.journal.orders import BO, SHOP

with open_journal(journal_place(sys.argv[1], SHOP, sys.argv[2]), SHOP, BO) as journal:
    print("ready", flush=True)
    for n in count(1):
        journal.batches.begin("stock", f"b-{n}")
        journal.batches.keep("stock", f"b-{n}", [stock(f"A-{place}", n) for place in range(300)])
"""


@pytest.mark.parametrize("seconds", [0.05, 0.11, 0.2, 0.33])
def test_a_process_that_is_killed_leaves_whole_batches(place, tmp_path, seconds):
    command = [sys.executable, "-c", FOREVER, address(place), str(tmp_path)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, cwd=Path(__file__).parents[3]) as process:
        assert process.stdout.readline() == "ready\n"
        time.sleep(seconds)
        process.kill()
    assert process.returncode == -signal.SIGKILL, "it was at work until then"
    with open_journal(place, SHOP, ALMA) as journal:
        with journal.db.change:
            pass  # A server may still be at the last change of the one that was killed; after this it is not.
        batches = journal.batches.open("stock")
        stored = [batch for batch in batches if batch.stored_at]
        assert {batch.rows for batch in stored} <= {300}
        assert len(batches) - len(stored) <= 1, "one more was begun than was stored, at most"
        found = journal.stock.quantities(f"A-{place}" for place in range(300))
        assert {one["1"].quantity for one in found.values()} == ({len(stored)} if stored else set())
        assert len(journal.stock.to_write(1000)) == len(found)
