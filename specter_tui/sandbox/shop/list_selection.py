"""The list language: filters, limit, offset and sorting (docs/wires.md, list selection)."""

import re
from bisect import bisect_left
from collections.abc import Callable, Iterator
from decimal import Decimal
from itertools import islice
from typing import Any

from specter_tui.sandbox.shop.entity_schema import EntityField, Fields
from specter_tui.sandbox.shop.rpc_errors import invalid
from specter_tui.sandbox.shop.shop_store import Document, Shop, is_visible

DEFAULT_LIMIT = 100
KEYS = {"filters", "limit", "offset", "sort", "descending"}
SORTABLE = ("text", "number", "integer", "flag", "time")
TIME_FORM = re.compile(r"\d{4}-\d\d-\d\d(T\d\d:\d\d:\d\dZ)?")

Test = Callable[[Document], bool]


def select(shop: Shop, name: str, selection: object, where: str) -> list[Document]:
    """Return the visible entities of class `name` that match `selection` (an object, or true for all)."""
    asked = {} if selection is True else selection
    if not isinstance(asked, dict):
        raise invalid("a selection is an object or true", where)
    for key in asked.keys() - KEYS:
        raise invalid(f"unknown key {key!r}", f"{where}/{key}")
    limit = whole(asked.get("limit", DEFAULT_LIMIT), f"{where}/limit")
    offset = whole(asked.get("offset", 0), f"{where}/offset")
    found = matching(shop, name, asked.get("filters", {}), f"{where}/filters")
    if "limit" in asked and limit > shop.switches.largest_page and shop.switches.large_limit == "refused":
        raise invalid(f"at most {shop.switches.largest_page}", f"{where}/limit")
    end = offset + min(limit, shop.switches.largest_page)
    key, descending = order_of(shop, name, asked, where)
    if key == "uid" and not descending:
        return list(islice(found, offset, end))
    ranked = sorted(found, key=lambda one: (one.get(key) is not None, one.get(key), one["uid"]), reverse=descending)
    return ranked[offset:end]


def matching(shop: Shop, name: str, filters: object, where: str) -> Iterator[Document]:
    """Yield the visible entities of class `name` that match every condition of the filters, by rising uid."""
    kept = followed(shop, name, filters, where)
    tests = compiled(shop, kept, name, where)
    asked = kept.get("/uid") if isinstance(kept, dict) and shop.switches.ends_inclusive else None
    table = shop.tables.get(name, {})
    entities = (table[uid] for uid in uids_asked(table, asked if isinstance(asked, dict) else {}))
    return (one for one in entities if is_visible(name, one) and all(test(one) for test in tests))


def followed(shop: Shop, name: str, filters: object, where: str) -> object:
    """Return the filters without the ignored ones; raise the error of a refused one."""
    if not isinstance(filters, dict):
        return filters
    followed: dict[str, object] = {}
    for pointer, condition in filters.items():
        if names_of(name, pointer, condition) & set(shop.switches.refused_filters):
            raise invalid(f"cannot filter on {pointer!r}", f"{where}/{pointer.replace('/', '~1')}")
        if not names_of(name, pointer, condition) & set(shop.switches.ignored_filters):
            followed[pointer] = condition
    return followed


def names_of(name: str, pointer: str, condition: object) -> set[str]:
    """Return the names by which a switch may mean a filter: its pointer, of all classes or one, and its operators."""
    pointers = {pointer, f"{name}{pointer}"}
    operators = condition if isinstance(condition, dict) else ()
    return pointers | {f"{one}:{operator}" for one in pointers for operator in operators}


def uids_asked(table: dict[int, Document], condition: dict[str, Any]) -> list[int]:
    """Return the uids that may match a condition, sorted, so that a page of a large shop is found quickly."""
    few, least = condition.get("in"), condition.get("min")
    if isinstance(few, list):
        return sorted(table.keys() & {uid for uid in few if isinstance(uid, int | Decimal)})
    uids = sorted(table)
    return uids[bisect_left(uids, least) :] if isinstance(least, int | Decimal) else uids


def order_of(shop: Shop, name: str, asked: dict[str, Any], where: str) -> tuple[str, bool]:
    """Return the sort key (default uid), and True for descending order; equal entities are sorted by uid."""
    if shop.switches.sort == "ignored" or (shop.switches.sort == "refused" and "sort" not in asked):
        return "uid", True
    if shop.switches.sort == "refused":
        raise invalid("cannot sort", f"{where}/sort")
    key, descending = asked.get("sort", "uid"), asked.get("descending", False)
    field = shop.keys(name).get(key) if isinstance(key, str) else None
    if field is None or field.kind not in SORTABLE:
        raise invalid("no such sort key (write it without a slash)", f"{where}/sort")
    if not isinstance(descending, bool):
        raise invalid("true or false", f"{where}/descending")
    return str(key), descending


def whole(value: object, where: str) -> int:
    """Return `value` if it is an integer of at least 0."""
    if not isinstance(value, int) or isinstance(value, bool) or value < 0:
        raise invalid("an integer from 0 on", where)
    return value


def compiled(shop: Shop, filters: object, name: str, where: str) -> list[Test]:
    """Return one test for each condition of a filter object."""
    fields, inclusive = shop.keys(name), shop.switches.ends_inclusive
    if not isinstance(filters, dict):
        raise invalid("filters are an object", where)
    tests = []
    for pointer, condition in filters.items():
        place = f"{where}/{pointer.replace('~', '~0').replace('/', '~1')}"
        path = tuple(pointer.split("/")[1:])
        field = field_at(fields, path) if pointer.startswith("/") else None
        if field is None:
            raise invalid(f"cannot filter on {pointer!r}", place)
        asked = condition if isinstance(condition, dict) else {"equals": condition}
        tests += [
            test(path, field, operator, operand, f"{place}/{operator}", inclusive=inclusive)
            for operator, operand in asked.items()
        ]
    return tests


def field_at(fields: Fields, path: tuple[str, ...]) -> EntityField | None:
    """Return the field of a JSON Pointer; inside a map every path has the map's field."""
    field = fields.get(path[0]) if path else None
    if field is None or len(path) == 1 or field.kind == "map":
        return field
    if field.kind != "object":
        return None
    return field_at(field.parts, path[1:]) or (EntityField("text") if field.open and len(path) == 2 else None)


def reach(entity: Document, path: tuple[str, ...]) -> Any:
    """Return the value at `path`, None where it is missing."""
    value: Any = entity
    for key in path:
        value = value.get(key) if isinstance(value, dict) else None
    return value


def test(
    path: tuple[str, ...], field: EntityField, operator: str, operand: Any, where: str, *, inclusive: bool
) -> Test:
    """Return the test of one operator on one property."""

    def on_end(value: Any) -> bool:
        return inclusive and bool(value == operand)

    operators: dict[str, tuple[bool, Callable[[Any], bool]]] = {
        "equals": (True, lambda value: bool(value == operand)),
        "min": (
            is_bound(operand, field),
            lambda value: value is not None and (value > operand or on_end(value)),
        ),
        "max": (
            is_bound(operand, field),
            lambda value: value is not None and (value < operand or on_end(value)),
        ),
        "in": (isinstance(operand, list), lambda value: value in operand),
        "startsWith": (isinstance(operand, str), lambda value: isinstance(value, str) and value.startswith(operand)),
        "contains": (field.kind in ("list", "refs"), lambda value: operand in (value or [])),
        "containsAny": (
            field.kind in ("list", "refs") and isinstance(operand, list),
            lambda value: any(one in operand for one in value or []),
        ),
    }
    fits, holds = operators.get(operator, (False, bool))
    if not fits:
        raise invalid(f"cannot use {operator!r} with that on a {field.kind}", where)
    return lambda entity: holds(reach(entity, path))


def is_bound(operand: object, field: EntityField) -> bool:
    """Return whether `operand` can be the end of a range over `field`: a number, or a UTC time or date."""
    if field.kind == "time":
        return isinstance(operand, str) and TIME_FORM.fullmatch(operand) is not None
    return (
        field.kind in ("number", "integer", "map")
        and isinstance(operand, int | Decimal)
        and not isinstance(operand, bool)
    )
