"""A worker without a screen drops done orders, and finds them again when they are needed."""

import gc

import pytest

from specter_tui.engine import drift_watch
from specter_tui.engine.concurrency.journal_queue import JournalQueue
from specter_tui.engine.concurrency.limits import SharedResources
from specter_tui.engine.events import OrdersChanged, OrderView
from specter_tui.engine.runtime.engine_thread import Engine
from specter_tui.engine.service import ShopService
from specter_tui.journal.models import ShopOrder
from specter_tui.journal.repositories.operator_decisions import OperatorDecisions
from specter_tui.journal.repositories.orders import Orders
from specter_tui.sandbox.sandbox import Sandbox
from specter_tui.sandbox.shop.order_edits import add_row
from specter_tui.specter.order_forms import OrderRow
from tests.engine.shop import calls, change, placed, spoil
from tests.support.driven_engine import PATIENCE, Driven, states
from tests.support.waiting import wait_for

pytestmark = pytest.mark.usefixtures("quick_retries")


def alive() -> int:
    """Count the order summaries and form rows in memory."""
    gc.collect()
    return sum(isinstance(one, OrderView | OrderRow) for one in gc.get_objects())


def known(engine: Driven) -> dict[int, str]:
    """Return the state of every order in the index."""
    engine.do(_flush)
    return {view.uid: view.state for view in engine.do(lambda service: service.everything())}


async def _flush(service: ShopService) -> None:
    service.order_index.flush()


def comes_to_know(engine: Driven, expected: dict[int, str]) -> None:
    """Wait for remaining work: write-backs and the journal's events may add an order once more after a poll."""
    wait_for(lambda: known(engine) == expected, lambda: f"{known(engine)} instead of {expected}")


@pytest.fixture
def sandbox(stocked) -> Sandbox:
    return stocked(orders=6, plain=True)


@pytest.fixture
def worker(sandbox, driven) -> Driven:
    worker = driven(sandbox, keeps_done=False)
    assert set(states(worker.export())) == {"exported"}
    return worker


def test_what_is_done_takes_no_memory(sandbox, settings_for):
    """No part keeps it: neither the index, nor the comparison of edits, nor any other."""
    before = alive()
    engine = Engine(settings_for(sandbox), lambda _: None, SharedResources(keeps_done=False))
    engine.start(watch=False)
    try:
        assert len(engine.ask(ShopService.export_all).result(PATIENCE)) == 0
        engine.ask(ShopService.poll).result(PATIENCE)
        assert len(engine.ask(ShopService.export_all).result(PATIENCE)) == 6
        for _ in range(2):
            engine.ask(ShopService.poll).result(PATIENCE)
        wait_for(lambda: alive() <= before, lambda: f"{alive() - before} are held of six orders")
    finally:
        engine.shut_down()
        engine.join()


def test_what_is_done_is_told_once_and_what_is_open_stays(sandbox, worker):
    done = placed(sandbox)
    held = sandbox.arrivals.place()["uid"]
    change(sandbox, held, payments=[])
    waits = sandbox.arrivals.place()["uid"]
    worker.look()
    comes_to_know(worker, {held: worker.view(held).state, waits: "ready"})
    told = {view.uid: view.state for message in worker.told(OrdersChanged) for view in message.orders}
    assert {told[uid] for uid in done} == {"exported"}


def test_a_screen_still_has_what_is_done(sandbox, driven):
    console = driven(sandbox)
    console.export()
    console.look()
    comes_to_know(console, dict.fromkeys(placed(sandbox), "exported"))


@pytest.mark.parametrize("shop_tells_changes", [True, False])
def test_an_edit_is_noticed_though_the_order_was_let_go(sandbox, worker, shop_tells_changes):
    worker.look()
    comes_to_know(worker, {})
    uid = placed(sandbox)[0]
    add_row(sandbox.shop, uid, "KASA-BJ", 3)
    if not shop_tells_changes:
        spoil(sandbox, "refusal", "Order.list", "shop", code="-32602", text="Invalid params", skip=1)
    worker.thorough_look()
    assert worker.entry(uid).drift
    comes_to_know(worker, {})


def test_what_was_ticked_off_stays_so_when_the_order_is_compared_again(sandbox, worker, monkeypatch):
    uid = placed(sandbox)[0]
    add_row(sandbox.shop, uid, "KASA-BJ", 3)
    worker.look()
    worker.do(ShopService.tick_drift, uid, "KASA-BJ")
    monkeypatch.setattr(drift_watch, "_REMEMBERED_SECONDS", -1.0)
    worker.look()
    assert worker.do(ShopService.read_drift).lines == ()
    assert not worker.entry(uid).drift


def test_what_was_compared_is_remembered_for_as_long_as_looks_bring_it(sandbox, worker, monkeypatch):
    worker.look()
    compared: set[int] = set()
    ask = JournalQueue.__call__

    async def noting(journal, verb, *arguments, **named):
        if verb is Orders.rows:
            compared.update(arguments)
        return await ask(journal, verb, *arguments, **named)

    monkeypatch.setattr(JournalQueue, "__call__", noting)
    worker.thorough_look()
    assert compared == set(), "read again, and as they were"
    monkeypatch.setattr(drift_watch, "_REMEMBERED_SECONDS", -1.0)
    for _ in range(2):
        worker.look()
    assert compared == set(placed(sandbox))


def test_an_order_that_another_process_opens_again_is_read_again(sandbox, driven):
    worker, console = driven(sandbox, keeps_done=False), driven(sandbox)
    console.look()
    uid = placed(sandbox)[0]
    console.do(ShopService.close_orders, [uid], "by hand")
    worker.look()
    worker.do(lambda service: service.event_tailer())
    wait_for(lambda: uid not in known(worker), "the closed order to be let go")
    order = ShopOrder(uid, console.view(uid).number)
    console.do(lambda service: service.context.journal(OperatorDecisions.reopen, order, "a mistake"))
    worker.do(lambda service: service.event_tailer())
    worker.look()
    assert known(worker)[uid] == "ready"


def test_nobody_counts_where_nobody_sees_it(sandbox, worker):
    worker.thorough_look()
    counted = calls(sandbox, "Order.count")
    worker.thorough_look()
    assert calls(sandbox, "Order.count") == counted, "only the first look must agree with the shop's count"


def test_an_order_that_was_let_go_is_told_for_what_it_is(sandbox, worker):
    comes_to_know(worker, {})
    uid = placed(sandbox)[0]

    async def outside(service: ShopService) -> OrderView:
        (page,) = [page async for page in service.context.shop.orders_by_uid([uid])]
        return service.order_index.outside(page[0], await service.context.journal(Orders.entry, uid))

    view = worker.do(outside)
    assert (view.state, view.specter_number) == ("exported", worker.entry(uid).specter_number)
