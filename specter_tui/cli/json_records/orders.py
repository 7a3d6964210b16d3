"""The objects about orders: state, problems, exact form, work that waits, comparison of amounts."""

from typing import Annotated, Literal, TypedDict

from specter_tui.engine.order_states import OrderState
from specter_tui.engine.work_queue.todo import TodoKind


class ProblemRecord(TypedDict):
    """A reason why an order is held, or a warning."""

    code: Annotated[str, "the same in every language and version"]
    field: Annotated[str, "the part of the document; may be empty"]
    text: Annotated[str, "the problem"]
    cure: Annotated[str, "what to do about it"]


class OrderRecord(TypedDict):
    """An order, as `orders`, `export`, `resolve`, `watch` and `articles export --retry-orders` print it."""

    order: Annotated[str, "order number"]
    uid: Annotated[int, "the order's key in the shop"]
    state: Annotated[OrderState, "state"]
    step: Annotated[Literal["customer", "order"] | None, "the call that is next, or was in flight"]
    specter_number: Annotated[int | str | None, "order number in Specter; a text if it is not of digits alone"]
    written_back: Annotated[bool, "true once the shop shows the Specter number"]
    problems: Annotated[list[ProblemRecord], "why the order is held"]
    message: Annotated[str, "why the order is where it is"]
    code: Annotated[str | None, "the code of the message; null where there is none"]
    total: Annotated[str | None, "total with two decimals; null where it is not known"]
    currency: Annotated[str, "currency of the total"]
    placed: Annotated[str | None, "when the order was placed, RFC 3339 in UTC"]
    external_number: Annotated[str | None, "the number that Specter knows the order by; null before its first claim"]
    proposed_number: Annotated[str | None, "a Specter number that a refusal named, for a person to accept"]
    by_hand: Annotated[bool, "true if only a person sends the order"]
    write_back: Annotated[Literal["none", "due", "done", "conflict"], "the Specter number on its way to the shop"]


class TodoRecord(TypedDict):
    """One thing that waits for a person, as `todo` prints it."""

    shop: Annotated[int, "the shop's number"]
    kind: Annotated[TodoKind, "what it is about"]
    order: Annotated[str | None, "order number"]
    item: Annotated[str | None, "article number or row"]
    since: Annotated[str | None, "since when it waits, RFC 3339 in UTC"]
    code: Annotated[str, "the same in every language and version"]
    text: Annotated[str, "what waits"]
    cure: Annotated[str, "what to do"]
    command: Annotated[str, "the command that does it; may be empty"]


class RateRecord(TypedDict):
    """The sums of one VAT rate."""

    vat_percent: Annotated[int | float, "VAT rate in per cent"]
    net: Annotated[str, "amount without VAT"]
    vat: Annotated[str, "VAT"]


class PreviewRecord(TypedDict):
    """The exact form of an order, as `preview` prints it. Its amounts have the decimals that they need."""

    order: Annotated[str, "order number"]
    uid: Annotated[int, "the order's key in the shop"]
    external_no: Annotated[str, "the number that Specter will know the order by"]
    ready: Annotated[bool, "true if it can be sent now"]
    waiting: Annotated[bool, "true while the order waits for its payment"]
    currency: Annotated[str, "currency of the amounts"]
    expected: Annotated[str | None, "the shop's total, without gift cards; null where it is not known"]
    modelled: Annotated[str | None, "the total that Specter arrives at; null where it is not known"]
    rates: Annotated[list[RateRecord], "sums by VAT rate in Specter"]
    shop_rates: Annotated[list[RateRecord], "sums by VAT rate in the shop"]
    customer: Annotated[dict[str, str] | None, "the fields of the customer call; null where there can be none"]
    form: Annotated[dict[str, str] | None, "the fields of the order call; null where there can be none"]
    problems: Annotated[list[ProblemRecord], "why the order is held"]
    warnings: Annotated[list[ProblemRecord], "warnings, which hold nothing"]


class NoPreviewRecord(TypedDict):
    """An order without a form, as `preview` prints it."""

    uid: Annotated[int, "the order's key in the shop"]
    message: Annotated[str, "why there is no form"]


class RoundingRecord(TypedDict):
    """A way of rounding."""

    rounding: Annotated[str, "`SPECTER__ROUNDING`"]
    price_decimals: Annotated[int, "`SPECTER__PRICE_DECIMALS`"]
    whole_kronor: Annotated[bool, "true if only the total is rounded, to kronor"]


class ChangeOfSettingRecord(TypedDict):
    """A better value for a setting."""

    name: Annotated[str, "name of the setting"]
    old: Annotated[str, "value in use"]
    new: Annotated[str, "proposed value"]


class ComparisonRecord(TypedDict):
    """The way that Specter rounds, as `resolve ORDER --compare` prints it."""

    order: Annotated[str, "order number"]
    outcome: Annotated[
        Literal["agrees", "differs", "open", "whole_kronor", "none"],
        "the settings give the amounts; another way gives them; several do; only whole kronor do; none does",
    ]
    fits: Annotated[list[RoundingRecord], "the ways that give the amounts"]
    settings: Annotated[list[ChangeOfSettingRecord], "settings to change"]
    telling: Annotated[list[str], "numbers of orders that would tell the ways apart"]
    for_developers: Annotated[list[str], "sentences to send to the developers"]
    text: Annotated[str, "the outcome"]
