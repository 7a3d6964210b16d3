"""The log: one line for each event, as text or JSON. The formatter masks secrets, in this one place.

An order is logged with its number, state and the journal's message; never with a name or an address.
"""

import json
import logging
import os
import re
import sys
import time
from collections.abc import Callable, Collection, Iterable, Sequence
from io import TextIOWrapper
from logging.handlers import WatchedFileHandler
from typing import Any

from specter_tui.cli.output import named_shop
from specter_tui.config.settings import Settings
from specter_tui.engine.events import (
    AutoChanged,
    Draining,
    ExportEnded,
    Message,
    Notice,
    PollFinished,
    ReachChanged,
    ShopOpened,
    StopChanged,
    Stopped,
)
from specter_tui.text.output_encoding import carries_unicode
from specter_tui.text.sanitize import clean_line
from specter_tui.text.secret_spellings import forms_of

_QUERY = re.compile(r"(\b[a-z][a-z0-9+.-]*://[^\s\"'?#]+)\?[^\s\"']*", re.IGNORECASE)
_LEVELS = {"information": logging.INFO, "warning": logging.WARNING, "error": logging.ERROR}

_REPEATED_AFTER = 3600.0
"""Seconds after which a repeated message is logged again, since nothing reports its end."""
_MOST_TOLD = 10_000
"""The most orders and messages whose last report is remembered."""

log = logging.getLogger("specter_tui")


def redactor(secrets: Iterable[str]) -> Callable[[str], str]:
    """Return a function that masks these secrets, also in URL-encoded forms, and the query of every URL."""
    longest_first = sorted({form for secret in secrets for form in forms_of(secret)}, key=len, reverse=True)
    pattern = re.compile("|".join(map(re.escape, longest_first)) or r"(?!)")

    def redact(text: str) -> str:
        return pattern.sub("***", _QUERY.sub(r"\1?***", text))

    return redact


class OneLineFormatter(logging.Formatter):
    """Formats every line: values cleaned, secrets masked, no line break."""

    def __init__(self, redact: Callable[[str], str], *, as_json: bool) -> None:
        super().__init__()
        self._redact = redact
        self._as_json = as_json

    def format(self, record: logging.LogRecord) -> str:
        """Return the record on one line."""
        fields = {name: self._clean(value) for name, value in getattr(record, "fields", {}).items()}
        message = self._clean(record.getMessage())
        if record.exc_info and record.exc_info[0] is not None:
            fields["error"] = record.exc_info[0].__name__  # The error's text could contain a secret or a person.
        at = self.formatTime(record)
        if self._as_json:
            line = {"at": at, "level": record.levelname, "event": message, **fields}
            return json.dumps(line, ensure_ascii=not carries_unicode(sys.stderr))
        return " ".join([at, record.levelname, message, *(f"{name}={_quoted(fields[name])}" for name in fields)])

    def formatTime(self, record: logging.LogRecord, datefmt: str | None = None) -> str:  # noqa: N802 (the library's)
        """Return the time in UTC, with milliseconds."""
        seconds = super().formatTime(record, datefmt or "%Y-%m-%dT%H:%M:%S")
        return f"{seconds}.{int(record.msecs):03d}Z"

    def _clean(self, value: Any) -> Any:
        return value if isinstance(value, int | float | None) else self._redact(clean_line(str(value)))


def _quoted(value: Any) -> str:
    text = str(value)
    return text if re.fullmatch(r"[^\s\"=]+", text) else json.dumps(text, ensure_ascii=False)


class OwnFile(WatchedFileHandler):
    """A log file for its owner only (0600), reopened after log rotation."""

    def _open(self) -> TextIOWrapper:
        file = os.open(self.baseFilename, os.O_WRONLY | os.O_CREAT | os.O_APPEND | os.O_NOFOLLOW | os.O_CLOEXEC, 0o600)
        return os.fdopen(file, "a", encoding="utf-8")


def set_up_logs(shops: Sequence[Settings], *, on_stderr: bool) -> None:
    """Send each shop's log lines to its LOG__FILE; without one to stderr, if asked, else nowhere. Raises OSError."""
    redact = redactor(secret for settings in shops for secret in settings.secrets())
    handlers: list[logging.Handler] = []
    for file, sharing in _by_file(shops).items():
        handler = _handler(file, on_stderr=on_stderr)
        formatter = OneLineFormatter(redact, as_json=sharing[0].log.format == "json")
        formatter.converter = time.gmtime
        handler.setFormatter(formatter)
        if len(sharing) < len(shops):
            handler.addFilter(_of_shops({settings.abicart.webshop for settings in sharing}))
        handlers.append(handler)
    logging.basicConfig(handlers=handlers, level=logging.INFO, force=True)
    logging.raiseExceptions = False
    for talkative in ("httpx", "httpcore", "apprise", "asyncio"):
        logging.getLogger(talkative).setLevel(logging.WARNING)


def _by_file(shops: Iterable[Settings]) -> dict[str | None, list[Settings]]:
    found: dict[str | None, list[Settings]] = {}
    for settings in shops:
        found.setdefault(settings.log.file, []).append(settings)
    return found


def _handler(file: str | None, *, on_stderr: bool) -> logging.Handler:
    if file:
        return OwnFile(file, encoding="utf-8")
    return logging.StreamHandler(sys.stderr) if on_stderr else logging.NullHandler()


def _of_shops(numbers: Collection[int]) -> Callable[[logging.LogRecord], bool]:
    """Return a filter for lines of these shops and lines without a shop."""
    return lambda record: getattr(record, "fields", {}).get("shop", None) in (None, *numbers)


class RepeatFilter:
    """Finds repeated messages: each poll reports again what has not changed."""

    def __init__(self) -> None:
        self._last: dict[tuple[int | None, str, object], object] = {}

    def is_news(self, message: Message) -> bool:
        """Return whether the message differs from the last one about the same order or thing."""
        match message:
            case PollFinished():
                return self._differs("looked", None, True)
            case ExportEnded(view, sent):
                told = (view.state, view.why, view.specter_number)
                return self._differs("order", view.uid, told) or sent
            case Notice("information", _):
                return True
            case Notice(_, text):
                return self._differs("notice", text, time.monotonic() // _REPEATED_AFTER)
            case _:
                return True

    def _differs(self, kind: str, of: object, told: object) -> bool:
        key = (named_shop(), kind, of)
        before = self._last.get(key)
        self._last[key] = told
        if len(self._last) > _MOST_TOLD:
            del self._last[next(iter(self._last))]
        return before != told


def log_message(message: Message) -> None:
    """Log an engine message, if it concerns readers of logs."""
    match message:
        case PollFinished(at, next_at):
            _line(logging.INFO, "looked", until=at.isoformat(), next=next_at.isoformat() if next_at else None)
        case ExportEnded(view, sent):
            level = logging.INFO if view.state == "exported" else logging.WARNING
            told = {"order": view.number, "sent": sent, "specter_number": view.specter_number}
            # A problem's text may quote the order; the journal's messages contain no personal data.
            why = view.why if view.state in ("retry_later", "unknown", "refused", "exists") else ""
            _line(level, view.state, **told, **_why(why))
        case ReachChanged(who, reach, text, halted):
            level = logging.INFO if reach == "ok" else logging.ERROR if halted else logging.WARNING
            _line(level, "reach", who=who, reach=reach, halted=halted, **_why(text))
        case AutoChanged(on, by):
            _line(logging.INFO, "auto", on=on, **({"by": by} if by else {}))
        case StopChanged():
            _log_stop(message)
        case Notice(level_name, text):
            _line(_LEVELS[level_name], "notice", message=text)
        case Draining(in_flight):
            _line(logging.INFO, "leaving", in_flight=",".join(in_flight))
        case ShopOpened(trouble):
            _line(logging.ERROR if trouble else logging.INFO, "shut" if trouble else "open", **_why(trouble))
        case Stopped(error, _):
            _line(logging.ERROR if error else logging.INFO, "stopped", **_why(error))
        case _:
            return


def _log_stop(message: StopChanged) -> None:
    stop = message.stop
    if stop is None:
        _line(logging.INFO, "sending_resumed")
        return
    told = {"by": stop.operator, "host": stop.host, "under_way": ",".join(message.under_way)}
    _line(logging.WARNING, "sending_stopped", **told, **_why(stop.reason))


def _why(message: str) -> dict[str, str]:
    return {"message": message} if message else {}


def _line(level: int, event: str, **fields: object) -> None:
    shop = named_shop()
    log.log(level, event, extra={"fields": fields if shop is None else {"shop": shop, **fields}})
