"""The day's report: sold, exported and held orders, by VAT rate, to the öre."""

from collections.abc import Iterator, Sequence
from decimal import Decimal
from typing import TYPE_CHECKING

from specter_tui.console.screens.pages.report_table import report_table
from specter_tui.console.viewmodel.formats import day, money, number
from specter_tui.console.viewmodel.list_table import ListTable
from specter_tui.console.viewmodel.shop_view_model import ShopViewModel
from specter_tui.console.viewmodel.state_styles import STATE_STYLES
from specter_tui.console.viewmodel.styled_text import Line, span
from specter_tui.i18n import ngettext, pgettext, t

if TYPE_CHECKING:
    from specter_tui.planning.day_report import RateSum, Report, TotalDifference, VatDifference


class ReportPage:
    """One day."""

    def __init__(self, model: ShopViewModel) -> None:
        self._model = model

    @property
    def title(self) -> str:
        """The day."""
        wanted = self._model.goods.report_day
        return t("Report") + (f" · {day(wanted, t('{weekday} {day} {month} {year}'))}" if wanted else "")

    def write(self, width: int) -> Sequence[Line]:
        """Return the report in SEK, then one for each other currency."""
        report = self._model.goods.report
        if report is None:
            return ((span(t("The day's orders are being read …"), "muted"),),)
        return tuple(line for one in (report, *report.foreign) for line in _lines(one))

    def table(self) -> ListTable | None:
        """Return the report as a table for a file."""
        report = self._model.goods.report
        return None if report is None else report_table(report)


def _lines(report: "Report") -> Iterator[Line]:
    yield (span(t("In {currency}").format(currency=report.currency), "title"),)
    held = len(report.held)
    for label, count, total, rates in (
        (pgettext("report shop", "Shop"), report.shop_orders, report.shop_total, report.shop_rates),
        (t("In Specter"), report.exported_orders, report.exported_total, report.exported_rates),
        (t("Held"), held, report.held_total, report.held_rates),
        *_parts_at_need(report),
    ):
        yield (
            span(f"{label:<14}", "strong"),
            span(f"{ngettext('{count} order', '{count} orders', count).format(count=count):>12}", "muted"),
            span(f"{money(total, report.currency):>20}", "strong"),
        )
        yield from map(_rate, rates)
    if report.balanced:
        yield (span(f"✓ {t('shop = in Specter + held + closed, to the öre and for every VAT rate')}", "good"),)
    else:
        yield (span("▲ " + t("the shop's total is not what is in Specter and held; the orders below say why"), "warn"),)
    amounts = (report.specter_total, report.exported_total, report.cancelled_total, report.specter_difference)
    specter, exported, cancelled, gap = (money(amount, report.currency) for amount in amounts)
    told = t(
        "Specter {specter} = in Specter {exported} + cancelled after export {cancelled}; shop less Specter {gap}"
    ).format(specter=specter, exported=exported, cancelled=cancelled, gap=gap)
    yield (span(f"  {told}", "muted"),)
    for note in report.vat_notes:
        rate, shop, sent = number(note.vat_percent), number(note.shop, 2), number(note.exported, 2)
        yield (
            span("≠ ", "warn"),
            span(
                t("The VAT at {rate} % of the exported orders is {shop} in the shop and {sent} in Specter.").format(
                    rate=rate, shop=shop, sent=sent
                )
            ),
        )
    if report.held:
        yield ()
        yield (span(t("Held ({count})").format(count=held), "title"),)
    for one in report.held:
        look = next((look for state, look in STATE_STYLES.items() if state == one.state), None)
        sign, word, tone = (look.sign, look.word, look.tone) if look else ("·", one.state, "muted")
        yield (
            span(f"{sign} {one.number}  ", tone),
            span(f"{word}  {money(one.total, report.currency)}  "),
            span("" if one.reason == one.state else one.reason, "muted"),
        )
    if report.cancelled:
        yield ()
        yield (
            span(t("Cancelled in the shop after their export ({count})").format(count=len(report.cancelled)), "title"),
        )
    for gone in report.cancelled:
        yield span(f"× {gone.number}  ", "warn"), span(money(gone.total, report.currency))
    yield from _differences(t("Edited after their export ({count})"), report.edited, report.currency)
    yield from _differences(t("Other VAT than was sent ({count})"), report.vat_edited, report.currency)
    yield ()


def _parts_at_need(report: "Report") -> Iterator[tuple[str, int, Decimal, "tuple[RateSum, ...]"]]:
    """Yield orders closed, and orders cancelled after their export, where there are any."""
    closed = sum(one.state == "closed" for one in report.held)
    if closed:
        yield t("of them closed"), closed, report.closed_total, report.closed_rates
    if report.cancelled:
        yield t("Cancelled"), len(report.cancelled), report.cancelled_total, report.cancelled_rates


def _differences(title: str, found: "Sequence[TotalDifference | VatDifference]", currency: str) -> Iterator[Line]:
    if found:
        yield ()
        yield (span(title.format(count=len(found)), "title"),)
    for one in found:
        shop, sent = money(one.shop, currency), money(one.exported, currency)
        yield span(f"≠ {one.number}  ", "warn"), span(t("shop {shop}, sent {sent}").format(shop=shop, sent=sent))


def _rate(rate: "RateSum") -> Line:
    label = t("VAT {rate} %").format(rate=number(rate.vat_percent))
    return (
        span(f"  {label:<12}", "muted"),
        span(f"{t('net')} {number(rate.net, 2):>14}"),
        span(f"  {pgettext('total vat', 'VAT')} ", "muted"),
        span(f"{number(rate.vat, 2):>12}"),
    )
