"""The morning sheet: at the start, if something happened since the operator left, and on the way to the work queue."""

from datetime import timedelta

import pytest

from specter_tui.engine import events as m
from tests.console.conftest import LARGE, MIDDLE, SMALL, Run
from tests.console.scripted import NOON

SINCE = m.SinceLeft(
    at=NOON - timedelta(hours=14), exported=41, unknown=2, refused=1, exists=0, drift=3, unsent=30, hung_up=True
)


@pytest.mark.parametrize("size", [SMALL, MIDDLE, LARGE], ids=["80x24", "120x40", "200x50"])
async def test_it_opens_by_itself_and_enter_leads_to_the_queue(run: Run, size: tuple[int, int]) -> None:
    async with run(size) as console:
        console.app.model.touched = False
        await console.tell(SINCE)
        assert console.app.front == "morning"
        await console.until(lambda: "to do" in console.text())
        shown = console.text()
        for part in ("41 exported", "2 unknown", "1 refused", "3 edited", "connection was lost at 18:00", "30 orders"):
            assert part in shown
        assert "without a number here" not in shown, "what did not happen is not listed"
        await console.press("e")
        assert console.engine.asked("export") == [], "a hasty key acts on no order that is not seen"
        await console.press("enter")
        assert console.app.front == "todo"
        await console.press("escape")
        assert console.app.front == "orders"


async def test_it_takes_no_screen_from_an_operator_at_work(run: Run) -> None:
    async with run() as console:
        await console.press("down")
        await console.tell(SINCE)
        assert console.app.front == "orders"
        assert "Things happened since you left" in console.text()


async def test_leaving_without_a_hang_up_says_so(run: Run) -> None:
    async with run() as console:
        console.app.model.touched = False
        await console.tell(m.SinceLeft(at=NOON, unsent=1))
        await console.until(lambda: "When you left, 1 order was not sent." in console.text())
