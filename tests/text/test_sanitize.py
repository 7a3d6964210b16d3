"""Remote text is cleaned once, where it enters."""

import re
import unicodedata
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from specter_tui.text.latin1 import to_latin1
from specter_tui.text.sanitize import LONGEST, clean_line, clean_text, uid_in


@pytest.mark.parametrize(
    ("raw", "clean"),
    [
        ("\x1b[2J\x1b[31mröd", "[2J[31mröd"),
        ("\x9b31mröd", "31mröd"),
        ("\x1b]0;titel\x07", "]0;titel"),
        ("bell\x07", "bell"),
        ("del\x7f", "del"),
        ("\u202egod\u202c", "god"),
        ("\u2066a\u2069", "a"),
        ("noll\u200bbredd\ufeff", "nollbredd"),
        ("mjukt\xadbindestreck", "mjuktbindestreck"),
        ("ensam\ud800", "ensam"),
        ("\U000e0041tagg", "tagg"),
        ("\ufffd\uffff", ""),
        ("a\r\nb\rc\u2028d\x85e", "a\nb\nc\nd\ne"),
        ("  kant\n", "kant"),
        ("A\u030asa", "Åsa"),
        ("[red]klammer[/red]", "[red]klammer[/red]"),
        ("🧶 stannar", "🧶 stannar"),
        ("\tindrag\tstannar", "indrag\tstannar"),
    ],
)
def test_text_is_cleaned(raw: str, clean: str) -> None:
    assert clean_text(raw) == clean


@pytest.mark.parametrize("raw", ["a \t\r\n b", "a\xa0b", "a\u2003b", "\n a\x0b\x0c b"])
def test_a_line_has_single_spaces(raw: str) -> None:
    assert clean_line(raw) == "a b"


def test_a_name_cannot_forge_a_line() -> None:
    assert clean_line("Åsa\n2026-01-01 INFO exported") == "Åsa 2026-01-01 INFO exported"


def test_text_is_capped_and_shows_it() -> None:
    assert clean_text("x" * LONGEST) == "x" * LONGEST
    assert clean_text("x" * (LONGEST + 1)) == "x" * (LONGEST - 1) + "…"
    assert clean_line("ord " * LONGEST) == "ord " * (LONGEST // 4 - 1) + "ord…"


@given(st.text(st.characters(max_codepoint=127)))
def test_a_line_is_its_text_with_every_run_of_blanks_made_one_space(raw: str) -> None:
    assert clean_line(raw) == re.sub(r"\s+", " ", clean_text(raw))


def test_a_line_with_any_latin_character_is_cleaned_as_a_text_is() -> None:
    for code in range(0x180):
        raw = f" å{chr(code)}  b{chr(code)}"
        assert clean_line(raw) == " ".join(clean_text(raw).split())


@given(st.text())
def test_what_is_clean_stays_as_it_is(raw: str) -> None:
    clean = clean_line(raw)
    assert clean_line(clean) == clean
    assert not any(unicodedata.category(sign) == "Cc" for sign in clean)


@pytest.mark.parametrize(
    ("text", "latin"),
    [
        ("Åsa Öberg é ß", "Åsa Öberg é ß"),
        ("Łukasz Żak", "Lukasz Zak"),
        ("李", "Li"),
        ("10 €", "10 EUR"),
        ("“citat” – streck", '"citat" - streck'),
        ("Ã¥", "A¥"),
        ("Anna 🌸", "Anna "),
        ("🙏🏽🎁👩‍👩‍👧‍👦🇸🇪1️⃣", "1"),
        ("★ ☺ ❤️ ♥ ✓ → ▶ ◾", "       "),
        ("Acme™ № 7, 20 ℃", "AcmeTM No 7, 20 C"),
        ("−5 ≤ x", "-5 <= x"),
        ("Â°", "A°"),
    ],
)
def test_what_latin1_lacks_is_written_in_latin_letters(text: str, latin: str) -> None:
    assert to_latin1(text) == latin


@given(st.text(st.characters(exclude_categories=("Cs",))))
def test_what_is_sent_is_latin1_and_does_not_look_like_utf8(text: str) -> None:
    sent = to_latin1(text).encode("latin-1")
    assert not any(lead in (0xC2, 0xC3) and 0x80 <= tail <= 0xBF for lead, tail in pairwise(sent))


@pytest.mark.parametrize(("word", "uid"), [("150001", 150001), ("0", 0), ("9" * 18, int("9" * 18))])
def test_a_uid_is_digits(word: str, uid: int) -> None:
    assert uid_in(word) == uid


@pytest.mark.parametrize("word", ["", " 1", "1 ", "-1", "+1", "1e3", "uid:1", "٣", "²", "9" * 19, "9" * 5000])
def test_nothing_else_is_a_uid(word: str) -> None:
    assert uid_in(word) is None
