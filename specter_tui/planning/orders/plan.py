"""The plan of an order: the forms to send, their totals, and the problems that keep it from being sent."""

from dataclasses import dataclass, replace
from decimal import Decimal, localcontext

from specter_tui.abicart.models import Order, UnreadableOrder
from specter_tui.config.settings import Settings
from specter_tui.planning.money import CONTEXT
from specter_tui.planning.orders.balance import BalancedRows, balance
from specter_tui.planning.orders.customer import build_customer
from specter_tui.planning.orders.discounts import read_discounts
from specter_tui.planning.orders.findings import Findings
from specter_tui.planning.orders.goods import goods_total, read_goods
from specter_tui.planning.orders.order_languages import order_language
from specter_tui.planning.orders.order_lines import OrderLine, gross_by_rate, vat_by_rate
from specter_tui.planning.orders.payments import Payments, is_waiting, read_payments
from specter_tui.planning.orders.preflight import (
    check_currency,
    check_lengths,
    check_shared_numbers,
    check_sums,
    warn_of_state,
    warn_of_vat,
)
from specter_tui.planning.orders.service_rows import ServiceRowBuilder, cost_lines, gift_card_lines
from specter_tui.planning.orders.shop_facts import ShopFacts
from specter_tui.planning.orders.text_fitting import Fitting
from specter_tui.planning.orders.totals import RateTotal, shop_totals
from specter_tui.planning.problems import Problem
from specter_tui.specter.order_forms import CustomerForm, OrderForm
from specter_tui.text.sanitize import joined

__all__ = ["Plan", "RateTotal", "ShopFacts", "plan_order"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """One order as it would be sent to Specter. Totals are in `currency`, incl. VAT."""

    uid: int
    number: str
    external_no: str
    customer: CustomerForm | None = None
    form: OrderForm | None = None
    """The form as far as it can be built, also where there are problems."""
    currency: str = ""
    expected: Decimal | None = None
    """The total that Specter must calculate: the shop's total less the gift cards spent."""
    modelled: Decimal | None = None
    """The total that Specter calculates from this form, by SPECTER__ROUNDING."""
    rates: tuple[RateTotal, ...] = ()
    shop_rates: tuple[RateTotal, ...] = ()
    """The totals by rate with the shop's own VAT, before amounts became net prices; gift cards have no VAT."""
    problems: tuple[Problem, ...] = ()
    warnings: tuple[Problem, ...] = ()
    waiting: bool = False
    """True if the payment is not yet at the level of ORDER__PAYMENT_STATUS."""

    @property
    def ready(self) -> bool:
        """True if the order may be sent."""
        return self.form is not None and not self.problems and not self.waiting


def plan_order(
    order: Order | UnreadableOrder, shop: ShopFacts, settings: Settings, external_no: str | None = None
) -> Plan:
    """Plan one order. `external_no` is the number fixed at the first claim; before that it is prefix + number."""
    number = settings.order.number_prefix + order.number if external_no is None else external_no
    if isinstance(order, UnreadableOrder):
        place = order.problem.partition(":")[0]
        problem = Problem("document", place, (("case", "unreadable"), ("reason", order.problem)))
        return Plan(uid=order.uid, number=order.number, external_no=number, problems=(problem,))
    with localcontext(CONTEXT):
        return _plan(order, shop, settings, number)


def _plan(order: Order, shop: ShopFacts, settings: Settings, external_no: str) -> Plan:
    findings = Findings()
    external_no = findings.sendable("orderNumber", external_no)
    currency = check_currency(order, shop, settings.order, findings)
    customer = build_customer(order, currency, settings, findings)
    payments = read_payments(order, shop, settings.order, findings)
    fitting = Fitting(settings.specter.text_length, findings)
    lines, balanced, krona = _rows(order, shop, settings, payments, fitting)
    shop_rates = shop_totals(gross_by_rate(lines), vat_by_rate(lines))
    form = _form(order, settings, external_no, currency, payments, balanced, fitting)
    if form is not None:
        check_lengths(customer, form, findings)
        check_shared_numbers(form, shop, findings)
    elif not findings.problems:
        findings.block("document", "items", case="no_rows")
    if not findings.problems:
        warn_of_vat(order, balanced.rows, balanced.totals.rates, shop_rates, krona, findings)
    warn_of_state(order, settings.order, findings)
    return Plan(
        uid=order.uid,
        number=order.number,
        external_no=external_no,
        customer=customer,
        form=form,
        currency=currency,
        expected=payments.expected,
        modelled=balanced.totals.total,
        rates=balanced.totals.rates,
        shop_rates=shop_rates,
        problems=tuple(findings.problems),
        warnings=tuple(findings.warnings),
        waiting=is_waiting(order, settings.order.payment_status),
    )


def _rows(
    order: Order, shop: ShopFacts, settings: Settings, payments: Payments, fitting: Fitting
) -> tuple[list[OrderLine], BalancedRows, Decimal]:
    """Return lines and rows in order: goods, discounts, delivery, payment fee, cash on delivery, gift cards, rounding.

    The last value is the amount of krona rounding in the shop's total.
    """
    findings = fitting.findings
    goods = read_goods(order, shop, fitting)
    discounts = read_discounts(order, goods, settings.order.discount_percent_per_row, findings)
    krona = check_sums(order, goods_total(goods), discounts.total, settings.order, findings)
    articles = ServiceRowBuilder(settings.order, order.language, findings)
    lines = [line for place, row in enumerate(goods) if (line := row.line(discounts.per_row.get(place))) is not None]
    lines += [replace(line, text=fitting.cut("discountInfo/name", line.text)) for line in discounts.lines(articles)]
    lines += cost_lines(order, shop, articles, payments.by_cod, gross_by_rate(lines))
    lines += gift_card_lines(payments.gift_cards, articles)
    return lines, balance(lines, payments.expected, krona, settings.specter, articles), krona


def _form(
    order: Order,
    settings: Settings,
    external_no: str,
    currency: str,
    payments: Payments,
    balanced: BalancedRows,
    fitting: Fitting,
) -> OrderForm | None:
    if not balanced.rows:
        return None
    delivery = order.delivery.method if order.delivery else None
    return OrderForm(
        external_order_no=external_no,
        currency=currency,
        language=order_language(order.language),
        rows=balanced.rows,
        delivery_method="" if delivery is None else str(delivery),
        pay_type=payments.pay_type,
        pay_type_reference=payments.pay_type_reference,
        internal_comment=_comment(order, settings.order.customer_fields, fitting),
        send_mail=settings.order.confirm_customer,
        send_mail_to_user=settings.order.confirm_admin,
        stock_site_id=settings.specter.stock_site_id,
        webshop_id=settings.specter.webshop_id,
    )


def _comment(order: Order, with_fields: bool, fitting: Fitting) -> str:
    """Return choices that did not fit in rows, the shop's note and the checkout's fields (wires: A-checkout-fields)."""
    findings = fitting.findings
    lines = [findings.sendable("note", order.note)]
    if with_fields:
        for label, value in order.customer.info.own_fields(order.language).items():
            lines.append(findings.sendable(f"customer/info/{label}", joined(": ", (label, value))))
    return fitting.comment("note", joined("\n", lines))
