"""The completions of a filter."""

import pytest

from specter_tui.console.viewmodel.filtering.completions import completed, completions_of
from specter_tui.console.viewmodel.order_fields import FIELDS


@pytest.mark.parametrize(
    ("text", "first"),
    [
        ("st", "state:"),
        ("tot", "total>"),
        ("!cust", "!customer:"),
        ("åsa pl", "placed:"),
        ("belopp", "belopp>"),
        ("state:unk", "state:unknown"),
        ('state:"retry', None),
        ("state:ret", 'state:"retry later"'),
        ("placed:", "placed:today"),
        ("age>", "age>2h"),
        ("total>5", None),
        ("state:unknown", None),
        ("colour:", None),
        ("xyzzy", None),
    ],
)
def test_offers_in_english(text: str, first: str | None) -> None:
    found = completions_of(text, FIELDS, "en")
    assert (found[0] if found else None) == first


def test_an_empty_line_offers_every_word_in_the_language() -> None:
    assert {"state:", "total>", "customer:", "sku:", "age>"} <= set(completions_of("", FIELDS, "en"))
    assert {"status:", "summa>", "kund:", "artikel:", "ålder>"} <= set(completions_of("", FIELDS, "sv"))


def test_tab_replaces_the_last_word_only() -> None:
    assert completed("!åsa  sum", FIELDS, "sv") == "!åsa  summa>"
    assert completed("nothing", FIELDS, "sv") == "nothing"
    assert completed("", FIELDS, "sv") == "status:"
