"""One running command: settings, an engine on its own thread, messages and signals on this one, an exit status."""

import os
import queue
import signal
import sys
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import CancelledError, Future
from contextlib import contextmanager
from pathlib import Path
from types import FrameType
from typing import ParamSpec, TypeVar

from specter_tui.abicart.errors import ShopError, ShopRefusesUs
from specter_tui.cli import exit_codes
from specter_tui.cli.logs import RepeatFilter, log_message, set_up_logs
from specter_tui.cli.output import OutputLost, leave_output, print_text
from specter_tui.config.setting_problems import SettingsProblem
from specter_tui.config.settings import Settings
from specter_tui.config.shops import ShopFile, load_shops
from specter_tui.config.sources import config_folder
from specter_tui.console.crash_report import report_crash
from specter_tui.engine.concurrency.limits import SharedResources
from specter_tui.engine.concurrency.named_leases import LeaseHeld
from specter_tui.engine.decisions import InvalidDecision
from specter_tui.engine.emergency_stop import stop_in_words
from specter_tui.engine.events import CountDiffered, Message, Notice, PollFinished, Progress, ReachChanged, StopChanged
from specter_tui.engine.queues.shared_queues import SharedQueues
from specter_tui.engine.runtime.engine_thread import Engine
from specter_tui.engine.service import Command, SendingInactive, ShopService
from specter_tui.errors import text_of_error, translate_error
from specter_tui.i18n import locale, set_locale, t
from specter_tui.journal.errors import JournalAway, JournalError, JournalInUse, SendingStopped
from specter_tui.specter.errors import AccountHalted, Refused, SpecterFailure

P = ParamSpec("P")
T = TypeVar("T")


class BadUsage(Exception):
    """The request cannot be done as given; the text says what to do."""


class Interrupted(Exception):
    """A signal ended the command after calls in flight were finished and recorded."""

    def __init__(self, number: int) -> None:
        super().__init__(signal.Signals(number).name)
        self.number = number


def read_settings(named: Path | None) -> Settings:
    """Read the settings from the environment and one settings file; print the notes. Raises SettingsProblem."""
    return read_shop(named).settings


def read_shop(named: Path | None) -> ShopFile:
    """Read the settings as `read_settings`; return them with their file."""
    shops = load_shops([named] if named else [], config_folder(), os.environ)
    for note in shops.notes:
        print_text(note)
    set_locale(shops.found[0].settings.ui.language)
    return shops.found[0]


class Signals:
    """Handles the signals that end a command; the first one counts."""

    def __init__(self, leave: Callable[[], None], *, talk: bool) -> None:
        self._leave = leave
        self._told = f"{t('leaving: the calls in flight are finished first')}\n".encode() if talk else b""
        self.heard = 0
        """The signal received, or 0."""

    @contextmanager
    def hearing(self) -> Iterator[None]:
        """Handle the signals inside the block; only in the main thread."""
        # Ignored signals stay ignored: under nohup, a closed window does not end the command.
        heard = [number for number in _SIGNALS if signal.getsignal(number) is not signal.SIG_IGN]
        before = {number: signal.signal(number, self._on_signal) for number in heard}
        try:
            yield
        finally:
            for number, handler in before.items():
                signal.signal(number, handler)

    def _on_signal(self, number: int, _frame: FrameType | None) -> None:
        if not self.heard:
            self.heard = number
            # Written directly, since the signal may have interrupted Python in the middle of a buffered line.
            if self._told:
                os.write(sys.stderr.fileno(), self._told)
            self._leave()


class Session:
    """One command's engine. Messages are read on the main thread, so that output never delays a call."""

    def __init__(self, settings: Settings, *, watch: bool = False, queues: SharedQueues | None = None) -> None:
        """Make a session; `queues` covers all shops of the command, where there are several."""
        self.settings = settings
        self._messages: queue.SimpleQueue[Message | None] = queue.SimpleQueue()
        self._news = RepeatFilter()
        self._watch = watch
        self._reach: dict[str, ReachChanged] = {}
        self._doubt = False
        self._log_instead = watch and not settings.log.file
        """A service logs its messages; a command prints them, and logs only into a LOG__FILE."""
        shared = SharedResources(keeps_done=not watch, queues=queues or SharedQueues())
        self.engine = Engine(settings, self.hear, shared)
        self._signals = Signals(self.engine.shut_down, talk=not self._log_instead)

    @contextmanager
    def open(self) -> Iterator["Session"]:
        """Start the engine; at the end wait for calls in flight. Raises JournalError."""
        open_logs([self.settings], on_stderr=self._log_instead)
        with self._signals.hearing():
            self.engine.start(watch=self._watch)
            try:
                yield self
            finally:
                self.engine.shut_down()
                self.engine.join()

    def hear(self, message: Message) -> None:
        """Queue a message of the engine, from any thread."""
        self._messages.put(message)

    def do(self, command: Command[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
        """Return the result of a command. Raises its error, or Interrupted."""
        return self.do_with(lambda _: None, command, *args, **kwargs)

    def do_with(
        self, on_message: Callable[[Message], None], command: Command[P, T], *args: P.args, **kwargs: P.kwargs
    ) -> T:
        """Return the result of a command, passing its messages on as they arrive. Raises its error, or Interrupted."""
        future = self.engine.ask(command, *args, **kwargs)
        future.add_done_callback(lambda _: self._messages.put(None))
        while (message := self._messages.get()) is not None:
            self._note(message)
            on_message(message)
        return self._result(future)

    def _result(self, future: Future[T]) -> T:
        try:
            return future.result()
        except CancelledError:
            raise Interrupted(self._signals.heard or signal.SIGTERM) from None

    def messages(self) -> Iterator[Message]:
        """Yield all messages until a signal has ended the engine; for a command without an end."""
        while True:
            try:
                message = self._messages.get(timeout=1)
            except queue.Empty:
                if self.engine.join(0):
                    return
                continue
            if message is not None:
                self._note(message)
                yield message

    @property
    def interrupted(self) -> int:
        """The signal that asked the command to end, or 0."""
        return self._signals.heard

    @property
    def reach_status(self) -> int:
        """The exit status by reach: 3 when shop or Specter is out of reach, 1 when one refuses us, else 0."""
        found = [message.reach for message in self._reach.values()]
        if "out_of_reach" in found:
            return exit_codes.OUT_OF_REACH
        return exit_codes.SOME_FAILED if "refused" in found or self._doubt else exit_codes.DONE

    def ended(self, outcome: int) -> int:
        """Return a polling command's exit status, at least 1 while the shop's list is in doubt."""
        return max(outcome, exit_codes.SOME_FAILED) if self._doubt else outcome

    def talk(self, text: str) -> None:
        """Print a message, or log it in a service."""
        self._note(Notice("information", text))

    def _note(self, message: Message) -> None:
        if self._news.is_news(message):
            log_message(message)
        if isinstance(message, ReachChanged):
            self._reach[message.who] = message
        if isinstance(message, PollFinished):
            self._doubt = bool(message.doubt)
        if isinstance(message, CountDiffered):
            self._doubt = True
        if self._log_instead:
            return
        if (
            isinstance(message, ReachChanged) and message.reach != "ok" and message.who != "journal"
        ):  # Its error is in a Notice already.
            print_text(f"{message.who}: {message.text}")
        elif isinstance(message, StopChanged) and message.stop is not None:
            print_text(stop_in_words(message.stop, self.settings.ui))
        elif isinstance(message, Notice | CountDiffered):
            print_text(message.text)
        elif isinstance(message, Progress):
            _show_progress(message)


async def is_stopped(service: ShopService) -> bool:
    """Return whether sending was stopped, as far as this session knows."""
    return service.emergency_stop.stop is not None


_SIGNALS = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)


def open_logs(shops: Sequence[Settings], *, on_stderr: bool) -> None:
    """Set up the logs of this process's shops. Raises BadUsage."""
    try:
        set_up_logs(shops, on_stderr=on_stderr)
    except OSError as error:
        raise BadUsage(
            t("LOG__FILE: {file} cannot be written: {why}").format(file=error.filename, why=error.strerror)
        ) from None


def _show_progress(progress: Progress) -> None:
    """Overwrite one line with the progress, only in a terminal."""
    if sys.stderr.isatty():
        total = "" if progress.total is None else f"/{progress.total}"
        end = "\n" if progress.finished else ""
        print(f"\r{progress.task}: {progress.done}{total}{_pace(progress)}\033[K", end=end, file=sys.stderr, flush=True)  # noqa: T201


def _pace(progress: Progress) -> str:
    rate = "" if progress.rate is None else f", {progress.rate:.0f}/s"
    return rate if progress.seconds_left is None else f"{rate}, {progress.seconds_left:.0f} s left"


def guarded(command: Callable[[], int]) -> int:
    """Run a command; turn its error into one line on stderr and an exit status."""
    try:
        return tried(command)
    except Interrupted as interrupted:
        return exit_codes.DONE if interrupted.number == signal.SIGTERM else exit_codes.INTERRUPTED
    except (BrokenPipeError, OutputLost) as lost:
        leave_output()
        if isinstance(lost, OutputLost):  # Otherwise the reader has ended, as in `| head`.
            told = t(
                "the output cannot be written ({why}); what was under way was finished, the journal has its outcome"
            )
            print_text(told.format(why=lost))
        return exit_codes.SOME_FAILED


def tried(command: Callable[[], int]) -> int:
    """Run as `guarded`, for one shop of several: a signal ends all of them. Raises Interrupted, OutputLost."""
    try:
        return command()
    except (Interrupted, OutputLost, BrokenPipeError):
        raise
    except SettingsProblem as problem:
        for line in problem.problems:
            print_text(translate_error(line, locale()))
        return exit_codes.BAD_USAGE
    except SendingStopped:
        return exit_codes.SOME_FAILED  # Who stopped it and why was printed when the message came.
    except (BadUsage, SendingInactive, InvalidDecision) as error:
        print_text(_in_words(error))
        return exit_codes.of_refusal(error)
    except (ShopRefusesUs, AccountHalted, Refused, LeaseHeld, JournalInUse) as error:
        print_text(_in_words(error))
        return exit_codes.SOME_FAILED
    except (ShopError, SpecterFailure) as error:
        print_text(_in_words(error))
        return exit_codes.OUT_OF_REACH
    except JournalError as error:
        print_text(_in_words(error))
        return exit_codes.OUT_OF_REACH if isinstance(error, JournalAway) else exit_codes.BAD_USAGE
    except Exception as error:  # noqa: BLE001  # An error of our own: its words and variables could hold a person or a key.
        print_text(report_crash(error))
        return exit_codes.SOME_FAILED


def _in_words(error: Exception) -> str:
    return translate_error(text_of_error(error), locale())
