"""The guides of both languages name every key and every state correctly, with pictures in their language."""

import re
from datetime import UTC, datetime

from docs.guide import filled, guide_of
from specter_tui.console.commands.registry import COMMANDS
from specter_tui.console.viewmodel.filtering.filter_parser import parse
from specter_tui.console.viewmodel.filtering.typed_values import FilterClock
from specter_tui.console.viewmodel.order_fields import FIELDS
from specter_tui.console.viewmodel.state_styles import FLAG_TEXTS, FLAGS, STATE_STYLES, STATES, WHY
from specter_tui.i18n import t

PICTURE = re.compile(r"!\[([^]]+)\]\(([^)]+)\)")


def test_every_key_and_every_state_is_in_it(language):
    text = guide_of(language).read_text(encoding="utf-8")
    for action in COMMANDS:
        sign = action.sign if action.keys else "ctrl+p"
        assert f"| `{sign}` | {action.short} | {action.sentence} |" in text, action.name
    for state, look in STATE_STYLES.items():
        assert f"| {look.sign} | **{look.word}** | {WHY[state]} |" in text, state
    for name, sign in FLAGS.items():
        assert f"| {sign} | {FLAG_TEXTS[name]} |" in text, name
    assert filled(text, language) == text, "run: make words"


def test_every_picture_is_there_and_of_its_language(language):
    guide = guide_of(language)
    found = PICTURE.findall(guide.read_text(encoding="utf-8"))
    assert len(found) > 12
    shown = ""
    for title, place in found:
        assert title
        assert place.startswith(f"pictures/{language}/")
        shown += (guide.parent / place).read_text(encoding="utf-8")
    drawn = {picture.name for picture in (guide.parent / "pictures" / language).glob("*.svg")}
    assert drawn == {place.rpartition("/")[2] for _, place in found}
    for word in (STATES["exported"], t("Orders"), t("Totals per VAT rate"), t("Export log")):
        assert f">{word}" in shown or f" {word}" in shown, word


def test_both_guides_have_the_same_parts():
    shapes = [
        [line.split(" ")[0] for line in guide_of(one).read_text(encoding="utf-8").splitlines() if line.startswith("#")]
        for one in ("sv", "en")
    ]
    assert shapes[0] == shapes[1]
    pictures = [
        [place.rpartition("/")[2] for _, place in PICTURE.findall(guide_of(one).read_text(encoding="utf-8"))]
        for one in ("sv", "en")
    ]
    assert pictures[0] == pictures[1]


def test_what_the_guides_say_to_type_is_understood(language):
    """Every filter in the guides' tables is valid."""
    text = guide_of(language).read_text(encoding="utf-8")
    part = text[text.index("filter.svg") :]
    rows = re.findall(r"(?m)^\| (`[^|]+)\| [^|]*\|$", part[: part.index("\n\n", part.index("| ---"))])
    typed = [word for row in rows for word in re.findall(r"`([^`]+)`", row)]
    assert len(typed) >= 10
    for word in typed:
        assert parse(word, FIELDS, FilterClock(datetime(2026, 11, 26, 12, tzinfo=UTC))).bad == (), word
