"""A customer's card on which a probe left a test address is put right before anything else is sent."""

import pytest

from specter_tui.engine.service import ShopService
from specter_tui.journal.opening import open_journal
from specter_tui.journal.probe_models import TEST_CARD
from specter_tui.journal.safety.operators import Operator
from tests.engine.shop import calls, placed, spoil
from tests.support.driven_engine import Driven, states

pytestmark = pytest.mark.usefixtures("quick_retries")


@pytest.fixture
def shop(stocked):
    return stocked(orders=2, plain=True)


@pytest.fixture
def left(shop, settings_for):
    """Export an order, write TEST on its customer's card, and die before the proper card."""
    uid = placed(shop)[0]
    settings = settings_for(shop)
    with Driven(settings) as engine:
        assert states(engine.export(uid)) == ["exported"]
        place, customer = engine.engine.place, int(engine.entry(uid).customer_number)
    with open_journal(place, settings.abicart.webshop, Operator("probe", "till")) as journal:
        journal.probe_steps.begin(settings.accounts, TEST_CARD, str(uid))
    card = shop.specter.customers[customer].fields
    card["deliveryAddressRow2"] = "TEST"
    return uid, card


def test_any_program_puts_it_right_at_its_start_and_then_sends(shop, driven, left):
    uid, card = left
    before = calls(shop, "newOrderSubmit")
    engine = driven(shop)
    assert card["deliveryAddressRow2"] != "TEST"
    assert [text for text in engine.notices if "proper address again" in text]
    assert states(engine.export(placed(shop)[1])) == ["exported"]
    assert calls(shop, "newOrderSubmit") == before + 1
    assert driven(shop).notices == [], "it is done once"
    assert uid == placed(shop)[0]


def test_nothing_is_sent_until_its_call_is_answered(shop, driven, left):
    _, card = left
    before = calls(shop, "newOrderSubmit")
    spoil(shop, "lost", "newCustomerSubmit")
    engine = driven(shop, keeps_done=False, ORDER__EXPORT="registered")
    assert card["deliveryAddressRow2"] == "TEST"
    assert [text for text in engine.notices if "nothing else is sent" in text]
    spoil(shop, "lost", "newCustomerSubmit")
    engine.turn()
    assert calls(shop, "newOrderSubmit") == before
    engine.turn()
    assert card["deliveryAddressRow2"] != "TEST"
    assert calls(shop, "newOrderSubmit") == before + 1


def test_a_refused_card_is_left_to_a_person_by_name(shop, driven, left):
    uid, _ = left
    spoil(shop, "refusal", "newCustomerSubmit", times=1)
    engine = driven(shop)
    customer = engine.entry(uid).customer_number
    assert [text for text in engine.notices if f"Open customer {customer} in Specter" in text]
    assert states(engine.export(placed(shop)[1])) == ["exported"]


def test_a_person_may_let_it_be(shop, driven, left):
    spoil(shop, "lost", "newCustomerSubmit", times=None)
    engine = driven(shop)
    engine.do(ShopService.resume, "put right by hand")
    shop.faults["specter"].clear()
    assert states(engine.export(placed(shop)[1])) == ["exported"]
