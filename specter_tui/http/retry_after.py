"""The pause that a server asks for in the Retry-After header."""

import re
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime

LONGEST = 3600.0
"""The longest accepted pause in seconds, so that no header stops the work for days."""
_SECONDS = re.compile(r"[0-9]{1,9}")


def seconds_until(header: str) -> float | None:
    """Return the seconds to wait, given as a number or as a date; None where the header has neither."""
    text = header.strip()
    if _SECONDS.fullmatch(text):
        return min(float(text), LONGEST)
    try:
        until = parsedate_to_datetime(text)
        until = until.replace(tzinfo=UTC) if until.tzinfo is None else until
        return min(max((until - datetime.now(UTC)).total_seconds(), 0.0), LONGEST)
    except (ValueError, OverflowError, IndexError, TypeError):
        return None
