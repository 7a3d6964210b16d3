"""Texts longer than our limit: cut with a warning where texts may be cut, held where they may not."""

import pytest

from specter_tui.abicart.catalog_models import Article
from specter_tui.planning.articles import article_forms
from specter_tui.planning.problems import text_of
from tests.planning.shop import cases, customer, discount, facts, order, plan, row

FLOWERS = "🌸" * 5000


def warned(made):
    return [one.code for one in made.warnings]


@pytest.mark.parametrize("words", ["Hej mormor! " * 300, "Hej mormor! " * 400, "Hej mormor! " * 50_000])
def test_a_note_longer_than_is_read_is_cut_like_any_other(words):
    made = plan(order(note=words))
    assert made.ready
    assert made.form.internal_comment.endswith(("Hej...", "mormor!..."))
    assert len(made.form.internal_comment) <= 255
    assert warned(made) == ["cut"]
    assert f"{len(words) if len(words) > 4000 else len(words.strip())} characters" in text_of(made.warnings[0], "en")


@pytest.mark.parametrize("rest", ["", " Ring"])
def test_signs_alone_are_no_text(rest):
    short = plan(order(note="🌸" * 500))
    assert (short.form.internal_comment, warned(short)) == ("", ["encoding"])
    made = plan(order(note=FLOWERS + rest))
    assert made.ready
    assert (made.form.internal_comment, warned(made)) == ("", ["encoding", "cut"])


def test_what_is_left_of_a_text_is_marked():
    made = plan(order(note="Ring på " + FLOWERS + " dörren"))
    assert made.form.internal_comment == "Ring på..."
    assert warned(made) == ["encoding", "cut"]
    assert plan(order(note="Ring" + " " * 9000 + "på")).form.internal_comment == "Ring..."
    assert plan(order(note="Ring" + "\u200b" * 7000 + " på")).form.internal_comment == "Ring på"


@pytest.mark.parametrize("end", ["…", "...", "slut…"])
def test_three_dots_of_the_buyers_are_no_mark_of_ours(end):
    made = plan(order(note=f"Ring på {end}"))
    assert made.form.internal_comment == f"Ring på {end.replace('…', '...')}"
    assert "cut" not in warned(made)


def test_names_and_fields_are_marked_too():
    raw = order(row(articleName="Mugg " + FLOWERS, discountInfo=discount("10.00", name="Rea " + FLOWERS)))
    raw["customer"]["info"]["Hälsning"] = ["Grattis", FLOWERS]
    made = plan(raw, customer_fields=True)
    assert made.ready
    assert [line.text for line in made.form.rows] == ["Mugg...", "Rea..."]
    assert made.form.internal_comment == "Hälsning: Grattis,..."
    assert sorted(warned(made)) == ["cut"] * 3 + ["encoding"] * 3


@pytest.mark.parametrize("engraving", ["x" * 9000, "Till Anna " + FLOWERS, FLOWERS, ["Till Anna", FLOWERS]])
def test_what_the_buyer_chose_is_held_where_it_is_not_read_whole(engraving):
    shop = facts({"uid": 11, "articleNumber": "A-1", "choices": [{"uid": 56, "name": "Gravyr"}]})
    made = plan(order(row(choices={"quantity": 1, "56": engraving})), shop)
    assert ("text", "length") in cases(made)


@pytest.mark.parametrize("name", ["address", "address2", "postcode", "town", "phone", "phoneMobile", "lastName"])
def test_an_address_that_is_not_read_whole_is_held(name):
    made = plan(customer(order(), **{name: "Gatan 1 " + FLOWERS}))
    assert {code for code, _ in cases(made)} == {"length"}
    assert "5008 characters" in text_of(made.problems[0], "en")
    assert plan(customer(order(), **{name: "Gatan 1 " + "🌸" * 50})).ready


def test_an_articles_name_that_is_not_read_whole_is_held():
    raw = {"uid": 11, "articleNumber": "A-1", "vatRate": 0.25, "vatIsIncluded": True, "price": {"regular": {"SEK": 10}}}
    held = [("Mugg " + FLOWERS, ([], ["length"])), ("🌸", ([], ["name"])), ("Mugg 🌸", (["Mugg"], []))]
    for name, sent in held:
        for text in (name, {"sv": name}):
            forms, skips = article_forms(Article.model_validate(raw | {"name": text}), "SEK", "sv")
            assert ([one.name for one in forms], [one.problem.code for one in skips]) == sent


def test_a_reference_that_is_not_read_whole_is_held():
    raw = order()
    raw["payments"][0]["externalRef"] = "R-1 " + FLOWERS
    assert cases(plan(raw, payment_types={"klarna": "KG"})) == [("length", "")]
