"""Specter's statuses of exported orders, and what was written to the shop."""

from specter_tui.journal.models import ShopOrder
from tests.journal.goods import status
from tests.journal.orders import ALMA, claimed, exported


def told(journal, **what):
    journal.batches.keep("orders", "b-1", [status("90001", **what)])
    journal.batches.acknowledged("orders", "b-1")


def verbs(journal):
    return [event.verb for event in journal.events.page(150001)][3:]


def test_a_delivery_is_due_until_the_shop_is_told(sent):
    told(sent, delivered=True, tracking="RR123SE")
    (due,) = sent.deliveries.due(10)
    assert (due.uid, due.order_number, due.specter_number, due.tracking) == (150001, "1001", "90001", "RR123SE")
    assert sent.deliveries.marked([150001])
    assert not sent.deliveries.marked([150001])
    assert sent.deliveries.due(10) == []
    done = sent.deliveries.of_order(150001)
    assert done.marked_at >= done.seen_at
    assert verbs(sent) == ["delivered", "delivery_marked"]
    assert sent.events.page(150001)[-1].operator == ALMA.login


def test_the_same_told_again_is_no_news(sent):
    for _ in range(2):
        told(sent, delivered=True)
        told(sent, delivered=True, cancelled=True)
    sent.deliveries.marked([150001])
    told(sent, delivered=True)
    assert sent.deliveries.due(10) == []
    assert verbs(sent) == ["delivered", "cancelled_in_specter", "cancelled_in_specter", "delivery_marked"]


def test_a_cancelled_order_is_never_due(sent):
    told(sent, delivered=True, cancelled=True)
    assert sent.deliveries.due(10) == []
    assert sent.deliveries.of_order(150001).cancelled
    told(sent, delivered=True)
    assert [one.uid for one in sent.deliveries.due(10)] == [150001]


def test_a_delivery_taken_back_before_the_shop_knew_is_not_due(sent):
    told(sent, delivered=True, tracking="T1")
    told(sent)
    assert sent.deliveries.due(10) == []
    assert sent.deliveries.of_order(150001).tracking == "T1", "a number once given stays"
    told(sent, tracking="T2")
    assert sent.deliveries.of_order(150001).tracking == "T2"


def test_an_order_that_is_not_known_yet_finds_it_later(journal):
    journal.results.unknown(claimed(journal), "no answer")
    told(journal, delivered=True, tracking="T1")
    assert (journal.deliveries.due(10), journal.deliveries.newest(10)) == ([], [])
    assert journal.decisions.enter_number(ShopOrder(150001, "1001"), "90001")
    assert [one.tracking for one in journal.deliveries.due(10)] == ["T1"]


def test_orders_of_others_do_not_crowd_out_ours(sent):
    sent.batches.keep("orders", "b-1", [status(str(n), delivered=True) for n in range(500)])
    told(sent, delivered=True)
    assert [one.uid for one in sent.deliveries.due(1)] == [150001]
    assert len(sent.deliveries.newest(10)) == 1


def test_the_longest_known_come_first_and_no_more_than_asked_for(journal):
    for uid in (3, 1, 2):
        exported(journal, uid, str(uid))
        journal.batches.keep("orders", f"b-{uid}", [status(str(uid), delivered=True)])
    assert [one.uid for one in journal.deliveries.due(2)] == [3, 1]
    assert journal.deliveries.marked([1, 3, 99]) == [1, 3]
    assert [one.uid for one in journal.deliveries.due(9)] == [2]


def test_one_that_the_shop_refuses_is_shown_and_not_tried_for_ever(sent):
    told(sent, delivered=True)
    assert sent.deliveries.refused(150001, "the order is gone")
    assert not sent.deliveries.refused(150001, "the order is gone")
    assert (sent.deliveries.due(10), sent.deliveries.of_order(150001).problem) == ([], "the order is gone")
    assert sent.deliveries.refused(150001, "")
    assert len(sent.deliveries.due(10)) == 1
    assert verbs(sent) == ["delivered", "delivery_refused"]
    assert sent.deliveries.marked([150001])
    assert not sent.deliveries.refused(150001, "too late")


def test_nothing_is_marked_that_specter_said_nothing_of(sent):
    assert not sent.deliveries.marked([150001])
    assert not sent.deliveries.marked([4])
    assert sent.deliveries.of_order(150001) is None


def test_of_very_many_the_newest_are_read_and_those_that_want_a_person(journal):
    for uid in range(1, 7):
        exported(journal, uid, str(uid))
        journal.batches.keep("orders", f"b-{uid}", [status(str(uid), delivered=True, cancelled=uid == 2)])
    assert journal.deliveries.refused(1, "the order is gone")
    assert [one.uid for one in journal.deliveries.newest(2)] == [2, 1, 6, 5]
    assert {one.uid for one in journal.deliveries.with_numbers(["3", "4", "99"])} == {3, 4}
