"""Drift: changes to make in Specter, until they are ticked or no longer needed."""

import pytest

from specter_tui.journal.models import KnownNumber
from tests.journal.goods import change, status
from tests.journal.orders import claimed, exported

UID = 150001


def lines(journal, **which):
    return [(line.article_number, int(line.sent), int(line.now)) for line in journal.drift.lines(**which)]


def verbs(journal):
    return [event.verb for event in journal.events.page(UID)][3:]


def test_a_line_for_each_article_and_the_order_is_flagged(sent):
    assert sent.drift.keep(UID, [change("TAJ-1", 2, 3), change("NY-1", 0, 1)])
    assert lines(sent) == [("NY-1", 0, 1), ("TAJ-1", 2, 3)]
    (first, _) = sent.drift.lines()
    assert (first.uid, first.order_number, first.ticked_by, first.ticked_at) == (UID, "1001", None, None)
    assert sent.orders.entry(UID).drift
    assert [(event.verb, event.message) for event in sent.events.page(UID)][3:] == [
        ("drift_seen", "NY-1: 0 > 1; TAJ-1: 2 > 3")
    ]


def test_the_same_again_is_no_news(sent):
    sent.drift.keep(UID, [change("TAJ-1", 2, 3)])
    assert not sent.drift.keep(UID, [change("TAJ-1", 2, 3)])
    assert verbs(sent) == ["drift_seen"]


def test_a_line_that_is_open_follows_the_order(sent):
    sent.drift.keep(UID, [change("TAJ-1", 2, 3)])
    assert sent.drift.keep(UID, [change("TAJ-1", 2, 5), change("NY-1", 0, 1)])
    assert sent.drift.keep(UID, [change("TAJ-1", 2, 5)])
    assert lines(sent) == [("TAJ-1", 2, 5)]
    assert verbs(sent) == ["drift_seen", "drift_changed", "drift_changed"]


def test_an_order_that_is_as_it_was_sent_has_no_open_lines(sent):
    sent.drift.keep(UID, [change("TAJ-1", 2, 3)])
    assert sent.drift.keep(UID, [])
    assert lines(sent, open_only=False) == []
    assert not sent.orders.entry(UID).drift
    assert not sent.drift.keep(UID, [])
    assert verbs(sent) == ["drift_seen", "drift_settled"]


def test_a_line_is_ticked_off_with_who_and_when(sent):
    sent.drift.keep(UID, [change("TAJ-1", 2, 3), change("NY-1", 0, 1)])
    assert sent.drift.tick(UID, "NY-1")
    assert not sent.drift.tick(UID, "NY-1")
    assert lines(sent) == [("TAJ-1", 2, 3)]
    assert sent.orders.entry(UID).drift
    assert sent.drift.tick(UID, "TAJ-1")
    assert not sent.orders.entry(UID).drift
    done = sent.drift.lines(open_only=False)
    assert {line.ticked_by for line in done} == {"alma@till"}
    assert all(line.ticked_at >= line.seen_at for line in done)
    assert verbs(sent) == ["drift_seen", "drift_ticked", "drift_ticked", "drift_settled"]


def test_what_was_ticked_off_is_not_asked_for_again(sent):
    sent.drift.keep(UID, [change("TAJ-1", 2, 3)])
    sent.drift.tick(UID, "TAJ-1")
    assert not sent.drift.keep(UID, [change("TAJ-1", 2, 3)])
    assert lines(sent) == []


def test_a_later_edit_tells_what_is_to_be_changed_since_the_last_tick(sent):
    sent.drift.keep(UID, [change("TAJ-1", 2, 3)])
    sent.drift.tick(UID, "TAJ-1")
    assert sent.drift.keep(UID, [change("TAJ-1", 2, 4)])
    assert lines(sent) == [("TAJ-1", 3, 4)]
    assert lines(sent, open_only=False) == [("TAJ-1", 2, 3), ("TAJ-1", 3, 4)]


def test_an_edit_taken_back_after_its_tick_must_be_taken_back_in_specter(sent):
    sent.drift.keep(UID, [change("TAJ-1", 2, 3), change("NY-1", 0, 1)])
    sent.drift.tick(UID, "TAJ-1")
    sent.drift.tick(UID, "NY-1")
    assert sent.drift.keep(UID, [])
    assert lines(sent) == [("NY-1", 1, 0), ("TAJ-1", 3, 2)]
    sent.drift.tick(UID, "TAJ-1")
    sent.drift.tick(UID, "NY-1")
    assert not sent.drift.keep(UID, [])
    assert not sent.orders.entry(UID).drift


def test_only_exported_orders_whose_rows_are_known_can_drift(journal):
    claimed(journal)
    journal.decisions.import_known([KnownNumber(5, "5", "90005")])
    for uid in (UID, 5, 99):
        assert not journal.drift.keep(uid, [change("TAJ-1", 2, 3)])
        assert not journal.drift.tick(uid, "TAJ-1")
    assert lines(journal) == []


def test_lines_of_several_orders_stand_by_order(journal):
    for uid in (2, 1):
        exported(journal, uid, str(uid))
        journal.drift.keep(uid, [change("TAJ-1", 2, 0)])
    assert [line.uid for line in journal.drift.lines()] == [1, 2]
    journal.drift.keep(1, [])
    assert [line.uid for line in journal.drift.lines()] == [2]


def test_an_erased_order_leaves_nothing_to_see(sent):
    sent.drift.keep(UID, [change("TAJ-1", 2, 3)])
    sent.batches.keep("orders", "b-1", [status("90001", delivered=True, tracking="RR123SE")])
    assert sent.erasure.erase([UID]) == [UID]
    assert lines(sent, open_only=False) == []
    assert not sent.orders.entry(UID).drift
    assert sent.deliveries.of_order(UID).tracking == ""
    assert not sent.drift.keep(UID, [change("TAJ-1", 0, 3)])
    assert "RR123SE" not in str(sent.db.rows("SELECT * FROM deliveries"))


def test_the_last_tick_can_be_taken_back_with_an_event(sent):
    sent.drift.keep(UID, [change("TAJ-1", 2, 3)])
    assert not sent.drift.untick(UID, "TAJ-1"), "nothing is ticked off"
    sent.drift.tick(UID, "TAJ-1")
    assert sent.drift.untick(UID, "TAJ-1", "the wrong line")
    assert lines(sent) == [("TAJ-1", 2, 3)]
    assert sent.orders.entry(UID).drift
    assert verbs(sent) == ["drift_seen", "drift_ticked", "drift_settled", "drift_unticked", "drift_seen"]
    assert sent.events.page(UID)[-2].reason == "the wrong line"
    assert not sent.drift.untick(UID, "TAJ-1")
    assert not sent.drift.keep(UID, [change("TAJ-1", 2, 3)]), "it is what the shop's order tells"


def test_a_tick_taken_back_becomes_one_with_what_came_since(sent):
    sent.drift.keep(UID, [change("TAJ-1", 2, 3)])
    sent.drift.tick(UID, "TAJ-1")
    sent.drift.keep(UID, [change("TAJ-1", 2, 5)])
    assert lines(sent) == [("TAJ-1", 3, 5)]
    assert sent.drift.untick(UID, "TAJ-1")
    assert lines(sent, open_only=False) == [("TAJ-1", 2, 5)]
    assert not sent.drift.keep(UID, [change("TAJ-1", 2, 5)])


def test_only_the_last_of_several_ticks_is_taken_back(sent):
    for now in (3, 4):
        sent.drift.keep(UID, [change("TAJ-1", 2, now)])
        sent.drift.tick(UID, "TAJ-1")
    assert sent.drift.untick(UID, "TAJ-1")
    assert lines(sent) == [("TAJ-1", 3, 4)]
    assert lines(sent, open_only=False) == [("TAJ-1", 2, 3), ("TAJ-1", 3, 4)]


def test_what_cancels_out_leaves_nothing_to_do(sent):
    sent.drift.keep(UID, [change("TAJ-1", 2, 3)])
    sent.drift.tick(UID, "TAJ-1")
    sent.drift.keep(UID, [])
    assert lines(sent) == [("TAJ-1", 3, 2)]
    assert sent.drift.untick(UID, "TAJ-1")
    assert lines(sent, open_only=False) == []
    assert not sent.orders.entry(UID).drift


BASE = {"address": "a1", "method": "m1", "fee": "f1", "vat": "v1"}


@pytest.fixture
def digested(journal):
    exported(journal, **{f"{kind}_hash": digest for kind, digest in BASE.items()})
    return journal


def kinds(journal, **which):
    return [(line.kind, line.item, line.article_number) for line in journal.drift.lines(**which)]


def test_a_digest_that_differs_makes_a_line_without_a_value(digested):
    assert not digested.drift.keep(UID, [], BASE)
    for kind in BASE:
        assert digested.drift.keep(UID, [], BASE | {kind: "new"})
        assert kinds(digested) == [(kind, kind, "")]
        (line,) = digested.drift.lines()
        assert (line.sent, line.now) == (0, 0)
        assert digested.orders.entry(UID).drift
        assert not digested.drift.keep(UID, [], BASE | {kind: "new"})
        assert digested.drift.keep(UID, [], BASE)
        assert kinds(digested, open_only=False) == []
        assert not digested.orders.entry(UID).drift
    told = " ".join(event.message for event in digested.events.page(UID))
    assert "new" not in told
    assert "a1" not in told


def test_after_a_tick_the_new_digest_is_the_base(digested):
    digested.drift.keep(UID, [], BASE | {"address": "a2"})
    assert digested.drift.tick(UID, "", "address")
    assert not digested.drift.tick(UID, "", "address")
    assert not digested.orders.entry(UID).drift
    assert not digested.drift.keep(UID, [], BASE | {"address": "a2"})
    assert digested.drift.keep(UID, [], BASE)
    assert kinds(digested) == [("address", "address", "")]


def test_a_tick_of_a_digest_can_be_taken_back(digested):
    digested.drift.keep(UID, [], BASE | {"address": "a2"})
    digested.drift.tick(UID, "", "address")
    assert digested.drift.untick(UID, "", "slip", "address")
    assert kinds(digested) == [("address", "address", "")]
    assert digested.drift.keep(UID, [], BASE)
    assert kinds(digested, open_only=False) == []
    assert not digested.drift.untick(UID, "", "slip", "address")


def test_an_untick_becomes_one_with_what_came_after(digested):
    digested.drift.keep(UID, [], BASE | {"address": "a2"})
    digested.drift.tick(UID, "", "address")
    digested.drift.keep(UID, [], BASE)
    assert digested.drift.untick(UID, "", "slip", "address")
    assert kinds(digested, open_only=False) == []
    assert not digested.drift.keep(UID, [], BASE)


def test_an_article_may_be_called_as_a_kind(digested):
    digested.drift.keep(UID, [change("vat", 0, 1)], BASE | {"address": "a2"})
    digested.drift.keep(UID, [change("vat", 0, 1)], BASE | {"address": "a2", "vat": "v2"})
    assert sorted(kinds(digested)) == [("address", "address", ""), ("article", "vat", "vat"), ("vat", "vat", "")]
    assert digested.drift.tick(UID, "vat")
    assert sorted(kinds(digested)) == [("address", "address", ""), ("vat", "vat", "")]


@pytest.mark.parametrize("also", ["article", "fee"])
def test_articles_and_fees_bring_their_vat_with_them(digested, also):
    changes, seen = ([change("TAJ-1", 2, 3)], {}) if also == "article" else ([], {"fee": "f2"})
    digested.drift.keep(UID, changes, BASE | seen | {"vat": "v2"})
    assert [line.kind for line in digested.drift.lines()] == [also]
    assert not digested.drift.keep(UID, changes, BASE | seen | {"vat": "v2"})
    assert digested.drift.keep(UID, changes, BASE | seen | {"vat": "v3"})
    assert sorted(line.kind for line in digested.drift.lines()) == sorted([also, "vat"])


def test_an_order_without_digests_cannot_be_compared(sent):
    assert not sent.orders.entry(UID).comparable
    assert not sent.drift.keep(UID, [], BASE)
    assert sent.drift.lines() == []


def test_what_an_order_does_not_tell_now_is_left_as_it_was(digested):
    assert digested.orders.entry(UID).comparable
    digested.drift.keep(UID, [], BASE | {"address": "a2"})
    assert not digested.drift.keep(UID, [], {"method": "m1"})
    assert kinds(digested) == [("address", "address", "")]


def test_erasing_removes_digests_and_lines(digested):
    digested.drift.keep(UID, [], BASE | {"address": "a2"})
    assert digested.erasure.erase([UID]) == [UID]
    assert digested.drift.lines(open_only=False) == []
    assert not digested.orders.entry(UID).comparable
    assert digested.db.rows("SELECT address_hash, method_hash, fee_hash, vat_hash FROM orders", ()) == [(None,) * 4]
