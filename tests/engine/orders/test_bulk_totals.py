"""The totals of many orders before they are sent, and orders found by each of their numbers."""

from decimal import Decimal

import pytest

from specter_tui.engine.decisions import InvalidDecision
from specter_tui.engine.events import PreviewReady, SumReady
from specter_tui.engine.service import ShopService
from tests.engine.shop import calls, document, placed, spoil

pytestmark = pytest.mark.usefixtures("quick_retries")


def test_the_sum_is_that_of_the_forms_and_names_what_is_held(stocked, driven):
    sandbox = stocked(orders=40)
    engine = driven(sandbox)
    engine.look()
    uids = placed(sandbox)
    before = calls(sandbox, "Order.list")
    told = engine.do(ShopService.sum_up, uids)
    assert calls(sandbox, "Order.list") == before + 1
    assert engine.told(SumReady) == [told]
    for uid in uids:
        engine.do(ShopService.preview, uid)
    plans = [one.plan for one in engine.told(PreviewReady) if one.plan is not None]
    views = {view.uid: view for view in engine.do(lambda service: service.everything())}
    ready = [plan for plan in plans if plan.uid in views and views[plan.uid].state == "ready"]
    assert 0 < len(ready) < len(uids)
    assert set(told.held) == set(uids) - {plan.uid for plan in ready}
    assert {one.currency for one in told.sums} == {plan.currency for plan in ready}
    for one in told.sums:
        of = [plan for plan in ready if plan.currency == one.currency]
        assert one.count == len(of)
        assert one.total == sum((plan.expected for plan in of), Decimal(0))
        assert [rate.vat_percent for rate in one.rates] == sorted({r.vat_percent for p in of for r in p.rates})[::-1]
        for rate in one.rates:
            parts = [part for plan in of for part in plan.rates if part.vat_percent == rate.vat_percent]
            assert rate.net == sum((part.net for part in parts), Decimal(0))
            assert rate.vat == sum((part.vat for part in parts), Decimal(0))
    assert all(told.hashes[plan.uid] == views[plan.uid].seen_hash for plan in ready)


def test_an_order_is_found_by_each_of_its_numbers_in_the_list_or_outside(stocked, driven):
    sandbox = stocked(orders=3, plain=True)
    engine = driven(sandbox)
    (ended,) = engine.export(placed(sandbox)[0])
    exported = ended.view
    assert exported.specter_number
    for word in (exported.number, exported.specter_number, f"uid:{exported.uid}", str(exported.uid)):
        assert engine.do(ShopService.find, word).uid == exported.uid
    engine.leave()
    again = driven(sandbox)  # Knows nothing but its journal yet.
    for word in (exported.number, exported.specter_number):
        assert again.do(ShopService.find, word).specter_number == exported.specter_number
    with pytest.raises(InvalidDecision):
        again.do(ShopService.find, "987654321")


def test_an_order_that_is_known_to_nobody_here_is_found_in_the_shop_by_its_order_number(stocked, driven):
    sandbox = stocked(orders=3, plain=True)
    uid = placed(sandbox)[1]
    number = str(document(sandbox, uid)["orderNumber"])
    assert number != str(uid)
    engine = driven(sandbox)
    assert engine.do(ShopService.find, number).uid == uid
    with pytest.raises(InvalidDecision, match="There is no order"):
        engine.do(ShopService.find, "987654321")


def test_a_shop_that_cannot_be_asked_for_an_order_number_is_asked_for_the_uid_and_else_said_to_be_one(stocked, driven):
    sandbox = stocked(orders=3, plain=True)
    uid = placed(sandbox)[1]
    number = str(document(sandbox, uid)["orderNumber"])
    engine = driven(sandbox)
    spoil(sandbox, "refusal", "Order.list", "shop", code="-32602", text="Invalid params")
    with pytest.raises(InvalidDecision, match="cannot be asked for an order number"):
        engine.do(ShopService.find, number)
    spoil(sandbox, "refusal", "Order.list", "shop", code="-32602", text="Invalid params")
    assert engine.do(ShopService.find, str(uid)).uid == uid


def test_a_view_names_the_articles_of_its_goods(stocked, driven):
    sandbox = stocked(orders=5, plain=True)
    engine = driven(sandbox)
    engine.look()
    for uid in placed(sandbox):
        plan = engine.do(ShopService.preview, uid).plan
        goods = [row.article_number for row in plan.form.rows if row.kind == "goods"]
        assert engine.view(uid).articles == tuple(dict.fromkeys(goods))
