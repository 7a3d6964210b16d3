"""Connections through a proxy (HTTP__PROXY): by CONNECT only, so that certificates are checked end to end."""

import asyncio
import base64
import os
import ssl
from collections.abc import Mapping
from dataclasses import dataclass, field
from urllib.parse import SplitResult, unquote, urlsplit

import h11

from specter_tui.errors import CodedError, ErrorText
from specter_tui.http.tls import tls_context as default_trusted

LOOPBACK = frozenset({"localhost", "127.0.0.1", "::1"})
NAMES_OF_OTHERS = ("HTTPS_PROXY", "HTTP_PROXY", "ALL_PROXY")
"""Variables with which other programs are given a proxy; this one does not read them."""
_LARGEST_HEAD = 64 * 1024


class ProxyRefuses(CodedError, OSError):
    """The proxy refuses the connection; the text is a plain sentence without its password."""


@dataclass(frozen=True, slots=True)
class Proxy:
    """A proxy that accepts CONNECT; `authorization` is empty where it needs no password."""

    host: str
    port: int
    trusted: ssl.SSLContext | None
    """For the connection to the proxy itself, where that is TLS."""
    authorization: str = field(default="", repr=False)


def proxy_of(url: str, ca_file: str = "") -> Proxy | None:
    """Return the proxy at an address that `setting_values` has checked; None for an empty one."""
    if not url:
        return None
    parts = urlsplit(url)
    secure = parts.scheme == "https"
    words = f"{unquote(parts.username or '')}:{unquote(parts.password or '')}"
    authorization = f"Basic {base64.b64encode(words.encode()).decode()}" if parts.username else ""
    port = parts.port or (443 if secure else 80)
    return Proxy(parts.hostname or "", port, default_trusted(ca_file) if secure else None, authorization)


def proxy_for(address: SplitResult, proxy: Proxy | None) -> Proxy | None:
    """Return the proxy for an address: none for loopback."""
    return None if address.hostname in LOOPBACK else proxy


def unused_proxy(environment: Mapping[str, str]) -> str:
    """Return the first environment variable that names a proxy for other programs, or an empty text."""
    names = (name for name in sorted(environment) if name.upper() in NAMES_OF_OTHERS and environment[name])
    return next(names, "")


def and_unused_proxy(failure: str, address: SplitResult, proxy: object) -> str:
    """Add to a failure the unread variable of a proxy that may have been meant for this address."""
    name = "" if proxy or address.hostname in LOOPBACK else unused_proxy(os.environ)
    return ErrorText("proxy_unused", text=failure, name=name) if name else failure


async def through(
    proxy: Proxy, host: str, port: int, trusted: ssl.SSLContext | None
) -> tuple[asyncio.StreamReader, asyncio.StreamWriter]:
    """Connect to a host through the proxy. Raises ProxyRefuses, OSError, and SSLCertVerificationError for the host."""
    try:
        reader, writer = await asyncio.open_connection(
            proxy.host, proxy.port, ssl=proxy.trusted, server_hostname=proxy.host if proxy.trusted else None
        )
    except ssl.SSLCertVerificationError as error:
        raise ProxyRefuses(ErrorText("proxy_certificate", why=error.verify_message)) from None
    except OSError:
        raise ProxyRefuses(ErrorText("proxy_away")) from None
    try:
        await _connect(reader, writer, proxy, f"[{host}]:{port}" if ":" in host else f"{host}:{port}")
        if trusted is not None:
            await writer.start_tls(trusted, server_hostname=host)
    except BaseException:
        writer.transport.abort()
        raise
    return reader, writer


async def _connect(reader: asyncio.StreamReader, writer: asyncio.StreamWriter, proxy: Proxy, target: str) -> None:
    wire = h11.Connection(h11.CLIENT, max_incomplete_event_size=_LARGEST_HEAD)
    headers = [("Host", target)]
    if proxy.authorization:
        headers.append(("Proxy-Authorization", proxy.authorization))
    writer.write(wire.send(h11.Request(method="CONNECT", target=target, headers=headers)) or b"")
    try:
        while (event := wire.next_event()) is h11.NEED_DATA or isinstance(event, h11.InformationalResponse):
            if event is h11.NEED_DATA:
                wire.receive_data(await reader.read(_LARGEST_HEAD))
    except h11.RemoteProtocolError:
        raise ProxyRefuses(ErrorText("proxy_unreadable")) from None
    if not isinstance(event, h11.Response) or not 200 <= event.status_code < 300:
        status = event.status_code if isinstance(event, h11.Response) else "-"
        raise ProxyRefuses(ErrorText("proxy_refuses_status", status=status))
    if wire.trailing_data[0]:
        raise ProxyRefuses(ErrorText("proxy_unreadable"))
