"""What a step of the probe works with: calls one at a time, questions, and what was read, kept in memory alone."""

import asyncio
import time
from collections import Counter
from collections.abc import Mapping, Sequence
from concurrent.futures import Future
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any, Literal

from specter_tui.abicart.catalog_models import Article, PaymentMethod
from specter_tui.abicart.errors import ShopError, ShopReadCancelled
from specter_tui.abicart.observation import Observation
from specter_tui.abicart.shop import ORDER_QUERY
from specter_tui.engine.events import Notice
from specter_tui.engine.probe.messages import ProbeAsked
from specter_tui.engine.probe.privacy import Privacy
from specter_tui.engine.probe.probe_texts import probe_text
from specter_tui.engine.probe.step import CallRecord, StepReport
from specter_tui.engine.service import ShopService
from specter_tui.errors import CodedError, ErrorText, change_quoted, translate_error
from specter_tui.i18n import Language
from specter_tui.journal.errors import JournalError
from specter_tui.journal.probe_models import FactName
from specter_tui.journal.repositories.halts import Stops
from specter_tui.journal.repositories.probe_facts import AccountFacts, ProbeSteps

MOST_CALLS = 150
"""The most calls of all steps together."""
LEASE = timedelta(minutes=2)
_MOST_OF_AN_EXPORT = 30
_REASON = "probe"
_TOO_MANY_REQUESTS = 429
_YES = ("y", "yes", "j", "ja")


class ProbeEnded(Exception):
    """The probe ends here; `code` is the key of the sentence that says why."""

    def __init__(self, code: str, **values: str) -> None:
        super().__init__(code)
        self.code = code
        self.values = values


class Unwelcome(ProbeEnded):
    """The other side refuses us: a key, the account, or too many calls."""


@dataclass(slots=True)
class ShopMemory:
    """What earlier steps read; it never leaves memory. After a restart a step reads what it needs again."""

    base_currency: str = ""
    methods: dict[int, PaymentMethod] = field(default_factory=dict)
    gift_cards: set[int] = field(default_factory=set)
    """Methods that are gift cards, by the settings, their looks, or the operator's word."""
    query: Mapping[str, object] = field(default_factory=lambda: ORDER_QUERY)
    """The query for orders without the keys that the shop does not know."""
    orders: list[Any] | None = None
    """The documents of the last orders; None before they are read."""
    articles: dict[int, Article] = field(default_factory=dict)
    raw_articles: dict[int, Any] = field(default_factory=dict)
    total: int | None = None
    """The shop's count of all orders."""


class ProbeRun:
    """The means of the steps. `interactive`: an operator answers questions; else every answer is empty."""

    def __init__(self, service: ShopService, *, pause: float, interactive: bool) -> None:
        self.service = service
        self.context = service.context
        self.settings = service.context.settings
        self.accounts = self.settings.accounts
        self.interactive = interactive
        self.memory = ShopMemory()
        self.privacy = Privacy()
        self._pause = pause
        self._free_at = 0.0
        self._lost = ""
        self._holds = False
        self._aliases: dict[str, dict[str, str]] = {}
        self.report: StepReport | None = None
        """The report of the step that runs."""
        self._announced = Counter[str]()
        """Calls that were written down and are not sent yet, by method."""
        self._only_counts = False

    @property
    def language(self) -> Language:
        """The language of the operator."""
        return self.settings.ui.language

    async def shop(self, report: StepReport, method: str, *params: object, expects: int | None = None) -> Observation:
        """Make one call to the shop, once; a refusal with the code `expects` is an answer that the step handles.

        Raises Unwelcome, ProbeEnded, ShopOutOfReach, ShopReadCancelled.
        """
        return await self.shop_batch(report, [(method, params)], expects=expects)

    async def shop_batch(
        self, report: StepReport, calls: Sequence[tuple[str, Sequence[object]]], *, expects: int | None = None
    ) -> Observation:
        """Make calls in one request; it counts as one."""
        method, params = calls[0]
        more = [f"× {len(calls)}"] if len(calls) > 1 else []
        call = await self.begin_call(report, method, [*_names(params), *more])
        try:
            answer = await self.context.shop.rpc.observe(calls)
        except ShopError as failure:
            call.text = self.told(failure)
            raise
        finally:
            self._free_at = time.monotonic() + self._pause
        failed = next((one for one in answer.outcomes if isinstance(one, ShopError)), None)
        self.answered(
            call,
            status=answer.status,
            content_type=answer.content_type,
            code=next((code for code in answer.codes if code is not None), None),
            rows=len(answer.outcome) if isinstance(answer.outcome, list) else None,
        )
        call.text = self.told(failed) if failed else ""
        if answer.unwelcome and (expects is None or answer.codes[0] != expects):
            raise Unwelcome("unwelcome_shop", why=self.told(ShopError(answer.unwelcome)))
        if answer.status == _TOO_MANY_REQUESTS:
            raise Unwelcome("too_fast", who="shop")
        return answer

    async def begin_call(self, report: StepReport, method: str, fields: Sequence[str]) -> CallRecord:
        """Wait until a call may be sent, and write it to the journal; every call of the probe goes through here.

        Raises ProbeEnded where it may not be sent, ShopReadCancelled when the program shuts down.
        """
        await asyncio.sleep(max(self._free_at - time.monotonic(), 0))
        self.refuse_if_leaving()
        if self._lost:
            raise ProbeEnded(self._lost)
        count = await self.context.journal(ProbeSteps.count_call, self.accounts, report.step.name, report.subject)
        if count > MOST_CALLS:
            raise ProbeEnded("too_many_calls", most=str(MOST_CALLS))
        self._free_at = time.monotonic() + self._pause
        self.privacy.know([method, *fields])
        self._announced[method] += 1
        return report.begin_call(method, list(fields))

    async def count_request(self, method: str) -> None:
        """Write down a request of the running step that it has not announced itself; both clients await this."""
        if self.report is None or self.service.order_exporter.closing:  # What was begun is finished.
            return
        if self._announced[method] > 0:
            self._announced[method] -= 1
            return
        try:
            await self.begin_call(self.report, method, [])
            self._announced[method] -= 1
        except ProbeEnded:
            if not self._only_counts:
                raise

    def begin_step(self, report: StepReport | None) -> None:
        """Write the requests from now on into the report of a step; None: of no step."""
        self.report = report
        self._announced.clear()

    async def export(self, uid: int) -> None:
        """Export an order by the program's own command. Its requests are counted, and none of them ends the probe.

        Raises ProbeEnded where there may be too few calls left, SendingInactive, ShopError, JournalError.
        """
        sent = sum(step.calls for step in await self.context.journal(ProbeSteps.all, self.accounts))
        if sent > MOST_CALLS - _MOST_OF_AN_EXPORT:
            raise ProbeEnded("too_many_calls", most=str(MOST_CALLS))
        self._only_counts = True
        try:
            await self.service.export([uid])
        finally:
            self._only_counts = False

    def answered(
        self,
        call: CallRecord,
        *,
        status: int | None = None,
        content_type: str = "",
        code: int | str | None = None,
        text: str = "",
        rows: int | None = None,
    ) -> None:
        """Write down what came for a call; the other side's words keep only those that are nobody's."""
        self._free_at = time.monotonic() + self._pause
        call.status, call.rows = status, rows
        call.code = code if isinstance(code, int) or code is None else self.privacy.sentence(code)
        call.content_type = content_type if content_type in _CONTENT_TYPES else "other" if content_type else ""
        call.text = self.privacy.sentence(text)

    def alias(self, report: StepReport, kind: Literal["order", "customer"], number: object) -> str:
        """Return the name that stands for a number in the protocol, such as order-1; the own copy keeps both."""
        names = self._aliases.setdefault(kind, {})
        if str(number) not in names:
            names[str(number)] = f"{kind}-{len(names) + 1}"
            report.own.append(f"{names[str(number)]} = {number}")
        return names[str(number)]

    def refuse_if_leaving(self) -> None:
        """Raise ShopReadCancelled when the program shuts down."""
        if self.service.order_exporter.closing:
            raise ShopReadCancelled

    def told(self, failure: CodedError) -> str:
        """Return what a failed call means: the other side's words alone where there are some, else our sentence."""
        message = change_quoted(failure.message, self.privacy.sentence)
        values = message.values if isinstance(message, ErrorText) else {}
        return translate_error(values.get("why", message), self.language)

    async def ask(self, text: str) -> str:
        """Return the words that the operator types; empty where nobody can be asked."""
        if not self.interactive:
            return ""
        reply: Future[str] = Future()
        self.context.emit(ProbeAsked(text, reply))
        words = (await asyncio.wrap_future(reply)).strip()
        self.refuse_if_leaving()
        return words

    def said(self, code: str, /, **values: object) -> str:
        """Return a sentence of PROBE_TEXTS in the operator's language."""
        return probe_text(code, self.language, **values)

    async def fact(self, name: FactName) -> Any:
        """Return a fact that the journal has, None where it has none."""
        return await self.context.journal(AccountFacts.value, self.accounts, name)

    def show(self, code: str, /, **values: object) -> None:
        """Say something to the operator that is not kept."""
        self.context.emit(Notice("warning", self.said(code, **values)))

    async def confirm(self, code: str, /, **values: object) -> bool:
        """Ask a question of PROBE_TEXTS; True only for a yes."""
        return (await self.ask(self.said(code, **values))).casefold() in _YES

    async def hold(self) -> None:
        """Keep every other program on the journal from sending, until `release`. Raises OrderUnderWay, ProbeEnded.

        Under a person's own stop nothing is sent either; that stop stays as it is.
        """
        stop = await self.context.journal(Stops.begin_own, _REASON, LEASE)
        if stop is not None and stop.by_program and not stop.is_exempt:
            raise ProbeEnded("another_probe", operator=stop.operator, host=stop.host)
        self._holds = stop is None or stop.is_exempt

    async def keep_holding(self) -> None:
        """Renew the stop for as long as the probe runs; where a person has ended it, the next call is not sent."""
        while True:
            await asyncio.sleep(LEASE.total_seconds() / 4)
            with suppress(JournalError):  # Tried again; no call is sent that cannot be written down.
                if self._holds and not await self.context.journal(Stops.renew_own, LEASE):
                    self._lost = "stop_lost"

    async def release(self) -> None:
        """End the stop of `hold`."""
        await self.context.journal(Stops.end_own, _REASON)

    @property
    def holds(self) -> bool:
        """True if the stop is this program's own, so that it alone may write."""
        return self._holds and not self._lost


_CONTENT_TYPES = frozenset(
    {"application/json", "application/json-rpc", "application/xml", "text/html", "text/json", "text/plain", "text/xml"}
)


def _names(params: Sequence[object]) -> list[str]:
    """Return the names of fields that a call asks for or filters by, without values."""
    found: list[str] = []
    for param in params:
        if isinstance(param, Mapping):
            for key, value in param.items():
                if key == "filters" and isinstance(value, Mapping):
                    found += [f"{pointer} {'/'.join(one)}".strip() for pointer, one in _conditions(value)]
                elif key in ("limit", "sort", "descending", "offset"):
                    found.append(f"{key} {value}")
                else:
                    found.append(key)
        elif isinstance(param, list):
            found += [part for part in param if isinstance(part, str)]
        elif param is True:
            found.append("true")
    return found


def _conditions(filters: Mapping[str, object]) -> list[tuple[str, list[str]]]:
    return [(pointer, list(one) if isinstance(one, Mapping) else []) for pointer, one in filters.items()]
