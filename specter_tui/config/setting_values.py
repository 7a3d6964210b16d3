"""Types of settings: the form of durations, lists and addresses in the environment or a file."""

import json
import os
import re
import ssl
from datetime import timedelta
from ipaddress import IPv6Address, ip_address
from typing import Annotated
from urllib.parse import SplitResult, urlsplit
from zoneinfo import ZoneInfo

from pydantic import AfterValidator, BeforeValidator, Field, SecretStr
from pydantic_settings import NoDecode

from specter_tui.errors import CodedError, ErrorText
from specter_tui.i18n import Language, language_of

_DURATION = re.compile(r"\s*(\d+(?:\.\d+)?)\s*(s|sec|min|m|h)?\s*")
_SECONDS = {None: 1, "s": 1, "sec": 1, "m": 60, "min": 60, "h": 3600}
_LONGEST_SECONDS = 366 * 24 * 3600
_LOOPBACK = {"localhost", "127.0.0.1", "::1"}
_HOST = re.compile(r"[a-z0-9_]([a-z0-9_.-]*[a-z0-9_])?")
_NEVER_IN_ADDRESSES = set(' \\"<>^`{|}')


class BadValue(CodedError, ValueError):
    """A value that a setting cannot have; the message does not name the setting."""


def _duration(value: object) -> object:
    """Read '30', '30 s', '15 min' or '2 h'; a bare number is seconds."""
    if not isinstance(value, str | int | float):
        return value
    match = _DURATION.fullmatch(str(value))
    if match is None:
        raise BadValue(ErrorText("setting_time"))
    seconds = float(match[1]) * _SECONDS[match[2]]
    if seconds > _LONGEST_SECONDS:
        raise BadValue(ErrorText("setting_too_long"))
    return timedelta(seconds=seconds)


def _above_zero(value: timedelta) -> timedelta:
    if not value:
        raise BadValue(ErrorText("setting_zero"))
    return value


def _words(value: object) -> object:
    """Read 'a, b' as a list of a and b; an empty value is an empty list."""
    return tuple(word.strip() for word in value.split(",") if word.strip()) if isinstance(value, str) else value


def _json_object(value: object) -> object:
    """Read '{"a": "b"}' as a map; an empty value is an empty map."""
    if not isinstance(value, str):
        return value
    try:
        return json.loads(value or "{}")
    except ValueError:
        raise BadValue(ErrorText("setting_map", example='{"7": "KG"}')) from None


def _checked_address(value: str) -> SplitResult:
    """Check an address: no character may look like another, or be dropped when it is parsed."""
    if not value.isascii():
        raise BadValue(ErrorText("setting_look_alike"))
    if not value.isprintable() or set(value) & _NEVER_IN_ADDRESSES:
        raise BadValue(ErrorText("setting_odd_sign"))
    try:
        url = urlsplit(value)
    except ValueError:
        raise BadValue(ErrorText("setting_https")) from None
    try:
        port, named = url.port, url.hostname or ""
    except ValueError:
        raise BadValue(ErrorText("setting_port")) from None
    if port == 0 or url.netloc.endswith(":"):
        raise BadValue(ErrorText("setting_port"))
    if any(label.startswith("xn--") for label in named.split(".")):
        raise BadValue(ErrorText("setting_look_alike"))
    if not (_HOST.fullmatch(named) or _is_ip_6(named)):
        raise BadValue(ErrorText("setting_https"))
    if url.query or url.fragment or value.endswith(("?", "#")):
        raise BadValue(ErrorText("setting_query"))
    return url


def _is_ip_6(named: str) -> bool:
    try:
        return "%" not in named and isinstance(ip_address(named), IPv6Address)
    except ValueError:
        return False


def _safe_url(value: str) -> str:
    """Accept https, or http to this machine (the sandbox), since every call sends keys."""
    url = _checked_address(value)
    if "@" in url.netloc:
        raise BadValue(ErrorText("setting_user"))
    if url.scheme == "https" or (url.scheme == "http" and url.hostname in _LOOPBACK):
        return value
    raise BadValue(ErrorText("setting_https"))


def _order_page(value: object, place: str) -> object:
    """Check the address of an order's page. It goes into the terminal, so nothing but plain characters may be in it."""
    if not isinstance(value, str) or not value:
        return value or None
    plain = value.replace(place, "1", 1)
    odd = set(plain) & _NEVER_IN_ADDRESSES or not plain.isascii() or not plain.isprintable()
    if plain == value or odd or not plain.startswith("https://"):
        raise BadValue(ErrorText("setting_order_page", place=place))
    url = urlsplit(value)
    if "{" in url.netloc or "@" in url.netloc or not _HOST.fullmatch(url.hostname or ""):
        raise BadValue(ErrorText("setting_order_page", place=place))
    return value


def _proxy_url(value: object) -> object:
    """Check a proxy's address. It may contain a password, so messages must not repeat it."""
    if not isinstance(value, str) or not value:
        return value or None
    url = _checked_address(value)
    if url.scheme not in ("http", "https") or url.path not in ("", "/"):
        raise BadValue(ErrorText("setting_proxy"))
    return value


def _certificates(value: object) -> object:
    if not isinstance(value, str) or not value:
        return value or None
    try:
        ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT).load_verify_locations(cafile=value)
    except ssl.SSLError:
        raise BadValue(ErrorText("setting_no_certificate")) from None
    except (OSError, ValueError) as error:
        why = error.strerror if isinstance(error, OSError) else error
        raise BadValue(ErrorText("setting_certificates", why=why)) from None
    return value


def spoken_language() -> Language:
    """Return the language of the program's environment."""
    return language_of(os.environ)


def _zone(value: str) -> str:
    try:
        ZoneInfo(value)
    except (KeyError, ValueError, OSError):
        raise BadValue(ErrorText("setting_zone")) from None
    return value


def _pattern(value: str) -> str:
    try:
        re.compile(value)
    except re.error as error:
        raise BadValue(ErrorText("setting_pattern", why=error)) from None
    return value


Duration = Annotated[timedelta, BeforeValidator(_duration)]
Pause = Annotated[Duration, AfterValidator(_above_zero)]
Words = Annotated[tuple[str, ...], NoDecode, BeforeValidator(_words)]
SecretWords = Annotated[tuple[SecretStr, ...], NoDecode, BeforeValidator(_words)]
CodeMap = Annotated[dict[str, str], NoDecode, BeforeValidator(_json_object)]
SpokenLanguage = Annotated[Language, BeforeValidator(lambda value: value or spoken_language())]
SafeUrl = Annotated[str, AfterValidator(_safe_url)]
ShopOrderPage = Annotated[str | None, BeforeValidator(lambda value: _order_page(value, "{uid}"))]
SpecterOrderPage = Annotated[str | None, BeforeValidator(lambda value: _order_page(value, "{number}"))]
ProxyUrl = Annotated[SecretStr | None, BeforeValidator(_proxy_url)]
Certificates = Annotated[str | None, BeforeValidator(_certificates)]
Zone = Annotated[str, AfterValidator(_zone)]
Pattern = Annotated[str, AfterValidator(_pattern)]
OptionalText = Annotated[str | None, BeforeValidator(lambda value: value or None)]
OptionalSecret = Annotated[SecretStr | None, BeforeValidator(lambda value: value or None)]
OptionalNumber = Annotated[int | None, BeforeValidator(lambda value: None if value == "" else value)]
OptionalRate = Annotated[
    Annotated[float, Field(gt=0, allow_inf_nan=False)] | None,
    BeforeValidator(lambda value: None if value == "" else value),
]
