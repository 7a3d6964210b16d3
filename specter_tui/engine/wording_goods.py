"""What is told of articles, stock and deliveries, in both languages."""

from specter_tui.export.problems import Language

GOODS_SENTENCES: dict[str, tuple[str, str]] = {
    # key: (English, Swedish)
    "vanished": ("It is not in the shop any more.", "Den finns inte längre i butiken."),
    "renumbered": (
        "Its number was changed to {number} meanwhile.",
        "Dess nummer har ändrats till {number} under tiden.",
    ),
    "bad_suggestion": ("{number} is no good article number.", "{number} är inget giltigt artikelnummer."),
    "taken": ("Another article has the number {number} by now.", "En annan artikel har redan fått numret {number}."),
    "articles_inactive": (
        "Articles are not exported: ARTICLE__EXPORT or ARTICLE__EXPORT_RUN is inactive.",
        "Artiklar exporteras inte: ARTICLE__EXPORT eller ARTICLE__EXPORT_RUN är inactive.",
    ),
    "busy": ("{holder} is doing this now.", "{holder} gör detta just nu."),
    "without_stock": (
        "Is in Specter without stock: make it a stock article there by hand.",
        "Finns i Specter utan lager: gör den till lagerartikel där för hand.",
    ),
    "article_came": ("its article was exported since", "dess artikel har exporterats sedan dess"),
    "no_drift": (
        "Nothing of {number} is to be changed for this order.",
        "Inget av {number} ska ändras för den här ordern.",
    ),
    "delivered_but_discarded": (
        "It is delivered in Specter, but cancelled in the shop.",
        "Den är levererad i Specter men makulerad i butiken.",
    ),
    "stock_not_in_shop": (
        "No article in the shop has this number.",
        "Ingen artikel i butiken har detta nummer.",
    ),
    "stock_duplicate": (
        "Several articles in the shop have this number.",
        "Flera artiklar i butiken har detta nummer.",
    ),
    "stock_package": ("Is a package: its stock is that of its parts.", "Är ett paket: lagret är delarnas."),
    "stock_unmanaged": (
        "Stock management is off for the article in the shop.",
        "Lagerhantering är avstängd för artikeln i butiken.",
    ),
    "stock_vanished": ("It is not in the shop any more.", "Den finns inte längre i butiken."),
    "stock_site_unnamed": (
        "Specter does not say of which stock site it is; set STOCK__SITES to all.",
        "Specter anger inte vilket lagerställe det gäller; sätt STOCK__SITES till all.",
    ),
}


def why_no_stock(why: str, language: Language) -> str:
    """Why a stock has no place in the shop, in a sentence; what the shop itself said stays as it is."""
    english, swedish = GOODS_SENTENCES.get(f"stock_{why}", (why, why))
    return swedish if language == "sv" else english
