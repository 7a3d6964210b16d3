"""The morning sheet: what happened in the shop since the operator left."""

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from specter_tui.console.viewmodel.formats import clock, when
from specter_tui.console.viewmodel.shop_view_model import ShopViewModel
from specter_tui.console.viewmodel.styled_text import Line, Tone, span
from specter_tui.i18n import ngettext, t

if TYPE_CHECKING:
    from specter_tui.engine.events import SinceLeft


class MorningPage:
    """The sheet; it stays as it was at the start, but for the number of things to do."""

    def __init__(self, model: ShopViewModel) -> None:
        self._model = model

    @property
    def title(self) -> str:
        """The title in the frame."""
        return t("Since you left")

    def write(self, width: int) -> Sequence[Line]:
        """Return the counts, what was not sent, and where enter leads."""
        return tuple(self._lines())

    def _lines(self) -> Iterator[Line]:
        model, since = self._model, self._model.since_left
        if since is None:
            yield (span(t("Nothing happened since you left."), "muted"),)
        else:
            at = when(since.at, model.frame.now, model.frame.zone)
            yield (span(t("You left {at}. Since then:").format(at=at), "strong"),)
            yield ()
            yield from _counts(since)
            yield from self._unsent(since)
        yield ()
        left = len(model.todo)
        yield (
            span(t("{count} to do").format(count=left), "strong" if left else "good"),
            span(f" {t('enter lists it, ] goes to the first.')}" if left else "", "muted"),
        )

    def _unsent(self, since: "SinceLeft") -> Iterator[Line]:
        if not since.unsent:
            return
        text = ngettext("{count} order was not sent", "{count} orders were not sent", since.unsent)
        if since.hung_up:
            text = t("The connection was lost at {at}: {text}.").format(
                at=clock(since.at, self._model.frame.zone), text=text
            )
        else:
            text = t("When you left, {text}.").format(text=text)
        yield (
            span("  ‖ ", "warn"),
            span(text.format(count=since.unsent), "warn"),
            span(f" {t('E sends what is still ready.')}", "muted"),
        )


def _counts(since: "SinceLeft") -> Iterator[Line]:
    counts: tuple[tuple[int, str, Tone, str], ...] = (
        (since.exported, "✓", "good", t("exported")),
        (since.unknown, "?", "bad", t("unknown: look in Specter")),
        (since.exists, "≡", "bad", t("in Specter already, without a number here")),
        (since.refused, "✗", "bad", t("refused by Specter")),
        (since.drift, "≠", "warn", t("edited in the shop after the export")),
    )
    for count, sign, tone, text in counts:
        if count:
            yield span(f"  {sign} ", tone), span(f"{count:>5} ", "strong"), span(text)
