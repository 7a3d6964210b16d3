"""Actions of the shop's staff and servers for the engine's tests: orders placed, edited, counted."""

import asyncio
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from decimal import Decimal
from typing import Any
from urllib.parse import parse_qsl

from starlette.types import ASGIApp, Message, Receive, Scope, Send

from specter_tui.sandbox.arithmetic import cost, times
from specter_tui.sandbox.sandbox import Sandbox
from specter_tui.sandbox.server.faults import Fault
from specter_tui.sandbox.shop.order_edits import sum_up


def placed(sandbox: Sandbox) -> list[int]:
    return sorted(order["uid"] for order in sandbox.shop.orders())


def document(sandbox: Sandbox, uid: int) -> dict[str, Any]:
    """Return the stored order; change it only under the shop's lock."""
    return sandbox.shop.tables["Order"][uid]


def change(sandbox: Sandbox, uid: int, **keys: Any) -> None:
    """Change an order as an administrator does."""
    with sandbox.shop.lock:
        document(sandbox, uid).update(keys)
        sandbox.shop.touch(document(sandbox, uid))


def add_note(sandbox: Sandbox, uid: int, note: str = "Ring först") -> None:
    """Make an edit that changes the form and not the totals."""
    change(sandbox, uid, note=note)


def buyer(sandbox: Sandbox, uid: int, email: str, nin: str = "") -> None:
    """Set the order's buyer to the person with this address."""
    with sandbox.shop.lock:
        order = document(sandbox, uid)
        customer = order["customer"]
        order["customer"] = customer | {"info": customer["info"] | {"email": email, "nin": nin}}


def bought(sandbox: Sandbox, uid: int, price: str, quantity: int) -> None:
    """Let the order be one row at a price incl. 25 % VAT, without freight and fee."""
    with sandbox.shop.lock:
        order = document(sandbox, uid)
        del order["items"][1:]
        row = sandbox.shop.entity("OrderItem", order["items"][0])
        row.pop("discountInfo", None)
        row["choices"]["quantity"] = quantity
        unit = cost(Decimal(price), Decimal("0.25"), "SEK")
        row["costs"] = {"unit": unit, "total": times(unit, quantity)}
        order["costs"] |= dict.fromkeys(("payment", "shipment"), cost(Decimal(0), Decimal(0), "SEK"))
        sum_up(sandbox.shop, order)
        sandbox.shop.touch(order)


def at_specter(sandbox: Sandbox, external: str) -> int:
    """Return how many orders Specter has with this external number."""
    return len(sandbox.specter.orders_of(external))


def calls(sandbox: Sandbox, name: str) -> int:
    """Return how often a method of the shop, or an action of Specter, was called."""
    return sum(counts.get(name, 0) for counts in sandbox.ledger.calls().values())


def spoil(sandbox: Sandbox, kind: Any, call: str = "*", server: str = "specter", **more: Any) -> None:
    sandbox.faults[server].add(Fault(kind=kind, call=call, **more))


class Gauge:
    """Stands before a server and records the most concurrent requests of each key."""

    def __init__(self, app: ASGIApp, key_of: Callable[[dict[str, str]], str | None]) -> None:
        self._app = app
        self._key_of = key_of
        self._now: dict[str, int] = {}
        self.most: dict[str, int] = {}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        body, messages = b"", []
        while True:
            messages.append(await receive())
            body += messages[-1].get("body", b"")
            if not messages[-1].get("more_body"):
                break

        async def again() -> Message:
            return messages.pop(0) if messages else await receive()

        query = scope["query_string"] + b"&" + body
        key = self._key_of(dict(parse_qsl(query.decode("ascii"), encoding="latin-1"))) or ""
        self._now[key] = self._now.get(key, 0) + 1
        self.most[key] = max(self.most.get(key, 0), self._now[key])
        try:
            await self._app(scope, again, send)
        finally:
            self._now[key] -= 1


class Gate:
    """Holds Specter's calls of one name until it is opened, as a slow server would, and reports their arrival."""

    def __init__(self, app: ASGIApp, action: str, *, after: bool) -> None:
        self._app = app
        self._action = f"action={action}".encode()
        self._after = after
        self.came = threading.Event()
        self.open = threading.Event()
        self.swallows = False
        """Discard the held calls."""
        self._stands_open = False

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if self._stands_open or self._action not in scope["query_string"]:
            await self._app(scope, receive, send)
        elif self._after:
            await self._app(scope, receive, self._held(send))
        else:
            await self._wait()
            if not self.swallows:
                await self._app(scope, receive, send)

    def _held(self, send: Send) -> Send:
        async def later(message: Message) -> None:
            await self._wait()
            await send(message)

        return later

    def stand_open(self) -> None:
        """Hold nothing any more."""
        self._stands_open = True
        self.open.set()

    async def _wait(self) -> None:
        self.came.set()
        await asyncio.to_thread(self.open.wait)


@contextmanager
def gated(sandbox: Sandbox, action: str, *, after: bool = False) -> Iterator[Gate]:
    """Start the sandbox with a gate before Specter; it is always opened at the end."""
    gate = Gate(sandbox.specter_front, action, after=after)
    sandbox.specter_front = gate  # type: ignore[assignment]
    with sandbox:
        try:
            yield gate
        finally:
            gate.open.set()
