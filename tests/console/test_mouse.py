"""The mouse: the footer's keys, the titles of the panes, and rows. Every such act has a key, too."""

import pytest

from specter_tui.console.viewmodel.styled_text import Line, span
from specter_tui.console.widgets import text_view
from specter_tui.console.widgets.status_lines import sign_at
from tests.console.conftest import SMALL, Console, Run
from tests.console.screens.test_sync_pages import choose

FOOTER: Line = (span(" "), span("e"), span(" export 1043   "), span("E"), span(" all ready   "))


@pytest.mark.parametrize(
    ("x", "sign"),
    [(0, None), (1, "e"), (2, "e"), (13, "e"), (14, None), (16, None), (17, "E"), (27, "E"), (28, None), (99, None)],
)
def test_a_place_of_the_footer_is_a_key_or_none(x: int, sign: str | None) -> None:
    found = sign_at(FOOTER, x)
    assert (found and found[0]) == sign


async def click(console: Console, selector: str, text: str, line: int = 0) -> None:
    """Click on a text, in a line of the widget."""
    widget = console.app.screen.query_one(selector)
    y = widget.region.y + line
    await console.pilot.click(selector, offset=(console.text().splitlines()[y].index(text) - widget.region.x, line))
    await console.settle()


async def test_clicks_on_footer_and_titles_do_what_their_keys_do(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(text_view, "SEEN_AFTER", 0.0)
    async with run(SMALL) as console:
        await click(console, "#footer", "export 1001")
        assert console.engine.asked("export") == [([1], {1: "hash-1"})]
        await click(console, "#pane-orders", "Export log")
        assert console.app.main.active == "log"
        await click(console, "#pane-log", "Article numbers")
        assert console.app.main.active == "numbers"
        await click(console, "#pane-numbers", "Orders")
        assert console.app.main.active == "orders"
        await click(console, "#pane-orders", "1005", line=6)
        assert console.app.model.orders.cursor == 5
        await click(console, "#footer", "? ")
        assert console.app.screen is not console.app.main


async def test_a_click_on_a_footer_that_has_just_changed_does_nothing(
    run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(text_view, "SEEN_AFTER", 3600.0)
    async with run(SMALL) as console:
        await console.press("end")
        await click(console, "#footer", "export 1005")
        assert console.engine.asked("export") == []


async def test_a_double_click_in_a_dialog_opens_nothing_behind_it(run: Run) -> None:
    async with run() as console:
        await choose(console, "colours")
        await console.pilot.click("RowList", offset=(5, 2), times=2)
        await console.settle()
        assert console.app.screen is console.app.main
        assert console.app.theme == "light"
