"""A server on loopback that answers, or fails to, exactly as a test says, unlike a proper server."""

import asyncio
import socket
import ssl
import struct
import warnings
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import parse_qsl

CERTIFICATES = Path(__file__).parents[1] / "specter" / "certificates"
LINGER_0 = struct.pack("ii", 1, 0)


@dataclass(frozen=True, slots=True)
class Request:
    method: str
    target: str
    headers: dict[str, str]
    body: bytes

    @property
    def query(self) -> list[tuple[str, str]]:
        return parse_qsl(self.target.partition("?")[2], keep_blank_values=True, encoding="latin-1")

    @property
    def form(self) -> list[tuple[str, str]]:
        return parse_qsl(self.body.decode("ascii"), keep_blank_values=True, encoding="latin-1")


Talk = Callable[["Line"], Awaitable[None]]


@dataclass(slots=True)
class Line:
    """One connection, on the server's side."""

    reader: asyncio.StreamReader
    writer: asyncio.StreamWriter
    seen: list[Request]

    async def read(self) -> Request:
        """Return the next whole request, and count it."""
        head = (await self.reader.readuntil(b"\r\n\r\n")).decode("latin-1")
        first, *rest = head.split("\r\n")
        method, target, _ = first.split(" ")
        headers = {name.lower(): value.strip() for name, _, value in (line.partition(":") for line in rest if line)}
        body = await self.reader.readexactly(int(headers.get("content-length", "0")))
        self.seen.append(Request(method, target, headers, body))
        return self.seen[-1]

    async def write(self, data: bytes) -> None:
        self.writer.write(data)
        await self.writer.drain()

    async def answer(self, body: bytes, status: str = "200 OK", *headers: str) -> None:
        lines = [f"HTTP/1.1 {status}", f"Content-Length: {len(body)}", *headers, "", ""]
        await self.write("\r\n".join(lines).encode("latin-1") + body)

    def reset(self) -> None:
        """Break the connection, so that the other side sees a reset instead of an end."""
        self.writer.get_extra_info("socket").setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, LINGER_0)
        self.writer.transport.abort()


@dataclass(slots=True)
class Raw:
    """A running server; `seen` has the requests in the order of their arrival."""

    address: str
    port: int
    seen: list[Request] = field(default_factory=list)
    connections: int = 0


@asynccontextmanager
async def raw(talk: Talk, certificate: str = "", newest: ssl.TLSVersion | None = None) -> AsyncIterator[Raw]:
    """Serve each connection by `talk`, over TLS where a certificate is given, of no newer version than `newest`."""
    context = None
    if certificate:
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(CERTIFICATES / certificate)
    if context is not None and newest is not None:
        context.set_ciphers("ALL:@SECLEVEL=0")
        with warnings.catch_warnings(action="ignore"):  # that it is old is what is meant.
            context.minimum_version, context.maximum_version = ssl.TLSVersion.TLSv1, newest
    scheme = "https" if certificate else "http"
    served = Raw("", 0)
    running: set[asyncio.Task[None]] = set()

    async def connected(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        task = asyncio.current_task()
        assert task is not None
        running.add(task)
        served.connections += 1
        try:
            await talk(Line(reader, writer, served.seen))
        except (OSError, EOFError, asyncio.CancelledError):
            pass
        finally:
            running.discard(task)
            writer.transport.abort()

    server = await asyncio.start_server(connected, "127.0.0.1", 0, ssl=context)
    served.port = server.sockets[0].getsockname()[1]
    served.address = f"{scheme}://127.0.0.1:{served.port}/"
    try:
        yield served
    finally:
        server.close()
        for task in list(running):
            task.cancel()
        await asyncio.gather(*running, return_exceptions=True)


def always(body: bytes, status: str = "200 OK", *headers: str) -> Talk:
    """Give the same answer to every request."""

    async def talk(line: Line) -> None:
        while True:
            await line.read()
            await line.answer(body, status, *headers)

    return talk


async def reset_after_request(line: Line) -> None:
    """Read the request, and break the connection instead of an answer."""
    await line.read()
    line.reset()
