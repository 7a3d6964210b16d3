"""All steps of an order in the journal."""

from datetime import UTC, datetime
from decimal import Decimal

from specter_tui.journal.models import Claim, ClaimDenied
from tests.journal.orders import BO, LEASE, SOON, SPENT, claimed, intent


def test_an_order_goes_from_claim_to_write_back(journal):
    claim = journal.claims.claim(intent(), LEASE)
    assert isinstance(claim, Claim)
    assert (claim.external_no, claim.step, claim.customer_number) == ("A-1001", "customer", None)
    assert journal.results.customer_known(claim, "77")
    assert journal.orders.entry(150001).step == "order"
    assert journal.results.exported(claim, "90001", SPENT)
    assert [entry.uid for entry in journal.orders.due_write_backs(10)] == [150001]
    assert journal.write_backs.done(150001)
    assert journal.orders.due_write_backs(10) == []
    entry = journal.orders.entry(150001)
    assert (entry.state, entry.specter_number, entry.write_back) == ("exported", "90001", "done")
    assert (entry.order_number, entry.external_no, entry.customer_number) == ("1001", "A-1001", "77")
    assert (entry.total, entry.currency, entry.attempts, entry.holder) == (Decimal("487.50"), "SEK", 1, "alma@till")
    assert entry.ordered == datetime(2026, 11, 23, 9, 30, 15, 123456, tzinfo=UTC)
    assert entry.exported_at is not None
    assert journal.orders.rows(150001) == intent().rows
    assert journal.orders.rates(150001) == intent().rates
    assert [(event.verb, event.from_state, event.to_state, event.step) for event in journal.events.page(150001)] == [
        ("claimed", None, "sending", "customer"),
        ("customer_known", "sending", "sending", "order"),
        ("exported", "sending", "exported", "order"),
        ("write_back_done", "exported", "exported", "order"),
    ]
    told = journal.events.page(150001)[2]
    assert (told.operator, told.host, told.specter_number, told.duration_ms) == ("alma", "till", "90001", 345)


def test_a_second_claim_sees_who_stands_in_its_way(opened):
    first, second = opened(), opened(BO)
    claimed(first)
    standing = second.claims.claim(intent(), LEASE)
    assert isinstance(standing, ClaimDenied)
    assert (standing.entry.state, standing.entry.holder) == ("sending", "alma@till")
    assert len(first.events.page()) == 1


def test_a_waiting_order_is_claimed_again_with_its_customer_and_its_first_external_number(journal):
    claim = claimed(journal)
    journal.results.customer_known(claim, "77")
    assert journal.results.retry_later(claim, "connect refused", SOON)
    assert journal.orders.entry(150001).retry_at == SOON
    assert isinstance(journal.claims.claim(intent(external_no="B-1001"), LEASE), ClaimDenied), "the first number stays"
    again = claimed(journal, form_hash="hash-2")
    assert (again.external_no, again.step, again.customer_number) == ("A-1001", "order", "77")
    assert (journal.orders.entry(150001).attempts, journal.orders.entry(150001).form_hash) == (2, "hash-2")
    assert journal.orders.entry(150001).retry_at is None


def test_many_numbers_that_came_home_are_one_commit_with_an_event_each(journal):
    for uid in (1, 2, 3):
        journal.results.exported(claimed(journal, uid=uid, order_number=f"A{uid}"), f"9{uid}", SPENT)
    assert journal.write_backs.done_many({1: "91", 3: "93", 4: "94"}) == [1, 3]
    assert journal.write_backs.done_many({1: "91", 3: "93"}) == []
    assert [entry.uid for entry in journal.orders.due_write_backs(10)] == [2]
    assert [event.uid for event in journal.events.page() if event.verb == "write_back_done"] == [1, 3]
