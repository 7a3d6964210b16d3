"""The day's page: orders by state, the shop's count, the oldest open order, exports and failures by the hour."""

from collections.abc import Iterator, Sequence

from specter_tui.console import words
from specter_tui.console.viewmodel.activity_chart import bar
from specter_tui.console.viewmodel.detail.order_detail import why_line
from specter_tui.console.viewmodel.formats import age, day, day_and_clock, money
from specter_tui.console.viewmodel.order_list import sum_of
from specter_tui.console.viewmodel.shop_view_model import ShopViewModel
from specter_tui.console.viewmodel.state_styles import STATE_STYLES
from specter_tui.console.viewmodel.styled_text import Line, span
from specter_tui.console.widgets.status_lines import overdue

_LABEL = 16
_BAR = 40


class TodayPage:
    """The overview for the start of a day."""

    def __init__(self, model: ShopViewModel) -> None:
        self._model = model

    @property
    def title(self) -> str:
        """The day."""
        now = self._model.frame.now.astimezone(self._model.frame.zone)
        return f"{words.TODAY} · {day(now.date(), words.DAY_IN_FULL)}"

    def write(self, width: int) -> Sequence[Line]:
        """Return orders, oldest order, and hours."""
        return (*self._orders(), *self._oldest(), *self._hours(min(_BAR, width - 36)))

    def _orders(self) -> Iterator[Line]:
        model, standing = self._model, self._model.standing
        yield (span(words.TODAY_ORDERS, "title"),)
        for state, look in sorted(STATE_STYLES.items(), key=lambda pair: pair[1].rank):
            if count := standing.counts[state]:
                views = [view for view in model.orders.views.values() if view.state == state]
                sums = " + ".join(money(total, currency) for currency, total in sum_of(views).items())
                yield (
                    span(f"{look.sign} {look.word:<{_LABEL}}", look.tone),
                    span(f"{count:>7}", "strong"),
                    span(f"  {sums}", "muted"),
                )
        yield span(f"  {words.TODAY_SUM:<{_LABEL}}", "muted"), span(f"{standing.total:>7}", "strong")
        yield from self._count()

    def _count(self) -> Iterator[Line]:
        model, standing, count = self._model, self._model.standing, self._model.count
        if count is None:
            yield (span(words.COUNT_NOT_KNOWN if model.looked_at else words.NOT_LOOKED, "muted"),)
            return
        known = standing.known or 0
        since = day_and_clock(count.since, model.frame.zone)
        text = words.COUNT_IN_SHOP.format(since=since, count=count.in_shop)
        parts = words.COUNT_PARTS.format(here=known - count.outside, outside=count.outside)
        if standing.adds_up:
            yield span("✓ ", "good"), span(f"{text} {parts}")
        else:
            yield span("▲ ", "warn"), span(f"{text} {parts}", "warn")
            gap = count.in_shop - known
            more = words.COUNT_MISSING if gap > 0 else words.COUNT_TOO_MANY
            yield span("  → ", "muted"), span(more.format(count=abs(gap)), "muted")

    def _oldest(self) -> Iterator[Line]:
        model, standing = self._model, self._model.standing
        yield ()
        yield (span(words.TODAY_OLDEST, "title"),)
        waits, view = standing.waits(model.frame.now), standing.oldest
        if waits is None or view is None:
            yield (span(f"✓ {words.OLDEST_NONE}", "good"),)
            return
        late = overdue(model)
        placed = day_and_clock(view.ordered, model.frame.zone)
        yield (
            span(f"{'▲' if late else '·'} {age(waits)}", "warn" if late else "plain"),
            span(f"  {words.OLDEST_PLACED.format(placed=placed)}", "muted"),
        )
        yield why_line(view, model.frame)
        if late and model.settings is not None:
            yield (span(f"  {words.OLDEST_LATE.format(after=age(model.settings.alert.after))}", "muted"),)

    def _hours(self, width: int) -> Iterator[Line]:
        hours = self._model.activity.today(self._model.frame)
        yield ()
        yield (span(words.TODAY_HOURS, "title"),)
        if not hours:
            yield (span(words.HOURS_NONE, "muted"),)
            return
        highest = max(max(one.exported, one.failed) for one in hours)
        for one in hours:
            yield (
                span(f"{one.hour:02}–{(one.hour + 1) % 24:02}  ", "muted"),
                span(bar(one.exported, highest, width), "good"),
                span(f" {one.exported}" if one.exported else "·", "strong" if one.exported else "muted"),
            )
            if one.failed:
                yield (
                    span("       "),
                    span(bar(one.failed, highest, width), "bad"),
                    span(f" ✗ {words.HOUR_FAILED.format(count=one.failed)}", "bad"),
                )
        exports, failures = sum(one.exported for one in hours), sum(one.failed for one in hours)
        exported, failed = words.HOUR_EXPORTED.format(count=exports), words.HOUR_FAILED.format(count=failures)
        yield (span(words.HOURS_SUM.format(exported=exported, failed=failed), "strong"),)
