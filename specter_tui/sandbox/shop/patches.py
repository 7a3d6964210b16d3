"""Patches: the values that a client may write, and how they are merged (objects merge, others are replaced)."""

from decimal import Decimal
from typing import Any

from specter_tui.sandbox.shop.entity_schema import EntityField, Fields
from specter_tui.sandbox.shop.shop_store import Document

LONGEST = {"externalOrderNumber": 50}
"""Known maximum lengths of texts, in characters."""

ONE_OF = {
    "deliveryStatus": ("sent", "unsent"),
    "status": ("prepared", "planned", "unpaid", "pending", "reserved", "paid", "cancelled", "error"),
}
"""Texts with fixed values."""

TYPES: dict[str, tuple[type, ...]] = {
    "text": (str,),
    "time": (str,),
    "number": (int, Decimal),
    "integer": (int,),
    "flag": (bool,),
    "ref": (int, type(None)),
    "refs": (list,),
    "list": (list,),
    "objects": (list,),
    "object": (dict,),
    "map": (dict,),
}


def problems(patch: object, fields: Fields, where: str = "", *, is_open: bool = False) -> list[dict[str, str]]:
    """Return the errors of `patch`, each with a pointer into it; an empty list if there are none."""
    if not isinstance(patch, dict):
        return [{"message": "an object is needed", "pointer": where}]
    found = []
    for key, value in patch.items():
        place = f"{where}/{key}"
        if key in fields:
            found += field_problems(key, value, fields[key], place)
        elif not is_open or isinstance(value, dict | list):
            found.append({"message": "unknown key", "pointer": place})
    return found


def field_problems(key: str, value: object, field: EntityField, where: str) -> list[dict[str, str]]:
    """Return the errors of one value of a patch."""
    if field.kind == "object" and isinstance(value, dict):
        return problems(value, field.parts, where, is_open=field.open)
    if not field.writable:
        return [{"message": "read-only", "pointer": where}]
    if not isinstance(value, TYPES[field.kind]) or (isinstance(value, bool) and field.kind != "flag"):
        return [{"message": f"not a {field.kind}", "pointer": where}]
    if isinstance(value, str) and len(value) > LONGEST.get(key, len(value)):
        return [{"message": "too long", "pointer": where}]
    if key in ONE_OF and value not in ONE_OF[key]:
        return [{"message": f"none of {', '.join(ONE_OF[key])}", "pointer": where}]
    return []


def merge(entity: Document, patch: dict[str, Any]) -> None:
    """Write `patch` into `entity`: objects deeply, everything else as a whole."""
    for key, value in patch.items():
        if isinstance(value, dict) and isinstance(entity.get(key), dict):
            merge(entity[key], value)
        else:
            entity[key] = value
