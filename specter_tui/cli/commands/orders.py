"""The commands about orders: orders, preview, export, resolve."""

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Literal
from zoneinfo import ZoneInfo

from specter_tui.cli import exit_codes
from specter_tui.cli.output import emit, emit_json, order_json, order_line, preview_json, preview_lines, print_text
from specter_tui.cli.session import Interrupted, Session, is_stopped, read_settings
from specter_tui.config.settings import Settings
from specter_tui.engine.events import ExportEnded, OrderView
from specter_tui.engine.monitoring.overdue import overdue_text
from specter_tui.engine.service import ShopService
from specter_tui.i18n import t
from specter_tui.journal.models import Overdue
from specter_tui.text.state_names import STATE_WORDS, STATES_OF_SEVERAL

_UNDER_WAY = timedelta(minutes=1)


@dataclass(frozen=True, slots=True)
class Printer:
    """Prints orders as text or as JSON."""

    session: Session
    as_json: bool

    def order(self, view: OrderView) -> None:
        """Print one order on one line."""
        if self.as_json:
            emit_json(order_json(view, self.session.settings.ui.language))
        else:
            emit(order_line(view))


def list_orders(settings: Settings, state: str | None, *, accept_count: str | None = None, as_json: bool) -> int:
    """Print the orders in scope that are not done, each with its state and reason."""

    async def work(service: ShopService) -> list[OrderView]:
        if accept_count is not None:
            await service.accept_count(accept_count)
        else:
            await service.auto_export.poll()
        return [*service.order_index.open, *await service.not_shown_in_shop()]

    with Session(settings).open() as session:
        views = session.do(work)
        for view in views:
            if state is None or view.state == state:
                Printer(session, as_json).order(view)
        if not as_json:
            print_text(_summary(views))
        for one in session.do(_overdue):
            print_text(overdue_text(one, settings.ui.language, ZoneInfo(settings.ui.time_zone)))
        return session.ended(exit_codes.DONE)


async def _overdue(service: ShopService) -> list[Overdue]:
    """Return work that is overdue by more than a minute, in which another program may still do it."""
    before = datetime.now(UTC) - _UNDER_WAY
    return [one for one in await service.overdue() if one.since <= before]


def preview_order(settings_file: Path | None, word: str, *, as_json: bool) -> int:
    """Print the exact form of one order; send nothing."""
    with Session(read_settings(settings_file)).open() as session:
        language = session.settings.ui.language
        view = session.do(_find, word)
        preview = session.do(ShopService.preview, view.uid)
        if as_json:
            emit_json(preview_json(preview, language))
        else:
            for line in preview_lines(preview, language):
                emit(line)
        good = preview.plan and not preview.plan.problems
        return session.ended(exit_codes.DONE if good else exit_codes.SOME_FAILED)


def export_orders(settings: Settings, words: Sequence[str], *, everything: bool, dry_run: bool, as_json: bool) -> int:
    """Export the named orders, or every ready one; print each order in scope with its outcome."""
    with Session(settings).open() as session:
        printer = Printer(session, as_json)
        if not dry_run:
            session.do(ShopService.refuse_if_inactive)
        in_scope = session.do(_in_scope, words, everything=everything)
        if dry_run:
            return _print_all(printer, in_scope, ended=[])
        ended: list[ExportEnded] = []
        try:
            if everything:
                session.do_with(_collector(ended), ShopService.export_all)
            else:
                session.do_with(_collector(ended), ShopService.export, [view.uid for view in in_scope])
        finally:
            outcome = _print_all(printer, in_scope, ended)
        if session.interrupted:
            raise Interrupted(session.interrupted)
        if session.do(is_stopped):
            return max(outcome, session.reach_status, exit_codes.SOME_FAILED)
        return max(outcome, session.reach_status)


def _collector(ended: list[ExportEnded]) -> Callable[[object], None]:
    def collect(message: object) -> None:
        if isinstance(message, ExportEnded):
            ended.append(message)

    return collect


async def _in_scope(service: ShopService, words: Sequence[str], *, everything: bool) -> list[OrderView]:
    if everything:
        await service.auto_export.poll()
        return service.order_index.open
    await service.auto_export.look_for(dict.fromkeys(words))
    return [await service.find(word) for word in dict.fromkeys(words)]


async def _find(service: ShopService, word: str) -> OrderView:
    await service.auto_export.look_for([word])
    return await service.find(word)


def _print_all(printer: Printer, in_scope: Iterable[OrderView], ended: Sequence[ExportEnded]) -> int:
    """Print one line for each order: its outcome in this run, else its present state."""
    outcome = {one.view.uid: one.view for one in ended}
    views = [outcome.get(view.uid, view) for view in in_scope]
    for view in views:
        printer.order(view)
    if not printer.as_json:
        print_text(_summary(views))
    left = any(one.view.state == "ready" for one in ended)  # It was to be exported, but something prevented it.
    return max(exit_codes.exit_code_of(views), exit_codes.SOME_FAILED if left else exit_codes.DONE)


def _summary(views: Sequence[OrderView]) -> str:
    counts = Counter(view.state for view in views)
    told = ", ".join(
        f"{count} {(STATE_WORDS if count == 1 else STATES_OF_SEVERAL)[state]}"
        for state, count in sorted(counts.items())
    )
    return told or t("no orders in scope")


async def _repeat(service: ShopService, uid: int, reason: str) -> str:
    """Send an order again; return why it was not sent, or an empty text."""
    ended = await service.repeat([uid], reason)
    return "" if ended and ended[0].sent else await service.decisions.why_not_sent(uid, ended)


Decide = Literal["number", "retry", "close", "reopen"]


def resolve_order(
    settings_file: Path | None, word: str, decision: Decide, *, number: str = "", reason: str, as_json: bool
) -> int:
    """Settle one order: enter its Specter number, send it again, close it, or undo that."""
    with Session(read_settings(settings_file)).open() as session:
        view = session.do(_find, word)
        outcome = exit_codes.DONE
        match decision:
            case "number":
                session.do(ShopService.enter_number, view.uid, number, reason)
            case "close":
                session.do(ShopService.close_orders, [view.uid], reason)
            case "reopen":
                session.do(ShopService.reopen, view.uid, reason)
            case "retry":
                why_not = session.do(_repeat, view.uid, reason)
                if why_not:
                    print_text(why_not)
                    outcome = exit_codes.SOME_FAILED
        after = session.do(ShopService.find, f"uid:{view.uid}")
        Printer(session, as_json).order(after)
        return session.ended(max(outcome, exit_codes.exit_code_of([after])) if decision == "retry" else outcome)


def close_before(settings_file: Path | None, before: date, *, reason: str, as_json: bool) -> int:
    """Close every open order in scope that was placed before a date, as when moving from another link."""
    with Session(read_settings(settings_file)).open() as session:
        zone = session.settings.ui.time_zone

        async def work(service: ShopService) -> tuple[list[OrderView], int]:
            await service.auto_export.poll()
            end = datetime(before.year, before.month, before.day, tzinfo=service.context.zone).astimezone(UTC)
            old = [view.uid for view in service.order_index.open if view.ordered is not None and view.ordered < end]
            closed = await service.close_orders(old, reason) if old else []
            views = [view for uid in closed if (view := service.order_index.view(uid)) is not None]
            return views, len(old) - len(closed)

        closed, left = session.do(work)
        for view in closed:
            Printer(session, as_json).order(view)
        if not as_json or not closed:
            more = t("; {count} are being exported and were not").format(count=left) if left else ""
            told = t("{count} orders placed before {day} ({zone}) closed")
            print_text(told.format(count=len(closed), day=before, zone=zone) + more)
        return session.ended(exit_codes.DONE if closed else exit_codes.SOME_FAILED)
