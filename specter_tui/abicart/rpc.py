"""JSON-RPC 2.0 over HTTP: one call, or a batch of at most 20, in the shop's context."""

import asyncio
import itertools
import json
import ssl
import time
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from http.cookiejar import CookieJar, DefaultCookiePolicy
from types import TracebackType
from typing import Any, Self

import httpx
import stamina

from specter_tui.abicart.answers import read_json, result_of
from specter_tui.abicart.errors import ReadCut, ShopError, ShopOutOfReach, ShopRefusesUs
from specter_tui.cutting import Reads
from specter_tui.httpx_shim import settle_sniffio
from specter_tui.retry_after import seconds_until
from specter_tui.settings import AbicartSettings
from specter_tui.tls import trusted

settle_sniffio()

LARGEST_BATCH = 20
_READING = (".get", ".list", ".count")
_LARGEST_ANSWER = 16 * 1024 * 1024
_AT_ONCE = 2
_CALL_LIMIT = timedelta(seconds=30)
_CLOCKS_AGREE = timedelta(seconds=10)


class Rpc:
    """A connection to one shop. Only what may be repeated is repeated: `repeatable` calls."""

    def __init__(self, settings: AbicartSettings) -> None:
        context = {"webshop": str(settings.webshop), "language": settings.language}
        self._client = httpx.AsyncClient(
            params={**context, "auth": settings.auth.get_secret_value()},
            headers={"Content-Type": "application/json", "Accept": "application/json"},
            # A cookie would change the context of the calls that follow (wires: A-context).
            cookies=CookieJar(DefaultCookiePolicy(allowed_domains=[])),
            timeout=httpx.Timeout(_CALL_LIMIT.total_seconds(), connect=10),
            limits=httpx.Limits(max_connections=_AT_ONCE, keepalive_expiry=2),
            verify=trusted(),
            follow_redirects=False,
            trust_env=False,
        )
        self._url = settings.url
        self._ids = itertools.count(1)
        self._reads = Reads(ReadCut)
        self._places = asyncio.Semaphore(_AT_ONCE)
        self._told = datetime.now(UTC), _uptime()

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self._client.aclose()

    def cut_reads(self) -> None:
        """Wait for no reading call any more; writing ones come to their end."""
        self._reads.cut()

    def now(self) -> datetime:
        """The time by the shop's clock as its last answer told it (UTC), gone on by a clock that nobody can set."""
        told, uptime = self._told
        return told + timedelta(seconds=_uptime() - uptime)

    async def call(self, method: str, *params: object, repeatable: bool = True) -> Any:
        """The result of one call. Raises ShopError of the right kind."""
        (outcome,) = await self.batch([(method, params)], repeatable=repeatable)
        if isinstance(outcome, ShopError):
            raise outcome
        return outcome

    async def batch(self, calls: Sequence[tuple[str, Sequence[object]]], *, repeatable: bool = True) -> list[Any]:
        """The results of up to 20 calls in their order; a call that was refused gives its error instead.

        Raises ShopOutOfReach or ShopRefusesUs when the whole batch failed, ReadCut.
        """
        if not 0 < len(calls) <= LARGEST_BATCH:
            raise ValueError(f"a batch has 1 to {LARGEST_BATCH} calls")
        requests = [
            {"jsonrpc": "2.0", "id": number, "method": method, "params": list(params)}
            for number, (method, params) in zip(self._ids, calls, strict=False)
        ]
        attempts = 4 if repeatable else 1
        if not all(method.endswith(_READING) for method, _ in calls):
            return await self._try(requests, attempts)
        async with self._reads.running():
            return await self._try(requests, attempts)

    async def _try(self, requests: list[dict[str, object]], attempts: int) -> list[Any]:
        async for attempt in stamina.retry_context(on=_pause, attempts=attempts, timeout=60, wait_initial=0.3):
            with attempt:
                return await self._exchange(requests)
        raise AssertionError("stamina ends a loop by a result or an error")

    async def _exchange(self, requests: list[dict[str, object]]) -> list[Any]:
        alone = len(requests) == 1
        answer = read_json(await self._post(json.dumps(requests[0] if alone else requests).encode()))
        if alone:
            return [result_of(answer)]
        if not isinstance(answer, list):
            result_of(answer)  # One error object stands for the whole batch.
            raise ShopOutOfReach("the shop's answer to a batch is no list")
        by_id = {str(part.get("id")): part for part in answer if isinstance(part, Mapping)}
        return [_result_or_error(by_id.get(str(request["id"]))) for request in requests]

    async def _post(self, body: bytes) -> bytes:
        try:
            async with (
                self._places,
                asyncio.timeout(_CALL_LIMIT.total_seconds()),
                self._client.stream("POST", self._url, content=body) as response,
            ):
                self._set_clock(response)
                _refuse_other_than_200(response)
                received = bytearray()
                async for chunk in response.aiter_bytes():
                    received += chunk
                    if len(received) > _LARGEST_ANSWER:
                        raise ShopOutOfReach("the shop's answer is too large")
                return bytes(received)
        except TimeoutError:
            raise ShopOutOfReach("the shop does not answer in time") from None
        except (httpx.HTTPError, httpx.InvalidURL) as error:
            raise _in_words(error) from None

    def _set_clock(self, response: httpx.Response) -> None:
        try:
            told = parsedate_to_datetime(response.headers["Date"])
        except (KeyError, ValueError):
            return
        told, here = told.astimezone(UTC), datetime.now(UTC)
        # The header has whole seconds, and a busy server's is older than its answer: a small difference says nothing.
        self._told = here if abs(told - here) <= _CLOCKS_AGREE else told, _uptime()


def _uptime() -> float:
    """Seconds since some beginning, time asleep included where the system tells it."""
    boottime = getattr(time, "CLOCK_BOOTTIME", None)
    return time.monotonic() if boottime is None else time.clock_gettime(boottime)


def _refuse_other_than_200(response: httpx.Response) -> None:
    status = response.status_code
    if status == httpx.codes.OK:
        return
    if response.is_redirect or status in (401, 403):
        raise ShopRefusesUs(f"the shop answers HTTP {status}; check ABICART__URL and ABICART__AUTH")
    raise ShopOutOfReach(f"the shop answers HTTP {status}", seconds_until(response.headers.get("Retry-After", "")))


def _in_words(error: Exception) -> ShopError:
    cause: BaseException | None = error
    while cause is not None:
        if isinstance(cause, ssl.SSLCertVerificationError):
            return ShopRefusesUs(f"the shop's certificate is not trusted: {cause.verify_message}")
        cause = cause.__cause__ or cause.__context__
    if isinstance(error, httpx.TimeoutException):
        return ShopOutOfReach("the shop does not answer in time")
    if isinstance(error, httpx.ConnectError):
        return ShopOutOfReach("the shop cannot be reached")
    return ShopOutOfReach("the connection to the shop broke")


def _pause(error: Exception) -> bool | float:
    """Whether to try again, and after how many seconds if the shop said so."""
    if not isinstance(error, ShopOutOfReach):
        return False
    return True if error.retry_after is None else min(error.retry_after, 30.0)


def _result_or_error(answer: object) -> Any:
    try:
        return result_of(answer)
    except ShopError as error:
        return error
