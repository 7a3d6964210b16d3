"""Changes of a placed order by the shop's staff: another quantity, a row removed or added, another payment status."""

from collections.abc import Sequence
from decimal import Decimal
from itertools import count

from specter_tui.sandbox.arithmetic import Cost, cost, ore, times, total
from specter_tui.sandbox.shop.shop_store import Document, Shop

AMOUNTS = ("exVat", "incVat", "vat")


def edit_row(shop: Shop, uid: int, item: int, quantity: int) -> None:
    """Give row `item` (its uid) of order `uid` another quantity, 0 to remove it, and recalculate the order.

    A discount changes in proportion; freight, fee and payments stay the same. The shop's stock is adjusted.
    """
    with shop.lock:
        order = shop.entity("Order", uid)
        row = shop.entity("OrderItem", item)
        if item not in order["items"] or quantity < 0:
            raise ValueError(f"order {uid} has no row {item} for a quantity of {quantity}")
        if not order["discarded"]:
            shop.take(row, quantity - row["choices"]["quantity"])
        if quantity:
            share = Decimal(quantity) / row["choices"]["quantity"]
            row["choices"]["quantity"] = quantity
            row["costs"]["total"] = times(row["costs"]["unit"], quantity)
            scale(row.get("discountInfo", {}), share)
        else:
            order["items"].remove(item)
        sum_up(shop, order)
        shop.touch(order)


def add_row(shop: Shop, uid: int, number: str, quantity: int) -> int:
    """Add a row of the article with this number to order `uid`, and recalculate it; return the row's uid."""
    with shop.lock:
        order = shop.entity("Order", uid)
        article, choices = ware(shop, number)
        unit = cost(Decimal(article["price"]["current"][order["currency"]]), article["vatRate"], order["currency"])
        item = next(free for free in count(uid * 100 + 1) if free not in shop.tables["OrderItem"])
        row = {
            "uid": item,
            "order": uid,
            "article": article["uid"],
            "articleNumber": number,
            "articleName": article["name"]["sv"],
            "choices": {**choices, "quantity": quantity},
            "costs": {"unit": unit, "total": times(unit, quantity)},
        }
        shop.add("OrderItem", [row])
        order["items"].append(item)
        if not order["discarded"]:
            shop.take(row, quantity)
        sum_up(shop, order)
        shop.touch(order)
        return item


def ware(shop: Shop, number: str) -> tuple[Document, dict[str, str]]:
    """Return the article that is sold under a number, with the choices of its variant."""
    for article in shop.visible("Article"):
        for entry in article.get("variants", []):
            if entry["overrides"].get("articleNumber", article["articleNumber"]) == number:
                return article, entry["definedBy"]
        if article["articleNumber"] == number and not article.get("variants"):
            return article, {}
    raise KeyError(number)


def settle(shop: Shop, payment: Document) -> None:
    """Set the payment status of the orders that a payment belongs to."""
    for order in shop.visible("Order"):
        if payment["uid"] in order["payments"]:
            order["paymentStatus"] = payment_status([shop.entity("Payment", uid) for uid in order["payments"]])
            shop.touch(order)


def payment_status(payments: Sequence[Document]) -> str:
    """Return an order's status: paid or reserved when every payment is at least that."""
    statuses = {payment["status"] for payment in payments}
    if statuses <= {"paid"}:
        return "paid"
    return "reserved" if statuses <= {"paid", "reserved"} else "unpaid"


def scale(discount: Document, share: Decimal) -> None:
    """Change the amounts of a row's discount in proportion."""
    if discount:
        discount |= {key: ore(discount[key] * share) for key in ("incVat", "vat")}
        discount["exVat"] = discount["incVat"] - discount["vat"]


def sum_up(shop: Shop, order: Document) -> None:
    """Recalculate the order's sums and its list of discounts from its rows."""
    rows = [shop.entity("OrderItem", uid) for uid in order["items"]]
    off: list[Cost] = [row["discountInfo"] for row in rows if "discountInfo" in row]
    costs, currency = order["costs"], order["currency"]
    costs["cart"] = total([row["costs"]["total"] for row in rows], currency, less=off)
    costs["total"] = total([costs["cart"], costs["payment"], costs["shipment"]], currency)
    order["discountInfo"] = summed_discounts(off)


def summed_discounts(off: list[Document]) -> list[Document]:
    """Return the order's list of discounts: for each discount, VAT rate and fraction the sum of its rows."""
    entries: dict[tuple[object, ...], Document] = {}
    for one in off:
        key = (one["discount"], one["vatRate"], one["rate"])
        entry = entries.setdefault(key, one | {"type": None} | dict.fromkeys(AMOUNTS, Decimal(0)))
        for amount in AMOUNTS:
            entry[amount] += one[amount]
    return list(entries.values())
