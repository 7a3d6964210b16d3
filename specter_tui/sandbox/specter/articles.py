"""newArticleSubmit: makes articles, and updates known ones where that is asked for (docs/wires.md)."""

from decimal import Decimal

from specter_tui.sandbox.specter.account import Account, SpecterArticle
from specter_tui.sandbox.specter.fields import Checked
from specter_tui.sandbox.specter.refusal import MISSING_FIELD, Refusal, malformed

MOST = 100
"""Rows in one call, as known clients send them."""


def submit_articles(account: Account, form: Checked) -> tuple[int, str]:
    """Write all rows, or none: one bad row refuses the call. Returns how many articles there are now, and a text.

    A known article is left alone without forceArticleUpdate=1; its stock never changes.
    """
    if len(form.rows) > MOST:
        raise malformed(f"more than {MOST} articles")
    for number, sent in enumerate(form.rows, 1):
        if " " in sent["articleNo"]:
            raise malformed(f"articleNo_{number} has a space")
        if sent["articleNo"] not in account.articles and not sent.get("name"):
            raise Refusal(MISSING_FIELD, f"name_{number} is missing")
    for sent in form.rows:
        write(account, sent, update=form.fields.get("forceArticleUpdate") == "1")
    return len(account.articles), "Klart"


def write(account: Account, sent: dict[str, str], *, update: bool) -> None:
    """Make or update one article."""
    article = account.articles.get(sent["articleNo"])
    if article is None:
        opening = Decimal(sent.get("noItemsInStock") or 0)
        account.articles[sent["articleNo"]] = SpecterArticle(sent["articleNo"], dict(sent), opening)
    elif update:
        article.fields |= sent
