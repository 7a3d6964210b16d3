"""Handlers of the commands on lists: filter, sort, named views, and going to an order."""

from dataclasses import replace
from typing import TYPE_CHECKING

from specter_tui.console.commands.mark_commands import MarkCommands
from specter_tui.console.screens.column_chooser import ColumnChooser
from specter_tui.console.screens.detail_screen import DetailScreen
from specter_tui.console.screens.modals import EntryDialog
from specter_tui.console.screens.saved_views_screen import SavedViewsScreen
from specter_tui.console.viewmodel.filtering.typed_values import digits_joined
from specter_tui.console.viewmodel.list_model import ListModel
from specter_tui.console.viewmodel.list_view import ListView
from specter_tui.engine.service import ShopService
from specter_tui.errors import text_of_error
from specter_tui.i18n import t

if TYPE_CHECKING:
    from specter_tui.console.screens.saved_views_screen import Choice
    from specter_tui.engine.events import OrderView


class ListCommands(MarkCommands):
    """The handlers, registered in registry.py."""

    def filter(self) -> None:
        """Open the filter of the front list."""
        self._filtering.open(self._app.rows)

    def choose_sort(self) -> None:
        """Open the choice of sorting and columns."""
        rows, source = self._app.rows, self._source

        def chosen(look: ListView | None) -> None:
            if look is not None:
                self._app.apply_view(look)

        self._over(ColumnChooser(rows.columns, source.fields, source.look, source.home, self._app.tones), chosen)

    def views(self) -> None:
        """Open the named views."""
        source, kept = self._source, self.kept

        def chosen(choice: "Choice | None") -> None:
            match choice:
                case ("open", name):
                    self.open_view(name)
                case ("keep", name):
                    kept.keep(source.name, name, source.look)
                case ("forget", name):
                    kept.forget(source.name, name)

        self._over(SavedViewsScreen(kept.of(source.name), self._app.rows.columns, self._app.tones), chosen)

    def open_view(self, name: str) -> None:
        """Apply a named view to the front list."""
        self._app.apply_view(self.kept.of(self._source.name)[name])
        self._model.tell(t("View: {name}.").format(name=name))

    # --- going to an order ---

    def go(self) -> None:
        """Go to an order by one of its numbers."""
        self._ask(
            EntryDialog(t("Go to an order"), t("Its order number, Specter number or uid."), t("Number")),
            self.go_to,
            does=False,
        )

    def go_to(self, number: str) -> None:
        """Move the cursor to an order; open the detail of one that is not in the list."""
        number = number.strip()
        joined = digits_joined(number)
        view = self._model.orders.find(number) or self._model.orders.find(joined)
        if view is not None:
            self._go_to_view(view)
        else:
            self._model.tell(t("Looking for {number} …").format(number=joined))
            self._when(
                self._engine.ask(ShopService.find, joined),
                self._found,
                lambda error: self._model.tell(text_of_error(error), "warning"),
            )

    def _found(self, view: "OrderView") -> None:
        if not self._model.leaving:
            self._model.words = ""
            self._go_to_view(view)

    def _go_to_view(self, view: "OrderView") -> None:
        orders = self._model.orders
        if view.uid not in orders.views:
            self._visit(view)
            return
        self._app.close_full()
        self._app.main.show_pane("orders")
        if view.uid not in orders.shown:
            self._app.apply_view(replace(orders.look, filter_text=""))
            self._model.tell(t("The filter was cleared to show order {number}.").format(number=view.number))
        orders.cursor = view.uid
        self._app.rearranged()

    def _visit(self, view: "OrderView") -> None:
        self._app.open_full(DetailScreen())
        self._model.orders.visiting = view

    # --- how it is done ---

    def _unfilter(self) -> bool:
        """Close and clear the filter; return whether there was one."""
        source, typing = self._app.rows.source, self._filtering.on
        self._filtering.close()
        if not isinstance(source, ListModel) or not source.look.filter_text:
            return typing
        self._app.apply_view(replace(source.look, filter_text=""))
        return True

    @property
    def _source(self) -> ListModel:
        source = self._app.rows.source
        assert isinstance(source, ListModel)  # noqa: S101 - the registry asked
        return source
