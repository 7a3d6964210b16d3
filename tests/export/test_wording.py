"""Every finding has its words, in both languages, with every value in its place."""

import re
from pathlib import Path

import pytest

import specter_tui.export
from specter_tui.export.problems import Problem, cure_of, text_of
from specter_tui.export.wording import WORDING

CODES = {
    *("currency", "package", "article_number", "service_article", "sums", "rounding", "quantity", "rate"),
    *("payment_type", "payments", "email", "name", "length", "document"),
    *("encoding", "unpaid", "number_in_shop", "number_replaced"),
    "price",
    *("empty", "spaces", "characters", "duplicate", "too_long"),
}


def placeholders(text):
    return set(re.findall(r"{(\w+)}", text))


def test_both_languages_say_the_same_things():
    assert WORDING["sv"].keys() == WORDING["en"].keys()
    assert {name.partition(".")[0] for name in WORDING["en"]} == CODES
    for name, swedish in WORDING["sv"].items():
        english = WORDING["en"][name]
        assert placeholders(swedish.text) == placeholders(english.text), name
        assert placeholders(swedish.cure) == placeholders(english.cure), name


@pytest.mark.parametrize("language", ["sv", "en"])
def test_they_are_whole_sentences(language):
    for name, wording in WORDING[language].items():
        assert wording.text[0].isupper() or wording.text[0] in "”“{", name
        assert wording.text[-1] == "." or wording.text.endswith("{characters}"), name
        assert wording.cure.endswith("."), name


def test_each_is_used():
    folder = Path(specter_tui.export.__file__).parent
    code = "\n".join(file.read_text() for file in folder.glob("*.py") if file.name != "wording.py")
    for name in WORDING["en"]:
        for word in name.split("."):
            assert f'"{word}"' in code, name


def test_values_are_text_and_never_a_pattern():
    problem = Problem("email", "customer/info/email", (("case", "bad"), ("email", "{gap}[b]%s")))
    assert "{gap}[b]%s" in text_of(problem, "en")


def test_swedish_amounts_have_a_decimal_comma_and_numbers_of_articles_do_not():
    values = (("case", "differs"), ("name", "A.5"), ("quantity", "2"), ("unit", "8.00"), ("total", "16.50"))
    problem = Problem("quantity", "", values)
    assert text_of(problem, "sv") == "”A.5”: 2 st à 8,00 stämmer inte med radens summa 16,50."
    assert "8.00" in text_of(problem, "en")
    assert cure_of(problem, "en").startswith("Correct the quantity")
