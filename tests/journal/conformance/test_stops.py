"""The emergency stop: read when orders are claimed, and before each other write."""

from functools import partial

import pytest

from specter_tui.journal.errors import SendingStopped
from specter_tui.journal.models import Claim
from tests.journal.orders import BO, LEASE, SPENT, claimed, intent


def test_it_begins_and_ends_with_a_reason_and_says_by_whom(opened):
    journal, other = opened(), opened(BO)
    assert journal.stops.current() is None
    with pytest.raises(ValueError, match="reason"):
        journal.stops.begin(" ")
    assert other.stops.begin("wrong prices")
    assert not journal.stops.begin("me too"), "one stop at a time: the first says why"
    stop = journal.stops.current()
    assert (stop.reason, stop.operator, stop.host) == ("wrong prices", "bo", "till")
    with pytest.raises(ValueError, match="reason"):
        journal.stops.end("")
    assert journal.stops.end("prices are right")
    assert not journal.stops.end("again")
    assert other.stops.current() is None
    assert journal.stops.begin("another")
    kept = journal.db.rows("SELECT reason, operator, ended_by, ended_reason FROM stops ORDER BY id", ())
    assert kept == [("wrong prices", "bo", "alma@till", "prices are right"), ("another", "alma", None, None)]


@pytest.mark.parametrize("is_new", [True, False])
def test_nobody_claims_an_order_while_it_holds(opened, is_new):
    journal, other = opened(), opened(BO)
    journal.stops.begin("wrong prices")
    events = journal.events.last_id()
    with pytest.raises(SendingStopped, match="alma on till: wrong prices"):
        other.claims.claim(intent(), LEASE, is_new=is_new)
    assert (other.orders.entry(150001), other.events.last_id()) == (None, events)
    journal.stops.end("prices are right")
    assert isinstance(other.claims.claim(intent(), LEASE, is_new=is_new), Claim)


@pytest.mark.parametrize("state", ["retry_later", "unknown", "refused"])
def test_nor_one_that_was_tried_before(journal, state):
    claim = claimed(journal)
    if state == "retry_later":
        journal.results.release(claim, "")
        claim = claimed(journal)
        journal.results.customer_known(claim, "77")
        journal.results.release(claim, "")
    elif state == "unknown":
        journal.results.unknown(claim, "")
    else:
        journal.results.refused(claim, "12", "")
    journal.stops.begin("wrong prices")
    again = partial(journal.claims.claim, intent(), LEASE)
    if state != "retry_later":
        again = partial(journal.claims.reclaim, intent(), LEASE, "because", automatic=False)
    with pytest.raises(SendingStopped):
        again()
    with pytest.raises(SendingStopped):
        journal.claims.claim(intent(150007), LEASE)
    assert journal.orders.entry(150001).state == state


def test_an_order_that_was_claimed_goes_to_its_end(journal):
    claim = claimed(journal)
    journal.stops.begin("wrong prices")
    assert journal.results.customer_known(claim, "77")
    assert journal.results.exported(claim, "90001", SPENT)


def test_every_other_write_asks_before_it_begins(journal):
    journal.stops.refuse_if_stopped()
    journal.stops.begin("wrong prices")
    with pytest.raises(SendingStopped):
        journal.stops.refuse_if_stopped()


def test_claims_that_share_a_commit_are_refused_and_what_came_is_kept(journal):
    claim = claimed(journal)
    journal.results.customer_known(claim, "77")
    journal.stops.begin("wrong prices")
    refused, kept = journal.group_commit(
        [
            lambda: journal.claims.claim(intent(150002), LEASE, is_new=True),
            lambda: journal.results.exported(claim, "90001", SPENT),
        ]
    )
    assert isinstance(refused, SendingStopped)
    assert kept is True
    assert journal.orders.entry(150001).state == "exported"
