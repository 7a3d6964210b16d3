"""Draw the view model: lines, titles, the detail. Lists draw themselves when their rows change."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from specter_tui.console.commands.conditions import CommandSituation
from specter_tui.console.front_app import FrontApp
from specter_tui.console.screens.full_screen import ListScreen
from specter_tui.console.situation import situation_of
from specter_tui.console.viewmodel.detail.order_detail import why_line
from specter_tui.console.viewmodel.shop_view_model import ShopViewModel
from specter_tui.console.viewmodel.styled_text import Line, span, styles_of
from specter_tui.console.widgets.row_sources import log_rows
from specter_tui.console.widgets.status_lines import talk_line
from specter_tui.console.widgets.text_view import Writer
from specter_tui.i18n import t

if TYPE_CHECKING:
    from specter_tui.console.reducer import Changes

_WIDEST = 150
"""A detail is no wider than this: longer rows are hard to follow."""


class Renderer:
    """Draws the app's screens from its view model, and changes neither."""

    def __init__(self, app: FrontApp, grace: float) -> None:
        self._app = app
        self._grace = grace
        self._shown_uid: int | None = None
        self.footer: Callable[[CommandSituation, int], Line] = lambda *_: ()
        """The most important keys; none before the commands are imported."""

    @property
    def _model(self) -> ShopViewModel:
        return self._app.model

    def all(self) -> None:
        """Draw everything that is not a list."""
        app, main, model = self._app, self._app.main, self._model
        if not main.is_ready or not app.tones:
            return
        explained = self._explained()
        talk = talk_line(
            model,
            explained=explained,
            grace=self._grace - model.leaving_for,
            unsent=self._app.shops.unsent() if model.leaving else 0,
            hidden=model.frame.hide_names,
        )
        situation = situation_of(model, app.front, app.listed, several=app.shops.several)
        footer = self.footer(situation, app.size.width)
        main.draw_lines(talk, footer)
        main.entitle()
        main.draw_detail(self._writer(whole=False), from_top=model.orders.cursor != self._shown_uid)
        self._shown_uid = model.orders.cursor
        if app.detail is not None and model.orders.current is not None:
            app.detail.show(model.orders.current.number, self._writer(whole=True), talk, footer)
        elif app.full is not None:
            app.full.draw(talk, footer)

    def changes(self, seen: "Changes") -> None:
        """Draw the changes of the engine's messages."""
        panes = self._app.main.panes
        self._app.main.order_rows.looked = self._model.looked_at is not None
        if seen.moved:
            panes["orders"].rows.sync(self._model.orders.cursor, changed=seen.orders)
        else:
            panes["orders"].rows.redraw(seen.orders)
        if seen.log:
            if not panes["log"].rows.has_focus:
                self._model.log.trim()
            panes["log"].rows.sync()
        if seen.numbers:
            panes["numbers"].rows.sync()
        if self._app.full is not None and (seen.todo if self._app.front == "todo" else seen.goods):
            self._app.full.changed()
        self.all()
        # Questions that show incoming data; their modules are imported with them.
        for screen in self._app.screen_stack:
            getattr(screen, "follow", lambda: None)()

    def apply_styles(self) -> None:
        """Apply the styles of the present theme."""
        self._app.tones = styles_of(self._app)
        self._app.main.apply_styles(self._app.tones)
        if self._app.full is not None:
            self._app.full.apply_styles(self._app.tones)

    def _explained(self) -> Line:
        """Return the row under the cursor in full, where no detail shows it."""
        main, model, full = self._app.main, self._model, self._app.full
        if full is not None:
            return full.listing.explain(full.rows.cursor) if isinstance(full, ListScreen) else ()
        key = main.panes[main.active].rows.cursor
        if main.active == "numbers":
            return main.number_rows.explain(key)
        if main.active == "log":
            event = model.log.event(key)
            return () if event is None else log_rows.explain(event, model.frame)
        view = model.orders.current
        if view is None or not main.one_pane:
            return ()
        return why_line(view, model.frame, len(model.orders.marks))

    def _writer(self, *, whole: bool) -> Writer:
        model, view = self._model, self._model.orders.current
        if view is None:
            return lambda _: ((span(t("Choose an order to see it here."), "muted"),),)
        return lambda width: model.lines_of(view, min(width, _WIDEST), whole=whole)
