"""newArticleSubmit: create articles, and update existing ones on request (docs/wires.md)."""

import re
from collections.abc import Iterator
from decimal import Decimal

from specter_tui.sandbox.specter.action_reply import Reply
from specter_tui.sandbox.specter.form_fields import Checked
from specter_tui.sandbox.specter.refusals import BAD_ARTICLE, MISSING_FIELD, Refusal, malformed
from specter_tui.sandbox.specter.specter_account import MAIN_SITE, SpecterAccount

MOST = 100
"""Rows in one call, as in known clients."""

GOOD_NUMBER = re.compile(r"[A-Za-z0-9._-]+")
AT_CREATION = ("createArticleStock", "noItemsInStock")
"""Fields that count only when the article is created."""


def submit_articles(account: SpecterAccount, form: Checked) -> Reply:
    """Write all rows or none: one bad row refuses the call. Return the number of articles, and a text.

    Without forceArticleUpdate=1 an existing article is not changed. Its stock, and whether it is managed, never
    changes.
    """
    for refused in refusals(account, form.rows):
        raise refused
    for sent in form.rows:
        write(account, sent, update=form.fields.get("forceArticleUpdate") == "1")
    return Reply(len(account.articles), "Klart")


def refusals(account: SpecterAccount, rows: list[dict[str, str]]) -> Iterator[Refusal]:
    """Yield the reasons to refuse these rows."""
    if len(rows) > MOST:
        yield malformed(f"more than {MOST} articles")
    seen: set[str] = set()
    for number, sent in enumerate(rows, 1):
        article = sent["articleNo"]
        if not GOOD_NUMBER.fullmatch(article):
            yield malformed(f"articleNo_{number} has a space or a forbidden character: {article!r}", number)
        if article in seen:
            yield malformed(f"articleNo_{number} is there twice: {article!r}", number)
        if article not in account.articles and not sent.get("name"):
            yield Refusal(MISSING_FIELD, f"name_{number} is missing", number)
        if not 0 <= Decimal(sent.get("vatPercent") or 0) <= 100:
            yield malformed(f"vatPercent_{number} is not from 0 to 100", number)
        if article in account.refused_articles:
            yield Refusal(BAD_ARTICLE, "tas inte emot", number)
        seen.add(article)


def write(account: SpecterAccount, sent: dict[str, str], *, update: bool) -> None:
    """Create or update one article. Without createArticleStock=1 at its creation, its stock is never managed."""
    known = account.articles.get(sent["articleNo"])
    fields = {name: value for name, value in sent.items() if name not in AT_CREATION}
    if known is None:
        opening = {MAIN_SITE: Decimal(sent.get("noItemsInStock") or 0)}
        made = account.add_article(
            sent["articleNo"], fields, opening if sent.get("createArticleStock") == "1" else None
        )
        if made.available is not None:
            account.stock_changed(made, MAIN_SITE)
    elif update:
        known.fields |= fields
