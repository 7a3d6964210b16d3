"""Several engines on one journal, auto mode, and shutdown during calls."""

import threading
from concurrent.futures import CancelledError, Future
from contextlib import suppress

import pytest

from specter_tui.engine.concurrency.lease_names import AUTO_EXPORT
from specter_tui.engine.events import AutoChanged, Draining, ExportEnded, LogGrew, OrderView, PollFinished, Stopped
from specter_tui.engine.service import ShopService
from specter_tui.journal.errors import JournalError
from specter_tui.journal.journal import Journal
from specter_tui.journal.repositories.leases import Leases
from specter_tui.journal.safety.operators import Operator, current_operator
from specter_tui.sandbox.sandbox import Sandbox
from specter_tui.sandbox.server.options import SandboxOptions
from tests.engine.shop import calls, gated, placed, spoil
from tests.support.driven_engine import PATIENCE, states

pytestmark = pytest.mark.usefixtures("quick_retries")


def test_two_engines_at_once_send_each_order_once(stocked, driven):
    sandbox = stocked(orders=12, plain=True, delay=0.01)
    engines = [driven(sandbox) for _ in range(2)]
    for engine in engines:
        engine.look()
    running = [engine.engine.ask(ShopService.export_all) for engine in engines]
    ended = [one for future in running for one in future.result(PATIENCE)]
    assert len(sandbox.specter.orders) == 12
    assert calls(sandbox, "newOrderSubmit") == 12
    assert sum(one.sent for one in ended) == 12
    with engines[0].reader() as journal:
        claimed = [event.uid for event in journal.events.page(limit=10_000) if event.verb == "claimed"]
    assert sorted(claimed) == placed(sandbox)


def test_who_is_sending_an_order_is_told_to_the_other(driven):
    sandbox = Sandbox(SandboxOptions(orders=1, plain=True))
    with gated(sandbox, "newOrderSubmit") as gate:
        (uid,) = placed(sandbox)
        first, second = driven(sandbox), driven(sandbox)
        first.look()
        second.look()
        running = first.engine.submit(ShopService.export, [uid])
        assert gate.came.wait(PATIENCE)
        (seen,) = second.do(ShopService.export, [uid])
        assert (seen.view.state, seen.sent) == ("sending", False)
        assert first.entry(uid).holder in seen.view.message
        gate.open.set()
        assert states(running.result(PATIENCE)) == ["exported"]
        grown = second.wait_for(LogGrew, lambda log: any(event.verb == "exported" for event in log.events))
        assert grown
        assert second.view(uid).state == "exported"
        first.leave()
        second.leave()
    assert calls(sandbox, "newOrderSubmit") == 1


def test_auto_mode_exports_what_is_there_and_what_comes(stocked, driven):
    sandbox = stocked(orders=3, plain=True)
    engine = driven(sandbox, watch=True, ORDER__EXPORT="registered", WATCH__INTERVAL="0.1")
    assert engine.wait_for(AutoChanged).on
    engine.wait_for(ExportEnded, lambda one: len(engine.told(ExportEnded)) == 3)
    uid = sandbox.arrivals.place()["uid"]
    assert engine.wait_for(ExportEnded, lambda one: one.view.uid == uid).view.state == "exported"


def test_auto_mode_is_off_until_it_is_turned_on(stocked, driven):
    sandbox = stocked(orders=1, plain=True)
    engine = driven(sandbox, watch=True, WATCH__INTERVAL="0.1")
    engine.wait_for(PollFinished, lambda _: len(engine.told(PollFinished)) > 2)
    assert not sandbox.specter.orders
    engine.do(ShopService.set_auto, on=True)
    assert engine.wait_for(ExportEnded).view.state == "exported"
    engine.do(ShopService.set_auto, on=False)
    assert [one.on for one in engine.told(AutoChanged)] == [False, True, False]


def test_a_poll_that_a_person_asks_for_is_made_by_auto_export_where_it_runs(stocked, driven):
    engine = driven(stocked(orders=1, plain=True), watch=True, WATCH__INTERVAL="60")
    engine.wait_for(PollFinished)
    engine.do(ShopService.poll)
    engine.wait_for(PollFinished, lambda _: len(engine.told(PollFinished)) == 2)
    assert all(one.next_at for one in engine.told(PollFinished)), "each says when the next one is due"


def test_auto_mode_that_is_turned_off_gives_its_lease_back_at_once_and_the_other_sees_it(stocked, driven):
    sandbox = stocked(orders=1, plain=True)
    first = driven(sandbox, watch=True, ORDER__EXPORT="registered", WATCH__INTERVAL="0.1")
    first.wait_for(ExportEnded)
    second = driven(sandbox, watch=True, WATCH__INTERVAL="0.1")
    assert second.wait_for(AutoChanged, lambda one: one.by).by == str(current_operator()), "a console is no service"
    first.do(ShopService.set_auto, on=False)
    holder = second.do(lambda service: service.context.journal(Leases.holder, AUTO_EXPORT))
    assert holder is None, "at once, long before it would run out"
    assert second.wait_for(AutoChanged, lambda _: not second.told(AutoChanged)[-1].by)
    second.do(ShopService.set_auto, on=True)
    uid = sandbox.arrivals.place()["uid"]
    assert second.wait_for(ExportEnded, lambda one: one.view.uid == uid).view.state == "exported"


def test_the_watch_goes_on_when_the_shop_comes_back(stocked, driven, monkeypatch):
    monkeypatch.setattr("specter_tui.engine.auto_export.back_off", lambda _tries: 0.05)
    sandbox = stocked(orders=1, plain=True)
    spoil(sandbox, "error", "Webshop.get", "shop", times=6)
    engine = driven(sandbox, watch=True, ORDER__EXPORT="registered", WATCH__INTERVAL="0.05")
    assert engine.wait_for(ExportEnded).view.state == "exported"


@pytest.mark.parametrize("action", ["newCustomerSubmit", "newOrderSubmit"])
def test_leaving_lets_the_call_under_way_come_to_its_end_and_takes_no_other(driven, action):
    sandbox = Sandbox(SandboxOptions(orders=4, plain=True))
    with gated(sandbox, action, after=True) as gate:
        engine = driven(sandbox, LIMITS__CONCURRENCY="1")
        engine.look()
        running = engine.engine.ask(ShopService.export_all)
        assert gate.came.wait(PATIENCE)
        engine.engine.shut_down()
        engine.engine.shut_down()
        first = placed(sandbox)[0]
        engine.wait_for(Draining)
        assert engine.told(Draining) == [Draining((sandbox.shop.expanded(first)["orderNumber"],))]
        assert not engine.engine.join(0.05)
        gate.open.set()
        assert engine.engine.join(PATIENCE)
        assert states(running.result(0)) == ["exported"]
    assert engine.told(Stopped) == [Stopped("")]
    assert {uid: entry.state for uid, entry in engine.entries().items()} == {first: "exported"}
    assert len(sandbox.specter.orders) == 1


def test_an_engine_that_has_stopped_takes_no_work_and_leaves_nobody_waiting(stocked, driven):
    engine = driven(stocked(orders=1, plain=True))
    engine.leave()
    engine.engine.shut_down()
    with pytest.raises(CancelledError):
        engine.do(ShopService.poll)


@pytest.mark.parametrize("_again", range(4))
def test_whoever_asks_while_it_stops_is_answered(stocked, driven, _again):
    """Work is requested all the time while the engine stops: every future ends."""
    engine = driven(stocked(orders=0))
    promised: list[Future[list[OrderView]]] = []
    asked = threading.Event()

    def ask() -> None:
        while not promised or not promised[-1].cancelled() or not engine.engine.join(0):
            promised.append(engine.engine.ask(lambda service: service.everything()))
            asked.set()

    asking = threading.Thread(target=ask)
    asking.start()
    asked.wait()
    engine.leave()
    asking.join()
    for future in promised:
        with suppress(CancelledError):
            assert future.result(PATIENCE) == []


def test_a_journal_of_another_shop_stops_the_start_with_its_reason(stocked, driven, tmp_path):
    sandbox = stocked(orders=0)
    path = tmp_path / "journal" / "journal.db"
    path.parent.mkdir()
    Journal.open(path, 1, Operator("alma", "till")).close()
    with pytest.raises(JournalError, match="journal of shop 1"):
        driven(sandbox)
