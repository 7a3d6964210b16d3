"""Documents as the shop shows them, where a real one may write them otherwise (`switches`)."""

from copy import deepcopy
from decimal import Decimal
from typing import Any

from specter_tui.sandbox.server.switches import Switches
from specter_tui.sandbox.shop.shop_store import GIFT_CARD_TYPE, PACKAGE, Document, Shop

REFERENCES = ("uid", "article", "method", "order", "articlegroup")
KNOWN_INFO = ("type", "email", "nin", "vatNumber")
USUAL = Switches()


def as_shown(shop: Shop, name: str, document: Document) -> Document:
    """Return a picked document of a class as this shop writes it."""
    how = shop.switches
    if all(getattr(how, one) == getattr(USUAL, one) for one in ALTERING):
        return document
    shown = deepcopy(document)
    if name == "Article":
        show_article(shown, how)
    if name == "PaymentMethod" and shown.get("type") == GIFT_CARD_TYPE:
        shown["type"] = how.gift_card_type
    if name == "Order":
        show_order(shop, shown, how)
    return with_uids_as_text(shown) if how.uid_as_text else shown


ALTERING = (
    "gift_card_type",
    "article_type",
    "package_type",
    "package_content",
    "order_number",
    "company_at",
    "own_fields",
    "total",
    "uid_as_text",
)


def show_article(shown: Document, how: Switches) -> None:
    """Write an article's type, and a package's content, as this shop does."""
    if "type" in shown:
        shown["type"] = how.package_type if shown["type"] == PACKAGE else how.article_type
    if not how.package_content:
        shown.pop("content", None)


def show_order(shop: Shop, shown: Document, how: Switches) -> None:
    """Write an order's number, total and buyer as this shop does."""
    if "orderNumber" in shown and how.order_number == "number":
        shown["orderNumber"] = int(shown["orderNumber"])
    if how.order_number == "absent":
        shown.pop("orderNumber", None)
    if how.total == "after_card" and "total" in shown.get("costs", {}):
        shown["costs"]["total"]["incVat"] -= paid_by_card(shop, shown["uid"])
    if "customer" in shown:
        move_company(shown["customer"], how.company_at)
        dress_own_fields(shown["customer"], how.own_fields)


def paid_by_card(shop: Shop, uid: int) -> Decimal:
    """Return the part of an order that gift cards pay."""
    cards = {one["uid"] for one in shop.visible("PaymentMethod") if one["type"] == GIFT_CARD_TYPE}
    payments = [shop.entity("Payment", one) for one in shop.entity("Order", uid)["payments"]]
    return sum((one["amount"] for one in payments if one["method"] in cards), Decimal(0))


def move_company(customer: Document, path: str) -> None:
    """Put a company's name at a path of the buyer."""
    company = customer.get("address", {}).pop("company", None)
    *outer, key = path.split(".")
    if company is not None:
        place = customer
        for part in outer:
            place = place.setdefault(part, {})
        place[key] = company


def dress_own_fields(customer: Document, how: str) -> None:
    """Write the checkout's own fields as objects."""
    info = customer.get("info", {})
    for key, value in info.items():
        if key not in KNOWN_INFO and how != "plain":
            info[key] = {"label": key, "value": value} if how == "labelled" else {"sv": value}


def with_uids_as_text(value: Any, key: str = "") -> Any:
    """Return a document with its uids, and references by uid, as texts."""
    if isinstance(value, dict):
        return {inner: with_uids_as_text(one, inner) for inner, one in value.items()}
    if isinstance(value, list):
        return [with_uids_as_text(one, "uid" if isinstance(one, int) else "") for one in value]
    return str(value) if key in REFERENCES and isinstance(value, int) and not isinstance(value, bool) else value
