"""Faults 57, 58, 61: decisions and their undoing, and the emergency stop, with programs that are killed."""

import signal

import pytest

from tests.faults.dying import Die
from tests.faults.world import CUSTOMER, ORDER
from tests.support.waiting import wait_for

SLOW = 0.1


def test_fault_58_a_bulk_of_200_is_stopped_by_another_program(machine):
    here = machine()
    uids = here.world.place(200)
    here.world.spoil("delay", ORDER, seconds=SLOW, times=None)
    bulk, watch = here.start("export", "--all", "--json"), here.start("watch", ORDER__EXPORT="registered")
    wait_for(lambda: here.world.calls(ORDER) >= 8, lambda: bulk.err)
    stopped = here.run("stop", "--reason", "wrong prices")
    assert stopped.end() == 0, stopped.err
    at_stop = here.world.calls(CUSTOMER)
    assert bulk.end() == 1
    assert "wrong prices" in bulk.err
    entries = here.entries()
    exported = [uid for uid, entry in entries.items() if entry.state == "exported"]
    assert 8 <= len(exported) < 200
    assert {entry.state for entry in entries.values()} == {"exported"}, "each that was claimed came to its end"
    assert here.world.calls(CUSTOMER) <= at_stop + 8, "no more than was claimed in the two programs"
    sent = here.world.calls(CUSTOMER)
    blocked = here.run("export", "--all")
    assert (blocked.end(), "wrong prices" in blocked.err) == (1, True)
    assert here.world.calls(CUSTOMER) == sent, "the service sends nothing, either"
    assert watch.running, "and stays up"
    here.world.heal()
    resumed = here.run("resume", "--reason", "prices are right", ORDER__EXPORT="registered")
    assert resumed.end() == 0
    wait_for(lambda: len([one for one in here.entries().values() if one.state == "exported"]) == 200, lambda: watch.err)
    watch.signal(signal.SIGTERM)
    assert watch.end() == 0
    assert here.held_each(uids) == [1] * 200


@pytest.mark.parametrize("when", ["before", "after"])
@pytest.mark.parametrize("verb", ["stops.begin", "stops.end"])
def test_fault_58_killed_while_it_stops_or_resumes(machine, when, verb):
    here = machine()
    (uid,) = here.world.place()
    if verb == "stops.end":
        assert here.run("stop", "--reason", "wrong prices").end() == 0
    word = "stop" if verb == "stops.begin" else "resume"
    assert here.run(word, "--reason", "now", first=Die(when, verb)).end() == -signal.SIGKILL
    stopped = (when == "after") == (verb == "stops.begin")
    here.run("export", "--all").end()
    assert here.world.calls(ORDER) == (0 if stopped else 1)
    if stopped:
        assert here.run("resume", "--reason", "later").end() == 0
        assert here.export()[uid]["state"] == "exported"
    assert here.held(uid) == 1


@pytest.mark.parametrize("when", ["before", "after"])
@pytest.mark.parametrize(
    "verb", ["decisions.enter_number", "decisions.correct_number", "decisions.reopen", "write_backs.cleared"]
)
def test_fault_57_killed_while_a_number_is_typed_corrected_or_taken_back(machine, when, verb):
    here = machine()
    (uid,) = here.world.place()
    name = here.world.number(uid)
    words = {
        "decisions.enter_number": ("--number", "70001"),
        "decisions.correct_number": ("--number", "70002", "--reason", "a slip"),
    }.get(verb, ("--reopen", "--reason", "a slip"))
    if verb != "decisions.enter_number":
        assert here.run("resolve", name, "--number", "70001").end() == 0
    assert here.run("resolve", name, *words, first=Die(when, verb)).end() == -signal.SIGKILL
    again = here.run("resolve", name, *words)
    assert again.end() in (0, 1), again.err
    here.run("watch", "--once", ORDER__EXPORT="registered").end()
    shown = here.world.document(uid).get("externalOrderNumber", "")
    assert shown == {"decisions.enter_number": "70001", "decisions.correct_number": "70002"}.get(verb, "")
    assert here.world.calls(ORDER) == 0, "nothing is sent by it"


@pytest.mark.parametrize("verb", ["decisions.close_many", "decisions.reopen"])
def test_fault_57_killed_after_a_closing_or_its_taking_back(machine, verb):
    here = machine()
    (uid,) = here.world.place()
    name = here.world.number(uid)
    if verb == "decisions.reopen":
        assert here.run("resolve", name, "--close", "--reason", "by hand").end() == 0
    option = "--close" if verb == "decisions.close_many" else "--reopen"
    assert here.run("resolve", name, option, "--reason", "now", first=Die("after", verb)).end() == -signal.SIGKILL
    for _ in range(2):
        here.run("watch", "--once", ORDER__EXPORT="registered").end()
    assert here.world.calls(ORDER) == 0
    if verb == "decisions.close_many":
        assert here.run("resolve", name, "--reopen", "--reason", "a mistake").end() == 0
    assert here.export(name)[uid]["state"] == "exported"
    assert here.held(uid) == 1


def test_fault_61_another_machine_writes_its_number_over_ours(machine):
    here = machine()
    (uid,) = here.world.place()
    assert here.export()[uid]["state"] == "exported"
    here.world.write_number(uid, "77777")
    look = here.run("orders", "--json")
    assert (look.end(), look.views[uid]["code"]) == (0, "write_back_conflict")
    assert "77777" in look.err
    here.run("watch", "--once", ORDER__EXPORT="registered").end()
    assert here.world.document(uid)["externalOrderNumber"] == "77777", "never overwritten"
