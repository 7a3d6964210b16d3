"""Texts of a shop in every JSON form."""

import time
from decimal import Decimal
from typing import Any

import pytest

from specter_tui.abicart.fields import Reading
from specter_tui.abicart.models import Order, read_order
from specter_tui.abicart.texts_by_language import answer_of, line_of, lines_of
from specter_tui.text.sanitize import Shortened
from tests.planning.shop import order, row

SV_EN = ("sv", "en")


@pytest.mark.parametrize(
    ("value", "text"),
    [
        ({"sv": "Mugg", "en": "Mug"}, "Mugg"),
        ({"en": "Mug", "sv": "Mugg"}, "Mugg"),
        ({"en": "Mug", "de": "Tasse"}, "Mug"),
        ({"de": "Tasse"}, "Tasse"),
        ({"sv": "", "en": " ", "de": "Tasse"}, "Tasse"),
        ({"sv": None, "en": "Mug"}, "Mug"),
        ({"sv-SE": "Mugg", "en-GB": "Mug"}, "Mugg"),
        ({"SV": "Mugg", "en": "Mug"}, "Mugg"),
        ({"sv": {"sv": "Mugg"}}, "Mugg"),
        ({"uid": 7, "name": {"en": "Mug", "sv": "Mugg"}}, "Mugg"),
        ({"sv": ["Stor", "mugg"]}, "Stor, mugg"),
        ({}, ""),
        ([], ""),
        (["Mugg"], "Mugg"),
        (["Stor", None, "", True, "mugg"], "Stor, mugg"),
        (None, ""),
        (True, ""),
        (False, ""),
        (0, "0"),
        (11122, "11122"),
        (Decimal("11122.0"), "11122"),
        (Decimal("2.50"), "2.5"),
        (Decimal("1E+3"), "1000"),
        (Decimal("1E-7"), "0.0000001"),
        (Decimal("1E+99"), ""),
        (Decimal("NaN"), ""),
        (1.5, "1.5"),
        (float("nan"), ""),
        ("Andersson &amp; Söner", "Andersson & Söner"),
        ("&Aring;sa &#214;berg &#xD6;", "Åsa Öberg Ö"),
        ("a &amp;amp; b", "a &amp; b"),
        ("&lt;b&gt;", "<b>"),
        ("A&B; AT&T R&D B&B&C &nosuch; &nosuch", "A&B; AT&T R&D B&B&C &nosuch; &nosuch"),
        ("Andersson &amp Söner", "Andersson & Söner"),
        ("&amp Söner &lt 3 &amp", "& Söner < 3 &"),
        ("&hellip &notin &sum", "&hellip &notin &sum"),
        ("/?a=1&copy=1&amp=2&reg", "/?a=1&copy=1&amp=2&reg"),
        ("/?a=1&amp;copy=1", "/?a=1&copy=1"),
        ("Bj&oumlrn H&M&amp", "Bj&oumlrn H&M&amp"),
        ("&amp;amp &amp;lt;", "&amp &lt;"),
        ("&#38 &#x26", "&#38 &#x26"),
        ("Rad&nbsp;ett&#10;två", "Rad ett två"),
        ("&#27;[31m&#x202e;röd", "[31mröd"),
        ("&#0;&#99999999;x", "�&#99999999;x".replace("�", "")),
    ],
)
def test_one_line_of_any_value(value: Any, text: str) -> None:
    assert line_of(value, SV_EN) == text


def test_a_text_of_several_lines_keeps_them() -> None:
    assert lines_of({"sv": "Ring&#10;först"}, SV_EN) == "Ring\nförst"


@pytest.mark.parametrize(
    ("value", "language", "text"),
    [
        (True, "sv", "Ja"),
        (False, "sv", "Nej"),
        (True, "sv-SE", "Ja"),
        (True, "en", "Yes"),
        (False, "pl", "No"),
        (True, "", "Ja"),
        (["Röd", "Blå"], "sv", "Röd, Blå"),
        ([True, 2, None], "sv", "Ja, 2"),
        ({"sv": "Dörr", "en": "Door"}, "en", "Door"),
        ({"från": "10", "till": 12, "ring": False}, "sv", "från: 10, till: 12, ring: Nej"),
        ({"no": 1}, "sv", "1"),
        (None, "sv", ""),
        ("rad\nett", "sv", "rad\nett"),
    ],
)
def test_an_answer_of_the_checkout_in_words(value: Any, language: str, text: str) -> None:
    assert answer_of(value, (language,)) == text


def test_own_fields_of_every_kind() -> None:
    raw = order(language="en")
    raw["customer"]["info"] |= {
        "Gift wrap": True,
        "Days": ["Mon", "Tue"],
        "Door": {"sv": "Dörr", "en": "Door"},
        "f1": {"label": {"sv": "Kod", "en": "Code"}, "value": 1234},
        "f2": {"label": "Call", "value": False},
        "Empty": "",
        "Nothing": None,
        "None of them": [],
        "A &amp; B": "&lt;3",
    }
    made = read_order(raw)
    assert isinstance(made, Order)
    assert made.customer.info.own_fields(made.language) == {
        "Gift wrap": "Yes",
        "Days": "Mon, Tue",
        "Door": "Door",
        "Code": "1234",
        "Call": "No",
        "A & B": "<3",
    }


@pytest.mark.parametrize(
    ("language", "shops", "name"),
    [("en", "sv", "Mug"), ("sv", "en", "Mugg"), ("fi", "sv", "Mugg"), ("fi", "de", "Mug"), ("en-GB", "sv", "Mug")],
)
def test_the_orders_language_then_the_shops_then_any(language: str, shops: str, name: str) -> None:
    made = read_order(order(row(articleName={"en": "Mug", "sv": "Mugg"}), language=language), Reading((shops,)))
    assert isinstance(made, Order)
    assert made.items[0].article_name == name


@pytest.mark.timing
def test_the_work_is_bounded_before_it_is_done() -> None:
    deep: Any = "x"
    for _ in range(500):
        deep = [deep]
    assert line_of(deep) == ""
    assert len(line_of(["x" * 100_000] * 100_000)) <= 4000
    assert len(line_of("&amp;" * 1_000_000)) <= 4000
    began = time.process_time()
    for sign in ("e\u0301", "\u0301", " ", "🌸", "&amp;", "&am", "ord ", "\u200b"):
        assert len(line_of("x" + sign * 500_000)) <= 4000
    assert time.process_time() - began < 1


@pytest.mark.parametrize(
    ("text", "kept", "whole"),
    [
        ("ord " * 2000, "ord " * 999 + "ord", 8000),
        ("x" * 4001, "x" * 4000, 4001),
        ("x" * 20_000, "x" * 4000, 20_000),
        ("x " + "🌸" * 9000, "x " + "🌸" * 3998, 9002),
        ("x " + "\u200b" * 9000 + " y", "x", 9004),
        ("x " * 10 + "&CounterClockwiseContourIntegral;" * 500, None, 16_520),
        (["x" * 3000, "y" * 3000], None, 6002),
        (["x", "y" * 20_000], None, 20_001),
        (["x"] * 101, ", ".join(["x"] * 100), 298),
        ({"sv": "x" * 5000, "en": "y"}, "x" * 4000, 5000),
    ],
)
def test_a_text_that_is_not_read_to_its_end_is_known_as_such(text: Any, kept: str | None, whole: int) -> None:
    line = line_of(text)
    assert isinstance(line, Shortened)
    assert (line.whole, "…" in line) == (whole, False)
    assert kept is None or line == kept
    made = read_order(order(note=text))
    assert isinstance(made, Order)
    assert isinstance(made.note, Shortened)


@pytest.mark.parametrize("text", ["x" * 4000, "x" + " " * 7000 + "y", "ord " * 1000, "e\u0301" * 4000, ["x"] * 100])
def test_a_text_that_is_read_to_its_end_is_not(text: Any) -> None:
    assert not isinstance(line_of(text), Shortened)
