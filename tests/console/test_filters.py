"""The filter's little language."""

import pytest

from specter_tui.console.filters import parse
from tests.console.scripted import view

ORDERS = (
    view(1, customer="Åsa Öberg"),
    view(2, state="blocked", customer="Bygg AB"),
    view(3, state="retry_later", customer="Åke Ek"),
    view(4, state="exported", customer="Karin", specter_number="90004"),
)


@pytest.mark.parametrize(
    ("text", "uids"),
    [
        ("", [1, 2, 3, 4]),
        ("åsa", [1]),
        ("ÅSA", [1]),
        ("1002", [2]),
        ("90004", [4]),
        ("state:blocked", [2]),
        ("state:bl", [2]),
        ("state:retry_later", [3]),
        ("state:retry-later", [3]),
        ("STATE:Ready", [1]),
        ("state:", [1, 2, 3, 4]),
        ("!", [1, 2, 3, 4]),
        ("!state:blocked !exported", [1, 3]),
        ("!åke å", [1]),
        ("later", [3]),
        ("[/red]", []),
        ("nobody", []),
    ],
)
def test_words_must_all_hold(text: str, uids: list[int]) -> None:
    passes = parse(text)
    assert [order.uid for order in ORDERS if passes(order)] == uids
