"""A faulty connection between a program and a server, as a test says: in either direction, for one call or for all.

It reads one request after another, each as a whole, and passes on the request and its answer. `Trouble` changes the
bytes meanwhile; `Hold` keeps them until the test releases them.
"""

import asyncio
import re
import socket
import struct
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import Future
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from types import TracebackType
from typing import Literal, Self

Way = Literal["up", "down"]
Kind = Literal["latency", "reset", "cut", "sliced", "slow close", "hold"]
CONNECT = "connect"
PATIENCE = 60.0
LINGER_0 = struct.pack("ii", 1, 0)


@dataclass(slots=True, kw_only=True)
class Trouble:
    """The fault of one call's bytes, or of every call's, in one direction.

    latency: they wait `seconds`. reset, cut: `after` bytes pass, then the connection breaks, or ends. sliced: one byte
    at a time, `seconds` apart. slow close: all pass, and the connection ends only `seconds` later. hold: they wait for
    the test.
    """

    kind: Kind
    way: Way = "down"
    """up: the request; down: the answer."""
    call: str = ""
    """Text in the request's first line; empty: any. CONNECT: the connection itself, before a byte is read."""
    after: int = 0
    of_body: bool = True
    """True if `after` counts from the body's first byte, not from the message's."""
    seconds: float = 0.0
    skip: int = 0
    times: int | None = 1
    met: threading.Semaphore = field(default_factory=lambda: threading.Semaphore(0))
    """Released each time that bytes arrive."""

    def wait(self) -> None:
        """Wait until a call has arrived."""
        assert self.met.acquire(timeout=PATIENCE), f"no {self.call} came to the proxy"


@dataclass(slots=True, kw_only=True)
class Hold(Trouble):
    """Bytes that wait until `let_go`; with `drop` they never pass, and the connection ends."""

    kind: Kind = "hold"
    gone: threading.Event = field(default_factory=threading.Event)
    dropped: bool = False

    def let_go(self, *, drop: bool = False) -> None:
        self.dropped = drop
        self.gone.set()


class Broken(Exception):
    """The connection was ended on purpose."""


@dataclass(slots=True)
class Message:
    head: bytes
    body: bytes

    @property
    def whole(self) -> bytes:
        return self.head + self.body

    @property
    def first_line(self) -> str:
        return self.head.split(b"\r\n", 1)[0].decode("latin-1")


class Proxy:
    """A proxy before a server on loopback, on a thread and a loop of its own. A context manager.

    It listens at `port`, or at a free one.
    """

    def __init__(self, address: str, port: int = 0) -> None:
        host, _, its_port = address.removeprefix("http://").rstrip("/").partition(":")
        self._server = (host, int(its_port))
        self._port = port
        self._troubles: list[Trouble] = []
        self._lock = threading.Lock()
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._loop.run_forever, name="proxy", daemon=True)
        self._talks: set[asyncio.Task[None]] = set()
        self._ends: list[asyncio.StreamWriter] = []
        self.url = ""
        self.passed: list[str] = []
        """The first line of each request that was passed on, whole or not."""
        self.change: Callable[[bytes], bytes] = lambda body: body
        """Changes each answer's body."""

    def __enter__(self) -> Self:
        self._thread.start()
        self._run(self._open())
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        for trouble in self._troubles:
            if isinstance(trouble, Hold):
                trouble.let_go(drop=True)
        self._run(self._close())
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join()
        self._loop.close()

    def add(self, kind: Kind, call: str = "", **more: object) -> Trouble:
        """Add a fault."""
        trouble = Trouble(kind=kind, call=call, **more)  # type: ignore[arg-type]
        with self._lock:
            self._troubles.append(trouble)
        return trouble

    @contextmanager
    def holding(self, call: str, way: Way = "down", **more: object) -> Iterator[Hold]:
        """Hold calls to the server, or their answers; at the end all pass."""
        hold = Hold(call=call, way=way, **more)  # type: ignore[arg-type]
        with self._lock:
            self._troubles.append(hold)
        try:
            yield hold
        finally:
            hold.times = 0
            hold.gone.set()

    def clear(self) -> None:
        with self._lock:
            self._troubles.clear()

    def _run(self, work: object) -> object:
        future: Future[object] = asyncio.run_coroutine_threadsafe(work, self._loop)  # type: ignore[arg-type]
        return future.result(PATIENCE)

    async def _open(self) -> None:
        self._listening = await asyncio.start_server(self._connected, "127.0.0.1", self._port)
        self.url = f"http://127.0.0.1:{self._listening.sockets[0].getsockname()[1]}/"

    async def _close(self) -> None:
        self._listening.close()
        for _ in range(3):  # A connection that was accepted last becomes a talk.
            await asyncio.sleep(0)
        for talk in list(self._talks):
            talk.cancel()
        await asyncio.gather(*self._talks, return_exceptions=True)
        for end in self._ends:  # One that a peer does not read would stay open.
            end.transport.abort()
        await asyncio.sleep(0)

    def _take(self, line: str, way: Way) -> Trouble | None:
        with self._lock:
            for trouble in self._troubles:
                meant = trouble.call == CONNECT if line == CONNECT else trouble.call in line
                if not meant or trouble.way != way or trouble.times == 0:
                    continue
                if trouble.skip:
                    trouble.skip -= 1
                    continue
                if trouble.times is not None:
                    trouble.times -= 1
                return trouble
        return None

    async def _connected(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        task = asyncio.current_task()
        assert task is not None
        self._talks.add(task)
        above: asyncio.StreamWriter | None = None
        try:
            if trouble := self._take(CONNECT, "up"):
                await self._send(b"", writer, writer, trouble, 0)
            answers, above = await asyncio.open_connection(*self._server)
            while True:
                request = await read(reader)
                line = request.first_line
                self.passed.append(line)
                await self._pass(request, above, writer, self._take(line, "up"))
                answer = changed(await read(answers), self.change)
                await self._pass(answer, writer, above, self._take(line, "down"))
        except (OSError, EOFError, Broken, asyncio.CancelledError):
            pass
        finally:
            self._talks.discard(task)
            for end in (writer, above):
                if end is not None:
                    end.transport.close()
                    self._ends.append(end)

    async def _pass(
        self, message: Message, to: asyncio.StreamWriter, other: asyncio.StreamWriter, trouble: Trouble | None
    ) -> None:
        if trouble is None:
            to.write(message.whole)
            await to.drain()
        else:
            before = trouble.after + (len(message.head) if trouble.of_body else 0)
            await self._send(message.whole, to, other, trouble, before)

    async def _send(
        self, data: bytes, to: asyncio.StreamWriter, other: asyncio.StreamWriter, trouble: Trouble, before: int
    ) -> None:
        trouble.met.release()
        match trouble.kind:
            case "latency":
                await asyncio.sleep(trouble.seconds)
            case "hold":
                assert isinstance(trouble, Hold)
                await asyncio.to_thread(trouble.gone.wait)
                if trouble.dropped:
                    raise Broken
            case "reset" | "cut":
                to.write(data[:before])
                await to.drain()
                if trouble.kind == "reset":
                    for end in (to, other):
                        reset(end)
                raise Broken
            case "sliced":
                for place in range(len(data)):
                    to.write(data[place : place + 1])
                    await to.drain()
                    await asyncio.sleep(trouble.seconds)
                return
        to.write(data)
        await to.drain()
        if trouble.kind == "slow close":
            await asyncio.sleep(trouble.seconds)
            raise Broken


async def read(reader: asyncio.StreamReader) -> Message:
    """Return the next whole message. One without a length has no body, since the servers here always send it."""
    head = await reader.readuntil(b"\r\n\r\n")
    fields = (line.partition(b":") for line in head.split(b"\r\n")[1:])
    length = next((int(value) for name, _, value in fields if name.lower() == b"content-length"), 0)
    return Message(head, await reader.readexactly(length))


def changed(message: Message, change: Callable[[bytes], bytes]) -> Message:
    """Return the message with another body, and its length."""
    body = change(message.body)
    length = b"content-length: %d\r\n" % len(body)
    return Message(re.sub(rb"(?i)content-length:.*\r\n", length, message.head), body)


def reset(end: asyncio.StreamWriter) -> None:
    """Break a connection, so that the other side sees a reset and not an end."""
    with suppress(OSError):
        end.get_extra_info("socket").setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, LINGER_0)
    end.transport.abort()
