"""The events after an order's export, as lines: changes to make in Specter, delivery, tracking number."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

from specter_tui.console.viewmodel.detail.finding_texts import translated_error
from specter_tui.console.viewmodel.formats import number, when
from specter_tui.console.viewmodel.styled_text import Line, Span, span
from specter_tui.console.viewmodel.sync_state import PostExportInfo
from specter_tui.i18n import Texts, t

if TYPE_CHECKING:
    from specter_tui.console.viewmodel.display_context import DisplayContext
    from specter_tui.journal.goods_models import DeliveryRecord, DriftLine

DRIFT_ITEMS = Texts(
    {
        "address": "delivery address",
        "method": "delivery method",
        "fee": "delivery or payment fee",
        "vat": "VAT",
    },
    context="drift items",
)


def post_export_lines(after: PostExportInfo, frame: "DisplayContext") -> Iterator[Line]:
    """Yield the lines; none where there are no such events."""
    if after.delivery is not None:
        yield from _delivery(after.delivery, frame)
    if after.drift:
        yield ()
        yield (span(t("Changed in the shop since"), "title"),)
        for line in after.drift:
            yield _drift(line, frame)


def item(line: "DriftLine") -> str:
    """Return the article number of a drift line, or the changed part of the order."""
    return DRIFT_ITEMS.get(line.kind, line.article_number)


def change(line: "DriftLine") -> str:
    """Return the change of stock to make in Specter, signed: sent units are returned, present units are taken."""
    if line.kind != "article":
        return t("changed")
    by = line.sent - line.now
    return f"{'+' if by > 0 else ''}{number(by)}"


def ticked(line: "DriftLine", frame: "DisplayContext") -> str:
    """Return who ticked a line, and when."""
    return f"{line.ticked_by or '?'}, {when(line.ticked_at, frame.now, frame.zone)}"


def delivery_words(delivery: "DeliveryRecord") -> Span:
    """Return the delivery status in Specter: sign and words with a tone."""
    if delivery.cancelled:
        both = delivery.delivered
        return span(f"× {t('delivered and cancelled in Specter') if both else t('cancelled in Specter')}", "warn")
    if delivery.problem:
        return span(f"▲ {t('delivered, not marked sent in the shop')}", "warn")
    if delivery.marked_at is not None:
        return span(f"✓ {t('delivered, marked sent in the shop')}", "good")
    return span(f"» {t('delivered')}", "busy") if delivery.delivered else span(f"◌ {t('not delivered')}", "muted")


def _delivery(delivery: "DeliveryRecord", frame: "DisplayContext") -> Iterator[Line]:
    yield ()
    yield (span(t("Now in Specter"), "title"),)
    seen = t("seen {at}").format(at=when(delivery.seen_at, frame.now, frame.zone))
    yield delivery_words(delivery), span(f"  {seen}", "muted")
    if delivery.problem:
        yield span("  ", "muted"), span(translated_error(delivery.problem))
    if delivery.cancelled:
        yield (
            span("  → ", "muted"),
            span(t("Nothing was done in the shop: cancel the order there, too, if that is meant."), "muted"),
        )
    if delivery.tracking:
        yield span(f"{t('Tracking'):<13}", "muted"), span(delivery.tracking, "strong")


def _drift(line: "DriftLine", frame: "DisplayContext") -> Line:
    amounts = t("sent {sent}, now {now}").format(sent=number(line.sent), now=number(line.now))
    if line.kind != "article":
        done = line.ticked_at is not None
        return (
            span("✓ " if done else "≠ ", "good" if done else "warn"),
            span(f"{item(line)}  ", "muted" if done else "plain"),
            span(change(line), "muted" if done else "strong"),
            span(f"  {ticked(line, frame)}" if done else "", "muted"),
        )
    if line.ticked_at is not None:
        return span("✓ ", "good"), span(
            f"{line.article_number}  {change(line)}  {amounts}  {ticked(line, frame)}", "muted"
        )
    return (
        span("≠ ", "warn"),
        span(f"{line.article_number}  "),
        span(t("{change} in Specter").format(change=change(line)), "strong"),
        span(f"  {amounts}", "muted"),
    )
