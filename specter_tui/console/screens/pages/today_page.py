"""The day's page: orders by state, the shop's count, the oldest open order, exports and failures by the hour."""

from collections.abc import Iterator, Sequence

from specter_tui.console.viewmodel.activity_chart import bar
from specter_tui.console.viewmodel.detail.order_detail import why_line
from specter_tui.console.viewmodel.formats import age, day, day_and_clock, money
from specter_tui.console.viewmodel.order_list import sum_of
from specter_tui.console.viewmodel.shop_view_model import ShopViewModel
from specter_tui.console.viewmodel.state_styles import STATE_STYLES
from specter_tui.console.viewmodel.styled_text import Line, span
from specter_tui.console.widgets.status_lines import overdue
from specter_tui.i18n import ngettext, t

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
        return f"{t('Today')} · {day(now.date(), t('{weekday} {day} {month} {year}'))}"

    def write(self, width: int) -> Sequence[Line]:
        """Return orders, oldest order, and hours."""
        return (*self._orders(), *self._oldest(), *self._hours(min(_BAR, width - 36)))

    def _orders(self) -> Iterator[Line]:
        model, standing = self._model, self._model.standing
        yield (span(t("Orders in scope"), "title"),)
        for state, look in sorted(STATE_STYLES.items(), key=lambda pair: pair[1].rank):
            if count := standing.counts[state]:
                views = [view for view in model.orders.views.values() if view.state == state]
                sums = " + ".join(money(total, currency) for currency, total in sum_of(views).items())
                yield (
                    span(f"{look.sign} {look.word:<{_LABEL}}", look.tone),
                    span(f"{count:>7}", "strong"),
                    span(f"  {sums}", "muted"),
                )
        yield span(f"  {t('in all'):<{_LABEL}}", "muted"), span(f"{standing.total:>7}", "strong")
        yield from self._count()

    def _count(self) -> Iterator[Line]:
        model, standing, count = self._model, self._model.standing, self._model.count
        if count is None:
            yield (
                span(
                    t("The shop does not tell how many orders it has.") if model.looked_at else t("not updated yet"),
                    "muted",
                ),
            )
            return
        known = standing.known or 0
        since = day_and_clock(count.since, model.frame.zone)
        text = t("The shop counts {count} placed since {since}:").format(since=since, count=count.in_shop)
        parts = t("{here} are here, {outside} are not in scope.").format(
            here=known - count.outside, outside=count.outside
        )
        if standing.adds_up:
            yield span("✓ ", "good"), span(f"{text} {parts}")
        else:
            yield span("▲ ", "warn"), span(f"{text} {parts}", "warn")
            gap, off = count.in_shop - known, abs(count.in_shop - known)
            more = (
                ngettext(
                    "{count} order of the shop is not here. r refreshes; if it stays so, tell your administrator.",
                    "{count} orders of the shop are not here. r refreshes; if it stays so, tell your administrator.",
                    off,
                ).format(count=off)
                if gap > 0
                else ngettext(
                    "{count} order here is not in the shop any more. r refreshes.",
                    "{count} orders here are not in the shop any more. r refreshes.",
                    off,
                ).format(count=off)
            )
            yield span("  → ", "muted"), span(more, "muted")

    def _oldest(self) -> Iterator[Line]:
        model, standing = self._model, self._model.standing
        yield ()
        yield (span(t("The oldest that waits"), "title"),)
        waits, view = standing.waits(model.frame.now), standing.oldest
        if waits is None or view is None:
            yield (span(f"✓ {t('No order waits to go to Specter.')}", "good"),)
            return
        late = overdue(model)
        placed = day_and_clock(view.ordered, model.frame.zone)
        yield (
            span(f"{'▲' if late else '·'} {age(waits)}", "warn" if late else "plain"),
            span(f"  {t('placed {placed}').format(placed=placed)}", "muted"),
        )
        yield why_line(view, model.frame)
        if late and model.settings is not None:
            yield (
                span(
                    f"  {t('Longer than {after} (ALERT__AFTER).').format(after=age(model.settings.alert.after))}",
                    "muted",
                ),
            )

    def _hours(self, width: int) -> Iterator[Line]:
        hours = self._model.activity.today(self._model.frame)
        yield ()
        yield (span(t("Exported and not exported by the hour"), "title"),)
        if not hours:
            yield (span(t("Nothing was exported today, and nothing failed."), "muted"),)
            return
        highest = max(max(one.exported, one.failed) for one in hours)
        for one in hours:
            yield (
                span(f"{one.hour:02}–{(one.hour + 1) % 24:02}  ", "muted"),
                span(bar(one.exported, highest, width), "good"),
                span(f" {one.exported}" if one.exported else "·", "strong" if one.exported else "muted"),
            )
            if one.failed:
                text = ngettext("{count} not exported", "{count} not exported", one.failed).format(count=one.failed)
                yield (
                    span("       "),
                    span(bar(one.failed, highest, width), "bad"),
                    span(f" ✗ {text}", "bad"),
                )
        exports, failures = sum(one.exported for one in hours), sum(one.failed for one in hours)
        exported, failed = (
            ngettext("{count} exported", "{count} exported", exports).format(count=exports),
            ngettext("{count} not exported", "{count} not exported", failures).format(count=failures),
        )
        yield (span(t("In all {exported} and {failed}.").format(exported=exported, failed=failed), "strong"),)
