"""The shop's articles as Specter's forms: every field, and every reason to skip one."""

import json
import time
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from specter_tui.abicart.catalog_models import Article
from specter_tui.planning.articles import article_forms
from specter_tui.planning.problems import cure_of, text_of
from specter_tui.specter.article_forms import ArticleForm

GOLDEN = Path(__file__).parent / "golden_articles.json"

COLOUR = {
    "uid": 1,
    "name": {"sv": "Färg", "en": "Colour"},
    "options": [
        {"uid": 11, "name": {"sv": "Röd", "en": "Red"}},
        {"uid": 12, "name": {"sv": "Blå", "en": "Blue"}},
    ],
}
SIZE = {
    "uid": 2,
    "name": {"sv": "Storlek"},
    "options": [{"uid": 21, "name": {"sv": "M"}}, {"uid": 22, "name": {"sv": "L"}}],
}


def article(**changes: Any) -> dict[str, Any]:
    plain = {
        "uid": 500,
        "articleNumber": "TR-1",
        "name": {"sv": "Tröja", "en": "Jumper"},
        "type": "Standard",
        "ean": "7310000000017",
        "weight": 250,
        "price": {"regular": {"SEK": Decimal("199.00"), "EUR": 18}, "current": {"SEK": Decimal("99.00")}},
        "vatRate": Decimal("0.25"),
        "vatIsIncluded": True,
        "stock": {"useStock": True, "stock": 12, "show": True, "hideUnstocked": False},
    }
    return plain | changes


def variant(uid: int, options: dict[str, str], **overrides: Any) -> dict[str, Any]:
    return {"uid": uid, "definedBy": options, "overrides": overrides}


def variants(*listed: dict[str, Any], **changes: Any) -> dict[str, Any]:
    return article(choices=[COLOUR, SIZE], variants=list(listed), **changes)


RED_L = variant(71, {"2": "22", "1": "11"}, articleNumber="TR-1-RL", stock=3)
BLUE_M = variant(72, {"1": "12", "2": "21"}, articleNumber="TR-1-BM", stock=0, ean="7310000000024", weight=275)


def forms(raw: dict[str, Any], currency: str = "SEK", language: str = "sv") -> list[ArticleForm]:
    made, skips = article_forms(Article.model_validate(raw), currency, language)
    assert not skips, skips
    return made


def skipped(raw: dict[str, Any], currency: str = "SEK", language: str = "sv") -> list[tuple[int | None, str, str]]:
    """Return variant, code and case of skipped articles; each has its texts in both languages."""
    _, skips = article_forms(Article.model_validate(raw), currency, language)
    for skip in skips:
        for spoken in ("sv", "en"):
            assert "{" not in text_of(skip.problem, spoken) + cure_of(skip.problem, spoken)
    return [(skip.variant_uid, skip.problem.code, dict(skip.problem.values).get("case", "")) for skip in skips]


SCENARIOS = {
    "plain": article(),
    "variants": variants(RED_L, BLUE_M),
    "price_without_vat": article(vatIsIncluded=False, price={"regular": {"SEK": Decimal("159.205")}}),
    "food": article(vatRate=Decimal("0.12"), price={"regular": {"SEK": Decimal("35.90")}}),
    "book": article(vatRate=Decimal("0.06"), price={"regular": {"SEK": Decimal("119.00")}}),
    "no_vat": article(vatRate=0, vatIsIncluded=None, price={"regular": {"SEK": 500}}),
    "free": article(price={"regular": {"SEK": 0}}),
    "no_stock_management": article(stock={"useStock": False, "stock": 0}),
    "least": {"uid": 1, "articleNumber": "A", "name": "Vara", "price": {"regular": {"SEK": 1}}, "vatRate": 0},
    "outside_latin_1": article(name={"sv": "Łódź – “fin” 李"}),
}


def as_json() -> str:
    made = {
        name: [field for place, form in enumerate(forms(raw), start=1) for field in form.fields(place).items()]
        for name, raw in SCENARIOS.items()
    }
    return json.dumps(made, ensure_ascii=False, indent=1) + "\n"


def test_the_forms_are_the_golden_ones():
    assert as_json() == GOLDEN.read_text(encoding="utf-8")


def test_a_variant_is_named_by_its_options_in_the_order_of_the_choices():
    assert [form.name for form in forms(variants(RED_L, BLUE_M))] == ["Tröja, Röd, L", "Tröja, Blå, M"]
    turned = variants(RED_L) | {"choices": [SIZE, COLOUR]}
    assert [form.name for form in forms(turned)] == ["Tröja, L, Röd"]


def test_names_are_in_the_language_asked_for_else_in_any():
    assert [form.name for form in forms(variants(RED_L), language="en")] == ["Jumper, Red, L"]


def test_a_variant_falls_back_to_its_article_for_all_but_stock():
    (form,) = forms(variants(variant(71, {"1": "11", "2": "22"})))
    assert (form.number, form.ean, form.weight) == ("TR-1", "7310000000017", Decimal("0.250"))
    assert form.opening_stock is None, "the article's stock is that of all variants"
    assert "noItemsInStock_1" not in form.fields(1)
    assert form.fields(1)["createArticleStock_1"] == "1"


def test_an_article_with_variants_has_no_form_of_its_own():
    assert [form.number for form in forms(variants(RED_L, articleNumber="ÅÄÖ"))] == ["TR-1-RL"]


def test_what_options_add_to_the_price():
    prices = {"22": {"SEK": Decimal("50.00")}, "11": {"SEK": -10, "EUR": 5}, "21": None}
    made = forms(variants(RED_L, BLUE_M, choiceOptionPrices=prices))
    assert [form.price for form in made] == [Decimal("191.20"), Decimal("159.20")]


@pytest.mark.parametrize(
    ("price", "rate", "net"),
    [
        ("199.00", "0.25", "159.20"),
        ("99.97", "0.25", "79.98"),
        ("35.90", "0.12", "32.05"),
        ("0.01", "0.25", "0.01"),
        ("19.99", "0.06", "18.86"),
    ],
)
def test_vat_is_taken_out_half_up_to_whole_ore(price, rate, net):
    (form,) = forms(article(price={"regular": {"SEK": Decimal(price)}}, vatRate=Decimal(rate)))
    assert str(form.price) == net


@given(st.decimals(0, 10_000_000, places=2), st.sampled_from(["0", "0.06", "0.12", "0.25"]))
def test_the_net_price_is_within_half_an_ore(price, rate):
    (form,) = forms(article(price={"regular": {"SEK": price}}, vatRate=Decimal(rate)))
    assert abs(form.price * (1 + Decimal(rate)) - price) <= Decimal("0.005") * (1 + Decimal(rate))
    assert form.price == round(form.price, 2)


@pytest.mark.parametrize(
    ("raw", "expected"),
    [
        (article(type="Package"), (None, "package", "article")),
        (article(content=[1, 2]), (None, "package", "article")),
        (article(articleNumber=""), (None, "empty", "")),
        (article(articleNumber="TR 1"), (None, "spaces", "")),
        (article(articleNumber="Å"), (None, "characters", "")),
        (article(articleNumber="x" * 51), (None, "too_long", "")),
        (article(price={"regular": {"EUR": 18}}), (None, "price", "missing")),
        (article(price={"regular": {"SEK": None}}), (None, "price", "missing")),
        (article(price={}), (None, "price", "missing")),
        (article(price=None), (None, "price", "missing")),
        (article(price={"regular": {"SEK": -1}}), (None, "price", "negative")),
        (article(vatIsIncluded=None), (None, "price", "vat_unknown")),
        (article(vatRate=None), (None, "rate", "article_missing")),
        (article(vatRate=Decimal("0.18355")), (None, "rate", "article")),
        (article(name={}), (None, "name", "article")),
        (article(name={"sv": "x" * 256}), (None, "length", "article")),
        (article(ean="9" * 256), (None, "length", "article")),
        (variants(variant(71, {"1": "11", "2": "99"}, articleNumber="TR-X")), (71, "name", "option")),
        (variants(RED_L) | {"choices": [1, 2]}, (71, "name", "option")),
        (variants(RED_L, choiceOptionPrices={"22": {"SEK": -500}}), (71, "price", "negative")),
    ],
)
def test_what_cannot_be_sent_is_skipped_with_its_problem(raw, expected):
    assert skipped(raw) == [expected]


def test_a_bad_variant_does_not_keep_back_the_others():
    bad = variant(73, {"1": "11", "2": "21"}, articleNumber="TR 1")
    made, skips = article_forms(Article.model_validate(variants(RED_L, bad, BLUE_M)), "SEK", "sv")
    assert [form.number for form in made] == ["TR-1-RL", "TR-1-BM"]
    (skip,) = skips
    assert (skip.article_uid, skip.variant_uid, skip.name, skip.number) == (500, 73, "Tröja", "TR 1")


def test_variants_with_one_number_are_duplicates_of_each_other():
    twin = variant(73, {"1": "12", "2": "22"}, articleNumber="TR-1-RL")
    assert skipped(variants(RED_L, twin, BLUE_M)) == [(71, "duplicate", ""), (73, "duplicate", "")]


def test_a_name_that_grows_in_latin_letters_is_measured_as_it_is_sent():
    assert skipped(article(name={"sv": "Щ" * 100})) == [(None, "length", "article")]


@pytest.mark.parametrize("currency", ["EUR", ""])
def test_a_price_that_is_not_in_kronor_is_never_sent_as_such(currency):
    assert skipped(variants(RED_L, BLUE_M), currency) == [(None, "currency", "base")]
    assert forms(article(), "sek")


@pytest.mark.parametrize(
    ("grams", "kilograms"), [(250, "0.25"), (1, "0.001"), (Decimal("0.5"), "0.001"), (1500, "1.5"), (12345, "12.345")]
)
def test_grams_become_kilograms(grams, kilograms):
    (form,) = forms(article(weight=grams))
    assert form.fields(1)["productWeight_1"] == kilograms


@pytest.mark.parametrize(("ean", "weight"), [("", 0), (None, None), ("", Decimal("0.4")), ("", -5)])
def test_what_the_shop_does_not_tell_is_left_out(ean, weight):
    (form,) = forms(article(ean=ean, weight=weight))
    assert not {"barCode_1", "productWeight_1"} & form.fields(1).keys()


def test_fields_are_numbered_by_position():
    (form,) = forms(article())
    assert {name.rpartition("_")[2] for name in form.fields(37)} == {"37"}


def test_the_digest_is_of_all_but_the_opening_stock():
    (form,) = forms(article())
    assert forms(article(stock={"useStock": True, "stock": 3}))[0].digest() == form.digest()
    changes = (
        {"articleNumber": "TR-2"},
        {"name": {"sv": "Tröjan"}},
        {"price": {"regular": {"SEK": 200}}},
        {"vatRate": Decimal("0.12")},
        {"ean": ""},
        {"weight": 251},
        {"stock": {"useStock": False}},
    )
    digests = [forms(article(**change))[0].digest() for change in changes]
    assert len({form.digest(), *digests}) == len(changes) + 1


def test_the_digest_tells_fields_apart_and_stays_the_same():
    one = ArticleForm(number="A", name="B", price=Decimal(1), vat_percent=25, stock_managed=False)
    other = ArticleForm(number="A", name="B", price=Decimal("1.00"), vat_percent=25, stock_managed=False)
    assert one.digest() == other.digest(), "equal as it is sent"
    # A digest is compared with those in journals: were it made in another way, every article would be sent again.
    assert one.digest() == "c4670bc0f44a127863b0858d4920cf8da3aaf47725d7e7dbc3cd855b6e7216ac"


@pytest.mark.timing
def test_six_thousand_forms_are_made_at_once():
    listed = [variant(n, {"1": "11", "2": "22"}, articleNumber=f"TR-{n}", stock=n) for n in range(3)]
    one = Article.model_validate(variants(*listed))
    start = time.process_time()
    for _ in range(2_000):
        assert len([form.digest() for form in article_forms(one, "SEK", "sv")[0]]) == 3
    # A bound for a slow machine.
    assert time.process_time() - start < 2


if __name__ == "__main__":
    GOLDEN.write_text(as_json(), encoding="utf-8")
