"""Copying with `y`: an order's Specter number, then its order number, then its detail; elsewhere the line."""

from typing import TYPE_CHECKING

from specter_tui.console.front_app import FrontApp
from specter_tui.console.screens.full_screen import ListScreen, PageScreen
from specter_tui.console.viewmodel.detail.attempts import FAILED, support_text
from specter_tui.console.viewmodel.detail.order_detail import reason_and_cure
from specter_tui.console.viewmodel.order_pages import pages_of
from specter_tui.console.viewmodel.shop_view_model import ShopViewModel
from specter_tui.console.viewmodel.styled_text import text_of
from specter_tui.i18n import Texts, ngettext, t

if TYPE_CHECKING:
    from specter_tui.engine.events import OrderView

WHATS = Texts(
    {
        "shop_page": "address in Abicart",
        "specter_page": "address in Specter",
        "order": "order number",
        "detail": "detail as text",
        "specter": "Specter number",
        "why": "what happened as text",
    },
    context="whats text",
)


_COPY_WIDTH = 100


class ClipboardCopy:
    """Chooses the text to copy; the same key pressed again chooses the next one."""

    def __init__(self, app: FrontApp) -> None:
        self._app = app
        self._last: tuple[int, str] | None = None

    @property
    def _model(self) -> ShopViewModel:
        return self._app.model

    def next(self) -> tuple[str, str]:
        """Return the text to copy and the message about it; both empty where there is nothing."""
        app = self._app
        full, rows = app.full, app.rows
        if isinstance(full, PageScreen) and full.front != "detail":
            return text_of(full.as_text()), t("Copied the page as text.")
        if app.front == "orders" and self._model.orders.marks:
            return self._marked()
        if app.front in ("orders", "detail"):
            return self._order()
        if rows.cursor is None:
            return "", ""
        if isinstance(full, ListScreen):
            return full.listing.copy(rows.cursor)
        if app.front == "numbers":
            bad = app.main.number_rows.bad(rows.cursor)
            number = bad.number if bad else ""
            return number, t("Copied article number {text}.").format(text=number)
        cells = rows.source.cells(rows.cursor)
        return "\t".join(text for text, _ in cells.values()), t("Copied the line as text.")

    def _marked(self) -> tuple[str, str]:
        """Return a line for each marked order: its number and its Specter number."""
        views = self._model.orders.marked
        lines = [f"{view.number}\t{view.specter_number or ''}".rstrip() for view in views]
        return "\n".join(lines), ngettext(
            "Copied the number of {count} order.", "Copied the numbers of {count} orders.", len(lines)
        ).format(count=len(lines))

    def _order(self) -> tuple[str, str]:
        view = self._model.orders.current
        if view is None:
            return "", ""
        ways = ["order", "detail"] if view.specter_number is None else ["specter", "order", "detail"]
        pages = pages_of(view, self._model.settings)
        addresses = {"shop_page": pages.shop, "specter_page": pages.specter}
        ways += [page for page, address in addresses.items() if address]
        if view.uid in self._model.histories and view.state in FAILED:
            ways.insert(0, "why")  # who asks about a failure wants to tell it to someone.
        last = self._last[1] if self._last is not None and self._last[0] == view.uid else ways[-1]
        way = ways[(ways.index(last) + 1) % len(ways)] if last in ways else ways[0]
        self._last = (view.uid, way)
        following = ways[(ways.index(way) + 1) % len(ways)]
        what = WHATS[following]
        again = t("y again: the {what}.").format(what=what)
        if way == "specter" and view.specter_number:
            return view.specter_number, f"{t('Copied Specter number {text}.').format(text=view.specter_number)} {again}"
        if way in addresses:
            return addresses[
                way
            ], f"{t('Copied the {what}: {text}').format(what=WHATS[way], text=addresses[way])} {again}"
        if way == "order":
            return view.number, f"{t('Copied order number {text}.').format(text=view.number)} {again}"
        if way == "why":
            return self._why(view), t(
                "Copied what happened as text, for Specter's support; it holds no names."
            ) + f" {again}"
        lines = self._model.lines_of(view, _COPY_WIDTH, whole=True)
        return text_of(lines), f"{t('Copied the detail as text.')} {again}"

    def _why(self, view: "OrderView") -> str:
        model = self._model
        assert model.settings is not None  # noqa: S101 - a history comes from the engine
        cure = reason_and_cure(view, model.frame)[1]
        return support_text(view, model.histories[view.uid], model.frame, model.settings, cure)
