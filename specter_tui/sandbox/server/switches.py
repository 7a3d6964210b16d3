"""What a real shop or Specter may do otherwise than docs/wires.md assumes: a switch for each assumption.

docs/wires.md lists them beside their facts. A switch at its default is the assumption.
"""

from collections.abc import Iterable
from dataclasses import Field, dataclass, fields
from typing import Any, Literal, get_args, get_origin, get_type_hints


@dataclass(frozen=True, slots=True, kw_only=True)
class Switches:
    """The behaviour of both servers wherever it is assumed. A key of the shop is written `Order.note`."""

    error_status: Literal["200", "400", "404", "500", "by_code"] = "200"
    """HTTP status of the shop's error answers; `by_code`: 400, 404 or 500, as in 2013."""
    content_type: str = "application/json"
    """The whole Content-Type of the shop's answers."""
    largest_batch: int = 20
    """The most calls in one of the shop's batches; a larger one is refused as a whole."""
    batch_order: Literal["as_sent", "reversed"] = "as_sent"
    """The order of a batch's answers."""
    wrong_key_code: int = 1004
    """The shop's error code for a wrong token."""
    schemas: bool = True
    """Whether the shop has `getSchema`."""
    refused_keys: tuple[str, ...] = ()
    """Keys that the shop does not know: a query that names one is refused."""
    unknown_keys: Literal["refused", "left_out"] = "refused"
    """What becomes of a query with an unknown key."""
    absent_values: Literal["left_out", "null"] = "left_out"
    """How the shop shows a key without a value."""
    uid_as_text: bool = False
    """True if the shop writes uids, and references by uid, as texts."""
    refused_filters: tuple[str, ...] = ()
    """Filters that the shop refuses: `/changed`, for one class `Article/changed`, for one operator `/uid:min`."""
    ignored_filters: tuple[str, ...] = ()
    """Filters that the shop accepts and then ignores, written alike."""
    ends_inclusive: bool = True
    """Whether `min` and `max` include their value."""
    largest_page: int = 500
    """The most entries of one of the shop's lists."""
    large_limit: Literal["capped", "refused"] = "capped"
    """What becomes of a `limit` above the largest page."""
    sort: Literal["honoured", "ignored", "refused"] = "honoured"
    """What becomes of `sort`; without it the newest come first."""
    count: Literal["filtered", "all", "refused"] = "filtered"
    """What `count` counts: what its filters let through, everything, or nothing, since it is refused."""
    method_selection: Literal["any", "true", "none"] = "any"
    """The selections that the lists of payment and delivery methods take: any, only `true`, or none."""
    gift_card_type: str = "giftcard"
    """The type of the gift card payment method; another known one is `giftcertificate`."""
    total: Literal["before_card", "after_card"] = "before_card"
    """Whether an order's `costs.total` still has the part that a gift card pays."""
    article_type: str = "Standard"
    """The type of an ordinary article."""
    package_type: str = "Package"
    """The type of a package."""
    package_content: bool = True
    """Whether a package shows its `content`."""
    order_number: Literal["text", "number", "absent"] = "text"
    """The JSON type of `orderNumber`."""
    company_at: str = "address.company"
    """The path below `customer` of a company's name, such as `name`, `info.company` or `address.name`."""
    own_fields: Literal["plain", "labelled", "by_language"] = "plain"
    """The form of the checkout's own fields: a text, an object with label and value, or texts by language."""
    read_only: tuple[str, ...] = ()
    """Keys that may not be written: such a write is refused."""
    unstored: tuple[str, ...] = ()
    """Keys whose new value is silently dropped; the answer shows the old one."""
    changed_on_write: bool = True
    """Whether a write through the API moves `changed`."""

    rounding: Literal["order", "row", "rate", "krona"] = "order"
    """Specter's rounding: `order` (only the end), `row` (each row's gross), `rate` (row net, then VAT per rate) or
    `krona` (the end, to whole kronor)."""
    price_decimals: int | None = None
    """Decimals of a unit price that Specter keeps, 2 to 6; None keeps all."""
    refuses_duplicates: bool = True
    """Whether Specter refuses an externalOrderNo that it has; else it makes a copy."""
    duplicate_names_number: bool = False
    """True if the refusal of a duplicate contains the first order's number."""
    duplicate_text: str = ""
    """Another text for the refusal of a duplicate; {external} is the number sent, {number} the order that has it,
    {other} one that has not."""
    duplicate_code: int = 5
    """The code of that refusal."""
    wrong_key_answer: str = "1;Felaktig nyckel"
    """Code and text of Specter's refusal of a wrong key."""
    refusal_status: int = 200
    """HTTP status of Specter's refusals."""
    known_articles_only: bool = False
    """True if Specter refuses a row with an unknown article number."""
    names_bad_article: bool = False
    """True if Specter names the bad article when it refuses a call with several."""
    address_on: Literal["order", "card"] = "order"
    """The source of a parcel's address: `order` (as it was when the order was made) or `card` (as it is now)."""
    text_length: int = 255
    """Characters that Specter takes of a text whose maximum is not known."""
    long_text: Literal["refused", "cut"] = "refused"
    """What becomes of a longer one."""
    unnamed_triggers: Literal["kept", "removed"] = "kept"
    """What becomes of the triggers that an account test does not name."""
    xml_root: str = "root"
    """The root element of Specter's XML."""
    totals_in_batches: bool = False
    """True if a batch of orders has their totals."""
    batch_limit: int = 100
    """The most articles or orders that one batch of changes holds."""
    batch_again: Literal["same", "differs", "empty", "refused"] = "same"
    """The answer when an open batch is asked for again by its number."""
    acknowledged_again: Literal["accepted", "refused"] = "accepted"
    """The answer to an acknowledgement where no batch is open."""
    empty_opens: bool = False
    """True if an empty fetch opens a batch."""
    open_batch_code: int = 99
    """The code of the refusal where another batch is open."""
    open_batch_text: str = ""
    """Another text for it; {open} is the open batch, {sent} the number sent."""
    site_attribute: str = "id"
    """The attribute of `stock` with the site's number; empty: it has none."""
    unchanged_sites: bool = False
    """True if a changed article comes with all its sites."""

    def __post_init__(self) -> None:
        hints = get_type_hints(type(self))
        for one in fields(self):
            value, allowed = getattr(self, one.name), get_args(hints[one.name])
            if get_origin(hints[one.name]) is Literal and value not in allowed:
                raise ValueError(f"{one.name} is one of {', '.join(allowed)}, not {value!r}")
        if self.price_decimals is not None and not 2 <= self.price_decimals <= 6:
            raise ValueError(f"price_decimals is from 2 to 6, not {self.price_decimals}")
        for name in ("batch_limit", "largest_page", "largest_batch"):
            if getattr(self, name) < 1:
                raise ValueError(f"{name} is at least 1, not {getattr(self, name)}")

    @staticmethod
    def named(words: Iterable[str]) -> dict[str, Any]:
        """Return the switches that words like `count=refused` set, by name; a list's parts are separated by commas.

        Raises ValueError.
        """
        known = {one.name: one for one in fields(Switches)}
        given: dict[str, Any] = {}
        for word in words:
            name, _, text = word.partition("=")
            if name not in known:
                raise ValueError(f"{name!r} is none of {', '.join(known)}")
            given[name] = value_of(known[name], text)
        Switches(**given)
        return given


def value_of(switch: Field[Any], text: str) -> object:
    """Return a switch's value from its text. Raises ValueError."""
    if isinstance(switch.default, bool):
        if text not in ("true", "false"):
            raise ValueError(f"{switch.name} is true or false, not {text!r}")
        return text == "true"
    if isinstance(switch.default, tuple):
        return tuple(filter(None, text.split(",")))
    hint = get_type_hints(Switches)[switch.name]
    if get_origin(hint) is Literal or int not in (hint, *get_args(hint)):
        return text
    if not text.isdecimal():
        raise ValueError(f"{switch.name} is a number, not {text!r}")
    return int(text)
