"""Turn lines into rows whose total is the expected one to the öre, or report the gap."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from specter_tui.config.settings import SpecterSettings
from specter_tui.planning.money import ZERO
from specter_tui.planning.orders.findings import amount_text
from specter_tui.planning.orders.order_lines import OrderLine
from specter_tui.planning.orders.service_rows import ServiceRowBuilder
from specter_tui.planning.orders.totals import Rounding, Totals, decimals_can_explain, model
from specter_tui.specter.order_forms import OrderRow


@dataclass(frozen=True, slots=True)
class BalancedRows:
    """Rows, with the totals that Specter calculates from them."""

    rows: tuple[OrderRow, ...]
    totals: Totals


def balance(
    lines: Sequence[OrderLine], expected: Decimal, krona: Decimal, specter: SpecterSettings, articles: ServiceRowBuilder
) -> BalancedRows:
    """Return rows whose modelled total is `expected`, with a rounding row last where one is needed and allowed.

    `krona` is the part of `expected` that comes from rounding to whole kronor; only the rounding row can carry it. No
    gap is reported where other problems already make the total wrong.
    """
    rounding, most = specter.rounding, specter.price_decimals
    balanced = _balanced(tuple(line.row(most=most) for line in lines), rounding)
    if articles.findings.has("sums", "rate", "quantity", "payments"):
        return balanced
    if balanced.totals.total != expected - krona:
        # Many rows, each within a twentieth of an öre, can add up to an öre; more decimals remove that.
        closer = _balanced(tuple(line.row(most, ZERO, most) for line in lines), rounding)
        if closer.totals.total == expected - krona:
            balanced = closer
    if balanced.totals.total == expected:
        return balanced
    return _with_rounding_row(balanced, expected, krona, rounding, articles)


def _balanced(rows: tuple[OrderRow, ...], rounding: Rounding) -> BalancedRows:
    return BalancedRows(rows, model(rows, rounding))


def _with_rounding_row(
    balanced: BalancedRows, expected: Decimal, krona: Decimal, rounding: Rounding, articles: ServiceRowBuilder
) -> BalancedRows:
    """Add a row without VAT for the gap, if decimals explain the gap and the total is then exact; else report it."""
    gap = expected - balanced.totals.total
    case = "too_large" if abs(gap - krona) > decimals_can_explain(balanced.rows) else "no_article"
    if case == "no_article" and articles.settings.article_rounding is not None:
        rounded = _balanced((*balanced.rows, articles.line("rounding", gap).row()), rounding)
        if rounded.totals.total == expected:
            return rounded
        case = "fraction"
    articles.findings.block(
        "rounding",
        "ORDER__ARTICLE_ROUNDING" if case == "no_article" else "costs/total/incVat",
        case=case,
        gap=amount_text(gap),
        total=amount_text(expected),
        parts=amount_text(balanced.totals.total),
    )
    return balanced
