"""The customer form: a company or a person, with the invoice and the delivery address (wires: S-customer)."""

import re
from dataclasses import replace

from specter_tui.abicart.catalog_models import folded
from specter_tui.abicart.models import Address, Order
from specter_tui.config.settings import Settings
from specter_tui.planning.orders.countries import country_code
from specter_tui.planning.orders.findings import Findings
from specter_tui.planning.orders.order_languages import customer_language
from specter_tui.planning.orders.org_numbers import org_number, vat_number
from specter_tui.planning.orders.person_names import ADDRESS, company_name, is_company, person_name, sendable_name
from specter_tui.specter.order_forms import CustomerForm, FormAddress
from specter_tui.text.latin1 import to_latin1
from specter_tui.text.sanitize import joined

LONGEST_EMAIL = 100

_EMAIL = re.compile(r"[^@\s]+@[^@\s.]+(\.[^@\s.]+)+")
_DELIVERY = "customer/deliveryAddress"


def build_customer(order: Order, currency: str, settings: Settings, findings: Findings) -> CustomerForm:
    """Build the customer from the order's own copy of it; report what is missing or invalid."""
    info, address, sendable = order.customer.info, order.customer.address, findings.sendable
    company = is_company(order.customer)
    place, name = company_name(order.customer, whole=company)
    name = sendable_name(place, name, findings)
    if company:
        first_name, last_name = (
            sendable_name(f"{ADDRESS}/firstName", address.first_name, findings),
            sendable_name(f"{ADDRESS}/lastName", address.last_name, findings),
        )
    else:
        first_name, last_name = person_name(order.customer, findings)
    _check_name(company, name, first_name, last_name, findings)
    company_row = settings.customer.company_in_address_row_1
    person = joined(" ", (first_name, last_name))
    attention = person if company else "" if company_row else name
    row = name if company_row else ""
    invoice = _address(address, ADDRESS, name if company else "", attention, row, findings)
    if not company and name:
        # Specter knows a sole trader as a person, and the form has no field of its own for the trade's name.
        findings.warn("sole_trader", place, name=name, case="row" if company_row else "attention")
    year = order.ordered.year if order.ordered else 0
    return CustomerForm(
        is_company=company,
        name=name if company else "",
        first_name=first_name,
        last_name=last_name,
        org_no=sendable("customer/info/nin", org_number(info.nin, invoice.country, year)),
        vat_no=sendable("customer/info/vatNumber", vat_number(info.vat_number or address.vat_number)),
        email=_email(info.email, findings),
        phone=sendable(f"{ADDRESS}/phone", address.phone),
        mobile=sendable(f"{ADDRESS}/phoneMobile", address.phone_mobile),
        currency=currency,
        language=customer_language(order.language),
        invoice=invoice,
        delivery=_delivery(order, invoice, person, company_row, findings),
        ignore_email=settings.customer.ignore_email,
        ignore_org_no=settings.customer.ignore_org_no,
        customer_group_id=settings.specter.customer_group_id,
    )


def _check_name(is_company: bool, company: str, first_name: str, last_name: str, findings: Findings) -> None:
    """Report missing names.

    Specter's signature covers the name, and Specter refuses a customer without one (wires: S-key).
    """
    if is_company and not company:
        findings.block("name", f"{ADDRESS}/company", case="company")
    if not is_company and not first_name:
        findings.block("name", f"{ADDRESS}/firstName", case="first")
    if not is_company and not last_name:
        findings.block("name", f"{ADDRESS}/lastName", case="last")


def _email(email: str, findings: Findings) -> str:
    """Return the e-mail address; report a missing or invalid one.

    Characters outside ISO-8859-1 are invalid: with others in their place, the address would be somebody else's.
    """
    sent = to_latin1(email)
    if not email:
        findings.block("email", "customer/info/email", case="missing")
    elif len(email) > LONGEST_EMAIL or not _EMAIL.fullmatch(email) or sent != email:
        findings.block("email", "customer/info/email", case="bad", email=email)
    return sent


def _delivery(order: Order, invoice: FormAddress, person: str, company_row: bool, findings: Findings) -> FormAddress:
    """Return the delivery address.

    Without an address of its own it is the invoice address, sent again: every order updates the customer, and an old
    delivery address must not outlive the order that it was for.
    """
    address = order.customer.delivery_address
    if address is None or address.copy_address or not (address.address or address.postcode or address.town):
        if address is not None and _differs(address, order.customer.address):
            findings.warn("delivery_copied", _DELIVERY)
        return replace(invoice, company=invoice.company or person)
    receiver = address.name or joined(" ", (address.first_name, address.last_name))
    receiver = sendable_name(f"{_DELIVERY}/name", receiver, findings) or person
    own_company = sendable_name(f"{_DELIVERY}/company", address.company or address.company_name, findings)
    name, attention = (own_company, receiver) if own_company else (receiver, "")
    return _address(address, _DELIVERY, name, attention, own_company if company_row else "", findings)


def _differs(delivery: Address, invoice: Address) -> bool:
    """Return whether a delivery address marked as a copy has another street, postcode or town."""
    pairs = ((delivery.address, invoice.address), (delivery.postcode, invoice.postcode), (delivery.town, invoice.town))
    return any(folded(own) not in ("", folded(copied)) for own, copied in pairs)


def _address(
    address: Address, place: str, name: str, attention: str, first_row: str, findings: Findings
) -> FormAddress:
    """Build an address to `name`; a `first_row` (the company) moves the street to row 2."""
    street = findings.sendable(f"{place}/address", address.address)
    more = findings.sendable(f"{place}/address2", address.address2)
    return FormAddress(
        company=name,
        attention=attention,
        row_1=first_row or street,
        row_2=joined(", ", (street, more)) if first_row else more,
        postcode=findings.sendable(f"{place}/postcode", address.postcode),
        city=findings.sendable(f"{place}/town", address.town),
        country=_country(address.country, f"{place}/country", findings),
    )


def _country(written: str, place: str, findings: Findings) -> str:
    """Return the country's code.

    An address without one is held, because Specter's VAT depends on it (wires: S-country).
    """
    code = country_code(written)
    if not code:
        findings.block("country", place, case="bad" if written else "missing", country=written)
    return code
