"""A Specter for a test that has only two queues, and fills them as the test says."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qsl, urlsplit

EMPTY = {"stock": b"<r><stockChanges/></r>", "orders": b"<r><orders/></r>"}
_FETCH = {"getarticleexternalneedupdate": "stock", "getordersexternalneedupdate": "orders"}
_ACKNOWLEDGE = {"updatearticlesfrombatch": "stock", "updateordersfrombatch": "orders"}


def row(number: str, quantity: str) -> bytes:
    return f"<article><articleNo>{number}</articleNo><noItemsAv>{quantity}</noItemsAv></article>".encode("latin-1")


def stock(*rows: bytes, site: str = "1") -> bytes:
    inside = b"".join(rows)
    return b'<r><stockChanges><stock id="%s"><articles>%s</articles></stock></stockChanges></r>' % (
        site.encode(),
        inside,
    )


@dataclass
class StockServer:
    """Answers are whole bodies; the first of a queue is its open batch once it was fetched."""

    url: str = ""
    waiting: dict[str, list[bytes]] = field(default_factory=lambda: {"stock": [], "orders": []})
    open: dict[str, str] = field(default_factory=dict)
    acknowledged: list[str] = field(default_factory=list)
    instead: list[bytes] = field(default_factory=list)
    """Answers to fetches of stock that replace the queue's, and open nothing."""
    refusal: str = "0;99;Batch '{open}' är öppen"

    def answer(self, form: dict[str, str]) -> bytes:
        action, number = form.get("action", "").casefold(), form.get("batchno", "")
        if action in _FETCH:
            kind = _FETCH[action]
            if kind == "stock" and self.instead:
                return self.instead.pop(0)
            if not self.waiting[kind]:
                return EMPTY[kind]
            if self.open.setdefault(kind, number) != number:
                return self.refusal.format(open=self.open[kind], sent=number).encode("latin-1")
            return self.waiting[kind][0].replace(b"{batch}", number.encode())
        if action in _ACKNOWLEDGE:
            kind = _ACKNOWLEDGE[action]
            if self.open.get(kind) == number:
                del self.open[kind]
                self.waiting[kind].pop(0)
                self.acknowledged.append(number)
            return b"1;0;OK"
        return b"1;0;OK"


@contextmanager
def stock_server() -> Iterator[StockServer]:
    serving, lock = StockServer(), threading.Lock()

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_GET(self) -> None:
            length = int(self.headers.get("Content-Length") or 0)
            query = f"{urlsplit(self.path).query}&{self.rfile.read(length).decode('ascii')}"
            with lock:
                body = serving.answer({name.casefold(): value for name, value in parse_qsl(query, encoding="latin-1")})
            self.send_response(200)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        do_POST = do_GET  # noqa: N815  # http.server's name.

        def log_message(self, *_: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    serving.url = f"http://127.0.0.1:{server.server_port}/"
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
    thread.start()
    try:
        yield serving
    finally:
        server.shutdown()
        server.server_close()
