"""Reading a batch of stock, as XML or as lines of text: the rows, and those that only a person can settle.

A row that cannot be read stops no other (wires: S-stock-xml, S-stock-text). An answer that is no batch of the stock
queue is none: only the queue's own element without rows says that the queue is empty.
"""

import re
from dataclasses import dataclass, field
from decimal import Decimal
from xml.etree.ElementTree import Element

from specter_tui.specter.batch_calls import Reason, UnreadRow, kept
from specter_tui.specter.errors import Unanswered
from specter_tui.specter.replies import evidence, raise_refusal, refuse_no, walk
from specter_tui.text.sanitize import clean_line

_NONE_AVAILABLE = "noitemsavailable"
_QUANTITY = re.compile(r"[+-]?[0-9]{1,12}(?:[.,][0-9]{1,18})?")
_LINE_ENDS = re.compile(r"[\r\n]+")
_FIELDS = 4
_LONGEST_NUMBER = 100
_MOST_IN_A_ROW = 50
_FRAME = frozenset({"stockChanges", "stock", "articles"})


@dataclass(frozen=True, slots=True)
class StockRow:
    """What is available of an article at one stock site; the site is empty where Specter does not name it."""

    article_number: str
    site: str
    quantity: Decimal


@dataclass(frozen=True, slots=True)
class StockBatch:
    """The rows of one batch, those that are left to a person, and what stood between them that is no row."""

    rows: tuple[StockRow, ...]
    unread: tuple[UnreadRow, ...] = ()
    ignored: tuple[str, ...] = ()

    @property
    def empty(self) -> bool:
        """Whether the queue had nothing to tell."""
        return not self.rows and not self.unread


def read_stock(body: bytes, batch_no: str) -> StockBatch:
    """The batch, in either form. Raises Refused when Specter says no, Unanswered for what is no batch of stock."""
    if is_xml(body):
        return _read_xml(body)
    return _read_text(body.decode("latin-1"), batch_no)


def is_xml(body: bytes) -> bool:
    """Whether an answer is XML, by its first sign."""
    return body[:1024].lstrip(b"\xef\xbb\xbf \t\r\n")[:1] == b"<"


def quantity_of(text: str) -> Decimal | None:
    """A quantity with decimal comma or point, or the word for none; None where it cannot be read."""
    word = text.strip()
    if word.casefold() == _NONE_AVAILABLE:
        return Decimal(0)
    return Decimal(word.replace(",", ".")) if _QUANTITY.fullmatch(word) else None


@dataclass(slots=True)
class _Rows:
    """The rows of one batch as they are read: of an article that comes twice at a site the later one counts."""

    rows: dict[tuple[str, str, int], Decimal] = field(default_factory=dict)
    unread: list[UnreadRow] = field(default_factory=list)
    count: int = 0

    def add(self, number: str, site: str, quantity: str, wrong: Reason | None = None, unnamed: int = 0) -> None:
        """Take in one row. `unnamed` tells sites apart that have no name."""
        position, self.count = self.count, self.count + 1
        number = number.strip()
        read = quantity_of(quantity)
        if wrong is None and (not number or len(number) > _LONGEST_NUMBER or clean_line(number) != number):
            wrong = "number"
        if wrong is None and read is None:
            wrong = "quantity"
        if wrong is None and read is not None:
            self.rows[number, site, 0 if site else unnamed] = read
        else:
            self.unread.append(UnreadRow(position, kept(number), site, kept(quantity), wrong or "kind"))

    def batch(self, ignored: tuple[str, ...] = ()) -> StockBatch:
        """The batch; sites that have no name can only be told as one."""
        quantities: dict[tuple[str, str], Decimal] = {}
        for (number, site, _), quantity in self.rows.items():
            quantities[number, site] = quantities.get((number, site), Decimal(0)) + quantity
        rows = tuple(StockRow(number, site, quantity) for (number, site), quantity in quantities.items())
        return StockBatch(rows, tuple(self.unread), ignored)


def _read_xml(body: bytes) -> StockBatch:
    """Rows are taken as they come, and let go of: what is held at once does not grow with the answer."""
    reading = _Xml()
    for event, path, element in walk(body):
        if event == "start":
            reading.begin(path, element)
        elif path:
            reading.end(path, element)
    if not reading.holds_stock or (reading.strange and not reading.rows.count):
        raise Unanswered("Specter's answer holds no stock")
    return reading.rows.batch()


class _Xml:
    """Goes through the elements. The sites are the `stock` elements; where a site's number stands is assumed."""

    def __init__(self) -> None:
        self.rows = _Rows()
        self.holds_stock = False
        self.strange = False
        """Whether the queue's element holds what is no row and belongs to none."""
        self._sites = 0

    def begin(self, path: list[Element], element: Element) -> None:
        if element.tag == "stockChanges" and len(path) < 2:
            self.holds_stock = True
        self._sites += element.tag == "stock"

    def end(self, path: list[Element], element: Element) -> None:
        parent = path[-1]
        if element.tag == "APIresponse" and len(path) == 1:
            refuse_no(element)
        elif element.tag == "article" or parent.tag == "articles" or element.find("articleNo") is not None:
            self._row(path, element)
        elif element.tag in _FRAME:
            self.strange |= _has_text(element)
        elif parent.tag not in _FRAME:
            if len(parent) <= _MOST_IN_A_ROW:
                return  # It may be part of a row, which is read at its end.
        else:
            self.strange |= parent.tag == "stockChanges"
        self.strange |= parent.tag in _FRAME and bool((element.tail or "").strip())
        parent.remove(element)

    def _row(self, path: list[Element], element: Element) -> None:
        site = next((one for one in reversed(path) if one.tag == "stock"), None)
        named = "" if site is None else kept(site.get("id") or "")
        numbers, quantities = element.findall("articleNo"), element.findall("noItemsAv")
        known = element.tag == "article" and len(numbers) < 2 and len(quantities) < 2
        number = (numbers[0].text or "") if numbers else ""
        quantity = (quantities[0].text or "") if quantities else ""
        self.rows.add(number, named, quantity, None if known else "kind", self._sites)


def _has_text(element: Element) -> bool:
    return bool((element.text or "").strip())


def _read_text(text: str, batch_no: str) -> StockBatch:
    """Lines of `id;number;quantity;batch`; a batch is ours only where a line has its number."""
    rows = _Rows()
    ignored: list[str] = []
    ours = False
    for place, line in enumerate(filter(None, map(str.strip, _LINE_ENDS.split(text)))):
        fields = [part.strip() for part in line.split(";", _FIELDS)]
        whole = len(fields) == _FIELDS
        if whole and fields[3] == batch_no:
            ours = True
            rows.add(fields[1], "", fields[2])
            continue
        if place == 0:
            raise_refusal(line)
        if ";" in line and not (place == 0 and fields[0] == "1" and len(fields) < _FIELDS):
            if whole:
                rows.add(fields[1], "", fields[2], "batch")
            else:
                rows.add("", "", line, "kind")
        else:
            ignored.append(evidence(line))
    if not ours:
        raise Unanswered(f"Specter's answer holds no stock: {evidence(text) or '(empty)'}")
    return rows.batch(tuple(ignored))
