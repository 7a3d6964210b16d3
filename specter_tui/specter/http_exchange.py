"""One HTTP exchange on a connection of its own, so that no late or repeated answer can reach another call."""

import asyncio
import socket
import ssl
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass
from ipaddress import ip_address
from urllib.parse import SplitResult

import h11

from specter_tui.errors import CodedError, ErrorText
from specter_tui.http.proxy import Proxy, ProxyRefuses, through
from specter_tui.http.response_body import Body, CutShort

_CHUNK = 64 * 1024
_LARGEST_HEAD = 100 * 1024
_SWITCHING = 101
_UNASKED_SWITCH = "SWITCH_UPGRADE"
"""The only text by which h11 distinguishes an unrequested status 101 from other errors."""
_ANSWER = b"HTTP/"


class NotConnected(CodedError):
    """No connection was made, so nothing was sent; the text has the reason where one is known."""


class Broken(Exception):
    """The connection or the answer broke after the request was begun."""


@dataclass(frozen=True, slots=True)
class Answer:
    """Status and headers of an answer, and its body where the status is 200. `whole`: its length was announced."""

    status: int
    headers: Mapping[str, str]
    body: bytes = b""
    whole: bool = False


@dataclass(frozen=True, slots=True)
class Request:
    """A call as it is sent; `target` is path and query."""

    method: str
    target: str
    headers: Mapping[str, str]
    body: bytes | None = None


class Exchanges:
    """Exchanges with one host, each on a connection of its own."""

    def __init__(self, address: SplitResult, trusted: ssl.SSLContext, proxy: Proxy | None, *, most: int) -> None:
        secure = address.scheme == "https"
        self._host = address.hostname or ""
        self._port = address.port or (443 if secure else 80)
        self._named = address.netloc
        self._trusted = trusted if secure else None
        self._proxy = proxy
        self._places = asyncio.Semaphore(most)
        self._race_delay = None if _is_address(self._host) else 0.25

    async def __call__(self, request: Request, *, connect_seconds: float, largest: int) -> Answer:
        """Send a request and return its answer, whose body has at most `largest` bytes.

        Raises NotConnected, ssl.SSLCertVerificationError, Broken, TooLarge.
        """
        async with self._connection(connect_seconds) as (reader, writer):
            try:
                wire = h11.Connection(h11.CLIENT, max_incomplete_event_size=_LARGEST_HEAD)
                writer.write(self._written(wire, request))
                return await _answer(wire, reader, largest)
            except (OSError, h11.RemoteProtocolError, CutShort) as error:
                raise Broken from error

    @asynccontextmanager
    async def _connection(self, seconds: float) -> AsyncIterator[tuple[asyncio.StreamReader, asyncio.StreamWriter]]:
        try:
            async with asyncio.timeout(seconds):
                await self._places.acquire()
        except TimeoutError:
            raise NotConnected(ErrorText("specter_none_free")) from None
        try:
            reader, writer = await self._connect(seconds)
            try:
                yield reader, writer
            finally:
                writer.transport.abort()  # Later bytes belong to no call.
        finally:
            self._places.release()

    async def _connect(self, seconds: float) -> tuple[asyncio.StreamReader, asyncio.StreamWriter]:
        try:
            async with asyncio.timeout(seconds):
                if self._proxy is not None:
                    return await through(self._proxy, self._host, self._port, self._trusted)
                reader, writer = await asyncio.open_connection(
                    self._host,
                    self._port,
                    ssl=self._trusted,
                    server_hostname=self._host if self._trusted else None,
                    happy_eyeballs_delay=self._race_delay,
                )
        except ssl.SSLCertVerificationError:
            raise
        except TimeoutError:
            raise NotConnected(ErrorText("specter_full")) from None
        except ProxyRefuses as error:
            raise NotConnected(error.message) from None
        except (OSError, ValueError):
            raise NotConnected(ErrorText("specter_away")) from None
        writer.transport.get_extra_info("socket").setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        return reader, writer

    def _written(self, wire: h11.Connection, request: Request) -> bytes:
        headers = {"Host": self._named, **request.headers, "Connection": "close"}
        if request.body is not None:
            headers["Content-Length"] = str(len(request.body))
        head = wire.send(h11.Request(method=request.method, target=request.target, headers=list(headers.items())))
        body = wire.send(h11.Data(data=request.body)) if request.body else b""
        return b"".join(filter(None, (head, body, wire.send(h11.EndOfMessage()))))


async def _answer(wire: h11.Connection, reader: asyncio.StreamReader, largest: int) -> Answer:
    try:
        while isinstance(head := await _next(wire, reader), h11.InformationalResponse):
            pass
    except h11.RemoteProtocolError as error:
        if _UNASKED_SWITCH in str(error):
            return Answer(_SWITCHING, {})
        raise
    if not isinstance(head, h11.Response):
        raise h11.RemoteProtocolError("closed before the answer")
    headers = {name.decode("latin-1"): value.decode("latin-1") for name, value in head.headers}
    if head.status_code != 200:
        return Answer(head.status_code, headers)
    return await _body(wire, reader, headers, largest)


async def _body(wire: h11.Connection, reader: asyncio.StreamReader, headers: Mapping[str, str], largest: int) -> Answer:
    body = Body(headers.get("content-encoding", ""), largest)
    while isinstance(event := await _next(wire, reader), h11.Data):
        body.take(bytes(event.data))
    if not _is_end(wire.trailing_data[0]):
        raise CutShort
    return Answer(200, headers, body.end(), bool({"content-length", "transfer-encoding"} & headers.keys()))


def _is_end(behind: bytes) -> bool:
    """Return whether the answer ends where its length says: only another answer, which is ignored, may follow.

    A length that is too small would cut a number into another number.
    """
    rest = behind.lstrip(b"\r\n")
    return rest[: len(_ANSWER)] == _ANSWER[: len(rest)]


async def _next(wire: h11.Connection, reader: asyncio.StreamReader) -> h11.Event | type[h11.PAUSED]:
    while (event := wire.next_event()) is h11.NEED_DATA:
        wire.receive_data(await reader.read(_CHUNK))
    return event  # type: ignore[return-value]  # NEED_DATA ends the loop no more.


def _is_address(host: str) -> bool:
    """Return whether a host has one address: asyncio leaves the winner of a cancelled race between several open."""
    try:
        ip_address(host)
    except ValueError:
        return False
    return True
