"""The command about stock: stock pull."""

from pathlib import Path

from specter_tui.cli import status
from specter_tui.cli.lines import emit, emit_json, say
from specter_tui.cli.session import Interrupted, Session, read_settings
from specter_tui.engine.messages import StockApplied
from specter_tui.engine.wording_goods import why_no_stock


def pull_stock(settings_file: Path | None, *, once: bool, everything: bool, as_json: bool) -> int:
    """Bring stock home until Specter has no more to tell, or in one pass; what has no place in the shop is named."""
    with Session(read_settings(settings_file)).open() as session:
        outcome = session.do(lambda desk: desk.pull_stock(everything=everything))
        _print(session, outcome, as_json=as_json)
        while outcome.rows and not once and not session.interrupted:
            outcome = session.do(lambda desk: desk.pull_stock())
            if outcome.rows:
                _print(session, outcome, as_json=as_json)
        if session.interrupted:
            raise Interrupted(session.interrupted)
    return status.NOT_ALL_WENT_WELL if outcome.unknown or not outcome.complete else status.DONE


def _print(session: Session, outcome: StockApplied, *, as_json: bool) -> None:
    language = session.settings.ui.language
    for one in outcome.unknown:
        text = why_no_stock(one.why, language)
        if as_json:
            emit_json({"kind": "unknown", "number": one.article_number, "code": one.why, "message": text})
        else:
            emit(f"{one.article_number:<24} {text}")
    counts = {
        "batches": outcome.batches,
        "rows": outcome.rows,
        "written": outcome.written,
        "unchanged": outcome.unchanged,
        "unknown": len(outcome.unknown),
        "complete": outcome.complete,
    }
    if as_json:
        emit_json({"kind": "summary", **counts})
    else:
        say(", ".join(f"{value} {name}" for name, value in counts.items() if name != "complete"))
