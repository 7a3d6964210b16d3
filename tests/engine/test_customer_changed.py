"""An order whose own customer was made with other data than it has now: nothing is sent until a person says so."""

import pytest

from specter_tui.engine.service import ShopService
from tests.engine.shop import calls, change, document, placed, spoil
from tests.support.driven_engine import states

pytestmark = pytest.mark.usefixtures("quick_retries")
BOTH_BOXES = {"CUSTOMER__IGNORE_EMAIL": "true", "CUSTOMER__IGNORE_ORG_NO": "true"}
CUSTOMER, ORDER = "newCustomerSubmit", "newOrderSubmit"


def move(sandbox, uid, street="Rätta gatan 2"):
    """Correct the buyer's address in the shop."""
    customer = document(sandbox, uid)["customer"]
    address = customer["address"] | {"address": street}
    change(sandbox, uid, customer=customer | {"address": address, "deliveryAddress": None})


@pytest.fixture
def stopped(stocked, driven):
    """Give a function for an engine whose customer call succeeded and whose order call failed with `kind`."""

    def make(kind, **more):
        sandbox = stocked(orders=1, plain=True)
        (uid,) = placed(sandbox)
        engine = driven(sandbox, ORDER__EXPORT="registered", **BOTH_BOXES)
        engine.look()
        spoil(sandbox, kind, ORDER, **more)
        (state,) = states(engine.export(uid))
        assert engine.entry(uid).customer_number
        return sandbox, engine, uid, state

    return make


WAYS = pytest.mark.parametrize(
    ("kind", "more", "left"),
    [("refusal", {"code": "17", "text": "Nej"}, "refused"), ("limited", {"seconds": 0}, "retry_later")],
    ids=["refused", "retry_later"],
)


@WAYS
def test_it_is_held_and_goes_by_a_persons_word_alone(stopped, kind, more, left):
    sandbox, engine, uid, state = stopped(kind, **more)
    assert state == left
    known = engine.entry(uid).customer_number
    move(sandbox, uid)
    engine.turn()
    engine.export()
    engine.export(uid)
    view = engine.view(uid)
    assert [problem.code for problem in view.problems] == ["customer_changed"]
    assert view.state == left, "what became of its call stays true beside it"
    assert f"customer in Specter, {known}, was made with other data" in view.message
    assert "by itself" not in view.message
    assert (calls(sandbox, CUSTOMER), calls(sandbox, ORDER)) == (1, 1)
    assert states(engine.do(ShopService.repeat, [uid], "changed the card in Specter")) == ["exported"]
    (made,) = sandbox.specter.orders.values()
    assert str(made.customer) == known
    assert (calls(sandbox, CUSTOMER), calls(sandbox, ORDER)) == (1, 2)


@WAYS
def test_nothing_holds_it_once_the_shop_has_the_old_address_again(stopped, kind, more, left):
    sandbox, engine, uid, _ = stopped(kind, **more)
    old = document(sandbox, uid)["customer"]["address"]["address"]
    move(sandbox, uid)
    engine.turn()
    move(sandbox, uid, old)
    engine.look()
    assert [problem.code for problem in engine.view(uid).problems] == []
    assert engine.view(uid).state == left
