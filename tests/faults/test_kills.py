"""Faults 1 to 7, 23 and 38: the program is killed by SIGKILL at each step of an order."""

import signal

import pytest

from specter_tui.journal.opening import open_journal
from specter_tui.journal.safety.operators import current_operator
from tests.faults.dying import Die
from tests.faults.hurried import Locked
from tests.faults.world import CUSTOMER, ORDER, Machine
from tests.support.waiting import wait_for

BOTH_BOXES = {"CUSTOMER__IGNORE_EMAIL": "true", "CUSTOMER__IGNORE_ORG_NO": "true"}


def killed(machine: Machine, when: str, verb: str, nth: int = 1, **settings: str) -> None:
    """Export everything, and die at that point."""
    assert machine.run("export", "--all", first=Die(when, verb, nth), **settings).end() == -signal.SIGKILL


def shown_for(machine: Machine, uid: int) -> dict:
    """Return the order's state, by a run that sends nothing."""
    return machine.run("orders", "--json").views[uid]


def test_fault_01_killed_before_the_claim_commit(machine):
    here = machine()
    (uid,) = here.world.place()
    killed(here, "before", "claims.claim")
    assert here.entries() == {}
    assert here.world.calls(CUSTOMER) == here.world.calls(ORDER) == 0
    assert here.export()[uid]["state"] == "exported"
    assert here.held(uid) == 1


def test_fault_01_killed_while_the_claim_waits_for_the_journal(machine):
    here = machine()
    (uid,) = here.world.place()
    waits = here.folder / "the claim waits"
    program = here.start("watch", first=Locked(waits), ORDER__EXPORT="registered")
    wait_for(waits.exists, lambda: program.err)
    program.kill()
    assert here.entries() == {}
    assert here.world.calls(CUSTOMER) == 0
    assert here.export()[uid]["state"] == "exported"
    assert here.held(uid) == 1


@pytest.mark.parametrize(
    ("point", "made"),
    [("after claims.claim", 0), ("before specter.submit_customer", 0), ("before results.customer_known", 1)],
    ids=["fault_02 after the claim", "fault_02 before the call", "fault_03 after the call"],
)
def test_fault_02_03_killed_at_the_customer_goes_on_by_itself_where_a_match_rule_is_on(machine, point, made):
    here = machine(refuses=False)
    (uid,) = here.world.place()
    customers = len(here.world.get("/specter/customers"))
    killed(here, *point.split())
    assert here.stands(uid) == ("sending", "customer")
    assert here.world.calls(CUSTOMER) == made
    shown = shown_for(here, uid)
    assert (shown["state"], shown["step"]) == ("unknown", "customer")
    assert "No order was sent" in shown["message"]
    assert here.export()[uid]["state"] == "exported"
    assert here.verbs(uid)[:4] == ["claimed", "expired", "reclaimed", "customer_known"]
    assert here.held(uid) == 1
    assert len(here.world.get("/specter/customers")) == customers + 1


@pytest.mark.parametrize("point", ["after claims.claim", "before results.customer_known"], ids=["fault_02", "fault_03"])
def test_fault_02_03_killed_at_the_customer_asks_the_operator_where_both_boxes_are_ticked(machine, point):
    here = machine(**BOTH_BOXES)
    (uid,) = here.world.place()
    killed(here, *point.split())
    made = here.world.calls(CUSTOMER)
    assert here.export()[uid]["state"] == "unknown"
    assert here.export(here.world.number(uid))[uid]["state"] == "unknown"
    assert here.world.calls(CUSTOMER) == made
    done = here.run("resolve", here.world.number(uid), "--retry", "--reason", "no such customer, I looked", "--json")
    assert done.views[uid]["state"] == "exported"
    assert here.held(uid) == 1


@pytest.mark.parametrize("way", ["up", "down"], ids=["fault_02 before it arrived", "fault_03 after it was done"])
def test_fault_02_03_killed_in_the_customer_call(machine, way):
    here = machine()
    (uid,) = here.world.place()
    customers = len(here.world.get("/specter/customers"))
    with here.proxy.holding(CUSTOMER, way) as hold:
        program = here.start("export", "--all")
        hold.wait()
        program.kill()
        hold.let_go(drop=True)
    assert here.stands(uid) == ("sending", "customer")
    assert here.export()[uid]["state"] == "exported"
    assert here.held(uid) == 1
    assert len(here.world.get("/specter/customers")) == customers + 1


@pytest.mark.parametrize("point", ["after results.customer_known", "before specter.submit_order"])
def test_fault_04_killed_between_customer_and_order_sends_the_matched_customer_again(machine, point):
    here = machine()
    (uid,) = here.world.place()
    killed(here, *point.split())
    assert here.stands(uid) == ("sending", "order")
    known = here.entry(uid).customer_number
    assert known
    shown = shown_for(here, uid)
    assert (shown["state"], shown["step"]) == ("unknown", "order")
    assert here.export()[uid]["state"] == "exported"
    assert here.world.calls(CUSTOMER) == 2
    assert [str(order["customer"]) for order in here.world.at_specter(here.world.number(uid))] == [known]


@pytest.mark.parametrize("point", ["after claims.reclaim", "before specter.submit_customer", "in the call"])
@pytest.mark.parametrize("refuses", [True, False], ids=["copies are refused", "copies are taken"])
def test_fault_51_killed_in_the_repeated_customer_call_the_order_is_in_doubt_as_before(machine, refuses, point):
    """The order call of the first attempt has arrived: no outcome of the customer call may send it again."""
    here = machine(refuses=refuses)
    (uid,) = here.world.place()
    here.world.spoil("lost", ORDER, after=True)
    assert here.export()[uid]["state"] == "unknown"
    words = ("resolve", here.world.number(uid), "--retry", "--reason", "not in Specter, I thought")
    if point == "in the call":
        with here.proxy.holding(CUSTOMER) as hold:
            program = here.start(*words)
            hold.wait()
            program.kill()
            hold.let_go(drop=True)
    else:
        assert here.run(*words, first=Die(*point.split())).end() == -signal.SIGKILL
    assert here.stands(uid) == ("sending", "order")
    shown = shown_for(here, uid)
    assert (shown["state"], shown["step"]) == ("unknown", "order")
    for again in (here.export(), asked_of_watch(here)):
        assert again.get(uid, {"state": "exists"})["state"] == ("exists" if refuses else "unknown")
    assert here.world.calls(ORDER) == (2 if refuses else 1)
    assert here.held(uid) == 1


@pytest.mark.parametrize("point", ["in the call", "before results.exported"])
def test_fault_05_killed_after_the_order_call_where_copies_are_refused(machine, point):
    here = machine()
    (uid,) = here.world.place()
    die_after_the_call(here, point)
    assert here.held(uid) == 1
    assert here.export()[uid]["state"] == "exists"
    assert here.world.calls(ORDER) == 2
    (made,) = here.world.at_specter(here.world.number(uid))
    done = here.run("resolve", here.world.number(uid), "--number", str(made["number"]), "--json")
    assert (done.views[uid]["state"], done.views[uid]["written_back"]) == ("exported", True)
    assert here.held(uid) == 1


def test_fault_05_the_number_is_taken_from_the_refusal_where_it_is_named(machine):
    here = machine()
    (uid,) = here.world.place()
    die_after_the_call(here, "in the call")
    (made,) = here.world.at_specter(here.world.number(uid))
    here.world.spoil(
        "refusal", ORDER, code="5", text=f"{here.world.number(uid)} finns redan, ordernummer {made['number']}"
    )
    shown = here.export()[uid]
    assert (shown["state"], shown["specter_number"]) == ("exported", made["number"])
    assert here.held(uid) == 1


@pytest.mark.parametrize("point", ["in the call", "before results.exported"])
def test_fault_06_killed_after_the_order_call_where_copies_are_taken(machine, point):
    here = machine(refuses=False)
    (uid,) = here.world.place()
    die_after_the_call(here, point)
    for again in (here.export(), here.export(here.world.number(uid)), asked_of_watch(here)):
        assert again.get(uid, {"state": "unknown"})["state"] == "unknown"
    assert here.stands(uid) == ("unknown", "order")
    assert here.world.calls(ORDER) == 1
    assert here.held(uid) == 1


def die_after_the_call(here: Machine, point: str) -> None:
    """Specter has done its work, and the program does not know it."""
    if point != "in the call":
        killed(here, *point.split())
        return
    with here.proxy.holding(ORDER) as hold:
        program = here.start("export", "--all")
        hold.wait()
        program.kill()
        hold.let_go(drop=True)


def asked_of_watch(here: Machine) -> dict:
    return here.run("watch", "--once", "--json", ORDER__EXPORT="registered").views


@pytest.mark.parametrize(
    "point", ["after results.exported", "before write_backs.done_many"], ids=["before its call", "after it"]
)
def test_fault_07_killed_before_the_write_back_is_on_file(machine, point):
    here = machine()
    (uid,) = here.world.place()
    killed(here, *point.split())
    entry = here.entry(uid)
    assert (entry.state, entry.write_back) == ("exported", "due")
    here.export()
    assert here.entry(uid).write_back == "done"
    assert here.world.document(uid)["externalOrderNumber"] == entry.specter_number
    assert here.world.calls("Order.set") == 1, "a number that is there already is not written again"
    assert here.world.calls(ORDER) == 1
    assert here.held(uid) == 1


def test_fault_23_a_batch_of_100_is_killed_at_number_37(machine):
    here = machine()
    uids = here.world.place(100)
    with here.proxy.holding(ORDER, skip=36) as hold:
        program = here.start("export", "--all", LIMITS__CONCURRENCY="1")
        hold.wait()
        program.kill()
        hold.let_go(drop=True)
    listed = {uid: view["state"] for uid, view in here.run("orders", "--json").views.items()}
    entries = here.entries()
    exported = [uid for uid, entry in entries.items() if entry.state == "exported"]
    assert [entry.state for entry in entries.values() if entry.uid not in exported] == ["unknown"]
    assert len(exported) == 36
    assert [listed.get(uid) for uid in uids].count("ready") == 63
    before = {uid: [verb for verb in here.verbs(uid) if "write_back" not in verb] for uid in exported}
    here.export()
    after = {uid: [verb for verb in here.verbs(uid) if "write_back" not in verb] for uid in exported}
    assert after == before
    assert sorted(entry.state for entry in here.entries().values()) == ["exists"] + ["exported"] * 99
    assert here.held_each(uids) == [1] * 100


def test_fault_38_an_order_on_which_the_program_dies_twice_is_left_and_the_others_go_on(machine):
    here = machine()
    (uid,) = here.world.place()
    killed(here, "before", "specter.submit_customer")
    killed(here, "before", "specter.submit_customer")
    (other,) = here.world.place()
    forget_the_pause(here, uid)
    told = asked_of_watch(here)
    assert told[other]["state"] == "exported"
    assert here.stands(uid) == ("unknown", "customer")
    assert here.world.calls(CUSTOMER) == 1
    assert "the program ended in the middle of the call" in shown_for(here, uid)["message"]
    assert here.held(uid) == 0


def forget_the_pause(here: Machine, uid: int) -> None:
    """Make the order's state a day old."""
    here.run("orders")
    with open_journal(here.place, here.shop, current_operator()) as journal, journal.db.change:
        journal.db.execute("UPDATE orders SET changed_at = changed_at - 86400000000 WHERE uid = ?", (uid,))


def test_fault_38_an_order_that_was_refused_five_times_is_left_and_the_others_go_on(machine):
    here = machine()
    (uid,) = here.world.place()
    here.world.spoil("refusal", ORDER, code="17", text="Det går inte", times=5)
    here.export()
    for _ in range(4):
        here.run("resolve", here.world.number(uid), "--retry", "--reason", "try again")
    assert here.entry(uid).refusals == 5
    (other,) = here.world.place()
    told = asked_of_watch(here)
    assert told[other]["state"] == "exported"
    assert here.stands(uid)[0] == "refused"
    assert "Det går inte" in shown_for(here, uid)["message"]
    assert here.world.calls(ORDER) == 6
    assert here.held(uid) == 0
