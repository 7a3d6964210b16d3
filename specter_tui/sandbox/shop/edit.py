"""An administrator edits a placed order by hand: the quantity of a row, or the row goes."""

from decimal import Decimal

from specter_tui.sandbox.money import Cost, ore, times, total
from specter_tui.sandbox.shop.store import Document, Shop

AMOUNTS = ("exVat", "incVat", "vat")


def edit_row(shop: Shop, uid: int, item: int, quantity: int) -> None:
    """Give row `item` (its uid) of order `uid` another quantity, 0 to remove it, and sum the order anew.

    A discount follows the row in proportion; freight, fee and payments stay as they are.
    """
    with shop.lock:
        order = shop.entity("Order", uid)
        row = shop.entity("OrderItem", item)
        if quantity:
            share = Decimal(quantity) / row["choices"]["quantity"]
            row["choices"]["quantity"] = quantity
            row["costs"]["total"] = times(row["costs"]["unit"], quantity)
            scale(row.get("discountInfo", {}), share)
        else:
            order["items"].remove(item)
        sum_up(shop, order)
        shop.touch(order)


def scale(discount: Document, share: Decimal) -> None:
    """Change the amounts of a row's discount in proportion."""
    if discount:
        discount |= {key: ore(discount[key] * share) for key in ("incVat", "vat")}
        discount["exVat"] = discount["incVat"] - discount["vat"]


def sum_up(shop: Shop, order: Document) -> None:
    """Write the order's sums and its list of discounts from its rows."""
    rows = [shop.entity("OrderItem", uid) for uid in order["items"]]
    off: list[Cost] = [row["discountInfo"] for row in rows if "discountInfo" in row]
    costs, currency = order["costs"], order["currency"]
    costs["cart"] = total([row["costs"]["total"] for row in rows], currency, less=off)
    costs["total"] = total([costs["cart"], costs["payment"], costs["shipment"]], currency)
    order["discountInfo"] = summed_discounts(off)


def summed_discounts(off: list[Document]) -> list[Document]:
    """Return the order's list of discounts: one entry for each discount, VAT rate and fraction, the sum of its rows."""
    entries: dict[tuple[object, ...], Document] = {}
    for one in off:
        key = (one["discount"], one["vatRate"], one["rate"])
        entry = entries.setdefault(key, one | {"type": None} | dict.fromkeys(AMOUNTS, Decimal(0)))
        for amount in AMOUNTS:
            entry[amount] += one[amount]
    return list(entries.values())
