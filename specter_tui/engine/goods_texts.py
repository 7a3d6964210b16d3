"""Texts about articles, stock and deliveries."""

from specter_tui.errors import translate_error
from specter_tui.i18n import Language, translated

GOODS_TEXTS: dict[str, str] = {
    "vanished": "It is not in the shop any more.",
    "renumbered": "Its number was changed to {number} meanwhile.",
    "bad_suggestion": "{number} is no good article number.",
    "taken": "Another article has the number {number} by now.",
    "keeps_number": "It keeps the number {number}: give the others that have it new ones.",
    "articles_inactive": "Articles are not exported: ARTICLE__EXPORT or ARTICLE__EXPORT_RUN is inactive.",
    "busy": "{holder} is doing this now.",
    "without_stock": "Is in Specter without stock: make it a stock article there by hand.",
    "article_came": "its article was exported since",
    "no_drift": "Nothing of {number} is to be changed for this order.",
    "delivered_but_discarded": "It is delivered in Specter, but cancelled in the shop.",
    "stock_not_in_shop": "No article in the shop has this number.",
    "stock_duplicate": "Several articles in the shop have this number.",
    "stock_package": "Is a package: its stock is that of its parts.",
    "stock_unmanaged": "Stock management is off for the article in the shop.",
    "stock_vanished": "It is not in the shop any more.",
    "row_number": "The row has no readable article number. Find the article in Specter and set its stock in the shop.",
    "row_quantity": "The quantity cannot be read. Look it up in Specter and set the article's stock in the shop.",
    "row_kind": "A kind of row that is not known. Look at the article in Specter and set its stock in the shop.",
    "row_batch": "It is of another batch. Look up the quantity in Specter and set the article's stock in the shop.",
    "row_order": "The row names no order. Look in Specter for orders that were delivered or cancelled.",
    "no_row": "No row {name} is to be settled. `specter-tui stock rows` lists them.",
    "row_done": "The row {name} is settled already: {reason}. Nothing was changed.",
    "row_open": "The row {name} is not settled; nothing was changed.",
    "ambiguous_row": "{name} fits several rows: write more of the batch's number.",
    "row_reason": "To settle a row needs a reason.",
    "stock_not_kept": "The shop does not keep the stock that is written to it.",
    "not_kept": "The shop does not keep what is written to it.",
    "stock_site_unnamed": "Specter does not say of which stock site it is; set STOCK__SITES to all.",
}


def why_for_person(reason: str, language: Language) -> str:
    """Return why a person must decide about a row of a batch, and what to do, in a sentence."""
    key = f"row_{reason}"
    return translated(language, f"say.{key}", GOODS_TEXTS[key]) if key in GOODS_TEXTS else reason


def why_no_stock(why: str, language: Language) -> str:
    """Return why a stock cannot be written to the shop, in a sentence; the shop's own text is returned unchanged."""
    key = f"stock_{why}"
    return (
        translated(language, f"say.{key}", GOODS_TEXTS[key]) if key in GOODS_TEXTS else translate_error(why, language)
    )
