"""Two orders of one buyer, and a corrected address: the parcel is sent to the order's address."""

import pytest

from specter_tui.sandbox.server.faults import Fault
from tests.engine.shop import document, placed, spoil

pytestmark = pytest.mark.usefixtures("quick_retries")


def deliver_to(sandbox, uid, street):
    with sandbox.shop.lock:
        order = document(sandbox, uid)
        goes_to = {"copyAddress": False, "name": "Bo Ek", "address": street, "postcode": "111 22", "town": "Ort"}
        order["customer"] = order["customer"] | {"deliveryAddress": goes_to | {"country": "SE"}}
        sandbox.shop.touch(order)


def one_buyer(sandbox):
    """All orders are of one person, each with its own address."""
    uids = placed(sandbox)
    for n, uid in enumerate(uids):
        with sandbox.shop.lock:
            document(sandbox, uid)["customer"] = document(sandbox, uids[0])["customer"]
        deliver_to(sandbox, uid, f"Gatan {n}")
    return uids


def streets(sandbox):
    """Return where Specter sends each order, by the shop's number."""
    return {order.external: order.card["deliveryAddress"] for order in sandbox.specter.orders.values()}


def test_case_01_two_orders_of_one_buyer_go_to_two_addresses(stocked, driven):
    sandbox = stocked(orders=4, plain=True)
    uids = one_buyer(sandbox)
    sandbox.faults["specter"].add(Fault(kind="delay", call="newOrderSubmit", seconds=0.3, times=None))
    engine = driven(sandbox)
    engine.export()
    numbers = [str(document(sandbox, uid)["orderNumber"]) for uid in uids]
    assert streets(sandbox) == {number: f"Gatan {n}" for n, number in enumerate(numbers)}


def test_case_03_a_corrected_address_is_what_a_repeat_sends(stocked, driven, commands):
    sandbox = stocked(orders=1, plain=True)
    (uid,) = one_buyer(sandbox)
    spoil(sandbox, "refusal", "newOrderSubmit", code="17", text="Perioden är låst")
    run = commands(sandbox).run
    number = str(document(sandbox, uid)["orderNumber"])
    assert run("export", number).status == 1
    deliver_to(sandbox, uid, "Nya Gatan 99")
    assert "Nya Gatan 99" in run("preview", number).out
    again = run("resolve", number, "--retry", "--reason", "Adressen är rättad")
    assert again.status == 0, again.err
    assert streets(sandbox) == {number: "Nya Gatan 99"}
