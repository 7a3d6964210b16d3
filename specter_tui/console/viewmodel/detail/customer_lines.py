"""The customer as sent to Specter, as lines, with the shop's text where a text had to be changed."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

from specter_tui.console.viewmodel.styled_text import Line, span
from specter_tui.i18n import pgettext, t
from specter_tui.text.latin1 import to_latin1

if TYPE_CHECKING:
    from specter_tui.abicart.models import Address, Order
    from specter_tui.specter.order_forms import CustomerForm, FormAddress, OrderForm

_LABEL = 20


def customer_lines(order: "Order | None", form: "CustomerForm", *, hidden: bool) -> Iterator[Line]:
    """Yield each non-empty field, with the shop's text where characters were replaced."""
    customer = order.customer if order else None
    for label, sent, shop in (
        (t("Kind"), t("company") if form.is_company else t("person"), ""),
        (t("Company"), form.name, customer.address.company if customer else ""),
        (t("Person"), form.full_name, _person(customer.address) if customer else ""),
        (t("Organisation number"), form.org_no, ""),
        (t("VAT number"), form.vat_no, ""),
        (t("E-mail"), form.email, ""),
        (t("Phone"), form.phone, ""),
        (t("Mobile"), form.mobile, ""),
        (t("Invoice to"), _sent(form.invoice), _address(customer.address) if customer else ""),
        (t("Delivery to"), _sent(form.delivery), _address(customer.delivery_address) if customer else ""),
    ):
        if sent:
            personal = hidden and label != t("Kind")
            yield span(f"{label:<{_LABEL}}", "muted"), span(t("•••••") if personal else sent)
            if shop and to_latin1(shop) != shop:
                told = t("in the shop: {text}").format(text=t("•••••") if personal else shop)
                yield span(f"{'△ ':>{_LABEL}}", "warn"), span(told, "warn")


def order_lines(form: "OrderForm", *, hidden: bool) -> Iterator[Line]:
    """Yield the fields of the order call other than its rows."""
    mails = [
        text
        for wanted, text in (
            (form.send_mail, t("to the customer")),
            (form.send_mail_to_user, t("to the administrator")),
        )
        if wanted
    ]
    for label, value in (
        (t("External number"), form.external_order_no),
        (t("Currency"), form.currency),
        (t("Language"), form.language),
        (t("Delivery method"), form.delivery_method),
        (t("Payment type"), " ".join(filter(None, (form.pay_type, form.pay_type_reference)))),
        (t("Stock site"), "" if form.stock_site_id is None else str(form.stock_site_id)),
        (t("Mails from Specter"), ", ".join(mails) or pgettext("mail none", "none")),
        (t("Internal comment"), t("•••••") if hidden and form.internal_comment else form.internal_comment),
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
