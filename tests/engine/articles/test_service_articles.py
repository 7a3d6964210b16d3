"""Service articles created on request, overwriting none; methods and their mapping; orders repeated."""

import pytest

from specter_tui.engine.articles.service_articles import service_articles_set
from specter_tui.engine.checks.account_check import check_all
from specter_tui.engine.service import SendingInactive, ShopService
from specter_tui.sandbox.seed.wares import SERVICE_ARTICLES
from tests.engine.shop import document, placed

pytestmark = pytest.mark.usefixtures("quick_retries")


def create(engine):
    return engine.do(ShopService.create_service_articles).articles


def test_the_six_are_listed_as_they_are_set(stocked, driven):
    engine = driven(stocked(orders=0), ORDER__ARTICLE_ROUNDING="")
    known = {one.kind: one.number for one in service_articles_set(engine.settings.order).articles}
    assert set(known) == {"delivery", "payment_fee", "cod", "discount", "gift_card", "rounding"}
    assert known["rounding"] == ""
    assert known["delivery"] in SERVICE_ARTICLES


def test_missing_ones_are_made_without_stock_and_none_is_overwritten(stocked, driven):
    sandbox = stocked(orders=0)
    engine = driven(sandbox)
    known = {one.kind: one.number for one in service_articles_set(engine.settings.order).articles}
    del sandbox.specter.articles[known["delivery"]]
    kept = dict(sandbox.specter.articles[known["discount"]].fields)
    assert all(one.created and not one.error for one in create(engine))
    assert sandbox.specter.articles[known["delivery"]].available is None
    assert sandbox.specter.articles[known["discount"]].fields == kept
    assert sandbox.ledger.calls()["specter"]["newArticleSubmit"] == 1
    assert sandbox.ledger.complaints == []


def test_one_that_is_not_set_bad_or_refused_is_named_and_the_others_are_made(stocked, driven):
    sandbox = stocked(orders=0)
    engine = driven(sandbox, ORDER__ARTICLE_ROUNDING="", ORDER__ARTICLE_COD="EFTER KRAV", ORDER__ARTICLE_DELIVERY="FEL")
    sandbox.specter.refused_articles.add("FEL")
    found = {one.kind: one for one in create(engine)}
    assert not found["rounding"].created
    assert found["cod"].error
    assert found["delivery"].error
    assert found["discount"].created


def test_nothing_is_made_where_articles_are_switched_off(stocked, driven):
    engine = driven(stocked(orders=0), ARTICLE__EXPORT_RUN="inactive")
    with pytest.raises(SendingInactive):
        create(engine)


def test_methods_come_with_what_joins_them_unmapped_first(stocked, driven):
    sandbox = stocked(orders=0)
    read = driven(sandbox, ORDER__PAYMENT_TYPES='{"swish": "SW"}').do(ShopService.read_methods)
    assert [way.uid for way in read.delivery] == list(sandbox.shop.tables["DeliveryMethod"])
    assert read.payments[0].unmapped
    assert not read.payments[-1].unmapped
    assert {way.code for way in read.payments if way.type == "swish"} == {"SW"}
    assert not any(way.unmapped for way in read.payments if way.gift_card or not way.active)


def test_a_method_that_looks_like_a_gift_card_is_a_problem_and_holds_its_orders(stocked, driven):
    sandbox = stocked(orders=2, plain=True)
    uid = placed(sandbox)[0]
    method = sandbox.shop.tables["Payment"][document(sandbox, uid)["payments"][0]]["method"]
    with sandbox.shop.lock:
        for one in document(sandbox, placed(sandbox)[1])["payments"]:
            sandbox.shop.tables["Payment"][one]["method"] = method
        sandbox.shop.tables["PaymentMethod"][method] |= {
            "type": "manual",
            "active": True,
            "name": {"sv": "Presentkort"},
        }

    def problems(engine):
        return [one.text for one in engine.do(check_all) if one.level == "problem" and one.what == "payment"]

    engine = driven(sandbox)
    assert [f"({method}, manual) looks like a gift card" in text for text in problems(engine)] == [True]
    first = engine.do(ShopService.read_methods).payments[0]
    assert (first.uid, first.seems) == (method, "gift_card")
    assert engine.export() == []
    assert [problem.code for problem in engine.view(uid).problems] == ["payment_method"]
    engine.leave()
    named = driven(sandbox, ORDER__PAYMENT_TYPES=f'{{"{method}": ""}}')
    assert problems(named) == []
    assert len(named.export()) == 2


NAN = {"sv": float("nan")}


@pytest.mark.parametrize("broken", [{"active": "perhaps"}, {"name": NAN}, {"uid": "x"}])
def test_a_method_that_cannot_be_read_holds_no_order_but_its_own(stocked, driven, broken):
    sandbox = stocked(orders=2, plain=True)
    held, free = placed(sandbox)
    methods = [
        {sandbox.shop.tables["Payment"][one]["method"] for one in document(sandbox, uid)["payments"]}
        for uid in (held, free)
    ]
    (method,) = methods[0]
    assert methods[0].isdisjoint(methods[1])
    with sandbox.shop.lock:
        next(iter(sandbox.shop.tables["DeliveryMethod"].values()))["name"] = NAN
        sandbox.shop.tables["PaymentMethod"][method] |= broken
    engine = driven(sandbox)
    assert [(one.view.uid, one.view.state) for one in engine.export()] == [(free, "exported")]
    (problem,) = engine.view(held).problems
    assert (problem.code, dict(problem.values)["case"]) == ("payment_method", "unreadable")
    found = [one for one in engine.do(check_all) if "cannot be read" in one.text]
    assert {(one.level, one.what) for one in found} == {("problem", "payment"), ("problem", "delivery")}
    assert engine.do(ShopService.read_methods).payments[0].seems == "unreadable"


def test_orders_refused_for_want_of_an_article_go_once_it_came(stocked, driven):
    sandbox = stocked(orders=2, plain=True, known_articles_only=True)
    goods = [name for name in sandbox.specter.articles if name not in SERVICE_ARTICLES]
    for number in goods:
        del sandbox.specter.articles[number]
    engine = driven(sandbox, ARTICLE__EXPORT="changed")
    engine.export()
    assert {entry.state for entry in engine.entries().values()} == {"refused"}
    assert engine.do(ShopService.repeat_for_articles) == []
    engine.do(ShopService.export_articles)
    ended = engine.do(ShopService.repeat_for_articles)
    assert sorted(one.view.uid for one in ended) == placed(sandbox)
    assert {entry.state for entry in engine.entries().values()} == {"exported"}
