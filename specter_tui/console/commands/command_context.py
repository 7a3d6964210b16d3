"""The base of all handlers: the engine, the situation, and questions."""

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from specter_tui.console.commands.conditions import CommandSituation
from specter_tui.console.engine_ports import EngineLike
from specter_tui.console.front_app import FrontApp
from specter_tui.console.loaders.detail_loader import DetailLoader
from specter_tui.console.loaders.history_loader import HistoryLoader
from specter_tui.console.loaders.log_pager import LogPager
from specter_tui.console.loaders.saved_view_store import SavedViewStore
from specter_tui.console.messages import CommandAnswered
from specter_tui.console.situation import situation_of
from specter_tui.console.viewmodel.shop_view_model import ShopViewModel
from specter_tui.console.widgets.filter_control import FilterController
from specter_tui.console.widgets.status_lines import kind_of

if TYPE_CHECKING:
    from concurrent.futures import Future

    from textual.screen import ModalScreen

    from specter_tui.console.screens.modals import GuardedModal

Answer = TypeVar("Answer")
Found = TypeVar("Found")


class CommandContext:
    """The base class of the handlers."""

    def __init__(self, app: FrontApp, filtering: FilterController, views_file: Path | None) -> None:
        self._app = app
        self._filtering = filtering
        self.kept = SavedViewStore(app, views_file)
        self.past = HistoryLoader(app)
        self.detail = DetailLoader(app)
        self.older = LogPager(app)

    @property
    def _model(self) -> ShopViewModel:
        return self._app.model

    def _situation(self) -> CommandSituation:
        app = self._app
        return situation_of(self._model, app.front, app.listed, several=app.shops.several)

    @property
    def _engine(self) -> EngineLike:
        engine = self._app.engine
        assert engine is not None  # noqa: S101 - the registry asks whether it is there
        return engine

    def _when(
        self,
        answer: "Future[Found]",
        act: Callable[[Found], None],
        failed: Callable[[Exception], None] = lambda _: None,
    ) -> None:
        """Call `act` with the engine's result, or `failed` with its error.

        Neither is done once another shop is in front.
        """
        model = self._model

        def heard(done: "Future[Found]") -> None:  # On the engine's thread.
            if not done.cancelled():
                error = done.exception()
                self._app.post_message(
                    CommandAnswered(
                        lambda: failed(error) if isinstance(error, Exception) else act(done.result()), model
                    )
                )

        answer.add_done_callback(heard)

    def _over(self, screen: "ModalScreen[Answer]", done: Callable[[Answer | None], None]) -> None:
        """Open a dialog and keep the list still meanwhile. `done` receives the answer, None for none."""
        self._model.orders.question_open = True

        def closed(answer: Answer | None) -> None:
            self._model.orders.question_open = False
            self._model.orders.let_go()
            self._app.rearranged()
            if not self._model.leaving:
                done(answer)
            self._app.draw()

        self._app.push_screen(screen, closed)

    def _ask(self, question: "GuardedModal", answered: Callable[[str], None], *, does: bool = True) -> None:
        """Ask a question and keep the list still meanwhile. `answered` is called only with an answer.

        Where the answer does something in the shop or in Specter, the question says whether these are real, and hears
        nothing at first.
        """
        if does:
            question.kind, question.real = kind_of(self._model)
        question.hears_at_once = not does

        def done(answer: str | None) -> None:
            if answer and self._app.engine is not None:
                answered(answer)

        self._over(question, done)
