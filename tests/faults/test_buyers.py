"""Fault 50 between programs: orders of one buyer to different addresses, sent at once by processes on one journal."""

import time
from collections.abc import Callable

import pytest

from tests.faults.conftest import machines
from tests.faults.dying import Die
from tests.faults.world import CUSTOMER, ORDER, Machine, World
from tests.support.waiting import wait_for

BUYER = "asa@example.com"


def place(world: World, count: int) -> list[int]:
    """Place orders of one buyer, each with a street of its own."""
    uids = world.place(count)
    for uid in uids:
        order = world.document(uid)
        customer = order["customer"]
        address = customer["address"] | {"address": street(uid)}
        info = customer["info"] | {"email": BUYER, "nin": ""}
        order["customer"] = customer | {"info": info, "address": address, "deliveryAddress": None}
        world.post("/shop/orders", **order)
    return uids


def street(uid: int) -> str:
    return f"Gata {uid}"


def streets(world: World, uid: int) -> list[tuple[str, str]]:
    """Return for each of Specter's orders the street on the card when it was made, and where its parcel is sent."""
    return [
        tuple(
            {name.lower(): value for name, value in order[key].items()}["deliveryaddress"]
            for key in ("card", "goes_to")
        )
        for order in world.at_specter(world.number(uid))
    ]


def assert_each_goes_to_its_own(here: Machine, uids: list[int]) -> None:
    assert {uid: streets(here.world, uid) for uid in uids} == {uid: [(street(uid), street(uid))] for uid in uids}
    assert {here.stands(uid)[0] for uid in uids} == {"exported"}


def slow_orders(world: World) -> None:
    """Delay orders, so that another's customer call fits between the two calls of an order."""
    world.spoil("delay", ORDER, times=None, seconds=0.15)


def words(uids: list[int]) -> list[str]:
    return ["export", *(f"uid:{uid}" for uid in uids), "--json"]


@pytest.fixture(params=["file", "server"])
def on_each(request, tmp_path) -> Callable[..., Machine]:
    """Make machines with the journal in a file, and again with it at a server."""
    own = {"JOURNAL__URL": request.getfixturevalue("server_url")} if request.param == "server" else {}
    with machines(request, tmp_path, **own) as make:
        yield make


def test_fault_50_two_programs_send_one_buyers_orders_each_to_its_own_address(on_each):
    here = on_each()
    uids = place(here.world, 10)
    slow_orders(here.world)
    parts = uids[::2], uids[1::2]
    programs = [here.start(*words(part)) for part in parts]
    assert [program.end() for program in programs] == [0, 0], [program.err for program in programs]
    assert [sorted(program.views) for program in programs] == list(map(list, parts))
    assert_each_goes_to_its_own(here, uids)
    assert here.world.calls(CUSTOMER) == here.world.calls(ORDER) == len(uids)


@pytest.mark.parametrize(
    ("point", "refuses"),
    [
        ("before specter.submit_customer", True),
        ("after results.customer_known", False),
        ("before specter.submit_order", True),
        ("before results.exported", True),
        ("before results.exported", False),
    ],
)
def test_fault_50_one_of_them_is_killed_and_no_address_is_mixed_up(machine, point, refuses):
    here = machine(refuses=refuses, LIMITS__TIMEOUT="1")
    uids = place(here.world, 6)
    slow_orders(here.world)
    when, verb = point.split()
    mortal = here.start(*words(uids[::2]), first=Die(when, verb, 2))
    other = here.start(*words(uids[1::2]))
    assert mortal.end() == -9
    assert other.end() in (0, 1)
    assert "Traceback" not in other.err
    here.export()
    for uid in uids:
        settle(here, uid)
    here.export()
    assert_each_goes_to_its_own(here, uids)


def settle(here: Machine, uid: int) -> None:
    """Settle as the operator: enter the number found in Specter, else repeat the order."""
    entry = here.entries().get(uid)
    if entry is None or entry.state not in ("unknown", "exists"):
        return
    number = here.world.number(uid)
    made = here.world.at_specter(number)
    decision = ("--number", str(made[0]["number"])) if made else ("--retry", "--reason", "not in Specter, I looked")
    here.run("resolve", number, *decision)


@pytest.mark.parametrize("holds", ["on its way", "in doubt"])
def test_fault_50_who_asks_for_one_order_of_a_busy_buyer_waits_for_two_calls_and_is_told(on_each, holds):
    here = on_each(refuses=False)
    first, second = place(here.world, 2)
    with here.proxy.holding(ORDER) as hold:
        busy = here.start(*words([first]), LIMITS__TIMEOUT="60")
        hold.wait()
        if holds == "in doubt":
            busy.kill()
        begun = time.monotonic()
        asking = here.run("export", here.world.number(second), "--json", LIMITS__TIMEOUT="1")
        spent = time.monotonic() - begun
        assert asking.end() == 1
        assert f"({here.world.number(first)})" in asking.views[second]["message"]
        assert "Another order of the buyer" in asking.views[second]["message"]
        assert asking.views[second]["state"] == "ready"
        assert 2 <= spent < 15, "two LIMITS__TIMEOUT, and the start of a program"
        assert second not in here.entries()
        assert here.world.calls(CUSTOMER) == 1
        hold.let_go()
    if holds == "on its way":
        assert busy.end() == 0
    else:
        wait_for(lambda: here.held(first) == 1)
        here.run("orders")  # its look sees that the program is gone.
        settle(here, first)
    assert here.export(here.world.number(second))[second]["state"] == "exported"
    assert_each_goes_to_its_own(here, [first, second])


def test_an_order_whose_own_customer_changed_is_sent_by_resolve_alone(machine):
    here = machine(CUSTOMER__IGNORE_EMAIL="true", CUSTOMER__IGNORE_ORG_NO="true")
    (uid,) = place(here.world, 1)
    here.world.spoil("limited", ORDER, seconds=0)
    number = here.world.number(uid)
    assert here.export(number)[uid]["state"] == "retry_later"
    order = here.world.document(uid)
    customer = order["customer"]
    moved = customer | {"address": customer["address"] | {"address": "Rätta gatan 2"}}
    here.world.post("/shop/orders", **order | {"customer": moved})
    held = here.start("export", number, "--json")
    assert held.end() == 1
    assert held.views[uid]["code"] == "customer_changed"
    watched = here.run("watch", "--once", "--json", ORDER__EXPORT="registered").views
    assert watched.get(uid, held.views[uid])["state"] == "retry_later"
    assert (here.world.calls(CUSTOMER), here.world.calls(ORDER)) == (1, 1)
    done = here.run("resolve", number, "--retry", "--reason", "changed the card in Specter", "--json")
    assert (done.end(), done.views[uid]["state"]) == (0, "exported")
    assert (here.world.calls(CUSTOMER), here.world.calls(ORDER), here.held(uid)) == (1, 2, 1)
