"""Reading a batch of stock, as XML or as lines of text: every row, or nothing (wires: S-stock-xml, S-stock-text)."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from xml.etree.ElementTree import Element

from specter_tui.specter.errors import Unanswered
from specter_tui.specter.replies import evidence, raise_refusal, read_xml

_NONE_AVAILABLE = "noitemsavailable"
_QUANTITY = re.compile(r"[+-]?[0-9]{1,12}(?:[.,][0-9]{1,6})?")
_LINE_ENDS = re.compile(r"[\r\n]+")
_FIELDS = 4


@dataclass(frozen=True, slots=True)
class StockRow:
    """What is available of an article at one stock site; the site is empty where Specter does not name it."""

    article_number: str
    site: str
    quantity: Decimal


@dataclass(frozen=True, slots=True)
class StockBatch:
    """The rows of one batch, and what stood between them that is no row."""

    rows: tuple[StockRow, ...]
    ignored: tuple[str, ...] = ()


def read_stock(body: bytes, batch_no: str) -> StockBatch:
    """The batch, in either form. Raises Refused when Specter says no, Unanswered when a row cannot be read."""
    if is_xml(body):
        return StockBatch(tuple(_summed(_xml_rows(read_xml(body)))))
    return _read_text(body.decode("latin-1"), batch_no)


def is_xml(body: bytes) -> bool:
    """Whether an answer is XML, by its first sign."""
    return body.lstrip(b"\xef\xbb\xbf \t\r\n")[:1] == b"<"


def _xml_rows(root: Element) -> Iterator[StockRow]:
    """The sites are the `stock` elements; where the site's number stands in them is assumed."""
    if root.find("stockChanges") is None and root.find("APIresponse") is None:
        raise Unanswered("Specter's answer holds no stock")
    sites = list(root.iter("stock")) or [root]
    for site in sites:
        for article in site.iter("article"):
            number = (article.findtext("articleNo") or "").strip()
            if not number:
                raise Unanswered("a row of Specter's stock has no article number")
            yield StockRow(number, (site.get("id") or "").strip(), quantity_of(article.findtext("noItemsAv") or ""))


def _summed(rows: Iterator[StockRow]) -> Iterator[StockRow]:
    """One row for each article and site: sites that have no name can only be told as one."""
    quantities: dict[tuple[str, str], Decimal] = {}
    for row in rows:
        key = (row.article_number, row.site)
        quantities[key] = quantities.get(key, Decimal(0)) + row.quantity
    for (number, site), quantity in quantities.items():
        yield StockRow(number, site, quantity)


def _read_text(text: str, batch_no: str) -> StockBatch:
    """Lines of `id;number;quantity;batch`. Within one batch a later line replaces an earlier one."""
    rows: dict[str, StockRow] = {}
    ignored: list[str] = []
    for place, line in enumerate(filter(None, map(str.strip, _LINE_ENDS.split(text)))):
        fields = [field.strip() for field in line.split(";")]
        if len(fields) == _FIELDS and fields[1] and fields[3] == batch_no:
            rows[fields[1]] = StockRow(fields[1], "", quantity_of(fields[2]))
            continue
        if place == 0:
            raise_refusal(line)
        if ";" in line and not (place == 0 and fields[0] == "1" and len(fields) < _FIELDS):
            raise Unanswered(f"a row of Specter's stock cannot be read: {evidence(line)}")
        ignored.append(evidence(line))
    if ignored and not rows and not ignored[0].startswith("1;"):
        # An error page has lines, too, and none of them is a row.
        raise Unanswered(f"Specter's answer cannot be read: {ignored[0]}")
    return StockBatch(tuple(rows.values()), tuple(ignored))


def quantity_of(text: str) -> Decimal:
    """A quantity with decimal comma or point, or the word for none. Raises Unanswered."""
    word = text.strip()
    if word.casefold() == _NONE_AVAILABLE:
        return Decimal(0)
    if not _QUANTITY.fullmatch(word):
        raise Unanswered(f"a quantity of Specter's stock cannot be read: {evidence(text) or '(empty)'}")
    return Decimal(word.replace(",", "."))
