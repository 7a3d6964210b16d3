"""Shops for the tests: servers that answer as a test says, and clients for them."""

import json
from collections.abc import AsyncIterator, Callable, Iterable
from contextlib import asynccontextmanager
from typing import Any

from specter_tui.abicart.jsonrpc import JsonRpcClient
from specter_tui.config.settings import AbicartSettings
from specter_tui.sandbox.sandbox import Sandbox
from tests.support.raw_server import Line, Raw, Request, Talk, raw

Call = dict[str, Any]


def key(url: str, **changes: Any) -> AbicartSettings:
    return AbicartSettings.model_validate({"url": url, "webshop": 22222, "auth": "token", **changes})


def key_of(sandbox: Sandbox) -> AbicartSettings:
    names = ("url", "webshop", "auth")
    return AbicartSettings.model_validate({name: sandbox.settings[f"ABICART__{name.upper()}"] for name in names})


def calls_of(server: Raw) -> list[Call | list[Call]]:
    return [json.loads(request.body) for request in server.seen]


def by_call(answer: Callable[[Call], Any]) -> Talk:
    """Answer each call of a request with the result of `answer`: a document, or its bytes."""

    def one(call: Call) -> bytes:
        made = answer(call)
        return made if isinstance(made, bytes) else json.dumps({"jsonrpc": "2.0", "id": call["id"]} | made).encode()

    async def talk(line: Line) -> None:
        while True:
            asked = json.loads((await line.read()).body)
            parts = asked if isinstance(asked, list) else [asked]
            body = b",".join(one(call) for call in parts)
            await line.answer(b"[" + body + b"]" if isinstance(asked, list) else body)

    return talk


def in_turn(*talks: Talk) -> Talk:
    """Give each connection the next script; the last one serves all others."""
    rest = list(talks)

    async def talk(line: Line) -> None:
        await (rest.pop(0) if len(rest) > 1 else rest[0])(line)

    return talk


def once(body: bytes, status: str = "200 OK", *headers: str) -> Talk:
    """Answer one request and close; an id of 1 is replaced by the request's id."""

    async def talk(line: Line) -> None:
        await line.answer(named(body, await line.read()), status, "Connection: close", *headers)

    return talk


def named(body: bytes, request: Request) -> bytes:
    """Return the body with the request's id in place of id 1."""
    asked = json.loads(request.body)
    return body.replace(b'"id": 1,', b'"id": %d,' % asked["id"]) if isinstance(asked, dict) else body


def result(value: Any) -> bytes:
    """Return an answer to any single call, for `once`."""
    return json.dumps({"jsonrpc": "2.0", "id": 1, "result": value}).encode()


@asynccontextmanager
async def asking(
    talk: Talk, certificate: str = "", host: str = "127.0.0.1", **changes: Any
) -> AsyncIterator[tuple[JsonRpcClient, Raw]]:
    async with raw(talk, certificate) as server:
        scheme = "https" if certificate else "http"
        async with JsonRpcClient(key(f"{scheme}://{host}:{server.port}/backend/jsonrpc/v1/", **changes)) as rpc:
            yield rpc, server


async def gathered(pages: AsyncIterator[list[Any]]) -> list[Any]:
    return [one async for page in pages for one in page]


def uids(orders: Iterable[Any]) -> list[int]:
    return [order.uid for order in orders]
