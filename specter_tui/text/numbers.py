"""Numbers in a language's form: `1 234,50` in Swedish, `1,234.50` in English."""

import re
from decimal import ROUND_HALF_UP, Decimal

from specter_tui.i18n import Language, translated

HARD_SPACE = "\N{NO-BREAK SPACE}"
MINUS = "\N{MINUS SIGN}"
MARKS = {"decimal": ".", "thousands": ","}
"""The separators; a space between thousands is replaced by a no-break space."""


_SUM = re.compile(r"-?(?:[0-9]{1,12}|[0-9]{1,3}(?:[.,][0-9]{3})+)(?:[.,][0-9]{2})?")


def sum_of_money(typed: str) -> Decimal | None:
    """Read a sum from another program's screen: `1234,50`, `1 234.50 kr`, `1.234,50`, `-5`; None for anything else.

    It has two decimals or none, so that a mark before three digits separates thousands.
    """
    plain = re.sub(r"\s|kr|sek", "", typed[:60].casefold()).replace(MINUS, "-")
    if not _SUM.fullmatch(plain):
        return None
    digits = re.sub("[.,](?=[0-9]{3})", "", plain)
    return Decimal(digits.replace(",", "."))


def number(value: Decimal, language: Language, decimals: int | None = None) -> str:
    """Format a number with separated thousands; with `decimals` None it keeps its own decimals."""
    if decimals is not None:
        value = value.quantize(Decimal(1).scaleb(-decimals), ROUND_HALF_UP)
    marks = translated(language, "MARKS", MARKS)
    whole, _, fraction = format(abs(value), "f").partition(".")
    grouped = format(int(whole), ",").replace(",", marks["thousands"].replace(" ", HARD_SPACE))
    if decimals is None:
        fraction = fraction.rstrip("0")
    return f"{MINUS if value < 0 else ''}{grouped}{marks['decimal'] if fraction else ''}{fraction}"
