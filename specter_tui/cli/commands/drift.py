"""Changes to be made by hand in Specter: drift, drift tick, drift untick."""

from pathlib import Path

from specter_tui.cli import exit_codes
from specter_tui.cli.output import emit, emit_json, print_text
from specter_tui.cli.session import Session, read_settings
from specter_tui.engine.service import ShopService
from specter_tui.i18n import t
from specter_tui.journal.goods_models import DriftLine
from specter_tui.specter.order_forms import decimal_text


def list_drift(settings_file: Path | None, *, as_json: bool) -> int:
    """Print each open line, by order and item."""
    with Session(read_settings(settings_file)).open() as session:
        lines = session.do(ShopService.read_drift).lines
        for line in lines:
            _print(line, as_json=as_json)
        if not as_json:
            told = t("{count} to change in Specter") if lines else t("nothing to change in Specter")
            print_text(told.format(count=len(lines)))
    return exit_codes.DONE


def tick_line(settings_file: Path | None, word: str, item: str, reason: str, *, done: bool, as_json: bool) -> int:
    """Record that a person made the change in Specter, or undo that; print the order's open lines."""
    with Session(read_settings(settings_file)).open() as session:

        async def work(service: ShopService) -> list[DriftLine]:
            view = await service.find(word)
            if done:
                await service.tick_drift(view.uid, item, reason)
            else:
                await service.untick_drift(view.uid, item, reason)
            return [line for line in (await service.read_drift()).lines if line.uid == view.uid]

        for line in session.do(work):
            _print(line, as_json=as_json)
    return exit_codes.DONE


def _print(line: DriftLine, *, as_json: bool) -> None:
    if as_json:
        emit_json(
            {
                "order": line.order_number,
                "uid": line.uid,
                "item": line.item,
                "kind": line.kind,
                "sent": decimal_text(line.sent) if line.kind == "article" else None,
                "now": decimal_text(line.now) if line.kind == "article" else None,
                "since": f"{line.seen_at:%Y-%m-%dT%H:%M:%SZ}",
            }
        )
        return
    change = f"{decimal_text(line.sent)} -> {decimal_text(line.now)}" if line.kind == "article" else "changed"
    emit(f"{line.order_number:<12} {line.item:<24} {change}")
