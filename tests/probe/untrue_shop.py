"""A shop that is not the sandbox: a small JSON-RPC server that can be wrong in many ways at once.

It serves one request after another, notes each call and its time, and refuses what the probe may not send.
"""

import json
import threading
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from copy import deepcopy
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

Document = dict[str, Any]

ALLOWED = {
    "Webshop.get", "PaymentMethod.list", "DeliveryMethod.list", "Order.list", "Order.get", "Order.count",
    "Order.nosuch", "Article.list", "Order.validate", "Article.validate", "ArticleVariant.validate",
    *(
        f"{name}.getSchema"
        for name in (
            "Order", "OrderItem", "Payment", "PaymentMethod", "Article", "ArticleVariant", "Shipment", "Customer",
        )
    ),
}  # fmt: skip
"""All that the reading part of the probe may send (docs/probe.md)."""
MIDNIGHT = datetime(2026, 11, 20, tzinfo=UTC)


@dataclass
class Wrong:
    """The ways in which the shop is wrong; none by default."""

    refused_filters: tuple[str, ...] = ()
    ignored_filters: tuple[str, ...] = ()
    exclusive: bool = False
    unknown_keys: tuple[str, ...] = ()
    """Last parts of keys that an order's query may not name."""
    points: bool = True
    """True if a refusal names the pointer."""
    cap: int = 1000
    refused_limits: tuple[int, ...] = ()
    batch: int = 50
    reverses: bool = False
    status: int = 200
    """The HTTP status of refusals."""
    codes: Mapping[str, int] = field(default_factory=dict)
    gift_card: str = "giftcard"
    refused_selections: tuple[str, ...] = ()
    count: str = "counts"
    sorts: bool = True
    descends: bool = True
    currency: str = "SEK"
    company_key: str = "company"
    own_fields: Mapping[str, Any] = field(default_factory=dict)
    locked: tuple[str, ...] = ()
    validates: bool = True
    after_card: bool = False
    unexpanded: tuple[str, ...] = ()
    """Keys whose parts cannot be asked for."""
    has_get: bool = True
    takes_unknown: tuple[str, ...] = ()
    """Of `key`, `filter`, `method`: what is not refused though it is unknown."""
    schemas: bool = True
    said: str = ""
    """Words that the shop adds to each of its messages."""
    statuses: tuple[str, ...] = ("unpaid", "reserved", "paid")
    article_type: str = "Article"
    unwelcome: tuple[int, int] = (0, 0)
    """From this request on, with this HTTP status or JSON-RPC code."""
    change: Callable[[Document], None] | None = None
    """Changes each order's document."""


class Refusal(Exception):
    def __init__(self, code: int, message: str, pointer: str = "") -> None:
        super().__init__(message)
        self.code, self.pointer = code, pointer


class UntrueShop:
    """The shop and what it was asked."""

    def __init__(self, wrong: Wrong, orders: int = 60) -> None:
        self.wrong = wrong
        self.calls: list[tuple[str, list[Any]]] = []
        self.requests: list[tuple[float, float]] = []
        self.forbidden: list[str] = []
        self.at_once = 0
        self.most_at_once = 0
        self.block_at = 0
        self.blocked, self.released = threading.Event(), threading.Event()
        self._lock = threading.Lock()
        self.orders = [self._order(place) for place in range(orders)]
        self.articles = [self._article(place) for place in range(5)]
        self.methods = [
            {"uid": 1, "active": True, "type": "klarna", "name": {"sv": "Klarna"}},
            {"uid": 2, "active": True, "type": wrong.gift_card, "name": {"sv": "Presentkort"}},
            {"uid": 3, "active": True, "type": "invoice", "name": {"sv": "Faktura"}},
        ]
        self.schema: Document = {"type": "object", "properties": {"uid": {"type": "integer", "readonly": True}}}
        self.before = deepcopy((self.orders, self.articles, self.methods))

    @property
    def unchanged(self) -> bool:
        return (self.orders, self.articles, self.methods) == self.before

    def _order(self, place: int) -> Document:
        uid = 1000 + place
        at = MIDNIGHT + timedelta(minutes=place)
        company, card = place % 4 == 0, place % 5 == 0
        total = 125.0 if not (card and self.wrong.after_card) else 75.0
        payments = [{"uid": uid * 10, "method": 1, "status": "paid", "amount": 125.0 - (50.0 if card else 0)}]
        if card:
            payments.append({"uid": uid * 10 + 1, "method": 2, "status": "paid", "amount": 50.0})
        address = {"firstName": "Alma", "lastName": "Öberg", "address": "Ringvägen 1", "postcode": "11860",
                   "town": "Stockholm", "country": "SE", "phone": "0701234567"}  # fmt: skip
        if company:
            address[self.wrong.company_key] = "Tehuset AB"
        cost = {"currency": "SEK", "incVat": 125.0, "exVat": 100.0, "vat": 25.0, "vatRate": 0.25}
        order: Document = {
            "uid": uid,
            "orderNumber": str(uid),
            "externalOrderNumber": "",
            "ordered": _stamp(at),
            "changed": _stamp(at + timedelta(days=1)),
            "discarded": False,
            "customer": {
                "info": {"type": "company" if company else "person", "email": "alma.oberg@example.com",
                         **self.wrong.own_fields},
                "address": address,
            },
            "currency": "SEK",
            "costs": {"cart": cost, "total": {**cost, "incVat": total}},
            "discountInfo": [],
            "items": [
                {"uid": uid * 7, "article": 1 + place % 5, "articleNumber": f"TE-{1 + place % 5}",
                 "articleName": "Te", "choices": {"quantity": 1, "Gravyr": "Till Alma"},
                 "costs": {"unit": cost, "total": cost}}
            ],
            "payments": payments,
            "delivery": {"method": 7},
            "paymentStatus": self.wrong.statuses[place % len(self.wrong.statuses)],
            "deliveryStatus": "unsent",
            "note": "Ring Alma",
            "language": "sv",
        }  # fmt: skip
        if self.wrong.change is not None:
            self.wrong.change(order)
        return order

    def _article(self, place: int) -> Document:
        variants = [{"uid": 900, "stock": 4, "definedBy": {}, "overrides": {"stock": 4}}] if place == 4 else []
        return {
            "uid": 1 + place, "articleNumber": f"TE-{1 + place}", "name": {"sv": "Te"}, "type": self.wrong.article_type,
            "content": None, "variants": variants, "stock": {"useStock": True, "stock": 12}, "choices": [],
        }  # fmt: skip

    # One request.

    def answer(self, body: bytes) -> tuple[int, Any]:
        calls = json.loads(body)
        several = isinstance(calls, list)
        if several and len(calls) > self.wrong.batch:
            return self.wrong.status, {"jsonrpc": "2.0", "id": None, "error": {"code": -32600, "message": "too many"}}
        answers = [self._one(call) for call in (calls if several else [calls])]
        status = self.wrong.status if any("error" in one for one in answers) else 200
        if several and self.wrong.reverses:
            answers.reverse()
        at, kind = self.wrong.unwelcome
        if at and len(self.requests) + 1 >= at:
            if kind < 1000:
                return kind, {"error": "no"}
            answers = [
                {**one, "error": {"code": kind, "message": f"Bad auth token {self.wrong.said}"}} for one in answers
            ]
        return status, answers if several else answers[0]

    def _one(self, call: Document) -> Document:
        method, params = call["method"], call.get("params", [])
        self.calls.append((method, params))
        if method not in ALLOWED:
            self.forbidden.append(method)
        answer: Document = {"jsonrpc": "2.0", "id": call["id"]}
        try:
            return {**answer, "result": self._result(method, params)}
        except Refusal as refusal:
            data = [{"pointer": refusal.pointer, "message": f"not so {self.wrong.said}"}] if refusal.pointer else None
            error = {"code": refusal.code, "message": f"{refusal} {self.wrong.said}", "data": data}
            return {**answer, "error": error}

    def _result(self, method: str, params: list[Any]) -> Any:
        name, _, verb = method.partition(".")
        shop = {"name": {"sv": "Almas te"}, "baseCurrency": self.wrong.currency}
        answers: dict[str, Callable[[], Any]] = {
            "Webshop.get": lambda: {"uid": params[0], **shop},
            "PaymentMethod.list": lambda: self._short(self.methods, params),
            "DeliveryMethod.list": lambda: self._short([{"uid": 7, "name": {"sv": "Post"}}], params),
            "Order.list": lambda: self._listed(self.orders, params),
            "Article.list": lambda: self._listed(self.articles, params),
            "Order.count": lambda: self._counted(params),
            "Order.get": lambda: self._got(params),
        }
        if verb == "validate" and self.wrong.validates:
            return self._validated(name, params[1])
        if verb == "getSchema" and self.wrong.schemas:
            return self.schema
        if method == "Order.nosuch" and "method" in self.wrong.takes_unknown:
            return None
        if method not in answers:
            raise Refusal(self.wrong.codes.get("method", -32601), f"Method not found: {method}")
        return answers[method]()

    def _got(self, params: list[Any]) -> Document:
        if not self.wrong.has_get:
            raise Refusal(-32601, "Method not found: Order.get")
        found = [order for order in self.orders if order["uid"] == params[0]]
        if not found:
            raise Refusal(self.wrong.codes.get("uid", 9003), "Object not found")
        return _picked(found[0], params[1])

    def _validated(self, name: str, patch: Document) -> list[Document]:
        locked = [key for key in patch if f"{name}.{key}" in self.wrong.locked]
        return [{"pointer": f"/{key}", "message": f"read-only {self.wrong.said}"} for key in locked]

    def _short(self, rows: list[Document], params: list[Any]) -> list[Document]:
        kind = "none" if len(params) < 2 else "true" if params[1] is True else "limit"
        if kind in self.wrong.refused_selections:
            raise Refusal(-32602, "Invalid params", "/1")
        return rows

    def _listed(self, rows: list[Document], params: list[Any]) -> list[Document]:
        query, selection = params[0], params[1] if len(params) > 1 and params[1] is not True else {}
        self._check(query, "/0")
        filters, limit = selection.get("filters", {}), selection.get("limit", 100)
        if limit in self.wrong.refused_limits:
            raise Refusal(-32602, "Invalid params", "/1/limit")
        found = [row for row in rows if self._passes(row, filters)]
        if self.wrong.sorts:
            found.sort(key=lambda row: row["uid"])
        else:
            found.sort(key=lambda row: row["uid"] % 7)
        if selection.get("descending"):
            if not self.wrong.descends:
                raise Refusal(-32602, "Invalid params", "/1/descending")
            found.reverse()
        return [_picked(row, query) for row in found[selection.get("offset", 0) :][: min(limit, self.wrong.cap)]]

    def _check(self, query: Any, where: str) -> None:
        unknown = {*self.wrong.unknown_keys, *(() if "key" in self.wrong.takes_unknown else ("nosuchkey",))}
        keys = query if isinstance(query, list) else list(query) if isinstance(query, dict) else []
        for key in keys:
            if key in unknown:
                code = self.wrong.codes.get("key", -32602)
                raise Refusal(code, f"unknown key {key}", f"{where}/{key}" if self.wrong.points else "")
            if isinstance(query, dict):
                if key in self.wrong.unexpanded and query[key] is not True:
                    raise Refusal(-32602, "cannot be expanded")
                self._check(query[key], f"{where}/{key}")

    def _passes(self, row: Document, filters: Document) -> bool:
        for pointer, condition in filters.items():
            key = pointer.removeprefix("/")
            unknown = key not in row and "filter" not in self.wrong.takes_unknown
            if pointer in self.wrong.refused_filters or unknown:
                raise Refusal(
                    self.wrong.codes.get("filter", -32602), f"cannot filter on {pointer}", f"/1/filters/{key}"
                )
            if pointer in self.wrong.ignored_filters or key not in row:
                continue
            value = row[key]
            if value is None:
                return False
            low, high = condition.get("min"), condition.get("max")
            beyond = (lambda a, b: a <= b) if self.wrong.exclusive and key != "uid" else (lambda a, b: a < b)
            if low is not None and beyond(value, low):
                return False
            if high is not None and beyond(high, value):
                return False
            if "equals" in condition and value != condition["equals"]:
                return False
            if "in" in condition and value not in condition["in"]:
                return False
        return True

    def _counted(self, params: list[Any]) -> int:
        if self.wrong.count == "refused":
            raise Refusal(-32601, "Method not found: Order.count")
        filters = {} if self.wrong.count == "ignores" else params[0]
        return sum(self._passes(row, filters) for row in self.orders)


def _picked(row: Document, query: Any) -> Document:
    keys = query if isinstance(query, list) else list(query) if isinstance(query, dict) else list(row)
    return {key: row[key] for key in keys if key in row}


def _stamp(at: datetime) -> str:
    return f"{at:%Y-%m-%dT%H:%M:%SZ}"


@contextmanager
def serving(shop: UntrueShop) -> Iterator[str]:
    """Serve the shop; give its address."""

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_POST(self) -> None:
            begun = time.monotonic()
            body = self.rfile.read(int(self.headers["Content-Length"]))
            with shop._lock:
                shop.at_once += 1
                shop.most_at_once = max(shop.most_at_once, shop.at_once)
                here = len(shop.requests) + 1
            if shop.block_at == here:
                shop.blocked.set()
                shop.released.wait(60)
            status, answer = shop.answer(body)
            text = json.dumps(answer).encode()
            with shop._lock:
                shop.at_once -= 1
                shop.requests.append((begun, time.monotonic()))
            self.send_response(status)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(text)))
            self.end_headers()
            self.wfile.write(text)

        def do_GET(self) -> None:
            shop.forbidden.append(f"GET {self.path}")
            self.send_error(500)

        def log_message(self, *_: object) -> None:
            """Say nothing."""

    class Server(ThreadingHTTPServer):
        def handle_error(self, *_: object) -> None:
            """Say nothing of a client that was killed."""

    server = Server(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_address[1]}/"
    finally:
        shop.released.set()
        server.shutdown()
        server.server_close()
        thread.join()
