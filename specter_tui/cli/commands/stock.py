"""The commands about stock: stock pull, stock rows, stock done."""

from collections.abc import Awaitable, Callable, Sequence
from pathlib import Path

from specter_tui.cli import exit_codes
from specter_tui.cli.each_shop import each_of, open_together, read_shops
from specter_tui.cli.output import emit, emit_json, print_text
from specter_tui.cli.served_together import sessions_on
from specter_tui.cli.session import Interrupted, Session, read_settings
from specter_tui.config.sources import Named
from specter_tui.engine.decisions import InvalidDecision
from specter_tui.engine.events import StockApplied
from specter_tui.engine.goods_texts import why_for_person, why_no_stock
from specter_tui.engine.service import ShopService
from specter_tui.i18n import Language, t
from specter_tui.journal.goods_models import RowForPerson

Decide = Callable[[ShopService, str], Awaitable[RowForPerson]]


def pull_stock(named: Named, *, once: bool, everything: bool, as_json: bool) -> int:
    """Write Specter's changed stock to the shop, until none is left or `once`; print numbers that the shop lacks."""
    shops = read_shops(named)
    with sessions_on(open_together(shops, named)) as session_on:
        return each_of(
            shops,
            named,
            lambda settings: _pull(session_on(settings), once=once, everything=everything, as_json=as_json),
        )


def _pull(closed: Session, *, once: bool, everything: bool, as_json: bool) -> int:
    with closed.open() as session:
        again, status = _pull_once(session, everything=everything, is_first=True, as_json=as_json)
        while again and not once and not session.interrupted:
            again, status = _pull_once(session, everything=False, is_first=False, as_json=as_json)
        if session.interrupted:
            raise Interrupted(session.interrupted)
    return status


def _pull_once(session: Session, *, everything: bool, is_first: bool, as_json: bool) -> tuple[bool, int]:
    """Make one pull; return whether Specter may have more, and the exit status so far."""
    outcome = session.do(ShopService.pull_stock, everything=everything)
    if outcome.rows or is_first:
        _print(session, outcome, as_json=as_json)
    bad = outcome.unknown or outcome.for_person or not outcome.complete
    return bool(outcome.rows), exit_codes.SOME_FAILED if bad else exit_codes.DONE


def list_stock_rows(settings_file: Path | None, *, as_json: bool) -> int:
    """Print the rows of Specter's batches that a person must decide about, the oldest first."""
    with Session(read_settings(settings_file)).open() as session:
        rows = session.do(ShopService.stock_rows)
        _print_rows(session, rows, as_json=as_json)
        if not as_json:
            told = (
                t("{count} rows to settle: specter-tui stock done ROW --reason TEXT") if rows else t("no row to settle")
            )
            print_text(told.format(count=len(rows)))
    return exit_codes.SOME_FAILED if rows else exit_codes.DONE


def settle_stock_rows(settings_file: Path | None, names: Sequence[str], reason: str, *, as_json: bool) -> int:
    """Record that a person has handled these rows; print one line for each, or why it was not recorded."""
    return _each_row(
        settings_file, names, lambda service, name: service.settle_stock_row(name, reason), as_json=as_json
    )


def reopen_stock_rows(settings_file: Path | None, names: Sequence[str], *, as_json: bool) -> int:
    """Return these rows to the open ones; print one line for each, or why it was not possible."""
    return _each_row(settings_file, names, ShopService.reopen_stock_row, as_json=as_json)


def _each_row(settings_file: Path | None, names: Sequence[str], decide: Decide, *, as_json: bool) -> int:
    async def decided(service: ShopService, name: str) -> RowForPerson | InvalidDecision:
        try:
            return await decide(service, name)
        except InvalidDecision as why_not:
            return why_not

    outcome = exit_codes.DONE
    with Session(read_settings(settings_file)).open() as session:
        for name in dict.fromkeys(names):
            row = session.do(decided, name)
            if isinstance(row, InvalidDecision):
                print_text(str(row))
                outcome = max(outcome, exit_codes.of_refusal(row))
            elif as_json:
                emit_json(row_json(row, session.settings.ui.language))
            else:
                emit(f"{row.name:<16} {row.article_number or '-':<24} ok")
    return outcome


def row_json(row: RowForPerson, language: Language) -> dict[str, object]:
    """Return a row for a person as JSON."""
    return {
        "kind": "row",
        "row": row.name,
        "batch": row.batch_no,
        "position": row.position,
        "number": row.article_number,
        "site": row.site,
        "quantity": row.quantity,
        "code": row.reason,
        "message": why_for_person(row.reason, language),
        "seen": row.seen_at.isoformat(),
        "done": None if row.done_at is None else row.done_at.isoformat(),
        "done_by": row.done_by,
        "reason": row.done_reason,
    }


def _print_rows(session: Session, rows: Sequence[RowForPerson], *, as_json: bool) -> None:
    language = session.settings.ui.language
    for row in rows:
        if as_json:
            emit_json(row_json(row, language))
        else:
            shown = " ".join(filter(None, (row.quantity, row.site and f"({row.site})"))) or "-"
            why = why_for_person(row.reason, language)
            emit(f"{row.name:<16} {row.article_number or '-':<24} {shown:<20} {why}")


def _print(session: Session, outcome: StockApplied, *, as_json: bool) -> None:
    language = session.settings.ui.language
    for one in outcome.unknown:
        text = why_no_stock(one.why, language)
        if as_json:
            emit_json({"kind": "unknown", "number": one.article_number, "code": one.why, "message": text})
        else:
            emit(f"{one.article_number:<24} {text}")
    _print_rows(session, outcome.for_person, as_json=as_json)
    counts = {
        "batches": outcome.batches,
        "rows": outcome.rows,
        "written": outcome.written,
        "unchanged": outcome.unchanged,
        "unknown": len(outcome.unknown),
        "for_person": len(outcome.for_person),
        "complete": outcome.complete,
    }
    if as_json:
        emit_json({"kind": "summary", **counts})
    else:
        told = t(
            "{batches} batches, {rows} rows, {written} written, {unchanged} unchanged, {unknown} unknown, "
            "{for_person} for a person"
        )
        print_text(told.format(**counts))
