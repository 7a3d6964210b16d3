"""The command todo: what waits for a person, each with what to do."""

from datetime import UTC

from specter_tui.cli import exit_codes
from specter_tui.cli.json_records.orders import TodoRecord
from specter_tui.cli.output import emit, emit_json, print_text
from specter_tui.cli.session import Session
from specter_tui.config.settings import Settings
from specter_tui.engine.service import ShopService
from specter_tui.engine.work_queue.todo import TodoItem
from specter_tui.engine.work_queue.todo_reader import read_todo
from specter_tui.i18n import set_locale, t
from specter_tui.text.state_names import STATE_WORDS, TODO_KINDS


def list_todo(settings: Settings, *, as_json: bool) -> int:
    """Print what waits for a person in the shop, the most urgent first."""
    set_locale(settings.ui.language)

    async def work(service: ShopService) -> list[TodoItem]:
        await service.auto_export.poll()
        return await read_todo(service)

    with Session(settings).open() as session:
        items = session.do(work)
        for item in items:
            _print(item, settings.abicart.webshop, as_json=as_json)
        if not as_json:
            print_text(t("{count} to do").format(count=len(items)))
        return session.ended(exit_codes.SOME_FAILED if items else exit_codes.DONE)


def _print(item: TodoItem, shop: int, *, as_json: bool) -> None:
    if not as_json:
        subject = " ".join(filter(None, (item.order, item.item)))
        kind = TODO_KINDS.get(item.kind) or STATE_WORDS[item.kind]
        emit(f"{kind:<16} {subject:<24} {item.text} {item.cure}".rstrip())
        return
    record: TodoRecord = {
        "shop": shop,
        "kind": item.kind,
        "order": item.order or None,
        "item": item.item or None,
        "since": None if item.since is None else f"{item.since.astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}",
        "code": item.code,
        "text": item.text,
        "cure": item.cure,
        "command": item.command,
    }
    emit_json(record)
