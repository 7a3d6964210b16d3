"""Specter's calls: customers, orders, articles, batches, and the test of the account."""

import asyncio
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from types import TracebackType
from typing import Generic, Self, TypeVar

from aiolimiter import AsyncLimiter

from specter_tui.config.settings import HttpSettings, LimitSettings, SpecterSettings
from specter_tui.errors import ErrorText
from specter_tui.specter.article_forms import ArticleForm
from specter_tui.specter.batch_calls import ACKNOWLEDGE, FETCH, FETCH_TOTALS, FETCH_WITH, BatchKind, told_apart
from specter_tui.specter.errors import AccountHalted, Refused, Unanswered
from specter_tui.specter.order_forms import CustomerForm, OrderForm
from specter_tui.specter.order_replies import OrderBatch, read_orders
from specter_tui.specter.replies import all_taken, confirmation, created_number, read_xml
from specter_tui.specter.signing import signature
from specter_tui.specter.stock_replies import StockBatch, is_xml, read_stock
from specter_tui.specter.transport import Transport, encoded

READ, WRITE = "getInfo.asp", "putInfo.asp"
_TEXT_REPLY = {"useXML": "1"}
LARGEST_BATCH = 64 * 1024 * 1024
"""Bytes of a batch: some 400,000 rows of stock."""
MOST_ARTICLES = 100
"""Articles in one call (wires: S-article)."""

B = TypeVar("B", StockBatch, OrderBatch)
F = TypeVar("F", CustomerForm, OrderForm)


@dataclass(frozen=True, slots=True)
class Written(Generic[F]):
    """A writing call that is ready to be sent: its form, the parameters of the address, and the encoded body."""

    form: F
    query: dict[str, str]
    body: bytes


async def _unhindered() -> None:
    """Allow every call; the default of `before_write`."""


class SpecterClient:
    """One Specter account. Every call is sent once; the class of a SpecterFailure says what the failure proves."""

    def __init__(self, settings: SpecterSettings, limits: LimitSettings, http: HttpSettings | None = None) -> None:
        self._settings = settings
        self._transport = Transport(settings.url, limits, http or HttpSettings())
        self._pace = AsyncLimiter(1, 1 / limits.per_second) if limits.per_second else None

        self.before_write: Callable[[], Awaitable[None]] = _unhindered
        """Awaited before each writing call that needs no claim. If it raises, nothing is sent."""

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Do nothing: each call has closed its own connection."""

    def announce_to(self, listener: Callable[[str], Awaitable[None]]) -> None:
        """From now on await the listener with the action of each request before it is sent."""
        self._transport.before_request = listener

    def cancel_reads(self) -> None:
        """Cancel the reading calls, since the program shuts down; writing calls continue."""
        self._transport.cancel_reads()

    def write_customer(self, form: CustomerForm) -> Written[CustomerForm]:
        """Encode the customer call. Raises UnicodeEncodeError for characters outside ISO-8859-1."""
        fields = {**form.fields(), "key": self._key(form.key_value)}
        return Written(form, {**self._head("newCustomerSubmit"), **_TEXT_REPLY, **form.query()}, encoded(fields))

    def write_order(self, form: OrderForm) -> Written[OrderForm]:
        """Encode the order call, without the customer number and the key, which is calculated from it.

        Raises UnicodeEncodeError.
        """
        query = {**self._head("newOrderSubmit"), **_TEXT_REPLY, **form.query()}
        return Written(form, query, encoded(form.fields()))

    async def submit_customer(self, customer: CustomerForm | Written[CustomerForm]) -> str:
        """Create or match the customer; return Specter's customer number. Raises SpecterFailure."""
        written = customer if isinstance(customer, Written) else self.write_customer(customer)
        return await self._create(written.query, written.body)

    async def submit_order(self, customer_number: str, order: OrderForm | Written[OrderForm]) -> str:
        """Create the customer's order; return Specter's order number. Raises SpecterFailure."""
        written = order if isinstance(order, Written) else self.write_order(order)
        head, tail = encoded({"customerId": customer_number}), encoded({"key": self._key(customer_number)})
        return await self._create(written.query, b"&".join((head, written.body, tail)))

    async def submit_articles(self, forms: Sequence[ArticleForm], *, force: bool = True) -> None:
        """Create or update up to 100 articles: all or none. With `force`, existing articles are updated.

        It may be repeated: the same forms give the same articles. Raises SpecterFailure.
        """
        if not 0 < len(forms) <= MOST_ARTICLES:
            raise ValueError(f"a call has 1 to {MOST_ARTICLES} articles")
        fields = {"forceArticleUpdate": "1" if force else "0"}
        for position, form in enumerate(forms, start=1):
            fields |= form.fields(position)
        query = {**self._head("newArticleSubmit"), **_TEXT_REPLY, "key": self._key(forms[0].number)}
        await self._wait()
        await self.before_write()
        all_taken((await self._transport.post(WRITE, query, fields)).body, len(forms))

    async def stock_batch(self, batch_no: str) -> StockBatch:
        """Open a stock batch with this number, or read it again. Raises BatchOpen, SpecterFailure.

        Where its sites have no names, only the totals over all sites are of use (wires: S-stock-xml).
        """
        batch = await self._fetch("stock", batch_no, lambda body: read_stock(body, batch_no), FETCH_WITH["stock"])
        if all(row.site for row in batch.rows):
            return batch
        return await self._fetch("stock", batch_no, lambda body: read_stock(body, batch_no), FETCH_TOTALS)

    async def order_batch(self, batch_no: str) -> OrderBatch:
        """Open an order batch with this number, or read it again. Raises BatchOpen, SpecterFailure."""
        return await self._fetch("orders", batch_no, read_orders, FETCH_WITH["orders"])

    async def acknowledge(self, kind: BatchKind, batch_no: str) -> None:
        """Close a batch for good. It may be repeated. Raises BatchOpen, SpecterFailure."""
        query = {**self._head(ACKNOWLEDGE[kind]), "batchNo": batch_no, "key": self._key(batch_no)}
        await self._wait()
        await self.before_write()
        try:
            confirmation((await self._transport.get(READ, query, writing=True)).body)
        except Refused as refusal:
            raise told_apart(refusal, batch_no) from None

    async def queue_all_stock(self, value: str) -> None:
        """Make Specter queue all its stock again, for our API user only, including the open batch (wires: S-clear).

        `value` is any new text, for the signature. Raises SpecterFailure.
        """
        head = self._head("clearArticleBatch")
        query = {**head, "batchNo": value, "clearSelf": "1", "useXML": "2", "key": self._key(value)}
        await self._wait()
        await self.before_write()
        read_xml((await self._transport.get(READ, query, writing=True)).body)

    async def check_account(self, today: date) -> None:
        """Test keys and account. The call names no trigger, so that registered ones do not change (wires: S-check).

        Raises AccountHalted where Specter refuses, and SpecterFailure for other failures.
        """
        day = today.isoformat()
        query = {**self._head("checkAccountSettings"), **_TEXT_REPLY, "date": day, "key": self._key(day)}
        await self._wait()
        try:
            confirmation((await self._transport.get(READ, query)).body)
        except Refused as refusal:
            raise AccountHalted(ErrorText("specter_check_keys", why=refusal.message)) from None

    async def test_wrong_key(self, today: date) -> None:
        """Test the account with the last digit of the signature changed, to see how Specter refuses a key.

        Raises Refused, SpecterFailure; it returns where Specter accepts the wrong key.
        """
        day = today.isoformat()
        right = self._key(day)
        wrong = right[:-1] + ("0" if right[-1] != "0" else "1")
        query = {**self._head("checkAccountSettings"), **_TEXT_REPLY, "date": day, "key": wrong}
        await self._wait()
        confirmation((await self._transport.get(READ, query)).body)

    async def _create(self, query: dict[str, str], body: bytes) -> str:
        await self._wait()
        reply = await self._transport.post(WRITE, query, body)
        return created_number(reply.body, whole=reply.whole)

    async def _fetch(self, kind: BatchKind, batch_no: str, read: Callable[[bytes], B], form: Mapping[str, str]) -> B:
        """Fetch and parse a batch. XML shows its end. A text may not, and is then fetched twice and must be equal."""
        query = {**self._head(FETCH[kind]), **form, "batchNo": batch_no, "key": self._key(batch_no)}
        await self._wait()
        reply = await self._transport.get(READ, query, LARGEST_BATCH)
        if not is_xml(reply.body) and not (reply.whole and reply.body.strip()):
            await self._wait()
            if (await self._transport.get(READ, query, LARGEST_BATCH)).body != reply.body:
                raise Unanswered(ErrorText("specter_batch_twice"))
        try:
            # Parsing a large batch takes seconds, so it runs in a thread.
            return await asyncio.to_thread(read, reply.body)
        except Refused as refusal:
            raise told_apart(refusal, batch_no, fetching=True) from None

    async def _wait(self) -> None:
        if self._pace is not None:
            await self._pace.acquire()

    def _head(self, action: str) -> dict[str, str]:
        """Return the parameters for call and account; version 1 has no API user (wires: S-versions)."""
        user = self._settings.api_user_id
        head = {"action": action, "sbmId": str(self._settings.sbm_id)}
        return head if user is None else {**head, "apiUserId": user}

    def _key(self, value: str) -> str:
        inner, outer = self._settings.api_user_key, self._settings.integration_key
        return signature(inner.get_secret_value(), outer.get_secret_value(), self._settings.sbm_id, value)
