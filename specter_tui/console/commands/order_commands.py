"""Handlers of the commands on orders: send, send again, settle, close. Those on many orders ask first."""

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from specter_tui.abicart.errors import ShopError
from specter_tui.console import words
from specter_tui.console.commands.command_context import CommandContext
from specter_tui.console.commands.conditions import CLOSABLE, REPEATABLE, SENDABLE, reopenable, usable
from specter_tui.console.commands.send_hold import Hold
from specter_tui.console.front_app import FrontApp
from specter_tui.console.screens import bulk_export
from specter_tui.console.screens.modals import EntryDialog, Question
from specter_tui.console.viewmodel.detail.finding_texts import translated_error
from specter_tui.console.viewmodel.shop_view_model import BulkExport
from specter_tui.console.viewmodel.state_styles import STATE_STYLES
from specter_tui.console.widgets.filter_control import FilterController
from specter_tui.engine.auto_export import MOST_AT_FIRST
from specter_tui.engine.service import ShopService

if TYPE_CHECKING:
    from specter_tui.engine.events import OrderState, OrderView

    Views = tuple[OrderView, ...]


_MOST_LISTED = 6


class OrderCommands(CommandContext):
    """The handlers, registered in registry.py."""

    def __init__(self, app: FrontApp, filtering: FilterController, views_file: Path | None) -> None:
        super().__init__(app, filtering, views_file)
        self._hold = Hold(app)
        self._refused: dict[int, str] = {}
        """Typed numbers that were refused, by order, kept for the next try."""

    def export(self) -> None:
        """Export the order under the cursor at once, or the marked ones after showing their sum."""
        views = self._targets(SENDABLE)
        if not self._situation().elsewhere:
            self._export(views, {})
        else:
            self._ask_to_push(views, words.ASK_EXPORT_MARKED.format(count=len(views)))

    def export_all(self) -> None:
        """Export all ready orders after asking; orders that become ready meanwhile are not included."""
        self._ask_to_push(self._model.orders.ready(), words.ASK_EXPORT_ALL)

    def auto(self) -> None:
        """Turn auto mode off at once, or on after asking."""
        if self._model.auto_on:
            self._engine.submit(ShopService.set_auto, on=False)
            return

        ready = self._model.orders.for_auto()
        if ready:  # the same as before any other bulk export.
            self._ask_about(ready, words.ASK_AUTO_NOW, lambda _: self._engine.submit(ShopService.set_auto, on=True))
            return

        def answered(_: str) -> None:
            self._engine.submit(ShopService.set_auto, on=True)

        self._ask(Question(words.ASK_AUTO, words.ASK_AUTO_TEXT, words.ASK_AUTO_YES, words.NOT_TO_UNDO), answered)

    def number(self) -> None:
        """Ask for the Specter number of one order, or for its correction; a refused number is prefilled."""
        view = self._situation().current
        assert view is not None  # noqa: S101 - the registry asked

        def answered(number: str) -> None:
            if view.state != "exported":
                self._enter(view, number, "")
                return
            title = words.ASK_CORRECTION.format(order=view.number, old=view.specter_number, new=number)
            example = words.REASON_EXAMPLE_CORRECTION
            self._ask_reason(title, words.ASK_CORRECTION_TEXT, example, lambda why: self._enter(view, number, why))

        title = words.ASK_NUMBER.format(order=view.number)
        text = words.ASK_NUMBER_TEXT
        if view.state == "exported":
            text = words.ASK_OTHER_NUMBER_TEXT.format(old=view.specter_number)
        typed = self._refused.pop(view.uid, "") or view.proposed_number or ""
        self._ask(EntryDialog(title, text, words.NUMBER_HINT, digits=True, value=typed, replaced=True), answered)

    def _enter(self, view: "OrderView", number: str, reason: str) -> None:
        def failed(error: Exception) -> None:
            """Keep the text for the next try, and say why it was refused."""
            self._refused[view.uid] = number
            self._model.tell(words.NUMBER_REFUSED.format(why=error, order=view.number), "error")

        def entered(settled: "OrderView") -> None:
            text = words.NUMBER_CORRECTED if reason else words.NUMBER_ENTERED
            self._model.tell(text.format(order=view.number, number=settled.specter_number))

        self._when(self._engine.submit(ShopService.enter_number, view.uid, number, reason), entered, failed)

    def _reopen(self, views: "Views") -> None:
        """Reopen closed orders and orders with a number entered by a person."""

        def reopened(view: "OrderView") -> None:
            self._model.orders.unmark((view.uid,))
            self._model.tell(words.REOPENED.format(order=view.number, state=STATE_STYLES[view.state].word))
            self._app.rearranged()

        def answered(reason: str) -> None:
            for view in views:
                self._when(self._engine.submit(ShopService.reopen, view.uid, reason), reopened)

        title = words.ASK_REOPEN.format(orders=_called(views))
        self._ask_reason(title, _listed(views) + words.ASK_REOPEN_TEXT, words.REASON_EXAMPLE_REOPEN, answered)

    def repeat(self) -> None:
        """Send orders again, with a reason; reopen those that are closed or have a number entered by a person."""
        views = self._targets(REPEATABLE)
        if not views:
            self._reopen(reopenable(self._situation()))
            return

        def answered(reason: str) -> None:
            self._confirm_count(views, words.ASK_REASON_REPEAT, lambda: self._hold.begin(views, send(reason)))

        def send(reason: str) -> Callable[[], None]:
            def act() -> None:
                self._expect(views)
                self._when(
                    self._engine.submit(ShopService.repeat, [view.uid for view in views], reason),
                    lambda _: None,
                    self._not_sent,
                )

            return act

        title = words.ASK_REASON_REPEAT.format(orders=_called(views))
        self._ask_reason(title, _listed(views) + words.ASK_REASON_REPEAT_TEXT, words.REASON_EXAMPLE_REPEAT, answered)

    def close(self) -> None:
        """Close orders, with a reason."""
        views = self._targets(CLOSABLE)

        def answered(reason: str) -> None:
            self._confirm_count(views, words.ASK_REASON_CLOSE, lambda: self._close(views, reason))

        title = words.ASK_REASON_CLOSE.format(orders=_called(views))
        self._ask_reason(title, _listed(views) + words.ASK_REASON_CLOSE_TEXT, words.REASON_EXAMPLE_CLOSE, answered)

    def take_back(self) -> int:
        """Cancel the countdown; return the number of its orders."""
        return self._hold.cancel()

    def put_off(self) -> None:
        """Cancel the countdown when the console quits, and report its orders as not sent."""
        self._model.want(self._hold.put_off())

    # --- how it is done ---

    def _targets(self, states: "frozenset[OrderState]") -> "Views":
        return usable(states, self._situation())

    def _expect(self, views: "Views") -> None:
        self._model.orders.clear_outcomes()
        self._model.want(views)
        self._model.batch = BulkExport(frozenset(view.uid for view in views))
        self._model.tell_begun(words.EXPORT_BEGUN.format(orders=_called(views)))

    def _not_sent(self, error: Exception) -> None:
        """Report an export that could not begin: after an error of the shop, none of the remaining orders was sent."""
        model, batch = self._model, self._model.batch
        left = [model.orders.views[uid] for uid in batch.asked if uid in model.wanted and uid in model.orders.views]
        if isinstance(error, ShopError) and left:
            model.tell(
                f"{translated_error(error.message)} {words.WAS_NOT_SENT.format(orders=_called(tuple(left)))}", "error"
            )
            model.batch = BulkExport()
            for view in left:
                model.wanted.pop(view.uid, None)

    def _export(self, views: "Views", hashes: Mapping[int, str | None]) -> None:
        """Export with the hashes of the forms: a form that was not seen is not sent."""
        self._expect(views)
        seen = {**{view.uid: view.seen_hash for view in views}, **hashes}
        self._when(
            self._engine.submit(ShopService.export, [view.uid for view in views], seen), lambda _: None, self._not_sent
        )

    def _ask_to_push(self, views: "Views", title: str) -> None:
        """Show the sums and the forms, ask, and export after the countdown."""
        self._ask_about(views, title, lambda hashes: self._export(views, hashes))

    def _ask_about(self, views: "Views", title: str, act: "Callable[[Mapping[int, str | None]], object]") -> None:
        """Ask before many orders: list, sums, forms, a typed count above a limit, and the countdown.

        `act` hears the hashes of the forms that were summed up.
        """
        uids = tuple(view.uid for view in views)

        def send() -> None:
            told = self._model.sum_of(uids)
            act({} if told is None else {uid: told.hashes[uid] for uid in uids if uid in told.hashes})

        self._model.sum = None
        self._engine.submit(ShopService.sum_up, uids)
        question = bulk_export.BulkExportQuestion(
            self._model, title, views, self._app.tones, typed=self._begins(len(views))
        )
        question.ask_form = lambda uid: self._engine.submit(ShopService.preview, uid)
        self._ask(question, lambda _: self._hold.begin(views, send))

    def _begins(self, count: int) -> bool:
        """Return whether these would be the first automatic exports, and too many without a typed count."""
        settings = self._model.settings
        by_itself = settings is not None and settings.order.export == "registered"
        return by_itself and count > MOST_AT_FIRST >= self._model.standing.counts["exported"]

    def _close(self, views: "Views", reason: str) -> None:
        uids = [view.uid for view in views]
        self._model.orders.unmark(uids)
        self._when(
            self._engine.submit(ShopService.close_orders, uids, reason),
            lambda closed: self._closed(len(closed), len(uids)),
        )
        self._app.rearranged()

    def _closed(self, good: int, asked: int) -> None:
        told = words.CLOSED_OUTCOME.format(good=good, all=asked) + (f" {words.CLOSED_BACK}" if good else "")
        self._model.tell(told, "information" if good == asked else "warning")

    def _confirm_count(self, views: "Views", title: str, act: Callable[[], None]) -> None:
        """Ask for the typed count of very many orders before `act`."""
        count = len(views)
        if count <= bulk_export.TYPED_ABOVE:
            act()
            return
        hint = words.TYPE_COUNT.format(count=count)
        self._ask(
            EntryDialog(title.format(orders=_called(views)), hint, str(count), exactly=str(count)), lambda _: act()
        )

    def _ask_reason(self, title: str, text: str, example: str, answered: Callable[[str], None]) -> None:
        self._ask(EntryDialog(title, text, words.REASON.format(example=example), least=3), answered)


def _listed(views: "Views") -> str:
    """Return a line with the numbers of several orders, which may be out of sight."""
    if len(views) == 1:
        return ""
    numbers = ", ".join(view.number for view in views[:_MOST_LISTED])
    more = words.AND_MORE.format(count=len(views) - _MOST_LISTED) if len(views) > _MOST_LISTED else ""
    return f"{numbers} {more}".rstrip() + "\n"


def _called(views: "Views") -> str:
    if len(views) == 1:
        return words.ORDER_ONE.format(number=views[0].number)
    return words.ORDERS_MANY.format(count=len(views))
