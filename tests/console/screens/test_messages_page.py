"""All messages of the message line, whole and with their times."""

import pytest

from specter_tui.console.viewmodel.shop_view_model import MOST_MESSAGES
from specter_tui.engine import events as m
from tests.console.conftest import LARGE, MIDDLE, SMALL, Run

LONG = f"The shop answers with something that is longer than any line, {'and says it again ' * 9}to the very end."


@pytest.mark.parametrize("size", [SMALL, MIDDLE, LARGE], ids=["80x24", "120x40", "200x50"])
async def test_what_the_line_cut_or_replaced_is_there_whole(run: Run, size: tuple[int, int]) -> None:
    async with run(size) as console:
        await console.tell(m.Notice("warning", LONG), m.Notice("information", "Then this."))
        await console.tell(m.ReachChanged("specter", "out_of_reach", "Specter does not answer."))
        await console.press("x", "exclamation_mark")
        await console.until(lambda: "Then this." in console.text())
        shown = " ".join(console.text().replace("│", " ").split())
        assert "to the very end." in shown
        assert "Then this." in shown
        assert "Specter does not answer." in shown
        assert "press 3 first" in shown, "why a key did nothing is there, too"
        assert shown.index("press 3 first") < shown.index("Then this.") < shown.index("to the very end."), (
            "newest first"
        )
        await console.press("y")
        assert LONG in console.app.clipboard


async def test_they_do_not_grow_without_bound_and_hide_no_repetition(run: Run) -> None:
    async with run() as console:
        model = console.app.model
        before = len(model.messages)
        for number in range(2 * MOST_MESSAGES):
            model.tell_news(f"{number // 2}", "information")
        assert len(model.messages) == MOST_MESSAGES
        assert model.messages[-1][2] == str(MOST_MESSAGES - 1)
        assert before < MOST_MESSAGES
