"""The shop itself, and its payment and delivery methods."""

from decimal import Decimal

from specter_tui.sandbox.shop.shop_store import GIFT_CARD_TYPE, Document

CARD, INVOICE, SWISH, KLARNA, GIFT_CARD, COD = 7101, 7102, 7103, 7104, 7105, 7106
AGENT, COURIER, PICKUP = 66231, 66232, 66233
INVOICE_FEE, COD_FEE = Decimal(29), Decimal(49)

PAYMENT_TYPES = {"card": "DP", "invoice": "I", "swish": "SW", "klarna": "KG", "cod": "P"}
"""Specter's payment types by the shop's types; a gift card has none."""


def payment_method(uid: int, kind: str, name: str, fee: Decimal = Decimal(0)) -> Document:
    """Return an active payment method; `fee` is in SEK including VAT."""
    return {
        "uid": uid,
        "active": True,
        "name": {"sv": name},
        "description": {"sv": ""},
        "position": uid - 7100,
        "fee": {"SEK": fee},
        "type": kind,
        "disableDeliveryAddress": False,
        "limitToCurrencies": [],
    }


def delivery_method(uid: int, name: str, *, cod: bool = False) -> Document:
    """Return a delivery method; `cod` allows payment on delivery."""
    return {
        "uid": uid,
        "name": {"sv": name},
        "description": {"sv": ""},
        "limitToCustomergroups": None,
        "freeDeliveryMinimumSpend": {"SEK": 1500},
        "preferred": uid == AGENT,
        "allowBulky": True,
        "allowCod": cod,
        "rates": [],
    }


PAYMENT_METHODS = (
    payment_method(CARD, "card", "Kort"),
    payment_method(INVOICE, "invoice", "Faktura 30 dagar", INVOICE_FEE),
    payment_method(SWISH, "swish", "Swish"),
    payment_method(KLARNA, "klarna", "Klarna"),
    payment_method(GIFT_CARD, GIFT_CARD_TYPE, "Presentkort"),
    payment_method(COD, "cod", "Postförskott", COD_FEE),
)
DELIVERY_METHODS = (
    delivery_method(AGENT, "Ombud", cod=True),
    delivery_method(COURIER, "Hem med bud"),
    delivery_method(PICKUP, "Hämta i butiken"),
)


def webshop(uid: int) -> Document:
    """Return the shop's own document."""
    return {
        "uid": uid,
        "name": {"sv": "Kvistfors Ute & Kök"},
        "type": "shop",
        "edition": "pro",
        "companyInfo": {"name": "Kvistfors Handel AB"},
        "companyNumber": "556000-9999",
        "baseCurrency": "SEK",
        "activeCurrencies": ["SEK", "EUR"],
        "defaultLanguage": "sv",
        "priceStoredWithVat": True,
        "vatSupport": True,
        "showPricesIncludingVat": True,
        "vatCountry": "SE",
        "url": {"sv": "https://kvistfors.example.se/"},
        "contactEmail": "butiken@kvistfors.example.se",
        "defaultDeliveryCountry": "SE",
        "created": "2014-03-01T09:00:00Z",
    }
