"""Claims: the holder of an order, and what follows when the holder is gone."""

import signal
from contextlib import ExitStack
from datetime import timedelta
from decimal import Decimal
from functools import partial

import pytest

from specter_tui.journal.errors import NotInJournal
from specter_tui.journal.models import Claim, ClaimDenied, LeaseHolder, LeaseTaken, ShopOrder
from tests.journal.orders import BO, LEASE, SOON, SPENT, TurnedClock, claimed, exported, intent
from tests.journal.rival import go, rival

UID = 150001


def settle(journal, claim, state):
    match state:
        case "retry_later":
            assert journal.results.retry_later(claim, "refused", SOON)
        case "unknown":
            assert journal.results.unknown(claim, "read timeout")
        case "refused":
            assert journal.results.refused(claim, "12", "no such article")
        case "exists":
            assert journal.results.exists(claim, "already there")
        case "exported":
            assert journal.results.exported(claim, "90001", SPENT)


def test_processes_that_race_for_the_same_orders_get_each_of_them_once(place, journal):
    uids = range(150001, 150061)
    with ExitStack() as stack:
        rivals = [stack.enter_context(rival("claim", place, *uids, boot=host)) for host in ("", "other-host")]
        for one in rivals:
            go(one)
        won = [one.stdout.readline().split() for one in rivals]
    assert sorted(won[0] + won[1]) == sorted(map(str, uids))
    assert len(journal.events.page(limit=1000)) == len(uids)


def test_an_order_that_is_wrongly_taken_to_be_new_is_claimed_or_not_as_ever(journal):
    """Another program may have claimed it since it was read; alone, and in a shared commit."""
    claims = {uid: claimed(journal, uid) for uid in range(1, 7)}
    for uid in (1, 2):
        settle(journal, claims[uid], "retry_later")
    for uid in (3, 4):
        settle(journal, claims[uid], "exported" if uid == 3 else "unknown")
    before = len(journal.events.page(limit=100))
    found = [journal.claims.claim(intent(uid), LEASE, is_new=True) for uid in (1, 3, 5, 7)]
    found += journal.group_commit(
        [partial(journal.claims.claim, intent(uid), LEASE, is_new=True) for uid in (2, 4, 6, 8)]
    )
    assert [type(one) for one in found] == [Claim, ClaimDenied, ClaimDenied, Claim] * 2
    assert [one.entry.state for one in found if isinstance(one, ClaimDenied)] == [
        "exported",
        "sending",
        "unknown",
        "sending",
    ]
    assert [event.uid for event in journal.events.page(limit=100)][before:] == [1, 7, 2, 8]
    assert [journal.orders.entry(uid).attempts for uid in (1, 2, 7, 8)] == [2, 2, 1, 1]
    assert [len(journal.orders.rows(uid)) for uid in (1, 2, 7, 8)] == [2] * 4


@pytest.mark.parametrize("state", ["unknown", "refused", "exists", "exported"])
def test_a_claim_takes_only_what_is_new_or_waits(journal, state):
    settle(journal, claimed(journal), state)
    standing = journal.claims.claim(intent(), LEASE)
    assert isinstance(standing, ClaimDenied)
    assert standing.entry.state == state
    assert standing.entry.attempts == 1


@pytest.mark.parametrize("state", ["unknown", "refused", "exists"])
def test_a_reclaim_takes_what_is_in_doubt_and_keeps_the_customer(journal, state):
    claim = claimed(journal)
    journal.results.customer_known(claim, "77")
    settle(journal, claim, state)
    other = journal.claims.reclaim(intent(external_no="B-1001"), LEASE, "looked in Specter", automatic=False)
    assert isinstance(other, ClaimDenied), (
        "the external number of the first claim stays, so this form is not the order's"
    )
    again = journal.claims.reclaim(intent(), LEASE, "looked in Specter", automatic=False)
    assert isinstance(again, Claim)
    assert (again.step, again.call, again.customer_number, again.external_no) == ("order", "order", "77", "A-1001")
    last = journal.events.page(UID)[-1]
    assert (last.verb, last.from_state, last.to_state, last.reason) == (
        "reclaimed",
        state,
        "sending",
        "looked in Specter",
    )


@pytest.mark.parametrize("doubt", ["unknown", "exists"])
def test_a_repeat_that_was_not_sent_leaves_the_doubt_about_the_call_before_it(journal, doubt):
    claim = claimed(journal)
    journal.results.customer_known(claim, "77")
    settle(journal, claim, doubt)
    before = journal.orders.entry(UID)
    edited = journal.claims.reclaim(intent(form_hash="edited", total=Decimal(1)), LEASE, "looked", automatic=True)
    assert journal.results.retry_later(edited, "connection refused", SOON)
    after = journal.orders.entry(UID)
    assert (after.state, after.step, after.retry_at) == (doubt, "order", SOON)
    assert (after.form_hash, after.total, after.repeats) == (before.form_hash, before.total, 0)
    assert journal.orders.rows(UID) == intent().rows
    last = journal.events.page(UID)[-1]
    assert (last.verb, last.to_state, last.message) == ("retry_later", doubt, "connection refused")
    assert isinstance(journal.claims.claim(intent(), LEASE), ClaimDenied), "it is no first try"


def test_a_repeat_that_is_refused_proves_nothing_of_the_call_before_it_and_counts(journal):
    claim = claimed(journal)
    journal.results.customer_known(claim, "77")
    settle(journal, claim, "unknown")
    again = journal.claims.reclaim(intent(form_hash="edited"), LEASE, "looked", automatic=True)
    assert journal.results.refused(again, "4", "no such article")
    entry = journal.orders.entry(UID)
    assert (entry.state, entry.step, entry.form_hash, entry.repeats) == ("unknown", "order", intent().form_hash, 1)
    last = journal.events.page(UID)[-1]
    assert (last.verb, last.to_state, last.reason, last.message) == ("refused", "unknown", "4", "no such article")


@pytest.mark.parametrize("state", ["retry_later", "refused"])
def test_a_customer_that_was_in_doubt_and_is_known_now_leaves_no_doubt_of_an_order(journal, state):
    settle(journal, claimed(journal), "unknown")
    again = journal.claims.reclaim(intent(), LEASE, "repeated", automatic=True)
    journal.results.customer_known(again, "77")
    settle(journal, again, state)
    assert (journal.orders.entry(UID).state, journal.orders.entry(UID).step) == (state, "order")


@pytest.mark.parametrize("state", ["sending", "retry_later", "exported", "closed"])
def test_a_reclaim_leaves_the_rest(journal, state):
    claim = claimed(journal)
    settle(journal, claim, "unknown" if state == "closed" else state)
    if state == "closed":
        assert journal.decisions.close_many([ShopOrder(UID, "1001")], "by hand")
    standing = journal.claims.reclaim(intent(), LEASE, "because", automatic=False)
    assert isinstance(standing, ClaimDenied)
    assert standing.entry.state == state


def test_a_reclaim_needs_an_order_and_a_reason(journal):
    with pytest.raises(NotInJournal):
        journal.claims.reclaim(intent(), LEASE, "because", automatic=False)
    journal.results.unknown(claimed(journal), "")
    with pytest.raises(ValueError, match="reason"):
        journal.claims.reclaim(intent(), LEASE, " ", automatic=False)


def test_automatic_repeats_are_counted_until_a_person_decides(journal):
    claim = claimed(journal)
    for count in (1, 2):
        journal.results.unknown(claim, "timeout")
        claim = journal.claims.reclaim(intent(), LEASE, "same form", automatic=True)
        assert journal.orders.entry(UID).repeats == count
    journal.results.unknown(claim, "timeout")
    journal.claims.reclaim(intent(), LEASE, "not in Specter", automatic=False)
    assert journal.orders.entry(UID).repeats == 0


def test_refusals_of_the_same_form_are_counted(journal):
    claim = claimed(journal)
    for count in (1, 2, 3):
        journal.results.refused(claim, "12", "no such article")
        assert journal.orders.entry(UID).refusals == count
        claim = journal.claims.reclaim(intent(), LEASE, "again", automatic=True)
    journal.results.refused(claim, "12", "no such article")
    claim = journal.claims.reclaim(intent(form_hash="hash-2"), LEASE, "changed", automatic=False)
    assert journal.orders.entry(UID).refusals == 0
    journal.results.refused(claim, "13", "no such rate")
    entry = journal.orders.entry(UID)
    assert (entry.refusals, entry.reason, entry.message) == (1, "13", "no such rate")


def test_a_changed_form_brings_its_rows(journal):
    journal.results.retry_later(claimed(journal), "", SOON)
    claimed(journal, form_hash="hash-2", rows=intent().rows[:1], rates=intent().rates[:1])
    assert journal.orders.rows(UID) == intent().rows[:1]
    assert journal.orders.rates(UID) == intent().rates[:1]


class TestRelease:
    def test_an_order_that_was_new_goes_and_its_events_stay(self, journal):
        assert journal.results.release(claimed(journal), "the key was refused")
        assert journal.orders.entry(UID) is None
        assert journal.orders.rows(UID) == ()
        assert [(event.verb, event.to_state) for event in journal.events.page(UID)] == [
            ("claimed", "sending"),
            ("released", None),
        ]
        claimed(journal)

    @pytest.mark.parametrize("state", ["unknown", "refused", "exists"])
    def test_an_order_that_was_in_doubt_is_as_before_with_all_it_had(self, journal, state):
        settle(journal, claimed(journal), state)
        before = journal.orders.entry(UID)
        other = intent(form_hash="hash-2", total=before.total * 2, rows=intent().rows[1:], rates=())
        again = journal.claims.reclaim(other, LEASE, "again", automatic=True)
        assert journal.results.release(again, "the key was refused")
        after = journal.orders.entry(UID)
        for name in ("state", "step", "form_hash", "total", "attempts", "refusals", "repeats", "reason", "message"):
            assert getattr(after, name) == getattr(before, name), name
        assert journal.orders.rows(UID) == intent().rows
        assert journal.orders.rates(UID) == intent().rates
        assert journal.events.page(UID)[-1].to_state == state

    def test_an_order_that_waited_waits_again(self, journal):
        journal.results.retry_later(claimed(journal), "connect refused", SOON)
        journal.results.release(claimed(journal), "the key was refused")
        entry = journal.orders.entry(UID)
        assert (entry.state, entry.retry_at, entry.message) == ("retry_later", SOON, "connect refused")

    def test_a_customer_number_that_came_meanwhile_is_kept(self, journal):
        claim = claimed(journal)
        journal.results.customer_known(claim, "77")
        assert journal.results.release(claim, "the key was refused")
        entry = journal.orders.entry(UID)
        assert (entry.state, entry.step, entry.customer_number) == ("retry_later", "order", "77")
        assert claimed(journal).customer_number == "77"

    def test_an_order_in_doubt_whose_customer_came_to_be_known_waits(self, journal):
        journal.results.unknown(claimed(journal), "read timeout")
        again = journal.claims.reclaim(intent(), LEASE, "again", automatic=True)
        journal.results.customer_known(again, "77")
        assert journal.results.release(again, "the key was refused")
        entry = journal.orders.entry(UID)
        assert (entry.state, entry.step, entry.customer_number) == ("retry_later", "order", "77")


class TestLease:
    def test_it_ends_by_its_time_and_the_order_is_in_doubt(self, opened):
        clock = TurnedClock()
        journal = opened(clock=clock)
        claim = claimed(journal)
        clock.turn(LEASE - timedelta(milliseconds=1))
        assert journal.claims.expire_leases() == []
        clock.turn(timedelta(milliseconds=1))
        assert journal.claims.expire_leases() == [UID]
        entry = journal.orders.entry(UID)
        assert (entry.state, entry.step, entry.reason) == ("unknown", "customer", "lease_over")
        assert journal.events.page(UID)[-1].verb == "expired"
        assert not journal.results.customer_known(claim, "77")

    def test_it_ends_at_once_when_its_process_is_killed(self, place, journal):
        with rival("hold", place, UID) as holder:
            go(holder)
            assert holder.stdout.readline().split() == [str(UID)]
            assert journal.claims.expire_leases() == []
            assert journal.leases.take("watch", LEASE) == LeaseHolder("bo@till")
            holder.send_signal(signal.SIGKILL)
            holder.wait()
        assert journal.claims.expire_leases() == [UID]
        assert journal.orders.entry(UID).state == "unknown"
        assert journal.leases.take("watch", LEASE) == LeaseTaken()

    def test_a_claim_that_is_finished_meanwhile_is_left_alone(self, opened):
        class Finishing(TurnedClock):
            def over(self, holder, until):
                assert first.results.exported(claim, "90001", SPENT)
                return True

        first, second = opened(), opened(BO, clock=Finishing())
        claim = claimed(first)
        assert second.claims.expire_leases() == []
        assert first.orders.entry(UID).state == "exported"

    def test_the_wall_clock_has_no_say(self, opened, monkeypatch):
        journal = opened(clock=TurnedClock())
        claimed(journal)
        monkeypatch.setattr("time.time_ns", lambda: 4_000_000_000_000_000_000)
        monkeypatch.setattr("time.time", lambda: 4_000_000_000.0)
        assert journal.claims.expire_leases() == []


class TestLate:
    """An answer that arrives when its claim no longer applies."""

    def late_claim(self, journal, clock):
        claim = claimed(journal)
        clock.turn(LEASE)
        assert journal.claims.expire_leases() == [UID]
        return claim

    @pytest.fixture
    def clock(self):
        return TurnedClock()

    @pytest.fixture
    def journal(self, opened, clock):
        return opened(clock=clock)

    def test_its_number_is_evidence_and_the_state_stays(self, journal, clock):
        claim = self.late_claim(journal, clock)
        assert not journal.results.exported(claim, "90001", SPENT)
        entry = journal.orders.entry(UID)
        assert (entry.state, entry.specter_number, entry.seen_number) == ("unknown", None, "90001")
        last = journal.events.page(UID)[-1]
        assert (last.verb, last.reason, last.specter_number) == ("late", "exported", "90001")
        assert (last.from_state, last.to_state) == ("unknown", "unknown")

    @pytest.mark.parametrize("state", ["retry_later", "unknown", "refused", "exists"])
    def test_no_other_answer_moves_the_order_either(self, journal, clock, state):
        claim = self.late_claim(journal, clock)
        again = journal.claims.reclaim(intent(), LEASE, "again", automatic=False)
        with pytest.raises(AssertionError):
            settle(journal, claim, state)
        assert not journal.results.customer_known(claim, "78")
        assert not journal.results.release(claim, "")
        entry = journal.orders.entry(UID)
        assert (entry.state, entry.step, entry.customer_number) == ("sending", "customer", None)
        assert [event.reason for event in journal.events.page(UID) if event.verb == "late"][:2] == [
            state,
            "customer_known",
        ]
        assert journal.results.exported(again, "90001", SPENT)

    def test_a_claim_given_back_is_late_even_when_the_order_is_gone(self, journal):
        claim = claimed(journal)
        journal.results.release(claim, "")
        assert not journal.results.exported(claim, "90001", SPENT)
        assert journal.orders.entry(UID) is None
        assert journal.events.page(UID)[-1].specter_number == "90001"


def test_two_journals_on_one_file_see_each_other_at_once(opened):
    first, second = opened(), opened(BO)
    exported(first)
    assert second.orders.entry(UID).specter_number == "90001"
