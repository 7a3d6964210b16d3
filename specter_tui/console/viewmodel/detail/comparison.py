"""Both sides of one order and their totals, as lines: as it will be sent, or as it was sent and is now."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING

from specter_tui.console.viewmodel.detail.order_sides import GOODS, OrderSideRow, form_side, sent_side, shop_side
from specter_tui.console.viewmodel.detail.row_lines import both_sides, difference_lines, one_side
from specter_tui.console.viewmodel.detail.row_pairs import differences, pair
from specter_tui.console.viewmodel.detail.total_lines import Rate, rate_lines, total_lines, totals_table
from specter_tui.console.viewmodel.styled_text import Line, span
from specter_tui.i18n import t

if TYPE_CHECKING:
    from specter_tui.engine.events import HistoryRead, OrderView, PreviewReady

_SENT = frozenset({"exported", "unknown", "sending", "exists"})
"""The states in which the sent form counts; in the others it is the one that would be sent now."""


@dataclass(frozen=True, slots=True)
class Sides:
    """The rows of both sides and their totals; `sent`: the right side was sent."""

    shop: Sequence[OrderSideRow]
    specter: Sequence[OrderSideRow]
    shop_rates: Sequence[Rate]
    specter_rates: Sequence[Rate]
    totals: tuple[Decimal | None, Decimal | None]
    currency: str
    sent: bool


def side_lines(
    view: "OrderView",
    preview: "PreviewReady | None",
    history: "HistoryRead | None",
    services: Mapping[str, str],
    width: int,
    *,
    whole: bool,
    told: Collection[str] = (),
) -> Iterator[Line]:
    """Yield the rows and the totals, with the reason for missing ones; `whole` includes the shop's side.

    `told` are articles whose difference is shown elsewhere.
    """
    sides = sides_of(view, preview, history, services)
    if preview is None and not sides.sent:
        yield from ((), (span(t("Working out what Specter will get …"), "muted"),))
        return
    if preview is not None and preview.text:
        yield from ((), (span(preview.text, "muted"),))
    if not sides.specter and not (whole and sides.shop):
        return
    found = differences(sides.shop, sides.specter) if sides.shop and sides.specter else ()
    found = tuple(one for one in found if one.key not in told)
    title = t("As it was sent to Specter") if sides.sent else t("As it will be sent to Specter")
    yield ()
    if whole and sides.shop:
        title = title if sides.specter else t("No form for Specter can be made of it")
        yield from both_sides(pair(sides.shop, sides.specter), (t("The shop's order now"), title), width)
    else:
        yield (span(title, "title"),)
        signed = [(one.specter, one.verdict) for one in pair(sides.shop, sides.specter) if one.specter]
        verdicts = [verdict for _, verdict in signed] if sides.shop else []
        yield from one_side([row for row, _ in signed], width, specter=True, verdicts=verdicts)
    plan = None if preview is None else preview.plan
    if not sides.sent and plan is not None and plan.problems and sides.specter:
        yield (span(t("Incomplete: the order is not sent like this."), "muted"),)
    yield from difference_lines(found, sides.currency, sent=sides.sent)
    yield ()
    if whole:
        yield from totals_table(sides.shop_rates, sides.specter_rates, sent=sides.sent)
    else:
        yield from rate_lines(sides.specter_rates or sides.shop_rates)
    yield from total_lines(sides.totals, sides.currency, sent=sides.sent)


def sides_of(
    view: "OrderView", preview: "PreviewReady | None", history: "HistoryRead | None", services: Mapping[str, str]
) -> Sides:
    """Return both sides as far as they are known."""
    plan = None if preview is None else preview.plan
    order = None if preview is None else preview.order
    form = plan.form if plan else None
    shop = shop_side(order, plan, services) if order else ()
    expected, currency = (plan.expected, plan.currency) if plan else (None, view.currency)
    shop_rates: Sequence[Rate] = plan.shop_rates if plan else ()
    if history is not None and history.entry is not None and history.rows and view.state in _SENT:
        texts = {row.article_number: row.text for row in form.rows if row.kind == GOODS} if form else {}
        rows = sent_side(history.rows, history.entry.total, texts, services)
        totals = (expected, history.entry.total)
        return Sides(shop, rows, shop_rates, history.rates, totals, history.entry.currency or currency, sent=True)
    rows = form_side(form.rows, services) if form else ()
    return Sides(
        shop,
        rows,
        shop_rates,
        plan.rates if plan else (),
        (expected, plan.modelled if plan else None),
        currency,
        sent=False,
    )
