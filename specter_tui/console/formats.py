"""Money, times and counts as a bookkeeper in Sweden writes them."""

from datetime import datetime, timedelta, tzinfo
from decimal import ROUND_HALF_UP, Decimal

HARD_SPACE = "\N{NO-BREAK SPACE}"
MINUS = "\N{MINUS SIGN}"
_SECONDS_A_MINUTE = 60
_MINUTES_AN_HOUR = 60


def number(value: Decimal, decimals: int | None = None) -> str:
    """A number with a decimal comma and thousands apart; `decimals` None: as many as it has."""
    if decimals is not None:
        value = value.quantize(Decimal(1).scaleb(-decimals), ROUND_HALF_UP)
    whole, _, fraction = format(abs(value), "f").partition(".")
    grouped = format(int(whole), ",").replace(",", HARD_SPACE)
    if decimals is None:
        fraction = fraction.rstrip("0")
    return f"{MINUS if value < 0 else ''}{grouped}{',' if fraction else ''}{fraction}"


def money(value: Decimal | None, currency: str = "SEK") -> str:
    """An amount with its öre and its currency: `1 234,50 kr`, `12,00 EUR`."""
    if value is None:
        return ""
    unit = "kr" if currency in ("", "SEK") else currency
    return f"{number(value, 2)}{HARD_SPACE}{unit}"


def price(value: Decimal) -> str:
    """A unit price with at least two decimals, and as many more as are sent."""
    _, _, fraction = format(value.normalize(), "f").partition(".")
    return number(value, max(2, len(fraction)))


def clock(moment: datetime | None, zone: tzinfo | None) -> str:
    """The time of day, without seconds."""
    return "" if moment is None else moment.astimezone(zone).strftime("%H:%M")


def day_and_clock(moment: datetime | None, zone: tzinfo | None) -> str:
    """The date and the time of day."""
    return "" if moment is None else moment.astimezone(zone).strftime("%Y-%m-%d %H:%M")


def when(moment: datetime | None, now: datetime, zone: tzinfo | None, *, seconds: bool = False) -> str:
    """The time of day for today, day and month for other days, with the year when it is another one."""
    if moment is None:
        return ""
    local, today = moment.astimezone(zone), now.astimezone(zone)
    if local.date() == today.date():
        return local.strftime("%H:%M:%S" if seconds else "%H:%M")
    return local.strftime("%d/%m %H:%M" if local.year == today.year else "%Y-%m-%d")


def took(milliseconds: int | None) -> str:
    """How long a call took."""
    if milliseconds is None:
        return ""
    if milliseconds < 1000:
        return f"{milliseconds}{HARD_SPACE}ms"
    return f"{number(Decimal(milliseconds) / 1000, 1)}{HARD_SPACE}s"


def age(span: timedelta) -> str:
    """A length of time in its largest unit: 40 s, 12 min, 3 h, 2 d."""
    seconds = max(0, int(span.total_seconds()))
    minutes, hours = seconds // _SECONDS_A_MINUTE, seconds // (_SECONDS_A_MINUTE * _MINUTES_AN_HOUR)
    if minutes == 0:
        return f"{seconds}{HARD_SPACE}s"
    if hours == 0:
        return f"{minutes}{HARD_SPACE}min"
    return f"{hours}{HARD_SPACE}h" if hours < 48 else f"{hours // 24}{HARD_SPACE}d"
