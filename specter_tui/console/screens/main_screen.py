"""The main screen: three panes and the detail, status lines above, message line and footer below."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from textual import events, on
from textual.app import ComposeResult
from textual.containers import Container
from textual.content import Content
from textual.screen import Screen

from specter_tui.console.commands.conditions import PaneName
from specter_tui.console.viewmodel.shop_view_model import ShopViewModel
from specter_tui.console.viewmodel.styled_text import Line, Styles
from specter_tui.console.widgets.pane import TAB_BETWEEN, Pane, filter_summary
from specter_tui.console.widgets.row_sources import log_rows, number_rows, order_rows
from specter_tui.console.widgets.status_lines import counts_line, first_line, where_line
from specter_tui.console.widgets.text_view import LineLabel, TextView, Writer
from specter_tui.i18n import t

if TYPE_CHECKING:
    from specter_tui.console.widgets.filter_bar import FilterLine

WIDE = 110
"""The fewest columns for all panes."""
GRAND = 170
"""The fewest columns for orders at full height, with the log below detail and article numbers."""
PANES: tuple[PaneName, ...] = ("orders", "log", "numbers")


class MainScreen(Screen[None]):
    """Draws the view model, and holds which pane is in front."""

    def __init__(self, model: ShopViewModel) -> None:
        super().__init__(classes="-front-orders")
        self._model = model
        self.order_rows = order_rows.OrderRows(model.orders)
        self.log_rows = log_rows.LogRows(model.log)
        self.number_rows = number_rows.NumberRows(model.numbers)
        self.panes: dict[PaneName, Pane] = {
            "orders": Pane(self.order_rows, order_rows.columns(), name="orders"),
            "log": Pane(self.log_rows, log_rows.columns(), name="log", follows=True),
            "numbers": Pane(self.number_rows, number_rows.columns(), name="numbers"),
        }
        self.panes["orders"].rows.outcomes = model.orders.outcomes
        self.detail = TextView(id="detail")
        self._status, self._counts = LineLabel(id="status"), LineLabel(id="counts")
        self._talk, self._footer = LineLabel(id="talk"), LineLabel(id="footer")
        self.filter_line: FilterLine | None = None
        self.is_ready = False
        """True when every part can be drawn on."""
        self.on_ready: Callable[[], None] = lambda: None
        self.detail.border_title = Content(t("Detail"))
        self.active: PaneName = "orders"
        self.enlarged = False

    def compose(self) -> ComposeResult:
        """Compose status lines, panes, message line and footer."""
        yield self._status
        yield self._counts
        with Container(id="panes"):
            yield self.panes["orders"]
            yield self.detail
            yield self.panes["log"]
            yield self.panes["numbers"]
        yield self._talk
        yield self._footer

    def on_resize(self, event: events.Resize) -> None:
        """Put panes that are lower in the grid after the others."""
        grand, panes = event.size.width >= GRAND, self.query_one("#panes", Container)
        log, numbers = self.panes["log"], self.panes["numbers"]
        if (panes.children.index(log) > panes.children.index(numbers)) != grand:
            panes.move_child(log, after=numbers) if grand else panes.move_child(log, before=numbers)

    def on_mount(self) -> None:
        """Focus the orders, and draw the first message with the first frame."""
        self.panes["orders"].rows.focus()
        self.is_ready = True
        self.on_ready()

    @property
    def one_pane(self) -> bool:
        """True if the detail is hidden."""
        return self.enlarged or self.app.size.width < WIDE

    def apply_styles(self, tones: Styles) -> None:
        """Set the theme's styles."""
        for part in (self.detail, self._status, self._counts, self._talk, self._footer):
            part.tones = tones
            part.refresh()
        for pane in self.panes.values():
            pane.apply_styles(tones)

    def show_pane(self, name: PaneName) -> None:
        """Bring a pane to the front and focus it."""
        self.active = name
        for other in PANES:
            self.set_class(other == name, f"-front-{other}")
        self.set_focus(self.panes[name].rows)
        self.entitle()

    def entitle_columns(self) -> None:
        """Write the columns' headings in the present language."""
        self.detail.border_title = Content(t("Detail"))
        self.panes["orders"].rows.entitle(order_rows.columns())
        self.panes["log"].rows.entitle(log_rows.columns())
        self.panes["numbers"].rows.entitle(number_rows.columns())

    def enlarge(self) -> None:
        """Enlarge the front pane to the whole screen, or restore it."""
        self.enlarged = not self.enlarged
        self.set_class(self.enlarged, "-enlarged")
        self.call_after_refresh(self.entitle)

    def entitle(self) -> None:
        """Write the frames' titles; an enlarged pane's title names the others."""
        model = self._model
        title, sort = order_rows.order_title(model.orders)
        self.panes["orders"].entitle(title, self._others("orders"), sort)
        self.panes["log"].entitle(
            f"2 {t('Export log')}{filter_summary(self.log_rows)}{self.log_rows.reach}",
            self._others("log"),
            log_rows.so_far(model.activity, model.frame),
        )
        title, listed = number_rows.title(model.numbers)
        self.panes["numbers"].entitle(f"{title}{filter_summary(self.number_rows)}", self._others("numbers"), listed)

    def draw_lines(self, talk: Line, footer: Line) -> None:
        """Write status lines, message line and footer."""
        self._status.show(*first_line(self._model, self.size.width))
        rows = self.panes[self.active].rows
        where = where_line(rows.place, rows.count)
        room = self.size.width - sum(len(text) for text, _ in where) - 1
        self._counts.show(counts_line(self._model, room), where)
        self._talk.show(talk)
        self._footer.show(footer)

    def draw_detail(self, writer: Writer, *, from_top: bool) -> None:
        """Write the detail."""
        self.detail.show(writer, from_top=from_top)

    def add_filter(self) -> None:
        """Make the hidden filter line, once."""
        if self.filter_line is not None:
            return
        from specter_tui.console.widgets.filter_bar import FilterLine  # noqa: PLC0415 - not in the first frame

        self.filter_line = FilterLine()
        self.mount(self.filter_line, before=self._footer)

    @on(events.DescendantFocus)
    def _focus_went(self, event: events.DescendantFocus) -> None:
        """Bring the pane that Tab or the mouse focused to the front."""
        for name, pane in self.panes.items():
            if event.widget is pane.rows and name != self.active:
                self.show_pane(name)

    def _others(self, name: PaneName) -> str:
        if not self.one_pane:
            return ""
        titles = {"orders": t("Orders"), "log": t("Export log"), "numbers": t("Article numbers")}
        tabs = enumerate(PANES, start=1)
        return "".join(f"{TAB_BETWEEN}{place} {titles[other]}" for place, other in tabs if other != name)
