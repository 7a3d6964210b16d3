"""The commands `demo` and `sandbox`: a private shop and Specter.

Neither reads the user's settings, but the demo uses their language, theme and time zone.
"""

import os
import signal
import sys
import tempfile
import threading
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

from specter_tui.cli import exit_codes
from specter_tui.cli.commands.console_run import show_console
from specter_tui.cli.output import emit, order_line, print_text
from specter_tui.cli.session import BadUsage, Session
from specter_tui.config.settings import Settings, load_settings
from specter_tui.config.sources import given_in
from specter_tui.engine.service import ShopService
from specter_tui.i18n import set_locale, t
from specter_tui.sandbox.sandbox import Sandbox
from specter_tui.sandbox.server.options import SandboxOptions
from specter_tui.text.state_names import STATE_WORDS

_PACE = 6.0
_DELAY = 0.1
_ARTICLES = 600
_REFUSED_ARTICLE = "KASA-BJ"
_ALL_OF_IT = {
    "ARTICLE__EXPORT": "changed",
    "STOCK__SYNC": "true",
    "DELIVERY__SYNC": "true",
    "SPECTER__REFUSES_DUPLICATES": "false",  # An order in doubt waits for the user.
    "WATCH__INTERVAL": "5",
}
"""All optional work is on in the demo, so that it can be tried."""


def run_demo() -> int:
    """Open the console on a sandbox with new orders; without a terminal do one pass and print a summary."""
    on_screen = sys.stdin.isatty() and sys.stdout.isatty()
    shown = SandboxOptions(
        pace=_PACE,
        delay=_DELAY,
        articles=_ARTICLES,
        stock_queued=True,
        refused_articles=(_REFUSED_ARTICLE,),
        duplicate_names_number=True,
        second_thoughts=True,
        lost_answers=1,
    )
    with (
        Sandbox(shown if on_screen else SandboxOptions()) as sandbox,
        tempfile.TemporaryDirectory(prefix="specter-tui-demo-") as folder,
    ):
        journal = f"sqlite:///{Path(folder) / 'journal' / 'journal.db'}"
        own = {"JOURNAL__URL": journal, "JOURNAL__SEEN": folder}
        settings = load_settings(None, {**_looks(), **sandbox.settings, **_ALL_OF_IT, **own})
        return _on_screen(settings, Path(folder)) if on_screen else _one_pass(settings)


def _looks() -> dict[str, str]:
    """Return the user's interface settings; the demo uses no others."""
    return {name: value for name, value in given_in(os.environ).items() if name.startswith("UI__")}


def _on_screen(settings: Settings, folder: Path) -> int:
    set_locale(settings.ui.language)
    return show_console(lambda: settings, settings.ui.language, t("DEMO: sandbox, nothing real"), folder / "views.json")


def _one_pass(settings: Settings) -> int:
    """Poll once, export ready orders and print each order. Some demo orders are blocked on purpose."""
    with Session(settings).open() as session:
        session.do(ShopService.poll)
        session.do(ShopService.export_all)
        views = session.do(ShopService.everything)
        for view in views:
            emit(order_line(view))
        counts = Counter(view.state for view in views)
        home = sum(view.write_back == "done" for view in views)
        emit("")
        states = ", ".join(f"{n} {STATE_WORDS[state]}" for state, n in sorted(counts.items()))
        told = t("{count} orders: {states}.").format(count=len(views), states=states)
        emit(f"{t('DEMO: sandbox, nothing real')}. {told}")
        emit(t("{count} Specter numbers were written back to the shop.").format(count=home))
    return exit_codes.DONE


def run_sandbox(*, orders: int, pace: float, shop_port: int, specter_port: int, switches: Sequence[str] = ()) -> int:
    """Run the two servers until interrupted, and print the settings for them. Raises BadUsage."""
    try:
        given = SandboxOptions.named(switches)
    except ValueError as error:
        raise BadUsage(str(error)) from None
    chosen = SandboxOptions(orders=orders, pace=pace, shop_port=shop_port, specter_port=specter_port, **given)
    ended = threading.Event()
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, lambda *_: ended.set())
    with Sandbox(chosen) as sandbox:
        for name, value in sandbox.settings.items():
            emit(f"{name}={value}")
        print_text(t("The sandbox is running; end it with Ctrl+C."))
        ended.wait()
    return exit_codes.DONE
