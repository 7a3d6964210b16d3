"""What keeps an order or an article number from Specter, or what is worth knowing: a code, a place and its values."""

from dataclasses import dataclass
from decimal import Decimal, InvalidOperation

from specter_tui.i18n import Language, t
from specter_tui.planning.problem_texts import WORDING, payment_in_words
from specter_tui.text.numbers import number

_NUMBERS = frozenset({"amount", "cart", "gap", "goods", "parts", "rate", "total", "unit", "vat"})


@dataclass(frozen=True, slots=True)
class Problem:
    """One finding. `field` is a place in the shop's document, a field of Specter's, or a setting's name.

    `values` fill the wording; the value `case` chooses between several wordings of one code. Values can hold
    personal data (an e-mail address, a name as sent), so they are for screens and never for the journal.
    """

    code: str
    field: str
    values: tuple[tuple[str, str], ...] = ()


def text_of(problem: Problem, language: Language) -> str:
    """What is wrong, in one or two sentences."""
    name = _name(problem)
    return t(language, f"problem.{name}.text", WORDING[name].text).format_map(_spoken(problem, language))


def cure_of(problem: Problem, language: Language) -> str:
    """What to do about it, in one or two sentences."""
    name = _name(problem)
    return t(language, f"problem.{name}.cure", WORDING[name].cure).format_map(_spoken(problem, language))


def _name(problem: Problem) -> str:
    """The name of its wording."""
    case = dict(problem.values).get("case")
    return f"{problem.code}.{case}" if case else problem.code


def _spoken(problem: Problem, language: Language) -> dict[str, str]:
    """The values as they are said: numbers as the language writes them, the shop's words in it."""
    values = {"field": problem.field, **dict(problem.values)}
    if "status" in values:
        values["status"] = payment_in_words(values["status"], language)
    return {name: _number(text, language) if name in _NUMBERS else text for name, text in values.items()}


def _number(text: str, language: Language) -> str:
    """A number with the decimals that it has; what is none stays as it is."""
    try:
        value = Decimal(text)
    except InvalidOperation:
        return text
    return number(value, language, len(text.partition(".")[2])) if value.is_finite() else text
