"""The customer form, and the order form with its rows. Texts are in ISO-8859-1 characters already."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

RowKind = Literal["goods", "discount", "delivery", "payment_fee", "cod", "gift_card", "rounding"]


def decimal_text(number: Decimal) -> str:
    """Format a number for Specter: decimal point, no exponent, no trailing zeros (wires: S-numbers)."""
    text = format(number, "f")
    return (text.rstrip("0").rstrip(".") or "0") if "." in text else text


@dataclass(frozen=True, slots=True, kw_only=True)
class FormAddress:
    """The invoice or delivery address of the customer form."""

    company: str = ""
    attention: str = ""
    row_1: str = ""
    row_2: str = ""
    postcode: str = ""
    city: str = ""
    country: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class CustomerForm:
    """The customer call. A company has `name`; a person has `first_name` and `last_name` (wires: S-customer)."""

    is_company: bool
    name: str = ""
    first_name: str = ""
    last_name: str = ""
    org_no: str = ""
    vat_no: str = ""
    email: str = ""
    phone: str = ""
    mobile: str = ""
    currency: str = ""
    language: str = ""
    invoice: FormAddress
    delivery: FormAddress
    ignore_email: bool = False
    ignore_org_no: bool = False
    customer_group_id: int | None = None

    @property
    def full_name(self) -> str:
        """First and last name with one space between."""
        return " ".join(part for part in (self.first_name, self.last_name) if part)

    @property
    def key_value(self) -> str:
        """The value that is signed: exactly the name that is sent (wires: S-key)."""
        return self.name if self.is_company else self.full_name

    def query(self) -> dict[str, str]:
        """Return the parameters of the call's address."""
        return {"forceCustomerUpdate": "1"}

    def fields(self) -> dict[str, str]:
        """Return the form's fields without the empty ones; address fields are always sent, to overwrite old ones."""
        person = self.full_name
        optional = {
            "name": self.name if self.is_company else "",
            "firstName": self.first_name,
            "surName": self.last_name,
            "contactPerson": person,
            "attention": self.invoice.attention,
            "orgNo": self.org_no,
            "vatNo": self.vat_no,
            "emailAddress": self.email,
            "phoneNo": self.phone,
            "mobileNo": self.mobile,
            "currency": self.currency,
            "language": self.language,
            "customerGroupId": "" if self.customer_group_id is None else str(self.customer_group_id),
            "ignoreControlEmail": "1" if self.ignore_email else "",
            "ignoreControlOrgNo": "1" if self.ignore_org_no else "",
        }
        return {
            "customerOrganizationalForm": "C" if self.is_company else "P",
            **{name: value for name, value in optional.items() if value},
            "invoiceCompanyName": self.invoice.company,
            "address": self.invoice.row_1,
            "addressRow2": self.invoice.row_2,
            "zipCodeEng": self.invoice.postcode,
            "city": self.invoice.city,
            "countryCode": self.invoice.country,
            "deliveryCompanyName": self.delivery.company,
            "deliveryAttention": self.delivery.attention,
            "deliveryAddress": self.delivery.row_1,
            "deliveryAddressRow2": self.delivery.row_2,
            "deliveryZipCodeEng": self.delivery.postcode,
            "deliveryCity": self.delivery.city,
            "deliveryCountryCode": self.delivery.country,
        }

    def digest(self, salt: str) -> str:
        """Return SHA-256 over everything sent but the key, salted with the journal's id."""
        return _digest(salt, {**self.query(), **self.fields()})


@dataclass(frozen=True, slots=True, kw_only=True)
class OrderRow:
    """One row: unit price in the order's currency excl. VAT, before the row's discount (wires: S-rows)."""

    kind: RowKind
    article_number: str
    text: str
    unit_price: Decimal
    quantity: Decimal
    vat_percent: Decimal
    discount_percent: Decimal | None = None

    def fields(self, position: int) -> dict[str, str]:
        """Return the row's fields; rows are numbered from 1 without gaps."""
        fields = {
            f"articleNo_{position}": self.article_number,
            f"articleName_{position}": self.text,
            f"priceExclVAT_{position}": decimal_text(self.unit_price),
            f"noOfItems_{position}": decimal_text(self.quantity),
            f"vatPercent_{position}": decimal_text(self.vat_percent),
        }
        if self.discount_percent is not None:
            fields[f"discount_{position}"] = decimal_text(self.discount_percent)
        return fields


@dataclass(frozen=True, slots=True, kw_only=True)
class OrderForm:
    """The order call without the customer number (wires: S-order)."""

    external_order_no: str
    currency: str
    language: str
    rows: tuple[OrderRow, ...]
    delivery_method: str = ""
    pay_type: str = ""
    pay_type_reference: str = ""
    internal_comment: str = ""
    send_mail: bool = False
    send_mail_to_user: bool = False
    stock_site_id: int | None = None
    webshop_id: int | None = None

    def query(self) -> dict[str, str]:
        """Return the parameters of the call's address."""
        return {} if self.webshop_id is None else {"webshopId": str(self.webshop_id)}

    def fields(self) -> dict[str, str]:
        """Return the form's fields without `customerId`. Specter's duplicate check is never switched off."""
        optional = {
            "stocksiteid": "" if self.stock_site_id is None else str(self.stock_site_id),
            "payTypeIdentifier": self.pay_type,
            "payTypeReference": self.pay_type_reference,
            "internalComment": self.internal_comment,
            "externalDeliveryMethod": self.delivery_method,
        }
        fields = {
            "externalOrderNo": self.external_order_no,
            "currency": self.currency,
            "language": self.language,
            "sendOrderMail": "1" if self.send_mail else "0",
            "sendOrderMailToUser": "1" if self.send_mail_to_user else "0",
            **{name: value for name, value in optional.items() if value},
        }
        for position, row in enumerate(self.rows, start=1):
            fields |= row.fields(position)
        return fields

    def digest(self, salt: str) -> str:
        """Return SHA-256 over everything sent but customer number and key, salted with the journal's id."""
        return _digest(salt, {**self.query(), **self.fields()})


def _digest(salt: str, sent: Mapping[str, str]) -> str:
    lines = (f"{name}={value}" for name, value in sorted(sent.items()))
    return hashlib.sha256("\0".join((salt, *lines)).encode()).hexdigest()
