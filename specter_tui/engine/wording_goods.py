"""What is told of articles, stock and deliveries."""

from specter_tui.language import Language, said

GOODS_SENTENCES: dict[str, str] = {
    "vanished": "It is not in the shop any more.",
    "renumbered": "Its number was changed to {number} meanwhile.",
    "bad_suggestion": "{number} is no good article number.",
    "taken": "Another article has the number {number} by now.",
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
    "stock_site_unnamed": "Specter does not say of which stock site it is; set STOCK__SITES to all.",
}


def why_no_stock(why: str, language: Language) -> str:
    """Why a stock has no place in the shop, in a sentence; what the shop itself said stays as it is."""
    key = f"stock_{why}"
    return said(language, f"say.{key}", GOODS_SENTENCES[key]) if key in GOODS_SENTENCES else why
