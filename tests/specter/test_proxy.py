"""The way out through a proxy: CONNECT alone, the password to the proxy alone, certificates checked end to end."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress

import pytest

from specter_tui import proxy
from specter_tui.abicart.errors import ShopRefusesUs
from specter_tui.abicart.rpc import Rpc
from specter_tui.settings import HttpSettings, LimitSettings
from specter_tui.specter.client import Specter
from specter_tui.specter.errors import AccountHalted, NotSent
from tests.abicart.shops import by_call, key
from tests.raw import CERTIFICATES, always, raw
from tests.specter.accounts import ASA, account

AUTHORIZATION = "Basic dXM6cMOldw=="


@asynccontextmanager
async def connecting(port: int, answer: bytes = b"HTTP/1.1 200 OK\r\n\r\n") -> AsyncIterator[tuple[str, list[bytes]]]:
    """A proxy that leads every CONNECT to one port; what it was asked."""
    asked: list[bytes] = []

    leading: set[asyncio.Task[None]] = set()

    async def pump(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        with suppress(OSError):
            while data := await reader.read(65536):
                writer.write(data)
                await writer.drain()
        writer.close()

    async def lead(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        task = asyncio.current_task()
        assert task is not None
        leading.add(task)
        writers = [writer]
        try:
            asked.append(await reader.readuntil(b"\r\n\r\n"))
            writer.write(answer)
            await writer.drain()
            if b" 200 " in answer:
                there, back = await asyncio.open_connection("127.0.0.1", port)
                writers.append(back)
                await asyncio.gather(pump(reader, back), pump(there, writer))
        finally:
            for one in writers:
                one.close()
            for one in writers:
                with suppress(OSError):
                    await one.wait_closed()

    server = await asyncio.start_server(lead, "127.0.0.1", 0)
    try:
        yield f"http://us:p%C3%A5w@127.0.0.1:{server.sockets[0].getsockname()[1]}", asked
    finally:
        server.close()
        await asyncio.gather(*leading)
        await server.wait_closed()


def through(url: str) -> HttpSettings:
    return HttpSettings.model_validate({"proxy": url, "ca_file": str(CERTIFICATES / "localhost.pem")})


async def test_both_wires_go_through_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(proxy, "LOOPBACK", frozenset())
    monkeypatch.setattr("specter_tui.abicart.rpc.LOOPBACK", frozenset())
    async with raw(always(b"1;4711;OK"), "localhost.pem") as server, connecting(server.port) as (url, asked):
        async with Specter(account("https://localhost/"), LimitSettings(), through(url)) as client:
            assert await client.submit_customer(ASA) == "4711"
        assert asked[0].startswith(b"CONNECT localhost:443 HTTP/1.1\r\n")
        assert f"proxy-authorization: {AUTHORIZATION}".encode() in asked[0].replace(b"Proxy-A", b"proxy-a")
        assert "proxy-authorization" not in server.seen[0].headers
    async with (
        raw(by_call(lambda _: {"result": 7}), "localhost.pem") as server,
        connecting(server.port) as (url, asked),
    ):
        async with Rpc(key("https://localhost/x/"), through(url)) as rpc:
            assert await rpc.call("Order.count") == 7
        assert asked[0].startswith(b"CONNECT localhost:443 HTTP/1.1\r\n")
        assert b"token" not in asked[0]


async def test_certificates_are_checked_end_to_end() -> None:
    async with raw(always(b"1;4711;OK"), "localhost.pem") as server, connecting(server.port) as (url, _):
        async with Specter(account("https://specter.test/"), LimitSettings(), through(url)) as client:
            with pytest.raises(AccountHalted, match="certificate"):
                await client.submit_customer(ASA)
        async with Rpc(key("https://shop.test/x/"), through(url)) as rpc:
            with pytest.raises(ShopRefusesUs, match="certificate"):
                await rpc.call("Order.count", repeatable=False)
        assert server.seen == []


@pytest.mark.parametrize(
    "answer", [b"HTTP/1.1 407 No\r\n\r\n", b"HTTP/1.1 302 X\r\nLocation: /\r\n\r\n", b"hello\r\n\r\n"]
)
async def test_a_proxy_that_lets_nothing_through_is_named(answer: bytes) -> None:
    async with (
        connecting(1, answer) as (url, _),
        Specter(account("https://specter.test/"), LimitSettings(), through(url)) as client,
    ):
        with pytest.raises(NotSent, match="HTTP__PROXY"):
            await client.submit_customer(ASA)


async def test_never_to_this_machine() -> None:
    async with raw(always(b"1;4711;OK")) as server, connecting(server.port) as (url, asked):
        async with Specter(account(server.address), LimitSettings(), through(url)) as client:
            assert await client.submit_customer(ASA) == "4711"
        assert asked == []
