"""Faults 11 to 18: a call is sent, and the answer is late, cut, odd or missing."""

import asyncio
import re
import time

import pytest

from specter_tui.engine.specter_circuit import back_off
from specter_tui.journal.journal import Journal
from specter_tui.journal.safety.lease_clock import LeaseClock
from specter_tui.journal.safety.operators import Operator
from tests.faults.proxy import CONNECT
from tests.faults.world import CUSTOMER, ORDER, Machine
from tests.support.raw_server import always, raw
from tests.support.waiting import wait_for

SOON = {"LIMITS__TIMEOUT": "1"}


def settle(here: Machine, uid: int) -> None:
    """Settle an order that exists as an operator does: check Specter, and type its number."""
    (made,) = here.world.at_specter(here.world.number(uid))
    done = here.run("resolve", here.world.number(uid), "--number", str(made["number"]), "--json")
    assert done.views[uid]["state"] == "exported"


def test_fault_11_no_answer_in_time_and_specter_commits_later(machine):
    here = machine()
    (uid,) = here.world.place()
    with here.proxy.holding(ORDER, "up") as hold:
        told = here.run("export", "--all", **SOON)
        assert hold.met.acquire(timeout=0)
        assert re.search(r"\bunknown\b", told.out)
        assert "No answer came" in told.out
        assert "fail" not in (told.out + told.err).casefold()
        assert here.stands(uid) == ("unknown", "order")
        assert here.held(uid) == 0
        hold.let_go()
        wait_for(lambda: here.held(uid) == 1, "the late order")
    assert here.export()[uid]["state"] == "exists"
    settle(here, uid)
    assert here.held(uid) == 1


def test_fault_11_the_screen_says_that_it_is_not_known_and_never_that_it_failed(machine):
    here = machine(WATCH__INTERVAL="600", LIMITS__TIMEOUT="4")
    (uid,) = here.world.place()
    with here.console() as term, here.proxy.holding(ORDER, "up") as hold:
        term.wait_for_screen("● ready")
        term.wait_quietly()
        term.type("e")
        hold.wait()
        term.wait_for_screen("? unknown")
        term.wait_for_screen("No answer came")
        term.wait_quietly()
        hold.let_go()
        term.type("q")
        assert term.end() == 0
    assert "fail" not in term.text.casefold()
    assert here.held(uid) == 1


@pytest.mark.parametrize("refuses", [True, False], ids=["copies are refused", "copies are taken"])
def test_fault_12_no_answer_in_time_and_specter_never_commits(machine, refuses):
    here = machine(refuses=refuses)
    (uid,) = here.world.place()
    with here.proxy.holding(ORDER, "up") as hold:
        assert here.export(**SOON)[uid]["state"] == "unknown"
        hold.let_go(drop=True)
    assert here.export()[uid]["state"] == ("exported" if refuses else "unknown")
    if not refuses:
        assert here.world.calls(ORDER) == 0
        again = here.run("resolve", here.world.number(uid), "--retry", "--reason", "not in Specter, I looked", "--json")
        assert again.views[uid]["state"] == "exported"
    assert here.held(uid) == 1


def test_fault_12_in_another_form_nothing_is_repeated_by_itself(machine):
    """It was edited since: Specter could not tell that the second form is the same order."""
    here = machine()
    (uid,) = here.world.place()
    here.world.spoil("lost", ORDER)
    assert here.export()[uid]["state"] == "unknown"
    here.world.edit(uid)
    assert here.export()[uid]["state"] == "unknown"
    assert here.world.calls(ORDER) == 1
    again = here.run("resolve", here.world.number(uid), "--retry", "--reason", "not in Specter, I looked", "--json")
    assert again.views[uid]["state"] == "exported"
    assert here.held(uid) == 1


def test_fault_13_an_answer_that_comes_after_our_time_is_nobodys(machine):
    """Nor does the next order take the late answer for its own."""
    here = machine()
    first, second = here.world.place(2)
    with here.proxy.holding(ORDER) as hold:
        hold.times = 1
        program = here.start("export", "--all", "--json", LIMITS__CONCURRENCY="1", **SOON)
        hold.wait()
        wait_for(lambda: here.entries().get(second), "the second order")
        hold.let_go()
        program.end()
    assert [program.views[uid]["state"] for uid in (first, second)] == ["unknown", "exported"]
    (made,) = here.world.at_specter(here.world.number(second))
    assert program.views[second]["specter_number"] == made["number"]
    assert here.verbs(first) == ["claimed", "customer_known", "unknown"]
    assert here.held(first) == 1


class Later(LeaseClock):
    """A clock of another process, a day later."""

    def now(self) -> int:
        return super().now() + 86_400_000


def test_fault_13_an_answer_that_comes_after_the_claim_is_over_is_kept_as_evidence(machine):
    here = machine()
    (uid,) = here.world.place()
    with here.proxy.holding(ORDER) as hold:
        program = here.start("export", "--all", "--json")
        hold.wait()
        shop = int(here.settings["ABICART__WEBSHOP"])
        with Journal.open(here.journal, shop, Operator("alma", "till"), clock=Later()) as journal:
            assert journal.claims.expire_leases() == [uid]
        hold.let_go()
        program.end()
    entry, (made,) = here.entry(uid), here.world.at_specter(here.world.number(uid))
    assert (entry.state, entry.specter_number, entry.seen_number) == ("unknown", None, str(made["number"]))
    assert here.verbs(uid) == ["claimed", "customer_known", "expired", "late"]
    assert program.views[uid]["state"] == "unknown"
    assert here.world.document(uid).get("externalOrderNumber", "") == ""
    settle(here, uid)


@pytest.mark.parametrize("url", ["http://127.0.0.1:1/", "https://specter.invalid/"], ids=["refused", "no such name"])
def test_fault_14_nobody_is_there(machine, url):
    here = machine()
    uids = here.world.place(2)
    program = here.run("export", "--all", "--json", SPECTER__URL=url, LIMITS__CONCURRENCY="1")
    assert program.end() == 3
    first, second = (program.views[uid]["state"] for uid in uids)
    assert (first, second) == ("retry_later", "ready"), "one finds out for all"
    entry = here.entry(uids[0])
    assert entry.retry_at is not None
    assert 1 < (entry.retry_at - entry.changed_at).total_seconds() < 10
    assert here.held_each(uids) == [0, 0]
    here.export(*map(here.world.number, uids))
    assert here.held_each(uids) == [1, 1]


@pytest.mark.parametrize("kind", ["reset", "cut"])
def test_fault_14_the_connection_breaks_before_a_byte_is_answered(machine, kind):
    """It was accepted, so that nothing is proven: the order is unknown at the customer, and Specter has none."""
    here = machine()
    (uid,) = here.world.place()
    here.proxy.add(kind, CONNECT, way="up")
    assert here.export()[uid]["state"] in ("unknown", "retry_later")
    assert here.held(uid) == 0
    assert here.export(here.world.number(uid))[uid]["state"] == "exported"
    assert here.held(uid) == 1


@pytest.mark.anyio
async def test_fault_14_a_certificate_that_is_not_trusted_halts_the_account(machine):
    here = machine()
    uids = here.world.place(2)
    async with raw(always(b"1;1;"), "localhost.pem") as server:
        url = f"https://localhost:{server.port}/"
        program = await asyncio.to_thread(here.run, "export", "--all", "--json", SPECTER__URL=url)
    assert server.seen == []
    assert program.end() == 1
    assert "certificate is not trusted" in program.err
    assert {view["state"] for view in program.views.values()} == {"ready"}
    assert here.entries() == {}
    assert here.held_each(uids) == [0, 0]


def test_fault_14_pauses_grow_to_a_cap_with_jitter():
    pauses = [[back_off(tries) for _ in range(40)] for tries in range(40)]
    assert all(len(set(some)) > 20 for some in pauses)
    assert max(pauses[0]) < min(pauses[2]) < max(pauses[2]) < min(pauses[5])
    assert max(map(max, pauses)) <= 360


@pytest.mark.parametrize("after", [0, 40])
@pytest.mark.parametrize("call", [CUSTOMER, ORDER])
def test_fault_15_a_reset_in_the_middle_of_the_request(machine, call, after):
    here = machine()
    (uid,) = here.world.place()
    here.proxy.add("reset", call, way="up", after=after)
    assert here.export()[uid]["state"] == "unknown"
    assert here.world.calls(call) == 0
    assert here.export()[uid]["state"] == "exported"
    assert here.held(uid) == 1


@pytest.mark.parametrize("way", [{"after": 1}, {"after": 9}, {"after": 1, "of_body": False}], ids=str)
@pytest.mark.parametrize("kind", ["cut", "reset"])
def test_fault_16_an_answer_that_is_cut_short_is_no_answer(machine, kind, way):
    here = machine()
    (uid,) = here.world.place()
    here.proxy.add(kind, ORDER, **way)
    assert here.export()[uid]["state"] == "unknown"
    assert here.stands(uid) == ("unknown", "order")
    assert here.held(uid) == 1
    assert here.export()[uid]["state"] == "exists"
    assert here.held(uid) == 1


def test_fault_16_an_answer_byte_by_byte_or_late_is_an_answer(machine):
    here = machine()
    uids = here.world.place(2)
    for call in (CUSTOMER, ORDER):
        here.proxy.add("sliced", call)
        here.proxy.add("sliced", call, way="up")
        here.proxy.add("latency", call, seconds=0.3)
        here.proxy.add("slow close", call, seconds=0.3)
    assert {view["state"] for view in here.export(LIMITS__CONCURRENCY="1").values()} == {"exported"}
    assert here.held_each(uids) == [1, 1]


def test_fault_16_an_answer_at_one_byte_a_second_is_not_waited_for(machine):
    here = machine()
    (uid,) = here.world.place()
    here.proxy.add("sliced", ORDER, seconds=1.0)
    begun = time.monotonic()
    assert here.export(LIMITS__TIMEOUT="2")[uid]["state"] == "unknown"
    assert time.monotonic() - begun < 20, "it would take minutes"
    assert here.held(uid) == 1


@pytest.mark.parametrize("refuses", [True, False], ids=["copies are refused", "copies are taken"])
def test_fault_17_specter_dies_while_it_answers(machine, refuses):
    here = machine(refuses=refuses)
    (uid,) = here.world.place()
    here.world.spoil("error", ORDER, after=True)
    assert here.export()[uid]["state"] == "unknown"
    assert here.world.calls(ORDER) == 1, "it is not tried again on the spot"
    assert here.export()[uid]["state"] == ("exists" if refuses else "unknown")
    assert here.world.calls(ORDER) == (2 if refuses else 1)
    assert here.held(uid) == 1
    settle(here, uid)


@pytest.mark.parametrize("call", [CUSTOMER, ORDER])
def test_fault_18_a_page_in_place_of_an_answer_is_kept_clean_and_short(machine, call):
    here = machine(refuses=False)
    (uid,) = here.world.place()
    here.world.spoil("html", call, after=True)
    shown = here.export()[uid]
    assert shown["state"] == "unknown"
    entry = here.entry(uid)
    assert "Servicefönster" in entry.message
    assert "Servicefönster" in shown["message"]
    assert entry.message.isprintable()
    assert len(entry.message) < 500
    assert here.held(uid) == (call == ORDER)
