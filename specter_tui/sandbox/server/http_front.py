"""The HTTP front of each server: read a request, do its work and answer, or make a requested fault."""

import asyncio
import json
import socket
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from decimal import Decimal
from urllib.parse import unquote_plus

from starlette.requests import Request
from starlette.responses import Response
from starlette.types import Receive, Scope, Send
from uvicorn.protocols.http.h11_impl import H11Protocol

from specter_tui.sandbox.server.echoes import echoed, values_of
from specter_tui.sandbox.server.faults import ALWAYS_WORKED, IN_ITS_FORM, Fault, FaultBook
from specter_tui.sandbox.server.json_answers import as_json
from specter_tui.sandbox.server.ledger import Ledger

AWAY = {"Location": "https://elsewhere.invalid/"}
ERROR_PAGE = "<html><head><title>Inloggning</title></head><body><h1>Servicefönster</h1></body></html>"


@dataclass(frozen=True, slots=True, kw_only=True)
class HttpRequest:
    """A request, not decoded."""

    method: str
    path: str
    query: bytes
    body: bytes
    content_type: str


@dataclass(frozen=True, slots=True)
class HttpAnswer:
    """An answer to be sent."""

    body: bytes
    content_type: str
    status: int = 200
    headers: dict[str, str] = field(default_factory=dict)
    delivered: Callable[[], None] | None = None
    """Called when the whole answer is sent to a client that is still connected."""


@dataclass(frozen=True, slots=True)
class HttpJob:
    """A request's calls by name, its work, and its refusal by the server."""

    names: tuple[str, ...]
    work: Callable[[], HttpAnswer]
    refuse: Callable[[Fault], HttpAnswer]
    """Return the server's answer for a fault that it makes in its own form."""


class SocketProtocol(H11Protocol):
    """HTTP that gives the application its connection, so that a fault can close it without an answer."""

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        """Keep the connection in the state that each request carries."""
        super().connection_made(transport)
        self.app_state = {**self.app_state, "connection": transport}


class HttpFront:
    """An ASGI application: one server with its faults, delay and counters."""

    def __init__(self, server: str, read: Callable[[HttpRequest], HttpJob], ledger: Ledger, delay: float) -> None:
        self.server = server
        self.faults = FaultBook()
        self._read = read
        self._ledger = ledger
        self._delay = delay
        self._last = HttpAnswer(b"", "text/html")

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one request."""
        request = Request(scope, receive)
        asked = HttpRequest(
            method=request.method,
            path=request.url.path,
            query=scope["query_string"],
            body=await request.body(),
            content_type=request.headers.get("content-type", ""),
        )
        job = self._read(asked)
        for name in job.names:
            self._ledger.count(self.server, name)
        fault = self.faults.take(job.names, lambda: sent_text(asked))
        if self._delay:
            await asyncio.sleep(self._delay)
        answer = job.work() if fault is None else await spoiled(job, fault, asked)
        answer, self._last = self._last if fault and fault.kind == "previous" else answer, answer or self._last
        connection: asyncio.Transport = scope["state"]["connection"]
        if answer is None:
            await hang_up(connection)
        elif fault is not None and fault.kind == "truncated":
            await cut_short(answer, connection, send)
        elif fault is not None and fault.kind == "sliced":
            await slowly(answer, fault.seconds, connection, send)
        elif fault is not None and fault.kind == "twice":
            note_delivery(answer, connection)
            await twice(answer, fault.seconds, connection, send)
        else:
            note_delivery(answer, connection)
            await Response(answer.body, answer.status, answer.headers, answer.content_type)(scope, receive, send)


def note_delivery(answer: HttpAnswer, connection: asyncio.Transport) -> None:
    """Report that the whole answer is sent, unless the client has disconnected."""
    if answer.delivered is not None and not connection.is_closing():
        answer.delivered()


async def spoiled(job: HttpJob, fault: Fault, asked: HttpRequest) -> HttpAnswer | None:
    """Wait and work as `fault` says, and return the answer for the client; None means no answer."""
    wait = 0.0 if fault.kind in ("sliced", "twice") else fault.seconds
    if not fault.after:
        await asyncio.sleep(wait)
    answer = job.work() if fault.works else None
    if fault.after:
        await asyncio.sleep(wait)
    if fault.kind in IN_ITS_FORM:
        return replace(job.refuse(fault), status=fault.status)
    if fault.kind == "echo":
        values = values_of(asked.query, asked.body) + (values_of(b"", answer.body) if answer else [])
        frame = fault.text or f"0;{fault.code};{{echo}}"
        return HttpAnswer(echoed(values, fault.encoding, frame), "text/html", fault.status)
    if fault.kind == "id" and answer is not None:
        return replace(answer, body=with_id(answer.body, fault.text))
    return answer if fault.kind in ALWAYS_WORKED else instead(fault)


def instead(fault: Fault) -> HttpAnswer | None:
    """Return the answer that replaces the true one; None means no answer."""
    later = {"Retry-After": str(max(1, round(fault.seconds)))}
    answers: dict[str, HttpAnswer] = {
        "error": HttpAnswer(b"<html>500 Internal Server Error</html>", "text/html", 500),
        "busy": HttpAnswer(b"Service Unavailable", "text/plain", 503, later),
        "limited": HttpAnswer(b"Too Many Requests", "text/plain", 429, later),
        "html": HttpAnswer(ERROR_PAGE.encode("latin-1"), "text/html"),
        "garbage": HttpAnswer(b"\x00\xff\xfe\x80;\x1b[2J\x9b1;\xc3(", "application/octet-stream"),
        "empty": HttpAnswer(b"", "text/html"),
        "redirect": HttpAnswer(b"", "text/html", 302, AWAY),
        "answer": HttpAnswer(
            (fault.text or ERROR_PAGE).encode("latin-1", "xmlcharrefreplace"),
            "text/html; charset=iso-8859-1",
            fault.status,
            AWAY if 300 <= fault.status < 400 else {},
        ),
    }
    return answers.get(fault.kind)


async def hang_up(connection: asyncio.Transport) -> None:
    """Close the connection without an answer."""
    connection.abort()
    # For an application that does not answer, the server sends 500 unless it has noticed the closed connection.
    await asyncio.sleep(0.01)


async def cut_short(answer: HttpAnswer, connection: asyncio.Transport, send: Send) -> None:
    """Announce the whole answer, send half of it and close."""
    await begin(answer, send)
    await send({"type": "http.response.body", "body": answer.body[: len(answer.body) // 2], "more_body": True})
    connection.close()
    await asyncio.sleep(0.01)


async def twice(answer: HttpAnswer, seconds: float, connection: asyncio.Transport, send: Send) -> None:
    """Send the answer twice; without a pause, both in one packet where the system allows."""
    head = f"HTTP/1.1 {answer.status} OK\r\nContent-Type: {answer.content_type}\r\n"
    whole = f"{head}Content-Length: {len(answer.body)}\r\n\r\n".encode() + answer.body
    if not seconds:
        held_back(connection, True)
    await begin(answer, send)
    await send({"type": "http.response.body", "body": answer.body, "more_body": False})
    await asyncio.sleep(seconds)
    if not connection.is_closing():
        connection.write(whole)
        held_back(connection, False)


def held_back(connection: asyncio.Transport, hold: bool) -> None:
    """Make the system collect written data, or send it. Where it cannot collect, it sends at once."""
    if hasattr(socket, "TCP_CORK"):
        connection.get_extra_info("socket").setsockopt(socket.IPPROTO_TCP, socket.TCP_CORK, hold)


async def slowly(answer: HttpAnswer, seconds: float, connection: asyncio.Transport, send: Send) -> None:
    """Send the answer one byte at a time, `seconds` apart."""
    await begin(answer, send)
    for place, byte in enumerate(answer.body, 1):
        # With the last byte the client has the whole answer, and may close the connection at once.
        if place == len(answer.body):
            note_delivery(answer, connection)
        await send({"type": "http.response.body", "body": bytes([byte]), "more_body": True})
        await asyncio.sleep(seconds)
    await send({"type": "http.response.body", "body": b"", "more_body": False})


def sent_text(asked: HttpRequest) -> str:
    """Return query and body of a request without their percent-encoding."""
    return unquote_plus((asked.query + b" " + asked.body).decode("latin-1"), "latin-1")


def with_id(body: bytes, how: str) -> bytes:
    """Return a JSON-RPC answer with another id, or with two."""
    document = json.loads(body, parse_float=Decimal)
    one = document[0] if isinstance(document, list) else document
    right = one.pop("id")
    if how == "double":
        return as_json(document).replace(
            b"{", b'{"id":' + as_json(right) + b',"id":' + as_json(other_id(right)) + b",", 1
        )
    if how != "missing":
        one["id"] = None if how == "null" else other_id(right)
    return as_json(document)


def other_id(right: object) -> object:
    """Return a wrong id of the same type."""
    return right + 1 if isinstance(right, int) else f"{right}x"


async def begin(answer: HttpAnswer, send: Send) -> None:
    """Send status and headers."""
    headers = [(b"content-type", answer.content_type.encode()), (b"content-length", str(len(answer.body)).encode())]
    await send({"type": "http.response.start", "status": answer.status, "headers": headers})
