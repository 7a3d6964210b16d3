"""Batches in a file whose disk is full."""

import pytest

from specter_tui.journal.errors import JournalFull
from tests.journal.goods import stock


def test_a_full_disk_keeps_no_part_of_a_batch(journal):
    journal.batches.begin("stock", "b-1")
    (pages,) = journal.db.rows("PRAGMA page_count", ())[0]
    journal.db.execute(f"PRAGMA max_page_count = {pages + 2}")
    with pytest.raises(JournalFull):
        journal.batches.keep("stock", "b-1", [stock(f"A-{n}") for n in range(10_000)])
    assert (journal.stock.to_write(1), journal.batches.open("stock")[0].stored_at) == ([], None)
    journal.db.execute("PRAGMA max_page_count = 1000000")
    journal.batches.keep("stock", "b-1", [stock("A-1")])
    assert journal.stock.to_write(10) == ["A-1"]
