"""Erasing: the data is gone from every row, and the order is still never sent again."""

from decimal import Decimal

import pytest

from specter_tui.journal.errors import JournalError
from specter_tui.journal.models import Claim, ClaimDenied, SentRow, ShopOrder
from tests.journal.orders import LEASE, SPENT, claimed, exported, intent

TRACES = [b"CUSTOMER-4711", b"SECRET-ARTICLE", b"secret-message", b"secret-reason", b"31337.42", b"secret-hash"]


def lived(journal, uid=150001):
    """Give an order with data in every place that can contain any."""
    told = {
        "form_hash": "secret-hash",
        "total": Decimal("31337.42"),
        "rows": (SentRow("SECRET-ARTICLE", Decimal(1), Decimal("31337.42"), 25),),
    }
    claim = claimed(journal, uid, **told)
    journal.results.customer_known(claim, "CUSTOMER-4711")
    journal.results.refused(claim, "12", "secret-message")
    claim = journal.claims.reclaim(intent(uid, **told), LEASE, "secret-reason", automatic=False)
    assert isinstance(claim, Claim)
    return claim


def traces(journal) -> list[str]:
    """Return what any table still contains of the order."""
    tables = ("orders", "sent_rows", "events", "calls", "drift_lines", "deliveries")
    told = str([journal.db.rows(f"SELECT * FROM {table}") for table in tables])
    return [trace.decode() for trace in TRACES if trace.decode() in told]


def test_no_row_tells_of_an_erased_order(journal):
    journal.results.exported(lived(journal), "90001", SPENT)
    assert traces(journal) == [trace.decode() for trace in TRACES]
    assert journal.erasure.erase([150001]) == [150001]
    assert traces(journal) == []


def test_what_keeps_it_from_being_sent_again_stays(journal):
    journal.results.exported(lived(journal), "90001", SPENT)
    journal.erasure.erase([150001])
    entry = journal.orders.entry(150001)
    assert (entry.state, entry.specter_number, entry.external_no) == ("exported", "90001", intent().external_no)
    assert isinstance(journal.claims.claim(intent(), LEASE), ClaimDenied)
    assert journal.events.page()[-1].verb == "erased"
    assert journal.events.page()[-1].operator == "alma"


def test_all_orders_of_a_customer_are_found(journal):
    for uid in (1, 2):
        journal.results.exported(lived(journal, uid), str(90000 + uid), SPENT)
    exported(journal, 3, "90003")
    assert journal.erasure.uids_of_customer("CUSTOMER-4711") == [1, 2]
    assert journal.erasure.erase([1, 2]) == [1, 2]
    assert journal.orders.entry(3).customer_number == "77"
    assert journal.erasure.uids_of_customer("CUSTOMER-4711") == []


def test_an_order_that_is_not_settled_is_kept(journal):
    lived(journal)
    assert journal.erasure.erase([150001, 4]) == []
    assert journal.orders.entry(150001).customer_number == "CUSTOMER-4711"


def test_a_closed_order_that_is_erased_and_opened_again_is_still_in_doubt(journal):
    journal.results.unknown(lived(journal), "secret-message")
    journal.decisions.close_many([ShopOrder(150001, "1001")], "by hand")
    journal.erasure.erase([150001])
    assert traces(journal) == []
    assert journal.decisions.reopen(ShopOrder(150001, "1001"), "after all")
    assert journal.orders.entry(150001).state == "unknown", "not ready: it may be at Specter"


def test_events_are_guarded_again_afterwards(journal):
    exported(journal)
    journal.erasure.erase([150001])
    with pytest.raises(JournalError, match="never altered"), journal.db.change:
        journal.db.execute("UPDATE events SET verb = 'x'")
