"""The emergency stop: read when orders are claimed, and before each other write."""

from functools import partial

import pytest

from specter_tui.journal.errors import OrderUnderWay, SendingStopped
from specter_tui.journal.models import Claim
from specter_tui.journal.probe_models import PROPER_CARD, TEST_CARD
from tests.journal.orders import BO, LEASE, SPENT, TurnedClock, claimed, intent


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


def test_a_program_stops_all_others_and_is_exempt_from_its_own_stop(opened):
    journal, other = opened(), opened(BO, clock=TurnedClock(started="2"))
    assert journal.stops.begin_own("probe", LEASE) is None
    assert journal.stops.current().is_exempt
    assert not other.stops.current().is_exempt
    for attempt in (other.stops.refuse_if_stopped, partial(other.claims.claim, intent(), LEASE, is_new=True)):
        with pytest.raises(SendingStopped, match="alma on till: probe"):
            attempt()
    journal.stops.refuse_if_stopped()
    assert isinstance(journal.claims.claim(intent(), LEASE, is_new=True), Claim)
    other.stops.end_own("not mine")
    assert other.stops.current().reason == "probe"
    journal.stops.end_own("done")
    assert other.stops.current() is None
    assert journal.db.rows("SELECT ended_by, ended_reason FROM stops", ()) == [("alma@till", "done")]


def test_its_stop_ends_with_its_time_and_another_may_follow(opened):
    clock = TurnedClock(started="")
    gone, journal = opened(clock=clock), opened(BO, clock=TurnedClock())
    gone.stops.begin_own("probe", LEASE)
    clock.turn(LEASE / 2)
    assert gone.stops.renew_own(LEASE)
    journal.db.clock.turn(LEASE)
    assert journal.stops.current() is not None, "it was renewed"
    journal.db.clock.turn(LEASE)
    assert journal.stops.current() is None
    assert isinstance(journal.claims.claim(intent(), LEASE, is_new=True), Claim)
    assert journal.stops.begin("wrong prices")
    assert not gone.stops.renew_own(LEASE)
    gone.stops.end_own("late")
    assert journal.stops.current().reason == "wrong prices"
    assert [row[0] for row in journal.db.rows("SELECT ended_reason FROM stops ORDER BY id", ())] == [
        "program_ended",
        None,
    ]


def test_a_person_may_end_it_and_it_does_not_replace_a_persons(opened):
    journal, other = opened(), opened(BO, clock=TurnedClock(started="2"))
    other.stops.begin("wrong prices")
    assert journal.stops.begin_own("probe", LEASE).reason == "wrong prices"
    assert not journal.stops.renew_own(LEASE)
    other.stops.end("prices are right")
    assert journal.stops.begin_own("probe", LEASE) is None
    assert other.stops.end("we must send now")
    assert not journal.stops.renew_own(LEASE)


def test_it_does_not_begin_while_an_order_is_being_sent(journal):
    claim = claimed(journal)
    with pytest.raises(OrderUnderWay, match="order 1001 is being sent"):
        journal.stops.begin_own("probe", LEASE)
    assert journal.stops.current() is None
    journal.results.unknown(claim, "")
    assert journal.stops.begin_own("probe", LEASE) is None


ACCOUNTS = "4711 at https://shop.test/; 17 at https://specter.test as 5"


def test_a_test_address_on_a_card_stops_every_program_until_the_proper_one_is_answered(opened):
    probe, other = opened(), opened(BO)
    probe.probe_steps.begin(ACCOUNTS, TEST_CARD, "150001")
    for journal in (probe, other):
        assert journal.stops.card_to_restore() == 150001
        for is_new in (True, False):
            with pytest.raises(SendingStopped, match="150001"):
                journal.claims.claim(intent(), LEASE, is_new=is_new)
    probe.probe_steps.end(ACCOUNTS, TEST_CARD, "150001", "done", {}, {})
    probe.probe_steps.begin(ACCOUNTS, PROPER_CARD, "150001")
    assert other.stops.card_to_restore() == 150001, "the call may not have arrived"
    probe.probe_steps.end(ACCOUNTS, PROPER_CARD, "150001", "broken_off", {}, {})
    assert other.stops.card_to_restore() == 150001
    assert other.stops.begin("wrong prices"), "a person can stop all the same"
    assert other.stops.card_to_restore() is None, "and then nothing at all is sent"
    assert other.stops.end("prices are right")
    assert other.stops.card_to_restore() == 150001, "what a person ended was another stop"
    probe.probe_steps.begin(ACCOUNTS, PROPER_CARD, "150001", again=True)
    probe.probe_steps.end(ACCOUNTS, PROPER_CARD, "150001", "done", {}, {})
    assert other.stops.current() is None
    claimed(other)


def test_a_test_that_was_skipped_stops_nothing_and_a_person_may_let_a_card_be(journal):
    journal.probe_steps.begin(ACCOUNTS, TEST_CARD, "150001")
    journal.probe_steps.end(ACCOUNTS, TEST_CARD, "150001", "skipped", {}, {})
    assert journal.stops.current() is None
    for uid in ("150002", "150003"):
        journal.probe_steps.begin(ACCOUNTS, TEST_CARD, uid)
    assert journal.stops.current() is not None
    assert journal.stops.end("put right by hand")
    assert journal.stops.current() is None
    assert not journal.stops.end("again")
