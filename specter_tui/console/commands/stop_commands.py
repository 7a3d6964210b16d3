"""The handler of the emergency stop: stop all sending of one shop or of all, and resume it."""

from typing import TYPE_CHECKING

from specter_tui.console.commands.command_context import CommandContext
from specter_tui.console.screens.modals import EntryDialog
from specter_tui.engine.service import Command, ShopService
from specter_tui.i18n import ngettext, t

if TYPE_CHECKING:
    from specter_tui.console.screens.shop_switcher import ShopTab


class StopCommands(CommandContext):
    """The handler, registered in registry.py."""

    def stop(self) -> None:
        """Stop all sending with a reason, or resume it; in the overview for all shops."""
        front = self._app.shops
        shops = list(front.all.values()) if self._app.front == "shops" else [front.current]
        at_work = [tab for tab in shops if tab.engine is not None]
        going = [tab for tab in at_work if tab.model.stop is None]
        called = (
            ngettext("{count} shop", "all {count} shops", len(at_work)).format(count=len(at_work))
            if self._app.front == "shops"
            else t("this shop")
        )

        def stop(reason: str) -> None:
            for tab in going:
                _submit(tab, ShopService.stop, reason)

        def resume(reason: str) -> None:
            for tab in at_work:
                _submit(tab, ShopService.resume, reason)

        if going:
            title, text, answered = (
                t("Stop all sending: {shops}"),
                t(
                    "Every program on this journal, on every host, sends and writes nothing until someone lets "
                    "it go on. "
                    "What is under way goes to its end."
                ),
                stop,
            )
            example = t("wrong prices in the shop")
        else:
            title, text, answered = (
                t("Let sending go on: {shops}"),
                t("Services go on by themselves; auto mode stays off in consoles. Nothing is sent by this key."),
                resume,
            )
            example = t("prices are right again")
        self._ask(
            EntryDialog(
                title.format(shops=called), text, t("Why? For example: {example}").format(example=example), least=3
            ),
            answered,
        )


def _submit(tab: "ShopTab", command: "Command[[str], object]", reason: str) -> None:
    assert tab.engine is not None  # noqa: S101 - only shops at work are asked
    tab.engine.submit(command, reason)
