"""Decisions of operators."""

from datetime import UTC, datetime
from decimal import Decimal

import pytest

from specter_tui.journal.errors import NumberTaken
from specter_tui.journal.goods_models import WrittenStock
from specter_tui.journal.models import ClaimDenied, Imported, KnownNumber, ShopOrder
from tests.journal.conformance.test_claims import settle
from tests.journal.conformance.test_stock import kept
from tests.journal.goods import change, stock
from tests.journal.orders import LEASE, SPENT, claimed, exported, intent

UID = 150001
SHOWN = ShopOrder(UID, "1001", datetime(2026, 11, 1, tzinfo=UTC), Decimal("99.00"), "SEK")


@pytest.mark.parametrize("state", ["retry_later", "unknown", "refused", "exists"])
def test_a_number_typed_settles_an_order(journal, state):
    settle(journal, claimed(journal), state)
    assert journal.decisions.enter_number(SHOWN, "90001")
    entry = journal.orders.entry(UID)
    assert (entry.state, entry.specter_number, entry.write_back, entry.message) == ("exported", "90001", "due", "")
    assert entry.total == intent().total, "what was sent is kept, whatever the shop shows now"
    last = journal.events.page(UID)[-1]
    assert (last.verb, last.from_state, last.specter_number) == ("number_entered", state, "90001")


def test_a_number_typed_for_an_order_never_seen_is_kept_with_what_the_shop_shows(journal):
    assert journal.decisions.enter_number(SHOWN, "90001")
    entry = journal.orders.entry(UID)
    assert (entry.state, entry.total, entry.currency, entry.ordered) == ("exported", SHOWN.total, "SEK", SHOWN.ordered)
    assert (entry.external_no, entry.step, entry.attempts) == (None, None, 0)
    assert isinstance(journal.claims.claim(intent(), LEASE), ClaimDenied)


def test_no_number_is_typed_over_one_that_is_known_or_on_its_way(journal):
    claim = claimed(journal)
    assert not journal.decisions.enter_number(SHOWN, "90002")
    journal.results.exported(claim, "90001", SPENT)
    assert not journal.decisions.enter_number(SHOWN, "90002")
    assert journal.orders.entry(UID).specter_number == "90001"
    with pytest.raises(ValueError, match="number"):
        journal.decisions.enter_number(ShopOrder(5, "5"), "  ")


def test_a_specter_number_is_one_orders_only(journal):
    exported(journal)
    claim = claimed(journal, 150002)
    events = journal.events.last_id()
    with pytest.raises(NumberTaken):
        journal.results.exported(claim, "90001", SPENT)
    with pytest.raises(NumberTaken):
        journal.decisions.enter_number(ShopOrder(150003, "1003"), "90001")
    assert journal.orders.entry(150002).state == "sending"
    assert journal.orders.entry(150003) is None
    assert journal.events.last_id() == events, "what failed has left no event"
    assert journal.results.exported(claim, "90002", SPENT)
    assert journal.orders.by_specter_number("90002").uid == 150002


def test_an_order_is_closed_with_a_reason_and_opened_again(journal):
    claim = claimed(journal)
    assert not journal.decisions.close_many([SHOWN], "by hand"), "not while it is being sent"
    journal.results.refused(claim, "12", "no such article")
    before = journal.orders.entry(UID)
    with pytest.raises(ValueError, match="reason"):
        journal.decisions.close_many([SHOWN], "")
    assert journal.decisions.close_many([SHOWN], "by hand")
    assert not journal.decisions.close_many([SHOWN], "by hand")
    assert (journal.orders.entry(UID).state, journal.orders.entry(UID).reason) == ("closed", "by hand")
    with pytest.raises(ValueError, match="reason"):
        journal.decisions.reopen(SHOWN, "")
    assert journal.decisions.reopen(SHOWN, "was a mistake")
    after = journal.orders.entry(UID)
    assert (after.state, after.reason, after.message) == (before.state, before.reason, before.message)
    assert (after.refusals, after.attempts, journal.orders.rows(UID)) == (1, 1, intent().rows)
    assert after.by_hand
    assert not journal.decisions.reopen(SHOWN, "again")


def test_an_order_never_seen_is_closed_and_opened_for_a_person_alone(journal):
    assert journal.decisions.close_many([SHOWN], "from before")
    assert journal.orders.entry(UID).total == SHOWN.total
    assert isinstance(journal.claims.claim(intent(), LEASE), ClaimDenied)
    assert journal.decisions.reopen(SHOWN, "was a mistake")
    entry = journal.orders.entry(UID)
    assert (entry.state, entry.attempts, entry.by_hand, entry.is_new) == ("retry_later", 0, True, True)
    assert isinstance(journal.claims.claim(intent(), LEASE, is_new=True), ClaimDenied), "nothing is sent by itself"
    assert isinstance(journal.claims.reclaim(intent(), LEASE, "by itself", automatic=True), ClaimDenied)
    claim = journal.claims.reclaim(intent(), LEASE, "named", automatic=False)
    assert (claim.step, claim.external_no) == ("customer", intent().external_no)
    assert not journal.orders.entry(UID).by_hand
    assert journal.results.release(claim, "")
    assert journal.orders.entry(UID).is_new, "a claim that is given back leaves it by hand"


def test_a_closed_order_may_still_get_its_number(journal):
    journal.decisions.close_many([SHOWN], "by hand")
    assert journal.decisions.enter_number(SHOWN, "90001")


def test_many_are_closed_in_one_commit_with_an_event_each(journal):
    exported(journal, 150002)
    orders = [ShopOrder(uid, str(uid)) for uid in range(150000, 150005)]
    assert journal.decisions.close_many(orders, "before the move") == [150000, 150001, 150003, 150004]
    assert journal.orders.counts() == {"closed": 4, "exported": 1}
    assert [event.uid for event in journal.events.page() if event.verb == "closed"] == [150000, 150001, 150003, 150004]

    def broken():
        yield ShopOrder(7, "7")
        raise RuntimeError

    with pytest.raises(RuntimeError):
        journal.decisions.close_many(broken(), "half")
    assert journal.orders.entry(7) is None, "all or none"


def test_known_numbers_are_imported_once(journal):
    exported(journal)
    items = [
        KnownNumber(UID, "1001", "80001"),
        KnownNumber(150002, "1002", "80002"),
        KnownNumber(150003, "1003", "90001"),
        KnownNumber(150004, "1004", "80002"),
    ]
    differing = (journal.orders.entry(UID),)
    assert journal.decisions.import_known(items) == Imported(added=1, present=0, taken=2, differing=differing)
    assert journal.decisions.import_known(items) == Imported(added=0, present=1, taken=2, differing=differing)
    entry = journal.orders.entry(150002)
    assert (entry.state, entry.specter_number, entry.write_back) == ("exported", "80002", "none")
    assert journal.orders.entry(UID).specter_number == "90001"


class TestAfterExport:
    def test_a_conflict_in_the_shop_is_kept_and_can_be_settled(self, journal):
        exported(journal)
        assert journal.write_backs.conflict(UID, "555")
        entry = journal.orders.entry(UID)
        assert (entry.write_back, entry.reason, entry.message) == ("conflict", "write_back_conflict", "555")
        assert journal.orders.due_write_backs(10) == []
        assert not journal.write_backs.conflict(UID, "555")
        assert journal.write_backs.done(UID)
        assert not journal.write_backs.done(UID)
        assert (journal.orders.entry(UID).write_back, journal.orders.entry(UID).message) == ("done", "")

    def test_flags_make_an_event_only_when_they_change(self, journal):
        exported(journal)
        assert journal.write_backs.flag_cancelled(UID, True)
        assert not journal.write_backs.flag_cancelled(UID, True)
        assert journal.orders.entry(UID).cancelled_in_shop
        assert journal.write_backs.flag_cancelled(UID, False)
        assert not journal.orders.entry(UID).cancelled_in_shop
        assert [event.verb for event in journal.events.page(UID)[3:]] == ["cancel_seen", "cancel_withdrawn"]

    def test_an_order_that_is_not_there_has_no_flags(self, journal):
        assert not journal.write_backs.flag_cancelled(1, True)
        assert not journal.write_backs.done(1)
        assert journal.events.page() == []


def with_number(journal, uid=UID, number="90001", by="person"):
    """Give an order in doubt that got its number in such a way."""
    order = ShopOrder(uid, str(uid - 149000))
    journal.results.unknown(claimed(journal, uid), "no answer")
    assert journal.decisions.enter_number(order, number, by)
    return order


class TestCorrecting:
    def test_it_needs_an_exported_order_another_number_and_a_reason(self, journal):
        order = with_number(journal)
        assert not journal.decisions.correct_number(order, "90001", "the same")
        assert not journal.decisions.correct_number(ShopOrder(5, "5"), "90005", "never seen")
        for number, reason in (("90002", " "), (" ", "a slip")):
            with pytest.raises(ValueError, match="need"):
                journal.decisions.correct_number(order, number, reason)
        assert journal.decisions.correct_number(order, "90002", "a slip")
        entry = journal.orders.entry(UID)
        assert (entry.state, entry.specter_number, entry.number_by) == ("exported", "90002", "person")
        last = journal.events.page(UID)[-1]
        assert (last.verb, last.reason, last.message, last.specter_number) == (
            "number_corrected", "a slip", "90001", "90002",
        )  # fmt: skip

    def test_a_number_from_the_answer_can_be_corrected_and_never_taken_back(self, journal):
        exported(journal)
        assert journal.orders.entry(UID).number_by == "answer"
        assert not journal.orders.entry(UID).reopenable
        assert not journal.decisions.reopen(SHOWN, "wrong")
        assert journal.decisions.correct_number(SHOWN, "90002", "wrong")
        assert not journal.decisions.reopen(SHOWN, "wrong"), "Specter holds the order, whatever its number"
        assert journal.orders.entry(UID).specter_number == "90002"
        assert not journal.orders.entry(UID).reopenable

    def test_a_number_from_a_refusals_text_can_be_corrected_and_not_taken_back(self, journal):
        order = with_number(journal, by="text")
        assert not journal.decisions.reopen(order, "wrong")
        assert journal.decisions.correct_number(order, "90002", "wrong")

    def test_another_orders_number_is_refused_and_nothing_changed(self, journal):
        exported(journal, 150002, "90002")
        order = with_number(journal)
        events = journal.events.last_id()
        with pytest.raises(NumberTaken):
            journal.decisions.correct_number(order, "90002", "a slip")
        assert (journal.orders.entry(UID).specter_number, journal.events.last_id()) == ("90001", events)

    @pytest.mark.parametrize(
        ("before", "shown"),
        [("due", "90001"), ("done", "90001"), ("conflict", "90001"), ("none", "90001")],
    )
    def test_its_write_back_is_due_with_the_old_number_beside_it(self, journal, before, shown):
        if before == "none":
            journal.decisions.import_known([KnownNumber(UID, "1001", "90001")])
        else:
            with_number(journal)
        if before == "done":
            assert journal.write_backs.done(UID)
        elif before == "conflict":
            assert journal.write_backs.conflict(UID, "777")
        assert journal.decisions.correct_number(SHOWN, "90002", "a slip")
        entry = journal.orders.entry(UID)
        assert (entry.write_back, entry.shown_number, entry.message) == ("due", shown, "")
        assert [one.uid for one in journal.orders.due_write_backs(5)] == [UID]

    def test_corrected_twice_the_shop_shows_the_number_that_came_there(self, journal):
        order = with_number(journal)
        journal.write_backs.done(UID)
        journal.decisions.correct_number(order, "90002", "a slip")
        journal.decisions.correct_number(order, "90003", "another")
        assert journal.orders.entry(UID).shown_number == "90001"
        assert journal.write_backs.done(UID, "90003")
        assert (journal.orders.entry(UID).write_back, journal.orders.entry(UID).shown_number) == ("done", "90003")

    def test_a_number_that_came_to_the_shop_while_it_was_corrected_is_not_the_end_of_it(self, journal):
        order = with_number(journal)
        journal.decisions.correct_number(order, "90002", "while the first was on its way")
        assert not journal.write_backs.done(UID, "90001")
        entry = journal.orders.entry(UID)
        assert (entry.write_back, entry.shown_number, journal.events.page(UID)[-1].verb) == (
            "due", "90001", "number_corrected",
        )  # fmt: skip


class TestTakingBack:
    @pytest.mark.parametrize("state", ["retry_later", "unknown", "refused", "exists"])
    def test_a_typed_number_goes_and_all_else_is_as_it_was(self, journal, state):
        claim = claimed(journal)
        journal.results.customer_known(claim, "77")
        settle(journal, claim, state)
        before = journal.orders.entry(UID)
        assert journal.decisions.enter_number(SHOWN, "90001")
        assert journal.orders.entry(UID).reopenable
        assert journal.decisions.reopen(SHOWN, "typed by mistake")
        after = journal.orders.entry(UID)
        for name in ("state", "step", "customer_number", "form_hash", "external_no", "attempts", "refusals", "message"):
            assert getattr(after, name) == getattr(before, name), name
        assert (after.specter_number, after.number_by, after.by_hand, after.exported_at) == (None, "", True, None)
        assert journal.orders.rows(UID) == intent().rows
        last = journal.events.page(UID)[-1]
        assert (last.verb, last.from_state, last.to_state, last.reason) == (
            "reopened", "exported", state, "typed by mistake",
        )  # fmt: skip
        assert isinstance(journal.claims.claim(intent(), LEASE), ClaimDenied)
        assert isinstance(journal.claims.reclaim(intent(), LEASE, "by itself", automatic=True), ClaimDenied)

    def test_a_number_typed_for_an_order_never_seen_leaves_one_that_was_never_sent(self, journal):
        journal.decisions.enter_number(SHOWN, "90001")
        journal.write_backs.done(UID)
        assert journal.decisions.reopen(SHOWN, "typed by mistake")
        assert journal.orders.entry(UID).is_new
        (due,) = journal.overdue.found()
        assert (due.kind, due.since) == ("write_back", journal.orders.entry(UID).changed_at), "the shop shows it yet"
        assert journal.decisions.enter_number(SHOWN, "90002"), "and it may get another"

    def test_a_number_typed_for_a_closed_order_goes_back_to_the_closing_and_that_to_what_was_before(self, journal):
        settle(journal, claimed(journal), "refused")
        journal.decisions.close_many([SHOWN], "by hand")
        journal.decisions.enter_number(SHOWN, "90001")
        assert journal.decisions.reopen(SHOWN, "typed by mistake")
        assert (journal.orders.entry(UID).state, journal.orders.entry(UID).reason) == ("closed", "by hand")
        assert journal.orders.entry(UID).reopenable
        assert journal.decisions.reopen(SHOWN, "closed by mistake")
        assert journal.orders.entry(UID).state == "refused"
        assert not journal.decisions.reopen(SHOWN, "again")

    def test_an_imported_number_can_be_corrected_and_taken_back(self, journal):
        journal.decisions.import_known([KnownNumber(UID, "1001", "80001")])
        assert journal.decisions.correct_number(SHOWN, "80002", "another line of the file")
        assert journal.decisions.reopen(SHOWN, "another file")
        assert journal.orders.entry(UID).is_new

    def test_two_swapped_numbers_are_put_right(self, journal):
        one, two = with_number(journal, 150001, "90002"), with_number(journal, 150002, "90001")
        with pytest.raises(NumberTaken):
            journal.decisions.correct_number(one, "90001", "swapped")
        assert journal.decisions.reopen(one, "swapped")
        assert journal.decisions.correct_number(two, "90002", "swapped")
        assert journal.decisions.enter_number(one, "90001")
        assert [journal.orders.entry(uid).specter_number for uid in (150001, 150002)] == ["90001", "90002"]

    @pytest.mark.parametrize(
        ("shop", "left"),
        [("due", ("due", "90001")), ("done", ("due", "90001")), ("conflict", ("none", None))],
    )
    def test_the_shop_is_to_be_cleared_of_what_it_may_show_of_ours(self, journal, shop, left):
        order = with_number(journal)
        if shop == "done":
            journal.write_backs.done(UID)
        elif shop == "conflict":
            journal.write_backs.conflict(UID, "777")
        journal.decisions.reopen(order, "typed by mistake")
        entry = journal.orders.entry(UID)
        assert (entry.write_back, entry.shown_number) == left
        assert [one.uid for one in journal.orders.due_write_backs(5)] == ([UID] if left[0] == "due" else [])

    def test_once_it_is_cleared_nothing_is_due(self, journal):
        journal.decisions.reopen(with_number(journal), "typed by mistake")
        assert not journal.write_backs.done(UID, "90001"), "it has no number that the shop could show"
        assert journal.write_backs.cleared([UID, 5]) == [UID]
        assert journal.write_backs.cleared([UID]) == []
        entry = journal.orders.entry(UID)
        assert (entry.state, entry.write_back, entry.shown_number, entry.message) == (
            "unknown", "none", None, "no answer",
        )  # fmt: skip

    def test_a_shop_that_does_not_let_it_be_cleared_is_flagged_and_the_state_keeps_its_message(self, journal):
        journal.decisions.reopen(with_number(journal), "typed by mistake")
        assert journal.write_backs.conflict(UID, "90001")
        assert not journal.write_backs.conflict(UID, "90001")
        entry = journal.orders.entry(UID)
        assert (entry.state, entry.write_back, entry.message) == ("unknown", "conflict", "no answer")
        assert [one.uid for one in journal.orders.write_back_conflicts(5)] == [UID]

    def test_what_was_to_be_changed_in_specter_is_no_longer(self, journal):
        order = with_number(journal)
        journal.drift.keep(UID, [change("TAJ-1", 2, 1)])
        journal.write_backs.flag_cancelled(UID, True)
        journal.decisions.reopen(order, "typed by mistake")
        entry = journal.orders.entry(UID)
        assert (journal.drift.lines(), entry.drift, entry.cancelled_in_shop) == ([], False, False)

    @pytest.mark.parametrize("decide", ["reopen", "correct_number", "reopen a closing"])
    def test_the_stock_of_its_articles_is_written_again(self, journal, decide):
        settle(journal, claimed(journal), "unknown")
        kept(journal, stock("TAJ-1"), stock("SEEN-9"), stock("OTHER-1"))
        journal.stock.written([WrittenStock(number, 1, 7) for number in journal.stock.to_write(9)])
        order = ShopOrder(UID, "1001", articles=("SEEN-9",))
        if decide == "reopen a closing":
            journal.decisions.close_many([order], "by hand")
            assert journal.decisions.reopen(order, "a mistake")
        else:
            journal.decisions.enter_number(order, "90001")
            if decide == "reopen":
                assert journal.decisions.reopen(order, "a mistake")
            else:
                assert journal.decisions.correct_number(order, "90002", "a mistake")
        assert sorted(journal.stock.to_write(9)) == ["SEEN-9", "TAJ-1"]

    def test_what_was_taken_back_is_not_sold_besides_waiting(self, journal):
        settle(journal, claimed(journal), "unknown")
        kept(journal, stock("TAJ-1"))
        journal.decisions.enter_number(SHOWN, "90001")
        assert journal.stock.sold_after_fetch(["TAJ-1"]) == {"TAJ-1": Decimal(2)}
        journal.decisions.reopen(SHOWN, "a mistake")
        assert journal.stock.sold_after_fetch(["TAJ-1"]) == {}

    def test_after_erasing_it_can_be_taken_back_and_tells_nothing(self, journal):
        settle(journal, claimed(journal), "refused")
        journal.decisions.close_many([SHOWN], "canary")
        journal.decisions.enter_number(SHOWN, "90001")
        journal.decisions.enter_number(ShopOrder(5, "5"), "90005")
        assert journal.erasure.erase([UID, 5]) == [UID, 5]
        assert journal.decisions.reopen(SHOWN, "a mistake")
        assert (journal.orders.entry(UID).state, journal.orders.entry(UID).reason) == ("closed", "")
        assert journal.decisions.reopen(SHOWN, "a mistake")
        assert (journal.orders.entry(UID).total, journal.orders.rows(UID)) == (None, ())
        assert journal.decisions.reopen(ShopOrder(5, "5"), "a mistake")
        assert journal.orders.entry(5).is_new


class TestNumbersInTheShop:
    def test_one_that_the_shop_lost_is_due_again(self, journal):
        exported(journal)
        journal.write_backs.done(UID)
        assert not journal.write_backs.lost(UID, "90009"), "not ours by now"
        assert journal.write_backs.lost(UID, "90001")
        assert not journal.write_backs.lost(UID, "90001")
        assert [one.uid for one in journal.orders.due_write_backs(5)] == [UID]

    def test_a_conflict_may_come_after_all_was_well_and_with_a_third_number(self, journal):
        exported(journal)
        journal.write_backs.done(UID)
        assert journal.write_backs.conflict(UID, "777", "90001")
        assert not journal.write_backs.conflict(UID, "777", "90001")
        assert journal.write_backs.conflict(UID, "778", "90001")
        assert not journal.write_backs.conflict(UID, "779", "90002"), "it was compared with another number than ours"
        assert journal.orders.entry(UID).message == "778"
