"""One HTTP call to Specter: sent once, never repeated here, each failure classed by what it proves."""

import asyncio
import re
import ssl
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from urllib.parse import quote_plus, urlencode, urljoin, urlsplit

from specter_tui.config.settings import HttpSettings, LimitSettings
from specter_tui.errors import ErrorText
from specter_tui.http.cancellable_reads import CancellableReads
from specter_tui.http.proxy import and_unused_proxy, proxy_for, proxy_of
from specter_tui.http.response_body import TooLarge
from specter_tui.http.retry_after import seconds_until
from specter_tui.http.tls import tls_context
from specter_tui.specter.errors import (
    AccountHalted,
    NotSent,
    ServerFailed,
    SpecterReadCancelled,
    Unanswered,
    UnexpectedStatus,
)
from specter_tui.specter.http_exchange import Broken, Exchanges, NotConnected, Request

_LARGEST_ANSWER = 8 * 1024 * 1024
_LONGEST_CONNECT = 10.0
_PLAIN = re.compile(r"[A-Za-z0-9_.~-]*").fullmatch
_HEADERS = {"Accept": "*/*", "Accept-Encoding": "identity", "User-Agent": "specter-tui"}


@dataclass(frozen=True, slots=True)
class Reply:
    """The body of an answer with HTTP status 200. `whole`: its length was announced, so it is not cut."""

    body: bytes
    whole: bool


class Transport:
    """Calls to Specter's two endpoints, each on a connection of its own (wires: S-transport)."""

    def __init__(self, url: str, limits: LimitSettings, http: HttpSettings) -> None:
        self._url = url if url.endswith("/") else f"{url}/"
        self._limit = limits.timeout.total_seconds()
        # The connect limit is shorter than the whole limit, so that a call that was never sent is known as such.
        self._connect = min(_LONGEST_CONNECT, self._limit / 2)
        self._reads = CancellableReads(SpecterReadCancelled)
        self._address = urlsplit(url)
        self._proxy = proxy_for(self._address, proxy_of(http.proxy_url, http.ca_file or ""))
        certificates = tls_context(http.ca_file or "")
        self._exchange = Exchanges(self._address, certificates, self._proxy, most=limits.concurrency + 2)
        self.before_request: Callable[[str], Awaitable[None]] = _unannounced
        """Awaited with the action of each request before it is sent."""

    def cancel_reads(self) -> None:
        """Cancel the reading calls; writing calls continue."""
        self._reads.cancel()

    async def get(
        self, endpoint: str, query: Mapping[str, str], largest: int = _LARGEST_ANSWER, *, writing: bool = False
    ) -> Reply:
        """Return the answer to a GET call; `writing`: it changes something at Specter nevertheless.

        Raises SpecterFailure, SpecterReadCancelled.
        """
        async with self._reads.running():
            return await self._call("GET", endpoint, query, None, largest, writing=writing)

    async def post(self, endpoint: str, query: Mapping[str, str], form: Mapping[str, str] | bytes) -> Reply:
        """Return the answer to a writing call, encoding the form if needed. Raises SpecterFailure."""
        body = form if isinstance(form, bytes) else encoded(form)
        return await self._call("POST", endpoint, query, body, _LARGEST_ANSWER, writing=True)

    async def _call(
        self, method: str, endpoint: str, query: Mapping[str, str], body: bytes | None, largest: int, *, writing: bool
    ) -> Reply:
        address = urlsplit(urljoin(self._url, endpoint))
        form = {"Content-Type": "application/x-www-form-urlencoded"} if body is not None else {}
        request = Request(method, f"{address.path}?{urlencode(query, encoding='latin-1')}", _HEADERS | form, body)
        await self.before_request(query.get("action", ""))
        try:
            async with asyncio.timeout(self._limit):
                answer = await self._exchange(request, connect_seconds=self._connect, largest=largest)
        except NotConnected as failure:
            raise NotSent(and_unused_proxy(failure.message, self._address, self._proxy)) from None
        except ssl.SSLCertVerificationError as error:
            raise AccountHalted(ErrorText("specter_certificate", why=error.verify_message)) from None
        except TimeoutError:
            raise Unanswered(ErrorText("specter_late")) from None
        except TooLarge:
            raise Unanswered(ErrorText("specter_too_large")) from None
        except Broken:
            raise Unanswered(ErrorText("specter_broke")) from None
        refuse_other_than_200(answer.status, answer.headers.get("retry-after", ""), writing=writing)
        return Reply(answer.body, answer.whole)


async def _unannounced(_action: str) -> None:
    """Let every request go; the default of `before_request`."""


def encoded(form: Mapping[str, str]) -> bytes:
    """Encode a form in ISO-8859-1 (wires: S-encoding) as urlencode does, but faster.

    Field names and most values need no escaping, which one pattern shows.
    """
    pairs = (
        f"{name}={value}" if _PLAIN(value) else f"{name}={quote_plus(value, encoding='latin-1')}"
        for name, value in form.items()
    )
    return "&".join(pairs).encode("ascii")


def refuse_other_than_200(status: int, retry_after: str, *, writing: bool) -> None:
    """Raise the error of an HTTP status other than 200; an unlisted one proves nothing.

    Redirects are never followed.
    """
    if status == 200:
        return
    if status == 429:
        raise NotSent(ErrorText("specter_wait"), seconds_until(retry_after))
    if status == 408 or 500 <= status < 600:
        raise ServerFailed(status)
    if writing:
        raise UnexpectedStatus(status)
    if status in (401, 403):
        raise AccountHalted(ErrorText("specter_check_keys", why=ErrorText("specter_keys", status=status)))
    if 300 <= status < 400:
        raise AccountHalted(ErrorText("specter_elsewhere", status=status))
    if 400 <= status < 500:
        raise AccountHalted(ErrorText("specter_nothing_here", status=status))
    raise Unanswered(ErrorText("specter_http", status=status))
