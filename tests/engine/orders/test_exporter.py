"""Exports of one order, of many, of all: each is sent once, and its number is written back."""

import asyncio
from datetime import UTC, datetime, timedelta
from itertools import pairwise

import pytest

from specter_tui.engine.decisions import InvalidDecision
from specter_tui.engine.events import ExportEnded, Notice, Progress
from specter_tui.engine.service import SendingInactive, ShopService
from specter_tui.sandbox.sandbox import Sandbox
from specter_tui.sandbox.server.options import SandboxOptions
from tests.engine.shop import Gauge, add_note, at_specter, buyer, calls, change, document, gated, placed, spoil
from tests.support.driven_engine import PATIENCE, states

pytestmark = pytest.mark.usefixtures("quick_retries")


def test_one_order_goes_to_specter_and_its_number_comes_home(stocked, driven):
    sandbox = stocked(orders=3, plain=True)
    engine = driven(sandbox)
    uid = placed(sandbox)[1]
    (ended,) = engine.export(uid)
    assert ended.sent
    assert (ended.view.state, ended.view.specter_number, ended.view.write_back) == ("exported", "90001", "done")
    (order,) = sandbox.specter.orders_of(ended.view.number)
    assert order.totals.total == ended.view.total
    assert document(sandbox, uid)["externalOrderNumber"] == "90001"
    assert engine.verbs(uid) == ["claimed", "customer_known", "exported", "write_back_done"]
    assert list(engine.entries()) == [uid]
    assert sandbox.ledger.complaints == []


def test_many_orders_go_and_the_others_stay(stocked, driven):
    sandbox = stocked(orders=6, plain=True)
    engine = driven(sandbox)
    chosen = placed(sandbox)[:4]
    assert states(engine.export(*chosen, *chosen)) == ["exported"] * 4
    assert sorted(engine.entries()) == chosen
    assert len(sandbox.specter.orders) == 4


def test_all_that_is_ready_goes_and_what_is_not_is_named(stocked, driven):
    sandbox = stocked(orders=40, known_articles_only=True)
    engine = driven(sandbox)
    ended = engine.export()
    traps = sandbox.shop.traps
    sent = [one for one in ended if one.view.state == "exported"]
    assert {one.view.uid for one in sent} == set(placed(sandbox)) - set(traps)
    assert [one for one in ended if one not in sent] == []
    blocked = [view for view in engine.do(lambda service: service.everything()) if view.state == "blocked"]
    assert all(view.uid in traps and view.problems and view.message for view in blocked)
    assert len(sandbox.specter.orders) == len(sent)
    for one in sent:
        (order,) = sandbox.specter.orders_of(one.view.number)
        assert order.totals.total == one.view.total
        assert document(sandbox, one.view.uid)["externalOrderNumber"] == str(order.number)
    assert sandbox.ledger.complaints == []


def test_a_second_run_sends_nothing(stocked, driven):
    sandbox = stocked(orders=5, plain=True)
    assert len(driven(sandbox).export()) == 5
    sandbox.ledger.clear()
    assert driven(sandbox).export() == []
    assert "specter" not in sandbox.ledger.calls()


def test_progress_is_told_as_it_goes(stocked, driven):
    sandbox = stocked(orders=4, plain=True)
    engine = driven(sandbox)
    engine.export()
    told = [one for one in engine.told(Progress) if one.task == "export"]
    assert [one.done for one in told] == [1, 2, 3, 4, 4]
    assert told[-1] == Progress("export", 4, 4, 0, finished=True)
    assert len(engine.told(ExportEnded)) == 4


@pytest.mark.parametrize("concurrency", [1, 3])
def test_as_many_orders_are_sent_at_once_as_the_setting_says(driven, concurrency):
    sandbox = Sandbox(SandboxOptions(orders=9, plain=True, delay=0.05))
    gauge = Gauge(sandbox.specter_front, lambda _form: "any")
    sandbox.specter_front = gauge
    with sandbox:
        for uid in placed(sandbox):
            buyer(sandbox, uid, f"{uid}@example.se")
        engine = driven(sandbox, LIMITS__CONCURRENCY=str(concurrency))
        assert len(engine.export()) == 9
        engine.leave()
    assert gauge.most == {"any": concurrency}


@pytest.mark.parametrize("by", ["emailAddress", "orgNo"])
def test_orders_of_one_customer_make_their_customer_calls_one_at_a_time(driven, by):
    sandbox = Sandbox(SandboxOptions(orders=6, plain=True, delay=0.03))
    gauge = Gauge(sandbox.specter_front, lambda form: form.get(by, "").casefold())
    sandbox.specter_front = gauge
    with sandbox:
        for place, uid in enumerate(placed(sandbox)):
            email = ("Same@Example.se", "same@example.se")[place % 2] if by == "emailAddress" else f"{uid}@example.se"
            buyer(sandbox, uid, email, ("19640823-3234", "196408233234")[0] if by == "orgNo" else "")
        engine = driven(sandbox, LIMITS__CONCURRENCY="4")
        assert states(engine.export()) == ["exported"] * 6
        engine.leave()
        customers = sandbox.specter.customers
    (same,) = (key for key in gauge.most if key)
    assert gauge.most[same] == 1
    assert len(customers) == 1


def test_an_order_edited_since_it_was_shown_is_not_sent(stocked, driven):
    sandbox = stocked(orders=1, plain=True)
    (uid,) = placed(sandbox)
    engine = driven(sandbox)
    engine.look()
    seen = engine.view(uid).seen_hash
    add_note(sandbox, uid)
    (ended,) = engine.do(ShopService.export, [uid], {uid: seen})
    assert not ended.sent
    assert "edited" in ended.view.message
    assert calls(sandbox, "newCustomerSubmit") == 0
    assert engine.entries() == {}
    (ended,) = engine.do(ShopService.export, [uid], {uid: engine.view(uid).seen_hash})
    assert ended.view.state == "exported"


def test_a_document_that_has_grown_old_is_read_again_before_it_is_sent(driven, monkeypatch):
    monkeypatch.setattr("specter_tui.engine.orders.exporter.FRESH_SECONDS", 0.0)
    sandbox = Sandbox(SandboxOptions(orders=2, plain=True))
    with gated(sandbox, "newOrderSubmit") as gate:
        first, second = placed(sandbox)
        engine = driven(sandbox, LIMITS__CONCURRENCY="1")
        engine.look()
        running = engine.engine.submit(ShopService.export, [first, second])
        assert gate.came.wait(PATIENCE)
        add_note(sandbox, second, "Nytt")
        gate.open.set()
        assert states(running.result(PATIENCE)) == ["exported"] * 2
        engine.leave()
        (order,) = sandbox.specter.orders_of(str(document(sandbox, second)["orderNumber"]))
    assert order.fields["internalComment"] == "Nytt"


def test_an_order_that_goes_while_its_document_grows_old_is_not_sent(driven, monkeypatch):
    monkeypatch.setattr("specter_tui.engine.orders.exporter.FRESH_SECONDS", 0.0)
    sandbox = Sandbox(SandboxOptions(orders=2, plain=True))
    with gated(sandbox, "newOrderSubmit") as gate:
        first, second = placed(sandbox)
        engine = driven(sandbox, LIMITS__CONCURRENCY="1")
        engine.look()
        running = engine.engine.submit(ShopService.export, [first, second])
        assert gate.came.wait(PATIENCE)
        change(sandbox, second, discarded=True)
        gate.open.set()
        by_uid = {one.view.uid: one for one in running.result(PATIENCE)}
        engine.leave()
    assert not by_uid[second].sent
    assert len(sandbox.specter.orders) == 1


def test_a_document_that_was_just_read_is_not_read_again(stocked, driven):
    sandbox = stocked(orders=3, plain=True)
    engine = driven(sandbox)
    engine.look()
    sandbox.ledger.clear()
    engine.engine.ask(ShopService.export_all).result(PATIENCE)
    assert calls(sandbox, "Order.list") == 2, "the second page is empty"


@pytest.mark.parametrize(
    ("action", "step", "customer"), [("newCustomerSubmit", "customer", None), ("newOrderSubmit", "order", "4711")]
)
def test_each_step_is_on_disk_before_its_call(driven, action, step, customer):
    """Another process reads the step from the file while Specter has not answered yet."""
    sandbox = Sandbox(SandboxOptions(orders=1, plain=True))
    with gated(sandbox, action) as gate:
        (uid,) = placed(sandbox)
        engine = driven(sandbox)
        engine.look()
        running = engine.engine.submit(ShopService.export, [uid])
        assert gate.came.wait(PATIENCE)
        entry = engine.entry(uid)
        assert (entry.state, entry.step, entry.customer_number) == ("sending", step, customer)
        gate.open.set()
        assert states(running.result(PATIENCE)) == ["exported"]
        engine.leave()


@pytest.mark.parametrize("setting", ["ORDER__EXPORT", "ORDER__EXPORT_RUN"])
def test_nothing_is_sent_where_export_is_inactive_but_it_can_be_seen(stocked, driven, setting):
    sandbox = stocked(orders=1, plain=True)
    (uid,) = placed(sandbox)
    engine = driven(sandbox, **{setting: "inactive"})
    engine.look()
    for command in (
        engine.engine.submit(ShopService.export, [uid]),
        engine.engine.ask(ShopService.export_all),
        engine.engine.submit(ShopService.repeat, [uid], "so"),
        engine.engine.submit(ShopService.set_auto, on=True),
    ):
        with pytest.raises(SendingInactive):
            command.result(PATIENCE)
    preview = engine.do(ShopService.preview, uid)
    assert preview.plan is not None
    assert preview.plan.ready
    assert "specter" not in sandbox.ledger.calls()
    assert len(engine.told(Notice)) == 3, "what a screen asks for is answered on the screen, too"


def test_an_order_that_is_not_ready_is_not_sent_by_name_either(stocked, driven):
    sandbox = stocked(orders=40)
    engine = driven(sandbox)
    traps = [uid for uid, why in sandbox.shop.traps.items() if why not in ("", "article number of two articles")]
    ended = engine.export(*traps)
    assert len(ended) == len(traps)
    assert {one.view.state for one in ended} == {"blocked", "out_of_scope"}
    assert not any(one.sent for one in ended)
    assert "specter" not in sandbox.ledger.calls()


def test_an_order_that_the_shop_does_not_show_is_said_to_be_gone(stocked, driven):
    engine = driven(stocked(orders=1, plain=True))
    (ended,) = engine.export(404)
    assert (ended.view.uid, ended.sent) == (404, False)
    assert "does not show" in ended.view.message


def test_an_order_that_waits_for_its_payment_goes_once_it_is_paid(stocked, driven):
    sandbox = stocked(orders=1, plain=True)
    (uid,) = placed(sandbox)
    sandbox.shop.pay(uid, "reserved")
    engine = driven(sandbox, ORDER__PAYMENT_STATUS="paid")
    engine.look()
    assert engine.view(uid).state == "waiting"
    assert engine.export() == []
    sandbox.shop.pay(uid, "paid")
    assert states(engine.export()) == ["exported"]


def test_the_external_number_is_fixed_at_the_first_claim(stocked, driven):
    sandbox = stocked(orders=1, plain=True)
    (uid,) = placed(sandbox)
    spoil(sandbox, "refusal", "newOrderSubmit", code="4", text="Artikel saknas")
    first = driven(sandbox, ORDER__NUMBER_PREFIX="A-")
    assert states(first.export(uid)) == ["refused"]
    number = first.view(uid).number
    first.leave()
    second = driven(sandbox, ORDER__NUMBER_PREFIX="B-")
    second.look()
    assert states(second.do(ShopService.repeat, [uid], "the article is there now")) == ["exported"]
    assert at_specter(sandbox, f"A-{number}") == 1
    assert at_specter(sandbox, f"B-{number}") == 0


def test_a_persons_repeat_needs_a_reason(stocked, driven):
    sandbox = stocked(orders=1, plain=True)
    engine = driven(sandbox)
    engine.look()
    with pytest.raises(InvalidDecision, match="reason"):
        engine.do(ShopService.repeat, placed(sandbox), "  ")


def test_the_journal_keeps_no_person(stocked, driven):
    sandbox = stocked(orders=1, plain=True)
    (uid,) = placed(sandbox)
    with sandbox.shop.lock:
        document(sandbox, uid)["customer"]["address"].update(firstName="Kanariefagel", lastName="Testsson")
    buyer(sandbox, uid, "kanariefagel@example.se", "19121212-1212")
    add_note(sandbox, uid, "Kanariefagel i noten")
    engine = driven(sandbox)
    engine.export(uid)
    folder = engine.engine.journal_path.parent
    engine.leave()
    for file in folder.iterdir():
        stored = file.read_bytes()
        for word in (
            b"anariefagel",
            b"19121212",
            b"Testsson",
            *(secret.encode() for secret in engine.settings.secrets()),
        ):
            assert word not in stored, file.name


def test_calls_are_paced_over_all_orders(stocked, driven):
    sandbox = stocked(orders=3, plain=True)
    engine = driven(sandbox, LIMITS__PER_SECOND="20")
    began = datetime.now(UTC)
    engine.export()
    assert datetime.now(UTC) - began > timedelta(seconds=5 / 20)


def test_claims_and_exports_of_one_run_overlap(stocked, driven):
    """Orders are sent concurrently: the second is claimed before the first is done."""
    sandbox = stocked(orders=4, plain=True, delay=0.03)
    for uid in placed(sandbox):
        buyer(sandbox, uid, f"{uid}@example.se")
    engine = driven(sandbox)
    engine.export()
    with engine.reader() as journal:
        verbs = [event.verb for event in journal.events.page() if event.verb in ("claimed", "exported")]
    assert any(pair == ("claimed", "claimed") for pair in pairwise(verbs))


def test_a_person_ends_the_rest_and_what_is_under_way_goes_to_its_end(driven):
    sandbox = Sandbox(SandboxOptions(orders=5, plain=True))
    with gated(sandbox, "newOrderSubmit") as gate:
        engine = driven(sandbox, LIMITS__CONCURRENCY="1")
        engine.look()
        running = engine.engine.ask(ShopService.export, placed(sandbox))
        assert gate.came.wait(PATIENCE)
        engine.do(ShopService.end_rest)
        gate.open.set()
        ended = running.result(PATIENCE)
        assert states(ended) == ["exported", *["ready"] * 4], "each has an outcome, so that the console's count ends"
        assert [one.sent for one in ended].count(True) == len(sandbox.specter.orders) == 1
        assert len(engine.entries()) == 1, "nothing else was claimed"
        assert states(engine.export(*placed(sandbox))).count("exported") == 5, "the next export begins afresh"
        engine.leave()


def test_an_export_that_was_asked_for_but_has_not_begun_is_ended_too(stocked, driven):
    sandbox = stocked(orders=3, plain=True)
    engine = driven(sandbox)
    engine.look()

    async def both(service: ShopService) -> list[ExportEnded]:
        asked = asyncio.ensure_future(service.export(placed(sandbox)))
        await asyncio.sleep(0)
        await service.end_rest()
        return await asked

    assert states(engine.do(both)) == ["ready"] * 3
    assert len(sandbox.specter.orders) == 0


def test_auto_mode_is_not_ended_with_the_rest_of_a_persons_export(driven):
    sandbox = Sandbox(SandboxOptions(orders=3, plain=True))
    with gated(sandbox, "newOrderSubmit") as gate:
        engine = driven(sandbox, LIMITS__CONCURRENCY="1")
        engine.look()
        running = engine.engine.ask(ShopService.export_all)
        assert gate.came.wait(PATIENCE)
        engine.do(ShopService.end_rest)
        gate.open.set()
        assert states(running.result(PATIENCE)) == ["exported"] * 3
        engine.leave()
