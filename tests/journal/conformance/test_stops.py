"""The emergency stop: read when orders are claimed, and before each other write."""

from functools import partial

import pytest

from specter_tui.journal.errors import SendingStopped
from specter_tui.journal.models import Claim
from tests.journal.orders import BO, LEASE, SPENT, claimed, intent


def test_it_begins_and_ends_with_a_reason_and_says_by_whom(opened):
    journal, other = opened(), opened(BO)
    assert journal.stop_in_force() is None
    with pytest.raises(ValueError, match="reason"):
        journal.begin_stop(" ")
    assert other.begin_stop("wrong prices")
    assert not journal.begin_stop("me too"), "one stop at a time: the first says why"
    stop = journal.stop_in_force()
    assert (stop.reason, stop.operator, stop.host) == ("wrong prices", "bo", "till")
    with pytest.raises(ValueError, match="reason"):
        journal.end_stop("")
    assert journal.end_stop("prices are right")
    assert not journal.end_stop("again")
    assert other.stop_in_force() is None
    assert journal.begin_stop("another")
    kept = journal._rows("SELECT reason, operator, ended_by, ended_reason FROM stops ORDER BY id", ())
    assert kept == [("wrong prices", "bo", "alma@till", "prices are right"), ("another", "alma", None, None)]


@pytest.mark.parametrize("is_new", [True, False])
def test_nobody_claims_an_order_while_it_holds(opened, is_new):
    journal, other = opened(), opened(BO)
    journal.begin_stop("wrong prices")
    events = journal.last_event_id()
    with pytest.raises(SendingStopped, match="alma on till: wrong prices"):
        other.claim(intent(), LEASE, is_new=is_new)
    assert (other.entry(150001), other.last_event_id()) == (None, events)
    journal.end_stop("prices are right")
    assert isinstance(other.claim(intent(), LEASE, is_new=is_new), Claim)


@pytest.mark.parametrize("state", ["retry_later", "unknown", "refused"])
def test_nor_one_that_was_tried_before(journal, state):
    claim = claimed(journal)
    if state == "retry_later":
        journal.release(claim, "")
        claim = claimed(journal)
        journal.customer_known(claim, "77")
        journal.release(claim, "")
    elif state == "unknown":
        journal.unknown(claim, "")
    else:
        journal.refused(claim, "12", "")
    journal.begin_stop("wrong prices")
    again = partial(journal.claim, intent(), LEASE)
    if state != "retry_later":
        again = partial(journal.reclaim, intent(), LEASE, "because", automatic=False)
    with pytest.raises(SendingStopped):
        again()
    with pytest.raises(SendingStopped):
        journal.claim(intent(150007), LEASE)
    assert journal.entry(150001).state == state


def test_an_order_that_was_claimed_goes_to_its_end(journal):
    claim = claimed(journal)
    journal.begin_stop("wrong prices")
    assert journal.customer_known(claim, "77")
    assert journal.exported(claim, "90001", SPENT)


def test_every_other_write_asks_before_it_begins(journal):
    journal.refuse_if_stopped()
    journal.begin_stop("wrong prices")
    with pytest.raises(SendingStopped):
        journal.refuse_if_stopped()


def test_claims_that_share_a_commit_are_refused_and_what_came_is_kept(journal):
    claim = claimed(journal)
    journal.customer_known(claim, "77")
    journal.begin_stop("wrong prices")
    refused, kept = journal.group_commit(
        [lambda: journal.claim(intent(150002), LEASE, is_new=True), lambda: journal.exported(claim, "90001", SPENT)]
    )
    assert isinstance(refused, SendingStopped)
    assert kept is True
    assert journal.entry(150001).state == "exported"
