"""Faults 8 to 10: the window is closed, a key is pressed, a signal arrives, during a call."""

import os
import re
import signal
import time

import pytest

from specter_tui.console.screens.modals import INPUT_GRACE_SECONDS
from tests.faults.dying import Die
from tests.faults.proxy import Hold
from tests.faults.terminal import Terminal
from tests.faults.world import CUSTOMER, ORDER, Machine
from tests.support.waiting import wait_for


def exporting(here: Machine, term: Terminal, hold: Hold, uid: int) -> None:
    """Press the key, and wait until the call is in flight."""
    term.wait_for_screen(here.world.number(uid))
    term.wait_for_screen("● ready")
    term.wait_quietly()
    term.type("e")
    hold.wait()


def assert_all_is_well(here: Machine, uid: int) -> None:
    entry = here.entry(uid)
    (made,) = here.world.at_specter(here.world.number(uid))
    assert (entry.state, entry.specter_number) == ("exported", str(made["number"]))
    assert here.world.calls(ORDER) == 1
    here.export()
    assert here.world.document(uid)["externalOrderNumber"] == str(made["number"])
    assert here.held(uid) == 1


@pytest.mark.parametrize("call", [CUSTOMER, ORDER])
def test_fault_08_the_window_is_closed_during_the_call(machine, call):
    here = machine()
    (uid,) = here.world.place()
    with here.console() as term, here.proxy.holding(call) as hold:
        exporting(here, term, hold, uid)
        term.hang_up()
        hold.let_go()
        assert term.end() == 0
    assert_all_is_well(here, uid)


@pytest.mark.parametrize("key", ["q", "\x03"], ids=["q", "ctrl+c"])
def test_fault_09_a_key_that_leaves_during_the_call(machine, key):
    here = machine()
    (uid,) = here.world.place()
    with here.console() as term, here.proxy.holding(ORDER) as hold:
        exporting(here, term, hold, uid)
        term.type(key)
        term.wait_for_screen(f"Leaving when these are finished: {here.world.number(uid)}")
        assert term.running
        hold.let_go()
        assert term.end() == 0
    assert_all_is_well(here, uid)


def seconds_left(term: Terminal) -> list[str]:
    """Return the remaining seconds that the screen shows now; only the digits that change are sent."""
    return re.findall(r"At most (\d+) s", "\n".join(term.screen))


@pytest.mark.parametrize("way", ["q", signal.SIGTERM], ids=str)
def test_fault_09_of_many_orders_those_that_are_not_sent_any_more_are_counted(machine, way):
    here = machine(LIMITS__CONCURRENCY="1", WATCH__INTERVAL="600")
    uids = here.world.place(4)
    with here.console() as term, here.proxy.holding(ORDER) as hold:
        term.wait_for_screen("4 ready")
        term.wait_quietly()
        term.type("E")
        term.wait_for_screen("cannot be taken back")
        term.wait_quietly(2 * INPUT_GRACE_SECONDS)
        term.type("y")
        hold.wait()
        if way == "q":
            term.type(way)
        else:
            os.kill(term.process.pid, way)
        term.wait_for_screen("3 that were asked for are not sent.")
        shown: set[str] = set()
        term.wait_until(lambda: shown.update(seconds_left(term)) or len(shown) > 2, "the seconds that go by")
        hold.let_go()
        assert term.end() == 0, term.text[-3000:]
        assert term.text.rstrip().endswith("3 orders were not sent. They are still ready: press E.")
    assert here.world.calls(ORDER) == 1
    here.export()
    assert here.held_each(uids) == [1] * 4


@pytest.mark.parametrize(
    ("number", "status"), [(signal.SIGTERM, 0), (signal.SIGINT, 130), (signal.SIGHUP, 130)], ids=str
)
@pytest.mark.parametrize("words", ["watch", "export --all"])
def test_fault_10_a_signal_during_the_call(machine, words, number, status):
    here = machine()
    uid, other = here.world.place(2)
    with here.proxy.holding(ORDER) as hold:
        settings = {"ORDER__EXPORT": "registered", "LIMITS__CONCURRENCY": "1"}
        program = here.start(*words.split(), "--json", **settings)
        hold.wait()
        program.signal(number)
        wait_for(lambda: "leaving" in program.err, "the word that it leaves")
        assert program.running
        hold.let_go()
        assert program.end() == status
    assert [entry.state for entry in here.entries().values()] == ["exported"]
    assert here.world.calls(ORDER) == 1
    assert_all_is_well_after(here, uid, other)


def assert_all_is_well_after(here: Machine, *uids: int) -> None:
    here.export()
    assert here.held_each(uids) == [1] * len(uids)
    assert {entry.state for entry in here.entries().values()} == {"exported"}


def test_fault_10_a_stop_that_does_not_wait_ends_in_unknown(machine):
    """systemd sends SIGTERM, and SIGKILL after its timeout."""
    here = machine()
    (uid,) = here.world.place()
    with here.proxy.holding(ORDER) as hold:
        program = here.start("watch", ORDER__EXPORT="registered")
        hold.wait()
        program.signal(signal.SIGTERM)
        wait_for(lambda: "leaving" in program.err, "the word that it leaves")
        program.kill()
        hold.let_go(drop=True)
    assert here.run("orders", "--json").views[uid]["state"] == "unknown"
    assert here.held(uid) == 1


@pytest.mark.parametrize("words", ["watch", "export --all"])
def test_fault_10_a_signal_while_it_starts(machine, words):
    """The signal arrives before the engine exists, which must learn of it once it does."""
    here = machine()
    here.world.place()
    program = here.run(
        *words.split(), first=Die("before", "repair.watch_over", number=signal.SIGTERM), ORDER__EXPORT="registered"
    )
    assert program.end() == 0
    assert here.world.calls(CUSTOMER) == 0


def outlive() -> None:
    """Ignore SIGHUP, as nohup does."""
    signal.signal(signal.SIGHUP, signal.SIG_IGN)


def test_fault_08_a_service_that_was_to_outlive_the_window_does(machine):
    here = machine(ORDER__EXPORT="registered")
    (uid,) = here.world.place()
    program = here.start("watch", "--json", first=outlive)
    program.wait_for_view(uid)
    program.signal(signal.SIGHUP)
    (later,) = here.world.place()
    assert program.wait_for_view(later)["state"] == "exported"
    program.signal(signal.SIGTERM)
    assert program.end() == 0


@pytest.mark.parametrize("call", ["Order.list", "Order.count"])
def test_leaving_waits_for_no_answer_that_it_can_do_without(machine, call):
    """A poll of the shop hangs, as it would for half a minute; an order call is in flight, and is waited for."""
    here = machine()
    (uid,) = here.world.place()
    with here.console() as term, here.proxy.holding(ORDER) as hold:
        exporting(here, term, hold, uid)
        looks = here.world.calls(call)
        here.world.spoil("delay", call, "shop", seconds=60.0, times=None)
        term.type("r")
        wait_for(lambda: here.world.calls(call) > looks, "a look that hangs")
        began = time.monotonic()
        term.type("q")
        term.wait_for_screen(f"Leaving when these are finished: {here.world.number(uid)}")
        hold.let_go()
        assert term.end() == 0
        assert time.monotonic() - began < 10.0
    here.world.heal("shop")
    assert_all_is_well(here, uid)
