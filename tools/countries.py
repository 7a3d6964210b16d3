"""Make the table of countries from CLDR: `python -m tools.countries`."""

from pathlib import Path

from babel import Locale
from babel.core import get_global

FILE = Path(__file__).parent.parent / "specter_tui" / "planning" / "orders" / "country_names.py"
_NO_COUNTRIES = {"AC", "CP", "CQ", "DG", "EA", "EU", "EZ", "IC", "QO", "TA", "UN", "XA", "XB", "ZZ"}
_HEAD = '''"""Countries of ISO 3166: alpha-2, alpha-3, and names in Swedish and English (CLDR, by `tools.countries`)."""

COUNTRIES = """\\
'''


def table() -> str:
    """The module's text, a line for each country."""
    aliases = get_global("territory_aliases").items()
    alpha_3 = {codes[0]: alias for alias, codes in aliases if len(alias) == 3 and alias.isalpha()}
    swedish, english = Locale("sv").territories, Locale("en").territories
    lines = [
        "|".join((code, alpha_3.get(code, ""), *dict.fromkeys((swedish[code], english[code]))))
        for code in sorted(english)
        if len(code) == 2 and code not in _NO_COUNTRIES
    ]
    return _HEAD + "\n".join(lines) + '\n"""\n'


if __name__ == "__main__":
    FILE.write_text(table(), encoding="utf-8")
