"""What is told of articles, stock and deliveries, in both languages."""

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
}
