"""Erasing in a file: the data is gone from its bytes and from those of all files beside it."""

import sqlite3
from datetime import timedelta

import pytest

from specter_tui.journal.errors import JournalBusy
from tests.journal.conformance.test_erasure import TRACES, lived
from tests.journal.orders import SPENT, exported


def bytes_of(path) -> bytes:
    return b"".join(one.read_bytes() for one in path.parent.iterdir() if one.suffix != ".reserve")


def test_no_byte_of_an_erased_order_is_left(journal, path):
    journal.results.exported(lived(journal), "90001", SPENT)
    before = bytes_of(path)
    assert all(trace in before for trace in TRACES)
    assert journal.erasure.erase([150001]) == [150001]
    after = bytes_of(path)
    assert [trace for trace in TRACES if trace in after] == []


def test_a_log_that_cannot_be_emptied_is_said(opened, path):
    journal = opened(busy=timedelta(milliseconds=50))
    exported(journal)
    reader = sqlite3.connect(path, isolation_level=None)
    reader.execute("BEGIN")
    reader.execute("SELECT COUNT(*) FROM orders").fetchall()
    with pytest.raises(JournalBusy, match=r"erased, but.*try again"):
        journal.erasure.erase([150001])
    reader.close()
    assert journal.erasure.erase([150001]) == [150001]
