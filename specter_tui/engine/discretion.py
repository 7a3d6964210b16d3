"""Keeping persons out of the journal: what Specter says of an order may quote its customer."""

import re

from specter_tui.specter.forms import CustomerForm

_SHORTEST = 3
_NOT_A_PERSON = frozenset(
    {"customerOrganizationalForm", "currency", "language", "countryCode", "deliveryCountryCode", "customerGroupId"}
)
_EMAIL = re.compile(r"[^\s@;,]+@[^\s@;,]+\.[^\s@;,]+")


def without_person(text: str, customer: CustomerForm) -> str:
    """The text with the customer's names, addresses and numbers, and any e-mail address, struck out."""
    values = {value for name, value in customer.fields().items() if name not in _NOT_A_PERSON}
    for value in sorted((value for value in values if len(value) >= _SHORTEST), key=len, reverse=True):
        text = re.sub(rf"\b{re.escape(value)}\b", "***", text, flags=re.IGNORECASE)
    return _EMAIL.sub("***", text)
