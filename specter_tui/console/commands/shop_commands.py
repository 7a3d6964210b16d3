"""Handlers of the commands on shops: poll one, accept its count, the overview, and switching between several."""

from pathlib import Path
from typing import TYPE_CHECKING

from specter_tui.console.commands.order_commands import OrderCommands
from specter_tui.console.front_app import FrontApp
from specter_tui.console.screens import shop_rows
from specter_tui.console.screens.full_screen import ListScreen
from specter_tui.console.screens.modals import EntryDialog
from specter_tui.console.widgets.filter_control import FilterController
from specter_tui.engine.service import ShopService
from specter_tui.i18n import ngettext, t

if TYPE_CHECKING:
    from specter_tui.console.screens.shop_rows import ShopRows
    from specter_tui.console.screens.shop_switcher import ShopTab
    from specter_tui.engine.events import CountGap


class ShopCommands(OrderCommands):
    """The handlers, registered in registry.py."""

    def __init__(self, app: FrontApp, filtering: FilterController, views_file: Path | None) -> None:
        super().__init__(app, filtering, views_file)
        self._shops: ShopRows | None = None
        """The overview, with its sorting and filter."""

    def look(self) -> None:
        """Poll the shop and show new orders; ask about the count where it may be accepted."""
        self._model.orders.arrange()
        self._app.rearranged()
        self._model.look_asked = True
        self._model.tell_begun(t("Asking the shop for orders …"))
        self._engine.submit(ShopService.poll)
        if self._app.main.active == "numbers":
            self._engine.submit(ShopService.check_numbers)
        if self._model.gap is not None and not self._model.read_only:
            self._ask_to_accept(self._model.gap)

    def _ask_to_accept(self, gap: "CountGap") -> None:
        def answered(reason: str) -> None:
            self._engine.submit(ShopService.accept_count, reason, gap)

        title = t("The shop counts {counted} orders, {found} are here.").format(counted=gap.counted, found=gap.found)
        hint = t("Why? For example: {example}").format(example=t("two orders were deleted in the shop"))
        self._ask(
            EntryDialog(
                title,
                t(
                    "Three looks found the same. Accept it only if you know why: what is missing here is not exported. "
                    "The difference stays a warning. The reason is kept in the journal."
                ),
                hint,
                least=3,
            ),
            answered,
        )

    def overview(self) -> None:
        """Open the overview of all shops, or close it."""
        if self._app.front == "shops":
            self._app.close_full()
            return

        self._shops = self._shops or shop_rows.ShopRows(self._app.shops)
        screen = ListScreen("shops", self._shops, shop_rows.columns())
        self._app.open_full(screen)
        self._app.call_after_refresh(screen.rows.move_to, self._app.shops.current.number)

    def next_shop(self) -> None:
        """Switch to the next shop."""
        self._switch(self._app.shops.next(1))

    def previous_shop(self) -> None:
        """Switch to the previous shop."""
        self._switch(self._app.shops.next(-1))

    def _to_shop(self, number: object) -> None:
        tab = self._app.shops.all.get(number) if isinstance(number, int) else None
        if tab is None or tab.engine is None:
            self._model.tell(
                tab.trouble if tab else t("This settings file cannot be used: put it right and start again."), "warning"
            )
        else:
            self._switch(tab)

    def _switch(self, tab: "ShopTab") -> None:
        """Switch to a shop; a countdown of the previous one is cancelled, since its orders would be out of sight."""
        shops = self._app.shops
        before = shops.current
        held = self.take_back() if tab is not before else 0
        self._app.switch_shop(tab)
        if held:
            self._model.tell(
                ngettext(
                    "{count} order of shop {shop} was not sent: the export was cancelled when you left that shop.",
                    "{count} orders of shop {shop} were not sent: the export was cancelled when you left that shop.",
                    held,
                ).format(count=held, shop=before.called),
                "warning",
            )
