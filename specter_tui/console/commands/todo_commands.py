"""Handlers of the work queue: its list, the next and the previous item, and the way to the thing itself."""

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from textual.screen import ModalScreen

from specter_tui.console.commands.article_commands import ArticleCommands
from specter_tui.console.commands.list_commands import ListCommands
from specter_tui.console.commands.shop_commands import ShopCommands
from specter_tui.console.front_app import FrontApp
from specter_tui.console.screens.detail_screen import DetailScreen
from specter_tui.console.screens.full_screen import ListScreen
from specter_tui.console.screens.modals import EntryDialog
from specter_tui.console.screens.pages.morning_page import MorningPage
from specter_tui.console.viewmodel.list_model import ListModel
from specter_tui.console.widgets.filter_control import FilterController
from specter_tui.console.widgets.row_sources import todo_rows
from specter_tui.engine.service import ShopService
from specter_tui.i18n import t

if TYPE_CHECKING:
    from collections.abc import Hashable

    from specter_tui.engine.work_queue.todo import TodoItem


class TodoCommands(ShopCommands, ListCommands, ArticleCommands):
    """The handlers, registered in registry.py."""

    def __init__(self, app: FrontApp, filtering: FilterController, views_file: Path | None) -> None:
        super().__init__(app, filtering, views_file)
        self.sign_of: Callable[[str], str] = str
        """Returns the key of a command as people write it."""
        self._at: tuple[object, ...] | None = None
        """The place of the item that was gone to last."""

    def todo(self) -> None:
        """Open the list of all that waits for a person."""
        for tab in self._app.shops.all.values():
            if tab.open and not tab.visited:
                self.past.read_todo(tab)
        rows = todo_rows.TodoRows(self._app.shops, self.sign_of)
        screen = ListScreen("todo", rows, todo_rows.columns(several=self._app.shops.several))
        self._app.open_full(screen)
        places = [todo_rows.place_of(one) for one in todo_rows.waiting(self._app.shops)]
        keys = rows.keys
        here = sum(place < self._at for place in places) if self._at is not None else 0
        if keys:
            self._app.call_after_refresh(screen.rows.move_to, keys[min(here, len(keys) - 1)])

    def morning(self) -> None:
        """Open the sheet of what happened since the operator left."""
        self._open_page(MorningPage(self._model), "morning")

    def offer_morning(self) -> None:
        """Open the sheet at the start, unless the operator is at work already; then only say that there is one."""
        app, model = self._app, self._model
        if app.front == "orders" and not model.touched and not isinstance(app.screen, ModalScreen):
            self.morning()
        else:
            model.tell_news(t("Things happened since you left: ctrl+p, since you left."), "information")

    def next_todo(self) -> None:
        """Go to the next thing that waits for a person; at first, and after the last, open the list."""
        self._walk(1)

    def previous_todo(self) -> None:
        """Go to the thing before it."""
        self._walk(-1)

    def _walk(self, step: int) -> None:
        if self._app.front == "todo":
            self._app.action_cursor("down" if step > 0 else "up")
            return
        found = todo_rows.waiting(self._app.shops)
        at = self._at
        if at is None or not found:
            self.todo()
            return
        places = list(map(todo_rows.place_of, found))
        beyond = [one for one, place in zip(found, places, strict=True) if (place > at if step > 0 else place < at)]
        if beyond:
            self._lead(*beyond[0 if step > 0 else -1])
        else:
            self.todo()

    def lead_to_current(self) -> None:
        """Go from the list to the thing itself."""
        key = self._app.rows.cursor
        shop, item = (0, None) if key is None else self._todo_rows.at(key)
        if item is None:
            self._model.tell(t("There is nothing to do about it any more."))
        else:
            self._lead(shop, item)

    def _lead(self, shop: int, item: "TodoItem") -> None:
        tab = self._app.shops.all[shop]
        self._at = todo_rows.place_of((shop, item))
        if tab is self._app.shops.current:
            self._show_thing(item)
            return
        self._to_shop(shop)
        if self._app.shops.current is tab:
            self._app.call_after_refresh(self._show_thing, item)

    def _show_thing(self, item: "TodoItem") -> None:
        """Show an item of the front shop where it is settled, with the cursor on it."""
        match item.kind:
            case "stop" | "halt" if self._model.read_only:
                pass
            case "stop" | "halt":
                self._app.close_full()
                self._ask_to_resume(item)
            case "count":
                self._app.close_full()
                self.look()
            case "drift":
                self.drift()
                self._choose_row(self._model.goods.drift.key_of_open(item.place))
            case "stock_row":
                self.stock_rows()
                self._choose_row(item.place)
            case "number":
                self._app.close_full()
                self._app.main.show_pane("numbers")
                self._unfilter_for(item.place)
                self._choose_row(item.place)
            case _:
                self._show_order(item)
        self._tell_place(item)

    def _show_order(self, item: "TodoItem") -> None:
        uid = item.uid
        view = None if uid is None else self._model.orders.views.get(uid) or self._model.todo.conflicts.get(uid)
        if view is None:
            self.go_to(f"uid:{uid}")
            return
        self._go_to_view(view)
        if self._app.full is None and self._app.main.one_pane:
            self._app.open_full(DetailScreen())

    def _unfilter_for(self, key: "Hashable") -> None:
        """Clear the filter of the front list if it hides a row."""
        source = self._app.rows.source
        if isinstance(source, ListModel) and key not in source.keys:
            self._unfilter()

    def _choose_row(self, key: "Hashable") -> None:
        rows = self._app.rows
        rows.move_to(key)
        self._app.call_after_refresh(rows.move_to, key)  # A list that was just opened has its rows only then.

    def _tell_place(self, item: "TodoItem") -> None:
        found = [one for _, one in todo_rows.waiting(self._app.shops)]
        place = found.index(item) + 1 if item in found else 1
        text = t("To do {place} of {count}: {text} {cure}").format(
            place=place, count=len(found), text=item.text, cure=item.cure
        )
        self._model.tell(text)

    def _ask_to_resume(self, item: "TodoItem") -> None:
        def answered(reason: str) -> None:
            self._engine.submit(ShopService.resume, reason)

        hint = t("Why? For example: {example}").format(example=t("the keys are right again"))
        question = EntryDialog(t("Let sending go on: {shops}").format(shops=t("this shop")), item.text, hint, least=3)
        self._ask(question, answered)

    @property
    def _todo_rows(self) -> todo_rows.TodoRows:
        source = self._app.rows.source
        assert isinstance(source, todo_rows.TodoRows)  # noqa: S101 - the front is the work queue
        return source
