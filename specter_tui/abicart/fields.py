"""Types of the values that the shop returns: cleaned texts, Decimal numbers, UTC times, references as uids."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from decimal import Decimal, InvalidOperation
from typing import Annotated, Any, TypeVar

from pydantic import (
    BeforeValidator,
    PlainValidator,
    ValidationError,
    ValidationInfo,
    ValidatorFunctionWrapHandler,
    WrapValidator,
)

from specter_tui.abicart.texts_by_language import by_language, line_of, lines_of, refuse_impossible

T = TypeVar("T")
_LARGEST_EXPONENT = 15
_LARGEST = 10**_LARGEST_EXPONENT
_LARGEST_UID = 2**63 - 1
_DIGITS = re.compile(r"[0-9]{1,19}")
_FLOAT_NOISE = Decimal("0.000001")
_ORE = Decimal("0.01")


@dataclass(frozen=True, slots=True)
class Reading:
    """Options for reading documents: languages of texts by preference, and article types that are packages.

    `company_key` is a further path of a company's name, such as `customer.address.organisation`.
    """

    languages: tuple[str, ...] = ()
    package_types: tuple[str, ...] = ("package",)
    company_key: str = ""


def reading_of(context: object) -> Reading:
    """Return the validation's options, or the default ones."""
    return context if isinstance(context, Reading) else _USUAL


_USUAL = Reading()


def _line(value: object, info: ValidationInfo) -> str:
    if type(value) is str:  # Nearly every value; an ImpossibleNumber is none.
        return line_of(value)
    refuse_impossible(value)
    return line_of(value, reading_of(info.context).languages)


def _lines(value: object, info: ValidationInfo) -> str:
    if type(value) is str:
        return lines_of(value)
    refuse_impossible(value)
    return lines_of(value, reading_of(info.context).languages)


def _told(value: object) -> object:
    refuse_impossible(value)
    return value


def _name(value: object, info: ValidationInfo) -> dict[str, str] | str:
    refuse_impossible(value)
    if isinstance(value, Mapping) and by_language(value):
        return {str(language): line_of(text) for language, text in value.items()}
    return line_of(value, reading_of(info.context).languages) or {}


def read_number(value: object) -> Decimal:
    """Read a finite number of at most 15 digits before the point. Raises ValueError."""
    if type(value) is int and -_LARGEST <= value <= _LARGEST:
        return Decimal(value)
    try:
        number = value if isinstance(value, Decimal) else Decimal(str(value))
    except InvalidOperation:
        raise ValueError("is no number") from None
    if not number.is_finite() or abs(number.adjusted()) > _LARGEST_EXPONENT:
        raise ValueError("is no number of a sensible size")
    return number


def _amount(value: object) -> Decimal:
    """Read an amount in the order's currency. Float noise around whole öre is removed."""
    number = read_number(value)
    ore = number.quantize(_ORE)
    return ore if number == ore or abs(number - ore) < _FLOAT_NOISE else number


def _moment(value: object) -> object:
    """Read a time as UTC, also where it names no zone (wires: A-times)."""
    if isinstance(value, int | Decimal | float):
        raise ValueError("is no time")  # noqa: TRY004 - pydantic makes a problem of this kind alone
    if isinstance(value, str):
        value = datetime.fromisoformat(value)
    if isinstance(value, datetime):
        try:
            return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)
        except OverflowError:
            raise ValueError("is no time that there is") from None
    return value


def moment_of(value: object) -> datetime | None:
    """Return a time in UTC; None where it cannot be read."""
    try:
        moment = _moment(value)
    except (ValueError, TypeError):
        return None
    return moment if isinstance(moment, datetime) else None


def uid_of(value: object) -> int:
    """Return the uid of a number or its ASCII digits, within the journal's range; else 0."""
    try:
        return _uid(value)
    except ValueError:
        return 0


def _uid(value: object) -> int:
    if isinstance(value, str) and _DIGITS.fullmatch(value):
        value = int(value)
    if type(value) is int and 0 <= value <= _LARGEST_UID:
        return value
    raise ValueError("is no uid")


def _reference(value: object) -> int | None:
    """Read a reference as a uid. Where the shop expanded the reference, the uid is inside (wires: A-query)."""
    inner = value.get("uid") if isinstance(value, Mapping) else value
    return None if inner is None else _uid(inner)


def _expanded(value: object) -> object:
    """Read a reference that the shop did not expand as an object with only its uid."""
    return value if isinstance(value, Mapping) else {"uid": value}


def _none_to_empty(value: object) -> object:
    return () if value is None else value


def _known_only(value: object) -> object:
    """Return a mapping without the keys whose value is null."""
    return {key: one for key, one in value.items() if one is not None} if isinstance(value, Mapping) else {}


def _or_nothing(value: object, handler: ValidatorFunctionWrapHandler) -> object:
    try:
        return handler(value)
    except ValidationError:
        return ()


def _article_number(value: object, info: ValidationInfo) -> str:
    """Read one line. A space at its beginning or end is kept, as one, since it makes it another number."""
    line = _line(value, info)
    if not isinstance(value, str) or not line:
        return line
    return " " * value[:1].isspace() + line + " " * value[-1:].isspace()


Line = Annotated[str, PlainValidator(_line)]
ArticleNumber = Annotated[str, PlainValidator(_article_number)]
Lines = Annotated[str, PlainValidator(_lines)]
Told = Annotated[Any, BeforeValidator(_told)]
"""Any JSON that a person answered with; it becomes text later."""
Number = Annotated[Decimal, PlainValidator(read_number)]
Amount = Annotated[Decimal, PlainValidator(_amount)]
Moment = Annotated[datetime, BeforeValidator(_moment)]
MomentIfAny = Annotated[datetime | None, BeforeValidator(moment_of)]
"""A time, None where it cannot be read."""
Uid = Annotated[int, PlainValidator(_uid)]
Reference = Annotated[int | None, PlainValidator(_reference)]
Expanded = Annotated[T, BeforeValidator(_expanded)]
Many = Annotated[tuple[T, ...], BeforeValidator(_none_to_empty)]
OrEmpty = Annotated[T, BeforeValidator(lambda value: value or {})]
"""An object that the shop may leave out, or give as null or an empty list; then it has no keys."""
OrNothing = Annotated[T, WrapValidator(_or_nothing)]
"""A list that becomes empty where it cannot be read: the document is worth more than the list."""
OrNone = Annotated[T | None, BeforeValidator(lambda value: value or None)]
"""An object that the shop may leave out, or give as null or an empty list; then it is None."""
Name = Annotated[dict[str, str] | str, PlainValidator(_name)]
"""A text in one language, or several by language."""
KnownOnly = Annotated[T, BeforeValidator(_known_only)]
Prices = KnownOnly[dict[str, Amount]]
"""Amounts by currency."""
