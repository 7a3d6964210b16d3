"""Swedish organisation and personal numbers in one form, so that one buyer is one customer (wires: S-matching)."""

import re
import unicodedata

_SIGNS = re.compile(r"[\s\-‐‑‒–—―−.·_/:]+")
_SWEDISH = re.compile(r"(?P<se>SE)?(?P<digits>[0-9]{10,14})")
_SWEDISH_VAT = re.compile(r"SE[0-9]{12}")
_TEN = 10


def org_number(written: str, country: str, year: int) -> str:
    """Return any form of a Swedish number as `NNNNNN-NNNN`; another country's number unchanged.

    Removed are the 16 before a company's number, the SE and last two digits of a VAT number, and the century of a
    person's number. A person of 100 years or more in `year` gets a plus sign instead of the dash.
    """
    compact = _compact(written)
    match = _SWEDISH.fullmatch(compact.replace("+", ""))
    if match is None:
        return written
    ten, sign = _ten(match["digits"], year, by_vat=bool(match["se"]))
    # Abroad, twelve digits are a Swedish number if their check digit is right.
    swedish = match["se"] or country == "SE" or (len(match["digits"]) == _TEN + 2 and _checks(ten))
    if not ten or not swedish:
        return written
    return f"{ten[:6]}{'+' if '+' in compact else sign}{ten[6:]}"


def vat_number(written: str) -> str:
    """Return a Swedish VAT number without spaces and punctuation, `SE556000123401`; any other unchanged."""
    compact = _compact(written)
    return compact if _SWEDISH_VAT.fullmatch(compact) else written


def _compact(written: str) -> str:
    if not written:  # Most people have none.
        return ""
    return _SIGNS.sub("", unicodedata.normalize("NFKC", written)).upper()


def _ten(digits: str, year: int, *, by_vat: bool) -> tuple[str, str]:
    """Return the ten digits and the sign between them; empty texts where the digits are not a Swedish number."""
    longer = len(digits) - _TEN
    if not longer:
        return digits, "-"
    if by_vat and longer == 2 and digits.endswith("01"):
        return digits[:_TEN], "-"
    if digits.startswith("16") and (longer == 2 or digits.endswith("01")):
        return digits[2:12], "-"
    if _is_birth_date(digits[:8]) and (longer == 2 or digits.endswith("01")):
        return digits[2:12], "+" if year - int(digits[:4]) >= 100 else "-"
    if longer == 2 and digits.endswith("01"):
        return digits[:_TEN], "-"
    return "", ""


def _checks(ten: str) -> bool:
    """Return whether the last digit is right (Luhn): every second digit doubled, then all digits summed."""
    doubled = (str(int(digit) * (2 - place % 2)) for place, digit in enumerate(ten))
    return bool(ten) and sum(int(digit) for number in doubled for digit in number) % 10 == 0


def _is_birth_date(digits: str) -> bool:
    """Return whether eight digits are a date of birth; a co-ordination number has 60 added to the day."""
    century, month, day = digits[:2], int(digits[4:6]), int(digits[6:8])
    return century in ("18", "19", "20") and 1 <= month <= 12 and (1 <= day <= 31 or 61 <= day <= 91)
