"""A report in lines, for the screen and for the command: sold, exported and held orders, to the öre."""

from collections.abc import Iterator, Sequence
from datetime import tzinfo
from decimal import Decimal
from typing import TYPE_CHECKING

from specter_tui.console.viewmodel.export_log import VERBS
from specter_tui.console.viewmodel.formats import day, day_and_clock, money, number
from specter_tui.console.viewmodel.state_styles import STATE_STYLES
from specter_tui.console.viewmodel.styled_text import Line, span
from specter_tui.i18n import Texts, ngettext, pgettext, t

if TYPE_CHECKING:
    from specter_tui.planning.day_report import Change, MethodSum, RateSum, Report, TotalDifference, VatDifference
    from specter_tui.planning.report_period import ReportPeriod

_LABEL, _LONGEST = 14, 30
"""The width of a sum's label, and the longest of a payment method's."""
BASES = Texts({"placed": "by the day of placing", "exported": "by the day of export"})


def report_title(period: "ReportPeriod") -> str:
    """Return the days and the basis: `Week 48: 23 Nov 2026 to 29 Nov 2026, by the day of placing`."""
    form = t("{day} {month} {year}")
    first, last = day(period.first, form), day(period.last, form)
    match period.span:
        case "day":
            days = day(period.first, t("{weekday} {day} {month} {year}"))
        case "week":
            week = period.first.isocalendar().week
            days = t("Week {week}: {first} to {last}").format(week=week, first=first, last=last)
        case "month":
            days = day(period.first, t("{month} {year}"))
    return f"{days}, {BASES[period.basis]}"


def report_lines(report: "Report", zone: tzinfo | None) -> Iterator[Line]:
    """Yield the report in SEK, then one for each other currency, then the decisions of the time."""
    for one in (report, *report.foreign):
        yield from _lines(one)
    if report.changes:
        yield (span(t("Cancelled, corrected or decided by hand ({count})").format(count=len(report.changes)), "title"),)
    for change in report.changes:
        yield _change(change, zone)


def _change(change: "Change", zone: tzinfo | None) -> Line:
    return (
        span(f"{day_and_clock(change.at, zone)}  ", "muted"),
        span(f"{change.number}  {VERBS.get(change.verb, change.verb)}"),
        span(f"  {change.by}" + (f"  {change.reason}" if change.reason else ""), "muted"),
    )


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
            span(f"{label:<{_LABEL}}", "strong"),
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
    if report.methods:
        yield ()
        yield (span(t("By payment method"), "title"),)
    width = max((len(method_name(method.method)) for method in report.methods), default=0)
    for method in report.methods:
        yield from _method(method, report.currency, max(_LABEL, min(width, _LONGEST)))
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


def method_name(method: str) -> str:
    """Return the name of a payment method, or the words for an unknown one."""
    return method or t("(unknown)")


def _method(method: "MethodSum", currency: str, width: int) -> Iterator[Line]:
    count = method.shop_orders
    exported = t("in Specter {total}").format(total=money(method.exported_total, currency))
    yield (
        span(f"{method_name(method.method):<{width}.{_LONGEST}}", "strong"),
        span(f"{ngettext('{count} order', '{count} orders', count).format(count=count):>12}", "muted"),
        span(f"{money(method.shop_total, currency):>20}", "strong"),
        span(f"  {exported}", "muted"),
    )
    yield from map(_rate, method.rates)


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
