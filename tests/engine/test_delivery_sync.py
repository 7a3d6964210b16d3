"""Deliveries: delivered is marked as sent, tracking is stored, cancelled is only shown; no batch is lost."""

from decimal import Decimal

import pytest

from specter_tui.engine.events import ArticlesExported, DeliveriesChanged, StockApplied
from specter_tui.engine.service import ShopService
from specter_tui.engine.work_queue.todo_reader import read_todo
from specter_tui.planning.rounding_models import ShownAmounts
from specter_tui.sandbox.sandbox import Sandbox
from specter_tui.sandbox.server.faults import Fault
from specter_tui.sandbox.specter.operations import cancel, deliver
from tests.engine.shop import bought, document, placed
from tests.support.driven_engine import Driven

pytestmark = pytest.mark.usefixtures("quick_retries")


@pytest.fixture
def sandbox(stocked) -> Sandbox:
    return stocked(orders=4, plain=True)


@pytest.fixture
def engine(sandbox, driven) -> Driven:
    engine = driven(sandbox, DELIVERY__SYNC="true")
    engine.export()
    return engine


def pull(engine: Driven) -> DeliveriesChanged:
    return engine.do(lambda service: service.deliveries.pull())


def number_of(engine: Driven, uid: int) -> int:
    return int(engine.entry(uid).specter_number or 0)


def statuses(sandbox: Sandbox) -> list[str]:
    return [document(sandbox, uid)["deliveryStatus"] for uid in placed(sandbox)]


def test_delivered_is_marked_and_tracked_cancelled_is_shown_and_the_rest_is_left(sandbox, engine):
    first, second, third, _ = placed(sandbox)
    deliver(sandbox.specter, number_of(engine, first), tracking="SE1")
    cancel(sandbox.specter, number_of(engine, second))
    order = sandbox.specter.orders[number_of(engine, third)]
    row = max(order.rows, key=lambda row: row.quantity)
    if row.quantity > 1:
        deliver(sandbox.specter, order.number, tracking="SE2", rows={row.article: row.quantity - 1})
    news = {one.uid: one for one in pull(engine).deliveries}
    assert (news[first].delivered, news[first].tracking, news[first].marked_at is None) == (True, "SE1", False)
    assert (news[second].delivered, news[second].cancelled) == (False, True)
    assert statuses(sandbox) == ["sent", "unsent", "unsent", "unsent"]
    assert document(sandbox, second)["discarded"] is False
    assert "delivery_marked" in engine.verbs(first)
    assert "cancelled_in_specter" in engine.verbs(second)
    assert pull(engine).deliveries == ()
    assert sandbox.specter.user.orders.open is None
    assert sandbox.ledger.complaints == []


def test_another_sum_in_specter_is_told_once_and_changes_nothing_else(stocked, driven):
    sandbox = stocked(orders=2, plain=True, rounding="rate", totals_in_batches=True)
    other, same = placed(sandbox)
    bought(sandbox, other, "9.99", 3)
    bought(sandbox, same, "100.00", 3)
    engine = driven(sandbox, DELIVERY__SYNC="true", SPECTER__ROUNDING="order")
    engine.export()
    for uid in (other, same):
        deliver(sandbox.specter, number_of(engine, uid))
    news = {one.uid: one for one in pull(engine).deliveries}
    assert (news[other].sum_differs, str(news[other].total), news[same].sum_differs) == (True, "29.98", False)
    assert [text for text in engine.notices if "29.98" in text and "--compare" in text]
    assert statuses(sandbox) == ["sent", "sent"]
    waiting = [item for item in engine.do(read_todo) if item.kind == "sum"]
    assert [(item.uid, "29.98" in item.text and "29.97" in item.text) for item in waiting] == [(other, True)]
    engine.do(ShopService.compare, other, ShownAmounts(Decimal("23.98"), Decimal("6.00"), Decimal("29.98")))
    cancel(sandbox.specter, number_of(engine, other))
    pull(engine)
    assert engine.verbs(other).count("sum_differs") == 1
    assert "sum_differs" not in engine.verbs(same)
    assert not [item for item in engine.do(read_todo) if item.kind == "sum"], "a person has looked"


def test_what_could_not_be_marked_is_marked_the_next_time(sandbox, engine):
    uid = placed(sandbox)[0]
    deliver(sandbox.specter, number_of(engine, uid))
    sandbox.faults["shop"].add(Fault(kind="error", call="Order.set", times=None))
    with pytest.raises(Exception, match="500"):
        pull(engine)
    assert sandbox.specter.user.orders.open is None
    sandbox.faults["shop"].clear()
    pull(engine)
    assert statuses(sandbox)[0] == "sent"


def test_an_order_cancelled_in_the_shop_is_not_marked_but_shown(sandbox, engine):
    uid = placed(sandbox)[0]
    sandbox.shop.discard(uid)
    deliver(sandbox.specter, number_of(engine, uid))
    (news,) = pull(engine).deliveries
    assert news.problem
    assert statuses(sandbox)[0] == "unsent"


def test_nothing_is_asked_for_where_it_is_off(sandbox, driven):
    engine = driven(sandbox)
    engine.turn()
    engine.do(lambda service: service.background.once())
    assert "getOrdersExternalNeedUpdate" not in sandbox.ledger.calls()["specter"]
    assert "getArticleExternalNeedUpdate" not in sandbox.ledger.calls()["specter"]


def test_the_watch_does_all_that_is_switched_on(stocked, driven):
    sandbox = stocked(orders=3, plain=True, stock_queued=True)
    known = len(sandbox.specter.articles)
    engine = driven(
        sandbox,
        watch=True,
        ORDER__EXPORT="registered",
        ARTICLE__EXPORT="changed",
        STOCK__SYNC="true",
        DELIVERY__SYNC="true",
        WATCH__INTERVAL="1",
    )
    assert engine.wait_for(ArticlesExported).sent > 0
    assert engine.wait_for(StockApplied).rows > 0
    engine.wait_for(StockApplied, lambda one: not one.rows)
    uid = placed(sandbox)[0]
    deliver(sandbox.specter, number_of(engine, uid), tracking="SE9")
    engine.wait_for(DeliveriesChanged, lambda one: any(news.tracking == "SE9" for news in one.deliveries))
    assert statuses(sandbox)[0] == "sent"
    assert known <= len(sandbox.specter.articles)
