"""Shipments: parcels with the rows of placed orders (docs/wires.md, shipments)."""

from itertools import count
from typing import Any

from specter_tui.sandbox.shop.rpc_errors import VALIDATION_FAILED, RpcError
from specter_tui.sandbox.shop.shop_store import Document, Shop

FIRST_SHIPMENT, FIRST_ITEM = 81_001, 8_100_001


def add_order(shop: Shop, shipment: int | None, order: int) -> Document:
    """Put the unshipped rest of an order into a shipment, or a new one; the order's status becomes sent."""
    placed = shop.entity("Order", order)
    parcel = new_shipment(shop, placed) if shipment is None else shop.entity("Shipment", shipment)
    left = {row: quantity for row, quantity in to_ship(shop, placed).items() if quantity > 0}
    if not left:
        raise RpcError(VALIDATION_FAILED, "Validation failed", [{"message": "all of it is shipped", "pointer": "/1"}])
    shop.add("Shipment", [parcel])
    for row, quantity in left.items():
        uid = next_uid(shop, "ShipmentItem", FIRST_ITEM)
        item = {"uid": uid, "shipment": parcel["uid"], "orderItem": row, "quantity": quantity}
        shop.add("ShipmentItem", [item])
        parcel["items"].append(uid)
    placed["deliveryStatus"] = "sent"
    shop.touch(placed)
    return parcel


def new_shipment(shop: Shop, order: Document) -> Document:
    """Return an empty shipment with the order's delivery method."""
    return {
        "uid": next_uid(shop, "Shipment", FIRST_SHIPMENT),
        "type": "order/delivery",
        "shipmentMethod": order["delivery"]["method"],
        "trackingUrl": "",
        "documentUrl": "",
        "packageCount": 1,
        "items": [],
        "services": {},
        "events": [],
    }


def to_ship(shop: Shop, order: Document) -> dict[int, Any]:
    """Return the unshipped quantity of each row of an order, by its uid."""
    left = {row: shop.entity("OrderItem", row)["choices"]["quantity"] for row in order["items"]}
    for item in shop.visible("ShipmentItem"):
        if item["orderItem"] in left:
            left[item["orderItem"]] -= item["quantity"]
    return left


def next_uid(shop: Shop, name: str, first: int) -> int:
    """Return a uid that no entity of this class has had."""
    return next(uid for uid in count(first + len(shop.tables.get(name, {}))) if uid not in shop.tables.get(name, {}))
