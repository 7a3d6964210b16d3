"""Faults 30 to 36: clocks that jump, and a shop whose orders move."""

import json
import signal
import time
from collections.abc import Iterator
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest

from tests.faults.proxy import Proxy
from tests.faults.skewed import Skew
from tests.faults.terminal import Terminal
from tests.faults.world import ORDER, Machine
from tests.support.waiting import wait_for


@pytest.fixture
def shop_line(strict) -> Iterator[Proxy]:
    """Start a proxy before the shop."""
    address = strict.settings["ABICART__URL"]
    with Proxy(address[: address.index("/", len("http://"))]) as proxy:
        yield proxy


def through(line: Proxy, here: Machine) -> dict[str, str]:
    address = here.settings["ABICART__URL"]
    return {"ABICART__URL": line.url + address[address.index("/", len("http://")) + 1 :]}


@pytest.mark.parametrize("hours", [1, -1])
def test_fault_30_a_clock_that_jumps_ends_no_lease(machine, hours):
    here = machine()
    (uid,) = here.world.place()
    with here.proxy.holding(ORDER) as hold:
        program = here.start("export", "--all", "--json", first=Skew(0, jumps_to=hours))
        hold.wait()
        for other in (Skew(0), Skew(hours), Skew(-25)):
            assert here.run("export", "--all", "--json", first=other).views[uid]["state"] == "sending"
        hold.let_go()
        assert program.end() == 0
    assert program.views[uid]["state"] == "exported"
    assert here.world.calls(ORDER) == 1
    assert here.held(uid) == 1


@pytest.mark.parametrize(("before", "after"), [(1, -1), (-1, 1), (25, 0)])
def test_fault_30_no_order_is_skipped_or_sent_twice_by_a_clock_that_jumps(machine, before, after):
    here = machine()
    (first,) = here.world.place()
    here.run("export", "--all", first=Skew(before))
    (second,) = here.world.place()
    time.sleep(1)  # The shop's clock is known to the second: an order younger than that is seen at the next look.
    assert here.run("export", "--all", "--json", first=Skew(after)).views[second]["state"] == "exported"
    (third,) = here.world.place()
    assert here.export().keys() == {third}
    assert here.world.calls(ORDER) == 3
    assert here.held_each((first, second, third)) == [1, 1, 1]


def until_clocks_go_back() -> float:
    """Return the hours until a moment before the second 02:00 of the autumn night."""
    return (datetime(2026, 10, 25, 0, 59, 57, tzinfo=UTC) - datetime.now(UTC)).total_seconds() / 3600


@pytest.mark.parametrize(
    ("skew", "zone"),
    [
        (Skew(0, jumps_to=1, after="set"), "UTC"),
        (Skew(0, jumps_to=-1, after="set"), "UTC"),
        (Skew(until_clocks_go_back()), "Europe/Stockholm"),
    ],
    ids=["an hour forth", "an hour back", "the night when clocks go back"],
)
def test_fault_30_a_watch_that_lives_through_it_sees_every_order_once(machine, skew, zone):
    here = machine(ORDER__EXPORT="registered", TZ=zone)
    program = here.start("watch", "--json", first=skew)
    for number in range(1, 4):
        looks = here.world.calls("Order.list")
        wait_for(lambda looks=looks: here.world.calls("Order.list") > looks + 3, "some looks")
        (uid,) = here.world.place()
        assert program.wait_for_view(uid)["state"] == "exported"
        assert here.world.calls(ORDER) == number
    program.signal(signal.SIGTERM)
    assert program.end() == 0
    assert here.export() == {}
    assert here.held_each(here.entries()) == [1, 1, 1]


def test_fault_31_an_order_edited_after_it_was_shown_is_not_sent(machine):
    here = machine()
    (uid,) = here.world.place()
    with here.console(WATCH__INTERVAL="600") as term:
        term.wait_for_screen(here.world.number(uid))
        term.wait_for_screen("● ready")
        term.wait_quietly()
        here.world.edit(uid)
        term.type("e")
        term.wait_for_screen("edited in the shop")
        assert here.entries() == {}
        assert here.held(uid) == 0
        # Once the edit is on the screen, the key sends it; on a slow screen that takes more than one press.
        wait_for(lambda: press_export(term) and here.entries(), "the claim")
        term.type("q")
        assert term.end() == 0
    assert here.held(uid) == 1


def press_export(term: Terminal) -> bool:
    term.wait_quietly()
    term.type("e")
    term.wait_quietly()
    return True


@pytest.mark.parametrize("what", ["edit", "discard", "refund"])
def test_fault_32_an_order_that_moves_in_the_shop_after_its_export_is_flagged(machine, what):
    here = machine()
    (uid,) = here.world.place()
    here.world.post(f"/shop/orders/{uid}/pay")
    here.export()
    made = here.world.at_specter(here.world.number(uid))
    if what == "edit":
        here.world.edit(uid)
    else:
        here.world.post(f"/shop/orders/{uid}/{what}")
    here.run("watch", "--once", ORDER__EXPORT="registered")
    entry = here.entry(uid)
    assert entry.drift if what == "edit" else entry.cancelled_in_shop
    assert entry.state == "exported"
    assert here.world.at_specter(here.world.number(uid)) == made
    assert here.world.calls(ORDER) == 1


def test_fault_33_an_order_waits_for_its_payment_and_says_so(machine):
    here = machine(ORDER__PAYMENT_STATUS="paid")
    paid, never = here.world.place(2)
    for uid in (paid, never):
        here.world.post(f"/shop/orders/{uid}/pay", status="unpaid")
    told = here.export()
    assert [told[uid]["state"] for uid in (paid, never)] == ["waiting", "waiting"]
    assert "Waits for payment: it is unpaid, and ORDER__PAYMENT_STATUS asks for paid" in told[paid]["message"]
    assert here.entries() == {}
    here.world.post(f"/shop/orders/{paid}/pay")
    told = here.export()
    assert [told[uid]["state"] for uid in (paid, never)] == ["exported", "waiting"]
    assert here.held_each((paid, never)) == [1, 0]


def test_fault_34_a_shop_that_gives_its_orders_twice_and_in_no_order(machine, shop_line):
    here = machine()
    uids = here.world.place(5)

    def doubled(body: bytes) -> bytes:
        answer = json.loads(body)
        if isinstance(answer, dict) and isinstance(answer.get("result"), list):
            answer["result"] = [*reversed(answer["result"]), *answer["result"]]
        return json.dumps(answer).encode()

    shop_line.change = doubled
    program = here.run("export", "--all", "--json", **through(shop_line, here))
    assert sorted(json.loads(line)["uid"] for line in program.out.splitlines()) == uids
    assert {view["state"] for view in program.views.values()} == {"exported"}
    assert here.world.calls(ORDER) == 5
    assert here.held_each(uids) == [1] * 5


def test_fault_34_pages_that_shift_while_they_are_read(machine, shop_line):
    here = machine()
    uids = here.world.place(130)
    late: list[int] = []

    def shifting(body: bytes) -> bytes:
        if len(body) > 50_000 and not late:  # The first full page is on its way.
            here.world.post(f"/shop/orders/{uids[3]}/discard")
            here.world.post(f"/shop/orders/{uids[5]}/pay")
            late.extend(here.world.place())
        return body

    shop_line.change = shifting
    seen = here.run("orders", "--json", **through(shop_line, here)).views
    assert seen.keys() >= set(uids[6:])
    told = here.export(LIMITS__CONCURRENCY="8")
    assert {uid for uid, view in told.items() if view["state"] == "exported"} == {*uids, *late} - {uids[3]}
    assert here.world.calls(ORDER) == 130


def test_fault_35_another_prefix_changes_no_number_that_was_used(machine):
    here = machine(ORDER__NUMBER_PREFIX="A-")
    done, doubtful = here.world.place(2)
    here.export(here.world.number(done))
    here.world.spoil("lost", ORDER, after=True)
    here.export()
    assert here.stands(doubtful) == ("unknown", "order")
    (new,) = here.world.place()
    told = here.export(ORDER__NUMBER_PREFIX="B-")
    assert [told[uid]["state"] for uid in (doubtful, new)] == ["exists", "exported"]
    at = here.world.at_specter
    numbers = {uid: here.world.number(uid) for uid in (done, doubtful, new)}
    assert [len(at(f"A-{numbers[uid]}")) for uid in (done, doubtful, new)] == [1, 1, 0]
    assert [len(at(f"B-{numbers[uid]}")) for uid in (done, doubtful, new)] == [0, 0, 1]
    assert here.entry(done).external_no == f"A-{numbers[done]}"


def test_fault_36_a_write_back_that_fails_for_ever_sends_nothing_again(machine):
    here = machine()
    (uid,) = here.world.place()
    here.world.spoil("refusal", "Order.set", "shop", times=None)
    for _ in range(3):
        here.export()
        here.run("watch", "--once", ORDER__EXPORT="registered")
    shown = here.run("orders", "--json").views[uid]
    assert (shown["state"], shown["written_back"]) == ("exported", False)
    entry = here.entry(uid)
    assert entry.write_back == "due"
    assert entry.exported_at is not None
    age = entry.exported_at.astimezone(ZoneInfo("Europe/Stockholm"))
    assert shown["message"] == f"Exported; its number is on its way to the shop since {age:%Y-%m-%d %H:%M}."
    assert here.world.calls(ORDER) == 1
    assert here.held(uid) == 1


def test_fault_36_a_number_that_someone_else_wrote_meanwhile_is_never_written_over(machine):
    here = machine()
    (uid,) = here.world.place()
    here.world.spoil("refusal", "Order.set", "shop", times=None)
    here.export()
    here.world.heal("shop")
    here.world.write_number(uid, "777")
    here.export()
    entry = here.entry(uid)
    assert (entry.state, entry.write_back, entry.message) == ("exported", "conflict", "777")
    assert here.world.document(uid)["externalOrderNumber"] == "777"
    assert "777" in here.run("orders", "--json").views[uid]["message"]
    assert here.held(uid) == 1
