"""The handler of the emergency stop: stop all sending of one shop or of all, and resume it."""

from typing import TYPE_CHECKING

from specter_tui.console import words
from specter_tui.console.commands.command_context import CommandContext
from specter_tui.console.screens.modals import EntryDialog
from specter_tui.engine.service import Command, ShopService

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
        called = words.ALL_SHOPS.format(count=len(at_work)) if self._app.front == "shops" else words.THIS_SHOP

        def stop(reason: str) -> None:
            for tab in going:
                _submit(tab, ShopService.stop, reason)

        def resume(reason: str) -> None:
            for tab in at_work:
                _submit(tab, ShopService.resume, reason)

        if going:
            title, text, answered = words.ASK_STOP, words.ASK_STOP_TEXT, stop
            example = words.REASON_EXAMPLE_STOP
        else:
            title, text, answered = words.ASK_RESUME, words.ASK_RESUME_TEXT, resume
            example = words.REASON_EXAMPLE_RESUME
        self._ask(
            EntryDialog(title.format(shops=called), text, words.REASON.format(example=example), least=3), answered
        )


def _submit(tab: "ShopTab", command: "Command[[str], object]", reason: str) -> None:
    assert tab.engine is not None  # noqa: S101 - only shops at work are asked
    tab.engine.submit(command, reason)
