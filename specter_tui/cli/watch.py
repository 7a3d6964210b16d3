"""Auto mode without a screen, for a service: `watch`."""

from pathlib import Path

from specter_tui.cli import status
from specter_tui.cli.heartbeat import Heartbeat
from specter_tui.cli.lines import emit, emit_json, order_json, order_line
from specter_tui.cli.session import Interrupted, Session, read_settings, say
from specter_tui.engine.desk import Desk
from specter_tui.engine.messages import AutoChanged, Draining, ExportEnded, Message
from specter_tui.journal.records import State

_NEWS: frozenset[State | str] = frozenset({"exported", "refused", "unknown", "exists", "retry_later"})


def watch_shop(settings_file: Path | None, *, once: bool, as_json: bool) -> int:
    """Look and export until a signal comes, or for one pass; one line for each order that was tried."""
    with Session(read_settings(settings_file), watch=not once).open() as session:
        language = session.settings.ui.language

        def show(message: Message) -> None:
            if isinstance(message, ExportEnded) and message.view.state in _NEWS:
                if as_json:
                    emit_json(order_json(message.view, language))
                else:
                    emit(order_line(message.view))
            elif isinstance(message, AutoChanged) and message.by and once:
                say(f"{message.by} exports by itself on this journal; this process only looks")

        if session.settings.order.export != "registered":
            session.talk(f"ORDER__EXPORT is {session.settings.order.export}: no order is sent by itself")
        if once:
            ended = session.do(_one_turn, show)
            return max(status.of_orders(one.view for one in ended if one.view.state in _NEWS), session.reach_status)
        heartbeat = Heartbeat(session.engine)
        heartbeat.start()
        for message in session.messages():
            heartbeat.hear(message)
            if isinstance(message, Draining):
                heartbeat.stop()
            show(message)
        raise Interrupted(session.interrupted)


async def _one_turn(desk: Desk) -> list[ExportEnded]:
    ended = await desk.watch.turn(thorough=True)
    await desk.rounds.once()
    return ended
