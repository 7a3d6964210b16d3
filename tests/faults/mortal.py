"""A run of the program without its threads: real service, journal and clients, until its end or a power cut."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

from specter_tui.abicart.errors import ShopError
from specter_tui.abicart.jsonrpc import JsonRpcClient
from specter_tui.abicart.shop import ShopClient
from specter_tui.config.settings import Settings
from specter_tui.engine.concurrency.journal_queue import JournalQueue
from specter_tui.engine.context import ShopContext
from specter_tui.engine.decisions import InvalidDecision
from specter_tui.engine.service import ShopService
from specter_tui.journal.errors import JournalError
from specter_tui.journal.location import JournalLocation
from specter_tui.journal.models import Intent
from specter_tui.journal.opening import open_journal, open_reader
from specter_tui.journal.repositories.orders import Orders
from specter_tui.journal.repositories.restore_repair import RestoreRepair
from specter_tui.journal.safety.lease_clock import LeaseClock
from specter_tui.journal.safety.operators import Operator
from specter_tui.specter.client import SpecterClient

Work = Callable[[ShopService], Awaitable[object]]


class PowerCut(Exception):
    """Ends everything: no further call, no write."""


@dataclass(slots=True)
class Fuse:
    """Cuts the power after that many steps, each before or after an operation of the journal or a call; None: never."""

    steps: int | None

    def burn(self) -> None:
        if self.steps is not None:
            self.steps -= 1
            if self.steps < 0:
                raise PowerCut


class TurnedClock(LeaseClock):
    """A clock that a test sets. Every run counts as a process of its own, whose end only time shows."""

    lives = 0

    def __init__(self, ahead: list[int]) -> None:
        super().__init__()
        TurnedClock.lives += 1
        self._ahead = ahead
        self.me = f"{self.process.boot}/elsewhere/{TurnedClock.lives}/1"

    def now(self) -> int:
        return super().now() + self._ahead[0]


class MortalJournal(JournalQueue):
    def __init__(self, place: JournalLocation, seen: Path, settings: Settings, fuse: Fuse, clock: LeaseClock) -> None:
        super().__init__(place, settings.abicart.webshop, seen)
        self._settings, self._fuse, self._clock = settings, fuse, clock

    async def open(self) -> None:
        operator = Operator("alma", "till")
        self._journal = await self._run(partial(open_journal, self.place, self.shop, operator, clock=self._clock))
        self.salt = self._journal.id
        self.restored = await super().__call__(RestoreRepair.watch_over, self._seen_folder)

    async def __call__(self, verb: Any, *args: Any, **kwargs: Any) -> Any:
        self._fuse.burn()
        if verb.__name__ == "reclaim" and kwargs["automatic"]:
            await self._prove(args[0])
        answer = await super().__call__(verb, *args, **kwargs)
        self._fuse.burn()
        return answer

    async def _prove(self, intent: Intent) -> None:
        """Check that an unknown order is repeated automatically only with a recorded proof."""
        entry = await super().__call__(Orders.entry, intent.uid)
        if entry.state == "unknown" and entry.step == "order":
            assert self._settings.specter.refuses_duplicates
            assert intent.form_hash == entry.form_hash
        elif entry.state == "unknown":
            rules = self._settings.customer
            assert not (rules.ignore_email and rules.ignore_org_no)
        else:
            assert entry.state == "refused"
            assert (intent.form_hash, intent.customer_hash) != (entry.form_hash, entry.customer_hash)


class MortalRpc(JsonRpcClient):
    fuse: Fuse

    async def batch(self, *args: Any, **kwargs: Any) -> Any:
        self.fuse.burn()
        answer = await super().batch(*args, **kwargs)
        self.fuse.burn()
        return answer


class MortalSpecter(SpecterClient):
    fuse: Fuse
    journal: JournalLocation
    shop: int

    async def submit_customer(self, form: Any) -> str:
        """Check that the order's claim is on disk."""
        self.fuse.burn()
        with open_reader(self.journal, self.shop) as reader:
            assert reader.orders.entries(states=["sending"])
        return await self._called(super().submit_customer(form))

    async def submit_order(self, customer_number: str, form: Any) -> str:
        """Check that the order's claim and customer are on disk."""
        self.fuse.burn()
        with open_reader(self.journal, self.shop) as reader:
            intents = [entry for entry in reader.orders.entries() if entry.external_no == form.form.external_order_no]
        assert [(entry.state, entry.step, entry.customer_number) for entry in intents] == [
            ("sending", "order", customer_number)
        ]
        return await self._called(super().submit_order(customer_number, form))

    async def _called(self, call: Awaitable[str]) -> str:
        answer = await call
        self.fuse.burn()
        return answer


async def live(
    settings: Settings, place: JournalLocation, seen: Path, work: Work, steps: int | None, clock: LeaseClock
) -> object:
    """Start, poll, work and end, or die meanwhile. Errors that the program would report are no failure."""
    fuse = Fuse(steps)
    journal = MortalJournal(place, seen, settings, fuse, clock)
    try:
        await journal.open()
        rpc, specter = MortalRpc(settings.abicart), MortalSpecter(settings.specter, settings.limits)
        rpc.fuse = specter.fuse = fuse
        specter.journal, specter.shop = place, settings.abicart.webshop
        async with rpc, specter:
            service = ShopService(ShopContext(settings, ShopClient(rpc), specter, journal, lambda _: None))
            await service.recover()
            await service.auto_export.poll()
            answer = await work(service)
            await service.shut_down()
            return answer
    except (PowerCut, ShopError, JournalError, InvalidDecision):
        return None
    finally:
        await journal.close()
