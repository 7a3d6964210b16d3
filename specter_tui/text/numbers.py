"""Numbers in a language's form: `1 234,50` in Swedish, `1,234.50` in English."""

from decimal import ROUND_HALF_UP, Decimal

from specter_tui.i18n import Language, translated

HARD_SPACE = "\N{NO-BREAK SPACE}"
MINUS = "\N{MINUS SIGN}"
MARKS = {"decimal": ".", "thousands": ","}
"""The separators; a space between thousands is replaced by a no-break space."""


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
