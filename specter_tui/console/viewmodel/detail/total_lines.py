"""The totals of an order on both sides: net and VAT by rate, the total, and any difference."""

from collections.abc import Iterator, Sequence
from decimal import Decimal
from typing import Protocol

from specter_tui.console.viewmodel.formats import money, number
from specter_tui.console.viewmodel.styled_text import Line, span
from specter_tui.i18n import pgettext, t

_LABEL, _AMOUNT, _GAP = 11, 13, 3
_NOTHING = Decimal(0)


class Rate(Protocol):
    """Net and VAT of one rate."""

    @property
    def vat_percent(self) -> Decimal:
        """The rate in per cent."""

    @property
    def net(self) -> Decimal:
        """Excl. VAT."""

    @property
    def vat(self) -> Decimal:
        """The VAT."""


def totals_table(shop: Sequence[Rate], specter: Sequence[Rate], *, sent: bool) -> Iterator[Line]:
    """Yield net and VAT by rate for both sides, with any difference."""
    net, vat = t("net"), pgettext("total vat", "VAT")
    left_net, right_net = f"{t('Shop')} {net}", f"{t('Sent') if sent else t('Specter')} {net}"
    yield (span(t("Totals per VAT rate"), "title"),)
    yield (
        span(" " * _LABEL),
        span(f"{left_net:>{_AMOUNT}}{vat:>{_AMOUNT}}", "muted"),
        span(f"{right_net:>{_AMOUNT + _GAP}}{vat:>{_AMOUNT}}", "muted"),
    )
    for percent in sorted({rate.vat_percent for rate in (*shop, *specter)}, reverse=True):
        left, other = _of(percent, shop), _of(percent, specter)
        gap = sum(other, _NOTHING) - sum(left, _NOTHING) if shop and specter else _NOTHING
        yield (
            span(f"{t('VAT {rate} %').format(rate=number(percent)):<{_LABEL}}", "muted"),
            span(f"{number(left[0], 2):>{_AMOUNT}}{number(left[1], 2):>{_AMOUNT}}" if shop else " " * 2 * _AMOUNT),
            span(f"{number(other[0], 2):>{_AMOUNT + _GAP}}{number(other[1], 2):>{_AMOUNT}}" if specter else ""),
            *((span(f"  ≠ {number(gap, 2)}", "warn"),) if gap else ()),
        )


def rate_lines(rates: Sequence[Rate]) -> Iterator[Line]:
    """Yield net and VAT by rate for one side."""
    yield (span(t("Totals per VAT rate"), "title"),)
    for rate in rates:
        yield (
            span(f"{t('VAT {rate} %').format(rate=number(rate.vat_percent)):<{_LABEL}}", "muted"),
            span(f"{t('net')} ", "muted"),
            span(f"{number(rate.net, 2):>10}"),
            span(f"  {pgettext('total vat', 'VAT')} ", "muted"),
            span(f"{number(rate.vat, 2):>9}"),
        )


def total_lines(totals: tuple[Decimal | None, Decimal | None], currency: str, *, sent: bool) -> Iterator[Line]:
    """Yield the totals incl. VAT, and whether they are equal."""
    expected, reached = totals
    labels = (t("The shop has now"), t("Was sent")) if sent else (t("The shop's total"), t("Specter's total"))
    for label, amount in zip(labels, totals, strict=True):
        if amount is not None:
            yield span(f"{label:<20}", "muted"), span(f"{money(amount, currency):>18}", "strong")
    if expected is None or reached is None:
        return
    if gap := reached - expected:
        yield span("≠ " if sent else "▲ ", "warn"), span(t("differs by {gap}").format(gap=money(gap, currency)), "warn")
    else:
        yield (span(f"✓ {t('equal to the öre')}", "good"),)


def _of(percent: Decimal, rates: Sequence[Rate]) -> tuple[Decimal, Decimal]:
    found = [rate for rate in rates if rate.vat_percent == percent]
    return sum((rate.net for rate in found), _NOTHING), sum((rate.vat for rate in found), _NOTHING)
