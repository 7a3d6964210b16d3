"""Texts of a shop in every JSON that they may come as."""

from decimal import Decimal
from typing import Any

import pytest

from specter_tui.abicart.documents import Order, read_order
from specter_tui.abicart.texts import answer_of, line_of, lines_of
from specter_tui.abicart.values import Reading
from tests.export.shop import order, row

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
        ("A&B; AT&T &nosuch; &amp &copy=1", "A&B; AT&T &nosuch; &amp &copy=1"),
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


def test_the_work_is_bounded_before_it_is_done() -> None:
    deep: Any = "x"
    for _ in range(500):
        deep = [deep]
    assert line_of(deep) == ""
    assert len(line_of(["x" * 100_000] * 100_000)) <= 4000
    assert len(line_of("&amp;" * 1_000_000)) <= 4000
