"""Specter's answers name no call, so each call has a connection of its own: no late or repeated one is taken for it."""

import asyncio
from itertools import count

import pytest

from tests.specter.accounts import ASA, ORDER, specter
from tests.support.raw_server import CERTIFICATES, Line, Request, Talk, raw


def http(body: bytes) -> bytes:
    return b"HTTP/1.1 200 OK\r\nContent-Length: %d\r\n\r\n" % len(body) + body


class Numbers:
    """Gives each call a number that identifies it, and repeats them as `again` says."""

    def __init__(self) -> None:
        self.customers, self.orders = count(1000), count(90000)

    def answer(self, request: Request) -> bytes:
        kind = self.customers if "newCustomerSubmit" in request.target else self.orders
        return http(b"1;%d;OK" % next(kind))


def twice_at_once(numbers: Numbers) -> Talk:
    async def talk(line: Line) -> None:
        while True:
            body = numbers.answer(await line.read())
            await line.write(body + body)

    return talk


def twice_later(numbers: Numbers) -> Talk:
    async def talk(line: Line) -> None:
        while True:
            body = numbers.answer(await line.read())
            await line.write(body)
            await asyncio.sleep(0.02)
            await line.write(body)

    return talk


def twice_when_asked_again(numbers: Numbers) -> Talk:
    async def talk(line: Line) -> None:
        before = b""
        while True:
            body = numbers.answer(await line.read())
            await line.write(before + body)
            before = body

    return talk


def forged_beforehand(numbers: Numbers) -> Talk:
    async def talk(line: Line) -> None:
        while True:
            await line.write(numbers.answer(await line.read()) + http(b"1;666;OK"))

    return talk


@pytest.mark.parametrize("kind", [twice_at_once, twice_later, twice_when_asked_again, forged_beforehand])
@pytest.mark.parametrize("certificate", ["", "localhost.pem"], ids=["plain", "TLS"])
async def test_fault_46_no_answer_is_taken_for_that_to_another_call(
    certificates: pytest.MonkeyPatch, kind, certificate: str
) -> None:
    certificates.setenv("SSL_CERT_FILE", str(CERTIFICATES / "localhost.pem"))
    async with raw(kind(Numbers()), certificate) as server:
        address = server.address.replace("127.0.0.1", "localhost")
        async with specter(address) as client:
            for number in range(6):
                assert await client.submit_customer(ASA) == str(1000 + number)
                assert await client.submit_order("4711", ORDER) == str(90000 + number)
                await asyncio.sleep(0.005 * number)
    assert server.connections == len(server.seen) == 12
    assert {request.headers["connection"] for request in server.seen} == {"close"}


async def test_no_more_connections_at_once_than_there_are_places() -> None:
    now = most = 0

    async def counted(line: Line) -> None:
        nonlocal now, most
        await line.read()
        now += 1
        most = max(most, now)
        await asyncio.sleep(0.02)
        now -= 1
        await line.write(http(b"1;4711;OK"))

    async with raw(counted) as server, specter(server.address) as client:
        await asyncio.gather(*(client.submit_customer(ASA) for _ in range(20)))
    assert most == 6, "LIMITS__CONCURRENCY, and two for what else is asked"
