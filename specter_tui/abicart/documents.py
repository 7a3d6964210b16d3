"""What the shop returns: orders, articles, methods. Unknown keys are passed over, texts cleaned, numbers Decimal."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from decimal import Decimal, InvalidOperation
from typing import Annotated, Any

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, ValidationError
from pydantic.alias_generators import to_camel

from specter_tui.text import clean_line, clean_text

_LARGEST_EXPONENT = 15
_LARGEST = 10**_LARGEST_EXPONENT
_FLOAT_NOISE = Decimal("0.000001")
_ORE = Decimal("0.01")


def _line(value: object) -> str:
    return "" if value is None else clean_line(str(value))


def _lines(value: object) -> str:
    return "" if value is None else clean_text(str(value))


def _number(value: object) -> Decimal:
    """Any finite number of a size that money, weights and quantities have."""
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
    """An amount in the order's currency. What differs from whole öre by float noise alone is those öre."""
    number = _number(value)
    ore = number.quantize(_ORE)
    return ore if number == ore or abs(number - ore) < _FLOAT_NOISE else number


def _moment(value: object) -> object:
    """A time of the shop's is UTC, also where it names no zone (wires: A-times)."""
    if isinstance(value, str):
        value = datetime.fromisoformat(value)
    if isinstance(value, datetime):
        try:
            return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)
        except OverflowError:
            raise ValueError("is no time that there is") from None
    return value


def _reference(value: object) -> object:
    """A reference is a uid; where the shop expanded it, the uid is inside (wires: A-query)."""
    return value.get("uid") if isinstance(value, Mapping) else value


def _expanded(value: object) -> object:
    """A reference that the shop did not expand is an object that has only its uid."""
    return value if isinstance(value, Mapping) else {"uid": value}


def _none_to_empty(value: object) -> object:
    return () if value is None else value


def _known_only(value: object) -> object:
    """A mapping without the keys that hold nothing."""
    return {key: one for key, one in value.items() if one is not None} if isinstance(value, Mapping) else {}


Line = Annotated[str, BeforeValidator(_line)]
Lines = Annotated[str, BeforeValidator(_lines)]
Number = Annotated[Decimal, BeforeValidator(_number)]
Amount = Annotated[Decimal, BeforeValidator(_amount)]
Moment = Annotated[datetime, BeforeValidator(_moment)]
Reference = Annotated[int | None, BeforeValidator(_reference)]
Name = Annotated[dict[str, Line] | Line, BeforeValidator(lambda value: value or {})]
Prices = Annotated[dict[str, Amount], BeforeValidator(_known_only)]


class Document(BaseModel):
    """A part of what the shop returns. Every key may be missing unless nothing can be said without it."""

    model_config = ConfigDict(alias_generator=to_camel, populate_by_name=True, extra="ignore", frozen=True)


class Cost(Document):
    """An amount with its VAT; `vat_rate` is a fraction (0.25), on sums a blend (wires: A-costs)."""

    currency: Line = ""
    inc_vat: Amount
    ex_vat: Amount | None = None
    vat: Amount | None = None
    vat_rate: Number | None = None


class RowCosts(Document):
    """Of one row: per unit, and in all before its discount."""

    unit: Cost
    total: Cost


class Discount(Document):
    """A discount on a row or on the order; the amounts are positive (wires: A-discounts)."""

    discount: Reference = None
    name: Line = ""
    inc_vat: Amount
    ex_vat: Amount | None = None
    vat: Amount | None = None
    vat_rate: Number | None = None
    rate: Number | None = None


class OrderItem(Document):
    """One row of an order. The quantity lives among the choices."""

    uid: int
    article: Reference = None
    article_number: Line = ""
    article_name: Line = ""
    choices: Annotated[dict[str, Any], BeforeValidator(lambda value: value or {})] = Field(default_factory=dict)
    costs: RowCosts
    discount_info: Discount | None = None

    @property
    def quantity(self) -> Decimal:
        """How many units. Raises ValueError where the shop's value is no number."""
        return _number(self.choices.get("quantity", 1))

    @property
    def chosen(self) -> dict[str, str]:
        """The options chosen, by choice; equals a variant's `defined_by`."""
        return {key: str(value) for key, value in self.choices.items() if key != "quantity"}


class OrderCosts(Document):
    """The sums of an order."""

    cart: Cost
    total: Cost
    payment: Cost | None = None
    shipment: Cost | None = None


class Payment(Document):
    """One payment of an order; an order may have several, gift cards among them."""

    uid: int
    method: Reference = None
    status: Line = ""
    amount: Amount | None = None
    external_ref: Line = ""


class CustomerInfo(Document):
    """Who buys. Keys that are not known here are the checkout's own fields (wires: A-checkout-fields)."""

    model_config = ConfigDict(extra="allow")

    type: Line = ""
    email: Line = ""
    nin: Line = ""
    vat_number: Line = ""

    @property
    def own_fields(self) -> dict[str, str]:
        """The checkout's own fields, label to value, those with a plain value only."""
        extra = self.model_extra or {}
        return {
            clean_line(label): clean_text(str(value))
            for label, value in extra.items()
            if isinstance(value, str | int | Decimal) and clean_text(str(value))
        }


class Address(Document):
    """Where the buyer, or the receiver, is."""

    company: Line = ""
    first_name: Line = ""
    last_name: Line = ""
    name: Line = ""
    address: Line = ""
    address2: Line = ""
    postcode: Line = ""
    town: Line = ""
    country: Line = ""
    phone: Line = ""
    phone_mobile: Line = ""
    vat_number: Line = ""
    copy_address: bool | None = None


class Customer(Document):
    """The buyer as the order remembers it."""

    info: CustomerInfo = Field(default_factory=CustomerInfo)
    address: Address = Field(default_factory=Address)
    delivery_address: Address | None = None


class Delivery(Document):
    """How the order travels."""

    method: Reference = None


class Order(Document):
    """An order as the shop has it now."""

    uid: int
    order_number: Line = ""
    external_order_number: Line = ""
    ordered: Moment | None = None
    changed: Moment | None = None
    discarded: bool = False
    customer: Customer = Field(default_factory=Customer)
    currency: Line = ""
    costs: OrderCosts
    discount_info: Annotated[tuple[Discount, ...], BeforeValidator(_none_to_empty)] = ()
    items: Annotated[tuple[OrderItem, ...], BeforeValidator(_none_to_empty)] = ()
    payments: Annotated[
        tuple[Annotated[Payment, BeforeValidator(_expanded)], ...], BeforeValidator(_none_to_empty)
    ] = ()
    delivery: Delivery | None = None
    payment_status: Line = ""
    delivery_status: Line = ""
    note: Lines = ""
    language: Line = ""

    @property
    def number(self) -> str:
        """What people say: the order number, or the uid where the shop gives none."""
        return self.order_number or str(self.uid)


@dataclass(frozen=True, slots=True)
class UnreadableOrder:
    """An order whose document does not parse: what is known of it, and the first thing that is wrong."""

    uid: int
    number: str
    ordered: datetime | None
    changed: datetime | None
    discarded: bool
    external_order_number: str
    problem: str


class PaymentMethod(Document):
    """A way to pay that the shop offers."""

    uid: int
    active: bool = True
    type: Line = ""
    name: Name = Field(default_factory=dict)

    def is_one_of(self, types_or_uids: tuple[str, ...]) -> bool:
        """Whether its type or its uid is named in a setting."""
        return self.type.casefold() in {word.casefold() for word in types_or_uids} or str(self.uid) in types_or_uids


class DeliveryMethod(Document):
    """A way to send that the shop offers."""

    uid: int
    name: Name = Field(default_factory=dict)


class Stock(Document):
    """An article's stock; without `use_stock` the number means nothing."""

    use_stock: bool = False
    stock: Number | None = None


class VariantOverrides(Document):
    """What a variant has of its own; what is missing falls back to the article. The weight is in grams."""

    article_number: Line | None = None
    ean: Line | None = None
    weight: Number | None = None
    stock: Number | None = None


class Variant(Document):
    """One combination of choices of an article."""

    uid: int
    defined_by: Annotated[dict[str, Line], BeforeValidator(lambda value: value or {})] = Field(default_factory=dict)
    overrides: Annotated[VariantOverrides, BeforeValidator(lambda value: value or {})] = Field(
        default_factory=VariantOverrides
    )


class Price(Document):
    """What an article costs, by currency, when there is no special offer (wires: A-price)."""

    regular: Prices = Field(default_factory=dict)


class ChoiceOption(Document):
    """One of the options of a choice: red, or XL."""

    uid: int
    name: Name = Field(default_factory=dict)


class Choice(Document):
    """What a customer chooses of an article: colour, or size."""

    uid: int
    name: Name = Field(default_factory=dict)
    options: Annotated[
        tuple[Annotated[ChoiceOption, BeforeValidator(_expanded)], ...], BeforeValidator(_none_to_empty)
    ] = ()


class Article(Document):
    """An article of the catalogue. The weight is in grams; `vat_rate` is a fraction (0.25)."""

    uid: int
    article_number: Line = ""
    name: Name = Field(default_factory=dict)
    type: Line = ""
    stock: Stock | None = None
    ean: Line = ""
    weight: Number | None = None
    price: Annotated[Price, BeforeValidator(lambda value: value or {})] = Field(default_factory=Price)
    vat_rate: Number | None = None
    vat_is_included: bool | None = None
    choices: Annotated[tuple[Annotated[Choice, BeforeValidator(_expanded)], ...], BeforeValidator(_none_to_empty)] = ()
    choice_option_prices: Annotated[dict[str, Prices], BeforeValidator(_known_only)] = Field(default_factory=dict)
    """What an option adds to the price, by the option's uid."""
    variants: Annotated[tuple[Variant, ...], BeforeValidator(_none_to_empty)] = ()
    content: Annotated[tuple[Any, ...], BeforeValidator(_none_to_empty)] = ()

    @property
    def is_package(self) -> bool:
        """Whether it is a bundle of other articles; those are not exported (wires: A-packages)."""
        return bool(self.content) or self.type.casefold() not in ("", "standard")


class Webshop(Document):
    """The shop itself."""

    uid: int
    name: Name = Field(default_factory=dict)
    base_currency: Line = ""
    default_language: Line = ""


def in_language(text: dict[str, str] | str, language: str) -> str:
    """A multilingual text in the language asked for, else in any that it has."""
    if isinstance(text, str):
        return text
    return text.get(language) or next((words for words in text.values() if words), "")


def read_order(raw: Mapping[str, Any]) -> Order | UnreadableOrder:
    """One order of the shop's answer. Raises ValueError only where not even a uid can be read."""
    try:
        return Order.model_validate(raw)
    except ValidationError as error:
        return _unreadable(raw, error)


def _unreadable(raw: Mapping[str, Any], error: ValidationError) -> UnreadableOrder:
    first = error.errors(include_url=False, include_input=False)[0]
    place = "/".join(to_camel(str(part)) for part in first["loc"])
    known = OrderHead.model_validate(raw)
    return UnreadableOrder(
        uid=known.uid,
        number=known.order_number or str(known.uid),
        ordered=known.ordered,
        changed=known.changed,
        discarded=known.discarded,
        external_order_number=known.external_order_number,
        problem=f"{place}: {first['msg'].removeprefix('Value error, ')}",
    )


def _moment_or_none(value: object) -> object:
    try:
        moment = _moment(value)
    except (ValueError, TypeError):
        return None
    return moment if isinstance(moment, datetime) else None


class OrderHead(Document):
    """The least that must be readable of an order to name it, and to see whether it changed."""

    uid: int
    order_number: Line = ""
    external_order_number: Line = ""
    ordered: Annotated[datetime | None, BeforeValidator(_moment_or_none)] = None
    changed: Annotated[datetime | None, BeforeValidator(_moment_or_none)] = None
    discarded: Annotated[bool, BeforeValidator(bool)] = False
