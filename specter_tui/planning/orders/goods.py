"""The goods of an order. Each row is checked, since the shop's document may contradict itself."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from specter_tui.abicart.catalog_models import Article, folded, in_language
from specter_tui.abicart.models import Cost, Discount, Order, OrderItem
from specter_tui.planning.article_numbers import is_good_number, number_of
from specter_tui.planning.money import ORE, ZERO, percent_of, to_ore, vat_in
from specter_tui.planning.orders.choices import chosen_text
from specter_tui.planning.orders.findings import Findings, amount_text, percent_text
from specter_tui.planning.orders.order_lines import ONE, OrderLine
from specter_tui.planning.orders.shop_facts import ShopFacts
from specter_tui.planning.orders.text_fitting import Fitting

_HALF_ORE = Decimal("0.005")
_QUOTIENT_NOISE = Decimal("1e-8")
_ROUNDER = (Decimal(1), Decimal("0.1"))


@dataclass(frozen=True, slots=True)
class GoodsRow:
    """A row of goods as far as it could be read; each None was reported."""

    item: OrderItem
    number: str
    text: str
    quantity: Decimal | None
    vat_percent: Decimal | None

    @property
    def gross(self) -> Decimal:
        """The row's total incl. VAT, before its discount."""
        return self.item.costs.total.inc_vat

    def line(self, discount_percent: Decimal | None) -> OrderLine | None:
        """Return the row's line, or None where quantity or VAT could not be read."""
        if self.quantity is None or self.vat_percent is None:
            return None
        vat = vat_of(self.item.costs.total)
        if discount_percent is not None and vat is not None and self.item.discount_info is not None:
            taken = vat_of(self.item.discount_info)
            vat = None if taken is None else vat - taken
        return OrderLine(
            "goods", self.number, self.text, self.gross, self.vat_percent, self.quantity, discount_percent, vat
        )


def read_goods(order: Order, shop: ShopFacts, fitting: Fitting) -> tuple[GoodsRow, ...]:
    """Read and check every row of the order."""
    return tuple(
        _read(item, f"items/{place}", shop.articles.get(item.article or 0), order.language, fitting)
        for place, item in enumerate(order.items, start=1)
    )


def goods_total(goods: Sequence[GoodsRow]) -> Decimal:
    """Sum the rows incl. VAT, before discounts."""
    return sum((row.gross for row in goods), ZERO)


def vat_of(cost: Cost | Discount) -> Decimal | None:
    """Return the VAT that the shop states for an amount, or None."""
    if cost.vat is not None or cost.ex_vat is None:
        return cost.vat
    return cost.inc_vat - cost.ex_vat


def stated_percent(cost: Cost | Discount) -> Decimal | None:
    """Return the VAT per cent that the shop states; None where it is not exact or was calculated from rounded amounts.

    A rate with decimals that is exactly the quotient of its amounts, while a rounder rate gives the same VAT, was
    calculated: 3.13 on 12.50 is 25 % and not 25.04 %.
    """
    percent, vat = percent_of(cost.vat_rate), vat_of(cost)
    if percent is None or percent == percent.to_integral_value() or vat is None or cost.vat_rate is None:
        return percent
    net = cost.inc_vat - vat
    if not net or abs(vat / net - cost.vat_rate) > _QUOTIENT_NOISE:
        return percent
    for step in _ROUNDER:
        rounder = percent.quantize(step)
        if rounder != percent and vat in (to_ore(net * rounder / 100), to_ore(vat_in(cost.inc_vat, rounder))):
            return None
    return percent


def vat_agrees(cost: Cost | Discount, percent: Decimal, within: Decimal = ORE) -> bool:
    """Return whether an amount's own VAT matches its rate, within what rounding explains (wires: A-costs)."""
    vat = vat_of(cost)
    return vat is None or abs(vat - vat_in(cost.inc_vat, percent)) <= within


def check_vat(cost: Cost | Discount, percent: Decimal, place: str, findings: Findings, within: Decimal = ORE) -> None:
    """Report an amount whose own VAT does not match its rate: either of the two may be wrong."""
    if not vat_agrees(cost, percent, within):
        vat = amount_text(vat_of(cost) or ZERO)
        findings.block("sums", f"{place}/vat", case="vat", amount=amount_text(cost.inc_vat), vat=vat, rate=str(percent))


def _read(item: OrderItem, place: str, article: Article | None, language: str, fitting: Fitting) -> GoodsRow:
    findings = fitting.findings
    named = item.article_name or (in_language(article.name, language) if article else "")
    name = named or item.article_number or f"uid {item.article or item.uid}"
    if article is not None and article.is_package:
        findings.block("package", place, name=name)
    elif article is not None and folded(article.type) not in ("", "standard"):
        findings.warn("article_type", place, name=name, type=article.type)
    number = _number(item, place, article, name, findings)
    chosen = findings.sendable(f"{place}/choices", chosen_text(item, article, language, name, place, findings))
    text = findings.sendable(f"{place}/articleName", named) or number
    text = fitting.row(f"{place}/articleName", text, chosen, f"{place.rpartition('/')[2]}. {number}")
    quantity = _quantity(item, place, name, findings)
    percent = _percent(item)
    if percent is None:
        _block_rate(item.costs.total.vat_rate, f"{place}/costs/total/vatRate", name, findings)
    else:
        # The shop may round the VAT of a unit before it multiplies, and amounts with and without VAT each by itself.
        within = max(_HALF_ORE * (ONE if quantity is None else quantity) + _HALF_ORE, ORE)
        check_vat(item.costs.total, percent, f"{place}/costs/total", findings, within)
    return GoodsRow(item, number, text, quantity, percent)


def _number(item: OrderItem, place: str, article: Article | None, name: str, findings: Findings) -> str:
    number, replaced = number_of(item, article)
    if replaced:
        findings.warn(
            "number_replaced", f"{place}/articleNumber", name=name, old=item.article_number or "–", number=number
        )
    elif not is_good_number(number):
        case = "bad" if number else "missing"
        findings.block("article_number", f"{place}/articleNumber", case=case, name=name, number=number)
    return number


def _quantity(item: OrderItem, place: str, name: str, findings: Findings) -> Decimal | None:
    """Return the shop's quantity; report one that does not explain the row's total."""
    place = f"{place}/choices/quantity"
    try:
        quantity = item.quantity
    except ValueError:
        findings.block("quantity", place, case="unreadable", name=name)
        return None
    if quantity <= 0:
        findings.block("quantity", place, case="none", name=name, quantity=str(quantity))
        return None
    unit, total = item.costs.unit.inc_vat, item.costs.total.inc_vat
    if abs(unit * quantity - total) > _HALF_ORE * quantity + _HALF_ORE:
        findings.block(
            "quantity",
            place,
            case="differs",
            name=name,
            quantity=str(quantity),
            unit=amount_text(unit),
            total=amount_text(total),
        )
    return quantity


def _block_rate(rate: Decimal | None, place: str, name: str, findings: Findings) -> None:
    case = "row_missing" if rate is None else "row" if percent_of(rate) is None else "row_divided"
    findings.block("rate", place, case=case, name=name, rate=percent_text(rate))


def _percent(item: OrderItem) -> Decimal | None:
    """Return the row's VAT per cent, or the unit's where the row's was calculated from rounded amounts."""
    percent = stated_percent(item.costs.total)
    return stated_percent(item.costs.unit) if percent is None else percent
