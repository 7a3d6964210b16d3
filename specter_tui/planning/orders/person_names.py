"""The buyer's names: first and last, and the company's, from every field that may hold them (wires: A-company)."""

from collections.abc import Iterator

from specter_tui.abicart.catalog_models import folded
from specter_tui.abicart.models import Customer
from specter_tui.planning.orders.findings import Findings
from specter_tui.text.latin1 import to_latin1

ADDRESS = "customer/address"
_COMPANIES = frozenset({"business", "company", "foretag", "organisation", "organization"})


def is_company(customer: Customer) -> bool:
    """Return whether the buyer is a company; where the shop does not say, a buyer with a company name is one."""
    kind = folded(customer.info.type)
    return kind in _COMPANIES or (not kind and is_name(company_name(customer, whole=False)[1]))


def is_name(text: str) -> bool:
    """Return whether the text in ISO-8859-1 has a letter or a digit. Punctuation alone is no name."""
    return any(sign.isalpha() or sign.isdecimal() for sign in to_latin1(text))


def company_name(customer: Customer, *, whole: bool) -> tuple[str, str]:
    """Return the place and text of the company's name; with `whole` also from fields that may hold a person's name."""
    person = f"{customer.address.first_name} {customer.address.last_name}".strip().casefold()
    found = [
        (place, text) for place, text in _company_names(customer, whole=whole) if text.casefold() not in ("", person)
    ]
    return next((one for one in found if is_name(one[1])), found[0] if found else (f"{ADDRESS}/company", ""))


def person_name(customer: Customer, findings: Findings) -> tuple[str, str]:
    """Return first and last name as sent; a full name in one field is divided, with a warning."""
    address = customer.address
    first = sendable_name(f"{ADDRESS}/firstName", address.first_name, findings)
    last = sendable_name(f"{ADDRESS}/lastName", address.last_name, findings)
    if first and last and (first.casefold() != last.casefold() or not _divided(first)):
        return first, last
    place, whole = f"{ADDRESS}/{'firstName' if first else 'lastName'}", first or last
    if not whole:
        place, name = next(((place, text) for place, text in _whole_names(customer) if is_name(text)), (place, ""))
        whole = sendable_name(place, name, findings)
    names = _divided(whole)
    if names is None:
        return (first, last) if first or last else (whole, "")
    findings.warn("name_divided", place, first=names[0], last=names[1])
    return names


def sendable_name(place: str, text: str, findings: Findings) -> str:
    """Return the name in ISO-8859-1 characters; empty where no letter or digit is left."""
    sent = findings.sendable(place, text)
    return sent if is_name(sent) else ""


def _divided(whole: str) -> tuple[str, str] | None:
    """Divide a full name at its one comma ("Lind, Anna"), else before the last word; None for a single word."""
    whole = whole.strip(" ,;")
    before, _, after = whole.partition(",")
    if "," not in after and is_name(before) and is_name(after):
        return " ".join(_words(after)), " ".join(_words(before))
    words = _words(whole)
    return (" ".join(_words(" ".join(words[:-1]))), words[-1]) if len(words) > 1 else None


def _words(text: str) -> list[str]:
    """Return the words without leading and trailing ones that are punctuation alone."""
    words = text.split()
    named = [place for place, word in enumerate(words) if is_name(word)]
    return words[named[0] : named[-1] + 1] if named else []


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
