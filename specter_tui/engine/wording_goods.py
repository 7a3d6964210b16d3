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
}
