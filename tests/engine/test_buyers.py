"""Fault 50: orders of one buyer to different addresses, in one process and in several on one journal; fault 48."""

import time

import pytest

from specter_tui.engine.orders import reference_data
from specter_tui.engine.orders.submission import OrderSubmission
from specter_tui.engine.service import ShopService
from tests.engine.shop import buyer, calls, document, placed, spoil
from tests.support.driven_engine import PATIENCE, states

pytestmark = pytest.mark.usefixtures("quick_retries")


def of_one_buyer(sandbox, uids, email="asa@example.com"):
    """Give each order of the buyer a street of its own."""
    for uid in uids:
        buyer(sandbox, uid, email)
        with sandbox.shop.lock:
            order = document(sandbox, uid)
            address = order["customer"]["address"] | {"address": f"Gata {uid}"}
            order["customer"] = order["customer"] | {"address": address, "deliveryAddress": None}


def streets(sandbox):
    """Return the street on the card when each order was made, by external number."""
    found = {}
    for order in sandbox.specter.orders.values():
        card = {name.lower(): value for name, value in order.card.items()}
        found[order.external] = card["deliveryaddress"]
    return found


@pytest.mark.parametrize("engines", [1, 2, 3])
def test_fault_50_each_order_is_made_while_the_card_holds_its_own_address(stocked, driven, engines):
    sandbox = stocked(orders=12, plain=True, delay=0.01)
    uids = placed(sandbox)
    of_one_buyer(sandbox, uids)
    running = [driven(sandbox) for _ in range(engines)]
    for engine in running:
        engine.look()
    parts = [uids[number::engines] for number in range(engines)]
    asked = [engine.engine.submit(ShopService.export, part) for engine, part in zip(running, parts, strict=True)]
    assert {state for one in asked for state in states(one.result(PATIENCE))} == {"exported"}
    shown = {str(document(sandbox, uid)["orderNumber"]): f"Gata {uid}" for uid in uids}
    assert streets(sandbox) == shown


def test_fault_51_a_repeat_is_made_while_the_card_holds_its_address(stocked, driven):
    sandbox = stocked(orders=2, plain=True)
    first, second = placed(sandbox)
    of_one_buyer(sandbox, [first, second])
    engine = driven(sandbox)
    engine.look()
    spoil(sandbox, "limited", "newOrderSubmit", seconds=0)
    assert states(engine.export(first)) == ["retry_later"]
    assert states(engine.export(second)) == ["exported"]
    assert states(engine.export(first)) == ["exported"]
    assert streets(sandbox)[str(document(sandbox, first)["orderNumber"])] == f"Gata {first}"


def test_orders_of_other_buyers_pass_one_who_waits(stocked, driven, tmp_path):
    """One buyer's orders wait for each other; others' orders are done as soon as without them."""

    def seconds(one_buyer: bool) -> float:
        sandbox = stocked(orders=24, plain=True, delay=0.02)
        uids = placed(sandbox)
        for uid in uids:
            buyer(sandbox, uid, f"{uid}@example.com")
        if one_buyer:
            of_one_buyer(sandbox, uids[::2])
        engine = driven(sandbox, JOURNAL__URL=f"sqlite:///{tmp_path / str(one_buyer) / 'journal.db'}")
        engine.look()
        begun, numbers = time.monotonic(), {str(document(sandbox, uid)["orderNumber"]) for uid in uids[1::2]}
        running = engine.engine.submit(ShopService.export, uids)
        while not numbers <= {order.external for order in list(sandbox.specter.orders.values())}:
            assert time.monotonic() - begun < PATIENCE
            time.sleep(0.01)
        spent = time.monotonic() - begun
        assert set(states(running.result(PATIENCE))) == {"exported"}
        return spent

    assert seconds(one_buyer=True) < 1.5 * seconds(one_buyer=False)


@pytest.mark.parametrize("where", ["plan", "write"])
def test_fault_48_an_error_of_ours_blocks_the_order_at_which_it_happens_and_no_other(
    stocked, driven, monkeypatch, tmp_path, where
):
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))
    sandbox = stocked(orders=3, plain=True)
    hit, *others = placed(sandbox)
    if where == "plan":
        true = reference_data.plan_order
        monkeypatch.setattr(
            reference_data, "plan_order", lambda order, *rest: 1 / (order.uid != hit) and true(order, *rest)
        )
    else:
        specter = "specter_tui.specter.client.SpecterClient.write_order"
        from specter_tui.specter.client import SpecterClient  # noqa: PLC0415

        whole, number = SpecterClient.write_order, str(document(sandbox, hit)["orderNumber"])
        monkeypatch.setattr(specter, lambda own, form: whole(own, form) if form.external_order_no != number else 1 / 0)
    engine = driven(sandbox)
    engine.look()
    engine.export()
    view = engine.view(hit)
    assert (view.state, [problem.code for problem in view.problems]) == ("blocked", ["internal"])
    assert {engine.view(uid).state for uid in others} == {"exported"}
    engine.turn()
    assert hit not in engine.entries()
    assert calls(sandbox, "newOrderSubmit") == 2


def test_fault_48_an_error_after_the_claim_and_before_a_byte_gives_the_claim_back(stocked, driven, monkeypatch):
    sandbox = stocked(orders=1, plain=True)
    (uid,) = placed(sandbox)

    async def fails(*_args: object) -> None:
        raise ZeroDivisionError

    monkeypatch.setattr(OrderSubmission, "_make_customer", fails)
    engine = driven(sandbox)
    engine.look()
    engine.export(uid)
    assert engine.verbs(uid) == ["claimed", "released"]
    assert (engine.view(uid).state, engine.view(uid).problems[0].code) == ("blocked", "internal")
    engine.export()
    assert engine.verbs(uid) == ["claimed", "released"], "it is not begun again"


def test_fault_48_an_error_after_that_leaves_the_order_unknown(stocked, driven, monkeypatch):
    sandbox = stocked(orders=1, plain=True)
    (uid,) = placed(sandbox)

    async def fails(*_args: object) -> str:
        raise ZeroDivisionError

    monkeypatch.setattr("specter_tui.specter.client.SpecterClient.submit_order", fails)
    engine = driven(sandbox, SPECTER__REFUSES_DUPLICATES="false")
    engine.look()
    assert states(engine.export(uid)) == ["unknown"]
    assert engine.entry(uid).step == "order"
