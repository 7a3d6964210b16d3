"""Numbers as a language writes them: `1 234,50` in Swedish, `1,234.50` in English."""

from decimal import ROUND_HALF_UP, Decimal

from specter_tui.i18n import Language, t

HARD_SPACE = "\N{NO-BREAK SPACE}"
MINUS = "\N{MINUS SIGN}"
MARKS = {"decimal": ".", "thousands": ","}
"""The marks; a space between thousands is made one at which no line breaks."""


def number(value: Decimal, language: Language, decimals: int | None = None) -> str:
    """A number with its thousands apart; `decimals` None: as many as it has."""
    if decimals is not None:
        value = value.quantize(Decimal(1).scaleb(-decimals), ROUND_HALF_UP)
    marks = t(language, "MARKS", MARKS)
    whole, _, fraction = format(abs(value), "f").partition(".")
    grouped = format(int(whole), ",").replace(",", marks["thousands"].replace(" ", HARD_SPACE))
    if decimals is None:
        fraction = fraction.rstrip("0")
    return f"{MINUS if value < 0 else ''}{grouped}{marks['decimal'] if fraction else ''}{fraction}"
