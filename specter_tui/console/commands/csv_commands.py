"""Writing the front list to a CSV file, on a thread; an existing file is replaced only after asking."""

import errno
import threading
from collections.abc import Callable, Iterable
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from specter_tui.console.commands.command_context import CommandContext
from specter_tui.console.loaders.log_file import LogFileSource
from specter_tui.console.messages import CommandAnswered
from specter_tui.console.screens.modals import EntryDialog, Question
from specter_tui.console.viewmodel.csv_sheet import CsvStyle, default_path, write_csv_sheet
from specter_tui.console.viewmodel.detail.finding_texts import translated_error
from specter_tui.console.viewmodel.list_table import ListTable
from specter_tui.errors import text_of_error
from specter_tui.i18n import Texts, ngettext, t
from specter_tui.journal.errors import JournalError

if TYPE_CHECKING:
    from specter_tui.journal.models import Event

FILE_TROUBLE = Texts(
    {
        "ENOENT": "there is no such folder",
        "ENOTDIR": "there is no such folder",
        "EISDIR": "that is a folder",
        "EACCES": "you may not write there",
        "EPERM": "you may not write there",
        "EROFS": "that disk can only be read",
        "ENOSPC": "the disk is full",
        "ENAMETOOLONG": "the name is too long",
    }
)


class CsvCommands(CommandContext):
    """The handler of `w`."""

    def write(self) -> None:
        """Ask for a path, and write the front list there."""
        table, frame = self._app.table, self._model.frame  # what is seen now, whatever comes meanwhile.
        assert table is not None  # noqa: S101 - the registry asked
        path = default_path(table.name, datetime.now(frame.zone), Path.home())
        style = CsvStyle(frame.language, frame.zone)
        rows = self._whole_log() if self._app.front == "log" else table.rows

        def answered(typed: str) -> None:
            self._write(Path(typed).expanduser(), table, style, rows, replace=False)

        text = (
            ngettext("{count} row, as shown. Where?", "{count} rows, as shown. Where?", len(table.rows)).format(
                count=len(table.rows)
            )
            if rows is table.rows
            else t("The whole log, as it is filtered and sorted, also what is not on the screen. Where?")
        )
        self._ask(EntryDialog(t("Write to a CSV file"), text, "", value=str(path)), answered, does=False)

    def _whole_log(self) -> "Iterable[Event]":
        """Return the whole log from the journal, filtered and sorted; the screen holds only its newest part."""
        source, settings, model = self._app.main.log_rows, self._model.settings, self._model
        assert settings is not None  # noqa: S101 - the registry asked

        def told(count: int) -> None:
            self._then(lambda: model.tell(t("Writing: {count} events looked at …").format(count=count)))

        return LogFileSource(settings, source.filter, source.sorted_by, told)

    def _write(self, path: Path, table: ListTable, style: "CsvStyle", rows: "Iterable[Any]", *, replace: bool) -> None:
        def work() -> None:
            try:
                count = write_csv_sheet(path, table, style, rows, replace=replace)
            except FileExistsError:
                self._then(lambda: self._ask_to_replace(path, table, style, rows))
            except (OSError, JournalError) as error:
                why = _why(error)
                self._then(
                    lambda: self._model.tell(t("{path} was not written: {why}").format(path=path, why=why), "error")
                )
            else:
                self._then(
                    lambda: self._model.tell(
                        ngettext("Wrote {count} row to {path}", "Wrote {count} rows to {path}", count).format(
                            count=count, path=path
                        )
                    )
                )

        threading.Thread(target=work, name="writing", daemon=True).start()

    def _ask_to_replace(self, path: Path, table: ListTable, style: "CsvStyle", rows: "Iterable[Any]") -> None:
        question = Question(t("Replace the file?"), t("{path} is there already.").format(path=path), t("Replace"))
        self._ask(question, lambda _: self._write(path, table, style, rows, replace=True), does=False)

    def _then(self, act: Callable[[], None]) -> None:
        self._app.post_message(CommandAnswered(act, self._model))


def _why(error: Exception) -> str:
    """Return why a file was not written, translated where there is a text."""
    if isinstance(error, OSError) and error.errno is not None:
        return FILE_TROUBLE.get(errno.errorcode.get(error.errno, ""), error.strerror or str(error))
    return translated_error(text_of_error(error))
