"""Console and set-up as a process: the terminal that they need, their last messages, and the exit code."""

import os
import sys
import threading
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from specter_tui.console.app import ConsoleApp
from specter_tui.console.crash_report import report_crash
from specter_tui.console.engine_ports import OpenEngine
from specter_tui.console.shutdown import GracefulShutdown
from specter_tui.console.terminal.terminal_app import TerminalApp
from specter_tui.console.terminal.theme import over_ssh
from specter_tui.i18n import Language, language_of, locale, set_locale, t
from specter_tui.text.output_encoding import carry_signs

if TYPE_CHECKING:
    from specter_tui.console.setup.setup_app import Ended
    from specter_tui.console.setup.setup_ports import SetupPorts

BAD_USAGE = 2
FAILED = 1
_TURN = 0.001
"""Seconds that a thread may run while another waits."""


def run(
    open_engine: OpenEngine,
    language: Language | None,
    banner: str,
    views_file: Path | None,
    grace: float,
    *,
    read_only: bool = False,
) -> int:
    """Run the console on this terminal; return the exit code."""
    set_locale(language or language_of(os.environ))
    if (
        why := _unfit(
            os.environ,
            t("specter-tui: the console needs a terminal; `specter-tui --help` lists the commands that do not"),
        )
    ) is not None:
        _say(why)
        return BAD_USAGE
    leaving = GracefulShutdown(grace)
    app = ConsoleApp(open_engine, leaving, banner=banner, language=locale(), views_file=views_file, read_only=read_only)
    return _run(app, leaving)


def run_guided(ways: "SetupPorts", language: Language) -> "tuple[Ended, int]":
    """Run the guided set-up on this terminal; return how it ended, and the exit code."""
    from specter_tui.console.setup.setup_app import SetupApp  # noqa: PLC0415 - wanted once in the life of an installation

    set_locale(language)
    if (
        why := _unfit(
            os.environ,
            t(
                "specter-tui: the set-up needs a terminal; or copy settings.env.example to {file}, and fill it in"
            ).format(file=ways.file),
        )
    ) is not None:
        _say(why)
        return "left", BAD_USAGE
    leaving = GracefulShutdown(grace=0.0)
    leaving.no_engine()
    app = SetupApp(ways, leaving)
    code = _run(app, leaving)
    return app.ended, code


def _run(app: TerminalApp, leaving: GracefulShutdown) -> int:
    threading.excepthook = _ThreadErrors(leaving)
    for stream in (sys.__stdout__, sys.__stderr__):
        carry_signs(stream)
    # While the engine's threads are busy, the screen gets its turn sooner than by Python's default.
    sys.setswitchinterval(_TURN)
    with leaving.signals():
        # Over SSH the mouse belongs to the terminal: it selects text to copy, and sends nothing.
        app.run(mouse=not over_ssh(os.environ))
        leaving.ended.set()
        return _end(app, leaving)


def _end(app: TerminalApp, leaving: GracefulShutdown) -> int:
    """Print the last messages, and make sure that no call is interrupted."""
    for line in app.trouble:
        _say(line)
    code = app.return_code or 0
    if app.crash is not None:
        _say(report_crash(app.crash))
        code = FAILED
    if not leaving.finish():  # An engine that does not end must not keep the process running.
        sys.stdout.flush()
        sys.stderr.flush()
        os._exit(code or FAILED)
    return code


def _unfit(environment: Mapping[str, str], no_terminal: str) -> str | None:
    """Return why this terminal cannot show a screen, or None."""
    if not (sys.stdin.isatty() and sys.stdout.isatty()):
        return no_terminal
    term = environment.get("TERM", "")
    return (
        t("specter-tui: this terminal (TERM={term}) cannot draw a screen; use one such as xterm-256color").format(
            term=term
        )
        if term in ("", "dumb")
        else None
    )


class _ThreadErrors:
    """Handles errors in threads: if the thread that writes to the terminal fails, the terminal is gone."""

    def __init__(self, leaving: GracefulShutdown) -> None:
        self._leaving = leaving
        self._before = threading.excepthook

    def __call__(self, args: threading.ExceptHookArgs) -> None:
        if args.thread is not None and args.thread.name == "textual-output" and isinstance(args.exc_value, OSError):
            self._leaving.hang_up()
        else:
            self._before(args)


def _say(line: str) -> None:
    print(line, file=sys.stderr)  # noqa: T201 - the terminal is ours again
