"""Reading the journal, without reading all of it."""

import pytest

from specter_tui.journal.errors import JournalReadOnly
from specter_tui.journal.models import SentRow
from specter_tui.journal.opening import open_to_look
from tests.journal.orders import BO, LEASE, SHOP, SOON, claimed, exported, intent


@pytest.fixture
def filled(journal):
    for uid in (1, 2, 3, 4, 5):
        exported(journal, uid, str(uid))
    journal.results.retry_later(claimed(journal, 6), "", SOON)
    journal.results.unknown(claimed(journal, 7), "")
    return journal


def uids(entries):
    return [entry.uid for entry in entries]


def test_entries_are_chosen_by_uid_and_state_and_come_in_pages(filled):
    assert uids(filled.orders.entries()) == [1, 2, 3, 4, 5, 6, 7]
    assert uids(filled.orders.entries([7, 3, 99, 3])) == [3, 7]
    assert uids(filled.orders.entries([])) == []
    assert uids(filled.orders.entries(states=["unknown", "retry_later"])) == [6, 7]
    assert uids(filled.orders.entries([5, 6, 7], ["exported", "unknown"])) == [5, 7]
    assert uids(filled.orders.entries(states=[])) == []
    assert uids(filled.orders.entries(limit=3)) == [1, 2, 3]
    assert uids(filled.orders.entries(after_uid=3, limit=3)) == [4, 5, 6]
    assert uids(filled.orders.entries(states=["exported", "unknown"], after_uid=3, limit=2)) == [4, 5]
    assert uids(filled.orders.entries([2, 4, 6], after_uid=2, limit=1)) == [4]
    assert len(filled.orders.entries(range(100_000))) == 7


def test_orders_are_found_by_their_numbers(filled):
    assert uids(filled.orders.by_order_number(intent(3).order_number)) == [3]
    assert filled.orders.by_order_number("nothing") == []
    assert filled.orders.by_specter_number("3").uid == 3
    assert filled.orders.by_specter_number("33") is None
    assert filled.orders.entry(33) is None
    assert (filled.orders.rows(33), filled.orders.rates(33)) == ((), ())


def test_counts_and_due_write_backs(filled):
    assert filled.orders.counts() == {"exported": 5, "retry_later": 1, "unknown": 1}
    assert uids(filled.orders.due_write_backs(3)) == [1, 2, 3]
    filled.write_backs.done(1)
    assert uids(filled.orders.due_write_backs(3)) == [2, 3, 4]


def test_events_come_in_pages_from_both_ends(filled):
    ids = [event.id for event in filled.events.page()]
    assert ids == sorted(ids)
    assert filled.events.last_id() == ids[-1]
    assert [event.id for event in filled.events.page(after_id=ids[3], limit=2)] == ids[4:6]
    assert [event.id for event in filled.events.page(before_id=ids[3], limit=2, newest_first=True)] == [ids[2], ids[1]]
    assert [event_id for event_id, *_ in filled.events.verbs(ids[3], 2)] == ids[4:6]
    assert filled.events.verbs(ids[-2], 9) == [(ids[-1], 7, "unknown")]
    assert [event.verb for event in filled.events.page(6, newest_first=True)] == ["retry_later", "claimed"]
    assert [event.verb for event in filled.events.page(6, after_id=filled.events.page(6)[0].id)] == ["retry_later"]


def test_an_empty_journal_has_nothing(journal):
    assert (journal.orders.counts(), journal.orders.entries(), journal.events.page(), journal.events.last_id()) == (
        {},
        [],
        [],
        0,
    )


def test_an_article_number_is_a_value_never_sql(journal):
    rows = (SentRow("x'; DROP TABLE orders;--", *[intent().rows[0].quantity] * 2, 25),)
    claimed(journal, rows=rows, external_no="'; DELETE FROM orders;--")
    assert journal.orders.rows(150001) == rows
    assert journal.orders.entry(150001).external_no == "'; DELETE FROM orders;--"


def test_a_journal_that_is_only_looked_at_is_read_and_refuses_each_change(place, opened):
    """It says so itself; another message would mean that it was left to the database."""
    exported(opened())
    with open_to_look(place, SHOP, BO) as journal:
        assert [entry.specter_number for entry in journal.orders.entries()] == ["90001"]
        for change in (
            lambda: journal.claims.claim(intent(7), LEASE),
            lambda: journal.claims.claim(intent(7), LEASE, is_new=True),
            lambda: journal.leases.take("watch", LEASE),
            lambda: journal.stops.begin("why"),
        ):
            with pytest.raises(JournalReadOnly, match="--read-only"):
                change()
