"""The engine's journal at a server, on the engine's own loop, which is never blocked by the server or the disk."""

import asyncio
import os
import threading
from collections.abc import Iterator
from contextlib import AsyncExitStack, ExitStack, contextmanager

import psycopg
import pytest

from specter_tui.engine.concurrency import journal_queue
from specter_tui.engine.concurrency.journal_queue import JournalQueue
from specter_tui.errors import translate_error
from specter_tui.journal.errors import JournalError
from specter_tui.journal.location import JournalLocation
from specter_tui.journal.models import Claim
from specter_tui.journal.opening import open_reader
from specter_tui.journal.repositories.claims import Claims
from specter_tui.journal.repositories.orders import Orders
from specter_tui.journal.schema_version import APPLICATION
from tests.journal.orders import LEASE, SHOP, intent
from tests.support.waiting import PATIENCE, wait_for


@pytest.fixture
def at(server_url, tmp_path):
    """Return the location of a shop's journal."""
    return lambda shop: JournalLocation(tmp_path / f"shop-{shop}", server_url)


def with_journals(at, tmp_path, count: int, work) -> None:
    async def main() -> None:
        async with AsyncExitStack() as stack:
            queues = [JournalQueue(at(SHOP + one), SHOP + one, tmp_path / "seen") for one in range(count)]
            for one in queues:
                stack.push_async_callback(one.close)
                await one.open()
            await work(*queues)

    asyncio.run(main())


@contextmanager
def held_by_another(url: str, shop: int) -> Iterator[None]:
    """Hold an open transaction of another host on this shop."""
    with psycopg.connect(url, autocommit=True) as other:
        other.execute("SELECT pg_advisory_lock(%s)", ((APPLICATION << 32) + shop,))
        yield


def test_hundreds_of_shops_would_need_no_thread_each(at, tmp_path):
    async def work(*queues: JournalQueue) -> None:
        claims = await asyncio.gather(*(one(Claims.claim, intent(1), LEASE) for one in queues))
        assert all(isinstance(claim, Claim) for claim in claims)
        begun = {one.name for one in threading.enumerate() if one not in before}
        # Threads of asyncio's own sync the records of what was seen.
        assert {name for name in begun if not name.startswith("asyncio_")} == set()

    before = threading.enumerate()
    with_journals(at, tmp_path, 20, work)


def test_a_shop_that_has_to_wait_keeps_no_other_from_its_work(at, server_url, tmp_path):
    async def work(mine: JournalQueue, other: JournalQueue) -> None:
        with held_by_another(server_url, SHOP):
            waiting = asyncio.create_task(mine(Claims.claim, intent(1), LEASE))
            assert isinstance(await other(Claims.claim, intent(1), LEASE), Claim)
            assert not waiting.done()
        assert isinstance(await waiting, Claim)

    with_journals(at, tmp_path, 2, work)


def test_the_loop_does_not_wait_for_the_disk_that_keeps_what_was_seen(at, tmp_path, monkeypatch):
    async def work(mine: JournalQueue) -> None:
        loop, syncing, free = asyncio.get_running_loop(), asyncio.Event(), threading.Event()
        freed: list[bool] = []

        def slow(_: int) -> None:
            loop.call_soon_threadsafe(syncing.set)
            freed.append(free.wait(5))

        monkeypatch.setattr(os, "fdatasync", slow)
        claiming = asyncio.create_task(mine(Claims.claim, intent(1), LEASE))
        await syncing.wait()
        free.set()
        assert isinstance(await claiming, Claim)
        assert freed == [True]

    with_journals(at, tmp_path, 1, work)


def test_a_verb_that_is_cut_by_the_end_of_the_loop_is_undone_and_leaves_nothing_at_work(at, server_url, tmp_path):
    async def main() -> None:
        mine = JournalQueue(at(SHOP), SHOP, tmp_path / "seen")
        await mine.open()
        hold.enter_context(held_by_another(server_url, SHOP))
        claiming = asyncio.create_task(mine(Claims.claim, intent(1), LEASE))
        await asyncio.to_thread(wait_for, waits, "a claim that waits")
        assert not claiming.done()

    def waits() -> bool:
        found = looks.execute("SELECT 1 FROM pg_stat_activity WHERE wait_event = 'advisory' AND datname = %s", here)
        return found.fetchone() is not None

    def none_works() -> bool:  # An idle one ends with the process, which is this test's.
        ours = "SELECT 1 FROM pg_stat_activity WHERE application_name = 'specter-tui' AND datname = %s"
        return looks.execute(f"{ours} AND state <> 'idle'", here).fetchone() is None

    with ExitStack() as hold, psycopg.connect(server_url, autocommit=True) as looks:
        here = (looks.info.dbname,)
        asyncio.run(main())
        wait_for(none_works, "no connection of ours at work")
    with open_reader(at(SHOP), SHOP) as reader:
        assert reader.orders.entry(1) is None


def test_fault_69_a_server_that_is_silent_and_tables_that_are_gone_are_told_until_they_are_back(
    at, server_url, tmp_path, monkeypatch
):
    monkeypatch.setattr(journal_queue, "_SILENT_SECONDS", 0.2)

    async def work(mine: JournalQueue) -> None:
        told, heard = list[str](), asyncio.Event()

        def hear(away: str) -> None:
            told.append(away)
            heard.set()

        mine.when_reached = hear
        with held_by_another(server_url, SHOP):
            waiting = asyncio.create_task(mine(Claims.claim, intent(1), LEASE))
            await asyncio.wait_for(heard.wait(), PATIENCE)
        assert isinstance(await waiting, Claim)
        with psycopg.connect(server_url, autocommit=True) as other:
            other.execute("ALTER SCHEMA specter_tui RENAME TO aside")
            for _ in range(2):
                with pytest.raises(JournalError):
                    await mine(Orders.counts)
            other.execute("ALTER SCHEMA aside RENAME TO specter_tui")
        assert await mine(Orders.counts) == {"sending": 1}
        silent, back, gone, back_again = told
        assert (back, back_again) == ("", "")
        assert "does not answer" in silent
        assert "tables are not there" in gone
        assert translate_error(silent, "sv").startswith("journalens server svarar inte")

    with_journals(at, tmp_path, 1, work)
