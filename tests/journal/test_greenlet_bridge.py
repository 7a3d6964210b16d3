"""Plain functions that wait for coroutines: on a loop, which is not blocked, and in a thread without one."""

import asyncio
import threading

import pytest

from specter_tui.journal.postgres.greenlet_bridge import loop_here, run, run_blocking, wait


def waited(coroutine):
    return wait(coroutine, loop_here())


def test_the_loop_goes_on_while_a_function_waits():
    async def main() -> int:
        asked, answered = asyncio.Event(), asyncio.Event()

        async def answer() -> int:
            asked.set()
            await answered.wait()
            return 7

        running = asyncio.create_task(run(lambda: waited(answer()) + waited(answer())))
        await asked.wait()
        assert not running.done()
        answered.set()
        return await running

    assert asyncio.run(main()) == 14


def test_what_fails_fails_where_it_was_waited_for():
    async def refuse() -> None:
        raise ValueError("refused")

    def work() -> str:
        with pytest.raises(ValueError, match="refused"):
            waited(refuse())
        waited(asyncio.sleep(0))
        waited(refuse())
        return "not reached"

    with pytest.raises(ValueError, match="refused"):
        asyncio.run(run(work))


def test_a_function_that_is_cancelled_may_still_wait_to_clear_up():
    done: list[str] = []

    async def noted(word: str) -> None:
        await asyncio.sleep(0)
        done.append(word)

    def work() -> None:
        try:
            waited(asyncio.Event().wait())
        finally:
            waited(noted("cleared up"))

    async def main() -> None:
        running = asyncio.create_task(run(work))
        await asyncio.sleep(0)
        running.cancel()
        with pytest.raises(asyncio.CancelledError):
            await running

    asyncio.run(main())
    assert done == ["cleared up"]


def test_without_a_loop_another_thread_does_the_waiting_also_within_a_loop():
    async def where() -> str:
        await asyncio.sleep(0)
        return threading.current_thread().name

    async def main() -> str:
        return waited(where())

    assert waited(where()) == asyncio.run(main()) == "journal-server"


def test_who_is_interrupted_waits_no_more(monkeypatch):
    stopped = threading.Event()

    async def for_ever() -> None:
        try:
            await asyncio.Event().wait()
        finally:
            stopped.set()

    def interrupted(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("concurrent.futures.Future.result", interrupted)
    with pytest.raises(KeyboardInterrupt):
        waited(for_ever())
    assert stopped.wait(5)


def test_what_waits_for_the_disk_keeps_no_loop_from_its_work():
    assert asyncio.run(run(lambda: run_blocking(threading.get_ident))) != threading.get_ident()
    assert run_blocking(threading.get_ident) == threading.get_ident()
