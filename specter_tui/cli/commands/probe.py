"""The command `probe`: the guided first contact, step by step in a terminal, or as JSON for its reading part."""

import json
import os
import platform
import signal
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path

from specter_tui import __version__
from specter_tui.cli import exit_codes
from specter_tui.cli.apply_settings import SettingsOffer
from specter_tui.cli.commands.support import settings_in_use
from specter_tui.cli.output import emit, emit_json, print_text
from specter_tui.cli.session import BadUsage, Interrupted, Session, read_shop
from specter_tui.config.settings import Settings
from specter_tui.config.settings_changes import SettingChange
from specter_tui.engine.events import Message
from specter_tui.engine.probe.messages import ProbeAsked, ProbeStepBegun, ProbeStepEnded
from specter_tui.engine.probe.privacy import Privacy
from specter_tui.engine.probe.probe_texts import probe_text
from specter_tui.engine.probe.protocol import Protocol, does_text, result_text
from specter_tui.engine.probe.runner import ProbeEnd, ProbeWish, run_probe
from specter_tui.engine.probe.step import Group, StepReport
from specter_tui.engine.probe.table import STEPS
from specter_tui.engine.service import ShopService
from specter_tui.i18n import t

PAUSE = 1.0
"""Seconds between two calls."""


def probe_shop(
    settings_file: Path | None,
    wish: ProbeWish,
    *,
    as_json: bool,
    order: str = "",
    apply: bool = False,
    folder: Path | None = None,
) -> int:
    """Run the probe, print each step, and write the protocol into a folder, the current one if none is named.

    `order` is the order of the group `order` as a person names it; `apply` offers to write the proposed settings.
    """
    readable = {step.name for step in STEPS if step.does == "reads" and not step.settles}
    for name in sorted(wish.again - readable):
        told = t("--again {name}: only {names} can be repeated")
        raise BadUsage(told.format(name=name, names=", ".join(sorted(readable))))
    folder = folder or Path.cwd()
    if not os.access(folder, os.W_OK):
        told = t("{folder} may not be written; go to a folder that may: the protocol is written there")
        raise BadUsage(told.format(folder=folder))
    shop = read_shop(settings_file)
    settings = shop.settings
    with Session(settings).open() as session:
        if order:
            wish = replace(wish, groups=wish.groups | {"order"}, order=str(session.do(_uid_of, order)))
        printer = _Printer(session, wish.groups | {"read"}, as_json=as_json)
        printer.begin()
        end = session.do_with(printer.heard, run_probe, wish)
        if session.interrupted:
            raise Interrupted(session.interrupted)
    protocol = Protocol(end, settings.ui.language, _about(settings))
    files = _write(protocol, folder)
    lists = protocol.lists()
    if as_json:
        emit_json({"step": "end", **lists, "files": [str(file) for file in files]})
    else:
        emit("")
        emit(protocol.markdown())
        for file in files:
            emit(str(file))
        emit(probe_text("not_mailed", settings.ui.language))
    if apply:
        proposed = {one.name: one for report in end.reports for one in report.proposed}
        changes = [SettingChange(one.name, one.old, one.new) for one in proposed.values()]
        if SettingsOffer(changes, shop.file, session.engine.place, settings.ui.language).made():
            lists["set_now"] = []
    return _status(end, lists)


async def _uid_of(service: ShopService, word: str) -> int:
    await service.auto_export.look_for([word])
    return (await service.find(word)).uid


def _status(end: ProbeEnd, lists: dict[str, list[str]]) -> int:
    if end.out_of_reach:
        return exit_codes.OUT_OF_REACH
    left = lists["set_now"] or lists["open"] or end.why
    return exit_codes.SOME_FAILED if left else exit_codes.DONE


class _Printer:
    """Prints steps as they begin and end, and asks the operator."""

    def __init__(self, session: Session, groups: frozenset[Group], *, as_json: bool) -> None:
        self._session = session
        self._names = [step.name for step in STEPS if step.group in groups]
        self._language = session.settings.ui.language
        self._json = as_json

    def begin(self) -> None:
        """Say what is going to happen; the operator may leave by Ctrl-C."""
        if not self._json:
            shop = self._session.settings.abicart.url
            emit(probe_text("intro", self._language, version=__version__, shop=shop))

    def heard(self, message: Message) -> None:
        """Print or answer one message."""
        match message:
            case ProbeStepBegun(step) if not self._json:
                names = self._names
                place = f"[{names.index(step.name) + 1}/{len(names)}] " if step.name in names else ""
                does, title = does_text(step, self._language), probe_text(step.title, self._language)
                emit(f"\n{place}{step.name}  {does}: {title}")
            case ProbeStepEnded(report, earlier):
                self._ended(report, earlier=earlier)
            case ProbeAsked(text, reply):
                reply.set_result(self._ask(text))

    def _ended(self, report: StepReport, *, earlier: bool) -> None:
        protocol = Protocol(ProbeEnd((report,), Privacy()), self._language, {})
        if self._json:
            emit_json(protocol.step(report))
            return
        if earlier:
            emit(
                "\n"
                + probe_text(
                    "earlier", self._language, step=report.step.name, result=result_text(report, self._language)
                )
            )
        for note in report.notes:
            emit(f"      {protocol.said(note)}")
        for note in (*report.developers, *report.open):
            emit(f"    ! {protocol.said(note)}")
        for one in report.proposed:
            emit(f"    = {one.name}: {one.old} -> {one.new}")

    def _ask(self, text: str) -> str:
        """Return the line that the operator types; a signal or the end of the input ends the probe."""
        emit(text)
        try:
            with _interruptible():
                return input("> ")
        except (KeyboardInterrupt, EOFError):
            signal.raise_signal(signal.SIGINT)  # The session's own handler ends the probe.
            return ""


@contextmanager
def _interruptible() -> Iterator[None]:
    """Let Ctrl-C end the wait for a line, which the usual handler would only note."""
    before: Callable[..., object] | int | None = signal.signal(signal.SIGINT, signal.default_int_handler)
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, before)


def is_terminal() -> bool:
    """Return whether an operator can be asked."""
    return sys.stdin is not None and sys.stdin.isatty() and sys.stdout is not None and sys.stdout.isatty()


def _about(settings: Settings) -> dict[str, dict[str, object]]:
    versions: dict[str, object] = {
        "specter-tui": __version__,
        "python": platform.python_version(),
        "system": f"{platform.system()} {platform.release()}",
        "written": f"{datetime.now(UTC):%Y-%m-%dT%H:%M:%SZ}",
    }
    hosts: dict[str, object] = {"ABICART__URL": settings.abicart.url, "SPECTER__URL": settings.specter.url}
    return {"versions": versions, "hosts": hosts, "settings": settings_in_use(settings)}


def _write(protocol: Protocol, folder: Path) -> list[Path]:
    """Write the protocol's files, readable by their owner alone. Raises BadUsage where the folder cannot be written."""
    name = f"probe-{datetime.now(UTC).astimezone():%Y-%m-%d}"
    texts = {
        f"{name}.md": protocol.markdown(),
        f"{name}.json": json.dumps(protocol.document(), ensure_ascii=False, indent=2, default=str) + "\n",
        f"{name}-own.md": protocol.own_copy(),
    }
    written = []
    for file_name, text in texts.items():
        if text:
            written.append(folder / file_name)
            try:
                _write_private(written[-1], text)
            except OSError as error:
                told = t("{file}: {why}; go to a folder that you may write to")
                raise BadUsage(told.format(file=written[-1], why=error.strerror)) from None
    return written


def _write_private(path: Path, text: str) -> None:
    """Write a file by rename, so that it is whole, and never readable by others."""
    new = path.with_name(f".{path.name}.new")
    new.unlink(missing_ok=True)
    handle = os.open(new, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW, 0o600)
    with os.fdopen(handle, "w", encoding="utf-8") as file:
        file.write(text)
    new.rename(path)


@dataclass(frozen=True, slots=True)
class ProbeOptions:
    """What the command line asks for besides the reading part."""

    account: bool = False
    batches: bool = False
    order: str = ""
    apply: bool = False

    @property
    def groups(self) -> frozenset[Group]:
        """The groups of steps besides `read`, without that of the order."""
        asked: dict[Group, bool] = {"account": self.account, "batches": self.batches}
        return frozenset(name for name, is_asked in asked.items() if is_asked)


def begin(settings_file: Path | None, again: list[str], options: ProbeOptions, *, as_json: bool) -> int:
    """Run the probe as the command line asks."""
    if as_json and options != ProbeOptions():
        raise BadUsage(t("--json is for the part that only reads; the other parts ask questions"))
    if not as_json and not is_terminal():
        print_text(t("probe asks questions: run it in a terminal, or with --json for the part that only reads"))
        return exit_codes.BAD_USAGE
    names = frozenset(name.upper() for name in again)
    wish = ProbeWish(groups=options.groups, again=names, interactive=not as_json, pause=PAUSE)
    return probe_shop(settings_file, wish, as_json=as_json, order=options.order, apply=options.apply)
