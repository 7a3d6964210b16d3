"""Documents of the shop's orders. Unknown keys are ignored."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from decimal import Decimal
from typing import Annotated, Any

from pydantic import (
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    ValidationError,
)
from pydantic.alias_generators import to_camel

from specter_tui.abicart.fields import (
    Amount,
    Expanded,
    Line,
    Lines,
    Many,
    Moment,
    MomentIfAny,
    Number,
    OrEmpty,
    OrNone,
    Reading,
    Reference,
    Told,
    Uid,
    read_number,
    uid_of,
)
from specter_tui.abicart.texts_by_language import answer_of, line_of
from specter_tui.text.sanitize import Shortened, clean_line, shortened_as

_MOST_PARTS = 20_000
"""The most values in one order's document: an order of 500 rows has some 12,000."""
_HEAD = ("orderNumber", "externalOrderNumber", "ordered", "changed", "discarded")


class Document(BaseModel):
    """A part of a document of the shop. Keys are optional where the document has a use without them."""

    model_config = ConfigDict(alias_generator=to_camel, populate_by_name=True, extra="ignore", frozen=True)


class Cost(Document):
    """An amount with its VAT; `vat_rate` is a fraction (0.25), on sums a mix of rates (wires: A-costs)."""

    currency: Line = ""
    inc_vat: Amount
    ex_vat: Amount | None = None
    vat: Amount | None = None
    vat_rate: Number | None = None


class RowCosts(Document):
    """Costs of one row: per unit, and in total before its discount."""

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
    """One row of an order. Its quantity is one of the choices."""

    uid: Uid
    article: Reference = None
    article_number: Line = ""
    article_name: Line = ""
    choices: OrEmpty[dict[str, Told]] = Field(default_factory=dict)
    costs: RowCosts
    discount_info: OrNone[Discount] = None

    @property
    def quantity(self) -> Decimal:
        """The number of units. Raises ValueError where the shop's value is not a number."""
        return read_number(self.choices.get("quantity", 1))

    @property
    def chosen(self) -> dict[str, str]:
        """The chosen options by choice, comparable with a variant's `defined_by`."""
        return {key: line_of(value) for key, value in self.choices.items() if key != "quantity"}


class OrderCosts(Document):
    """The sums of an order."""

    cart: Cost
    total: Cost
    payment: OrNone[Cost] = None
    shipment: OrNone[Cost] = None


class Payment(Document):
    """One payment of an order; an order may have several, including gift cards."""

    uid: Uid
    method: Reference = None
    status: Line = ""
    amount: Amount | None = None
    external_ref: Line = ""


class CustomerInfo(Document):
    """The buyer. Keys that are not declared here are the checkout's own fields (wires: A-checkout-fields)."""

    model_config = ConfigDict(extra="allow")
    __pydantic_extra__: dict[str, Told]

    type: Line = ""
    email: Line = ""
    nin: Line = ""
    vat_number: Line = ""
    company: Line = ""
    company_name: Line = ""

    def own_fields(self, language: str) -> dict[str, str]:
        """Return the checkout's own fields that are filled in, label to answer, in the order's language."""
        fields = {}
        for key, value in (self.model_extra or {}).items():
            label, answer = key, value
            if isinstance(value, Mapping) and "value" in value:  # The object has its own label.
                label = next((value[name] for name in ("label", "name", "title") if value.get(name)), key)
                answer = value["value"]
            if text := clean_line(answer_of(answer, (language,)), mark=""):
                fields[line_of(label, (language,))] = text
        return fields


class Address(Document):
    """The address of the buyer or the receiver."""

    company: Line = ""
    company_name: Line = ""
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
    copy_address: OrNone[bool] = None


class Customer(Document):
    """The order's own copy of the buyer."""

    info: OrEmpty[CustomerInfo] = Field(default_factory=CustomerInfo)
    address: OrEmpty[Address] = Field(default_factory=Address)
    delivery_address: OrNone[Address] = None
    company: Line = ""
    company_name: Line = ""
    name: Line = ""


class Delivery(Document):
    """The delivery of an order."""

    method: Reference = None


class Order(Document):
    """An order as the shop has it now."""

    uid: Uid
    order_number: Line = ""
    external_order_number: Line = ""
    ordered: Moment | None = None
    changed: Moment | None = None
    discarded: Annotated[bool, BeforeValidator(lambda value: value or False)] = False
    customer: OrEmpty[Customer] = Field(default_factory=Customer)
    currency: Line = ""
    costs: OrderCosts
    discount_info: Many[Discount] = ()
    items: Many[OrderItem] = ()
    payments: Many[Expanded[Payment]] = ()
    delivery: OrNone[Delivery] = None
    payment_status: Line = ""
    delivery_status: Line = ""
    note: Lines = ""
    language: Line = ""

    @property
    def number(self) -> str:
        """The number that people use: the order number, or the uid where the shop gives none."""
        return self.order_number or str(self.uid)


@dataclass(frozen=True, slots=True)
class UnreadableOrder:
    """An order whose document does not parse: the known parts of it, and its first problem."""

    uid: int
    number: str
    ordered: datetime | None
    changed: datetime | None
    discarded: bool
    external_order_number: str
    problem: str
    placed: bool = True
    """True for an order, False for a cart, which has no time of placing."""


def answers_of(value: object, language: str) -> list[str]:
    """Return the answers to one question, one for each part of a list, line breaks as slashes, uncut."""
    parts = value if isinstance(value, list) else [value]
    texts = (answer_of(part, (language,)) for part in parts)
    return [shortened_as(text, text.replace("\n", " / ")) for text in texts if text or isinstance(text, Shortened)]


def read_order(raw: Mapping[str, Any], reading: Reading | None = None) -> Order | UnreadableOrder:
    """Read one order of the shop's answer. Raises ValueError only where not even a uid can be read.

    A text in several languages is read in the order's own, else in the first of `reading` that it has.
    """
    if _is_monstrous(raw):
        return oversized(uid_of(raw.get("uid")), raw)
    reading = reading or Reading()
    own = line_of(raw.get("language"))
    if reading.company_key:
        raw = _with_company(raw, reading.company_key)
    try:
        return Order.model_validate(raw, context=replace(reading, languages=(own, *reading.languages)))
    except ValidationError as error:
        return _unreadable(raw, error)


def _with_company(raw: Mapping[str, Any], path: str) -> Mapping[str, Any]:
    """Return an order whose company's name is also where it is looked for (wires: A-company)."""
    value: Any = raw
    for key in path.split("."):
        value = value.get(key) if isinstance(value, Mapping) else None
    customer = raw.get("customer")
    if not isinstance(value, str) or not isinstance(customer, Mapping) or customer.get("company"):
        return raw
    return {**raw, "customer": {**customer, "company": value}}


def read_head(raw: Mapping[str, object]) -> "OrderHead":
    """Read an order's head; only the uid where the rest cannot be read."""
    try:
        return OrderHead.model_validate(raw)
    except ValidationError:
        return OrderHead.model_validate({"uid": raw["uid"]})


def _unreadable(raw: Mapping[str, Any], error: ValidationError) -> UnreadableOrder:
    known = read_head(raw)
    return UnreadableOrder(
        uid=known.uid,
        number=known.order_number or str(known.uid),
        ordered=known.ordered,
        changed=known.changed,
        discarded=known.discarded,
        external_order_number=known.external_order_number,
        problem=what_is_wrong(error),
        placed=raw.get("ordered") is not None,
    )


def what_is_wrong(error: ValidationError) -> str:
    """Return a document's first problem and its place."""
    first = error.errors(include_url=False, include_input=False)[0]
    place = "/".join(to_camel(str(part)) for part in first["loc"])
    return f"{place}: {first['msg'].removeprefix('Value error, ')}"[:300]


def as_placed(order: Order | UnreadableOrder) -> Order | UnreadableOrder:
    """Return an order that the shop counts as placed; as unreadable where it has no time of placing."""
    if order.ordered is not None or isinstance(order, UnreadableOrder):
        return order
    external = order.external_order_number
    problem = "ordered: is missing"
    return UnreadableOrder(order.uid, order.number, None, order.changed, order.discarded, external, problem)


def oversized(uid: int, raw: Mapping[str, Any] | None = None) -> UnreadableOrder:
    """Return an order that is larger than our limit as unreadable; `raw` where its head can be read."""
    known = read_head({key: (raw or {}).get(key) for key in _HEAD} | {"uid": uid})
    return UnreadableOrder(
        uid=uid,
        number=known.order_number or str(uid),
        ordered=known.ordered,
        changed=known.changed,
        discarded=known.discarded,
        external_order_number=known.external_order_number,
        problem="is larger than any order",
    )


def _is_monstrous(raw: Mapping[str, Any]) -> bool:
    """Return whether a document has more parts than any order, counting only up to the limit."""
    waiting: list[Any] = [raw]
    parts = 0
    while waiting:
        one = waiting.pop()
        inner = one.values() if isinstance(one, Mapping) else one
        parts += len(inner)
        if parts > _MOST_PARTS:
            return True
        waiting += [part for part in inner if isinstance(part, Mapping | list)]
    return False


class OrderHead(Document):
    """The fields that name an order and show whether it changed."""

    uid: Uid
    order_number: Line = ""
    external_order_number: Line = ""
    ordered: MomentIfAny = None
    changed: MomentIfAny = None
    discarded: Annotated[bool, BeforeValidator(bool)] = False
