"""One call over HTTP to Specter: sent once, never repeated here, and every failure classed by what it proves."""

import asyncio
import re
import ssl
from collections.abc import Mapping
from contextlib import aclosing
from dataclasses import dataclass
from urllib.parse import quote_plus, urlencode, urljoin

import httpx

from specter_tui.cutting import Reads
from specter_tui.httpx_shim import settle_sniffio
from specter_tui.retry_after import seconds_until
from specter_tui.settings import LimitSettings
from specter_tui.specter.errors import (
    AccountHalted,
    NotSent,
    ReadCut,
    ServerFailed,
    SpecterFailure,
    Unanswered,
    UnexpectedStatus,
)
from specter_tui.tls import trusted

settle_sniffio()

_LARGEST_ANSWER = 8 * 1024 * 1024
_LONGEST_CONNECT = 10.0
_PLAIN = re.compile(r"[A-Za-z0-9_.~-]*").fullmatch
_HEADERS = {"Accept": "*/*", "Accept-Encoding": "identity", "User-Agent": "specter-tui"}


@dataclass(frozen=True, slots=True)
class Reply:
    """The body of an answer with HTTP status 200. `whole`: its end was announced, so that it is not cut short."""

    body: bytes
    whole: bool


class Transport:
    """The connection to Specter's two endpoints."""

    def __init__(self, url: str, limits: LimitSettings) -> None:
        self._url = url if url.endswith("/") else f"{url}/"
        self._limit = limits.timeout.total_seconds()
        self._reads = Reads(ReadCut)
        # The connect time ends before the whole time does, so that what was never sent is known to be so.
        connect = min(_LONGEST_CONNECT, self._limit / 2)
        self._extensions = {"timeout": httpx.Timeout(self._limit, connect=connect, pool=connect).as_dict()}
        # The bare transport of httpx: it follows no redirect, keeps no cookie, asks no environment, and costs less.
        self._wire = httpx.AsyncHTTPTransport(
            limits=httpx.Limits(max_connections=limits.concurrency + 2, keepalive_expiry=2),
            verify=trusted(),
            trust_env=False,
        )

    async def close(self) -> None:
        """Close every connection."""
        await self._wire.aclose()

    def cut_reads(self) -> None:
        """Wait for no reading call any more; writing ones come to their end."""
        self._reads.cut()

    async def get(self, endpoint: str, query: Mapping[str, str]) -> Reply:
        """The answer to a reading call. Raises SpecterFailure of the right kind, ReadCut."""
        async with self._reads.running():
            return await self._call("GET", endpoint, query, None)

    async def post(self, endpoint: str, query: Mapping[str, str], form: Mapping[str, str]) -> Reply:
        """The answer to a writing call, its form in ISO-8859-1 (wires: S-encoding). Raises SpecterFailure."""
        return await self._call("POST", endpoint, query, _encoded(form))

    async def _call(self, method: str, endpoint: str, query: Mapping[str, str], body: bytes | None) -> Reply:
        address = f"{urljoin(self._url, endpoint)}?{urlencode(query, encoding='latin-1')}"
        form = {"Content-Type": "application/x-www-form-urlencoded"} if body is not None else {}
        try:
            request = httpx.Request(method, address, headers=_HEADERS | form, content=body, extensions=self._extensions)
            async with (
                asyncio.timeout(self._limit),
                aclosing(await self._wire.handle_async_request(request)) as response,
            ):
                asked = response.headers.get("Retry-After", "")
                refuse_other_than_200(response.status_code, asked, writing=body is not None)
                received = bytearray()
                async for chunk in response.aiter_bytes():
                    received += chunk
                    if len(received) > _LARGEST_ANSWER:
                        raise Unanswered("Specter's answer is too large")
                announced = {"content-length", "transfer-encoding"} & response.headers.keys()
                return Reply(bytes(received), bool(announced))
        except TimeoutError:
            raise Unanswered("Specter did not answer in time") from None
        except (httpx.HTTPError, httpx.InvalidURL) as error:
            raise classed(error) from None


def _encoded(form: Mapping[str, str]) -> bytes:
    """As urlencode does it; but names of fields, and most values, have nothing to be escaped, which is seen faster."""
    pairs = (
        f"{name}={value}" if _PLAIN(value) else f"{name}={quote_plus(value, encoding='latin-1')}"
        for name, value in form.items()
    )
    return "&".join(pairs).encode("ascii")


def refuse_other_than_200(status: int, retry_after: str, *, writing: bool) -> None:
    """Class an HTTP status other than 200; the default is that nothing is known. None is followed elsewhere."""
    if status == httpx.codes.OK:
        return
    if status == httpx.codes.TOO_MANY_REQUESTS:
        raise NotSent("Specter asks us to wait (HTTP 429)", seconds_until(retry_after))
    if status == httpx.codes.REQUEST_TIMEOUT or 500 <= status < 600:
        raise ServerFailed(status)
    if writing:
        raise UnexpectedStatus(status)
    if status in (401, 403):
        raise AccountHalted(f"Specter refuses the key (HTTP {status}); check the SPECTER__ keys")
    if 300 <= status < 400:
        raise AccountHalted(f"Specter sends us elsewhere (HTTP {status}), which is never followed; check SPECTER__URL")
    if 400 <= status < 500:
        raise AccountHalted(f"Specter has nothing at this address (HTTP {status}); check SPECTER__URL")
    raise Unanswered(f"Specter answered HTTP {status}")


def classed(error: Exception) -> SpecterFailure:
    """What a failure of the network proves: only one before the request was written proves that nothing arrived."""
    cause: BaseException | None = error
    while cause is not None:
        if isinstance(cause, ssl.SSLCertVerificationError):
            return AccountHalted(f"Specter's certificate is not trusted: {cause.verify_message}")
        cause = cause.__cause__ or cause.__context__
    match error:
        case httpx.ConnectTimeout():
            return NotSent("Specter does not accept the connection in time")
        case httpx.PoolTimeout():
            return NotSent("no connection to Specter was free in time")
        case httpx.ConnectError() | httpx.UnsupportedProtocol() | httpx.InvalidURL():
            return NotSent("Specter cannot be reached")
        case httpx.TimeoutException():
            return Unanswered("Specter did not answer in time")
        case _:
            return Unanswered("the connection to Specter broke before the answer")
