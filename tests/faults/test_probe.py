"""The probe is killed at each of its writes: nothing is sent twice, no copy is forgotten, no test address stays."""

import os
import signal
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path

import pytest

from specter_tui.cli.commands import probe as command
from specter_tui.engine.probe import runner
from specter_tui.engine.probe.runner import ProbeWish
from specter_tui.engine.probe.table import STEPS
from tests.faults.dying import Die
from tests.faults.world import CUSTOMER, ORDER, Machine

YES = {"[y/n]": "y", "Type kopia": "kopia"}


@dataclass(frozen=True)
class Probing:
    """In the probe's own process: the named steps alone, an operator who answers, and perhaps a power cut."""

    folder: Path
    steps: tuple[str, ...]
    answers: Mapping[str, str] = field(default_factory=dict)
    first: Callable[[], None] | None = None

    def __call__(self) -> None:
        os.chdir(self.folder)
        runner.STEPS = tuple(step for step in STEPS if step.name in self.steps)
        command.ProbeWish = partial(ProbeWish, pause=0)  # type: ignore[misc, assignment]
        command.is_terminal = lambda: True
        command._Printer._ask = self._answer  # type: ignore[method-assign]
        if self.first is not None:
            self.first()

    def _answer(self, text: str) -> str:
        return next((said for part, said in {**self.answers, **YES}.items() if part in text), "")


@pytest.fixture
def probe(machine):
    """Make a machine with one order, and a function that probes it and may die."""

    def make(*, refuses: bool):
        here = machine(refuses=refuses, SPECTER__REFUSES_DUPLICATES="false")
        (uid,) = here.world.place()
        number = here.world.number(uid)

        def run(steps: tuple[str, ...], die: Die | None = None, words: tuple[str, ...] = (), **answers: str):
            said = {"Type its order number": number, **{key.replace("_", " "): one for key, one in answers.items()}}
            first = Probing(here.folder, steps, said, die)
            program = here.run("probe", *words, "--order", number, first=first)
            assert program.end() == (-signal.SIGKILL if die else program.end()), program.err
            return program

        return here, uid, run

    return make


def customer_of(here: Machine, uid: int) -> dict:
    number = int(here.entry(uid).customer_number or 0)
    return next(one["fields"] for one in here.world.get("/specter/customers") if one["number"] == number)


@pytest.mark.parametrize(("when", "made"), [("before", 0), ("after", 1)])
def test_killed_in_the_export_the_order_is_settled_as_any_other(probe, when, made):
    here, uid, run = probe(refuses=True)
    run(("D1", "D2", "D3", "D3b"), Die(when, "specter.submit_order"))
    sent = here.world.calls(ORDER)
    again = run(("D1", "D2", "D3", "D3b"))
    assert here.world.calls(ORDER) == sent == made
    assert "D2 needs an order that is exported" in again.out
    assert here.held(uid) == made
    here.run("resolve", here.world.number(uid), "--retry", "--reason", "after the probe")
    assert here.held(uid) == 1


KILLS = (
    ("C1 C2", "before specter.check_account 2"),
    ("C3", "after specter.order_batch 1"),
    ("D1 D2", "after specter.submit_customer 2"),
    ("B1", "after rpc.observe 2"),
    ("B2", "after catalogue.set_stock 1"),
    ("D6 D6b", "after specter.submit_order 1"),
)
"""Steps, and where the program is killed: the write of the last of them has arrived."""
WRITES = (CUSTOMER, ORDER, "Order.set", "Article.set", "checkAccountSettings", "getOrdersExternalNeedUpdate")


def test_killed_after_any_write_no_step_is_sent_again_and_both_sides_are_as_it_says(probe):
    here, uid, run = probe(refuses=True)
    groups = ("--account", "--batches")
    stock = here.world.get("/shop/stock")
    article = next(one["article"] for one in stock if one["variant"] is None and one["stock"] is not None)
    customers, orders = (len(here.world.get(f"/specter/{kind}")) for kind in ("customers", "orders"))
    for steps, point in KILLS:
        when, verb, nth = point.split()
        run(tuple(steps.split()), Die(when, verb, int(nth)), groups, uid_of_an_article=str(article))
    number = here.entry(uid).specter_number
    sent = {name: here.world.calls(name) for name in WRITES}
    copy = max(one["number"] for one in here.world.get("/specter/orders"))
    assert (len(here.world.get("/specter/orders")) - orders, str(copy) == number) == (2, False)
    every = tuple(step for steps, _ in KILLS for step in steps.split())
    again = run(every, None, groups, uid_of_an_article=str(article), there_may_be_a_copy=str(copy))
    assert {name: here.world.calls(name) for name in WRITES} == sent, "nothing is sent again"
    assert sent["checkAccountSettings"] == 2, "the account test, and the wrong signature once"
    for step in ("C2", "C3", "D2", "B1", "B2", "D6"):
        assert f"{step} was broken off, and is not sent again" in again.out
    assert here.world.document(uid)["externalOrderNumber"] == number
    assert here.world.get("/shop/stock") == stock
    assert (len(here.world.get("/specter/customers")) - customers, here.held(uid)) == (1, 1)
    here.world.post(f"/specter/orders/{copy}/delete")
    assert here.world.complaints, "of the wrong key"
    here.world.forget_calls()


@pytest.mark.parametrize(
    "point", ["before specter.submit_order 2", "after specter.submit_order 2", "before steps.end 2"]
)
def test_killed_at_the_copy_it_is_never_sent_again_and_looked_for(probe, point):
    here, uid, run = probe(refuses=False)
    when, verb, nth = point.split()
    run(("D1", "D3", "D3b"), Die(when, verb, int(nth)))
    found = sorted(order["number"] for order in here.world.at_specter(here.world.number(uid)))
    assert len(found) == (1 if point.startswith("before specter") else 2)
    own = int(here.entry(uid).specter_number or 0)
    copies = [number for number in found if number != own]
    answer = str(copies[0]) if copies else "none"
    sent = here.world.calls(ORDER)
    again = run(("D1", "D3", "D3b"), there_may_be_a_copy=answer)
    assert here.world.calls(ORDER) == sent
    assert "there may be a copy" not in run(("D1", "D3", "D3b")).out, "it was settled"
    assert ("The copy is deleted" in again.out) == bool(copies)
    for number in copies:
        here.world.post(f"/specter/orders/{number}/delete")


@pytest.mark.parametrize("point", ["before specter.submit_customer 2", "after specter.submit_customer 2"])
def test_killed_between_test_card_and_proper_card_watch_writes_the_proper_one_first(probe, point):
    here, uid, run = probe(refuses=True)
    when, verb, nth = point.split()
    run(("D1", "D5", "D5b"), Die(when, verb, int(nth)))
    assert (customer_of(here, uid)["deliveryAddressRow2"] == "TEST") == (when == "after")
    (other,) = here.world.place()
    watching = here.run("watch", "--once", first=Die("before", "claims.claim"), ORDER__EXPORT="registered")
    assert watching.end() == -signal.SIGKILL
    assert "proper address again" in watching.out + watching.err
    assert customer_of(here, uid)["deliveryAddressRow2"] != "TEST"
    assert here.world.calls(ORDER) == 1
    calls = here.world.calls(CUSTOMER)
    here.run("export", "--all")
    assert (here.held(other), here.world.calls(CUSTOMER)) == (1, calls + 1)


def test_killed_at_the_proper_card_it_is_written_again(probe):
    here, uid, run = probe(refuses=True)
    run(("D1", "D5", "D5b"), Die("before", "specter.submit_customer", 3))
    assert customer_of(here, uid)["deliveryAddressRow2"] == "TEST"
    here.run("orders")
    assert customer_of(here, uid)["deliveryAddressRow2"] != "TEST"
    calls = here.world.calls(CUSTOMER)
    run(("D1", "D5", "D5b"))
    assert here.world.calls(CUSTOMER) == calls
