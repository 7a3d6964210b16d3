"""The write-back of Specter's number: never lost, never over another number."""

import pytest

from specter_tui.engine.service import ShopService
from tests.engine.shop import calls, change, document, placed, spoil
from tests.support.driven_engine import states

pytestmark = pytest.mark.usefixtures("quick_retries")


def test_what_the_shop_would_not_take_at_first_is_brought_home_by_the_same_run(stocked, driven):
    sandbox = stocked(orders=1, plain=True)
    (uid,) = placed(sandbox)
    spoil(sandbox, "refusal", "Order.set", "shop", code="9001", text="No")
    engine = driven(sandbox)
    assert states(engine.export(uid)) == ["exported"]
    assert engine.entry(uid).write_back == "done"
    assert document(sandbox, uid)["externalOrderNumber"] == "90001"
    assert calls(sandbox, "newOrderSubmit") == 1


@pytest.fixture
def homeless(stocked, driven):
    """Make an exported order whose number the shop refuses for now."""
    sandbox = stocked(orders=1, plain=True)
    (uid,) = placed(sandbox)
    spoil(sandbox, "refusal", "Order.set", "shop", code="9001", text="No", times=None)
    engine = driven(sandbox)
    assert states(engine.export(uid)) == ["exported"]
    assert engine.entry(uid).write_back == "due"
    assert any("90001" in text for text in engine.notices)
    sandbox.faults["shop"].clear()
    return sandbox, engine, uid


def test_a_number_that_is_due_goes_home_at_the_next_turn(homeless):
    sandbox, engine, uid = homeless
    engine.turn()
    assert engine.entry(uid).write_back == "done"
    assert document(sandbox, uid)["externalOrderNumber"] == "90001"
    assert calls(sandbox, "newOrderSubmit") == 1


def test_a_number_that_is_due_goes_home_with_the_next_run_of_another_process(homeless, driven):
    sandbox, engine, uid = homeless
    engine.leave()
    again = driven(sandbox)
    assert again.export() == []
    assert again.entry(uid).write_back == "done"
    assert document(sandbox, uid)["externalOrderNumber"] == "90001"


def test_another_number_in_the_shop_is_never_overwritten(homeless):
    sandbox, engine, uid = homeless
    change(sandbox, uid, externalOrderNumber="77777")
    sandbox.ledger.clear()
    for _ in range(2):
        engine.turn()
    assert engine.entry(uid).write_back == "conflict"
    assert "77777" in engine.view(uid).message
    assert document(sandbox, uid)["externalOrderNumber"] == "77777"
    assert calls(sandbox, "Order.set") == 0
    assert engine.verbs(uid)[-1] == "write_back_conflict"


def test_our_own_number_found_in_the_shop_is_done(homeless):
    sandbox, engine, uid = homeless
    change(sandbox, uid, externalOrderNumber="90001")
    sandbox.ledger.clear()
    engine.turn()
    assert engine.entry(uid).write_back == "done"
    assert calls(sandbox, "Order.set") == 0


def test_a_number_shown_while_the_order_was_sent_is_not_overwritten(stocked, driven):
    """A person repeats an order that another link has exported meanwhile."""
    sandbox = stocked(orders=1, plain=True)
    (uid,) = placed(sandbox)
    engine = driven(sandbox, SPECTER__REFUSES_DUPLICATES="false")
    spoil(sandbox, "lost", "newOrderSubmit")
    engine.export(uid)
    change(sandbox, uid, externalOrderNumber="77777")
    engine.do(ShopService.repeat, [uid], "it is not there")
    assert document(sandbox, uid)["externalOrderNumber"] == "77777"
    assert engine.entry(uid).write_back == "conflict"


def test_a_write_back_that_fails_for_ever_sends_no_order_again(homeless):
    sandbox, engine, uid = homeless
    spoil(sandbox, "error", "Order.set", "shop", times=None)
    for _ in range(3):
        engine.turn()
        engine.export()
    assert engine.entry(uid).write_back == "due"
    assert calls(sandbox, "newOrderSubmit") == 1


def test_many_numbers_go_home_together(stocked, driven):
    sandbox = stocked(orders=60, plain=True)
    engine = driven(sandbox, LIMITS__CONCURRENCY="16")
    assert set(states(engine.export())) == {"exported"}
    assert all(document(sandbox, uid)["externalOrderNumber"] for uid in placed(sandbox))
    assert {entry.write_back for entry in engine.entries().values()} == {"done"}
    assert sandbox.ledger.complaints == []
