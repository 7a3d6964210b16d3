"""What people decide."""

from datetime import UTC, datetime
from decimal import Decimal

import pytest

from specter_tui.journal.errors import NumberTaken
from specter_tui.journal.records import Imported, KnownNumber, ShopOrder, Standing
from tests.journal.conformance.test_claims import settle
from tests.journal.orders import LEASE, SPENT, claimed, exported, intent

UID = 150001
SHOWN = ShopOrder(UID, "1001", datetime(2026, 11, 1, tzinfo=UTC), Decimal("99.00"), "SEK")


@pytest.mark.parametrize("state", ["retry_later", "unknown", "refused", "exists"])
def test_a_number_typed_settles_an_order(journal, state):
    settle(journal, claimed(journal), state)
    assert journal.enter_number(SHOWN, "90001")
    entry = journal.entry(UID)
    assert (entry.state, entry.specter_number, entry.write_back, entry.message) == ("exported", "90001", "due", "")
    assert entry.total == intent().total, "what was sent is kept, whatever the shop shows now"
    last = journal.events(UID)[-1]
    assert (last.verb, last.from_state, last.specter_number) == ("number_entered", state, "90001")


def test_a_number_typed_for_an_order_never_seen_is_kept_with_what_the_shop_shows(journal):
    assert journal.enter_number(SHOWN, "90001")
    entry = journal.entry(UID)
    assert (entry.state, entry.total, entry.currency, entry.ordered) == ("exported", SHOWN.total, "SEK", SHOWN.ordered)
    assert (entry.external_no, entry.step, entry.attempts) == (None, None, 0)
    assert isinstance(journal.claim(intent(), LEASE), Standing)


def test_no_number_is_typed_over_one_that_is_known_or_on_its_way(journal):
    claim = claimed(journal)
    assert not journal.enter_number(SHOWN, "90002")
    journal.exported(claim, "90001", SPENT)
    assert not journal.enter_number(SHOWN, "90002")
    assert journal.entry(UID).specter_number == "90001"
    with pytest.raises(ValueError, match="number"):
        journal.enter_number(ShopOrder(5, "5"), "  ")


def test_a_specter_number_is_one_orders_only(journal):
    exported(journal)
    claim = claimed(journal, 150002)
    events = journal.last_event_id()
    with pytest.raises(NumberTaken):
        journal.exported(claim, "90001", SPENT)
    with pytest.raises(NumberTaken):
        journal.enter_number(ShopOrder(150003, "1003"), "90001")
    assert journal.entry(150002).state == "sending"
    assert journal.entry(150003) is None
    assert journal.last_event_id() == events, "what failed has left no event"
    assert journal.exported(claim, "90002", SPENT)
    assert journal.by_specter_number("90002").uid == 150002


def test_an_order_is_closed_with_a_reason_and_opened_again(journal):
    claim = claimed(journal)
    assert not journal.close_order(SHOWN, "by hand"), "not while it is being sent"
    journal.refused(claim, "12", "no such article")
    before = journal.entry(UID)
    with pytest.raises(ValueError, match="reason"):
        journal.close_order(SHOWN, "")
    assert journal.close_order(SHOWN, "by hand")
    assert not journal.close_order(SHOWN, "by hand")
    assert (journal.entry(UID).state, journal.entry(UID).reason) == ("closed", "by hand")
    with pytest.raises(ValueError, match="reason"):
        journal.reopen(SHOWN, "")
    assert journal.reopen(SHOWN, "was a mistake")
    after = journal.entry(UID)
    assert (after.state, after.reason, after.message) == (before.state, before.reason, before.message)
    assert (after.refusals, after.attempts, journal.rows(UID)) == (1, 1, intent().rows)
    assert not journal.reopen(SHOWN, "again")


def test_an_order_never_seen_is_closed_and_opened_to_nothing(journal):
    assert journal.close_order(SHOWN, "from before")
    assert journal.entry(UID).total == SHOWN.total
    assert isinstance(journal.claim(intent(), LEASE), Standing)
    assert journal.reopen(SHOWN, "was a mistake")
    assert journal.entry(UID) is None
    claimed(journal)


def test_a_closed_order_may_still_get_its_number(journal):
    journal.close_order(SHOWN, "by hand")
    assert journal.enter_number(SHOWN, "90001")


def test_many_are_closed_in_one_commit_with_an_event_each(journal):
    exported(journal, 150002)
    orders = [ShopOrder(uid, str(uid)) for uid in range(150000, 150005)]
    assert journal.close_many(orders, "before the move") == [150000, 150001, 150003, 150004]
    assert journal.counts() == {"closed": 4, "exported": 1}
    assert [event.uid for event in journal.events() if event.verb == "closed"] == [150000, 150001, 150003, 150004]

    def broken():
        yield ShopOrder(7, "7")
        raise RuntimeError

    with pytest.raises(RuntimeError):
        journal.close_many(broken(), "half")
    assert journal.entry(7) is None, "all or none"


def test_known_numbers_are_imported_once(journal):
    exported(journal)
    items = [
        KnownNumber(UID, "1001", "80001"),
        KnownNumber(150002, "1002", "80002"),
        KnownNumber(150003, "1003", "90001"),
        KnownNumber(150004, "1004", "80002"),
    ]
    assert journal.import_known(items) == Imported(added=1, present=1, taken=2)
    assert journal.import_known(items) == Imported(added=0, present=2, taken=2)
    entry = journal.entry(150002)
    assert (entry.state, entry.specter_number, entry.write_back) == ("exported", "80002", "none")
    assert journal.entry(UID).specter_number == "90001"


class TestAfterExport:
    def test_a_conflict_in_the_shop_is_kept_and_can_be_settled(self, journal):
        exported(journal)
        assert journal.write_back_conflict(UID, "555")
        entry = journal.entry(UID)
        assert (entry.write_back, entry.reason, entry.message) == ("conflict", "write_back_conflict", "555")
        assert journal.due_write_backs(10) == []
        assert not journal.write_back_conflict(UID, "555")
        assert journal.write_back_done(UID)
        assert not journal.write_back_done(UID)
        assert (journal.entry(UID).write_back, journal.entry(UID).message) == ("done", "")

    def test_flags_make_an_event_only_when_they_change(self, journal):
        exported(journal)
        assert journal.flag_drift(UID, True)
        assert not journal.flag_drift(UID, True)
        assert journal.flag_cancelled(UID, True)
        assert (journal.entry(UID).drift, journal.entry(UID).cancelled_in_shop) == (True, True)
        assert journal.flag_drift(UID, False)
        assert journal.flag_cancelled(UID, False)
        assert (journal.entry(UID).drift, journal.entry(UID).cancelled_in_shop) == (False, False)
        assert [event.verb for event in journal.events(UID)[3:]] == [
            "drift_seen",
            "cancel_seen",
            "drift_settled",
            "cancel_withdrawn",
        ]

    def test_an_order_that_is_not_there_has_no_flags(self, journal):
        assert not journal.flag_drift(1, True)
        assert not journal.write_back_done(1)
        assert journal.events() == []
