"""Random work on one shop, with faults and power cuts between any two steps: the invariants hold after each.

`FAULTS_EXAMPLES=500 pytest tests/faults/test_model.py` tries more.
"""

import asyncio
import logging
import os
import ssl
from collections import Counter
from collections.abc import Iterator
from contextlib import suppress
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
import stamina
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from specter_tui.config.settings import Settings, load_settings
from specter_tui.engine.decisions import NothingChanged
from specter_tui.engine.orders.reference_data import CUSTOMER_CHANGED
from specter_tui.engine.service import ShopService
from specter_tui.journal.location import JournalLocation
from specter_tui.journal.models import Entry
from specter_tui.journal.opening import open_journal, open_reader
from specter_tui.journal.safety.operators import current_operator
from specter_tui.sandbox.sandbox import Sandbox
from specter_tui.sandbox.server.options import SandboxOptions
from tests.engine.shop import add_note, placed, spoil
from tests.faults.mortal import TurnedClock, Work, live
from tests.faults.world import ACCOUNTED_FOR, CUSTOMER, ORDER
from tests.support.postgres_server import empty
from tests.support.waiting import wait_for

EXAMPLES = int(os.environ.get("FAULTS_EXAMPLES", "8"))
STEPS = 25
NOWHERE = "http://127.0.0.1:1/"
WHICH = st.integers(0, 5)
FUSES = st.one_of(st.none(), st.integers(0, 45))
ANSWERLESS = st.sampled_from(["lost", "error", "html", "garbage", "truncated"])


@pytest.fixture(autouse=True)
def quick(monkeypatch: pytest.MonkeyPatch, second_looks: None) -> Iterator[None]:
    """Remove pauses, and read the system's certificates once."""
    monkeypatch.setattr(ssl, "create_default_context", cache(ssl.create_default_context))
    monkeypatch.setattr("specter_tui.engine.orders.write_back._GATHER_SECONDS", 0.001)
    logging.getLogger("asyncio").setLevel(logging.CRITICAL)  # Of a life that was cut short, tasks are left.
    with stamina.set_testing(True, attempts=2, cap=True):
        yield
    logging.getLogger("asyncio").setLevel(logging.NOTSET)


class Shopkeeping(RuleBasedStateMachine):
    """The shop's staff, running programs, faults, and an operator who checks before deciding."""

    sandbox: Sandbox
    server: str | None = None

    @initialize(boxes=st.booleans())
    def open(self, boxes: bool) -> None:
        self.folder = TemporaryDirectory()
        if self.server is not None:
            empty(self.server)
        self.where = JournalLocation(Path(self.folder.name) / "journal.db", self.server)
        self.seen = Path(self.folder.name) / "seen"
        self.ahead = [0]
        self.notes = 0
        with self.sandbox.shop.lock, self.sandbox.specter.lock:
            for uid in placed(self.sandbox):
                del self.sandbox.shop.tables["Order"][uid]
            self.sandbox.specter.orders.clear()
            self.sandbox.specter.customers.clear()
        self.heal()
        self.sandbox.ledger.clear()
        ticked = {"CUSTOMER__IGNORE_EMAIL": "true", "CUSTOMER__IGNORE_ORG_NO": "true"} if boxes else {}
        self.settings = self.settings_with(**ticked)
        self.live(asks_nothing)

    def settings_with(self, **more: str) -> Settings:
        own = {
            "JOURNAL__URL": self.server or f"sqlite:///{self.where.path}",
            "ORDER__PAYMENT_STATUS": "reserved",
        }
        return load_settings(None, {**self.sandbox.settings, **own, "ORDER__EXPORT": "registered", **more})

    def live(self, work: Work, fuse: int | None = None, settings: Settings | None = None) -> object:
        seen = Path(self.folder.name) / "seen"
        return asyncio.run(live(settings or self.settings, self.where, seen, work, fuse, TurnedClock(self.ahead)))

    def pick(self, which: int) -> int:
        uids = placed(self.sandbox)
        return uids[which % len(uids)]

    def entries(self) -> dict[int, Entry]:
        with open_reader(self.where, self.settings.abicart.webshop) as journal:
            return {entry.uid: entry for entry in journal.orders.entries()}

    def orders_exist(self) -> bool:
        return bool(placed(self.sandbox))

    # The shop's people and its buyers.

    @rule(count=st.integers(1, 3))
    def place(self, count: int) -> None:
        for _ in range(count):
            self.sandbox.arrivals.place()

    @precondition(orders_exist)
    @rule(which=WHICH)
    def edit(self, which: int) -> None:
        add_note(
            self.sandbox, self.pick(which), f"note {self.sandbox.shop.tables['Order'][self.pick(which)]['changed']}"
        )

    @precondition(orders_exist)
    @rule(which=WHICH, status=st.sampled_from(["paid", "reserved", "unpaid"]))
    def pay(self, which: int, status: str) -> None:
        self.sandbox.shop.pay(self.pick(which), status)

    @precondition(orders_exist)
    @rule(which=WHICH)
    def discard(self, which: int) -> None:
        self.sandbox.shop.discard(self.pick(which))

    # What goes wrong.

    @rule(kind=ANSWERLESS, call=st.sampled_from([CUSTOMER, ORDER]), after=st.booleans(), skip=st.integers(0, 2))
    def lose_an_answer(self, kind: str, call: str, after: bool, skip: int) -> None:
        spoil(self.sandbox, kind, call, after=after, skip=skip)

    @rule(call=st.sampled_from([CUSTOMER, ORDER]), text=st.sampled_from(["Det går inte", "Nej"]))
    def refuse(self, call: str, text: str) -> None:
        spoil(self.sandbox, "refusal", call, code="17", text=text)

    @rule(call=st.sampled_from([CUSTOMER, ORDER]))
    def send_elsewhere(self, call: str) -> None:
        spoil(self.sandbox, "redirect", call)

    @rule(kind=st.sampled_from(["refusal", "lost"]), after=st.booleans())
    def spoil_the_write_back(self, kind: str, after: bool) -> None:
        spoil(self.sandbox, kind, "Order.set", "shop", after=after)

    @rule()
    def heal(self) -> None:
        for faults in self.sandbox.faults.values():
            faults.clear()

    @rule()
    def leases_end(self) -> None:
        self.ahead[0] += 3_600_000

    @rule()
    def a_day_passes(self) -> None:
        """Makes waiting work due. No program knows by the wall clock that a lease is over."""
        day = 86_400_000_000
        with open_journal(self.where, self.settings.abicart.webshop, current_operator()) as journal, journal.db.change:
            journal.db.execute("UPDATE orders SET changed_at = changed_at - ?, retry_at = retry_at - ?", (day, day))
            journal.db.execute("UPDATE halts SET begun_at = begun_at - ?, next_at = next_at - ?", (day, day))
            journal.db.execute("UPDATE buyer_locks SET locked_at = locked_at - ?", (day,))

    # The programs.

    @rule(fuse=FUSES)
    def export_all(self, fuse: int | None) -> None:
        self.live(ShopService.export_all, fuse)

    @rule()
    def export_to_nobody(self) -> None:
        self.live(ShopService.export_all, settings=self.settings_with(SPECTER__URL=NOWHERE))

    @precondition(orders_exist)
    @rule(which=WHICH, fuse=FUSES)
    def export_one(self, which: int, fuse: int | None) -> None:
        uid = self.pick(which)
        self.live(lambda service: service.export([uid], {}), fuse)

    @rule(fuse=FUSES)
    def watch(self, fuse: int | None) -> None:
        self.live(lambda service: service.auto_export.turn(thorough=True), fuse)

    @rule(one=FUSES, two=FUSES)
    def two_programs_at_once(self, one: int | None, two: int | None) -> None:
        async def both() -> None:
            clocks = TurnedClock(self.ahead), TurnedClock(self.ahead)
            await asyncio.gather(
                *(
                    live(self.settings, self.where, self.seen, ShopService.export_all, fuse, clock)
                    for fuse, clock in zip((one, two), clocks, strict=True)
                )
            )

        asyncio.run(both())

    # The operator.

    @precondition(orders_exist)
    @rule(which=WHICH, fuse=FUSES)
    def decide(self, which: int, fuse: int | None) -> None:
        """Look for the order in Specter: enter its number, or repeat it."""
        uid = self.pick(which)
        entry = self.entries().get(uid)
        if entry is None or entry.state not in ("unknown", "exists", "refused"):
            return
        found = self.sandbox.specter.orders_of(entry.external_no or "")
        if found:
            self.live(lambda service: service.enter_number(uid, str(found[0].number)), fuse)
        elif entry.state != "exists":
            self.live(lambda service: service.repeat([uid], "not in Specter, I looked"), fuse)

    @precondition(orders_exist)
    @rule(which=WHICH, fuse=FUSES)
    def close_one(self, which: int, fuse: int | None) -> None:
        uid = self.pick(which)

        async def close(service: ShopService) -> object:
            return await service.close_orders([uid], "done by hand") if service.order_index.view(uid) else None

        self.live(close, fuse)

    # What holds after every step.

    @invariant()
    def specter_has_each_order_once_and_the_journal_knows_of_it(self) -> None:
        assert self.sandbox.ledger.complaints == []
        found = Counter(order.external for order in self.sandbox.specter.orders.values())
        assert set(found.values()) <= {1}, found
        by_external = {entry.external_no: entry for entry in self.entries().values()}
        for external in found:
            assert by_external[external].state in ACCOUNTED_FOR, by_external[external]

    @invariant()
    def exported_orders_have_their_number_and_no_other_has_it(self) -> None:
        entries = self.entries().values()
        exported = [entry.specter_number for entry in entries if entry.state == "exported"]
        assert None not in exported
        assert len(set(exported)) == len(exported)
        for entry in entries:
            if entry.state == "exported" and entry.external_no:
                (made,) = self.sandbox.specter.orders_of(entry.external_no)
                assert entry.specter_number == str(made.number)

    @invariant()
    def the_events_tell_the_present_state(self) -> None:
        states: dict[int, Any] = {}
        with open_reader(self.where, self.settings.abicart.webshop) as journal:
            for event in journal.events.page(limit=100_000):
                assert event.from_state == states.get(event.uid)
                states[event.uid] = event.to_state
        now = {uid: entry.state for uid, entry in self.entries().items()}
        assert {uid: state for uid, state in states.items() if state} == now

    def teardown(self) -> None:
        if not hasattr(self, "folder"):
            return
        try:
            self.every_order_comes_to_its_end()
        finally:
            self.folder.cleanup()

    def every_order_comes_to_its_end(self) -> None:
        """All that the shop wants exported is exported, once a person has checked the orders in doubt."""
        self.heal()
        self.leases_end()
        for uid in placed(self.sandbox):
            self.sandbox.shop.pay(uid, "paid")
        self.live(lambda service: service.poll())
        self.live(end_a_halt)
        for which in range(len(placed(self.sandbox))):
            self.decide(which, None)
            self.close_one_that_the_shop_withdrew(which)
            self.send_one_whose_card_was_changed(which)
        self.a_day_passes()
        wait_for(self.every_order_is_in_one_bucket, "the shop's last orders")
        wait_for(self.all_went_well, self.what_is_left)

    def all_went_well(self) -> bool:
        self.live(ShopService.export_all)
        entries = self.entries()
        documents = self.sandbox.shop.tables["Order"]
        wanted = {uid for uid in placed(self.sandbox) if not documents[uid]["discarded"]} | entries.keys()
        return all(
            uid in entries
            and (
                entries[uid].state == "closed"
                or (
                    entries[uid].state == "exported"
                    and documents[uid].get("externalOrderNumber") == entries[uid].specter_number
                )
            )
            for uid in wanted
        )

    def what_is_left(self) -> str:
        views: Any = self.live(ShopService.everything)
        return f"the last exports: {[view for view in views if view.state != 'exported']}, {self.entries()}"

    def close_one_that_the_shop_withdrew(self, which: int) -> None:
        uid = self.pick(which)
        entry = self.entries().get(uid)
        if self.sandbox.shop.tables["Order"][uid]["discarded"] and entry is not None and entry.state == "retry_later":
            self.live(lambda service: service.close_orders([uid], "discarded"))

    def send_one_whose_card_was_changed(self, which: int) -> None:
        """Send an order that is held since its customer was edited, as a person does after changing Specter's card."""
        uid = self.pick(which)

        async def send(service: ShopService) -> object:
            view = service.order_index.view(uid)
            held = view is not None and any(problem.code == CUSTOMER_CHANGED for problem in view.problems)
            return await service.repeat([uid], "the card is changed in Specter") if held else None

        self.live(send)

    def every_order_is_in_one_bucket(self) -> bool:
        """Once the last one is found, which may need another poll where the shop's clock is behind ours."""
        views: Any = self.live(ShopService.everything)
        listed = Counter(view.uid for view in views)
        entries = self.entries()
        outside = {
            uid
            for uid, document in self.sandbox.shop.tables["Order"].items()
            if document["discarded"] and uid not in entries
        }
        assert set(listed.values()) <= {1}
        assert listed.keys() <= set(placed(self.sandbox))
        return set(placed(self.sandbox)) - outside <= listed.keys()


async def asks_nothing(_service: ShopService) -> None:
    pass


async def end_a_halt(service: ShopService) -> None:
    with suppress(NothingChanged):
        await service.resume("Specter's address is right again")


@pytest.mark.parametrize("refuses", [True, False], ids=["copies are refused", "copies are taken"])
def test_the_invariants_hold_whatever_happens(refuses: bool) -> None:
    try_stories(EXAMPLES, refuses=refuses)


def test_the_invariants_hold_at_a_server_too(server_url: str) -> None:
    try_stories(max(2, EXAMPLES // 4), refuses=True, server=server_url)


def try_stories(examples: int, *, refuses: bool, server: str | None = None) -> None:
    with Sandbox(SandboxOptions(orders=0, plain=True, refuses_duplicates=refuses)) as sandbox:

        class Tried(Shopkeeping):
            pass

        Tried.sandbox, Tried.server = sandbox, server
        run_state_machine_as_test(
            Tried,
            settings=settings(
                max_examples=examples,
                stateful_step_count=STEPS,
                deadline=None,
                suppress_health_check=list(HealthCheck),
                print_blob=True,
            ),
        )
