"""Handlers of the commands that mark rows, of orders or of article numbers."""

from specter_tui.console.commands.csv_commands import CsvCommands
from specter_tui.i18n import t


class MarkCommands(CsvCommands):
    """The handlers, registered in registry.py."""

    def mark(self) -> None:
        """Mark the row under the cursor and go to the next."""
        if self._app.front == "numbers":
            self._model.numbers.toggle_mark()
        elif (uid := self._model.orders.cursor) is not None:
            self._model.orders.toggle_mark(uid)
        self._remarked()
        self._app.action_cursor("down")  # known at once: the next key may be here already.

    def mark_all(self) -> None:
        """Mark all shown rows, or remove all marks."""
        (self._model.numbers if self._app.front == "numbers" else self._model.orders).mark_all()
        self._remarked()

    def mark_shown(self) -> None:
        """Mark all shown rows; none loses its mark."""
        marks, shown = self._app.marks, self._app.rows.keys
        if marks is not None:
            if marks.keys() >= set(shown):
                self._model.tell(t("All that is shown is marked already."))
            marks.add(shown)
        self._remarked()

    def invert_marks(self) -> None:
        """Mark the shown rows that are not marked, and unmark the others."""
        if self._app.marks is not None:
            self._app.marks.invert(self._app.rows.keys)
        self._model.orders.let_go()
        self._remarked()

    def mark_range(self) -> None:
        """Begin a range at the cursor, or end it."""
        if not self.end_range():
            rows, marks = self._app.rows, self._app.marks
            if marks is not None and rows.cursor is not None:
                marks.begin_range(rows.keys, rows.cursor)
                self._model.tell(t("Range: move the cursor, and all rows between are marked. V or esc ends it."))
            self._remarked()

    def mark_up(self) -> None:
        """Mark the row under the cursor, and the one above."""
        self._mark_along(-1)

    def mark_down(self) -> None:
        """Mark the row under the cursor, and the one below."""
        self._mark_along(1)

    def end_range(self) -> bool:
        """End the range that is marked; return whether there was one."""
        orders, numbers = self._model.orders.marks, self._model.numbers.marks
        return orders.end_range() | numbers.end_range()

    def _mark_along(self, by: int) -> None:
        rows, marks = self._app.rows, self._app.marks
        if marks is None or rows.cursor is None:
            return
        if not marks.ranging:
            marks.begin_range(rows.keys, rows.cursor, by_shift=True)
            rows.redraw((rows.cursor,))
        rows.action_move(by)
        rows.redraw(marks.extend(rows.keys, rows.cursor))
        self._app.note_cursor()

    def _remarked(self) -> None:
        """Draw the marks of the front list."""
        if self._app.front == "numbers":
            self._app.rows.refresh()
        else:
            self._app.rearranged()
