"""The shop's calls, each a function of the shop and its positional parameters."""

from collections.abc import Callable
from datetime import UTC, datetime

from specter_tui.sandbox.shop.appearance import as_shown
from specter_tui.sandbox.shop.entity_schema import CLASSES, schema_of
from specter_tui.sandbox.shop.list_selection import matching, select
from specter_tui.sandbox.shop.order_edits import settle
from specter_tui.sandbox.shop.patch_rules import breaches, follow
from specter_tui.sandbox.shop.patches import merge, problems
from specter_tui.sandbox.shop.query_language import check, pick
from specter_tui.sandbox.shop.rpc_errors import METHOD_NOT_FOUND, VALIDATION_FAILED, RpcError, invalid
from specter_tui.sandbox.shop.shipments import add_order
from specter_tui.sandbox.shop.shop_store import Document, Shop, stamp

Params = list[object]
Method = Callable[[Shop, str, Params], object]


def uid_of(params: Params) -> int:
    """Return the uid that a call on one entity takes first: a number or a numeric string."""
    match params[0] if params else None:
        case bool():
            pass
        case int(uid):
            return uid
        case str(text) if text.isascii() and text.isdigit():
            return int(text)
    raise invalid("a uid is needed", "/0")


def at(params: Params, place: int, default: object = True) -> object:
    """Return an optional parameter; a missing query asks for everything."""
    return params[place] if len(params) > place else default


def get(shop: Shop, name: str, params: Params) -> Document:
    """Do `get(uid, query)`."""
    at_most(params, 2)
    check(shop, at(params, 1), shop.keys(name), "/1")
    return picked(shop, name, shop.entity(name, uid_of(params)), at(params, 1))


def find(shop: Shop, name: str, params: Params) -> list[Document]:
    """Do `list(query, selection)`."""
    at_most(params, 2)
    refuse_selection(shop, name, params)
    query = at(params, 0)
    check(shop, query, shop.keys(name), "/0")
    return [picked(shop, name, entity, query) for entity in select(shop, name, at(params, 1), "/1")]


def refuse_selection(shop: Shop, name: str, params: Params) -> None:
    """Refuse a selection that the lists of methods do not take."""
    taken = shop.switches.method_selection if name in ("PaymentMethod", "DeliveryMethod") else "any"
    if len(params) > 1 and (taken == "none" or (taken == "true" and params[1] is not True)):
        raise invalid("this list takes no selection" if taken == "none" else "a selection is true", "/1")


def picked(shop: Shop, name: str, entity: Document, query: object) -> Document:
    """Return the requested parts of an entity, or the document that replaces it."""
    if name == "Order" and entity["uid"] in shop.shown_as:
        shown: Document = shop.shown_as[entity["uid"]]
        return shown
    return as_shown(shop, name, pick(shop, entity, query, shop.keys(name)))


def count(shop: Shop, name: str, params: Params) -> int:
    """Do `count(filters)`, whose parameter is the bare filter object."""
    at_most(params, 1)
    if shop.switches.count == "refused":
        raise RpcError(METHOD_NOT_FOUND, f"Method not found: {name}.count")
    found = matching(shop, name, at(params, 0, {}), "/0")
    return sum(1 for _ in (shop.visible(name) if shop.switches.count == "all" else found))


def change(shop: Shop, name: str, params: Params) -> Document:
    """Do `set(uid, patch, query)`; it updates `changed`."""
    at_most(params, 3)
    query = at(params, 2)
    check(shop, query, shop.keys(name), "/2")
    entity = shop.entity(name, uid_of(params))
    patch = at(params, 1, None)
    found = wrong(shop, name, entity, patch)
    if found:
        raise RpcError(VALIDATION_FAILED, "Validation failed", found)
    if isinstance(patch, dict):
        before = dict(entity)
        stored = {key: value for key, value in patch.items() if f"{name}.{key}" not in shop.switches.unstored}
        merge(entity, stored)
        follow(shop, name, entity, before, stored)
    if shop.switches.changed_on_write:
        shop.touch(entity)
    return as_shown(shop, name, pick(shop, entity, query, shop.keys(name)))


def wrong(shop: Shop, name: str, entity: Document | None, patch: object) -> list[dict[str, str]]:
    """Return the errors of a patch: of its keys first, then of its entity."""
    found = problems(patch, shop.keys(name))
    if found or entity is None or not isinstance(patch, dict):
        return found
    return breaches(shop, name, entity, patch)


def validate(shop: Shop, name: str, params: Params) -> list[dict[str, str]]:
    """Do `validate(uid, patch)`: save nothing, return the errors."""
    at_most(params, 2)
    entity = None if at(params, 0, None) is None else shop.entity(name, uid_of(params))
    return wrong(shop, name, entity, at(params, 1, None))


def capture(shop: Shop, name: str, params: Params) -> Document:
    """Do `Payment.capture(uid)`: take the money; an order whose payments are all paid becomes paid."""
    at_most(params, 1)
    payment = shop.entity(name, uid_of(params))
    payment["status"] = "paid"
    settle(shop, payment)
    return payment


def ship_order(shop: Shop, name: str, params: Params) -> Document:
    """Do `Shipment.addAllItemsFromOrder(shipment uid or null, order uid, query)`.

    Without a query it returns the uid.
    """
    at_most(params, 3)
    query = at(params, 2, "uid")
    check(shop, query, shop.keys(name), "/2")
    shipment = None if at(params, 0, None) is None else uid_of(params)
    return pick(shop, add_order(shop, shipment, uid_of(params[1:])), query, shop.keys(name))


def context(shop: Shop, _name: str, params: Params) -> Document:
    """Do `Context.get(true)`."""
    at_most(params, 1)
    return {"webshop": shop.webshop, "language": "sv", "time": stamp(datetime.now(UTC))}


def at_most(params: Params, number: int) -> None:
    """Refuse more parameters than the method takes."""
    if len(params) > number:
        raise invalid("too many parameters", f"/{number}")


READ: dict[str, Method] = {"get": get, "list": find, "count": count}
WRITE: dict[str, Method] = {"set": change, "validate": validate}
OFFERED: dict[str, dict[str, Method]] = {
    "Order": READ | WRITE,
    "OrderItem": READ,
    "Payment": {"get": get, "capture": capture} | WRITE,
    "PaymentMethod": READ,
    "DeliveryMethod": READ,
    "Article": READ | WRITE,
    "ArticleVariant": READ | WRITE,
    "ArticleChoice": {"get": get},
    "ArticleChoiceOption": {"get": get},
    "Articlegroup": READ,
    "Shipment": {"addAllItemsFromOrder": ship_order} | READ | WRITE,
    "ShipmentItem": {"get": get},
    "Webshop": {"get": get},
    "Language": READ,
    "Context": {"get": context},
}
PUBLIC = ("Webshop", "Context")
"""Classes that can be read without a shop in the context and without a token."""
WITHOUT_TOKEN = (
    *PUBLIC,
    "Article",
    "ArticleVariant",
    "ArticleChoice",
    "ArticleChoiceOption",
    "Articlegroup",
    "Language",
)
"""Classes that can be read without a token, as any buyer's browser does; an answer does not prove the key."""


def needs_token(method: str) -> bool:
    """Return whether a call needs a token; schemas do not."""
    name, _, verb = method.partition(".")
    return verb != "getSchema" and (name not in WITHOUT_TOKEN or verb not in READ)


def schema(shop: Shop, name: str, params: Params) -> Document:
    """Do `getSchema(uid or null)`: JSON Schema, third draft."""
    at_most(params, 1)
    return schema_of(shop.keys(name))


def call(shop: Shop, method: str, params: Params) -> object:
    """Do one call; names are case-sensitive."""
    name, _, verb = method.partition(".")
    if name not in OFFERED:
        raise RpcError(METHOD_NOT_FOUND, f"Method not found: No API for {name}")
    if verb == "getSchema" and name in CLASSES and shop.switches.schemas:
        return schema(shop, name, params)
    if verb not in OFFERED[name]:
        raise RpcError(METHOD_NOT_FOUND, f"Method not found: {method}")
    return OFFERED[name][verb](shop, name, params)
