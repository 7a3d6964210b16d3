"""The yardstick of the export: the same calls and forms in a bare httpx loop, without checks.

With the path of a new file it also writes each step of an order there, in four synced commits of plain sqlite3.
"""

import asyncio
import json
import os
import sqlite3
import sys
import time
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from urllib.parse import urlencode

import httpx

from benchmarks.sandboxes import read_orders
from specter_tui.config.settings import Settings, load_settings
from specter_tui.config.sources import given_in
from specter_tui.planning.orders.plan import plan_order
from specter_tui.specter.article_forms import ArticleForm
from specter_tui.specter.order_forms import CustomerForm, OrderForm
from specter_tui.specter.signing import signature

FORM = {"Content-Type": "application/x-www-form-urlencoded"}


@dataclass(frozen=True, slots=True)
class Parcel:
    """One order, encoded as far as possible before the customer number is known."""

    uid: int
    customer_url: str
    customer_body: bytes
    order_url: str
    order_body: bytes


class Account:
    """The addresses of the calls, and their signatures."""

    def __init__(self, settings: Settings) -> None:
        self._account = settings.specter
        shop = settings.abicart
        context = {"webshop": str(shop.webshop), "language": shop.language, "auth": shop.auth.get_secret_value()}
        self.shop_url = f"{shop.url}?{urlencode(context)}"

    def key(self, value: str) -> str:
        """Return the signature over a value."""
        inner, outer = self._account.api_user_key, self._account.integration_key
        return signature(inner.get_secret_value(), outer.get_secret_value(), self._account.sbm_id, value)

    def parcel(self, uid: int, customer: CustomerForm, form: OrderForm) -> Parcel:
        """Encode both calls of an order."""
        return Parcel(
            uid,
            self._url("newCustomerSubmit", customer.query()),
            _body({**customer.fields(), "key": self.key(customer.key_value)}),
            self._url("newOrderSubmit", form.query()),
            _body(form.fields()),
        )

    def article_call(self, forms: Sequence[ArticleForm]) -> tuple[str, bytes]:
        """Return address and body of one call with up to 100 articles."""
        fields = {"forceArticleUpdate": "1"}
        for position, form in enumerate(forms, start=1):
            fields |= form.fields(position)
        return self._url("newArticleSubmit", {"key": self.key(forms[0].number)}), _body(fields)

    def _url(self, action: str, query: Mapping[str, str]) -> str:
        account = self._account
        head = {"action": action, "sbmId": str(account.sbm_id), "apiUserId": str(account.api_user_id), "useXML": "1"}
        return f"{account.url}putInfo.asp?{urlencode({**head, **query})}"


class Notes:
    """Steps of orders in a file, each synced before the next call; nothing is kept without a file."""

    def __init__(self, path: str | None) -> None:
        self._file = None if path is None else sqlite3.connect(path, isolation_level=None)
        if self._file is not None:
            self._file.executescript(
                "PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA fullfsync = ON;"
                "CREATE TABLE orders (uid INTEGER PRIMARY KEY, step TEXT, answer TEXT);"
                "CREATE TABLE events (id INTEGER PRIMARY KEY, uid INTEGER, step TEXT, answer TEXT);"
            )

    def keep(self, uid: int, step: str, answer: str = "") -> None:
        """Commit a step with its event."""
        if self._file is None:
            return
        self._file.execute("BEGIN IMMEDIATE")
        self._file.execute("INSERT OR REPLACE INTO orders VALUES (?, ?, ?)", (uid, step, answer))
        self._file.execute("INSERT INTO events (uid, step, answer) VALUES (?, ?, ?)", (uid, step, answer))
        self._file.execute("COMMIT")


async def bare_orders_per_second(settings: Settings, notes: Notes) -> float:
    """Send every order of a new sandbox, LIMITS__CONCURRENCY at once."""
    account = Account(settings)
    orders, facts = await read_orders(settings)
    parcels = []
    for order in orders:
        plan = plan_order(order, facts, settings)
        assert plan.ready
        assert plan.customer is not None
        assert plan.form is not None
        parcels.append(account.parcel(order.uid, plan.customer, plan.form))
    limits = httpx.Limits(max_connections=2 * settings.limits.concurrency)
    async with httpx.AsyncClient(limits=limits, timeout=30, trust_env=False) as client:
        rest = iter(parcels)
        started = time.perf_counter()
        await asyncio.gather(*(_work(client, account, rest, notes) for _ in range(settings.limits.concurrency)))
        return len(parcels) / (time.perf_counter() - started)


async def _work(client: httpx.AsyncClient, account: Account, parcels: Iterator[Parcel], notes: Notes) -> None:
    for parcel in parcels:
        notes.keep(parcel.uid, "claimed")
        answer = await client.post(parcel.customer_url, content=parcel.customer_body, headers=FORM)
        customer = _number(answer)
        notes.keep(parcel.uid, "customer", customer)
        signed = parcel.order_body + b"&" + _body({"customerId": customer, "key": account.key(customer)})
        answer = await client.post(parcel.order_url, content=signed, headers=FORM)
        number = _number(answer)
        notes.keep(parcel.uid, "exported", number)
        params = [parcel.uid, {"externalOrderNumber": number}, ["uid", "externalOrderNumber"]]
        call = {"jsonrpc": "2.0", "id": parcel.uid, "method": "Order.set", "params": params}
        stored = await client.post(account.shop_url, content=json.dumps(call).encode())
        assert "result" in stored.json(), stored.text
        notes.keep(parcel.uid, "written back", number)


def _number(answer: httpx.Response) -> str:
    result, number, _ = answer.text.split(";", 2)
    assert result == "1", answer.text
    return number


def _body(fields: Mapping[str, str]) -> bytes:
    return urlencode(fields, encoding="latin-1").encode("ascii")


def as_it_comes() -> None:
    """Undo the patch of httpcore (specter_tui/http/httpcore_patch.py)."""
    if sys.modules.get("sniffio", 0) is None:
        del sys.modules["sniffio"]


if __name__ == "__main__":
    as_it_comes()
    kept_in = Notes(next(iter(sys.argv[1:]), None))
    print(asyncio.run(bare_orders_per_second(load_settings(None, given_in(os.environ)), kept_in)))
