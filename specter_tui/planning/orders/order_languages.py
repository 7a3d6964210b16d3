"""Specter's language codes, and our own words on rows that the shop gives no text for (wires: S-languages)."""

from typing import Literal

from specter_tui.text.service_names import SERVICE_WORDS

ServiceKind = Literal["discount", "delivery", "payment_fee", "cod", "gift_card", "rounding"]

_OF_ORDERS = {"sv": "SE", "en": "EN", "fi": "FI", "da": "DA", "es": "ES", "de": "DE"}
_OF_CUSTOMERS = {"sv": "SE", "en": "EN", "no": "NO", "nb": "NO", "nn": "NO"}
_SWEDISH = {
    "discount": "Rabatt",
    "delivery": "Frakt",
    "payment_fee": "Betalningsavgift",
    "cod": "Postförskott",
    "gift_card": "Presentkort",
    "rounding": "Öresavrundning",
}


def order_language(language: str) -> str:
    """Specter's code for an order in the shop's language (ISO 639-1); Swedish where Specter has none."""
    return _OF_ORDERS.get(_spoken(language), "SE")


def customer_language(language: str) -> str:
    """Specter's code for a customer who ordered in the shop's language; Swedish where Specter has none."""
    return _OF_CUSTOMERS.get(_spoken(language), "SE")


def _spoken(language: str) -> str:
    """A language without its country: `en-GB` is en."""
    return language.casefold().replace("_", "-").partition("-")[0]


def word(kind: ServiceKind, language: str) -> str:
    """The text of a service row for an order in the shop's language: Swedish where Specter's is, else English."""
    return (_SWEDISH if order_language(language) == "SE" else SERVICE_WORDS)[kind]
