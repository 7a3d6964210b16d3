"""How a setting's value is written: what a duration, a list or an address looks like, in the environment or a file."""

import json
import os
import re
from datetime import timedelta
from typing import Annotated
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

from pydantic import AfterValidator, BeforeValidator, Field, SecretStr
from pydantic_settings import NoDecode

from specter_tui.language import Language, language_of

_DURATION = re.compile(r"\s*(\d+(?:\.\d+)?)\s*(s|sec|min|m|h)?\s*")
_SECONDS = {None: 1, "s": 1, "sec": 1, "m": 60, "min": 60, "h": 3600}
_LONGEST_SECONDS = 366 * 24 * 3600
_LOOPBACK = {"localhost", "127.0.0.1", "::1"}


def _duration(value: object) -> object:
    """'30', '30 s', '15 min' and '2 h' are durations; a bare number is seconds."""
    if not isinstance(value, str | int | float):
        return value
    match = _DURATION.fullmatch(str(value))
    if match is None:
        raise ValueError("write a time such as 30 s, 15 min or 2 h")
    seconds = float(match[1]) * _SECONDS[match[2]]
    if seconds > _LONGEST_SECONDS:
        raise ValueError("is too long a time")
    return timedelta(seconds=seconds)


def _above_zero(value: timedelta) -> timedelta:
    if not value:
        raise ValueError("must be longer than 0")
    return value


def _words(value: object) -> object:
    """'a, b' is the list of a and b; an empty value is an empty list."""
    return tuple(word.strip() for word in value.split(",") if word.strip()) if isinstance(value, str) else value


def _json_object(value: object) -> object:
    """'{"a": "b"}' is a map; an empty value is an empty map."""
    if not isinstance(value, str):
        return value
    try:
        return json.loads(value or "{}")
    except ValueError:
        raise ValueError('is no valid JSON; write it as {"7": "KG"}') from None


def _safe_url(value: str) -> str:
    """Keys travel with every call, so only https, or http to this machine (the sandbox)."""
    url = urlsplit(value)
    if url.scheme == "https" and url.hostname:
        return value
    if url.scheme == "http" and url.hostname in _LOOPBACK:
        return value
    raise ValueError("must be an https:// address (http:// only to this machine)")


def spoken_language() -> Language:
    """The language of the environment that the program was started in."""
    return language_of(os.environ)


def _zone(value: str) -> str:
    try:
        ZoneInfo(value)
    except (KeyError, ValueError, OSError):
        raise ValueError("is no time zone; write one such as Europe/Stockholm") from None
    return value


def _pattern(value: str) -> str:
    try:
        re.compile(value)
    except re.error as error:
        raise ValueError(f"is no regular expression: {error}") from None
    return value


Duration = Annotated[timedelta, BeforeValidator(_duration)]
Pause = Annotated[Duration, AfterValidator(_above_zero)]
Words = Annotated[tuple[str, ...], NoDecode, BeforeValidator(_words)]
SecretWords = Annotated[tuple[SecretStr, ...], NoDecode, BeforeValidator(_words)]
CodeMap = Annotated[dict[str, str], NoDecode, BeforeValidator(_json_object)]
SpokenLanguage = Annotated[Language, BeforeValidator(lambda value: value or spoken_language())]
SafeUrl = Annotated[str, AfterValidator(_safe_url)]
Zone = Annotated[str, AfterValidator(_zone)]
Pattern = Annotated[str, AfterValidator(_pattern)]
OptionalText = Annotated[str | None, BeforeValidator(lambda value: value or None)]
OptionalSecret = Annotated[SecretStr | None, BeforeValidator(lambda value: value or None)]
OptionalNumber = Annotated[int | None, BeforeValidator(lambda value: None if value == "" else value)]
OptionalRate = Annotated[
    Annotated[float, Field(gt=0, allow_inf_nan=False)] | None,
    BeforeValidator(lambda value: None if value == "" else value),
]
