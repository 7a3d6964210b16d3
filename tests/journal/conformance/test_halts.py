"""A halt by an HTTP status: a row of the journal that works as a circuit breaker."""

from datetime import timedelta

import pytest

from specter_tui.journal.models import Barred, Claim, Halt
from specter_tui.journal.repositories.halts import PAUSES
from tests.journal.orders import BO, LEASE, SOON, SPENT, TurnedClock, claimed, intent

MINUTE = timedelta(minutes=1)


def met(journal, uid, status=302):
    claim = claimed(journal, uid)
    assert journal.results.unknown(claim, f"HTTP {status}", status, server_failed=status >= 500)


def passes(journal, time):
    """Let time pass: the halt began, and is due, that much earlier."""
    with journal.db.change:
        by = time // timedelta(microseconds=1)
        journal.db.execute("UPDATE halts SET next_at = next_at - ? WHERE shop = ?", (by, journal.shop))


def tried(journal, uid):
    got = journal.claims.claim(intent(uid), LEASE, may_try=True)
    assert isinstance(got, Claim)
    assert got.trial is not None
    return got


@pytest.mark.parametrize("is_new", [True, False])
def test_a_status_that_proves_nothing_halts_everyone_on_the_journal(opened, is_new):
    first, second = opened(), opened(BO)
    waiting = claimed(first, 2)
    first.results.retry_later(waiting, "", SOON)
    met(first, 1)
    assert (first.orders.entry(1).state, first.orders.entry(1).reason) == ("unknown", "http_status")
    barred = second.claims.claim(intent(3), LEASE, is_new=is_new, may_try=True)
    assert isinstance(barred, Barred)
    assert isinstance(barred.by, Halt)
    assert (barred.by.status, barred.by.uid, barred.by.message) == (302, 1, "HTTP 302")
    assert isinstance(second.claims.claim(intent(2), LEASE), Barred)
    assert isinstance(second.claims.reclaim(intent(1), LEASE, "looked", automatic=False), Barred)
    assert second.orders.entry(3) is None
    assert second.orders.entry(2).state == "retry_later"
    assert opened().halts.current() == barred.by, "also after a restart"


def test_one_order_alone_is_tried_when_the_pause_is_over_and_its_answer_ends_the_halt(opened):
    first, second = opened(), opened(BO)
    met(first, 1)
    passes(first, PAUSES[0])
    assert isinstance(first.claims.claim(intent(2), LEASE), Barred), "not without the account test"
    claim = tried(second, 2)
    assert isinstance(first.claims.claim(intent(3), LEASE, may_try=True), Barred)
    second.results.customer_known(claim, "77")
    assert isinstance(first.claims.claim(intent(3), LEASE, may_try=True), Barred), "it is not answered yet"
    second.results.exported(claim, "90001", SPENT)
    assert first.halts.current() is None
    claimed(first, 3)


def test_pauses_grow_and_after_the_last_only_a_person_ends_it(journal):
    met(journal, 1)
    for uid, pause in enumerate(PAUSES, start=2):
        halt = journal.halts.current()
        assert pause - MINUTE < halt.next_at - journal.now() <= pause
        passes(journal, pause)
        journal.results.unknown(tried(journal, uid), "HTTP 404", 404)
    halt = journal.halts.current()
    assert (halt.status, halt.statuses, halt.next_at) == (404, 4, None)
    assert isinstance(journal.claims.claim(intent(9), LEASE, may_try=True), Barred)
    with pytest.raises(ValueError, match="reason"):
        journal.halts.end(" ")
    assert journal.halts.end("the address was wrong")
    assert not journal.halts.end("again")
    claimed(journal, 9)
    ended = journal.db.rows("SELECT ended_by, ended_reason FROM halts WHERE shop = ?", (journal.shop,))
    assert ended == [("alma@till", "the address was wrong")]


@pytest.mark.parametrize("how", ["not sent", "lost", "killed"])
def test_a_trial_that_is_not_answered_proves_nothing_and_another_is_made_later(journal, how):
    met(journal, 1)
    passes(journal, PAUSES[0])
    claim = tried(journal, 2)
    if how == "not sent":
        journal.results.retry_later(claim, "", SOON)
    elif how == "lost":
        journal.results.unknown(claim, "no answer")
    assert isinstance(journal.claims.claim(intent(3), LEASE, may_try=True), Barred)
    passes(journal, LEASE)
    assert tried(journal, 3)


@pytest.mark.parametrize("how", ["refused", "exists"])
def test_a_refusal_is_an_answer(journal, how):
    met(journal, 1)
    passes(journal, PAUSES[0])
    claim = tried(journal, 2)
    assert journal.results.refused(claim, "17", "no") if how == "refused" else journal.results.exists(claim, "there")
    assert journal.halts.current() is None


def test_orders_that_were_on_their_way_do_not_lengthen_it(journal):
    claims = [claimed(journal, uid) for uid in (1, 2, 3)]
    for claim in claims:
        journal.results.unknown(claim, "HTTP 302", 302)
    assert journal.halts.current().statuses == 1


def test_an_answer_to_one_that_was_on_its_way_does_not_end_it(journal):
    early = claimed(journal, 5)
    met(journal, 1)
    journal.results.customer_known(early, "77")
    journal.results.exported(early, "90001", SPENT)
    assert journal.halts.current() is not None


def test_the_third_server_failure_in_a_row_halts(journal):
    met(journal, 1, 500)
    met(journal, 2, 503)
    assert journal.halts.current() is None
    assert journal.orders.entry(2).reason == "server_failed"
    met(journal, 3, 500)
    assert journal.halts.current().status == 500


def test_an_answer_between_them_begins_the_count_again(journal):
    met(journal, 1, 500)
    met(journal, 2, 500)
    journal.results.refused(claimed(journal, 3), "17", "no")
    met(journal, 4, 500)
    met(journal, 5, 500)
    assert journal.halts.current() is None
    met(journal, 6, 500)
    journal.halts.end("mended")
    met(journal, 7, 500)
    assert journal.halts.current() is None, "and so does its end"


def test_a_clock_that_was_set_back_makes_it_no_longer(journal):
    met(journal, 1)
    passes(journal, -timedelta(days=1))
    assert tried(journal, 2)


@pytest.mark.parametrize("how", ["lost", "lost at the order", "server failed", "killed", "put off"])
def test_the_order_that_met_it_is_known_as_that_until_an_answer_comes(opened, how):
    clock = TurnedClock()
    journal = opened(clock=clock)
    first = claimed(journal, 1, buyer=("b",))
    journal.results.customer_known(first, "77")
    journal.results.unknown(first, "HTTP 403", 403)
    journal.halts.end("looked into")
    again = journal.claims.reclaim(intent(1, buyer=("b",)), LEASE, "not there, I looked", automatic=False)
    if how == "lost at the order":
        journal.results.customer_known(again, "77")
    if how == "killed":
        clock.turn(LEASE)
        journal.claims.expire_leases()
    elif how == "put off":
        journal.results.retry_later(again, "HTTP 429", SOON)
    else:
        journal.results.unknown(again, "no answer", 500 if how == "server failed" else None, server_failed=True)
    entry = journal.orders.entry(1)
    assert (entry.state, entry.step, entry.reason) == ("unknown", "order", "http_status")
    answered = journal.claims.reclaim(intent(1, buyer=("b",)), LEASE, "again", automatic=False)
    journal.results.customer_known(answered, "77")
    journal.results.exists(answered, "there already")
    assert journal.orders.entry(1).reason == ""
