"""The pause that a server asks for in the header Retry-After."""

import re
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime

LONGEST = 3600.0
"""Seconds that are believed: a header is no reason to stand still for days."""
_SECONDS = re.compile(r"[0-9]{1,9}")


def seconds_until(header: str) -> float | None:
    """Seconds to wait, told as such or as a date; None where it tells neither."""
    text = header.strip()
    if _SECONDS.fullmatch(text):
        return min(float(text), LONGEST)
    try:
        until = parsedate_to_datetime(text)
        until = until.replace(tzinfo=UTC) if until.tzinfo is None else until
        return min(max((until - datetime.now(UTC)).total_seconds(), 0.0), LONGEST)
    except (ValueError, OverflowError, IndexError, TypeError):
        return None
