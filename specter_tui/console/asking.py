"""What all commands need: the engine, what is possible now, and a question."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from specter_tui.console.actions import Situation
from specter_tui.console.ports import EngineLike
from specter_tui.console.situation import situation_of

if TYPE_CHECKING:
    from specter_tui.console.app import ConsoleApp
    from specter_tui.console.screens.question import Deaf


class Asking:
    """The ground that commands stand on."""

    def __init__(self, app: "ConsoleApp") -> None:
        self._app = app
        self._desk = app.desk

    def _situation(self) -> Situation:
        return situation_of(self._desk, self._app.front)

    @property
    def _engine(self) -> EngineLike:
        engine = self._app.engine
        assert engine is not None  # noqa: S101 - the registry asks whether it is there
        return engine

    def _ask(self, question: "Deaf", answered: Callable[[str], None]) -> None:
        """Ask; while a question is open the list is held still. `answered` hears only an answer."""
        self._desk.orders.question_open = True

        def done(answer: str | None) -> None:
            self._desk.orders.question_open = False
            self._desk.orders.let_go()
            self._app.rearranged()
            if answer and self._app.engine is not None and not self._desk.leaving:
                answered(answer)
            self._app.draw()

        self._app.push_screen(question, done)
