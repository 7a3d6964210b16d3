"""One word for one thing: retired names are not used."""

import ast
from collections import Counter
from pathlib import Path

PACKAGE = Path(__file__).parent.parent / "specter_tui"
RETIRED = {
    "Desk", "Counter", "Counters", "House", "Host", "Life", "Share", "Commons", "Wires", "OrderBook", "Facts",
    "ReadBefore", "Follow", "Rounds", "Upkeep", "Journey", "Wish", "Standing", "Turns", "Gate", "Turnstile",
    "Pace", "Shelves", "Shelf", "Gathering", "Gathered", "Sight", "Unrecorded", "Shareable", "Frame", "Ruled",
    "LookedAt", "Past", "OlderEvents", "After", "Previews", "News", "Told", "Farewell", "Leaving", "Deaf",
    "Hiding", "Attention", "Drawing", "Listening", "Asking", "Permission", "WireRecord", "Missed", "Asked",
    "OnThread", "OnLoop", "Busy", "Tried", "Mall", "SecondThoughts", "Happenings", "BadDecision", "Settling",
    "Deciding", "Erasing", "Restoring",
}  # fmt: skip


def classes() -> list[str]:
    return [
        node.name
        for file in PACKAGE.rglob("*.py")
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8")))
        if isinstance(node, ast.ClassDef)
    ]


def test_no_class_has_a_name_that_was_given_up() -> None:
    assert RETIRED.isdisjoint(classes())


def test_every_name_in_the_vocabulary_is_a_class() -> None:
    listed = (PACKAGE.parent / "docs" / "vocabulary.md").read_text(encoding="utf-8")
    named = {word.strip("`,") for line in listed.splitlines() for word in line.split("|")[1:2] for word in word.split()}
    types = {word for word in named if word[:1].isupper()}
    assert len(types) > 20
    assert types <= set(classes())


def test_a_class_name_is_used_once_outside_the_sandbox() -> None:
    found = Counter(
        node.name
        for file in PACKAGE.rglob("*.py")
        if "sandbox" not in file.parts
        for node in ast.parse(file.read_text(encoding="utf-8")).body
        if isinstance(node, ast.ClassDef) and not node.name.startswith("_")
    )
    assert {name for name, times in found.items() if times > 1} == set()
