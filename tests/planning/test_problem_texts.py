"""Every finding has its texts, in both languages."""

from pathlib import Path

import pytest

import specter_tui.planning
from specter_tui.i18n import translated
from specter_tui.planning.problem_texts import WORDING
from specter_tui.planning.problems import Problem, cure_of, text_of

CODES = {
    "article_type",
    "country",
    *("cut", "text", "choice"),
    *("name_divided", "sole_trader", "delivery_copied", "address_on_card"),
    "payment_method",
    *(
        "currency",
        "package",
        "article_number",
        "service_article",
        "service_number",
        "sums",
        "rounding",
        "quantity",
        "rate",
    ),
    "overpaid",
    *("payment_type", "payments", "email", "name", "length", "document", "internal", "customer_changed"),
    *("encoding", "unpaid", "number_in_shop", "number_replaced", "vat_differs"),
    "price",
    *("empty", "spaces", "characters", "duplicate", "too_long"),
}


def test_every_code_has_its_words():
    assert {name.partition(".")[0] for name in WORDING} == CODES


@pytest.mark.parametrize("language", ["sv", "en"])
def test_they_are_whole_sentences(language):
    for name, wording in WORDING.items():
        text = translated(language, f"problem.{name}.text", wording.text)
        cure = translated(language, f"problem.{name}.cure", wording.cure)
        assert text[0].isupper() or text[0] in "”“{", name
        assert text[-1] == "." or text.endswith("{characters}"), name
        assert cure.endswith("."), name


def test_each_is_used():
    folder = Path(specter_tui.planning.__file__).parent
    rooms = [*folder.rglob("*.py"), *(folder.parent / "engine").rglob("*.py")]
    code = "\n".join(file.read_text() for file in rooms if file.name != "problem_texts.py")
    for name in WORDING:
        for word in name.split("."):
            assert f'"{word}"' in code, name


def test_values_are_text_and_never_a_pattern():
    problem = Problem("email", "customer/info/email", (("case", "bad"), ("email", "{gap}[b]%s")))
    assert "{gap}[b]%s" in text_of(problem, "en")


def test_swedish_amounts_have_a_decimal_comma_and_numbers_of_articles_do_not():
    values = (("case", "differs"), ("name", "A.5"), ("quantity", "2"), ("unit", "8.00"), ("total", "-1600.50"))
    problem = Problem("quantity", "", values)
    assert text_of(problem, "sv") == "”A.5”: 2 st à 8,00 stämmer inte med radens summa −1\xa0600,50."
    assert "8.00" in text_of(problem, "en")
    assert "−1,600.50" in text_of(problem, "en")
    assert cure_of(problem, "en").startswith("Correct the quantity")
