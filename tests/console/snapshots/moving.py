"""A morning in twenty seconds: export what is ready, and settle the one order whose answer was lost."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

from specter_tui.console.app import ConsoleApp
from specter_tui.console.loaders.detail_loader import _UNTRIED
from specter_tui.console.shutdown import GracefulShutdown
from specter_tui.engine import events as m
from specter_tui.i18n import Language
from specter_tui.journal.models import Event
from specter_tui.planning.orders.totals import RateTotal
from tests.console.conftest import MIDDLE
from tests.console.scripted import ScriptedEngine, event, plan_of, row
from tests.console.snapshots import morning
from tests.console.snapshots.test_snapshots import TERMINAL, Quick, journal_in, opened
from tools.film import Frame
from tools.svg import picture

ORDERS = tuple(one for one in morning.ORDERS[:28] if one.state in ("ready", "exported", "blocked", "refused"))
READY = tuple(one for one in ORDERS if one.state == "ready")
LOST = READY[4]
REFUSED = next(one for one in ORDERS if one.state == "refused")
BY_UID = {one.uid: one for one in ORDERS}
READY_HALF = 9
"""The progress of the picture that is used alone."""


def totals(total: Decimal) -> RateTotal:
    """Return a total as net and VAT at 25 %."""
    net = (total / Decimal("1.25")).quantize(Decimal("0.01"))
    return RateTotal(25, net, total - net)


def preview(order: m.OrderView) -> m.PreviewReady:
    """Return what Specter gets: coffee and its delivery."""
    total = order.total or Decimal(0)
    rate, delivery = totals(total), row("FRAKT", kind="delivery", text="Paket till ombud", unit_price=Decimal("39.2"))
    one = replace(delivery, quantity=Decimal(1))
    goods = row("KAFFE-1", text="Bryggkaffe, mörkrost 500 g", quantity=Decimal(1), unit_price=rate.net - one.unit_price)
    return m.PreviewReady(order.uid, plan_of(order, goods, one, rates=(rate,)), None)


def summed(uids: Sequence[int]) -> m.SumReady:
    """Return the totals of orders."""
    total = sum((one.total or Decimal(0) for one in ORDERS if one.uid in uids), Decimal(0))
    hashes = {uid: f"hash-{uid}" for uid in uids}
    return m.SumReady(tuple(uids), (m.CurrencySum("SEK", len(uids), total, (totals(total),)),), hashes)


def sent(order: m.OrderView) -> m.OrderView:
    """Return an order as it is after its export; the answer of one was lost."""
    if order is LOST:
        return replace(order, state="unknown", step="order")
    return replace(order, state="exported", specter_number=str(90000 + order.uid), write_back="done")


def logged(number: int, order: m.OrderView) -> Event:
    """Return the event of an order's export."""
    if order is LOST:
        return event(number, order.uid, "unknown", to_state="unknown", duration_ms=30_000, specter_number=None)
    return event(number, order.uid, duration_ms=180 + 37 * order.uid % 90)


class Camera:
    """Takes pictures of the console: those with seconds make the moving one, those with a name are used alone."""

    def __init__(self, console: Quick) -> None:
        self.console = console
        self.frames: list[Frame] = []
        self.stills: dict[str, str] = {}

    async def detailed(self) -> None:
        """Wait until the order under the cursor is shown with its form and its history, however slow the machine is."""
        app = self.console.app
        await self.console.drawn()
        await self.console.pilot.pause()

        def is_there() -> bool:
            view = app.model.orders.current
            asked = view is not None and app.commands.detail._timer is None
            return (
                asked and view.uid in app.model.previews and (view.state in _UNTRIED or view.uid in app.model.histories)
            )

        await self.console.until(is_there)

    async def take(self, seconds: float, *keys: str, tell: tuple[m.Message, ...] = (), name: str = "") -> None:
        """Press keys and send messages, then show what is there for some seconds."""
        if keys:
            await self.console.press(*keys)
        if tell:
            await self.console.tell(*tell)
        await self.detailed()
        await self.console.rest()
        drawn = picture(self.console.app.export_screenshot(simplify=True), MIDDLE)
        if seconds:
            self.frames.append((drawn, seconds))
        if name:
            self.stills[name] = drawn


async def story(camera: Camera) -> None:
    """Go through the morning."""
    console = camera.console
    rows = console.app.main.panes["orders"].rows
    await camera.take(2.5, "home", name="morning")
    await camera.take(2.3, "down", name="blocked")
    rows.move_to(REFUSED.uid)
    await camera.take(0, name="refused")
    await camera.take(2.4, "E", name="ask-all")
    await console.press("y")
    await console.until(lambda: bool(console.engine.asked("export")))
    for at in range(0, len(READY), 3):
        part, done = READY[at : at + 3], min(at + 3, len(READY))
        failed = int(LOST in READY[:done])
        await camera.take(
            0.7,
            tell=(
                *(m.ExportEnded(sent(one), sent=True) for one in part),
                m.LogGrew(tuple(logged(len(morning.EVENTS) + at + place, one) for place, one in enumerate(part, 1))),
                m.Progress("export", done - failed, len(READY), failed, rate=4.0, seconds_left=(len(READY) - done) / 4),
            ),
            name="exporting" if done == READY_HALF else "",
        )
    ended = m.Progress("export", len(READY) - 1, len(READY), failed=1, finished=True)
    await camera.take(2.0, tell=(ended,))
    rows.move_to(LOST.uid)
    await camera.take(2.6, name="unknown")
    await camera.take(1.2, "n", name="ask-number")
    await camera.take(1.2, *"90777")
    settled = replace(sent(LOST), state="exported", specter_number="90777", step=None)
    await camera.take(3.0, "enter", tell=(m.OrdersChanged((settled,)),))


async def film_of(language: Language, folder: Path) -> Camera:
    """Run the console, and return the pictures of the story. The caller has stopped the clocks."""
    made: list[ScriptedEngine] = []
    path = journal_in(folder)
    told = [m.OrdersChanged(ORDERS) if isinstance(one, m.OrdersChanged) else one for one in morning.TOLD]

    def open_engine(tell: Callable[[m.Message], None]) -> ScriptedEngine:
        made.append(opened(tell, path, told, UI__LANGUAGE=language))
        made[0].answers |= {"preview": lambda uid: [preview(BY_UID[uid])], "sum_up": lambda uids: [summed(uids)]}
        return made[0]

    leaving = GracefulShutdown(5.0)
    app = ConsoleApp(open_engine, leaving, environment=TERMINAL, language=language, views_file=folder / "views")
    async with app.run_test(size=MIDDLE) as pilot:
        while not (made and app.model.looked_at):
            app.bridge.key_pressed()
            await pilot.pause(0.02)
        camera = Camera(Quick(app, pilot, made[0], leaving))
        await story(camera)
    return camera
