"""The body of a form is what the standard library would make of it."""

from urllib.parse import urlencode

from hypothesis import given
from hypothesis import strategies as st

from specter_tui.specter.transport import encoded

LATIN = st.text(st.characters(max_codepoint=255))


@given(st.dictionaries(st.from_regex(r"[A-Za-z]+_[0-9]+", fullmatch=True), LATIN))
def test_a_form_is_encoded_as_ever(form):
    assert encoded(form) == urlencode(form, encoding="latin-1").encode("ascii")
