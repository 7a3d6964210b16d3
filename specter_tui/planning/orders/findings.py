"""Findings while one order is planned: problems, warnings, and texts whose characters had to be replaced."""

from dataclasses import dataclass, field
from decimal import Decimal

from specter_tui.planning.money import to_ore
from specter_tui.planning.problems import Problem
from specter_tui.specter.order_forms import decimal_text
from specter_tui.text.latin1 import to_latin1
from specter_tui.text.sanitize import shortened_as


@dataclass(slots=True)
class Findings:
    """Collects problems and warnings during the planning of one order."""

    problems: list[Problem] = field(default_factory=list)
    warnings: list[Problem] = field(default_factory=list)

    def block(self, code: str, place: str, **values: str) -> None:
        """Add a problem: the order must not be sent."""
        self.problems.append(Problem(code, place, tuple(values.items())))

    def warn(self, code: str, place: str, **values: str) -> None:
        """Add a warning: the order may be sent, but a person should know."""
        self.warnings.append(Problem(code, place, tuple(values.items())))

    def has(self, *codes: str) -> bool:
        """Return whether a problem with one of these codes was found."""
        return any(problem.code in codes for problem in self.problems)

    def sendable(self, place: str, text: str) -> str:
        """Return the text in ISO-8859-1 characters, with a warning where characters were replaced."""
        if text.isascii():
            return text
        sent = to_latin1(text)
        if sent == text:
            return text
        # One character can become several, including spaces.
        sent = "\n".join(" ".join(filter(None, line.split(" "))) for line in sent.split("\n"))
        self.warn("encoding", place, sent=sent)
        return shortened_as(text, sent)


def amount_text(amount: Decimal) -> str:
    """Format an amount as a value of a problem: two decimals, or more where it has more."""
    ore = to_ore(amount)
    return str(ore) if ore == amount else decimal_text(amount)


def percent_text(rate: Decimal | None) -> str:
    """Format a VAT rate (0.25) as a value of a problem: 25, or a question mark where the shop gives none."""
    return "?" if rate is None else decimal_text(rate * 100)
