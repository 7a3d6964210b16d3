"""Specter's statuses of exported orders, and what was written to the shop."""

from specter_tui.journal.models import ShopOrder
from tests.journal.goods import status
from tests.journal.orders import ALMA, claimed, exported


def told(journal, **what):
    journal.keep_batch("orders", "b-1", [status("90001", **what)])
    journal.acknowledged("orders", "b-1")


def verbs(journal):
    return [event.verb for event in journal.events(150001)][3:]


def test_a_delivery_is_due_until_the_shop_is_told(sent):
    told(sent, delivered=True, tracking="RR123SE")
    (due,) = sent.due_deliveries(10)
    assert (due.uid, due.order_number, due.specter_number, due.tracking) == (150001, "1001", "90001", "RR123SE")
    assert sent.deliveries_marked([150001])
    assert not sent.deliveries_marked([150001])
    assert sent.due_deliveries(10) == []
    done = sent.delivery(150001)
    assert done.marked_at >= done.seen_at
    assert verbs(sent) == ["delivered", "delivery_marked"]
    assert sent.events(150001)[-1].operator == ALMA.login


def test_the_same_told_again_is_no_news(sent):
    for _ in range(2):
        told(sent, delivered=True)
        told(sent, delivered=True, cancelled=True)
    sent.deliveries_marked([150001])
    told(sent, delivered=True)
    assert sent.due_deliveries(10) == []
    assert verbs(sent) == ["delivered", "cancelled_in_specter", "cancelled_in_specter", "delivery_marked"]


def test_a_cancelled_order_is_never_due(sent):
    told(sent, delivered=True, cancelled=True)
    assert sent.due_deliveries(10) == []
    assert sent.delivery(150001).cancelled
    told(sent, delivered=True)
    assert [one.uid for one in sent.due_deliveries(10)] == [150001]


def test_a_delivery_taken_back_before_the_shop_knew_is_not_due(sent):
    told(sent, delivered=True, tracking="T1")
    told(sent)
    assert sent.due_deliveries(10) == []
    assert sent.delivery(150001).tracking == "T1", "a number once given stays"
    told(sent, tracking="T2")
    assert sent.delivery(150001).tracking == "T2"


def test_an_order_that_is_not_known_yet_finds_it_later(journal):
    journal.unknown(claimed(journal), "no answer")
    told(journal, delivered=True, tracking="T1")
    assert (journal.due_deliveries(10), journal.deliveries(10)) == ([], [])
    assert journal.enter_number(ShopOrder(150001, "1001"), "90001")
    assert [one.tracking for one in journal.due_deliveries(10)] == ["T1"]


def test_orders_of_others_do_not_crowd_out_ours(sent):
    sent.keep_batch("orders", "b-1", [status(str(n), delivered=True) for n in range(500)])
    told(sent, delivered=True)
    assert [one.uid for one in sent.due_deliveries(1)] == [150001]
    assert len(sent.deliveries(10)) == 1


def test_the_longest_known_come_first_and_no_more_than_asked_for(journal):
    for uid in (3, 1, 2):
        exported(journal, uid, str(uid))
        journal.keep_batch("orders", f"b-{uid}", [status(str(uid), delivered=True)])
    assert [one.uid for one in journal.due_deliveries(2)] == [3, 1]
    assert journal.deliveries_marked([1, 3, 99]) == [1, 3]
    assert [one.uid for one in journal.due_deliveries(9)] == [2]


def test_one_that_the_shop_refuses_is_shown_and_not_tried_for_ever(sent):
    told(sent, delivered=True)
    assert sent.delivery_refused(150001, "the order is gone")
    assert not sent.delivery_refused(150001, "the order is gone")
    assert (sent.due_deliveries(10), sent.delivery(150001).problem) == ([], "the order is gone")
    assert sent.delivery_refused(150001, "")
    assert len(sent.due_deliveries(10)) == 1
    assert verbs(sent) == ["delivered", "delivery_refused"]
    assert sent.deliveries_marked([150001])
    assert not sent.delivery_refused(150001, "too late")


def test_nothing_is_marked_that_specter_said_nothing_of(sent):
    assert not sent.deliveries_marked([150001])
    assert not sent.deliveries_marked([4])
    assert sent.delivery(150001) is None


def test_of_very_many_the_newest_are_read_and_those_that_want_a_person(journal):
    for uid in range(1, 7):
        exported(journal, uid, str(uid))
        journal.keep_batch("orders", f"b-{uid}", [status(str(uid), delivered=True, cancelled=uid == 2)])
    assert journal.delivery_refused(1, "the order is gone")
    assert [one.uid for one in journal.deliveries(2)] == [2, 1, 6, 5]
    assert {one.uid for one in journal.deliveries_numbered(["3", "4", "99"])} == {3, 4}
