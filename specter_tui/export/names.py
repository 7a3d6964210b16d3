"""The names of the buyer: a person's first and last, and a company's, where a shop may keep them (wires: A-company)."""

from collections.abc import Iterator

from specter_tui.abicart.documents import Customer, folded
from specter_tui.export.findings import Findings

ADDRESS = "customer/address"
_COMPANIES = frozenset({"business", "company", "foretag", "organisation", "organization"})


def is_company(customer: Customer) -> bool:
    """Whether the buyer is a company; where the shop does not say, one that has a company's name."""
    kind = folded(customer.info.type)
    return kind in _COMPANIES or (not kind and bool(company_name(customer, whole=False)[1]))


def company_name(customer: Customer, *, whole: bool) -> tuple[str, str]:
    """The place and text of the company's name; with `whole` also where a person's name could be."""
    person = f"{customer.address.first_name} {customer.address.last_name}".strip().casefold()
    for place, text in _company_names(customer, whole=whole):
        if text and text.casefold() != person:
            return place, text
    return f"{ADDRESS}/company", ""


def person_name(customer: Customer, findings: Findings) -> tuple[str, str]:
    """First and last name as they are sent. Of a whole name in one field the last word is the last name."""
    address = customer.address
    first = sendable_name(f"{ADDRESS}/firstName", address.first_name, findings)
    last = sendable_name(f"{ADDRESS}/lastName", address.last_name, findings)
    if first and last and not (first.casefold() == last.casefold() and " " in first):
        return first, last
    place, whole = f"{ADDRESS}/{'firstName' if first else 'lastName'}", first or last
    if not whole:
        place, name = next(((place, text) for place, text in _whole_names(customer) if text), (place, ""))
        whole = sendable_name(place, name, findings)
    if " " not in whole:
        return (first, last) if first or last else (whole, "")
    first, last = whole.rsplit(" ", maxsplit=1)
    findings.warn("name_divided", place, first=first, last=last)
    return first, last


def sendable_name(place: str, text: str, findings: Findings) -> str:
    """The name in characters that can be sent; empty where only signs are left of it."""
    sent = findings.sendable(place, text)
    return sent if sent == text or any(sign.isalnum() for sign in sent) else ""


def _company_names(customer: Customer, *, whole: bool) -> Iterator[tuple[str, str]]:
    yield f"{ADDRESS}/company", customer.address.company
    yield f"{ADDRESS}/companyName", customer.address.company_name
    yield "customer/info/company", customer.info.company
    yield "customer/info/companyName", customer.info.company_name
    yield "customer/company", customer.company
    yield "customer/companyName", customer.company_name
    if whole:
        yield "customer/name", customer.name
        yield f"{ADDRESS}/name", customer.address.name
        if customer.delivery_address is not None:
            yield "customer/deliveryAddress/company", customer.delivery_address.company


def _whole_names(customer: Customer) -> Iterator[tuple[str, str]]:
    yield f"{ADDRESS}/name", customer.address.name
    yield "customer/name", customer.name
    delivery = customer.delivery_address
    if delivery is not None and delivery.copy_address:
        yield "customer/deliveryAddress/name", delivery.name
