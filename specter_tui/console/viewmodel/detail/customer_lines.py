"""The customer as sent to Specter, as lines, with the shop's text where a text had to be changed."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

from specter_tui.console import words
from specter_tui.console.viewmodel.styled_text import Line, span
from specter_tui.text.latin1 import to_latin1

if TYPE_CHECKING:
    from specter_tui.abicart.models import Address, Order
    from specter_tui.specter.order_forms import CustomerForm, FormAddress, OrderForm

_LABEL = 20


def customer_lines(order: "Order | None", form: "CustomerForm", *, hidden: bool) -> Iterator[Line]:
    """Yield each non-empty field, with the shop's text where characters were replaced."""
    customer = order.customer if order else None
    for label, sent, shop in (
        (words.FIELD_KIND, words.KIND_COMPANY if form.is_company else words.KIND_PERSON, ""),
        (words.FIELD_COMPANY, form.name, customer.address.company if customer else ""),
        (words.FIELD_PERSON, form.full_name, _person(customer.address) if customer else ""),
        (words.FIELD_ORG_NO, form.org_no, ""),
        (words.FIELD_VAT_NO, form.vat_no, ""),
        (words.FIELD_EMAIL, form.email, ""),
        (words.FIELD_PHONE, form.phone, ""),
        (words.FIELD_MOBILE, form.mobile, ""),
        (words.FIELD_INVOICE, _sent(form.invoice), _address(customer.address) if customer else ""),
        (words.FIELD_DELIVERY, _sent(form.delivery), _address(customer.delivery_address) if customer else ""),
    ):
        if sent:
            personal = hidden and label != words.FIELD_KIND
            yield span(f"{label:<{_LABEL}}", "muted"), span(words.HIDDEN_NAME if personal else sent)
            if shop and to_latin1(shop) != shop:
                told = words.IN_THE_SHOP.format(text=words.HIDDEN_NAME if personal else shop)
                yield span(f"{'△ ':>{_LABEL}}", "warn"), span(told, "warn")


def order_lines(form: "OrderForm", *, hidden: bool) -> Iterator[Line]:
    """Yield the fields of the order call other than its rows."""
    mails = [
        text
        for wanted, text in ((form.send_mail, words.MAIL_CUSTOMER), (form.send_mail_to_user, words.MAIL_ADMIN))
        if wanted
    ]
    for label, value in (
        (words.FIELD_EXTERNAL_NO, form.external_order_no),
        (words.FIELD_CURRENCY, form.currency),
        (words.FIELD_LANGUAGE, form.language),
        (words.FIELD_DELIVERY_METHOD, form.delivery_method),
        (words.FIELD_PAY_TYPE, " ".join(filter(None, (form.pay_type, form.pay_type_reference)))),
        (words.FIELD_STOCK_SITE, "" if form.stock_site_id is None else str(form.stock_site_id)),
        (words.FIELD_MAILS, ", ".join(mails) or words.MAIL_NONE),
        (words.FIELD_COMMENT, words.HIDDEN_NAME if hidden and form.internal_comment else form.internal_comment),
    ):
        for index, part in enumerate(value.split("\n") if value else ()):
            yield span(f"{'' if index else label:<{_LABEL}}", "muted"), span(part)


def _person(address: "Address") -> str:
    return f"{address.first_name} {address.last_name}".strip() or address.name


def _sent(form: "FormAddress") -> str:
    parts = (form.company, form.attention, form.row_1, form.row_2, f"{form.postcode} {form.city}", form.country)
    return ", ".join(part for part in map(str.strip, parts) if part)


def _address(address: "Address | None") -> str:
    if address is None or address.copy_address:
        return ""
    parts = (
        address.company or _person(address),
        address.address,
        address.address2,
        f"{address.postcode} {address.town}",
        address.country,
    )
    return ", ".join(part for part in map(str.strip, parts) if part)
