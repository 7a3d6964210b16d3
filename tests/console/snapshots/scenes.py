"""The way to every screen: what is done to see it. After each, `escape` leads back to the list of orders."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass

from specter_tui.engine import messages as m
from tests.console.conftest import Console

Step = Callable[[Console], Awaitable[None]]


@dataclass(frozen=True)
class Scene:
    """`there` leads to the screen, `back` from it."""

    there: Step
    back: Step


def keys(*pressed: str, back: tuple[str, ...] = ("escape",), tell: tuple[m.Message, ...] = ()) -> Scene:
    """A screen that keys lead to."""

    async def there(console: Console) -> None:
        await console.press(*pressed)
        if tell:
            await console.tell(*tell)

    async def away(console: Console) -> None:
        await console.press(*back)

    return Scene(there, away)


def order(uid: int, *pressed: str, back: tuple[str, ...] = ("escape",)) -> Scene:
    """What keys do where the cursor is on this order."""

    async def there(console: Console) -> None:
        console.app.main.panes["orders"].rows.move_to(uid)
        await console.settle()
        await console.press(*pressed)

    async def away(console: Console) -> None:
        await console.press(*back)
        console.app.main.panes["orders"].rows.move_to(1)
        await console.settle()

    return Scene(there, away)


SCENES: dict[str, Scene] = {}
