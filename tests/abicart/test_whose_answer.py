"""An answer counts only if it names our call: not one that is repeated, late or forged."""

import asyncio
import json
from collections.abc import Callable
from typing import Any

import pytest

from specter_tui.abicart.errors import ShopError, ShopOutOfReach
from tests.abicart.shops import asking, by_call
from tests.support.raw_server import Line, Request, Talk

pytestmark = pytest.mark.usefixtures("quick_retries")
CALLS = [("Order.set", (10,)), ("Order.set", (20,)), ("Order.set", (30,))]


def http(body: bytes) -> bytes:
    return b"HTTP/1.1 200 OK\r\nContent-Length: %d\r\n\r\n" % len(body) + body


def answer(request: Request, value: Any = None) -> bytes:
    """Return the proper answer: each call's first parameter, or `value`."""

    def one(call: dict[str, Any]) -> dict[str, Any]:
        return {"jsonrpc": "2.0", "id": call["id"], "result": call["params"][0] if value is None else value}

    asked = json.loads(request.body)
    return json.dumps([one(call) for call in asked] if isinstance(asked, list) else one(asked)).encode()


WRONG: dict[str, Callable[[int], Any]] = {
    "missing": lambda _: {},
    "null": lambda _: {"id": None},
    "another": lambda _: {"id": 1},
    "the next": lambda number: {"id": number + 1},
    "as a text": lambda number: {"id": str(number)},
    "with decimals": lambda number: {"id": float(number)},
    "true": lambda _: {"id": True},
    "a list": lambda number: {"id": [number]},
    "an object": lambda number: {"id": {"id": number}},
}


@pytest.mark.parametrize("wrong", WRONG.values(), ids=WRONG)
@pytest.mark.parametrize("part", [{"result": []}, {"error": {"code": 1004, "message": "Bad auth token"}}], ids=str)
async def test_fault_45_an_answer_with_another_id_is_not_ours(wrong: Callable[[int], Any], part: Any) -> None:
    async def talk(line: Line) -> None:
        while True:
            number = json.loads((await line.read()).body)["id"]
            await line.write(http(json.dumps({"jsonrpc": "2.0", **wrong(number), **part}).encode()))

    async with asking(talk) as (rpc, server):
        with pytest.raises(ShopOutOfReach, match="another call"):
            await rpc.call("Order.list")
    assert server.connections == len(server.seen) == 4, "none was used again"


async def test_fault_45_an_answer_in_a_list_is_not_ours() -> None:
    async with asking(by_call(lambda call: json.dumps([{"id": call["id"], "result": []}]).encode())) as (rpc, server):
        with pytest.raises(ShopOutOfReach):
            await rpc.call("Order.list")
    assert server.connections == 4


def twisted(twist: Callable[[list[dict[str, Any]]], Any]) -> Talk:
    async def talk(line: Line) -> None:
        while True:
            parts = json.loads(answer(await line.read()))
            await line.write(http(json.dumps(twist(parts)).encode()))

    return talk


@pytest.mark.parametrize(
    "twist",
    [
        pytest.param(lambda parts: [*parts, parts[0]], id="one twice"),
        pytest.param(lambda parts: [*parts, {"id": 99, "result": 1}], id="one of another"),
        pytest.param(lambda parts: [*parts, {"id": None, "error": {"code": 1, "message": ""}}], id="one without id"),
        pytest.param(lambda parts: [*parts, "noise"], id="noise"),
        pytest.param(lambda parts: [{**part, "id": str(part["id"])} for part in parts], id="as texts"),
        pytest.param(lambda parts: {"id": parts[0]["id"], "result": [1, 2, 3]}, id="one object for all"),
        pytest.param(lambda parts: [parts], id="a list too many"),
        pytest.param(lambda _: None, id="null"),
    ],
)
async def test_fault_45_a_batch_with_an_answer_that_is_not_ours_is_not_believed(
    twist: Callable[[list[dict[str, Any]]], Any],
) -> None:
    async with asking(twisted(twist)) as (rpc, server):
        with pytest.raises(ShopOutOfReach):
            await rpc.batch(CALLS)
    assert server.connections == 4


async def test_a_call_of_a_batch_without_an_answer_failed_alone_and_an_empty_list_answers_none() -> None:
    async with asking(twisted(lambda parts: parts[1:])) as (rpc, _):
        first, second, third = await rpc.batch(CALLS)
    assert isinstance(first, ShopError)
    assert (second, third) == (20, 30)
    async with asking(twisted(lambda _: [])) as (rpc, _):
        assert all(isinstance(one, ShopError) for one in await rpc.batch(CALLS))


async def twice_at_once(line: Line) -> None:
    while True:
        body = http(answer(await line.read()))
        await line.write(body + body)


async def twice_a_little_later(line: Line) -> None:
    while True:
        body = http(answer(await line.read()))
        await line.write(body)
        await asyncio.sleep(0.01)
        await line.write(body)


async def twice_when_asked_again(line: Line) -> None:
    before = b""
    while True:
        body = http(answer(await line.read()))
        await line.write(before + body)
        before = body


async def with_one_made_beforehand(line: Line) -> None:
    """Return a second answer with the next id of a counter."""
    while True:
        request = await line.read()
        asked = json.loads(request.body)
        guessed = (asked[-1] if isinstance(asked, list) else asked)["id"] + 1
        forged = json.dumps({"jsonrpc": "2.0", "id": guessed, "result": "forged"}).encode()
        await line.write(http(answer(request)) + http(forged))


async def with_noise(line: Line) -> None:
    while True:
        await line.write(http(answer(await line.read())) + b"\r\n\r\nHTTP")


@pytest.mark.parametrize(
    "talk", [twice_at_once, twice_a_little_later, twice_when_asked_again, with_one_made_beforehand, with_noise]
)
async def test_fault_46_what_comes_behind_an_answer_is_no_answer(talk: Talk) -> None:
    async with asking(talk) as (rpc, _):
        for number in range(8):
            assert await rpc.call("Order.get", number) == number
            assert await rpc.batch(CALLS) == [10, 20, 30]
            await asyncio.sleep(0.002 * number)


@pytest.mark.parametrize("talk", [twice_at_once, with_one_made_beforehand, with_noise])
async def test_fault_46_bytes_left_over_close_the_connection(talk: Talk) -> None:
    async with asking(talk) as (rpc, server):
        for number in range(5):
            assert await rpc.call("Order.set", number, repeatable=False) == number
    assert server.connections == len(server.seen) == 5


async def test_a_connection_that_keeps_to_its_answers_is_used_again() -> None:
    async with asking(by_call(lambda _: {"result": 1})) as (rpc, server):
        for _ in range(5):
            await rpc.call("Webshop.get", 1)
    assert server.connections == 1
