"""The command `watch`: auto mode without a screen, for a service, with one shop or several."""

import queue
from collections.abc import Iterator
from contextlib import contextmanager
from zoneinfo import ZoneInfo

from specter_tui.cli import exit_codes
from specter_tui.cli.each_shop import each_of, open_together, read_shops
from specter_tui.cli.heartbeat import Heartbeat
from specter_tui.cli.logs import RepeatFilter, log_message
from specter_tui.cli.output import emit, emit_json, naming, order_json, order_line, print_text
from specter_tui.cli.served_together import sessions_on
from specter_tui.cli.session import BadUsage, Interrupted, Session, Signals, is_stopped, open_logs
from specter_tui.config.settings import Settings
from specter_tui.config.shops import Shops
from specter_tui.config.sources import Named, are_several
from specter_tui.engine.events import AutoChanged, Draining, ExportEnded, Message, Notice, ShopOpened
from specter_tui.engine.monitoring.overdue import overdue_text
from specter_tui.engine.runtime.supervisor import ALL_SHOPS, Supervisor
from specter_tui.engine.service import ShopService
from specter_tui.i18n import Language, t
from specter_tui.journal.models import State

_NEWS: frozenset[State | str] = frozenset({"exported", "refused", "unknown", "exists", "retry_later"})


def watch_shops(named: Named, *, once: bool, count: int | None, as_json: bool) -> int:
    """Poll and export until a signal, or once; print one line for each order that was tried."""
    if count is not None and are_several(named):
        raise BadUsage(t("--yes is for one shop: name its settings file"))
    shops = read_shops(named)
    if once:
        with sessions_on(open_together(shops, named)) as session_on:
            return each_of(shops, named, lambda settings: _once(session_on(settings), count, as_json=as_json))
    if are_several(named):
        return _watch_several(shops, as_json=as_json)
    return _watch_one(shops, count, as_json=as_json)


def _once(closed: Session, count: int | None, *, as_json: bool) -> int:
    with closed.open() as session:
        settings = session.settings

        def show(message: Message) -> None:
            _print(message, settings.ui.language, as_json=as_json)
            if isinstance(message, AutoChanged) and message.by:
                told = t("{holder} exports by itself on this journal; this process only looks")
                print_text(told.format(holder=message.by))

        if (why := _sends_nothing(settings)) is not None:
            session.talk(why)
        ended = session.do_with(show, _one_turn, count)
        overdue = session.do(ShopService.overdue)
        for one in overdue:
            session.talk(overdue_text(one, settings.ui.language, ZoneInfo(settings.ui.time_zone)))
        stopped = session.do(is_stopped)
        left = exit_codes.SOME_FAILED if overdue or stopped else exit_codes.DONE
        return max(
            exit_codes.exit_code_of(one.view for one in ended if one.view.state in _NEWS), session.reach_status, left
        )


def _watch_one(shops: Shops, count: int | None, *, as_json: bool) -> int:
    settings = shops.found[0].settings
    with Session(settings, watch=True).open() as session:
        for notice in _notices(shops):
            log_message(notice)
        if (why := _sends_nothing(settings)) is not None:
            session.talk(why)
        if count is not None:
            session.engine.ask(_agree, count)
        heartbeat, news = Heartbeat(session.engine), RepeatFilter()
        heartbeat.start()
        for message in session.messages():
            heartbeat.hear(message)
            if isinstance(message, Draining):
                heartbeat.stop()
            if news.is_news(message):
                _print(message, settings.ui.language, as_json=as_json)
        if session.engine.outdated is not None:
            raise session.engine.outdated
        raise Interrupted(session.interrupted)


def _watch_several(shops: Shops, *, as_json: bool) -> int:
    """Run all shops in this process, which may share them with others. A failing shop does not stop the others."""
    open_logs([shop.settings for shop in shops.found], on_stderr=True)
    for notice in _notices(shops):
        log_message(notice)
    languages = {shop.number: shop.settings.ui.language for shop in shops.found}
    news = RepeatFilter()
    with _Watching(shops).open() as watching:
        for shop in shops.found:
            if (why := _sends_nothing(shop.settings)) is not None:
                watching.told.put((shop.number, Notice("information", why)))
        heartbeat = Heartbeat(
            *watching.supervisor.engines.values(),
            late=lambda shop: watching.told.put((shop, Notice("error", t("its work stands still")))),
        )
        for number, message in watching.messages():
            if number == ALL_SHOPS:
                if isinstance(message, ShopOpened):
                    if len(watching.supervisor.closed) == len(shops.found):
                        return exit_codes.BAD_USAGE
                    heartbeat.start()
                continue
            heartbeat.hear(message, number)
            if isinstance(message, Draining):
                heartbeat.stop()
            with naming(number):
                is_news = news.is_news(message)
            if is_news:
                _print(message, languages[number], as_json=as_json)
        raise Interrupted(watching.signals.heard)


def _notices(shops: Shops) -> Iterator[Notice]:
    for refusal in shops.refused:
        yield from (Notice("error", line) for line in refusal.sentences)
    yield from (Notice("warning", line) for line in shops.notes)


class _Watching:
    """A supervisor whose messages are logged and read on the main thread."""

    def __init__(self, shops: Shops) -> None:
        self.told: queue.SimpleQueue[tuple[int, Message]] = queue.SimpleQueue()
        self.supervisor = Supervisor(shops.found, lambda shop, message: self.told.put((shop, message)), shared=True)
        self.signals = Signals(self.supervisor.shut_down, talk=False)
        self._news = RepeatFilter()

    @contextmanager
    def open(self) -> Iterator["_Watching"]:
        """Start the supervisor; at the end wait for calls in flight."""
        with self.signals.hearing():
            self.supervisor.start(watch=True)
            try:
                yield self
            finally:
                self.supervisor.shut_down()
                self.supervisor.join()

    def messages(self) -> Iterator[tuple[int, Message]]:
        """Yield all messages with their shops, after logging them, until a signal has ended the supervisor."""
        while True:
            try:
                shop, message = self.told.get(timeout=1)
            except queue.Empty:
                if self.supervisor.join(0):
                    return
                continue
            if shop == ALL_SHOPS:
                yield shop, message
                continue
            with naming(shop):
                if self._news.is_news(message):
                    log_message(message)
                yield shop, message


def _print(message: Message, language: Language, *, as_json: bool) -> None:
    """Print one line for each order that was tried."""
    if isinstance(message, ExportEnded) and message.view.state in _NEWS:
        if as_json:
            emit_json(order_json(message.view, language))
        else:
            emit(order_line(message.view))


def _sends_nothing(settings: Settings) -> str | None:
    export = settings.order.export
    told = t("ORDER__EXPORT is {export}: no order is sent by itself")
    return None if export == "registered" else told.format(export=export)


async def _agree(service: ShopService, count: int) -> None:
    await service.auto_export.agree(count)


async def _one_turn(service: ShopService, count: int | None) -> list[ExportEnded]:
    if count is not None:
        await _agree(service, count)
    ended = await service.auto_export.turn(thorough=True)
    await service.background.once()
    return ended
