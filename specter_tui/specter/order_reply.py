"""Reading a batch of orders that changed in Specter: delivered, cancelled, tracking number (wires: S-order-status)."""

from dataclasses import dataclass
from xml.etree.ElementTree import Element

from specter_tui.specter.errors import Unanswered
from specter_tui.specter.replies import is_number, read_xml
from specter_tui.text import clean_line

_DELIVERED, _CANCELLED = "D", "5"
_LONGEST_TRACKING = 100


@dataclass(frozen=True, slots=True)
class OrderStatus:
    """What became of one order in Specter; neither is what is partly delivered, or only changed."""

    specter_number: str
    delivered: bool
    cancelled: bool
    tracking: str


@dataclass(frozen=True, slots=True)
class OrderBatch:
    """The orders of one batch. `more`: others wait for the next."""

    orders: tuple[OrderStatus, ...]
    more: bool = False


def read_orders(body: bytes) -> OrderBatch:
    """The batch. Raises Refused when Specter says no, Unanswered when an order cannot be read."""
    root = read_xml(body)
    if root.find("orders") is None and root.find("APIresponse") is None:
        raise Unanswered("Specter's answer holds no orders")
    more = (root.findtext("moreInfoToFetch") or "").strip()
    return OrderBatch(tuple(_order(element) for element in root.iter("order")), more not in ("", "0", "false"))


def _order(element: Element) -> OrderStatus:
    number = (element.get("orderNo") or "").strip()
    if not is_number(number):
        raise Unanswered("an order in Specter's answer has no number")
    status = element.find("orderstatus")
    delivery = "" if status is None else (status.get("deliveryStatus") or "").strip()
    state = "" if status is None else (status.get("statusId") or "").strip()
    told = [clean_line(parcel.get("trackingNo") or "")[:_LONGEST_TRACKING] for parcel in element.iter("delivery")]
    return OrderStatus(
        specter_number=number,
        delivered=delivery == _DELIVERED,
        cancelled=state == _CANCELLED,
        tracking=next(filter(None, reversed(told)), ""),
    )
