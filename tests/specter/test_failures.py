"""The class of each failure of a call, with real sockets. The default is that nothing is known."""

import asyncio
import gzip
import socket
import ssl
import time
import warnings
from collections.abc import Awaitable, Callable, Iterator
from contextlib import ExitStack
from datetime import date
from itertools import pairwise

import pytest

from specter_tui.specter.client import SpecterClient
from specter_tui.specter.errors import (
    AccountHalted,
    NotSent,
    Refused,
    ServerFailed,
    SpecterFailure,
    Unanswered,
    UnexpectedStatus,
)
from tests.specter.accounts import ARTICLE, ASA, ORDER, specter
from tests.support.raw_server import CERTIFICATES, Line, Talk, always, raw, reset_after_request

NUMBERED = always(b"1;4711;OK")
Call = Callable[[SpecterClient], Awaitable[object]]
CALLS: dict[str, Call] = {
    "customer": lambda client: client.submit_customer(ASA),
    "order": lambda client: client.submit_order("4711", ORDER),
    "check": lambda client: client.check_account(date(2024, 1, 31)),
    "articles": lambda client: client.submit_articles([ARTICLE]),
    "acknowledge": lambda client: client.acknowledge("stock", "b-1"),
    "queue all": lambda client: client.queue_all_stock("b-1"),
}
WRITING = {name: call for name, call in CALLS.items() if name != "check"}


async def failure_of(address: str, limit: float = 5, call: Call = CALLS["order"]) -> SpecterFailure:
    async with specter(address, limit) as client:
        with pytest.raises(SpecterFailure) as caught:
            await call(client)
    assert caught.value.__cause__ is None, "what the library said may hold the address with its key"
    assert "key=" not in str(caught.value)
    return caught.value


@pytest.fixture
def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as bound:
        return bound.getsockname()[1]


@pytest.fixture
def full_port() -> Iterator[int]:
    """A port whose queue of connections is full: further ones get no answer."""
    with ExitStack() as held:
        bound = held.enter_context(socket.socket())
        bound.bind(("127.0.0.1", 0))
        bound.listen(0)
        for _ in range(3):
            waiting = held.enter_context(socket.socket())
            waiting.setblocking(False)
            waiting.connect_ex(bound.getsockname())
        yield bound.getsockname()[1]


@pytest.mark.parametrize("call", CALLS.values(), ids=CALLS)
async def test_nobody_listens(free_port: int, call: Call) -> None:
    assert isinstance(await failure_of(f"http://127.0.0.1:{free_port}/", call=call), NotSent)


async def test_the_name_is_not_known() -> None:
    assert isinstance(await failure_of("https://specter.invalid/"), NotSent)


@pytest.mark.timing
async def test_the_connection_is_not_accepted_in_time(full_port: int) -> None:
    began = time.monotonic()
    failure = await failure_of(f"http://127.0.0.1:{full_port}/", limit=0.4)
    assert isinstance(failure, NotSent)
    assert time.monotonic() - began < 2


async def test_the_handshake_fails() -> None:
    async with raw(lambda line: line.write(b"220 no TLS here\r\n")) as server:
        assert isinstance(await failure_of(f"https://127.0.0.1:{server.port}/"), NotSent)
    assert server.seen == []


async def test_the_handshake_is_not_answered_in_time() -> None:
    async with raw(lambda _line: asyncio.sleep(30)) as server:
        assert isinstance(await failure_of(f"https://127.0.0.1:{server.port}/", limit=0.4), NotSent)


@pytest.mark.parametrize(
    ("certificate", "host", "trusted"),
    [
        pytest.param("localhost.pem", "localhost", False, id="self-signed"),
        pytest.param("expired.pem", "localhost", True, id="expired"),
        pytest.param("localhost.pem", "127.0.0.1", True, id="of another host"),
    ],
)
async def test_6_a_certificate_that_is_not_trusted_halts_the_account(
    certificates: pytest.MonkeyPatch, certificate: str, host: str, *, trusted: bool
) -> None:
    if trusted:
        certificates.setenv("SSL_CERT_FILE", str(CERTIFICATES / certificate))
    async with raw(NUMBERED, certificate) as server:
        failure = await failure_of(f"https://{host}:{server.port}/")
    assert isinstance(failure, AccountHalted)
    assert "certificate" in str(failure)
    assert server.seen == []


async def test_6_a_certificate_that_is_trusted_will_do(certificates: pytest.MonkeyPatch) -> None:
    certificates.setenv("SSL_CERT_FILE", str(CERTIFICATES / "localhost.pem"))
    async with (
        raw(NUMBERED, "localhost.pem") as server,
        specter(f"https://localhost:{server.port}/") as client,
    ):
        assert await client.submit_order("7", ORDER) == "4711"


async def test_6_an_old_tls_is_not_spoken(certificates: pytest.MonkeyPatch) -> None:
    """Not even if the machine's OpenSSL allows it: here its defaults are set to accept it."""
    certificates.setenv("SSL_CERT_FILE", str(CERTIFICATES / "localhost.pem"))
    true_context = ssl.create_default_context

    def lax_context() -> ssl.SSLContext:
        context = true_context()
        with warnings.catch_warnings(action="ignore"):  # that it is old is what is meant.
            context.minimum_version = ssl.TLSVersion.TLSv1
        context.set_ciphers("ALL:@SECLEVEL=0")
        return context

    certificates.setattr(ssl, "create_default_context", lax_context)
    async with raw(NUMBERED, "localhost.pem", newest=ssl.TLSVersion.TLSv1_1) as server:
        failure = await failure_of(f"https://localhost:{server.port}/")
    assert isinstance(failure, NotSent)
    assert server.seen == []


async def reset_mid_request(line: Line) -> None:
    await line.reader.readexactly(10)
    line.reset()


async def close_without_answer(line: Line) -> None:
    await line.read()


async def cut_after_a_byte(line: Line) -> None:
    await line.read()
    await line.write(b"HTTP/1.1 200 OK\r\nContent-Length: 8\r\n\r\n1")


async def cut_in_a_chunk(line: Line) -> None:
    await line.read()
    await line.write(b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n8\r\n1;90\r\n")


async def cut_in_the_number(line: Line) -> None:
    await line.read()
    await line.write(b"HTTP/1.0 200 OK\r\n\r\n1;90")


async def no_http(line: Line) -> None:
    await line.read()
    await line.write(b"1;90001;OK\r\n\r\n")


async def too_long(line: Line) -> None:
    await line.read()
    await line.write(b"HTTP/1.1 200 OK\r\n\r\n")
    while True:
        await line.write(b"1;9" * 100_000)


BOMB = gzip.compress(bytes(40_000_000))


async def bomb(line: Line) -> None:
    await line.read()
    await line.answer(BOMB, "200 OK", "Content-Encoding: gzip")


async def broken_gzip(line: Line) -> None:
    await line.read()
    await line.answer(b"1;90001;OK", "200 OK", "Content-Encoding: gzip")


async def length_within_the_number(line: Line) -> None:
    await line.read()
    await line.write(b"HTTP/1.1 200 OK\r\nContent-Length: 6\r\n\r\n1;90001;OK")


async def length_behind_the_number(line: Line) -> None:
    await line.read()
    await line.write(b"HTTP/1.1 200 OK\r\nContent-Length: 8\r\n\r\n1;90001;1;90002;OK")


async def packed_and_more(line: Line) -> None:
    await line.read()
    await line.answer(gzip.compress(b"1;90001;OK") + b"1;90002;OK", "200 OK", "Content-Encoding: gzip")


async def packed_and_a_part(line: Line) -> None:
    await line.read()
    await line.answer(gzip.compress(b"1;900") + gzip.compress(b"01;OK")[:-4], "200 OK", "Content-Encoding: gzip")


@pytest.mark.parametrize(
    "talk",
    [
        reset_mid_request,
        reset_after_request,
        close_without_answer,
        cut_after_a_byte,
        cut_in_a_chunk,
        cut_in_the_number,
        no_http,
        broken_gzip,
        length_within_the_number,
        length_behind_the_number,
        packed_and_more,
        packed_and_a_part,
        pytest.param(always(b""), id="empty"),
        pytest.param(always(b"<html>Inloggning</html>"), id="HTML"),
        pytest.param(always(b"1;90001;OK", "500 Internal Server Error"), id="500"),
        pytest.param(always(b"1;90001;OK", "503 Service Unavailable", "Retry-After: 5"), id="503"),
        pytest.param(always(b"1;90001;OK", "408 Request Timeout"), id="408"),
        pytest.param(always(b"1;90001;OK", "404 Not Found"), id="404"),
        pytest.param(always(b"1;90001;OK", "206 Partial Content"), id="206"),
    ],
)
async def test_what_may_have_arrived_is_unanswered(talk: Talk) -> None:
    async with raw(talk) as server:
        assert isinstance(await failure_of(server.address), Unanswered)
        assert server.connections == 1, "it was sent once"


@pytest.mark.parametrize(
    "behind", [b"", b"\r\n", b"\r\nHTTP/1.1 200 OK\r\n\r\n1;666;OK"], ids=["nothing", "line end", "answer"]
)
async def test_what_is_no_part_of_an_answer_takes_nothing_from_it(behind: bytes) -> None:
    async def talk(line: Line) -> None:
        await line.read()
        await line.write(b"HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\n1;90001;OK" + behind)

    async with raw(talk) as server, specter(server.address) as client:
        assert await client.submit_order("4711", ORDER) == "90001"


async def test_a_number_that_is_packed_in_two_members_is_read_whole() -> None:
    async def talk(line: Line) -> None:
        await line.read()
        await line.answer(gzip.compress(b"1;900") + gzip.compress(b"01;OK"), "200 OK", "Content-Encoding: gzip")

    async with raw(talk) as server, specter(server.address) as client:
        assert await client.submit_order("4711", ORDER) == "90001"


@pytest.mark.parametrize("talk", [too_long, bomb])
async def test_an_answer_larger_than_any_is_not_read_to_its_end(talk: Talk) -> None:
    async with raw(talk) as server:
        failure = await failure_of(server.address)
    assert isinstance(failure, Unanswered)
    assert "too large" in str(failure)


@pytest.mark.parametrize("first", [b"", b"HTTP/1.1 200 OK\r\nContent-Length: 8\r\n\r\n1;9"])
async def test_no_answer_in_time(first: bytes) -> None:
    async def silent(line: Line) -> None:
        await line.read()
        await line.write(first)
        await asyncio.sleep(30)

    async with raw(silent) as server:
        assert isinstance(await failure_of(server.address, limit=0.3), Unanswered)
        assert len(server.seen) == 1


@pytest.mark.timing
async def test_the_time_limit_is_for_the_whole_call_and_not_for_each_byte() -> None:
    async def drip(line: Line) -> None:
        await line.read()
        await line.write(b"HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\n")
        while True:
            await line.write(b"1")
            await asyncio.sleep(0.1)

    async with raw(drip) as server:
        began = time.monotonic()
        assert isinstance(await failure_of(server.address, limit=0.5), Unanswered)
        assert 0.4 < time.monotonic() - began < 2


async def test_an_answer_byte_by_byte_is_an_answer() -> None:
    async def slices(line: Line) -> None:
        await line.read()
        for byte in b"HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\n1;90001;OK":
            await line.write(bytes([byte]))
            await asyncio.sleep(0)

    async with raw(slices) as server, specter(server.address) as client:
        assert await client.submit_order("4711", ORDER) == "90001"


async def test_an_answer_of_an_old_server_ends_with_the_connection() -> None:
    async def old(line: Line) -> None:
        await line.read()
        await line.write(b"HTTP/1.0 200 OK\r\n\r\n1;90001;OK")

    async with raw(old) as server, specter(server.address) as client:
        assert await client.submit_order("4711", ORDER) == "90001"


@pytest.mark.parametrize("status", ["401 Unauthorized", "403 Forbidden"])
async def test_a_refused_key_of_a_reading_call_halts_the_account(status: str) -> None:
    async with raw(always(b"1;90001;OK", status)) as server:
        assert isinstance(await failure_of(server.address, call=CALLS["check"]), AccountHalted)


@pytest.mark.parametrize(
    "status",
    [101, 201, 202, 204, 206, 226, 300, 301, 302, 303, 304, 307, 308, 400, 401, 402, 403, 404, 405, 406, 407, 409,
     410, 411, 413, 418, 421, 428, 430, 451, 499, 600, 999]
)  # fmt: skip
@pytest.mark.parametrize("call", WRITING.values(), ids=WRITING)
async def test_fault_44_any_other_status_after_a_writing_call_proves_nothing(status: int, call: Call) -> None:
    async with (
        raw(NUMBERED) as elsewhere,
        raw(
            always(b"" if status in (204, 304) else b"1;1;", f"{status} X", f"Location: {elsewhere.address}")
        ) as server,
    ):
        failure = await failure_of(server.address, call=call)
        assert isinstance(failure, UnexpectedStatus)
        assert failure.status == status
        assert elsewhere.connections == 0
        assert len(server.seen) == 1


@pytest.mark.parametrize("status", [408, 500, 501, 502, 503, 504, 507, 520, 599])
@pytest.mark.parametrize("call", CALLS.values(), ids=CALLS)
async def test_a_server_that_fails_may_have_done_its_work(status: int, call: Call) -> None:
    async with raw(always(b"1;1;", f"{status} X")) as server:
        failure = await failure_of(server.address, call=call)
    assert type(failure) is ServerFailed
    assert failure.status == status


@pytest.mark.parametrize("status", [301, 302, 303, 307, 308, 400, 401, 403, 404, 405, 410])
async def test_a_reading_call_that_is_sent_elsewhere_halts_the_account(status: int) -> None:
    async with (
        raw(NUMBERED) as elsewhere,
        raw(always(b"", f"{status} X", f"Location: {elsewhere.address}")) as server,
    ):
        assert isinstance(await failure_of(server.address, call=CALLS["check"]), AccountHalted)
        assert elsewhere.connections == 0


@pytest.mark.parametrize(
    ("header", "pause"),
    [
        ("Retry-After: 17", 17),
        ("Retry-After: 999999999", 3600),
        (f"Retry-After: {'9' * 400}", None),
        ("Retry-After: Wed, 21 Oct 2015 07:28:00 GMT", 0),
        ("Retry-After: Fri, 31 Dec 9999 23:59:59 GMT", 3600),
        ("Retry-After: Mon, 99 Jan 2026 00:00:00 GMT", None),
        ("Retry-After: \u00b2", None),
        ("Retry-After: soon", None),
        ("Retry-After: -1", None),
        ("Server: IIS", None),
    ],
)
async def test_too_many_calls_wait_as_long_as_they_are_told_to(header: str, pause: float | None) -> None:
    async with raw(always(b"", "429 Too Many Requests", header)) as server:
        failure = await failure_of(server.address)
    assert isinstance(failure, NotSent)
    assert failure.retry_after == pause


@pytest.mark.parametrize(("call", "kind"), [("customer", Refused), ("order", Refused), ("check", AccountHalted)])
async def test_a_refusal_of_the_test_is_about_us(call: str, kind: type[SpecterFailure]) -> None:
    async with raw(always("0;1;Felaktig nyckel".encode("latin-1"))) as server:
        failure = await failure_of(server.address, call=CALLS[call])
    assert isinstance(failure, kind)
    assert "Felaktig nyckel" in str(failure)


@pytest.mark.timing
@pytest.mark.parametrize("per_second", [4.0, 20.0])
async def test_no_more_calls_in_a_second_than_allowed(per_second: float) -> None:
    arrived: list[float] = []

    async def note(line: Line) -> None:
        while True:
            await line.read()
            arrived.append(time.monotonic())
            await line.answer(b"1;4711;OK")

    async with raw(note) as server, specter(server.address, per_second=per_second) as client:
        await asyncio.gather(*(client.submit_customer(ASA) for _ in range(4)))
    pauses = [later - earlier for earlier, later in pairwise(arrived)]
    assert len(pauses) == 3
    assert min(pauses) > 0.5 / per_second
    assert sum(pauses) > 2.5 / per_second


async def test_a_limit_below_one_call_a_second_lets_the_first_one_through() -> None:
    async with raw(NUMBERED) as server, specter(server.address, per_second=0.2) as client:
        assert await client.submit_customer(ASA) == "4711"


async def test_an_answer_that_comes_after_the_time_limit_reaches_no_later_call() -> None:
    async def late(line: Line) -> None:
        while True:
            request = await line.read()
            if b"A-1001" in request.body:
                await asyncio.sleep(0.4)
                await line.answer(b"1;90001;late")
            else:
                await line.answer(b"1;4711;OK")

    async with raw(late) as server, specter(server.address, limit=0.2) as client:
        with pytest.raises(Unanswered):
            await client.submit_order("4711", ORDER)
        assert await client.submit_customer(ASA) == "4711"
