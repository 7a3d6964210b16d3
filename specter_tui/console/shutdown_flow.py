"""The end of the screen: no new work, a wait for the calls in flight, and the last messages on the terminal."""

from collections.abc import Callable
from time import monotonic

from textual.screen import ModalScreen

from specter_tui.console.front_app import FrontApp
from specter_tui.console.shutdown import GracefulShutdown
from specter_tui.i18n import ngettext, t


class ShutdownFlow:
    """Ends the work of all shops of the console. `put_off` undoes the hold before orders are sent."""

    def __init__(self, app: FrontApp, leaving: GracefulShutdown, put_off: Callable[[], None]) -> None:
        self._app = app
        self._put_off = put_off
        self._leaving = leaving

    def begin(self) -> None:
        """Shut down after the calls in flight; when asked again, say so and keep waiting."""
        app = self._app
        if app.model.leaving:
            app.model.leaving_asked_again = True
        else:
            for tab in app.shops.all.values():
                tab.model.leaving, tab.model.leaving_since = True, monotonic()
            self._put_off()
            while isinstance(app.screen, ModalScreen):
                app.pop_screen()
            self._leaving.ask()
            if not app.model.lean:  # On a slow terminal the time is shown once.
                app.set_interval(1.0, app.draw)
            app.set_timer(self._leaving.grace, self._grace_over)
        app.draw()

    def stopped(self, error: str) -> None:
        """Exit after the engine has ended, with its error if there is one."""
        self._keep(t("specter-tui ended: {error}").format(error=error) if error else "")
        failed = not self._leaving.outdated and (error or not self._app.model.leaving)
        self._app.exit(return_code=1 if failed else self._leaving.code)

    def _grace_over(self) -> None:
        orders = ", ".join(self._app.shops.in_flight())
        self._keep(
            t("Left while calls were in flight ({orders}). They are shown as unknown at the next start.").format(
                orders=orders
            )
            if orders
            else t("Left without waiting longer for what was under way. No order was being sent from here.")
        )
        self._app.exit(return_code=1)

    def _keep(self, ended: str) -> None:
        """Keep for the terminal how the console ended, and what was requested but not done."""
        unsent = self._app.shops.unsent()
        self._app.trouble = tuple(
            line
            for line in (
                ended,
                ngettext(
                    "{count} order was not sent. It is still ready: press E.",
                    "{count} orders were not sent. They are still ready: press E.",
                    unsent,
                ).format(count=unsent)
                if unsent
                else "",
            )
            if line
        )
