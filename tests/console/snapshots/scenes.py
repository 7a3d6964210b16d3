"""The keys that lead to every screen. After each, `escape` returns to the list of orders."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass

from specter_tui.console.commands.registry import BY_NAME
from specter_tui.engine import events as m
from tests.console.conftest import Console
from tests.console.snapshots import morning

Step = Callable[[Console], Awaitable[None]]


@dataclass(frozen=True)
class Scene:
    """A screen: `there` opens it, `back` closes it."""

    there: Step
    back: Step


def keys(*pressed: str, back: tuple[str, ...] = ("escape",), tell: tuple[m.Message, ...] = ()) -> Scene:
    """Return a screen that keys open."""

    async def there(console: Console) -> None:
        await console.press(*pressed)
        if tell:
            await console.tell(*tell)

    async def away(console: Console) -> None:
        await console.press(*back)

    return Scene(there, away)


def action(name: str, *tell: m.Message) -> Scene:
    """Return a screen that a command of the palette opens."""

    async def there(console: Console) -> None:
        console.app.commands.do(BY_NAME[name])
        await console.settle()
        await console.tell(*tell)

    return Scene(there, _escape)


def order(uid: int, *pressed: str, back: tuple[str, ...] = ("escape",)) -> Scene:
    """Return a screen that keys open with the cursor on this order."""

    async def there(console: Console) -> None:
        console.app.main.panes["orders"].rows.move_to(uid)
        await console.settle()
        await console.press(*pressed)

    async def away(console: Console) -> None:
        await console.press(*back)
        console.app.main.panes["orders"].rows.move_to(1)
        await console.settle()

    return Scene(there, away)


async def _escape(console: Console) -> None:
    await console.press("escape")


async def _light(console: Console) -> None:
    console.app.apply_theme("light")
    await console.settle()


async def _dark(console: Console) -> None:
    console.app.apply_theme("dark")
    await console.settle()


async def _hide(console: Console) -> None:
    console.app.idle_privacy.hide(True)
    await console.settle()


async def _leave(console: Console) -> None:
    await console.press("q")
    await console.tell(m.Draining(("1008", "1010")))
    console.app.model.leaving_since = None  # however long that took, the picture has the whole time left.
    console.app.draw()
    await console.pilot.pause()


async def _stay(_: Console) -> None:
    """It is the last screen."""


SCENES: dict[str, Scene] = {
    "orders": keys("1"),
    "filtered": keys("slash", *"state:unknown", "enter", back=("escape", "home")),
    "filter-typed": keys("slash", *"åsa", back=("escape", "home")),
    "marked": keys("space", "down", "space", back=("escape", "home")),
    "log": keys("2", back=("1",)),
    "numbers": keys("3", back=("1",)),
    "enlarged": keys("z", back=("z",)),
    "detail-ready": order(1, "enter"),
    "detail-blocked": order(2, "enter"),
    "detail-exported": order(9, "enter"),
    "unknown": order(4),
    "help": keys("question_mark"),
    "palette": keys("ctrl+p"),
    "ask-export-all": keys("E"),
    "ask-export-marked": keys("asterisk", "e", back=("escape", "escape", "home")),
    "sorts": keys("s"),
    "views": keys("v"),
    "ask-auto": keys("a"),
    "ask-close": order(2, "c"),
    "ask-number": order(4, "n"),
    "ask-go": keys("g"),
    "ask-accept": keys("3", "X", back=("escape", "1")),
    "packages": keys("3", "enter", back=("escape", "1")),
    "todo": keys("right_square_bracket"),
    "messages": keys("exclamation_mark"),
    "morning": action("morning", morning.SINCE),
    "drift": keys("d"),
    "methods": keys("m", tell=(morning.METHODS,)),
    "deliveries": action("show_deliveries"),
    "articles": action("show_articles", morning.ARTICLES),
    "stock": action("show_stock", morning.STOCK),
    "report": action("report", m.ReportReady(morning.REPORT)),
    "today": keys("i"),
    "colours-light": Scene(_light, _dark),
    "exporting": keys(tell=(m.Progress("export", 12, 60, failed=1, rate=4.0, seconds_left=12.0),), back=()),
    "trouble": keys(
        tell=(
            m.Progress("export", 60, 60, finished=True),
            m.ReachChanged("specter", "refused", "Specter refuses the keys (401).", halted=True),
        ),
        back=(),
    ),
    "hidden": Scene(_hide, _escape),
    "leaving": Scene(_leave, _stay),
}
