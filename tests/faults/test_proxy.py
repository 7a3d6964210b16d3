"""The proxy itself works: otherwise tests through it mean nothing."""

import asyncio
import socket
import threading
import time
from collections.abc import Iterator
from contextlib import closing, suppress
from typing import Self
from urllib.parse import urlsplit

import pytest

from tests.faults.proxy import CONNECT, Proxy
from tests.support.raw_server import Line, Raw, raw

BODY = b"1;90001;made"


class Upstream:
    """A server on a loop of its own that answers each request with the same body, and keeps the requests."""

    def __init__(self) -> None:
        self.server: Raw
        self._ready = threading.Event()
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._loop.run_until_complete, args=[self._serve()])
        self.received: list[bytes] = []
        """The body of each request, as far as it arrived."""

    def __enter__(self) -> Self:
        self._thread.start()
        self._ready.wait()
        return self

    def __exit__(self, *_: object) -> None:
        self._loop.call_soon_threadsafe(self._ended.set)
        self._thread.join()
        self._loop.close()

    async def _talk(self, line: Line) -> None:
        while True:
            head = await line.reader.readuntil(b"\r\n\r\n")
            length = int(head.lower().split(b"content-length: ")[1].split(b"\r\n")[0])
            self.received.append(b"")
            for _ in range(length):
                self.received[-1] += await line.reader.readexactly(1)
            await line.answer(BODY)

    async def _serve(self) -> None:
        self._ended = asyncio.Event()
        async with raw(self._talk) as self.server:
            self._ready.set()
            await self._ended.wait()


@pytest.fixture
def upstream() -> Iterator[Upstream]:
    with Upstream() as running:
        yield running


@pytest.fixture
def proxy(upstream: Upstream) -> Iterator[Proxy]:
    with Proxy(upstream.server.address) as between:
        yield between


def connected(proxy: Proxy) -> socket.socket:
    return socket.create_connection(("127.0.0.1", urlsplit(proxy.url).port or 0), timeout=20)


def ask(line: socket.socket, call: str = "one") -> None:
    line.sendall(f"POST /{call} HTTP/1.1\r\nContent-Length: 5\r\n\r\nhello".encode())


def answer(line: socket.socket) -> bytes:
    """Return what arrives until it is whole or the connection ends."""
    got = b""
    while not got.endswith(BODY):
        try:
            more = line.recv(65536)
        except ConnectionResetError:
            return got + b"RESET"
        if not more:
            return got + b"END"
        got += more
    return got


def body(got: bytes) -> bytes:
    return got.partition(b"\r\n\r\n")[2]


def test_without_trouble_all_passes_on_one_connection(proxy, upstream):
    with closing(connected(proxy)) as line:
        for call in ("one", "two", "three"):
            ask(line, call)
            assert body(answer(line)) == BODY
    assert upstream.received == [b"hello"] * 3
    assert upstream.server.connections == 1
    assert [line.split()[1] for line in proxy.passed] == ["/one", "/two", "/three"]


@pytest.mark.parametrize("way", ["up", "down"])
def test_only_the_call_that_is_meant_has_trouble_and_only_so_often(proxy, way):
    proxy.add("cut", "two", way=way, skip=1)
    for call, whole in (("two", True), ("one", True), ("two", False), ("two", True)):
        with closing(connected(proxy)) as line:
            ask(line, call)
            assert (body(answer(line)) == BODY) is whole


@pytest.mark.parametrize("way", ["up", "down"])
@pytest.mark.parametrize(("kind", "end"), [("cut", b"END"), ("reset", b"RESET")])
@pytest.mark.parametrize("after", [0, 4])
def test_bytes_pass_until_the_connection_breaks(proxy, upstream, way, kind, end, after):
    proxy.add(kind, way=way, after=after)
    with closing(connected(proxy)) as line:
        ask(line)
        got = answer(line)
    assert got.endswith(end)
    if way == "up":
        assert got == end
        assert wait_for(lambda: upstream.received == [b"hello"[:after]]) or kind == "reset", upstream.received
        assert upstream.received in ([], [b"hello"[:after]]) or kind == "cut"
    else:
        assert upstream.received == [b"hello"]
        assert body(got.removesuffix(end)) == BODY[:after] or kind == "reset"


def test_a_message_is_cut_in_its_head_too(proxy):
    proxy.add("cut", after=3, of_body=False)
    with closing(connected(proxy)) as line:
        ask(line)
        assert answer(line) == b"HTTEND"


@pytest.mark.parametrize("way", ["up", "down"])
@pytest.mark.parametrize("kind", ["latency", "sliced", "slow close"])
def test_what_is_slow_comes_whole(proxy, upstream, way, kind):
    proxy.add(kind, way=way, seconds=0.3 if kind != "sliced" else 0.005)
    begun = time.monotonic()
    with closing(connected(proxy)) as line:
        ask(line)
        if kind == "slow close" and way == "up":  # All goes up, and then nothing comes down.
            assert answer(line) == b"END"
        else:
            assert body(answer(line)) == BODY
            if kind == "slow close":
                assert line.recv(1) == b""
    assert time.monotonic() - begun >= 0.15
    assert upstream.received == [b"hello"]


def test_one_byte_a_second(proxy):
    proxy.add("sliced", seconds=1.0)
    with closing(connected(proxy)) as line:
        ask(line)
        begun = time.monotonic()
        assert [line.recv(100) for _ in range(3)] == [b"H", b"T", b"T"]
        assert time.monotonic() - begun > 1.5


@pytest.mark.parametrize("way", ["up", "down"])
@pytest.mark.parametrize("drop", [False, True])
def test_what_is_held_waits_for_the_test(proxy, upstream, way, drop):
    with proxy.holding("one", way) as hold, closing(connected(proxy)) as line:
        ask(line)
        hold.wait()
        assert upstream.received == ([] if way == "up" else [b"hello"])
        hold.let_go(drop=drop)
        assert body(answer(line)) == (b"" if drop else BODY)
    assert upstream.received == ([] if way == "up" and drop else [b"hello"])


@pytest.mark.parametrize(("kind", "end"), [("cut", b"END"), ("reset", b"RESET")])
def test_the_connection_itself_has_trouble(proxy, upstream, kind, end):
    proxy.add(kind, CONNECT, way="up")
    with suppress(ConnectionResetError), closing(connected(proxy)) as line:  # A reset may come before connect ends.
        assert answer(line) == end
    with closing(connected(proxy)) as line:
        ask(line)
        assert body(answer(line)) == BODY
    assert upstream.server.connections == 1


def test_an_answer_may_be_another(proxy):
    proxy.change = lambda body: body.replace(b"90001", b"7")
    with closing(connected(proxy)) as line:
        ask(line)
        assert line.recv(1000).endswith(b"content-length: 8\r\n\r\n1;7;made")


def wait_for(true, seconds: float = 10.0) -> bool:
    deadline = time.monotonic() + seconds
    while not true():
        if time.monotonic() > deadline:
            return False
        time.sleep(0.01)
    return True
