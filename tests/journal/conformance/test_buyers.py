"""Locks of buyers: one order of a buyer at a time is in flight on this journal, whichever program sends it."""

from datetime import timedelta
from functools import partial

import pytest

from specter_tui.journal.models import BuyerBusy, Claim, ClaimDenied, ShopOrder
from specter_tui.journal.repositories.buyer_locks import LONGEST_IN_DOUBT
from tests.journal.orders import BO, LEASE, SOON, SPENT, TurnedClock, claimed, intent

ONE, TWO, OTHER = 150001, 150002, 150003
MAIL, NUMBER = "digest-of-an-address", "digest-of-a-number"


def keys(journal):
    return sorted(row[0] for row in journal.db.rows("SELECT key FROM buyer_locks WHERE shop = ?", (journal.shop,)))


@pytest.mark.parametrize("is_new", [True, False])
@pytest.mark.parametrize("shared", [(MAIL,), (NUMBER,), (MAIL, NUMBER)])
def test_another_order_of_the_buyer_gets_no_claim_and_leaves_no_trace(opened, is_new, shared):
    first, second = opened(), opened(BO)
    claimed(first, ONE, buyer=(MAIL, NUMBER))
    busy = second.claims.claim(intent(TWO, buyer=shared), LEASE, is_new=is_new)
    assert busy == BuyerBusy("1001", in_doubt=False)
    assert second.orders.entry(TWO) is None
    assert second.events.page(TWO) == []
    assert isinstance(second.claims.claim(intent(OTHER, buyer=("someone-else",)), LEASE, is_new=is_new), Claim)
    assert isinstance(second.claims.claim(intent(ONE, buyer=(MAIL,)), LEASE, is_new=is_new), ClaimDenied)


def test_claims_that_share_a_commit_are_kept_apart_too(journal):
    found = journal.group_commit(
        [partial(journal.claims.claim, intent(uid, buyer=(MAIL,)), LEASE, is_new=True) for uid in (ONE, TWO)]
    )
    assert [type(one) for one in found] == [Claim, BuyerBusy]


def end(journal, claim, how):
    match how:
        case "exported":
            journal.results.customer_known(claim, "77")
            assert journal.results.exported(claim, "90001", SPENT)
        case "retry_later":
            assert journal.results.retry_later(claim, "", SOON)
        case "released":
            assert journal.results.release(claim, "")
        case "refused":
            assert journal.results.refused(claim, "12", "no")
        case "exists":
            assert journal.results.exists(claim, "there")
        case "unknown at the customer":
            assert journal.results.unknown(claim, "lost")


@pytest.mark.parametrize("how", ["exported", "retry_later", "released", "refused", "exists", "unknown at the customer"])
def test_the_commit_that_ends_the_claim_lets_the_buyer_go(journal, how):
    claim = claimed(journal, ONE, buyer=(MAIL, NUMBER))
    assert keys(journal) == sorted([MAIL, NUMBER])
    end(journal, claim, how)
    assert keys(journal) == []
    claimed(journal, TWO, buyer=(MAIL,))


def doubtful(journal, uid=ONE):
    claim = claimed(journal, uid, buyer=(MAIL,))
    journal.results.customer_known(claim, "77")
    assert journal.results.unknown(claim, "lost")


def test_an_order_that_may_still_arrive_keeps_its_buyer_back_until_it_is_settled(journal):
    doubtful(journal)
    assert journal.claims.claim(intent(TWO, buyer=(MAIL,)), LEASE) == BuyerBusy("1001", in_doubt=True)
    again = journal.claims.reclaim(intent(ONE, buyer=(MAIL,)), LEASE, "same form", automatic=True)
    assert isinstance(again, Claim), "itself it does not keep back"
    assert journal.claims.claim(intent(TWO, buyer=(MAIL,)), LEASE) == BuyerBusy("1001", in_doubt=False)
    journal.results.customer_known(again, "77")
    journal.results.exported(again, "90001", SPENT)
    claimed(journal, TWO, buyer=(MAIL,))


@pytest.mark.parametrize("settle", ["number", "close"])
def test_what_a_person_settles_lets_the_buyer_go(journal, settle):
    doubtful(journal)
    order = ShopOrder(ONE, "1001")
    assert (
        journal.decisions.enter_number(order, "90001")
        if settle == "number"
        else journal.decisions.close_many([order], "by hand")
    )
    assert keys(journal) == []
    claimed(journal, TWO, buyer=(MAIL,))


def test_an_order_in_doubt_keeps_its_buyer_back_for_an_hour_at_most(journal):
    doubtful(journal)
    older = LONGEST_IN_DOUBT // timedelta(microseconds=1) + 1
    with journal.db.change:
        journal.db.execute("UPDATE buyer_locks SET locked_at = locked_at - ? WHERE shop = ?", (older, journal.shop))
    claimed(journal, TWO, buyer=(MAIL,))
    assert keys(journal) == [MAIL]


@pytest.mark.parametrize("step", ["customer", "order"])
def test_the_locks_of_a_claim_that_is_over_follow_its_state(opened, step):
    clock = TurnedClock()
    journal = opened(clock=clock)
    claim = claimed(journal, ONE, buyer=(MAIL,))
    if step == "order":
        journal.results.customer_known(claim, "77")
    clock.turn(LEASE)
    assert isinstance(journal.claims.claim(intent(TWO, buyer=(MAIL,)), LEASE), BuyerBusy), (
        "until it is known to be over"
    )
    journal.claims.expire_leases()
    assert keys(journal) == ([MAIL] if step == "order" else [])
    busy = journal.claims.claim(intent(TWO, buyer=(MAIL,)), LEASE)
    assert busy == BuyerBusy("1001", in_doubt=True) if step == "order" else isinstance(busy, Claim)


def test_a_read_names_the_order_that_keeps_another_of_its_buyer_back(journal, opened):
    buyer = ("key-1",)
    claim = claimed(journal, 150001, buyer=buyer)
    other = opened(BO)
    assert other.buyer_locks.busy(150002, ()) is None
    assert other.buyer_locks.busy(150002, ("key-2",)) is None
    assert other.buyer_locks.busy(150001, buyer) is None, "an order does not wait for itself"
    assert other.buyer_locks.busy(150002, ("key-2", "key-1")) == BuyerBusy("1001", in_doubt=False)
    assert journal.results.customer_known(claim, "77")
    assert journal.results.unknown(claim, "no answer")
    assert other.buyer_locks.busy(150002, buyer) == BuyerBusy("1001", in_doubt=True)
