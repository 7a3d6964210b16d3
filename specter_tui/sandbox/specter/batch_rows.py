"""The rows of batches, and their text and XML forms (docs/wires.md, batches)."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from xml.sax.saxutils import escape, quoteattr

NONE_AVAILABLE = "noItemsAvailable"


@dataclass(frozen=True, slots=True, kw_only=True)
class BatchStockRow:
    """An article's available quantity."""

    identity: int
    number: str
    total: Decimal
    """Over all stock sites."""
    sites: Mapping[int, Decimal]
    """At each site that changed."""
    written: str | None = None
    """The quantity as written, where it is not a number."""
    kind: str = "article"
    """The row's XML element."""


@dataclass(frozen=True, slots=True, kw_only=True)
class InfoRow:
    """An article's data."""

    number: str
    fields: Mapping[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class StatusRow:
    """An order's status."""

    number: str
    delivery: str
    """N none, P partly, D delivered."""
    status: int
    """1 open, 5 cancelled."""
    updated: bool
    """True if its deliveries changed since the last report."""
    tracking: tuple[str, ...]
    """The tracking number of each delivery, empty where it has none."""
    total: Decimal | None = None
    """The order's total, where the batch says it."""


def comma(number: Decimal) -> str:
    """Return a number in Specter's form: decimal comma, no trailing zeros."""
    return f"{number.normalize():f}".replace(".", ",")


def quantity(row: BatchStockRow, held: Decimal) -> str:
    """Return a quantity; zero is written as a word for every second article."""
    if row.written is not None:
        return row.written
    return NONE_AVAILABLE if held == 0 and row.identity % 2 else comma(held)


def stock_lines(rows: Iterable[BatchStockRow], batch: str) -> str:
    """Return one line for each article, ended by a CR."""
    return "".join(f"{row.identity};{row.number};{quantity(row, row.total)};{batch}\r" for row in rows)


def stock_xml(rows: Iterable[BatchStockRow]) -> str:
    """Return the stock of each article over all sites."""
    return in_element("stockChanges", in_element("stock", articles((row, row.total) for row in rows)))


def sites_xml(rows: Iterable[BatchStockRow], attribute: str) -> str:
    """Return the stock of each site that has changes, with the site in this attribute, or in none."""
    listed = list(rows)
    by_site = {
        site: articles((row, row.sites[site]) for row in listed if site in row.sites)
        for site in sorted({site for row in listed for site in row.sites})
    }
    sites = {site: f' {attribute}="{site}"' if attribute else "" for site in by_site}
    return in_element("stockChanges", "".join(f"<stock{sites[site]}>{text}</stock>" for site, text in by_site.items()))


def articles(held: Iterable[tuple[BatchStockRow, Decimal]]) -> str:
    """Return the articles of one stock site."""
    return in_element(
        "articles",
        "".join(
            f"<{row.kind}><articleNo>{escape(row.number)}</articleNo>"
            f"<noItemsAv>{escape(quantity(row, number))}</noItemsAv></{row.kind}>"
            for row, number in held
        ),
    )


def infos_xml(rows: Iterable[InfoRow], limit: int) -> str:
    """Return articles with prices, bar code and weight as attributes, number and name inside."""
    return f"<responseMaxLimit>{limit}</responseMaxLimit>" + in_element("articles", "".join(map(info, rows)))


def info(row: InfoRow) -> str:
    """Return one article's data."""
    attributes = {
        "buyPrice": row.fields.get("buyPrice", "").replace(".", ","),
        "priceExclVat": row.fields.get("priceExclVAT", "").replace(".", ","),
        "barCode": row.fields.get("barCode", ""),
        "productWeight": row.fields.get("productWeight", "").replace(".", ","),
    }
    written = "".join(f" {name}={quoteattr(value)}" for name, value in attributes.items())
    name = row.fields.get("name", "").replace("]]>", "]]]]><![CDATA[>")
    return f"<article{written}><articleNo>{escape(row.number)}</articleNo><name><![CDATA[{name}]]></name></article>"


def statuses_xml(rows: Iterable[StatusRow], *, more: bool) -> str:
    """Return orders with their status and deliveries, and a flag for further queued ones."""
    return in_element("orders", "".join(map(status, rows))) + f"<moreInfoToFetch>{more:d}</moreInfoToFetch>"


def status(row: StatusRow) -> str:
    """Return one order's status and deliveries."""
    deliveries = "".join(f"<delivery trackingNo={quoteattr(one)}/>" for one in row.tracking)
    total = "" if row.total is None else f' orderTotal="{comma(row.total)}"'
    return (
        f'<order orderNo="{row.number}"{total}>'
        f'<orderstatus deliveryStatus="{row.delivery}" statusId="{row.status}"/>'
        f'<deliveries updated="{row.updated:d}">{deliveries}</deliveries></order>'
    )


def in_element(name: str, inner: str) -> str:
    """Return `inner`, which is XML, in an element."""
    return f"<{name}>{inner}</{name}>"
