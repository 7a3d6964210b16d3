"""The objects about articles, stock, and changes to make by hand in Specter."""

from typing import Annotated, Literal, TypedDict

from specter_tui.cli.json_records.orders import ProblemRecord
from specter_tui.journal.goods_models import DriftKind


class BadNumberRecord(TypedDict):
    """A number that Specter does not take, as `articles check` prints it."""

    kind: Annotated[Literal["bad_number"], "kind of the object"]
    article_uid: Annotated[int, "the article's key in the shop"]
    variant_uid: Annotated[int | None, "the variant's key in the shop; null for an article without variants"]
    name: Annotated[str, "name of the article"]
    number: Annotated[str, "article number as it is in the shop; may be empty"]
    suggestion: Annotated[str, "a number that Specter takes"]
    keeps: Annotated[bool, "true for the one that may keep a number that several have"]
    problem: Annotated[ProblemRecord, "why Specter does not take it"]


class ListedNumberRecord(TypedDict):
    """An article that is a package, or whose stock the shop does not manage, as `articles check` prints it."""

    kind: Annotated[Literal["package", "no_stock"], "kind of the object"]
    article_uid: Annotated[int, "the article's key in the shop"]
    name: Annotated[str, "name of the article"]
    number: Annotated[str, "article number as it is in the shop; may be empty"]


class FixedNumberRecord(TypedDict):
    """A number that was written to the shop, or was not, as `articles fix` prints it."""

    article_uid: Annotated[int, "the article's key in the shop"]
    variant_uid: Annotated[int | None, "the variant's key in the shop; null for an article without variants"]
    name: Annotated[str, "name of the article"]
    old: Annotated[str, "number before; may be empty"]
    new: Annotated[str, "suggested number"]
    written: Annotated[bool, "true if the shop has the suggested number now"]
    message: Annotated[str, "why it was not written; empty if it was"]


class ArticleTroubleRecord(TypedDict):
    """An article that is not in Specter as it should be, as `articles export` prints it."""

    kind: Annotated[Literal["refused", "skipped", "without_stock"], "refused by Specter; not sent; sent without stock"]
    number: Annotated[str, "article number"]
    message: Annotated[str, "why"]


class ArticleSummaryRecord(TypedDict):
    """The last object of `articles export`."""

    kind: Annotated[Literal["summary"], "kind of the object"]
    sent: Annotated[int, "number of articles that Specter took"]
    unchanged: Annotated[int, "number of articles that were not sent, since nothing has changed"]
    refused: Annotated[int, "number of articles that Specter refused"]
    skipped: Annotated[int, "number of articles that cannot be sent"]
    without_stock: Annotated[int, "number of articles that were sent without stock"]
    calls: Annotated[int, "number of calls"]
    complete: Annotated[bool, "false if it was broken off"]


class ServiceArticleRecord(TypedDict):
    """A service article, as `articles service` prints it."""

    kind: Annotated[
        Literal["delivery", "payment_fee", "cod", "discount", "gift_card", "rounding"], "what the article is for"
    ]
    setting: Annotated[str, "name of the setting"]
    number: Annotated[str, "article number; empty if the setting is"]
    created: Annotated[bool, "true if Specter has it now, new or not"]
    error: Annotated[str, "why it was not created; empty if it was"]
    message: Annotated[str, "the outcome in words"]


class StockRowRecord(TypedDict):
    """A row of Specter's that only a person can handle, as `stock rows`, `stock done` and `stock pull` print it."""

    kind: Annotated[Literal["row"], "kind of the object"]
    row: Annotated[str, "name of the row, for `stock done`"]
    batch: Annotated[str, "Specter's number of its batch"]
    position: Annotated[int, "place in the batch"]
    number: Annotated[str, "article number as it can be read; may be empty"]
    site: Annotated[str, "stock site as it can be read; may be empty"]
    quantity: Annotated[str, "quantity as it can be read; may be empty"]
    code: Annotated[str, "the same in every language and version"]
    message: Annotated[str, "why it cannot be applied and what to do"]
    seen: Annotated[str, "when it came, RFC 3339 in UTC"]
    done: Annotated[str | None, "when a person settled it, RFC 3339 in UTC; null before that"]
    done_by: Annotated[str, "the person who settled it; may be empty"]
    reason: Annotated[str, "the reason of that person; may be empty"]


class UnwrittenStockRecord(TypedDict):
    """A stock of Specter's that could not be written to the shop, as `stock pull` prints it."""

    kind: Annotated[Literal["unknown"], "kind of the object"]
    number: Annotated[str, "article number"]
    code: Annotated[str, "why; the shop's own text where it refused"]
    message: Annotated[str, "why"]


class StockSummaryRecord(TypedDict):
    """The last object of a turn of `stock pull`."""

    kind: Annotated[Literal["summary"], "kind of the object"]
    batches: Annotated[int, "number of batches fetched"]
    rows: Annotated[int, "number of rows in them"]
    written: Annotated[int, "number of stocks written to the shop"]
    unchanged: Annotated[int, "number of stocks that the shop had already"]
    unknown: Annotated[int, "number of stocks that could not be written"]
    for_person: Annotated[int, "number of rows that only a person can handle"]
    complete: Annotated[bool, "false if it was broken off"]


class DriftRecord(TypedDict):
    """A change to make in Specter by hand, as `drift`, `drift tick` and `drift untick` print it."""

    order: Annotated[str, "order number"]
    uid: Annotated[int, "the order's key in the shop"]
    item: Annotated[str, "article number, else the kind"]
    kind: Annotated[DriftKind, "what was changed in the shop"]
    sent: Annotated[str | None, "quantity that Specter has; null for what is no article"]
    now: Annotated[str | None, "quantity in the shop; null for what is no article"]
    since: Annotated[str, "when it was seen, RFC 3339 in UTC"]
