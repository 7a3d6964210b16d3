"""JSON-RPC 2.0 over HTTP: one call, or a batch of at most 20, for one shop and language."""

import asyncio
import json
import secrets
import ssl
import time
from collections.abc import Awaitable, Callable, Sequence
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from functools import partial
from http.cookiejar import CookieJar, DefaultCookiePolicy
from types import TracebackType
from typing import Any, Self
from urllib.parse import urlsplit

import httpx
import stamina

from specter_tui.abicart.errors import (
    AnswerTooLarge,
    RpcError,
    ShopError,
    ShopOutOfReach,
    ShopReadCancelled,
    ShopRefusesUs,
)
from specter_tui.abicart.jsonrpc_results import BatchRefused, NotOurs, matched, parsed
from specter_tui.abicart.observation import Observation, observed
from specter_tui.config.settings import AbicartSettings, HttpSettings
from specter_tui.errors import ErrorText
from specter_tui.http.cancellable_reads import CancellableReads
from specter_tui.http.httpcore_patch import keep_no_bytes, settle_sniffio
from specter_tui.http.proxy import LOOPBACK, and_unused_proxy
from specter_tui.http.response_body import Body, CutShort, TooLarge
from specter_tui.http.retry_after import seconds_until
from specter_tui.http.tls import tls_context
from specter_tui.text.secret_spellings import forms_of

settle_sniffio()
keep_no_bytes()

LARGEST_BATCH = 20
_READING = (".get", ".list", ".count", ".getSchema")
LARGEST_ANSWER = 8 * 1024 * 1024
_LARGEST_ID = 2**53 - 1
"""Ids are random, so that an answer cannot be forged before its call."""
_SHORTEST_KEY = 8
_AT_ONCE = 2
_RETIRED = 5
_CALL_LIMIT = timedelta(seconds=30)
_CLOCKS_AGREE = timedelta(seconds=10)


class JsonRpcClient:
    """A connection to one shop. A call that is not `repeatable` is sent once."""

    def __init__(self, settings: AbicartSettings, http: HttpSettings | None = None) -> None:
        http = http or HttpSettings()
        certificates = tls_context(http.ca_file or "")
        context = {"webshop": str(settings.webshop), "language": settings.language}
        self._new_client = partial(
            httpx.AsyncClient,
            params={**context, "auth": settings.auth.get_secret_value()},
            headers={"Content-Type": "application/json", "Accept": "application/json", "Accept-Encoding": "gzip"},
            # A cookie would change the context of later calls (wires: A-context).
            cookies=CookieJar(DefaultCookiePolicy(allowed_domains=[])),
            timeout=httpx.Timeout(_CALL_LIMIT.total_seconds(), connect=10),
            limits=httpx.Limits(max_connections=_AT_ONCE, keepalive_expiry=2),
            verify=certificates,
            proxy=_proxy(settings.url, http, certificates),
            follow_redirects=False,
            trust_env=False,
        )
        self._keys = _in_a_body(settings.auth.get_secret_value())
        self._client = self._new_client()
        self._retired: list[httpx.AsyncClient] = []
        self._closing: set[asyncio.Task[None]] = set()
        self._url = settings.url
        self._proxied = bool(http.proxy_url)
        self._reads = CancellableReads(ShopReadCancelled)
        self._places = asyncio.Semaphore(_AT_ONCE)
        self._told = datetime.now(UTC), _uptime()
        self.largest_batch = LARGEST_BATCH
        """The most calls in a request; fewer where the shop refused so many (wires: A-batch)."""
        self.before_write: Callable[[], Awaitable[None]] = _unhindered
        """Awaited before each attempt of a writing call. If it raises, nothing is written."""
        self.before_request: Callable[[Sequence[str]], Awaitable[None]] = _unannounced
        """Awaited with the methods of each request before each attempt to send it."""

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        for client in (*self._retired, self._client):
            await client.aclose()

    def renew(self) -> None:
        """Use new connections for later calls; running calls keep theirs."""
        self._retired.append(self._client)
        self._client = self._new_client()
        if len(self._retired) > _RETIRED:  # Its calls have ended long ago.
            closing = asyncio.get_running_loop().create_task(self._retired.pop(0).aclose())
            self._closing.add(closing)
            closing.add_done_callback(self._closing.discard)

    def cancel_reads(self) -> None:
        """Cancel the reading calls; writing calls continue."""
        self._reads.cancel()

    def now(self) -> datetime:
        """Return the time of the shop's clock (UTC): its last answer's time plus the monotonic time passed since."""
        told, uptime = self._told
        return told + timedelta(seconds=_uptime() - uptime)

    async def call(self, method: str, *params: object, repeatable: bool = True) -> Any:
        """Return the result of one call. Raises ShopError."""
        (outcome,) = await self.batch([(method, params)], repeatable=repeatable)
        if isinstance(outcome, ShopError):
            raise outcome
        return outcome

    async def batch(self, calls: Sequence[tuple[str, Sequence[object]]], *, repeatable: bool = True) -> list[Any]:
        """Return the results of up to 20 calls in their order; a refused call gives its error instead.

        Raises ShopOutOfReach, ShopRefusesUs or ShopReadCancelled when the whole batch failed.
        """
        if not 0 < len(calls) <= LARGEST_BATCH:
            raise ValueError(f"a batch has 1 to {LARGEST_BATCH} calls")
        results: list[Any] = []
        while len(results) < len(calls):
            lot = calls[len(results) : len(results) + self.largest_batch]
            try:
                results += await self._lot(lot, repeatable=repeatable)
            except RpcError as refusal:  # Of a call that is alone.
                results.append(refusal)
            except BatchRefused:
                self.largest_batch = max(len(lot) // 4, 1)
        return results

    async def _lot(self, calls: Sequence[tuple[str, Sequence[object]]], *, repeatable: bool) -> list[Any]:
        requests = _requests(calls)
        attempts = 4 if repeatable else 1
        if not all(method.endswith(_READING) for method, _ in calls):
            return await self._try(requests, attempts, self.before_write)
        async with self._reads.running():
            return await self._try(requests, attempts, _unhindered)

    async def observe(self, calls: Sequence[tuple[str, Sequence[object]]]) -> Observation:
        """Send calls once, in one request, and return the answer as it is, whatever its HTTP status.

        Only for calls that change nothing, or that a person has agreed to. Raises ShopOutOfReach where no whole answer
        came, ShopRefusesUs for a certificate.
        """
        requests = _requests(calls)
        await self.before_request([method for method, _ in calls])
        body = json.dumps(requests[0] if len(requests) == 1 else requests).encode()
        try:
            async with (
                self._reads.running(),
                asyncio.timeout(_CALL_LIMIT.total_seconds()),
                self._client.stream("POST", self._url, content=body) as response,
            ):
                told = self._struck_out(await _body_of(response))
                ids = [request["id"] for request in requests]
                return await observed(ids, response.status_code, response.headers.get("Content-Type", ""), told)
        except TimeoutError:
            raise ShopOutOfReach(ErrorText("shop_late")) from None
        except TooLarge:
            return Observation(200, "", [AnswerTooLarge()] * len(requests), [None] * len(requests))
        except (httpx.HTTPError, httpx.InvalidURL, CutShort) as error:
            raise _in_words(error, self._url, proxied=self._proxied) from None
        finally:
            self.renew()  # What comes after an answer belongs to no later call.

    async def _try(
        self, requests: list[dict[str, object]], attempts: int, before: Callable[[], Awaitable[None]]
    ) -> list[Any]:
        async for attempt in stamina.retry_context(on=_pause, attempts=attempts, timeout=60, wait_initial=0.3):
            with attempt:
                await before()
                await self.before_request([str(request["method"]) for request in requests])
                return await self._exchange(requests)
        raise AssertionError("stamina ends a loop by a result or an error")

    async def _exchange(self, requests: list[dict[str, object]]) -> list[Any]:
        alone = len(requests) == 1
        body = json.dumps(requests[0] if alone else requests).encode()
        ids = [request["id"] for request in requests]
        try:
            async with (
                self._places,
                asyncio.timeout(_CALL_LIMIT.total_seconds()),
                self._client.stream("POST", self._url, content=body) as response,
            ):
                try:
                    results = await self._results(ids, response)
                except NotOurs:
                    # Later answers on this connection may belong to another call, too.
                    await response.extensions["network_stream"].aclose()
                    raise
                self._set_clock(response)
                if alone and isinstance(results[0], ShopError):
                    raise results[0]
                return results
        except TimeoutError:
            raise ShopOutOfReach(ErrorText("shop_late")) from None
        except TooLarge:
            raise AnswerTooLarge from None
        except (httpx.HTTPError, httpx.InvalidURL, CutShort) as error:
            raise _in_words(error, self._url, proxied=self._proxied) from None

    async def _results(self, ids: list[object], response: httpx.Response) -> list[Any]:
        """Return the calls' results. An answer with another status counts only where its body refuses these calls."""
        if response.status_code == httpx.codes.OK:
            return matched(ids, await parsed(self._struck_out(await _body_of(response))))
        if not response.is_redirect and "json" in response.headers.get("Content-Type", ""):
            try:
                results = matched(ids, await parsed(self._struck_out(await _body_of(response))))
            except BatchRefused:
                raise
            except (ShopOutOfReach, TooLarge, CutShort, httpx.HTTPError):
                raise _by_status(response) from None
            if any(isinstance(one, RpcError | ShopRefusesUs) for one in results):
                return results
        raise _by_status(response)

    def _struck_out(self, body: bytes) -> bytes:
        """Return the body without our API key, which a page that repeats the request's address would contain."""
        for key in self._keys:
            if key in body:
                body = body.replace(key, b"***")
        return body

    def _set_clock(self, response: httpx.Response) -> None:
        try:
            told = parsedate_to_datetime(response.headers["Date"])
        except (KeyError, ValueError):
            return
        told, here = told.astimezone(UTC), datetime.now(UTC)
        # The header has whole seconds, and a busy server's is older than its answer: a small difference means nothing.
        self._told = here if abs(told - here) <= _CLOCKS_AGREE else told, _uptime()


def _requests(calls: Sequence[tuple[str, Sequence[object]]]) -> list[dict[str, Any]]:
    return [
        {"jsonrpc": "2.0", "id": secrets.randbelow(_LARGEST_ID) + 1, "method": method, "params": list(params)}
        for method, params in calls
    ]


def _in_a_body(key: str) -> list[bytes]:
    """Return the forms of the key in a JSON answer; none for one so short that it would match ordinary words."""
    forms = forms_of(key) if len(key) >= _SHORTEST_KEY else []
    return [form.encode() for plain in forms for form in dict.fromkeys((plain, json.dumps(plain)[1:-1]))]


def _proxy(url: str, http: HttpSettings, certificates: ssl.SSLContext) -> httpx.Proxy | None:
    """Return the proxy for the shop's address, none for loopback. It is used by CONNECT, since the address is https."""
    if not http.proxy_url or urlsplit(url).hostname in LOOPBACK:
        return None
    secure = http.proxy_url.startswith("https:")
    return httpx.Proxy(http.proxy_url, ssl_context=certificates if secure else None)


async def _unhindered() -> None:
    """Allow every call; the default of `before_write`."""


async def _unannounced(_methods: Sequence[str]) -> None:
    """Let every request go; the default of `before_request`."""


def _uptime() -> float:
    """Return monotonic seconds, including time asleep where the system counts it."""
    boottime = getattr(time, "CLOCK_BOOTTIME", None)
    return time.monotonic() if boottime is None else time.clock_gettime(boottime)


def _by_status(response: httpx.Response) -> ShopError:
    status = response.status_code
    if response.is_redirect or status in (401, 403):
        return ShopRefusesUs(ErrorText("shop_keys", status=status))
    why = ErrorText("shop_answers", why=f"HTTP {status}")
    return ShopOutOfReach(why, seconds_until(response.headers.get("Retry-After", "")))


async def _body_of(response: httpx.Response) -> bytes:
    """Read the body; the connection is reused only after the whole body was valid. Raises TooLarge, CutShort."""
    assert isinstance(response.stream, httpx.AsyncByteStream)  # noqa: S101 - so it is from an AsyncClient
    body = Body(response.headers.get("Content-Encoding", ""), LARGEST_ANSWER)
    async for part in response.stream:
        body.take(part)
    return body.end()


def _in_words(error: Exception, url: str, *, proxied: bool) -> ShopError:
    cause: BaseException | None = error
    while cause is not None:
        if isinstance(cause, ssl.SSLCertVerificationError):
            return ShopRefusesUs(ErrorText("shop_certificate", why=cause.verify_message))
        cause = cause.__cause__ or cause.__context__
    if isinstance(error, httpx.ProxyError):
        return ShopOutOfReach(ErrorText("proxy_refuses"))
    if isinstance(error, httpx.ConnectError | httpx.ConnectTimeout):
        return ShopOutOfReach(and_unused_proxy(ErrorText("shop_away"), urlsplit(url), proxied))
    if isinstance(error, httpx.TimeoutException):
        return ShopOutOfReach(ErrorText("shop_late"))
    return ShopOutOfReach(ErrorText("shop_broke"))


def _pause(error: Exception) -> bool | float:
    """Return whether to try again, or the pause in seconds that the shop asked for, at most 30."""
    if not isinstance(error, ShopOutOfReach) or isinstance(error, AnswerTooLarge | BatchRefused):
        return False
    return True if error.retry_after is None else min(error.retry_after, 30.0)
