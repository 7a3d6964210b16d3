"""A secret is recognised in every form in which an answer may repeat it."""

import html
import json
from urllib.parse import quote, quote_plus

import pytest

from specter_tui.text.secret_spellings import forms_of

SECRET = "YXV0aDo+a/b c=="


@pytest.mark.parametrize(
    "written",
    [
        SECRET,
        quote(SECRET, safe=""),
        quote_plus(SECRET),
        quote(SECRET, safe="").replace("%2B", "%2b").replace("%2F", "%2f").replace("%3D", "%3d"),
        html.escape("<" + SECRET + ">")[4:-4],
        SECRET.replace("+", "&#43;").replace("/", "&#47;").replace("=", "&#61;").replace(" ", "&#32;"),
        json.dumps(SECRET).replace("/", "\\/")[1:-1],
    ],
)
def test_every_spelling_is_among_them(written):
    assert written in forms_of(SECRET)


def test_the_longest_comes_first_so_that_none_hides_a_part_of_another():
    sizes = [len(form) for form in forms_of(SECRET)]
    assert sizes == sorted(sizes, reverse=True)
    assert forms_of("") == []
