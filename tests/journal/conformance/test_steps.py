"""The step never goes back: after a repeated customer call, an order whose order call is in doubt stays in doubt."""

import pytest

from specter_tui.journal.models import Claim
from tests.journal.orders import LEASE, SOON, SPENT, TurnedClock, claimed, intent

UID = 150001
BUYER = ("digest-of-an-address",)


@pytest.fixture
def clock():
    return TurnedClock()


@pytest.fixture
def journal(opened, clock):
    return opened(clock=clock)


def in_doubt(journal, state="unknown"):
    claim = claimed(journal, buyer=BUYER)
    journal.results.customer_known(claim, "77")
    assert getattr(journal.results, state)(claim, "read timeout")
    return journal.orders.entry(UID)


def repeated(journal, **changes):
    again = journal.claims.reclaim(intent(buyer=BUYER, **changes), LEASE, "looked", automatic=True)
    assert isinstance(again, Claim)
    assert (again.step, again.call) == ("order", "customer")
    return again


def end(journal, clock, claim, how):
    match how:
        case "refused":
            assert journal.results.refused(claim, "17", "no such country")
        case "not sent":
            assert journal.results.retry_later(claim, "connect refused", SOON)
        case "lost":
            assert journal.results.unknown(claim, "no answer")
        case "a status":
            assert journal.results.unknown(claim, "HTTP 302", 302)
        case "given back":
            assert journal.results.release(claim, "the key was refused")
        case "killed":
            clock.turn(LEASE)
            assert journal.claims.expire_leases() == [UID]


@pytest.mark.parametrize("how", ["refused", "not sent", "lost", "a status", "given back", "killed"])
@pytest.mark.parametrize("state", ["unknown", "exists"])
def test_an_order_in_doubt_stays_so_whatever_becomes_of_its_repeated_customer_call(journal, clock, how, state):
    before = in_doubt(journal, state)
    end(journal, clock, repeated(journal, form_hash="edited"), how)
    after = journal.orders.entry(UID)
    assert (after.state, after.step) == ("unknown" if how == "killed" else state, "order")
    if how != "killed":
        assert after.form_hash == before.form_hash, "of the form that may have arrived"
    assert journal.events.page(UID)[-1].to_state == after.state
    assert after.customer_number == "77"


@pytest.mark.parametrize("how", ["lost", "killed"])
@pytest.mark.parametrize("before", ["retry_later", "refused"])
def test_the_step_of_one_that_waited_at_the_order_does_not_go_back_either(journal, clock, before, how):
    claim = claimed(journal, buyer=BUYER)
    journal.results.customer_known(claim, "77")
    if before == "retry_later":
        journal.results.retry_later(claim, "HTTP 429", SOON)
        again = claimed(journal, buyer=BUYER)
    else:
        journal.results.refused(claim, "17", "no such article")
        again = journal.claims.reclaim(intent(buyer=BUYER), LEASE, "again", automatic=False)
    assert (again.step, again.call) == ("order", "customer")
    end(journal, clock, again, how)
    assert (journal.orders.entry(UID).state, journal.orders.entry(UID).step) == ("unknown", "order")


def test_the_number_of_the_last_customer_call_counts(journal):
    in_doubt(journal)
    again = repeated(journal)
    assert journal.results.customer_known(again, "78")
    assert journal.results.retry_later(again, "connect refused", SOON)
    entry = journal.orders.entry(UID)
    assert (entry.state, entry.step, entry.customer_number) == ("unknown", "order", "78")
    last = repeated(journal)
    assert last.customer_number == "78"
    assert journal.results.customer_known(last, "78")
    assert journal.results.exported(last, "90001", SPENT)


def test_a_repeated_order_call_that_is_lost_is_in_doubt_about_its_own_form(journal):
    in_doubt(journal)
    again = repeated(journal, form_hash="edited")
    journal.results.customer_known(again, "77")
    journal.results.unknown(again, "no answer")
    assert journal.orders.entry(UID).form_hash == "edited"


def test_an_order_that_is_not_matched_keeps_its_own_customer_and_the_form_that_made_it(journal):
    claim = claimed(journal, customer_hash="card-1")
    assert claim.call == "customer"
    journal.results.customer_known(claim, "77")
    journal.results.unknown(claim, "read timeout")
    again = journal.claims.reclaim(intent(customer_hash="card-1"), LEASE, "looked", automatic=True)
    assert (again.step, again.call, again.customer_number) == ("order", "order", "77")
    assert journal.orders.entry(UID).customer_hash == "card-1"
