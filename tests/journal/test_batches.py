"""Batches in a file whose disk is full."""

import pytest

from specter_tui.journal.errors import JournalFull
from tests.journal.goods import stock


def test_a_full_disk_keeps_no_part_of_a_batch(journal):
    journal.begin_batch("stock", "b-1")
    (pages,) = journal._rows("PRAGMA page_count", ())[0]
    journal._execute(f"PRAGMA max_page_count = {pages + 2}")
    with pytest.raises(JournalFull):
        journal.keep_batch("stock", "b-1", [stock(f"A-{n}") for n in range(10_000)])
    assert (journal.to_write(1), journal.open_batches("stock")[0].stored_at) == ([], None)
    journal._execute("PRAGMA max_page_count = 1000000")
    journal.keep_batch("stock", "b-1", [stock("A-1")])
    assert journal.to_write(10) == ["A-1"]
