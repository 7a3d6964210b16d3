"""Auto mode without a screen, for a service: `watch`."""

from specter_tui.cli import status
from specter_tui.cli.heartbeat import Heartbeat
from specter_tui.cli.lines import emit, emit_json, order_json, order_line, say
from specter_tui.cli.session import BadUsage, Interrupted, Session
from specter_tui.cli.several import Named, each_shop
from specter_tui.engine.desk import Desk
from specter_tui.engine.messages import AutoChanged, Draining, ExportEnded, Message
from specter_tui.journal.records import State
from specter_tui.settings import Settings
from specter_tui.shops import are_several

_NEWS: frozenset[State | str] = frozenset({"exported", "refused", "unknown", "exists", "retry_later"})


def watch_shops(named: Named, *, once: bool, as_json: bool) -> int:
    """Look and export until a signal comes, or for one pass; one line for each order that was tried."""
    if not once and are_several(named):
        raise BadUsage("watch works for one shop; name its file with --settings")
    return each_shop(named, lambda settings: watch_shop(settings, once=once, as_json=as_json))


def watch_shop(settings: Settings, *, once: bool, as_json: bool) -> int:
    """The same for one shop."""
    with Session(settings, watch=not once).open() as session:
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
