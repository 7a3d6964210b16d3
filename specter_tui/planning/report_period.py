"""The days of a report: a day, a week or a month, by the placing of orders or by their export."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

Basis = Literal["placed", "exported"]
Span = Literal["day", "week", "month"]
SPANS: tuple[Span, ...] = ("day", "week", "month")
_DAY = timedelta(days=1)
_LONGEST_MONTH = 31


@dataclass(frozen=True, slots=True)
class ReportPeriod:
    """The first and last day, both included."""

    first: date
    last: date
    basis: Basis = "placed"
    span: Span = "day"

    @classmethod
    def of(cls, day: date, span: Span = "day", basis: Basis = "placed") -> "ReportPeriod":
        """Return the day, or the week from Monday or the month that it is in."""
        match span:
            case "day":
                return cls(day, day, basis, span)
            case "week":
                first = day - timedelta(days=day.weekday())
                return cls(first, first + timedelta(days=6), basis, span)
            case "month":
                first = day.replace(day=1)
                following = (first + timedelta(days=_LONGEST_MONTH)).replace(day=1)
                return cls(first, following - _DAY, basis, span)

    @property
    def before(self) -> "ReportPeriod":
        """The period of this length before it."""
        return ReportPeriod.of(self.first - _DAY, self.span, self.basis)

    @property
    def after(self) -> "ReportPeriod":
        """The period of this length after it."""
        return ReportPeriod.of(self.last + _DAY, self.span, self.basis)
