"""Connections through a proxy: CONNECT only, the password to the proxy only, certificates checked end to end."""

import asyncio
import ssl
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from pathlib import Path

import pytest

from specter_tui.abicart.errors import ShopError, ShopRefusesUs
from specter_tui.abicart.jsonrpc import JsonRpcClient
from specter_tui.cli.commands.setup import UserSetup
from specter_tui.config.settings import HttpSettings, LimitSettings, load_settings
from specter_tui.config.sources import PREFIX
from specter_tui.http import proxy
from specter_tui.specter.client import SpecterClient
from specter_tui.specter.errors import AccountHalted, NotSent
from tests.abicart.shops import by_call, key
from tests.specter.accounts import ASA, account
from tests.support.raw_server import CERTIFICATES, always, raw

AUTHORIZATION = "Basic dXM6cMOldw=="


@asynccontextmanager
async def connecting(
    port: int, answer: bytes = b"HTTP/1.1 200 OK\r\n\r\n", certificate: str = ""
) -> AsyncIterator[tuple[str, list[bytes]]]:
    """Run a proxy that connects every CONNECT to one port; record its requests. With a certificate it uses TLS."""
    asked: list[bytes] = []
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER) if certificate else None
    if context is not None:
        context.load_cert_chain(CERTIFICATES / certificate)

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
            try:
                asked.append(await reader.readuntil(b"\r\n\r\n"))
            except (OSError, asyncio.IncompleteReadError):
                return  # Its certificate was not trusted.
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

    server = await asyncio.start_server(lead, "127.0.0.1", 0, ssl=context)
    where = "https://us:p%C3%A5w@localhost" if certificate else "http://us:p%C3%A5w@127.0.0.1"
    try:
        yield f"{where}:{server.sockets[0].getsockname()[1]}", asked
    finally:
        server.close()
        await asyncio.gather(*leading)
        await server.wait_closed()


def through(url: str) -> HttpSettings:
    return HttpSettings.model_validate({"proxy": url, "ca_file": str(CERTIFICATES / "localhost.pem")})


@pytest.fixture
def no_loopback(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let a proxy be used for this machine, too."""
    monkeypatch.setattr(proxy, "LOOPBACK", frozenset())
    monkeypatch.setattr("specter_tui.abicart.jsonrpc.LOOPBACK", frozenset())


@pytest.mark.usefixtures("no_loopback")
@pytest.mark.parametrize("certificate", ["", "localhost.pem"], ids=["http", "https"])
async def test_both_wires_go_through_it(certificate: str) -> None:
    async with (
        raw(always(b"1;4711;OK"), "localhost.pem") as server,
        connecting(server.port, certificate=certificate) as (url, asked),
    ):
        async with SpecterClient(account("https://localhost/"), LimitSettings(), through(url)) as client:
            assert await client.submit_customer(ASA) == "4711"
        assert asked[0].startswith(b"CONNECT localhost:443 HTTP/1.1\r\n")
        assert f"proxy-authorization: {AUTHORIZATION}".encode() in asked[0].replace(b"Proxy-A", b"proxy-a")
        assert "proxy-authorization" not in server.seen[0].headers
    async with (
        raw(by_call(lambda _: {"result": 7}), "localhost.pem") as server,
        connecting(server.port, certificate=certificate) as (url, asked),
    ):
        async with JsonRpcClient(key("https://localhost/x/"), through(url)) as rpc:
            assert await rpc.call("Order.count") == 7
        assert asked[0].startswith(b"CONNECT localhost:443 HTTP/1.1\r\n")
        assert b"token" not in asked[0]


async def test_certificates_are_checked_end_to_end() -> None:
    async with raw(always(b"1;4711;OK"), "localhost.pem") as server, connecting(server.port) as (url, _):
        async with SpecterClient(account("https://specter.test/"), LimitSettings(), through(url)) as client:
            with pytest.raises(AccountHalted, match="certificate"):
                await client.submit_customer(ASA)
        async with JsonRpcClient(key("https://shop.test/x/"), through(url)) as rpc:
            with pytest.raises(ShopRefusesUs, match="certificate"):
                await rpc.call("Order.count", repeatable=False)
        assert server.seen == []


@pytest.mark.parametrize(
    "answer", [b"HTTP/1.1 407 No\r\n\r\n", b"HTTP/1.1 302 X\r\nLocation: /\r\n\r\n", b"hello\r\n\r\n"]
)
async def test_a_proxy_that_lets_nothing_through_is_named(answer: bytes) -> None:
    async with (
        connecting(1, answer) as (url, _),
        SpecterClient(account("https://specter.test/"), LimitSettings(), through(url)) as client,
    ):
        with pytest.raises(NotSent, match="HTTP__PROXY"):
            await client.submit_customer(ASA)


async def test_never_to_this_machine() -> None:
    async with raw(always(b"1;4711;OK")) as server, connecting(server.port) as (url, asked):
        async with SpecterClient(account(server.address), LimitSettings(), through(url)) as client:
            assert await client.submit_customer(ASA) == "4711"
        assert asked == []


@pytest.mark.parametrize("certificate", ["expired.pem", "localhost.pem"])
async def test_a_proxy_whose_certificate_is_not_trusted_learns_nothing(certificate: str) -> None:
    untrusting = {} if certificate == "localhost.pem" else {"ca_file": str(CERTIFICATES / "localhost.pem")}
    async with connecting(1, certificate=certificate) as (url, asked):
        way = HttpSettings.model_validate({"proxy": url, **untrusting})
        async with SpecterClient(account("https://specter.test/"), LimitSettings(), way) as client:
            with pytest.raises(NotSent, match="proxy's certificate"):
                await client.submit_customer(ASA)
        async with JsonRpcClient(key("https://shop.test/x/"), way) as rpc:
            with pytest.raises(ShopError):
                await rpc.call("Order.count", repeatable=False)
        assert asked == []


SHOP = {"Webshop.get": {"uid": 1, "name": "Butiken", "baseCurrency": "SEK"}, "Order.list": []}
TYPED = {
    "ABICART__URL": "https://localhost/x/",
    "ABICART__WEBSHOP": "1",
    "ABICART__AUTH": "key",
    "SPECTER__URL": "https://localhost/",
    "SPECTER__SBM_ID": "1",
    "SPECTER__API_USER_KEY": "one",
    "SPECTER__INTEGRATION_KEY": "two",
}


@pytest.mark.usefixtures("no_loopback")
@pytest.mark.parametrize("named_by", ["environment", "file"])
async def test_the_set_up_goes_through_it_too(named_by: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = tmp_path / "settings.env"
    set_up = UserSetup(file)

    def name(url: str) -> None:
        way = {"HTTP__PROXY": url, "HTTP__CA_FILE": str(CERTIFICATES / "localhost.pem")}
        if named_by == "environment":
            for setting, value in way.items():
                monkeypatch.setenv(PREFIX + setting, value)
        else:
            file.write_text("".join(f"{setting}={value}\n" for setting, value in way.items()))

    async with (
        raw(by_call(lambda call: {"result": SHOP[call["method"]]}), "localhost.pem") as server,
        connecting(server.port) as (url, asked),
    ):
        name(url)
        tried = await asyncio.to_thread(set_up.attempt, "shop", TYPED)
        assert (tried.outcome, tried.name, len(asked) > 0) == ("ok", "Butiken", True)
    async with raw(always(b"1;0;OK"), "localhost.pem") as server, connecting(server.port) as (url, asked):
        name(url)
        tried = await asyncio.to_thread(set_up.attempt, "specter", TYPED)
        assert (tried.outcome, len(asked)) == ("ok", 1)
    if named_by == "file":
        set_up.write(TYPED, "sv", replace=True)
        assert load_settings(file, {"ORDER__SINCE": "2026-01-01"}).http.proxy_url == url


async def test_the_set_up_names_a_proxy_that_is_none(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SPECTER_TUI_HTTP__PROXY", "proxy:canary@3128")
    tried = await asyncio.to_thread(UserSetup(tmp_path / "settings.env").attempt, "shop", TYPED)
    assert (tried.outcome, tried.text[:12], "canary" in tried.text) == ("out_of_reach", "HTTP__PROXY:", False)
