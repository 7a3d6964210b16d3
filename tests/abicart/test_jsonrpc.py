"""Calls to the shop over real sockets: what is sent, what is repeated, and the error of each failure."""

import asyncio
import gzip
import html
import json
import socket
import time
from datetime import UTC, datetime, timedelta, tzinfo
from decimal import Decimal
from email.utils import format_datetime
from typing import Any, Self

import pytest

from specter_tui.abicart.errors import Pointed, RpcError, ShopError, ShopOutOfReach, ShopRefusesUs
from specter_tui.abicart.jsonrpc import LARGEST_BATCH, JsonRpcClient
from specter_tui.abicart.texts_by_language import ImpossibleNumber
from specter_tui.http.tls import tls_context
from specter_tui.text.secret_spellings import forms_of
from tests.abicart.shops import Call, asking, by_call, calls_of, in_turn, key, key_of, named, once, result
from tests.support.raw_server import CERTIFICATES, Line, Talk, always, raw, reset_after_request

pytestmark = pytest.mark.usefixtures("quick_retries")
OK = once(result("ok"))
TOKEN = "a+b/c==&d=e %25 å"


async def test_a_call_is_one_object_in_the_context() -> None:
    async with asking(OK, auth=TOKEN, language="en") as (rpc, server):
        assert await rpc.call("Order.get", 7, ["uid"]) == "ok"
    (request,) = server.seen
    assert request.method == "POST"
    assert request.headers["content-type"] == "application/json"
    sent = json.loads(request.body)
    assert 0 < sent.pop("id") < 2**53
    assert sent == {"jsonrpc": "2.0", "method": "Order.get", "params": [7, ["uid"]]}
    path, _, query = request.target.partition("?")
    assert path == "/backend/jsonrpc/v1/"
    assert "auth=a%2Bb%2Fc%3D%3D%26d%3De" in query
    assert dict(pair.split("=", 1) for pair in query.split("&")).keys() == {"webshop", "language", "auth"}


async def test_a_real_looking_token_is_accepted_by_a_strict_shop(stocked) -> None:
    sandbox = stocked(orders=0)
    async with JsonRpcClient(key_of(sandbox)) as rpc:
        assert (await rpc.call("Webshop.get", int(sandbox.settings["ABICART__WEBSHOP"]), ["uid"]))["uid"]
        assert await rpc.call("Order.count", {}) == 0
    assert sandbox.ledger.complaints == []


async def test_the_answers_of_a_batch_are_matched_by_id() -> None:
    async def backwards(line: Line) -> None:
        calls = json.loads((await line.read()).body)
        answers: list[Any] = [{"id": call["id"], "result": call["params"][0]} for call in reversed(calls)]
        answers[1] = {"id": calls[-2]["id"], "error": {"code": 9003, "message": "Not found"}}
        await line.answer(json.dumps(answers).encode())

    async with asking(backwards) as (rpc, _):
        first, second, third = await rpc.batch([("Order.set", (n,)) for n in (10, 20, 30)])
    assert (first, third) == (10, 30)
    assert isinstance(second, RpcError)
    assert second.code == 9003


async def test_a_call_of_a_batch_that_is_not_answered_failed_alone() -> None:
    async def forgetful(line: Line) -> None:
        calls = json.loads((await line.read()).body)
        await line.answer(json.dumps([{"id": calls[0]["id"], "result": 1}]).encode())

    async with asking(forgetful) as (rpc, _):
        first, second = await rpc.batch([("Order.set", (1,)), ("Order.set", (2,))])
    assert first == 1
    assert isinstance(second, ShopOutOfReach)


async def test_an_error_that_names_no_call_is_told_and_not_believed() -> None:
    refusal = json.dumps({"id": None, "error": {"code": 1005, "message": "Bad auth token"}}).encode()
    for calls in ([("Order.set", (1,)), ("Order.set", (2,))], [("Order.set", (1,))]):
        async with asking(always(refusal)) as (rpc, server):
            with pytest.raises(ShopOutOfReach, match="1005 Bad auth token"):
                await rpc.batch(calls)
            assert server.connections == 4, "each was closed"


@pytest.mark.parametrize("size", [0, LARGEST_BATCH + 1])
async def test_a_batch_has_a_size(size: int) -> None:
    async with asking(OK) as (rpc, server):
        with pytest.raises(ValueError, match="1 to 20"):
            await rpc.batch([("Order.set", (1,))] * size)
    assert server.seen == []


async def error_of(error: Any) -> ShopError:
    async with asking(by_call(lambda _: {"error": error})) as (rpc, server):
        with pytest.raises(ShopError) as caught:
            await rpc.call("Order.set", 1, {})
        if isinstance(caught.value, RpcError | ShopRefusesUs):
            assert len(server.seen) == 1, "what was understood is not asked again"
    return caught.value


async def test_an_error_has_code_message_and_pointers() -> None:
    data = [{"pointer": "/1/note", "message": "Too\x1b[2J long"}, {"message": "and more"}, "noise"]
    error = await error_of({"code": 9001, "message": "Validation\nfailed", "data": data})
    assert isinstance(error, RpcError)
    assert (error.code, error.pointer) == (9001, "/1/note")
    assert error.message.startswith("the shop answers 9001 Validation failed (/1/note: ")
    assert error.problems == (Pointed("/1/note", "Too[2J long"), Pointed("", "and more"))


@pytest.mark.parametrize(("data", "problems"), [("why", (Pointed("", "why"),)), (None, ()), ({"a": 1}, ())])
async def test_the_data_of_an_error_may_be_anything(data: Any, problems: tuple[Pointed, ...]) -> None:
    error = await error_of({"code": -32602, "message": None, "data": data})
    assert isinstance(error, RpcError)
    assert error.problems == problems


@pytest.mark.parametrize("code", [1001, 1005, 1007, 1008])
async def test_errors_about_us_refuse_us(code: int) -> None:
    assert isinstance(await error_of({"code": code, "message": "No"}), ShopRefusesUs)


@pytest.mark.parametrize("error", [{"code": -32603, "message": "Internal"}, {"code": -32000}, {}, "no", 5])
async def test_errors_that_pass_are_out_of_reach(error: Any) -> None:
    assert isinstance(await error_of(error), ShopOutOfReach)


@pytest.mark.parametrize(
    "talk",
    [
        pytest.param(once(b""), id="empty"),
        pytest.param(once(b" \r\n"), id="blank"),
        pytest.param(once(b"<html>Servicefonster</html>"), id="HTML"),
        pytest.param(once(b'{"id": 1, "result": '), id="half"),
        pytest.param(once(b"\xff\xfe{}"), id="no UTF-8"),
        pytest.param(once(b"[" * 100_000), id="deep"),
        pytest.param(once(b'{"id": 1}'), id="neither result nor error"),
        pytest.param(once(b"[]"), id="list"),
        pytest.param(once(b"7"), id="number"),
        pytest.param(once(b"no", "500 Internal Server Error"), id="500"),
        pytest.param(once(b"no", "404 Not Found"), id="404"),
        pytest.param(once(b"no", "429 Too Many Requests"), id="429"),
    ],
)
async def test_what_is_no_answer_is_asked_again_and_then_out_of_reach(talk: Talk) -> None:
    async with asking(talk) as (rpc, server):
        with pytest.raises(ShopOutOfReach):
            await rpc.call("Order.list", ["uid"], {})
        assert len(server.seen) == 4
    async with asking(in_turn(talk, talk, OK)) as (rpc, server):
        assert await rpc.call("Order.list", ["uid"], {}) == "ok"
        assert len(server.seen) == 3


async def test_what_may_not_be_repeated_is_asked_once() -> None:
    async with asking(once(b"")) as (rpc, server):
        with pytest.raises(ShopOutOfReach):
            await rpc.call("Order.set", 1, {}, repeatable=False)
    assert len(server.seen) == 1


@pytest.mark.parametrize("status", ["301 Moved", "302 Found", "307 Temporary", "401 Unauthorized", "403 Forbidden"])
async def test_a_redirect_or_a_refused_key_is_not_repeated_nor_followed(status: str) -> None:
    async with raw(OK) as elsewhere, asking(once(b"", status, f"Location: {elsewhere.address}")) as (rpc, server):
        with pytest.raises(ShopRefusesUs, match="ABICART__URL"):
            await rpc.call("Order.list")
        assert len(server.seen) == 1
        assert elsewhere.connections == 0


async def test_a_cookie_is_never_sent_back() -> None:
    async def sweet(line: Line) -> None:
        while True:
            call = json.loads((await line.read()).body)
            body = json.dumps({"id": call["id"], "result": 1}).encode()
            await line.answer(body, "200 OK", "Set-Cookie: language=en; Path=/", "Set-Cookie: auth=other")

    async with asking(sweet) as (rpc, server):
        await rpc.call("Webshop.get", 1)
        await rpc.call("Webshop.get", 1)
    assert [request.headers.get("cookie") for request in server.seen] == [None, None]


async def test_nobody_there_and_a_broken_connection_are_out_of_reach() -> None:
    with socket.create_server(("127.0.0.1", 0)) as bound:
        port = bound.getsockname()[1]
    async with JsonRpcClient(key(f"http://127.0.0.1:{port}/")) as rpc:
        with pytest.raises(ShopOutOfReach, match="cannot be reached"):
            await rpc.call("Order.list")

    async with asking(reset_after_request) as (rpc, _):
        with pytest.raises(ShopOutOfReach, match="broke"):
            await rpc.call("Order.list")


@pytest.mark.timing
async def test_a_shop_that_never_answers_is_out_of_reach(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("specter_tui.abicart.jsonrpc._CALL_LIMIT", timedelta(seconds=0.2))

    async def drip(line: Line) -> None:
        await line.read()
        await line.write(b"HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\n")
        while True:
            await line.write(b" ")
            await asyncio.sleep(0.05)

    async with asking(drip) as (rpc, _):
        began = time.monotonic()
        with pytest.raises(ShopOutOfReach, match="in time"):
            await rpc.call("Order.list", repeatable=False)
        assert time.monotonic() - began < 1


async def test_an_answer_without_end_and_a_bomb_are_capped() -> None:
    async def endless(line: Line) -> None:
        await line.read()
        await line.write(b"HTTP/1.1 200 OK\r\n\r\n[")
        while True:
            await line.write(b"1," * 100_000)

    bomb = once(gzip.compress(bytes(60_000_000)), "200 OK", "Content-Encoding: gzip")
    for talk in (endless, bomb):
        async with asking(talk) as (rpc, _):
            with pytest.raises(ShopOutOfReach, match="too large"):
                await rpc.call("Order.list", repeatable=False)


@pytest.mark.parametrize("kind", ["gzip", "GZIP", "x-gzip"])
async def test_a_compressed_answer_is_read(kind: str) -> None:
    async def packed(line: Line) -> None:
        body = named(result("ok"), await line.read())
        await line.answer(gzip.compress(body), "200 OK", f"Content-Encoding: {kind}")

    async with asking(packed) as (rpc, _):
        assert await rpc.call("Order.list") == "ok"


async def test_a_compressed_answer_that_is_cut_is_no_answer() -> None:
    async def cut(line: Line) -> None:
        body = gzip.compress(named(result("ok"), await line.read()))
        await line.answer(body[:-9], "200 OK", "Content-Encoding: gzip")

    async with asking(cut) as (rpc, _):
        with pytest.raises(ShopOutOfReach, match="broke"):
            await rpc.call("Order.list", repeatable=False)


async def test_6_a_certificate_that_is_not_trusted_refuses_us_and_the_key_is_not_sent(
    certificates: pytest.MonkeyPatch,
) -> None:
    async with asking(OK, "localhost.pem", "localhost") as (rpc, server):
        with pytest.raises(ShopRefusesUs, match="certificate"):
            await rpc.call("Order.list")
        assert server.seen == []
    tls_context.cache_clear()
    certificates.setenv("SSL_CERT_FILE", str(CERTIFICATES / "localhost.pem"))
    async with asking(OK, "localhost.pem", "localhost") as (rpc, _):
        assert await rpc.call("Order.list") == "ok"
    async with asking(OK, "localhost.pem", "127.0.0.1") as (rpc, server):
        with pytest.raises(ShopRefusesUs, match="certificate"):
            await rpc.call("Order.list")


async def test_no_failure_tells_the_token() -> None:
    for talk in (once(b"", "500 Oops"), once(b"", "302 Found", "Location: /x"), once(b"<html>")):
        async with asking(talk, auth="canary") as (rpc, _):
            with pytest.raises(ShopError) as caught:
                await rpc.call("Order.list")
            assert "canary" not in f"{caught.value!r} {caught.value.__cause__!r}"


async def test_numbers_are_exact_whatever_the_shop_writes() -> None:
    body = b'{"id": 1, "result": [0.1, 1e999999, 1e99999999999999999999, NaN, -Infinity, %s, 12]}' % (b"9" * 5000)
    async with asking(once(body)) as (rpc, _):
        tenth, large, larger, nan, infinite, huge, twelve = await rpc.call("Order.list")
    assert tenth == Decimal("0.1")
    assert isinstance(tenth, Decimal)
    assert all(isinstance(one, ImpossibleNumber) for one in (large, larger, nan, infinite, huge))
    assert len(huge) < 100
    assert (twelve, type(twelve)) == (12, int)


async def test_time_is_told_by_the_shops_clock() -> None:
    ahead = datetime.now(UTC) + timedelta(hours=3)
    dated = once(result("ok"), "200 OK", f"Date: {format_datetime(ahead, usegmt=True)}")
    async with asking(dated) as (rpc, _):
        assert abs(rpc.now() - datetime.now(UTC)) < timedelta(seconds=1)
        await rpc.call("Webshop.get", 1)
        assert abs(rpc.now() - ahead) < timedelta(seconds=3)


async def test_time_goes_on_as_it_did_though_this_machines_clock_is_set(monkeypatch: pytest.MonkeyPatch) -> None:
    class Jumped(datetime):
        @classmethod
        def now(cls, tz: tzinfo | None = None) -> Self:
            return super().now(tz) + timedelta(hours=1)

    async with asking(once(result("ok"))) as (rpc, _):
        await rpc.call("Webshop.get", 1)
        monkeypatch.setattr("specter_tui.abicart.jsonrpc.datetime", Jumped)
        assert abs(rpc.now() - datetime.now(UTC)) < timedelta(seconds=1)


@pytest.mark.parametrize("date", ["", "yesterday", "Mon, 99 Jan 2026 00:00:00 GMT"])
async def test_a_date_that_cannot_be_read_changes_nothing(date: str) -> None:
    async with asking(once(result("ok"), "200 OK", f"Date: {date}")) as (rpc, _):
        assert await rpc.call("Webshop.get", 1) == "ok"
        assert abs(rpc.now() - datetime.now(UTC)) < timedelta(seconds=1)


async def test_no_more_than_two_calls_are_under_way() -> None:
    now = most = 0

    async def counted(line: Line) -> None:
        nonlocal now, most
        while True:
            call: Call = json.loads((await line.read()).body)
            now += 1
            most = max(most, now)
            await asyncio.sleep(0.01)
            now -= 1
            await line.answer(json.dumps({"id": call["id"], "result": 1}).encode())

    async with asking(counted) as (rpc, server):
        await asyncio.gather(*(rpc.call("Order.get", n) for n in range(10)))
        assert len({call["id"] for call in calls_of(server) if isinstance(call, dict)}) == 10
    assert most == 2


async def test_an_error_that_repeats_our_key_keeps_none_of_it() -> None:
    async def echo(line: Line) -> None:
        request = await line.read()
        message = f"no such call: {request.target} ({TOKEN}) {html.escape(TOKEN)}"
        answer = {"id": json.loads(request.body)["id"], "error": {"code": 1004, "message": message}}
        await line.answer(json.dumps(answer).encode())

    async with asking(echo, auth=TOKEN) as (rpc, _):
        with pytest.raises(ShopRefusesUs) as caught:
            await rpc.call("Order.get", 1)
    assert "***" in str(caught.value)
    assert not [form for form in forms_of(TOKEN) if form in str(caught.value)]
