"""Turn a country as a shop may write it into Specter's code, ISO 3166 alpha-2 (wires: S-country)."""

import re
import unicodedata
from functools import cache, lru_cache

from specter_tui.planning.orders.country_names import COUNTRIES

_LONGEST = 200
_PARTS = re.compile(r"[()\[\],;:/|]| - | – ")
_WORD = re.compile(r"[^\W\d_]+")

# Names that CLDR lacks: older and longer ones, those of the countries' own languages, and parts of countries that
# addresses name instead of the country.
_ALSO = {
    "AE": "UAE, Emiraten",
    "AT": "Österreich, Oesterreich",
    "AX": "Ahvenanmaa",
    "BA": "Bosnia, Bosnien, Bosnia-Herzegovina, Bosnia and Herzegovina, Bosnien och Hercegovina",
    "BE": "België, Belgique",
    "BO": "Plurinational State of Bolivia",
    "BY": "Vitryssland",
    "CD": "Congo-Kinshasa, Kongo-Kinshasa, DR Congo, Democratic Republic of the Congo",
    "CG": "Congo-Brazzaville, Kongo-Brazzaville, Republic of the Congo, Congo",
    "CH": "Suisse, Svizzera, Svizra, Confoederatio Helvetica",
    "CI": "Ivory Coast, Côte d'Ivoire",
    "CN": "People's Republic of China, Folkrepubliken Kina",
    "CV": "Cape Verde",
    "CZ": "Czech Republic, Tjeckiska republiken, Česko, Česká republika",
    "DE": "Deutschland, Federal Republic of Germany, Förbundsrepubliken Tyskland",
    "DK": "Kingdom of Denmark, Konungariket Danmark, Kongeriget Danmark",
    "EE": "Eesti",
    "ES": "España",
    "FI": "Suomi, Republic of Finland, Republiken Finland",
    "FO": "Føroyar, Färöerna",
    "FR": "République française",
    "GB": "UK, U.K., Great Britain, England, Scotland, Wales, Northern Ireland, Skottland, Nordirland, "
    "Förenade kungariket, United Kingdom of Great Britain and Northern Ireland",
    "GL": "Kalaallit Nunaat",
    "GR": "EL, Hellas, Ellada, Hellenic Republic",
    "HK": "Hong Kong, Hongkong",
    "HR": "Hrvatska",
    "HU": "Magyarország",
    "IE": "Éire, Republic of Ireland, Republiken Irland",
    "IR": "Islamic Republic of Iran",
    "IS": "Ísland",
    "IT": "Italia",
    "KP": "North Korea, Nordkorea",
    "KR": "South Korea, Sydkorea, Korea, Republic of Korea",
    "LA": "Lao People's Democratic Republic",
    "LT": "Lietuva",
    "LU": "Luxemburg",
    "LV": "Latvija",
    "MD": "Republic of Moldova, Moldova",
    "ME": "Crna Gora",
    "MK": "Macedonia, Makedonien",
    "MM": "Burma, Myanmar",
    "MO": "Macau, Macao",
    "NL": "Nederland, The Netherlands, Holland",
    "NO": "Noreg, Kingdom of Norway, Konungariket Norge, Kongeriket Norge",
    "PL": "Polska",
    "PS": "Palestine, Palestina, State of Palestine",
    "PT": "República Portuguesa",
    "RO": "România",
    "RU": "Russian Federation, Ryska federationen",
    "RS": "Srbija",
    "SE": "Kingdom of Sweden, Konungariket Sverige, Ruotsi, Schweden",
    "SI": "Slovenija",
    "SK": "Slovensko, Slovak Republic, Slovakiska republiken",
    "SY": "Syrian Arab Republic",
    "SZ": "Swaziland",
    "TL": "East Timor, Östtimor",
    "TR": "Turkey",
    "TZ": "United Republic of Tanzania",
    "US": "U.S.A., U.S., US of A, United States of America, Förenta staterna, Amerikas förenta stater",
    "VA": "Vatican, Vatican City, Vatikanen, Holy See, Heliga stolen",
    "VE": "Bolivarian Republic of Venezuela",
    "VN": "Viet Nam",
    "XK": "Kosova, XKX",
}


def country_code(written: str) -> str:
    """Return the alpha-2 code of a country in any case, spacing and accents; empty where it is not recognised.

    A text of several parts, such as `SE - Sverige` or `Sverige (Sweden)`, is recognised if all parts name one country.
    """
    return _code_of(written[:_LONGEST])


@lru_cache(maxsize=1024)
def _code_of(written: str) -> str:
    whole = _known().get(_folded(written), "")
    if whole:
        return whole
    codes = {_known().get(part, "") for part in map(_folded, _PARTS.split(written)) if part}
    return codes.pop() if len(codes) == 1 else ""


@cache
def _known() -> dict[str, str]:
    """Return codes by folded name; a country's code takes precedence over another country's equal name."""
    known: dict[str, str] = {}
    for code, names in _ALSO.items():
        known |= {_folded(name): code for name in names.split(",")}
    lines = [line.split("|") for line in COUNTRIES.splitlines()]
    known |= {_folded(name): code for code, _, *names in lines for name in names}
    known |= {alpha_3.casefold(): code for code, alpha_3, *_ in lines if alpha_3}
    known |= {code.casefold(): code for code, *_ in lines}
    return known


def _folded(text: str) -> str:
    """Return the letters alone, without case and accents, and without `and`, `och`, `&` and `the`."""
    plain = unicodedata.normalize("NFKD", text.replace("&", " and ").casefold())
    plain = "".join(c for c in plain if not unicodedata.combining(c)).replace("ø", "o").replace("æ", "ae")
    words = _WORD.findall(plain)
    told = [word for word in words if word not in ("and", "och", "the")]
    return "".join(told or words)
