"""Handlers of the commands on orders: send, send again, settle, close. Those on many orders ask first."""

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from specter_tui.abicart.errors import ShopError
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
from specter_tui.errors import text_of_error
from specter_tui.i18n import ngettext, t

if TYPE_CHECKING:
    from specter_tui.engine.events import OrderView
    from specter_tui.engine.order_states import OrderState

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
            self._ask_to_push(
                views,
                ngettext("Export the marked order?", "Export the {count} marked orders?", len(views)).format(
                    count=len(views)
                ),
            )

    def export_all(self) -> None:
        """Export all ready orders after asking; orders that become ready meanwhile are not included."""
        self._ask_to_push(self._model.orders.ready(), t("Export everything that is ready?"))

    def auto(self) -> None:
        """Turn auto mode off at once, or on after asking."""
        if self._model.auto_on:
            self._engine.submit(ShopService.set_auto, on=False)
            return

        ready = self._model.orders.for_auto()
        if ready:  # the same as before any other bulk export.
            self._ask_about(
                ready,
                t("Turn auto mode on? These are sent at once, later ones when they become ready."),
                lambda _: self._engine.submit(ShopService.set_auto, on=True),
            )
            return

        def answered(_: str) -> None:
            self._engine.submit(ShopService.set_auto, on=True)

        self._ask(
            Question(
                t("Turn auto mode on?"),
                t(
                    "None is ready just now. Every order that becomes ready is sent by itself, until you turn it off "
                    "or leave "
                    "the console."
                ),
                t("Turn on"),
                t("An order that is in Specter cannot be taken back from here."),
            ),
            answered,
        )

    def number(self) -> None:
        """Ask for the Specter number of one order, or for its correction; a refused number is prefilled."""
        view = self._situation().current
        assert view is not None  # noqa: S101 - the registry asked

        def answered(number: str) -> None:
            if view.state != "exported":
                self._enter(view, number, "")
                return
            title = t("Order {order}: {old} becomes {new}").format(
                order=view.number, old=view.specter_number, new=number
            )
            example = t("typed wrong")
            self._ask_reason(
                title, t("The reason is kept in the journal."), example, lambda why: self._enter(view, number, why)
            )

        title = t("Specter number of order {order}").format(order=view.number)
        text = t("Type the number that Specter shows. The order then counts as exported, and the shop gets the number.")
        if view.state == "exported":
            text = t(
                "It has {old}. Type the right one: the shop gets it, too, if it shows the old one or none."
            ).format(old=view.specter_number)
        typed = self._refused.pop(view.uid, "") or view.proposed_number or ""
        self._ask(EntryDialog(title, text, t("Digits only"), digits=True, value=typed, replaced=True), answered)

    def _enter(self, view: "OrderView", number: str, reason: str) -> None:
        def failed(error: Exception) -> None:
            """Keep the text for the next try, and say why it was refused."""
            self._refused[view.uid] = number
            self._model.tell(
                t("{why} What you typed is kept: n on order {order}.").format(
                    why=translated_error(text_of_error(error)), order=view.number
                ),
                "error",
            )

        def entered(settled: "OrderView") -> None:
            text = (
                t("Order {order} has {number} now. n corrects it again.")
                if reason
                else t("Order {order} is in Specter as {number}. n corrects it, R takes it back.")
            )
            self._model.tell(text.format(order=view.number, number=settled.specter_number))

        self._when(self._engine.submit(ShopService.enter_number, view.uid, number, reason), entered, failed)

    def _reopen(self, views: "Views") -> None:
        """Reopen closed orders and orders with a number entered by a person."""

        def reopened(view: "OrderView") -> None:
            self._model.orders.unmark((view.uid,))
            self._model.tell(
                t("Order {order} was taken back: it is {state} again. Nothing was sent.").format(
                    order=view.number, state=STATE_STYLES[view.state].word
                )
            )
            self._app.rearranged()

        def answered(reason: str) -> None:
            for view in views:
                self._when(self._engine.submit(ShopService.reopen, view.uid, reason), reopened)

        title = t("Take back: {orders}").format(orders=_called(views))
        self._ask_reason(
            title,
            _listed(views)
            + t("A closing, or a number typed by hand, is taken back. Nothing is sent: e or R on the order does that."),
            t("closed the wrong order"),
            answered,
        )

    def repeat(self) -> None:
        """Send orders again, with a reason; reopen those that are closed or have a number entered by a person."""
        views = self._targets(REPEATABLE)
        if not views:
            self._reopen(reopenable(self._situation()))
            return

        def answered(reason: str) -> None:
            self._confirm_count(views, t("Send {orders} again"), lambda: self._hold.begin(views, send(reason)))

        def send(reason: str) -> Callable[[], None]:
            def act() -> None:
                self._expect(views)
                self._when(
                    self._engine.submit(ShopService.repeat, [view.uid for view in views], reason),
                    lambda _: None,
                    self._not_sent,
                )

            return act

        title = t("Send {orders} again").format(orders=_called(views))
        self._ask_reason(
            title,
            _listed(views)
            + t(
                "If it did reach Specter the first time, it may be there twice: look there first. "
                "The reason is kept in the journal."
            ),
            t("looked in Specter, it is not there"),
            answered,
        )

    def close(self) -> None:
        """Close orders, with a reason."""
        views = self._targets(CLOSABLE)

        def answered(reason: str) -> None:
            self._confirm_count(views, t("Close {orders}"), lambda: self._close(views, reason))

        title = t("Close {orders}").format(orders=_called(views))
        self._ask_reason(
            title,
            _listed(views) + t("A closed order is never sent from here. The reason is kept in the journal."),
            t("entered by hand"),
            answered,
        )

    def take_back(self) -> int:
        """Cancel the countdown; return the number of its orders."""
        return self._hold.cancel()

    def ask_to_end_rest(self) -> bool:
        """Ask whether the rest of a running export is to be left; return whether one is running."""
        batch = self._model.batch
        if not batch.left or batch.ended:
            return False

        def answered(_: str) -> None:
            if self._model.batch is not batch:
                self._model.tell(t("The export has ended already."))
            else:
                batch.ended = True
                self._engine.submit(ShopService.end_rest)
                self._model.tell_begun(t("The rest is not sent; what is under way goes to its end."))

        title = t("End the rest of {count}?").format(count=len(batch.asked))
        text = t("{done} of {count} are done. What is under way goes to its end, the others stay ready.").format(
            done=batch.done, count=len(batch.asked)
        )
        self._ask(Question(title, text, t("End the rest")), answered)
        return True

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
        self._model.tell_begun(t("Exporting {orders} …").format(orders=_called(views)))

    def _not_sent(self, error: Exception) -> None:
        """Report an export that could not begin: after an error of the shop, none of the remaining orders was sent."""
        model, batch = self._model, self._model.batch
        left = [model.orders.views[uid] for uid in batch.asked if uid in model.wanted and uid in model.orders.views]
        if isinstance(error, ShopError) and left:
            model.tell(
                f"{translated_error(error.message)} {t('Not sent: {orders}.').format(orders=_called(tuple(left)))}",
                "error",
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
        told = t("Closed {good} of {all}.").format(good=good, all=asked) + (f" {t('R takes it back.')}" if good else "")
        self._model.tell(told, "information" if good == asked else "warning")

    def _confirm_count(self, views: "Views", title: str, act: Callable[[], None]) -> None:
        """Ask for the typed count of very many orders before `act`."""
        count = len(views)
        if count <= bulk_export.TYPED_ABOVE:
            act()
            return
        hint = t("Type {count} to confirm.").format(count=count)
        self._ask(
            EntryDialog(title.format(orders=_called(views)), hint, str(count), exactly=str(count)), lambda _: act()
        )

    def _ask_reason(self, title: str, text: str, example: str, answered: Callable[[str], None]) -> None:
        self._ask(EntryDialog(title, text, t("Why? For example: {example}").format(example=example), least=3), answered)


def _listed(views: "Views") -> str:
    """Return a line with the numbers of several orders, which may be out of sight."""
    if len(views) == 1:
        return ""
    numbers = ", ".join(view.number for view in views[:_MOST_LISTED])
    more = t("and {count} more").format(count=len(views) - _MOST_LISTED) if len(views) > _MOST_LISTED else ""
    return f"{numbers} {more}".rstrip() + "\n"


def _called(views: "Views") -> str:
    if len(views) == 1:
        return t("order {number}").format(number=views[0].number)
    return t("{count} orders").format(count=len(views))
