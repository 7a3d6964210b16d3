"""All shops as rows, with their open orders and problems."""

from collections.abc import Collection, Hashable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from specter_tui.console.screens.shop_switcher import ShopSwitcher, ShopTab
from specter_tui.console.viewmodel.filtering.list_fields import Fields, ListField
from specter_tui.console.viewmodel.formats import age, clock
from specter_tui.console.viewmodel.list_model import ListModel
from specter_tui.console.viewmodel.order_summary import WAITS
from specter_tui.console.viewmodel.styled_text import Line, Span, Tone, span
from specter_tui.console.widgets.columns import Column
from specter_tui.console.widgets.status_lines import is_test, mode_span
from specter_tui.i18n import t

if TYPE_CHECKING:
    from specter_tui.engine.order_states import OrderState

_OPEN: "frozenset[OrderState]" = WAITS | {"waiting"}
_TO_SETTLE: "frozenset[OrderState]" = frozenset({"unknown", "refused", "exists"})


def columns() -> tuple[Column, ...]:
    """Return the columns, in the screen's language."""
    return (
        Column("shop", t("Shop"), 6, align="right"),
        Column("name", t("Name"), 10, flex=1),
        Column("kind", t("Kind"), 6),
        Column("waiting", t("Waiting"), 7, align="right"),
        Column("ready", t("Ready"), 5, align="right"),
        Column("to_settle", t("To settle"), 10, align="right"),
        Column("oldest", t("Oldest"), 6, align="right"),
        Column("looked", t("Updated"), 9, drop=1),
        Column("mode", t("Mode"), 12, drop=2),
        Column("trouble", t("Trouble"), 10, flex=4),
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class _Shop:
    """The values of a shop, or of a refused file, for filter, sort and CSV."""

    number: int | None = None
    name: str
    kind: str = ""
    waiting: int | None = None
    ready: int | None = None
    to_settle: int | None = None
    oldest: datetime | None = None
    looked_at: datetime | None = None
    mode: str = ""
    trouble: str = ""


FIELDS: Fields = (
    ListField("shop", lambda shop: shop.number, "number", ("shop", "butik")),
    ListField("name", lambda shop: shop.name, names=("name", "namn"), searched=True),
    ListField("kind", lambda shop: shop.kind, names=("kind", "slag"), searched=True),
    ListField("waiting", lambda shop: shop.waiting, "number", ("waiting", "väntar")),
    ListField("ready", lambda shop: shop.ready, "number", ("ready", "redo")),
    ListField("to_settle", lambda shop: shop.to_settle, "number", ("settle", "reda")),
    ListField("oldest", lambda shop: shop.oldest, "age", ("oldest", "äldst", "age", "ålder")),
    ListField("looked", lambda shop: shop.looked_at, "moment", ("looked", "sedd")),
    ListField("mode", lambda shop: shop.mode, names=("mode", "läge"), searched=True),
    ListField("trouble", lambda shop: shop.trouble, names=("trouble", "fel"), searched=True),
    ListField("number", lambda shop: str(shop.number or ""), searched=True, written=False),
)


class ShopRows(ListModel):
    """The rows of the overview, in the order of the files unless sorted; refused files are last."""

    name = "shops"
    fields = FIELDS
    nothing = ""

    def __init__(self, shops: ShopSwitcher) -> None:
        super().__init__()
        self._shops = shops

    @property
    def title(self) -> str:
        """The title with the number of shops, and of those with a problem."""
        troubled = sum(bool(trouble_of(tab)) for tab in self._shops.all.values())
        title = f"{t('Shops')} · {len(self._shops.all)}"
        return f"{title} · {t('{count} in trouble').format(count=troubled)}" if troubled else title

    def every(self) -> Sequence[Hashable]:
        """Return the shops' numbers, then the names of refused files."""
        return (*self._shops.all, *self._shops.refused)

    @property
    def marks(self) -> Collection[Hashable]:
        """No rows can be marked here."""
        return ()

    def record(self, key: Hashable) -> _Shop:
        """Return one shop, or a refused file."""
        if isinstance(key, str):
            return _Shop(name=key, trouble=self._shops.refused[key][0])
        tab = self._shops.all[key]  # type: ignore[index]  # numbers are.
        model, standing = tab.model, tab.model.standing
        return _Shop(
            number=tab.number,
            name=tab.name,
            kind=_kind(tab)[0],
            waiting=standing.among(_OPEN),
            ready=standing.counts["ready"],
            to_settle=standing.among(_TO_SETTLE),
            oldest=standing.oldest.ordered if standing.oldest else None,
            looked_at=model.looked_at,
            mode=mode_span(model)[0][2:] if model.settings else "",
            trouble=trouble_of(tab),
        )

    def cells(self, key: Hashable) -> Mapping[str, Span]:
        """Return the cells of one shop or file."""
        shop = self.record(key)
        if isinstance(key, str):
            # The row has the file's name; the line below has the sentence in full.
            trouble = shop.trouble.partition(": ")[2] or shop.trouble
            return {"name": span(key, "muted"), "trouble": span(f"✗ {trouble}", "bad")}
        tab, front = self._shops.all[key], self._shops.current  # type: ignore[index]  # numbers are.
        frame = front.model.frame
        is_front: Tone = "title" if tab is front else "plain"
        return {
            "shop": span(str(shop.number), is_front),
            "name": span(shop.name, is_front),
            "kind": _kind(tab),
            "waiting": _count(shop.waiting, "plain"),
            "ready": _count(shop.ready, "ready"),
            "to_settle": _count(shop.to_settle, "bad"),
            "oldest": span(age(frame.now - shop.oldest) if shop.oldest else "–", "muted"),
            "looked": span(clock(shop.looked_at, frame.zone) if shop.looked_at else "–", "muted"),
            "mode": mode_span(tab.model) if tab.model.settings else span(""),
            "trouble": span(f"✗ {shop.trouble}", "bad") if shop.trouble else span(f"✓ {t('none')}", "good"),
        }

    def explain(self, key: Hashable) -> Line:
        """Return one shop's problem in full; for a single shop, how to add more."""
        if isinstance(key, str):
            return span("✗ ", "bad"), span("  ".join(self._shops.refused[key]))
        tab = self._shops.all.get(key)  # type: ignore[call-overload]  # numbers are.
        if tab is None:
            return ()
        if trouble := trouble_of(tab):
            return span(f"✗ {tab.called}: ", "bad"), span(trouble)
        if not self._shops.several:
            return (
                span(
                    t("One shop. More: specter-tui --settings FOLDER, with a settings file NAME.env for each shop."),
                    "muted",
                ),
            )
        return span(f"{tab.called}  "), span(t("Enter goes there; < and > go from shop to shop."), "muted")

    def copy(self, key: Hashable) -> tuple[str, str]:
        """Return the shop's number, or the sentences about a file."""
        text = "\n".join(self._shops.refused[key]) if isinstance(key, str) else str(key)
        return text, t("Copied {text}.").format(text=text)


def _kind(tab: ShopTab) -> Span:
    """Return the word for test or production."""
    settings = tab.model.settings
    if settings is None:
        return span("")
    return span(t("TEST"), "warn") if is_test(settings) else span(t("LIVE"))


def trouble_of(tab: ShopTab) -> str:
    """Return the problem that keeps a shop from working; empty if there is none."""
    if tab.trouble:
        return tab.trouble
    if tab.model.stop is not None:
        return tab.model.stopped
    for told in tab.model.reach.values():
        if told.reach not in ("ok", "not_tried"):
            return told.text
    return ""


def _count(number: int | None, tone: Tone) -> Span:
    return span(str(number), tone) if number else span("·", "muted")
