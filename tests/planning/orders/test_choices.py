"""The buyer's choices and texts, and texts that are too long."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from specter_tui.planning.orders.plan import plan_order
from specter_tui.planning.orders.text_fitting import cut_at_word
from tests.planning.shop import cases, discount, facts, order, plan, read, row, settings

RED, NAMELESS = 77, 78
ARTICLE = {
    "uid": 500,
    "articleNumber": "A-1",
    "choices": [
        {
            "uid": 55,
            "type": "enum",
            "name": {"sv": "Färg", "en": "Colour"},
            "options": [{"uid": RED, "name": {"sv": "Röd", "en": "Red"}}, {"uid": NAMELESS, "name": {}}],
        },
        {"uid": 56, "type": "string", "name": {"sv": "Gravyr", "en": "Engraving"}},
        {"uid": 57, "type": "number", "name": {"sv": "Längd"}},
        {"uid": 58, "type": "file", "name": "Bild"},
        {"uid": 59, "type": "string", "name": None},
    ],
}
SHOP = facts(ARTICLE)


def chosen(choices, name="Mugg", shop=SHOP, **more):
    return plan(order(row(articleName=name, choices={"quantity": 1, **choices}), **more), shop)


def text(made):
    assert made.ready, made.problems
    return made.form.rows[0].text


def warned(made):
    return [one.code for one in made.warnings]


@pytest.mark.parametrize(
    ("choices", "sent"),
    [
        ({}, "Mugg"),
        ({"55": str(RED)}, "Mugg, Färg: Röd"),
        ({"55": RED}, "Mugg, Färg: Röd"),
        ({"55": [RED]}, "Mugg, Färg: Röd"),
        ({"56": "Till Anna"}, "Mugg, Gravyr: Till Anna"),
        ({"56": "Till\nAnna &amp; Bo"}, "Mugg, Gravyr: Till / Anna & Bo"),
        ({"56": "1234"}, "Mugg, Gravyr: 1234"),
        ({"57": 2.5}, "Mugg, Längd: 2.5"),
        ({"58": {"name": "a.jpg", "url": "https://x/a.jpg"}}, "Mugg, Bild: name: a.jpg, url: https://x/a.jpg"),
        ({"59": "Fritt"}, "Mugg, Fritt"),
        ({"56": True}, "Mugg, Gravyr: Ja"),
        ({"56": "", "57": None, "58": [], "59": {}}, "Mugg"),
        ({"55": str(RED), "56": "Till Anna"}, "Mugg, Färg: Röd, Gravyr: Till Anna"),
        ({"99": "Okänd fråga"}, "Mugg, Okänd fråga"),
    ],
)
def test_what_was_chosen_stands_in_the_rows_text(choices, sent):
    made = chosen(choices)
    assert text(made) == sent
    assert "choice" not in warned(made)


def test_in_the_language_of_the_order():
    assert text(chosen({"55": RED, "56": False}, language="en")) == "Mugg, Colour: Red, Engraving: No"


@pytest.mark.parametrize(
    ("choices", "shop", "sent"),
    [
        ({"55": NAMELESS}, SHOP, f"Mugg, Färg: {NAMELESS}"),
        ({"55": 79}, SHOP, "Mugg, Färg: 79"),
        ({"99": "1"}, SHOP, "Mugg, 99: 1"),
        ({"55": RED}, facts(), f"Mugg, 55: {RED}"),
        ({"55": RED}, facts({"uid": 500, "choices": [{"uid": "?"}]}), f"Mugg, 55: {RED}"),
    ],
)
def test_a_choice_without_a_name_is_sent_as_it_is_and_told(choices, shop, sent):
    made = chosen(choices, shop=shop)
    assert text(made) == sent
    assert warned(made) == ["choice"]


def test_what_the_variants_own_number_tells_is_not_said_twice():
    own = {"uid": 1, "definedBy": {"55": str(RED)}, "overrides": {"articleNumber": "A-1"}}
    assert text(chosen({"55": RED}, shop=facts(ARTICLE | {"variants": [own]}))) == "Mugg"
    none = own | {"overrides": {}}
    assert text(chosen({"55": RED}, shop=facts(ARTICLE | {"variants": [none]}))) == "Mugg, Färg: Röd"


def test_a_row_without_a_name_has_the_articles_else_its_number():
    assert text(chosen({}, name="", shop=facts(ARTICLE | {"name": {"sv": "Kopp"}}))) == "Kopp"
    assert text(chosen({}, name="🌸")) == "A-1"


def test_a_long_engraving_goes_whole_into_the_comment_before_the_note():
    engraving = " ".join(["ord"] * 60)
    made = chosen({"56": engraving}, name="Mugg med ett ganska långt namn", note="Ring på dörren " * 20)
    assert text(made) == "Mugg med ett ganska långt namn"
    comment = made.form.internal_comment
    assert comment == f"1. A-1: Gravyr: {engraving}"
    assert warned(made) == ["cut"]
    roomy = chosen({"56": "ord " * 45}, name="Mugg " * 30, note="Ring på dörren två gånger, den är trög " * 5)
    assert roomy.form.internal_comment.startswith(f"1. A-1: Gravyr: {('ord ' * 45).strip()}\nRing på dörren")
    assert roomy.form.internal_comment.endswith("...")
    assert len(roomy.form.internal_comment) <= 255


def test_the_name_gives_way_to_what_was_chosen():
    made = chosen({"56": "x" * 100}, name="ord " * 60)
    assert text(made).endswith("ord..., Gravyr: " + "x" * 100)
    assert len(text(made)) <= 255
    assert made.form.internal_comment == ""
    assert warned(made) == ["cut"]


def test_what_fits_nowhere_is_held():
    made = chosen({"56": "x" * 300})
    assert cases(made) == [("text", "length")]
    two = [row(choices={"quantity": 1, "56": "x" * 200}, articleName="y" * 100, uid=uid) for uid in (1, 2)]
    assert cases(plan(order(*two), SHOP)) == [("text", "length")]
    longer = plan_order(read(order(*two)), SHOP, settings(specter={"text_length": 600}))
    assert longer.ready
    assert longer.form.rows[0].text == f"{'y' * 100}, Gravyr: {'x' * 200}"


@pytest.mark.parametrize("longest", [50, 255, 300])
def test_notes_names_and_fields_are_cut_at_a_word_and_warned_of(longest):
    raw = order(row(articleName="Vara " * 100), note="Hej mormor! " * 60)
    raw["customer"]["info"]["Hälsning"] = "Grattis " * 100
    made = plan_order(read(raw), facts(), settings(specter={"text_length": longest}, customer_fields=True))
    assert made.ready
    for sent in (made.form.rows[0].text, made.form.internal_comment):
        assert len(sent) <= longest
        assert sent.endswith(("Vara...", "mormor!...", "Hej..."))
    assert warned(made) == ["cut", "cut"]


def test_a_discounts_long_name_is_cut_too():
    made = plan(order(row(discountInfo=discount("10.00", name="Kampanj " * 50))))
    assert made.ready
    assert made.form.rows[1].text.endswith("Kampanj...")
    assert warned(made) == ["cut"]


@pytest.mark.parametrize(
    ("whole", "room", "cut"),
    [
        ("ett två tre fyra femtio", 20, "ett två tre fyra..."),
        ("ett\ntvå tre\nfyra femtio", 20, "ett\ntvå tre\nfyra..."),
        ("x" * 30, 20, "x" * 17 + "..."),
        ("ab " + "x" * 30, 20, "ab " + "x" * 14 + "..."),
        ("ett två tre fyra " + "x" * 9, 20, "ett två tre fyra..."),
    ],
)
def test_where_a_text_is_cut(whole, room, cut):
    assert cut_at_word(whole, room) == cut


@given(st.text(st.sampled_from("ab \n"), min_size=21), st.integers(20, 40))
def test_what_is_cut_fits_and_begins_as_the_whole(whole, room):
    sent = cut_at_word(whole.ljust(room + 1, "a"), room)
    assert len(sent) <= room
    assert whole.ljust(room + 1, "a").startswith(sent.removesuffix("..."))


@pytest.mark.parametrize("answer", ["❤️", "🎉 🎉", ["Till Anna", "❤️"], "\u200d"])
def test_what_the_buyer_wrote_is_never_left_out_whole(answer):
    made = chosen({"56": answer})
    assert cases(made) == ([] if answer == "\u200d" else [("text", "signs")])
