"""A number of two articles does not identify what was bought: its orders wait until one article has another."""

from dataclasses import replace
from datetime import timedelta

import pytest

from specter_tui.engine.checks.account_check import check_all
from specter_tui.engine.service import ShopService
from specter_tui.sandbox.sandbox import Sandbox
from tests.engine.shop import calls, placed
from tests.support.driven_engine import Driven

pytestmark = pytest.mark.usefixtures("quick_retries")
AUTO = {"ORDER__EXPORT": "registered"}


def sold_in(sandbox: Sandbox, uid: int) -> dict:
    """Return the stored article without variants of one of the order's rows."""
    order = sandbox.shop.tables["Order"][uid]
    articles = [sandbox.shop.tables["Article"][item["article"]] for item in items_of(sandbox, order)]
    return next((one for one in articles if not one.get("variants")), None)


def items_of(sandbox: Sandbox, order: dict) -> list[dict]:
    items = sandbox.shop.tables.get("OrderItem", {})
    return [items[item] if isinstance(item, int) else item for item in order["items"]]


@pytest.fixture
def sandbox(stocked) -> Sandbox:
    return stocked(orders=12, plain=True)


@pytest.fixture
def sold(sandbox) -> tuple[int, dict]:
    return next((uid, article) for uid in placed(sandbox) if (article := sold_in(sandbox, uid)) is not None)


def another(sandbox: Sandbox, sold: dict) -> dict:
    """Return an article without variants that no order has."""
    orders = sandbox.shop.tables["Order"].values()
    used = {sold["uid"]} | {item["article"] for order in orders for item in items_of(sandbox, order)}
    return next(
        one
        for one in reversed(sandbox.shop.tables["Article"].values())
        if one["uid"] not in used and not one.get("variants") and one["type"] != "package"
    )


def renumber(sandbox: Sandbox, article: dict, number: str, **more: object) -> None:
    with sandbox.shop.lock:
        article.update(articleNumber=number, **more)
        sandbox.shop.touch(article)


def codes(engine: Driven, uid: int) -> list[str]:
    return [problem.code for problem in engine.view(uid).problems]


@pytest.mark.parametrize("spelled", [str, str.lower, str.swapcase])
@pytest.mark.parametrize("hidden", [False, True])
def test_an_order_with_a_shared_number_waits_and_goes_when_it_is_put_right(sandbox, sold, driven, spelled, hidden):
    uid, article = sold
    twin, number = another(sandbox, article), article["articleNumber"]
    old = twin["articleNumber"]
    renumber(sandbox, twin, spelled(number), hidden=hidden)
    engine = driven(sandbox)
    engine.export(uid)
    assert (engine.view(uid).state, codes(engine, uid)) == ("blocked", ["duplicate"])
    assert sandbox.specter.orders == {}
    renumber(sandbox, twin, old)
    engine.do(lambda service: service.reference.numbers.freshen(oldest=timedelta(0)))
    engine.export(uid)
    assert engine.view(uid).state == "exported"


def test_a_number_that_comes_to_be_shared_between_two_looks_is_found_before_the_order_goes(sandbox, sold, driven):
    uid, article = sold
    engine = driven(sandbox)
    engine.look()
    assert engine.view(uid).state == "ready"
    renumber(sandbox, another(sandbox, article), article["articleNumber"])
    engine.do(lambda service: service.reference.numbers.freshen(oldest=timedelta(0)))
    engine.do(ShopService.export, [uid])
    assert (engine.view(uid).state, codes(engine, uid)) == ("blocked", ["duplicate"])


def test_an_article_that_was_deleted_shares_no_number_any_more(sandbox, sold, driven):
    uid, article = sold
    twin = another(sandbox, article)
    renumber(sandbox, twin, article["articleNumber"])
    engine = driven(sandbox)
    engine.export(uid)
    assert codes(engine, uid) == ["duplicate"]
    sandbox.shop.remove_article(twin["uid"])
    engine.do(lambda service: service.reference.numbers.freshen(oldest=timedelta(0)))
    engine.export(uid)
    assert engine.view(uid).state == "exported"


def test_no_order_costs_a_call_and_the_next_process_reads_only_what_changed(sandbox, driven):
    engine = driven(sandbox)
    engine.look()
    first = calls(sandbox, "Article.list")
    engine.export()
    assert calls(sandbox, "Article.list") == first
    engine.leave()
    sandbox.ledger.clear()
    again = driven(sandbox)
    again.look()
    again.thorough_look()
    assert calls(sandbox, "Article.list") <= 2, "the journal's list is of ten minutes ago at most"


def test_a_shop_that_cannot_say_what_changed_is_read_again(sandbox, sold, driven):
    uid, article = sold
    engine = driven(sandbox)
    engine.look()
    sandbox.shop.switches = replace(sandbox.shop.switches, refused_filters=("/changed",))
    renumber(sandbox, another(sandbox, article), article["articleNumber"])
    engine.do(lambda service: service.reference.numbers.freshen(oldest=timedelta(0)))
    engine.thorough_look()
    assert codes(engine, uid) == ["duplicate"]


def test_a_parent_whose_variants_carry_numbers_shares_none(sandbox, sold, driven):
    uid, article = sold
    parent = next(one for one in sandbox.shop.tables["Article"].values() if one.get("variants"))
    renumber(sandbox, parent, article["articleNumber"])
    for entry in parent["variants"]:
        assert entry["overrides"].get("articleNumber"), "its variants have numbers of their own"
    engine = driven(sandbox, **AUTO)
    engine.turn()
    assert engine.entry(uid).state == "exported"


def test_repair_leaves_the_number_to_the_one_that_was_sent_and_the_order_goes(sandbox, sold, driven):
    uid, article = sold
    number = article["articleNumber"]
    engine = driven(sandbox, ARTICLE__EXPORT="changed")
    engine.do(ShopService.export_articles)
    twin = another(sandbox, article)
    renumber(sandbox, twin, number.swapcase())
    with sandbox.shop.lock:
        article["stock"]["stock"], twin["numberSold"] = 0, 50
        sandbox.shop.touch(article)
    engine.do(lambda service: service.reference.numbers.freshen(oldest=timedelta(0)))
    engine.export(uid)
    assert codes(engine, uid) == ["duplicate"]
    engine.do(lambda service: service.fix_numbers(None))
    assert article["articleNumber"] == number
    assert twin["articleNumber"] not in (number, number.swapcase())
    engine.export(uid)
    assert engine.view(uid).state == "exported"


@pytest.mark.parametrize("number", ["FRAKT 1", "Frakt#", "x" * 51])
def test_a_service_article_number_that_specter_cannot_take_holds_the_orders_that_need_it(stocked, driven, number):
    sandbox = stocked(orders=6, plain=True)
    engine = driven(sandbox, ORDER__ARTICLE_DELIVERY=number, ORDER__ZERO_DELIVERY_ROW="true")
    engine.look()
    found = [view for view in (engine.view(uid) for uid in placed(sandbox)) if view.state == "blocked"]
    assert found
    assert {problem.code for view in found for problem in view.problems} == {"service_number"}
    told = engine.do(check_all)
    assert [one.level for one in told if one.what == "service article" and "ARTICLE_DELIVERY" in one.text] == [
        "problem"
    ]
