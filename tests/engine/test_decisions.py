"""A person's decisions are made, can be corrected and undone, and the shop is updated."""

import pytest

from specter_tui.engine.decisions import InvalidDecision, NothingChanged
from specter_tui.engine.service import ShopService
from tests.engine.shop import at_specter, calls, change, document, placed, spoil
from tests.support.driven_engine import states

pytestmark = pytest.mark.usefixtures("quick_retries")


def shown(sandbox, uid):
    return document(sandbox, uid).get("externalOrderNumber", "")


@pytest.fixture
def shop(stocked):
    return stocked(orders=2, plain=True)


@pytest.fixture
def engine(shop, driven):
    engine = driven(shop)
    engine.look()
    return engine


def number(engine, uid, typed, reason=""):
    return engine.do(ShopService.enter_number, uid, typed, reason)


def reopen(engine, uid, reason="a mistake"):
    return engine.do(ShopService.reopen, uid, reason)


class TestCorrecting:
    def test_the_shops_number_follows(self, shop, engine):
        uid = placed(shop)[0]
        assert states(engine.export(uid)) == ["exported"]
        assert shown(shop, uid) == "90001"
        with pytest.raises(InvalidDecision, match="reason"):
            number(engine, uid, "90007")
        assert number(engine, uid, "90007", "Specter renumbered it").specter_number == "90007"
        assert shown(shop, uid) == "90007"
        assert engine.entry(uid).write_back == "done"
        engine.thorough_look()
        assert engine.view(uid).state == "exported"

    def test_a_first_number_needs_no_reason(self, shop, engine):
        uid = placed(shop)[0]
        assert number(engine, uid, " 90007 ").state == "exported"
        assert shown(shop, uid) == "90007"

    def test_another_in_the_shop_is_a_conflict(self, shop, engine):
        uid = placed(shop)[0]
        engine.export(uid)
        change(shop, uid, externalOrderNumber="77777")
        number(engine, uid, "90007", "a slip")
        assert shown(shop, uid) == "77777"
        assert (engine.entry(uid).write_back, engine.entry(uid).message) == ("conflict", "77777")
        number(engine, uid, "77777", "the shop is right")
        assert engine.entry(uid).write_back == "done"

    def test_none_in_the_shop_is_written(self, shop, engine):
        uid = placed(shop)[0]
        engine.export(uid)
        change(shop, uid, externalOrderNumber="")
        number(engine, uid, "90007", "a slip")
        assert shown(shop, uid) == "90007"

    def test_another_orders_number_is_refused_with_its_name(self, shop, engine):
        one, two = placed(shop)
        engine.export(one)
        with pytest.raises(NothingChanged, match=f"{document(shop, one)['orderNumber']} has the number 90001"):
            number(engine, two, "90001")
        with pytest.raises(NothingChanged, match="already"):
            number(engine, one, "90001", "the same")
        with pytest.raises(InvalidDecision, match="digits"):
            number(engine, two, "90 001x")

    def test_two_swapped_numbers_are_put_right_in_the_shop_too(self, shop, engine):
        one, two = placed(shop)
        number(engine, one, "90002")
        number(engine, two, "90001")
        assert (shown(shop, one), shown(shop, two)) == ("90002", "90001")
        reopen(engine, one, "swapped")
        assert shown(shop, one) == ""
        number(engine, two, "90002", "swapped")
        number(engine, one, "90001")
        assert (shown(shop, one), shown(shop, two)) == ("90001", "90002")
        assert calls(shop, "newOrderSubmit") == 0


def test_an_order_that_is_done_and_in_no_list_is_put_right_too(shop, driven):
    worker = driven(shop, keeps_done=False)
    uid, other = placed(shop)
    worker.export(uid)
    worker.do(ShopService.close_orders, [other], "by hand")
    worker.do(lambda service: service.shut_down())
    assert worker.do(in_list) == []
    assert number(worker, uid, "90007", "a slip").specter_number == "90007"
    assert shown(shop, uid) == "90007"
    worker.do(lambda service: service.shut_down())
    assert reopen(worker, other).by_hand


async def in_list(service):
    return [view.uid for view in service.order_index.views]


class TestTakingBack:
    def test_a_typed_number_goes_from_the_shop_and_nothing_is_sent(self, shop, engine):
        uid = placed(shop)[0]
        number(engine, uid, "90007")
        view = reopen(engine, uid)
        assert (view.state, view.by_hand) == ("ready", True)
        assert shown(shop, uid) == ""
        engine.do(lambda service: service.set_auto(on=True))
        for _ in range(2):
            engine.turn()
        engine.export()
        assert at_specter(shop, view.external_no) == 0, "neither auto mode nor E nor --all sends it"
        assert states(engine.export(uid)) == ["exported"]
        assert at_specter(shop, view.external_no) == 1

    @pytest.mark.parametrize("how", ["e", "R"])
    def test_a_closing_is_taken_back_and_the_order_sent_when_a_person_names_it(self, shop, engine, driven, how):
        uid = placed(shop)[0]
        engine.do(ShopService.close_orders, [uid], "by hand")
        assert reopen(engine, uid).state == "ready"
        other = driven(shop, ORDER__EXPORT="registered")
        other.turn()
        assert at_specter(shop, engine.view(uid).external_no) == 0, "another process knows it too"
        if how == "e":
            assert states(engine.export(uid)) == ["exported"]
        else:
            assert states(engine.do(ShopService.repeat, [uid], "now")) == ["exported"]
        assert not engine.entry(uid).by_hand

    def test_what_was_in_doubt_is_in_doubt_again_and_not_repeated_by_itself(self, shop, driven):
        engine = driven(shop, SPECTER__REFUSES_DUPLICATES="true")
        uid = placed(shop)[0]
        spoil(shop, "lost", "newOrderSubmit")
        assert states(engine.export(uid)) == ["unknown"]
        number(engine, uid, "90007")
        assert reopen(engine, uid).state == "unknown"
        for _ in range(2):
            engine.turn()
            engine.export()
        assert "reclaimed" not in engine.verbs(uid)

    def test_a_number_from_the_answer_stays(self, shop, engine):
        uid = placed(shop)[0]
        engine.export(uid)
        with pytest.raises(NothingChanged, match="correct the number"):
            reopen(engine, uid)
        number(engine, uid, "90007", "Specter renumbered it")
        assert not engine.view(uid).reopenable
        with pytest.raises(NothingChanged, match="90007 is a correction of the number that Specter gave"):
            reopen(engine, uid)
        with pytest.raises(NothingChanged, match="neither closed"):
            reopen(engine, placed(shop)[1])
        with pytest.raises(InvalidDecision, match="reason"):
            reopen(engine, uid, " ")

    @pytest.mark.parametrize(
        "fault",
        [{"kind": "refusal", "code": "-32602", "text": "No"}, {"kind": "unstored", "text": "old"}],
        ids=["says no", "says nothing"],
    )
    def test_a_shop_that_does_not_let_go_is_flagged_and_the_order_stays_in_scope(self, shop, engine, fault):
        uid = placed(shop)[0]
        number(engine, uid, "90007")
        spoil(shop, call="Order.set", server="shop", times=None, **fault)
        view = reopen(engine, uid)
        assert (view.state, view.write_back) == ("ready", "conflict")
        assert "90007" in view.message
        engine.thorough_look()
        assert engine.view(uid).state == "ready", "our own stale number is no other link's"
        shop.faults["shop"].clear()
        assert states(engine.export(uid)) == ["exported"]
        engine.turn()
        assert shown(shop, uid) == engine.entry(uid).specter_number

    def test_anothers_number_is_left_and_flagged(self, shop, engine):
        uid = placed(shop)[0]
        number(engine, uid, "90007")
        change(shop, uid, externalOrderNumber="77777")
        reopen(engine, uid)
        assert shown(shop, uid) == "77777"
        assert engine.entry(uid).write_back == "conflict"

    def test_what_changed_nothing_says_why(self, shop, engine):
        uid = placed(shop)[0]
        engine.do(ShopService.close_orders, [uid], "by hand")
        with pytest.raises(NothingChanged, match="closed already: by hand"):
            engine.do(ShopService.close_orders, [uid], "again")
        engine.export(placed(shop)[1])
        with pytest.raises(NothingChanged, match="exported as"):
            engine.do(ShopService.close_orders, [placed(shop)[1]], "no")


class TestWhatTheShopShows:
    @pytest.mark.parametrize("keeps_done", [True, False])
    def test_another_number_over_ours_is_told_and_never_overwritten(self, shop, driven, keeps_done):
        engine = driven(shop, keeps_done=keeps_done)
        uid = placed(shop)[0]
        engine.export(uid)
        engine.look()
        change(shop, uid, externalOrderNumber="77777")
        shop.ledger.clear()
        for _ in range(2):
            engine.turn()
        assert (engine.entry(uid).write_back, engine.entry(uid).message) == ("conflict", "77777")
        assert sum("77777" in text for text in engine.notices) == 1
        assert calls(shop, "Order.set") == 0
        change(shop, uid, externalOrderNumber="90001")
        engine.turn()
        assert engine.entry(uid).write_back == "done"

    def test_one_that_was_removed_is_written_again(self, shop, engine):
        uid = placed(shop)[0]
        engine.export(uid)
        change(shop, uid, externalOrderNumber="")
        engine.turn()
        assert shown(shop, uid) == "90001"

    @pytest.mark.parametrize("answer", ["", "old", "true", "null", '{"uid": 1, "externalOrderNumber": "90001"}'])
    def test_a_success_that_was_none_is_due_again(self, shop, engine, answer):
        uid = placed(shop)[0]
        spoil(shop, "unstored", "Order.set", "shop", text=answer)
        engine.export(uid)
        engine.turn()
        assert shown(shop, uid) == "90001"
        assert engine.entry(uid).write_back == "done"

    def test_a_shop_that_stores_something_else_is_never_believed(self, shop, engine):
        uid = placed(shop)[0]
        spoil(shop, "altered", "Order.set", "shop", text='"SO-1"', times=None)
        engine.export(uid)
        engine.turn()
        assert engine.entry(uid).write_back == "conflict"
        assert calls(shop, "newOrderSubmit") == 1
