"""Article numbers: good and bad ones, suggestions, and the number of a row."""

import random
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from specter_tui.abicart.catalog_models import Article
from specter_tui.planning.article_numbers import LONGEST, check_numbers, is_good_number, number_of
from specter_tui.planning.problems import cure_of, text_of
from tests.planning.shop import order, read, row


def article(uid, number, *variants, **more):
    """Variants are (uid, number) or (uid, number, options)."""
    listed = [
        {
            "uid": one[0],
            "overrides": {} if one[1] is None else {"articleNumber": one[1]},
            "definedBy": one[2] if len(one) > 2 else {"1": str(one[0])},
        }
        for one in variants
    ]
    return Article.model_validate({"uid": uid, "articleNumber": number, "variants": listed, **more})


def found(*articles):
    return [
        (bad.article_uid, bad.variant_uid, bad.problem.code, bad.suggestion) for bad in check_numbers(articles, "sv")
    ]


@pytest.mark.parametrize("number", ["A", "a-1", "TR_1.XL", "0", "x" * 50])
def test_good_numbers(number):
    assert is_good_number(number)
    assert found(article(1, number)) == []


@pytest.mark.parametrize(
    ("number", "code", "suggestion"),
    [
        ("", "empty", "Rod-troja"),
        ("A 1", "spaces", "A-1"),
        ("Å-1", "characters", "A-1"),
        ("äöé", "characters", "aoe"),
        ("A&B", "characters", "A-B"),
        ("10%", "characters", "10"),
        ("A,1", "characters", "A-1"),
        ("Å 1", "spaces", "A-1"),
        ("Łódź", "characters", "Lodz"),
        ("¤#€", "characters", None),
        ("x" * 51, "too_long", "x" * 50),
        ("A１", "characters", "A1"),
    ],
)
def test_bad_numbers(number, code, suggestion):
    [bad] = check_numbers([article(1, number, name={"sv": "Röd tröja", "en": "Red shirt"})], "en")
    assert (bad.problem.code, bad.name, bad.number) == (code, "Red shirt", number)
    assert suggestion in (bad.suggestion, None)
    assert is_good_number(bad.suggestion)
    assert not is_good_number(number)


def test_a_number_with_nothing_to_go_on():
    assert found(article(7, "")) == [(7, None, "empty", "art-7")]


def test_what_is_wrong_is_named():
    [bad] = check_numbers([article(1, "Å#1Å")], "sv")
    assert text_of(bad.problem, "sv") == "Artikelnumret ”Å#1Å” har tecken som Specter inte tar emot: Å#Å"
    for code in ("", "A B", "x" * 60):
        [bad] = check_numbers([article(1, code)], "sv")
        for language in ("sv", "en"):
            assert "{" not in text_of(bad.problem, language) + cure_of(bad.problem, language)


def test_numbers_are_unique_over_articles_and_variants():
    catalogue = [article(1, "A"), article(2, "B", (21, "A"), (22, "B"))]
    assert found(*catalogue) == [(1, None, "duplicate", "A"), (2, 21, "duplicate", "A-2")], "the older keeps it"


def test_an_article_with_variants_is_sold_only_as_its_variants():
    assert found(article(1, "Å", (11, "A-S"), (12, "A-M")), article(2, "B", (21, "B-S")), article(3, "B")) == []


def test_a_variant_without_a_number_falls_back_to_the_articles():
    assert found(article(1, "A", (11, None))) == []
    assert found(article(1, "A", (11, None), (12, ""), (13, "A-3"))) == [
        (1, 11, "duplicate", "A"),
        (1, 12, "duplicate", "A-2"),
    ]


def test_one_number_in_two_spellings_is_one_that_two_share():
    bad = check_numbers([article(1, "a1"), article(2, "A1"), article(3, "b1")], "sv")
    assert [(one.number, one.suggestion, one.keeps) for one in bad] == [("a1", "a1", True), ("A1", "A1-2", False)]
    assert "a1, A1" in text_of(bad[0].problem, "sv")


@pytest.mark.parametrize(
    ("sent", "sold", "stock", "keeper"),
    [
        ({}, {}, (0, 0, 0), 1),
        ({}, {}, (0, 0, 5), 3),
        ({}, {2: 7}, (0, 0, 0), 2),
        ({}, {2: 7}, (0, 0, 5), 2),
        ({"A": (3, None)}, {2: 7}, (9, 9, 0), 3),
        ({"A": (None, None)}, {}, (0, 4, 0), 2),
    ],
)
def test_the_one_that_was_sent_keeps_it_else_the_one_in_use_else_the_older(sent, sold, stock, keeper):
    catalogue = [article(uid, "A", stock={"useStock": True, "stock": stock[uid - 1]}) for uid in (1, 2, 3)]
    bad = check_numbers(catalogue, "sv", sent, sold)
    assert [one.article_uid for one in bad if one.keeps] == [keeper]
    assert len({one.suggestion for one in bad}) == 3


@pytest.mark.parametrize(("number", "case"), [(" S-1", "edge"), ("S-1 ", "edge"), ("S 1", None), (" S 1", None)])
def test_a_space_at_an_end_is_named_as_such(number, case):
    [bad] = check_numbers([article(1, number)], "sv")
    assert (bad.problem.code, dict(bad.problem.values).get("case"), bad.number) == ("spaces", case, number)


def test_packages_are_passed_over_and_their_numbers_still_taken():
    assert found(article(1, "Å", type="Package"), article(2, "A-1", content=[{"uid": 3}])) == []
    assert found(article(1, "A-1", type="Package"), article(2, "A 1")) == [(2, None, "spaces", "A-1-2")]


def test_a_suggestion_is_nobodys():
    catalogue = [article(1, "A 1"), article(2, "A-1"), article(3, "a 1"), article(4, "A-1-2"), article(5, "Å#1")]
    assert found(*catalogue) == [
        (1, None, "spaces", "A-1-3"),
        (3, None, "spaces", "a-1-4"),
        (5, None, "characters", "A-1-5"),
    ]


def test_a_long_suggestion_makes_room_for_its_suffix():
    [first, second] = check_numbers([article(1, "x" * 60), article(2, "x" * 61)], "sv")
    assert (first.suggestion, second.suggestion) == ("x" * 50, "x" * 48 + "-2")


numbers = st.text(st.sampled_from("AaÅ -#.1x"), max_size=4) | st.sampled_from(["x" * 50, "x" * 51, "x" * 48 + "-2"])
catalogues = st.lists(st.tuples(numbers, st.lists(numbers, max_size=3)), max_size=12)


@given(catalogues, st.randoms(use_true_random=False))
def test_suggestions_are_good_new_and_the_same_in_any_order(texts, chance):
    catalogue = [
        article(uid, number, *((uid * 100 + place, one) for place, one in enumerate(variants)))
        for uid, (number, variants) in enumerate(texts, start=1)
    ]
    bad = check_numbers(catalogue, "sv")
    suggested = [one.suggestion.casefold() for one in bad if not one.keeps]
    existing = {one.article_number.casefold() for one in catalogue}
    existing |= {
        (v.overrides.article_number or one.article_number).casefold() for one in catalogue for v in one.variants
    }
    assert all(is_good_number(one.suggestion) for one in bad)
    assert len(set(suggested)) == len(suggested)
    assert existing.isdisjoint(suggested)
    shuffled = list(catalogue)
    chance.shuffle(shuffled)
    assert check_numbers(shuffled, "sv") == bad


@pytest.mark.timing
@pytest.mark.parametrize("kind", ["good", "spaces", "equal"])
def test_ten_thousand_articles_are_checked_at_once(kind):
    number = {"good": "A-{}", "spaces": "A {}", "equal": "x" * LONGEST}[kind]
    catalogue = [article(uid, number.format(uid)) for uid in range(1, 10_001)]
    random.Random(1).shuffle(catalogue)
    start = time.process_time()
    bad = check_numbers(catalogue, "sv")
    # A bound for a slow machine; what is guarded against is work that grows with the square.
    assert time.process_time() - start < 2
    assert len(bad) == (0 if kind == "good" else 10_000)


def item(number="", **choices):
    return read(order(row(number=number, choices={"quantity": 1, **choices}))).items[0]


SIZES = article(500, "TR", (1, "TR-S", {"7": "70"}), (2, "TR-M", {"7": "71"}), (3, None, {"7": "72"}))


@pytest.mark.parametrize(
    ("row_of", "known", "expected"),
    [
        (item("A-1"), article(500, "B-1"), ("A-1", False)),
        (item("A-1"), None, ("A-1", False)),
        (item(""), None, ("", False)),
        (item("Å"), None, ("Å", False)),
        (item("Å"), article(500, "A-1"), ("A-1", True)),
        (item(""), article(500, "Å"), ("", False)),
        (item("", **{"7": "71"}), SIZES, ("TR-M", True)),
        (item("", **{"7": "71", "8": "Grattis"}), SIZES, ("TR-M", True)),
        (item("", **{"7": 71}), SIZES, ("TR-M", True)),
        (item("", **{"7": "72"}), SIZES, ("TR", True)),
        (item("", **{"7": "79"}), SIZES, ("", False)),
        (item(""), SIZES, ("", False)),
    ],
)
def test_the_number_of_a_row(row_of, known, expected):
    assert number_of(row_of, known) == expected
