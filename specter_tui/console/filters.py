"""The filter: words that must all be there, `!word` that must not, `state:word` for the state."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from specter_tui.console.states import LOOKS

if TYPE_CHECKING:
    from specter_tui.engine.messages import OrderView

    Test = Callable[[OrderView], bool]


def parse(text: str) -> "Test":
    """The test for a filter as it was typed; an empty filter lets all through."""
    tests = [test for word in text.split() if (test := _word(word)) is not None]

    def passes(view: "OrderView") -> bool:
        return all(test(view) for test in tests)

    return passes


def _word(word: str) -> "Test | None":
    """The test for one word, None while there is nothing to test by yet (`!`, `state:`)."""
    if word.startswith("!"):
        inner = _word(word[1:])
        return None if inner is None else lambda view: not inner(view)
    name, colon, value = word.partition(":")
    if colon and name.casefold() == "state":
        wanted = _plain(value)
        return (lambda view: _in_state(view, wanted)) if wanted else None
    wanted = word.casefold()
    return (lambda view: wanted in _haystack(view)) if wanted else None


def _in_state(view: "OrderView", wanted: str) -> bool:
    return any(name.startswith(wanted) for name in (_plain(view.state), _plain(LOOKS[view.state].word)))


def _haystack(view: "OrderView") -> str:
    parts = (view.number, view.customer, LOOKS[view.state].word, view.state, view.specter_number or "")
    return "\n".join(parts).casefold()


def _plain(word: str) -> str:
    """`retry later`, `retry_later` and `retry-later` are one word."""
    return word.casefold().replace("_", "").replace("-", "").replace(" ", "")
