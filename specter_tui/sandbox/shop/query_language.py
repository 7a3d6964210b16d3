"""The query language: the parts of an entity to return, in short and long forms, at any depth (docs/wires.md)."""

from collections.abc import Mapping
from typing import Any

from specter_tui.sandbox.shop.entity_schema import EntityField, Fields
from specter_tui.sandbox.shop.rpc_errors import invalid
from specter_tui.sandbox.shop.shop_store import Document, Shop

Parts = Mapping[str, object]


def parts_of(query: object, where: str) -> Parts | None:
    """Return the keys that `query` asks for, each with its inner query; None means everything."""
    if query is True or query == {}:
        return None
    match query:
        case str():
            return {query: True}
        case list() if all(isinstance(key, str) for key in query):
            return dict.fromkeys(query, True)
        case dict():
            return query
    raise invalid("a query is true, a name, a list of names or an object", where)


def check(shop: Shop, query: object, fields: Fields, where: str, *, is_open: bool = False) -> None:
    """Refuse a query that names an unknown key or asks for parts of a scalar; `where` is its pointer."""
    for key, sub in (parts_of(query, where) or {}).items():
        place = f"{where}/{key}"
        if key in fields:
            check_field(shop, sub, fields[key], place)
        elif not is_open and shop.switches.unknown_keys == "left_out":
            continue
        elif not is_open:
            raise invalid(f"unknown key {key!r}", place)
        elif sub is not True:
            raise invalid("a scalar has no parts", place)


def check_field(shop: Shop, query: object, field: EntityField, where: str) -> None:
    """Refuse a query that does not fit `field`."""
    if query is True:
        return
    match field.kind:
        case "ref" | "refs":
            check(shop, query, shop.keys(field.of), where)
        case "object" | "objects":
            check(shop, query, field.parts, where, is_open=field.open)
        case "map":
            for key, sub in (parts_of(query, where) or {}).items():
                check_field(shop, sub, field, f"{where}/{key}")
        case _:
            raise invalid("a scalar has no parts", where)


def pick(shop: Shop, entity: Document, query: object, fields: Fields, *, is_open: bool = False) -> Document:
    """Return the requested parts of `entity`; missing ones are left out. The query must have been checked."""
    wanted = parts_of(query, "")
    if wanted is None:
        return entity
    known = {key: sub for key, sub in wanted.items() if is_open or key in fields}
    nothing = dict.fromkeys(known) if shop.switches.absent_values == "null" else {}
    return nothing | {
        key: pick_field(shop, entity[key], sub, fields.get(key)) for key, sub in known.items() if key in entity
    }


def pick_field(shop: Shop, value: object, query: object, field: EntityField | None) -> object:
    """Return the requested parts of one value: every query but `true` expands references; null stays null."""
    if query is True or value is None or field is None:
        return value
    if isinstance(value, list):
        return [pick_one(shop, one, query, field) for one in value]
    return pick_one(shop, value, query, field)


def pick_one(shop: Shop, value: Any, query: object, field: EntityField) -> object:
    """Return the requested parts of one reference, object or map; a reference to a deleted entity becomes null."""
    if field.kind in ("ref", "refs"):
        if value not in shop.tables.get(field.of, {}):
            return None
        return pick(shop, shop.entity(field.of, value), query, shop.keys(field.of))
    if not isinstance(value, dict):
        raise invalid("a scalar has no parts", "")
    inner = dict.fromkeys(value, field) if field.kind == "map" else field.parts
    return pick(shop, value, query, inner, is_open=field.open)
