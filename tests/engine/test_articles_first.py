"""Articles are sent before the orders of the same turn, so that no order is refused for a missing one."""

import pytest

from specter_tui.sandbox.sandbox import Sandbox
from specter_tui.sandbox.server.faults import Fault
from tests.engine.shop import placed
from tests.support.driven_engine import Driven

pytestmark = pytest.mark.usefixtures("quick_retries")
AUTO = {"ORDER__EXPORT": "registered"}
ARTICLES = {"ARTICLE__EXPORT": "changed"}


def forget_articles(sandbox: Sandbox) -> None:
    """Delete the shop's articles in Specter; the service articles stay."""
    for line in sandbox.shop.articles():
        sandbox.specter.articles.pop(line["number"], None)


def states(engine: Driven) -> set[str]:
    return {entry.state for entry in engine.entries().values()}


@pytest.mark.parametrize("strict", [True, False])
def test_fault_37_the_articles_of_a_turn_are_there_before_its_orders(stocked, driven, strict):
    sandbox = stocked(orders=4, plain=True, known_articles_only=strict)
    forget_articles(sandbox)
    engine = driven(sandbox, **AUTO, **ARTICLES)
    assert len(engine.turn()) == 4
    assert states(engine) == {"exported"}
    assert len(sandbox.specter.orders) == 4


@pytest.mark.parametrize(("strict", "state"), [(True, "refused"), (False, "exported")])
def test_fault_37_without_article_export_it_is_for_specter_to_say(stocked, driven, strict, state):
    sandbox = stocked(orders=2, plain=True, known_articles_only=strict)
    forget_articles(sandbox)
    engine = driven(sandbox, **AUTO)
    engine.turn()
    assert states(engine) == {state}


def test_an_article_that_is_new_in_the_shop_goes_before_the_order_that_has_it(stocked, driven):
    sandbox = stocked(orders=1, plain=True, known_articles_only=True)
    engine = driven(sandbox, **AUTO, **ARTICLES)
    engine.turn()
    article = next(one for one in sandbox.shop.tables["Article"].values() if not one.get("variants"))
    sandbox.specter.articles.pop(article["articleNumber"], None)
    with sandbox.shop.lock:
        article["price"]["regular"]["SEK"] += 1
        sandbox.shop.touch(article)
    engine.turn()
    assert article["articleNumber"] in sandbox.specter.articles


def test_an_article_export_that_fails_keeps_no_order(stocked, driven):
    sandbox = stocked(orders=2, plain=True)
    sandbox.faults["shop"].add(Fault(kind="error", call="Article.count", times=None))
    sandbox.faults["specter"].add(Fault(kind="refusal", call="newArticleSubmit", times=None, code="7", text="nej"))
    engine = driven(sandbox, **AUTO, **ARTICLES)
    assert len(engine.turn()) == 2
    assert len(placed(sandbox)) == len(sandbox.specter.orders) == 2
