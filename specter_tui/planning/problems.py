"""A finding about an order or an article number: its code, place and values, and its text in a language."""

from dataclasses import dataclass
from decimal import Decimal, InvalidOperation

from specter_tui.i18n import Language, translated
from specter_tui.planning.problem_texts import WORDING, payment_in_words
from specter_tui.text.numbers import number

_NUMBERS = frozenset({"amount", "cart", "gap", "goods", "parts", "rate", "total", "unit", "vat"})


@dataclass(frozen=True, slots=True)
class Problem:
    """One finding. `field` is a place in the shop's document, a field of Specter's, or a setting's name.

    `values` fill the wording; the value `case` chooses between several wordings of one code. Values can hold personal
    data (an e-mail address, a name as sent): they are shown on screens and never kept in the journal.
    """

    code: str
    field: str
    values: tuple[tuple[str, str], ...] = ()


def text_of(problem: Problem, language: Language) -> str:
    """Return what is wrong, in one or two sentences."""
    name = _name(problem)
    return translated(language, f"problem.{name}.text", WORDING[name].text).format_map(_spoken(problem, language))


def cure_of(problem: Problem, language: Language) -> str:
    """Return what to do about it, in one or two sentences."""
    name = _name(problem)
    return translated(language, f"problem.{name}.cure", WORDING[name].cure).format_map(_spoken(problem, language))


def _name(problem: Problem) -> str:
    """Return the key of the problem's wording."""
    case = dict(problem.values).get("case")
    return f"{problem.code}.{case}" if case else problem.code


def _spoken(problem: Problem, language: Language) -> dict[str, str]:
    """Return the values for the wording: numbers in the language's form, statuses in its words."""
    values = {"field": problem.field, **dict(problem.values)}
    if "status" in values:
        values["status"] = payment_in_words(values["status"], language)
    return {name: _number(text, language) if name in _NUMBERS else text for name, text in values.items()}


def _number(text: str, language: Language) -> str:
    """Format a number with its own decimals; return any other text unchanged."""
    try:
        value = Decimal(text)
    except InvalidOperation:
        return text
    return number(value, language, len(text.partition(".")[2])) if value.is_finite() else text
