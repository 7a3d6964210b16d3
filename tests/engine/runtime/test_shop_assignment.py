"""Workers with the same shops: each serves its part, and takes over what another releases or cannot serve."""

import asyncio
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack
from datetime import timedelta
from typing import Any

import pytest

from specter_tui.engine.runtime.shop_assignment import ShopAssignment
from specter_tui.journal.journal import Journal
from specter_tui.journal.models import LeaseHolder, LeaseTaken
from specter_tui.journal.repositories.leases import Leases
from specter_tui.journal.safety.lease_clock import LeaseClock
from specter_tui.journal.safety.operators import Operator

INTERVAL = timedelta(milliseconds=20)
SHOPS = tuple(range(1, 8))


class OtherProcess(LeaseClock):
    """The clock of a worker that counts as a process of its own; `dead` ends its leases."""

    dead: set[str] = set()  # noqa: RUF012

    def __init__(self, name: str) -> None:
        super().__init__()
        boot, space, _, started = self.me.split("/")
        self.me = f"{boot}/{space}/1{name}/{started}"

    def over(self, holder: str, until: int) -> bool:
        return holder in self.dead or self.now() >= until


class Worker:
    """One process: its assignment, and a journal in a real file for each shop."""

    def __init__(self, name: str, folder: Any, shops: Sequence[int], held: ExitStack) -> None:
        self.clock = OtherProcess(name)
        self.share = ShopAssignment(shops)
        self._journals = {shop: self._journal_of(shop, folder, held) for shop in shops}

    def _journal_of(self, shop: int, folder: Any, held: ExitStack) -> Any:
        path = folder / str(shop) / "journal.db"
        path.parent.mkdir(mode=0o700, exist_ok=True)
        journal = held.enter_context(Journal.open(path, shop, Operator("svc", "host"), clock=self.clock))

        async def call(verb: Callable[..., Any], *values: Any) -> Any:
            return journal.bind(verb, *values)()

        call.shop = shop  # type: ignore[attr-defined]
        return call

    def turn(self, *not_reached: int) -> set[int]:
        """Do a turn of every shop; return the served ones. Unreachable shops are released, as auto mode does."""

        async def turn() -> None:
            for shop, one in self._journals.items():
                if await self.share.take(one, INTERVAL) and shop in not_reached:
                    await self.share.release(one, 10 * INTERVAL)
            await asyncio.sleep(INTERVAL.total_seconds())

        asyncio.run(turn())
        return {shop for shop in self._journals if self.share.serves(shop)}

    def hold(self, lease: str, shop: int) -> LeaseTaken | LeaseHolder:
        return asyncio.run(self._journals[shop](Leases.take, lease, timedelta(minutes=5)))

    def leave(self) -> None:
        async def leave() -> None:
            for one in self._journals.values():
                await self.share.sign_out(one)

        asyncio.run(leave())


@pytest.fixture
def worker(tmp_path) -> Iterator[Callable[..., Worker]]:
    OtherProcess.dead = set()
    with ExitStack() as held:
        yield lambda name, shops=SHOPS: Worker(name, tmp_path, shops, held)


def settle(*workers: Worker, turns: int = 8) -> list[set[int]]:
    for _ in range(turns):
        served = [one.turn() for one in workers]
    return served


def test_one_worker_serves_all(worker):
    assert worker("1").turn() == set(SHOPS)


def test_each_serves_its_part_and_every_shop_has_one(worker):
    first, second, third = worker("1"), worker("2"), worker("3")
    assert first.turn() == set(SHOPS)
    served = settle(first, second, third)
    assert sorted(len(one) for one in served) in ([1, 3, 3], [2, 2, 3])
    assert sorted(shop for one in served for shop in one) == list(SHOPS)
    assert {one.share.workers for one in (first, second, third)} == {3}


def test_with_a_shop_goes_the_right_to_export_by_itself(worker):
    first, second = worker("1"), worker("2")
    first.turn()
    for shop in SHOPS:
        assert first.hold("watch", shop) == LeaseTaken()
    _, served = settle(first, second)
    assert served
    assert [second.hold("watch", shop) for shop in served] == [LeaseTaken()] * len(served)


def test_what_one_leaves_the_others_take(worker):
    first, second = worker("1"), worker("2")
    settle(first, second)
    first.leave()
    assert settle(second, turns=3) == [set(SHOPS)]


def test_what_a_dead_one_held_the_others_take(worker):
    first, second = worker("1"), worker("2")
    _, served = settle(first, second)
    assert served != set(SHOPS)
    OtherProcess.dead.add(first.clock.me)
    assert settle(second, turns=3) == [set(SHOPS)]
    assert second.share.workers == 1


def test_a_shop_that_its_worker_cannot_serve_goes_to_another(worker):
    first, second = worker("1"), worker("2")
    unreached, _ = settle(first, second)
    lost = min(unreached)
    for _ in range(10):
        served = second.turn()
        assert lost not in first.turn(lost)
    assert lost in served


def test_a_shop_that_only_one_worker_has_is_served_whatever_its_part(worker):
    narrow, wide = worker("1", SHOPS[:3]), worker("2")
    for _ in range(12):
        served = [narrow.turn(), wide.turn()]
    assert set.union(*served) == set(SHOPS)


def test_a_broken_register_does_not_matter(worker):
    first, second = worker("1"), worker("2")
    first.share.counts = {2: 1, 3: 1}
    second.share.counts = {2: 1, 3: 1}
    served = settle(first, second)
    assert sorted(map(len, served)) == [3, 4]
