"""Rows of batches to store in a journal, in the form that the clients return."""

from decimal import Decimal
from typing import NamedTuple


class StockRow(NamedTuple):
    article_number: str
    site: str
    quantity: Decimal


class StatusRow(NamedTuple):
    specter_number: str
    delivered: bool
    cancelled: bool
    tracking: str
    total: Decimal | None = None


class Change(NamedTuple):
    article_number: str
    sent: Decimal
    now: Decimal


def stock(number: str, quantity: str | int = 7, site: str = "1") -> StockRow:
    return StockRow(number, site, Decimal(quantity))


def status(number: str = "90001", *, delivered: bool = False, cancelled: bool = False, tracking: str = "") -> StatusRow:
    return StatusRow(number, delivered, cancelled, tracking)


def change(number: str, sent: str | int, now: str | int) -> Change:
    return Change(number, Decimal(sent), Decimal(now))
