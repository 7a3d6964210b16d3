"""Read a batch of orders that changed in Specter: delivered, cancelled, tracking number (wires: S-order-status).

An unreadable order does not affect the others. Only an empty element of the queue means that the queue is empty.
"""

import re
from dataclasses import dataclass, field
from decimal import Decimal
from xml.etree.ElementTree import Element

from specter_tui.errors import ErrorText
from specter_tui.specter.batch_calls import UnreadRow, kept
from specter_tui.specter.errors import Unanswered
from specter_tui.specter.replies import is_number, refuse_no, walk
from specter_tui.text.sanitize import clean_line

_DELIVERED, _CANCELLED = "D", "5"
_LONGEST_TRACKING = 100
_MOST_IN_AN_ORDER = 1000
_TOTALS = frozenset(
    {
        "total", "totals", "totalsum", "totalamount", "totalinclvat", "totalincvat", "totalprice", "totalpriceinclvat",
        "ordertotal", "ordertotalinclvat", "ordersum", "ordersuminclvat", "orderamount", "suminclvat", "sumtotal",
        "amountinclvat", "priceinclvat",
    }
)  # fmt: skip
"""Names for an order's total incl. VAT, without case and signs; Specter's own, if it has one, is not known."""
_AMOUNT = re.compile(r"-?[0-9]{1,12}(?:[.,][0-9]{1,6})?")


@dataclass(frozen=True, slots=True)
class OrderStatus:
    """The status of one order in Specter.

    Partly delivered or merely changed orders are neither delivered nor cancelled.
    """

    specter_number: str
    delivered: bool
    cancelled: bool
    tracking: str
    total: Decimal | None = None
    """The order's total incl. VAT, where the batch has one."""
    words: tuple[str, str] = field(default=("", ""), compare=False)
    """deliveryStatus and statusId as Specter writes them."""


@dataclass(frozen=True, slots=True)
class OrderBatch:
    """The orders of one batch, and those that a person must decide about. `more`: further orders are queued."""

    orders: tuple[OrderStatus, ...]
    more: bool = False
    unread: tuple[UnreadRow, ...] = ()

    @property
    def empty(self) -> bool:
        """True if the queue was empty."""
        return not self.orders and not self.unread


def read_orders(body: bytes) -> OrderBatch:
    """Parse the batch. Raises Refused where Specter refuses, Unanswered for anything that is not a batch of orders."""
    reading = _Orders()
    for event, path, element in walk(body):
        if event == "start":
            reading.holds_orders |= element.tag == "orders" and len(path) < 2
        else:
            reading.end(path, element)
    if not reading.holds_orders or (reading.strange and not reading.orders):
        raise Unanswered(ErrorText("specter_no_orders"))
    return OrderBatch(tuple(reading.orders), reading.more not in ("", "0", "false"), tuple(reading.unread))


class _Orders:
    """Goes through the elements, and frees each order after it is read."""

    def __init__(self) -> None:
        self.orders: list[OrderStatus] = []
        self.unread: list[UnreadRow] = []
        self.holds_orders = False
        self.strange = False
        """True if the queue's element contains text."""
        self.more = ""

    def end(self, path: list[Element], element: Element) -> None:
        if element.tag == "orders":
            self.strange |= bool((element.text or "").strip())
        if not path:
            return
        if len(path) == 1 and element.tag == "APIresponse":
            refuse_no(element)
        elif len(path) == 1 and element.tag == "moreInfoToFetch":
            self.more = (element.text or "").strip()
        elif path[-1].tag == "orders":
            self._take(_order(element, len(self.orders) + len(self.unread)))
        elif len(path[-1]) <= _MOST_IN_AN_ORDER:
            return  # It may be part of an order, which is read at its end.
        path[-1].remove(element)

    def _take(self, read: OrderStatus | UnreadRow) -> None:
        if isinstance(read, OrderStatus):
            self.orders.append(read)
        else:
            self.unread.append(read)


def _order(element: Element, position: int) -> OrderStatus | UnreadRow:
    number = (element.get("orderNo") or "").strip()
    status = element.find("orderstatus")
    delivery = "" if status is None else (status.get("deliveryStatus") or "").strip()
    state = "" if status is None else (status.get("statusId") or "").strip()
    told = [
        clean_line((parcel.get("trackingNo") or "")[:400])[:_LONGEST_TRACKING] for parcel in element.iter("delivery")
    ]
    tracking = next(filter(None, reversed(told)), "")
    if element.tag != "order" or not is_number(number):
        shown = " ".join(filter(None, (number, delivery, state, tracking)))
        return UnreadRow(position, "", "", kept(shown), "order" if element.tag == "order" else "kind")
    total, words = _total(element, status), (kept(delivery), kept(state))
    return OrderStatus(number, delivery == _DELIVERED, state == _CANCELLED, tracking, total, words)


def _total(*elements: Element | None) -> Decimal | None:
    """Return the total that an order's element or its status has, as an attribute or a child; None if there is none."""
    for element in elements:
        if element is None:
            continue
        named = [*element.items(), *((child.tag, child.text or "") for child in element)]
        for name, text in named[:_MOST_IN_AN_ORDER]:
            plain = re.sub(r"\s", "", text[:_LONGEST_TRACKING])
            if re.sub("[^a-z]", "", name.casefold()) in _TOTALS and _AMOUNT.fullmatch(plain):
                return Decimal(plain.replace(",", "."))
    return None
