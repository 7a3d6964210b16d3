"""Read a stock batch, as XML or as lines of text: its rows, and those that a person must decide about.

An unreadable row does not affect the others (wires: S-stock-xml, S-stock-text). Only an empty element of the queue
means that the queue is empty; any other answer without rows is an error.
"""

import re
from dataclasses import dataclass, field
from decimal import Decimal
from xml.etree.ElementTree import Element

from specter_tui.errors import ErrorText
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
    """The available quantity of an article at one stock site; the site is empty where Specter does not name it."""

    article_number: str
    site: str
    quantity: Decimal


@dataclass(frozen=True, slots=True)
class StockBatch:
    """The rows of one batch, those that a person must decide about, and ignored text between them."""

    rows: tuple[StockRow, ...]
    unread: tuple[UnreadRow, ...] = ()
    ignored: tuple[str, ...] = ()

    @property
    def empty(self) -> bool:
        """True if the queue was empty."""
        return not self.rows and not self.unread


def read_stock(body: bytes, batch_no: str) -> StockBatch:
    """Parse the batch in either form. Raises Refused where Specter refuses, Unanswered for anything else than stock."""
    if is_xml(body):
        return _read_xml(body)
    return _read_text(body.decode("latin-1"), batch_no)


def is_xml(body: bytes) -> bool:
    """Return whether an answer is XML, by its first character."""
    return body[:1024].lstrip(b"\xef\xbb\xbf \t\r\n")[:1] == b"<"


def quantity_of(text: str) -> Decimal | None:
    """Return a quantity with decimal comma or point, or zero for Specter's word for none.

    None where it is unreadable.
    """
    word = text.strip()
    if word.casefold() == _NONE_AVAILABLE:
        return Decimal(0)
    return Decimal(word.replace(",", ".")) if _QUANTITY.fullmatch(word) else None


@dataclass(slots=True)
class _Rows:
    """Collects the rows of one batch. If an article is repeated at a site, its last row counts."""

    rows: dict[tuple[str, str, int], Decimal] = field(default_factory=dict)
    unread: list[UnreadRow] = field(default_factory=list)
    count: int = 0

    def add(self, number: str, site: str, quantity: str, wrong: Reason | None = None, unnamed: int = 0) -> None:
        """Add one row. `unnamed` distinguishes sites without a name."""
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
        """Return the batch; quantities of sites without a name are summed."""
        quantities: dict[tuple[str, str], Decimal] = {}
        for (number, site, _), quantity in self.rows.items():
            quantities[number, site] = quantities.get((number, site), Decimal(0)) + quantity
        rows = tuple(StockRow(number, site, quantity) for (number, site), quantity in quantities.items())
        return StockBatch(rows, tuple(self.unread), ignored)


def _read_xml(body: bytes) -> StockBatch:
    """Parse row by row, and free each row after it is read, so that memory does not grow with the answer."""
    reading = _Xml()
    for event, path, element in walk(body):
        if event == "start":
            reading.begin(path, element)
        elif path:
            reading.end(path, element)
    if not reading.holds_stock or (reading.strange and not reading.rows.count):
        raise Unanswered(ErrorText("specter_no_stock"))
    return reading.rows.batch()


class _Xml:
    """Goes through the elements. The sites are the `stock` elements; that `id` is a site's number is an assumption."""

    def __init__(self) -> None:
        self.rows = _Rows()
        self.holds_stock = False
        self.strange = False
        """True if the queue's element contains something that is not part of a row."""
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
    """Parse lines of `id;number;quantity;batch`; the answer is ours only if a line has our batch number."""
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
        raise Unanswered(ErrorText("specter_no_stock_but", text=evidence(text) or "(empty)"))
    return rows.batch(tuple(ignored))
