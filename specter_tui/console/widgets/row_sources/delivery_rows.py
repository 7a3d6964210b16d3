"""Specter's last status of exported orders as rows: delivered, cancelled, tracking number."""

from collections.abc import Collection, Hashable, Mapping, Sequence
from typing import TYPE_CHECKING

from specter_tui.console.viewmodel.detail.finding_texts import translated_error
from specter_tui.console.viewmodel.detail.post_export import delivery_words
from specter_tui.console.viewmodel.filtering.list_fields import Fields, ListField, natural
from specter_tui.console.viewmodel.formats import when
from specter_tui.console.viewmodel.list_model import ListModel
from specter_tui.console.viewmodel.shop_view_model import ShopViewModel
from specter_tui.console.viewmodel.styled_text import Line, Span, span
from specter_tui.console.viewmodel.sync_state import MOST_DELIVERIES
from specter_tui.console.widgets.columns import Column
from specter_tui.i18n import t

if TYPE_CHECKING:
    from specter_tui.journal.goods_models import DeliveryRecord


def columns() -> tuple[Column, ...]:
    """Return the columns."""
    return (
        Column("number", t("Order"), 8),
        Column("specter", t("Specter"), 9, align="right", drop=2),
        Column("state", t("State"), 42),
        Column("tracking", t("Tracking"), 14, flex=2),
        Column("seen", t("Seen"), 12, drop=1),
    )


FIELDS: Fields = (
    ListField(
        "number",
        lambda one: one.order_number,
        names=("number", "nummer", "order"),
        searched=True,
        rank=lambda one: natural(one.order_number),
    ),
    ListField(
        "specter",
        lambda one: one.specter_number,
        names=("specter",),
        searched=True,
        rank=lambda one: natural(one.specter_number),
    ),
    ListField("state", lambda one: delivery_words(one)[0][2:], names=("state", "status", "läge"), searched=True),
    ListField("tracking", lambda one: one.tracking, names=("tracking", "kolli"), searched=True),
    ListField("seen", lambda one: one.seen_at, "moment", ("seen", "sedd")),
    ListField("age", lambda one: one.seen_at, "age", ("age", "ålder"), written=False),
)


def _sum_text(one: "DeliveryRecord") -> str:
    """Return that Specter has another total than was sent; empty if it has not, or says none."""
    if not one.sum_differs:
        return ""
    return t("Specter's total is {total}, and {expected} was sent.").format(total=one.total, expected=one.expected)


class DeliveryRows(ListModel):
    """The rows: those that need a person first when the list is opened; then no row moves."""

    name = "deliveries"
    fields = FIELDS

    def __init__(self, model: ShopViewModel) -> None:
        super().__init__()
        self._model = model
        self._known = model.goods.deliveries
        self._order: dict[int, None] = {}

    @property
    def nothing(self) -> str:
        """The text of a list without any row."""
        settings = self._model.settings
        on = settings is not None and settings.delivery.sync
        return (
            t("Specter has said nothing of deliveries yet.")
            if on
            else t("Deliveries are not fetched: DELIVERY__SYNC is off.")
        )

    @property
    def title(self) -> str:
        """The title with the number of rows, or a note that there are more."""
        count = len(self._known)
        some = t("the newest {count}").format(count=count) if count >= MOST_DELIVERIES else count
        return f"{t('Deliveries')} · {some}"

    def every(self) -> Sequence[Hashable]:
        """Return the uids of orders; new ones are added at the end."""
        found = sorted(
            self._known.values(), key=lambda one: (delivery_words(one)[1] != "warn", -one.seen_at.timestamp(), one.uid)
        )
        for one in found:
            self._order.setdefault(one.uid)
        return tuple(self._order)

    @property
    def marks(self) -> Collection[Hashable]:
        """No rows can be marked here."""
        return ()

    def record(self, key: Hashable) -> "DeliveryRecord":
        """Return Specter's status of one order."""
        return self._known[key]  # type: ignore[index]  # uids are.

    def cells(self, key: Hashable) -> Mapping[str, Span]:
        """Return the cells of one order."""
        one, frame = self._known[key], self._model.frame  # type: ignore[index]  # uids are.
        return {
            "number": span(one.order_number),
            "specter": span(one.specter_number),
            "state": delivery_words(one),
            "tracking": span(one.tracking, "strong"),
            "seen": span(when(one.seen_at, frame.now, frame.zone), "muted"),
        }

    def explain(self, key: Hashable) -> Line:
        """Return one order in full: what was done in the shop, or why not."""
        one = self._known.get(key)  # type: ignore[call-overload]  # uids are.
        if one is None:
            return ()
        state, tone = delivery_words(one)
        more = (
            translated_error(one.problem)
            or _sum_text(one)
            or (
                t("Nothing was done in the shop: cancel the order there, too, if that is meant.")
                if one.cancelled
                else ""
            )
        )
        return (
            span(f"{state[0]} {one.order_number}: ", tone),
            span(state[2:]),
            span(f". {more}" if more else "", "muted"),
        )

    def copy(self, key: Hashable) -> tuple[str, str]:
        """Return the tracking number, else the Specter number."""
        one = self._known[key]  # type: ignore[index]  # uids are.
        text = one.tracking or one.specter_number
        return text, t("Copied {text}.").format(text=text)
