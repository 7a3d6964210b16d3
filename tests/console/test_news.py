"""News waits until the answer to a key has been shown long enough."""

import pytest

from specter_tui.console.viewmodel import shop_view_model
from specter_tui.engine import events as m
from tests.console.conftest import SMALL, Run

CAME = m.ArticlesExported(sent=32, unchanged=0, calls=1)
NEWS = "Articles: 32 sent"


async def test_news_comes_when_the_answer_to_a_key_has_stood(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(shop_view_model, "ANSWER_STANDS", 1.0)
    async with run(SMALL) as console:
        await console.press("y")
        await console.tell(CAME)
        assert "Copied" in console.text()
        assert NEWS not in console.text()
        await console.until(lambda: NEWS in console.text())


async def test_news_comes_with_the_next_key_unless_that_has_an_answer_of_its_own(run: Run) -> None:
    async with run(SMALL) as console:
        await console.press("y")
        await console.tell(CAME)
        await console.press("y")
        assert "Copied" in console.text()
        assert NEWS not in console.text()
        await console.press("down")
        assert NEWS in console.text()
        await console.press("down")
        assert NEWS not in console.text()


async def test_an_error_is_told_at_once_and_news_waits_until_it_was_seen(run: Run) -> None:
    async with run(SMALL) as console:
        await console.press("y")
        await console.tell(CAME, m.Notice("error", "The disk is full."), CAME)
        assert "The disk is full." in console.text()
        await console.press("down")
        assert NEWS in console.text()


async def test_where_no_answer_stands_news_is_told_at_once_and_newer_replaces_it(run: Run) -> None:
    async with run(SMALL) as console:
        await console.tell(CAME)
        assert NEWS in console.text()
        await console.tell(m.Notice("warning", "1002: the shop did not keep the number"))
        assert "1002: the shop" in console.text()
