"""The journal's queue: waiting operations share a commit, and each answer follows its commit."""

import asyncio
import threading
from functools import partial
from pathlib import Path

import pytest

from specter_tui.engine.concurrency.journal_queue import JournalQueue
from specter_tui.journal.errors import NumberTaken
from specter_tui.journal.location import JournalLocation
from specter_tui.journal.models import Claim
from specter_tui.journal.opening import open_reader
from specter_tui.journal.repositories.claim_results import ClaimResults
from specter_tui.journal.repositories.claims import Claims
from specter_tui.journal.repositories.events import Events
from specter_tui.journal.repositories.orders import Orders
from tests.journal.orders import LEASE, SHOP, SPENT, claimed, intent


def with_journal(tmp_path: Path, work) -> None:
    async def run() -> None:
        journal = JournalQueue(JournalLocation(tmp_path / "journal.db"), SHOP, tmp_path / "seen")
        try:
            await journal.open()
            await work(journal)
        finally:
            await journal.close()

    asyncio.run(run())


async def held(journal: JournalQueue, *asked) -> list:
    """Queue all of these while the thread is busy, so that they wait together; return their answers."""
    free = threading.Event()
    busy = asyncio.create_task(journal(lambda _: free.wait()))
    tasks = [asyncio.create_task(journal(verb, *values)) for verb, *values in asked]
    await asyncio.sleep(0)
    free.set()
    await busy
    return await asyncio.gather(*tasks, return_exceptions=True)


def test_what_waits_together_is_one_commit_and_in_its_order(tmp_path):
    async def work(journal: JournalQueue) -> None:
        made: list[str] = []
        trace = lambda sql: made.append(sql) if sql == "COMMIT" else None  # noqa: E731
        await journal(lambda one: one.db.store.connection.set_trace_callback(trace))
        claims = await held(journal, *((Claims.claim, intent(uid), LEASE) for uid in (1, 2, 3)))
        assert [claim.uid for claim in claims] == [1, 2, 3]
        assert made == ["COMMIT"]
        known = [(ClaimResults.customer_known, claim, "77") for claim in claims]
        answers = await held(journal, known[0], (Events.last_id,), *known[1:])
        assert answers == [True, 4, True, True], "a reading verb sees what was asked for before it, and no more"
        assert len(made) == 3

    with_journal(tmp_path, work)


def test_nobody_hears_before_all_of_it_is_on_the_disk(tmp_path):
    async def work(journal: JournalQueue) -> None:
        seen: list[int] = []

        async def claim(uid: int) -> None:
            assert isinstance(await journal(Claims.claim, intent(uid), LEASE), Claim)
            with open_reader(JournalLocation(journal.path), SHOP) as reader:
                seen.append(len(reader.orders.entries()))

        free = threading.Event()
        busy = asyncio.create_task(journal(lambda _: free.wait()))
        tasks = [asyncio.create_task(claim(uid)) for uid in (1, 2, 3)]
        await asyncio.sleep(0)
        free.set()
        await asyncio.gather(busy, *tasks)
        assert seen == [3, 3, 3]

    with_journal(tmp_path, work)


def test_each_gets_its_own_failure(tmp_path):
    async def work(journal: JournalQueue) -> None:
        first, second = [await journal(partial(claimed), uid) for uid in (1, 2)]
        answers = await held(
            journal, (ClaimResults.exported, first, "90001", SPENT), (ClaimResults.exported, second, "90001", SPENT)
        )
        assert [answers[0], type(answers[1])] == [True, NumberTaken]

    with_journal(tmp_path, work)


def test_one_that_no_longer_waits_keeps_no_other_waiting(tmp_path):
    async def work(journal: JournalQueue) -> None:
        free = threading.Event()
        busy = asyncio.create_task(journal(lambda _: free.wait()))
        tasks = [asyncio.create_task(journal(Claims.claim, intent(uid), LEASE)) for uid in (1, 2)]
        await asyncio.sleep(0)
        tasks[0].cancel()
        await asyncio.sleep(0)
        free.set()
        await busy
        assert (await tasks[1]).uid == 2
        assert await journal(Orders.counts) == {"sending": 2}, "what was asked for is done"

    with_journal(tmp_path, work)


def test_closing_comes_after_all_that_was_asked_for(tmp_path):
    async def work(journal: JournalQueue) -> None:
        tasks = [asyncio.create_task(journal(Claims.claim, intent(uid), LEASE)) for uid in range(1, 20)]
        await asyncio.sleep(0)
        await journal.close()
        assert [(await task).uid for task in tasks] == list(range(1, 20))

    async def run() -> None:
        journal = JournalQueue(JournalLocation(tmp_path / "journal.db"), SHOP, tmp_path / "seen")
        await journal.open()
        await work(journal)

    asyncio.run(run())
    assert not [thread for thread in threading.enumerate() if thread.name == "journal"]


def test_a_journal_that_cannot_be_opened_leaves_no_thread(tmp_path):
    (tmp_path / "journal.db").write_bytes(b"no journal" * 1000)

    async def work(_: JournalQueue) -> None:
        raise AssertionError

    with pytest.raises(Exception, match="not a journal"):
        with_journal(tmp_path, work)
    assert not [thread for thread in threading.enumerate() if thread.name == "journal"]
