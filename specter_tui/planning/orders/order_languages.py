"""Specter's language codes, and our words on rows for which the shop gives no text (wires: S-languages)."""

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
    """Return Specter's code for an order in the shop's language (ISO 639-1); SE where Specter has none."""
    return _OF_ORDERS.get(_spoken(language), "SE")


def customer_language(language: str) -> str:
    """Return Specter's code for a customer who ordered in the shop's language; SE where Specter has none."""
    return _OF_CUSTOMERS.get(_spoken(language), "SE")


def _spoken(language: str) -> str:
    """Return a language without its country: `en-GB` becomes en."""
    return language.casefold().replace("_", "-").partition("-")[0]


def word(kind: ServiceKind, language: str) -> str:
    """Return the text of a service row: Swedish where Specter's code for the language is SE, else English."""
    return (_SWEDISH if order_language(language) == "SE" else SERVICE_WORDS)[kind]
