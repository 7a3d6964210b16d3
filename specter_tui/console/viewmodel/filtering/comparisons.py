"""The tests of a filter that compare: numbers, moments and ages."""

import operator
from collections.abc import Callable, Iterable
from decimal import Decimal
from typing import Any

from specter_tui.console.viewmodel.filtering.list_fields import ListField
from specter_tui.console.viewmodel.filtering.list_filter import FilterError, Test
from specter_tui.console.viewmodel.filtering.typed_values import FilterClock, amount, length, period

_ORDERED: dict[str, Callable[[Any, Any], bool]] = {
    ">": operator.gt,
    ">=": operator.ge,
    "<": operator.lt,
    "<=": operator.le,
    ":": operator.eq,
    "=": operator.eq,
}
_TURNED = str.maketrans("<>", "><")


def number_test(field: ListField, sign: str, value: str) -> Test | FilterError:
    """Compare a number, or with `:` match a range."""
    low, dots, high = value.partition("..")
    if dots and sign in (":", "="):
        least, most = amount(low), amount(high)
        if least is None or most is None:
            return FilterError(value, "amount")
        return _where(field, lambda found: least <= found <= most)
    wanted = amount(value)
    if wanted is None:
        return FilterError(value, "amount")
    compare = _ORDERED[sign]
    return _where(field, lambda found: compare(found, wanted))


def amount_test(fields: Iterable[ListField], typed: str) -> Test:
    """Match rows with an amount that begins as typed: `1 234` is also 1 234,50."""
    wanted, getters = amount(typed), [field.get for field in fields]
    if wanted is None or not getters:
        return lambda row: False
    step = Decimal(1).scaleb(int(wanted.as_tuple().exponent)).copy_sign(wanted)
    low, high = min(wanted, wanted + step), max(wanted, wanted + step)

    def test(row: Any) -> bool:
        for get in getters:
            found: Any = get(row)
            if found is not None and low <= found <= high and (found == wanted or found not in (low, high)):
                return True
        return False

    return test


def moment_test(field: ListField, sign: str, value: str, now: FilterClock) -> Test | FilterError:
    """Compare with a day as a period: after it means after its end, until it means before its end."""
    asked = period(value, now)
    if asked is None:
        return FilterError(value, "moment")
    start, end = asked.start, asked.end
    match sign:
        case ">":
            return _where(field, lambda found: found >= end)
        case ">=":
            return _where(field, lambda found: found >= start)
        case "<":
            return _where(field, lambda found: found < start)
        case "<=":
            return _where(field, lambda found: found < end)
        case _:
            return _where(field, lambda found: start <= found < end)


def age_test(field: ListField, sign: str, value: str, now: FilterClock) -> Test | FilterError:
    """Compare an age: `age>2h` means earlier than two hours ago."""
    asked = length(value)
    if asked is None:
        return FilterError(value, "age")
    if sign in (":", "="):
        return FilterError(value, "sign")
    moment, compare = now.now - asked, _ORDERED[sign.translate(_TURNED)]
    return _where(field, lambda found: compare(found, moment))


def _where(field: ListField, holds: Callable[[Any], bool]) -> Test:
    """Test the field's value if there is one."""
    get = field.get
    return lambda row: (found := get(row)) is not None and holds(found)
