"""The kind of a payment method (gift card, cash on delivery, ordinary) and its Specter payment type."""

import re
from collections.abc import Mapping
from functools import lru_cache
from typing import Literal

from specter_tui.abicart.catalog_models import PaymentMethod, folded
from specter_tui.config.settings import OrderSettings

Kind = Literal["gift_card", "cod"]

_WORD = re.compile(r"[A-Z]+(?![a-z])|[A-Z]?[^\W\d_A-Z]+|\d+")
_STEMS: dict[Kind, tuple[str, ...]] = {
    "gift_card": ("gift", "present", "voucher", "tillgodo"),
    "cod": ("efterkrav", "postforskott", "cod"),
}
_WITHIN: dict[Kind, tuple[str, ...]] = {
    "gift_card": ("giftcard", "giftcertificate", "presentkort", "tillgodokvitto"),
    "cod": ("efterkrav", "postforskott", "cashondelivery"),
}
"""Words that count also inside a longer word, as in Julpresentkort."""


def kind_of(method: PaymentMethod, settings: OrderSettings) -> Kind | None:
    """Return the kind that the settings give the method, by its type or uid."""
    if method.is_one_of(settings.gift_card_methods):
        return "gift_card"
    return "cod" if method.is_one_of(settings.cod_methods) else None


def looks_like(method: PaymentMethod, settings: OrderSettings) -> Kind | Literal["unreadable"] | None:
    """Return the kind that a method without a setting seems to have by its type or name, or "unreadable"."""
    if kind_of(method, settings) or str(method.uid) in settings.payment_types:
        return None
    if method.unreadable:
        return "unreadable"
    names = [method.name] if isinstance(method.name, str) else list(method.name.values())
    texts = [method.type, *names]
    return next((kind for kind in _STEMS if any(_says(text, kind) for text in texts)), None)


def pay_types(settings: OrderSettings) -> dict[str, str]:
    """Return ORDER__PAYMENT_TYPES by uid or type in lower case; empty where no method has a payment type."""
    types = {name.casefold(): code for name, code in settings.payment_types.items()}
    return types if any(types.values()) else {}


def pay_type_of(uid: int | None, method: PaymentMethod | None, types: Mapping[str, str]) -> str | None:
    """Return Specter's payment type: empty for an ordinary payment, None where `pay_types` does not name it."""
    by_type = types.get(method.type.casefold()) if method and method.type else None
    return by_type if uid is None else types.get(str(uid), by_type)


@lru_cache(maxsize=256)
def _says(text: str, kind: Kind) -> bool:
    words = [folded(word) for word in _WORD.findall(text)]
    whole = folded(text)
    return any(word.startswith(_STEMS[kind]) for word in (*words, whole)) or any(
        part in whole for part in _WITHIN[kind]
    )
