"""Erasing: the traces are gone from the bytes of every file, and the order is still never sent again."""

import sqlite3
from datetime import timedelta
from decimal import Decimal

import pytest

from specter_tui.journal.errors import JournalBusy
from specter_tui.journal.records import Claim, SentRow, ShopOrder, Standing
from tests.journal.orders import LEASE, SPENT, claimed, exported, intent

TRACES = [b"CUSTOMER-4711", b"SECRET-ARTICLE", b"secret-message", b"secret-reason", b"31337.42", b"secret-hash"]


def lived(journal, uid=150001):
    """An order with a trace in every place that can hold one."""
    told = {
        "form_hash": "secret-hash",
        "total": Decimal("31337.42"),
        "rows": (SentRow("SECRET-ARTICLE", Decimal(1), Decimal("31337.42"), 25),),
    }
    claim = claimed(journal, uid, **told)
    journal.customer_known(claim, "CUSTOMER-4711")
    journal.refused(claim, "12", "secret-message")
    claim = journal.reclaim(intent(uid, **told), LEASE, "secret-reason", automatic=False)
    assert isinstance(claim, Claim)
    return claim


def bytes_of(path) -> bytes:
    return b"".join(one.read_bytes() for one in path.parent.iterdir() if one.suffix != ".reserve")


def test_no_byte_of_an_erased_order_is_left(journal, path):
    journal.exported(lived(journal), "90001", SPENT)
    before = bytes_of(path)
    assert all(trace in before for trace in TRACES)
    assert journal.erase([150001]) == [150001]
    after = bytes_of(path)
    assert [trace for trace in TRACES if trace in after] == []


def test_what_keeps_it_from_being_sent_again_stays(journal):
    journal.exported(lived(journal), "90001", SPENT)
    journal.erase([150001])
    entry = journal.entry(150001)
    assert (entry.state, entry.specter_number, entry.external_no) == ("exported", "90001", intent().external_no)
    assert isinstance(journal.claim(intent(), LEASE), Standing)
    assert journal.events()[-1].verb == "erased"
    assert journal.events()[-1].operator == "alma"


def test_all_orders_of_a_customer_are_found(journal):
    for uid in (1, 2):
        journal.exported(lived(journal, uid), str(90000 + uid), SPENT)
    exported(journal, 3, "90003")
    assert journal.uids_of_customer("CUSTOMER-4711") == [1, 2]
    assert journal.erase([1, 2]) == [1, 2]
    assert journal.entry(3).customer_number == "77"
    assert journal.uids_of_customer("CUSTOMER-4711") == []


def test_an_order_that_is_not_settled_is_kept(journal):
    lived(journal)
    assert journal.erase([150001, 4]) == []
    assert journal.entry(150001).customer_number == "CUSTOMER-4711"


def test_a_closed_order_that_is_erased_and_opened_again_is_still_in_doubt(journal, path):
    journal.unknown(lived(journal), "secret-message")
    journal.close_order(ShopOrder(150001, "1001"), "by hand")
    journal.erase([150001])
    assert [trace for trace in TRACES if trace in bytes_of(path)] == []
    assert journal.reopen(ShopOrder(150001, "1001"), "after all")
    assert journal.entry(150001).state == "unknown", "not ready: it may be at Specter"


def test_events_are_guarded_again_afterwards(journal):
    exported(journal)
    journal.erase([150001])
    with pytest.raises(sqlite3.IntegrityError, match="never altered"):
        journal._execute("UPDATE events SET verb = 'x'")


def test_a_log_that_cannot_be_emptied_is_said(opened, path):
    journal = opened(busy=timedelta(milliseconds=50))
    exported(journal)
    reader = sqlite3.connect(path, isolation_level=None)
    reader.execute("BEGIN")
    reader.execute("SELECT COUNT(*) FROM orders").fetchall()
    with pytest.raises(JournalBusy, match=r"erased, but.*try again"):
        journal.erase([150001])
    reader.close()
    assert journal.erase([150001]) == [150001]
