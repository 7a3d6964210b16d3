"""After the export: drift and its screen, deliveries in the order's detail, and their events in the log."""

import dataclasses
from datetime import timedelta
from typing import get_args

import pytest
from textual.events import Key

from specter_tui.console.viewmodel.export_log import VERBS
from specter_tui.engine import events as m
from specter_tui.i18n import t
from specter_tui.journal.models import Verb
from tests.console.conftest import LARGE, MIDDLE, SMALL, Run
from tests.console.scripted import NOON, delivery, drift_line, event

MORE = drift_line()
LESS = drift_line(article="TE-9", sent=3, now=1)
TICKED = dataclasses.replace(MORE, ticked_by="anna@kassa", ticked_at=NOON + timedelta(minutes=5))


@pytest.mark.parametrize("size", [SMALL, MIDDLE, LARGE], ids=["80x24", "120x40", "200x50"])
async def test_d_lists_what_to_change_with_its_sign(run: Run, size: tuple[int, int]) -> None:
    async with run(size) as console:
        assert console.engine.asked("drift_history") == [()]
        await console.tell(m.DriftChanged((MORE, LESS)))
        assert "≠ 2 changes" in console.text()
        await console.press("d")
        shown = console.text()
        assert f"{t('Changes to make by hand in Specter')} · 2 to do" in shown
        assert "≠ to do" in shown
        for part in ("1004", "KAFFE-1", "TE-9", "−1", "+2"):
            assert part in shown
        assert "Change the stock of KAFFE-1 in Specter by −1" in shown
        await console.press("escape")
        assert "1 Orders" in console.text()


async def test_t_ticks_the_line_off_and_goes_on_and_who_and_when_are_shown(run: Run) -> None:
    async with run() as console:
        await console.tell(m.DriftChanged((MORE, LESS)))
        await console.press("d")
        console.engine.drifted = [LESS, TICKED]
        await console.press("t")
        await console.answer("y")
        assert console.engine.asked("tick_drift") == [(4, "KAFFE-1")]
        await console.tell(m.DriftChanged((LESS,)))
        shown = console.text()
        assert "✓ done" in shown
        assert "anna@kassa, " in shown
        assert "1 to do" in shown
        assert "Change the stock of TE-9 in Specter by +2" in shown
        await console.press("up", "t")
        assert "not done after all?" in console.text()
        assert len(console.engine.asked("tick_drift")) == 1


async def test_lines_keep_their_places_and_new_ones_come_below(run: Run) -> None:
    async with run() as console:
        await console.tell(m.DriftChanged((LESS,)))
        await console.press("d")
        newer = drift_line(5, "NEW-1", seen_at=NOON + timedelta(hours=1))
        await console.tell(m.DriftChanged((newer, LESS)))
        shown = console.text()
        assert shown.index("TE-9") < shown.index("NEW-1")
        assert "stock of TE-9" in shown


@pytest.mark.parametrize("word", ["ticked", "kvitterad", "state:done", "ticked:anna"])
async def test_a_ticked_line_stays_until_the_list_is_left_and_later_a_word_shows_it(run: Run, word: str) -> None:
    earlier = drift_line(9, "OLD-1", ticked_by="bo@kassa", ticked_at=NOON - timedelta(days=1))
    async with run() as console:
        console.engine.drifted = [earlier, MORE, LESS]
        await console.tell(m.DriftChanged((earlier, MORE, LESS)))
        await console.press("d")
        assert "OLD-1" not in console.text(), "it was ticked off before"
        console.engine.drifted = [earlier, TICKED, LESS]
        await console.press("t")
        await console.answer("y")
        await console.tell(m.DriftChanged((LESS,)))
        assert "✓ done" in console.text()
        await console.press("?", "escape")
        assert "✓ done" in console.text(), "help does not leave the list"
        await console.press("escape", "d")
        assert "✓ done" not in console.text()
        assert "TE-9" in console.text()
        await console.tell(m.DriftChanged(()))
        await console.press("escape", "d")
        console.engine.drifted = [earlier, TICKED]
        await console.press("escape", "d")
        assert t("Nothing is left to change. What was ticked off: / ticked") in console.text()
        await console.tell(m.DriftChanged((LESS,)))
        await console.press("/")
        await console.type(word)
        await console.press("enter")
        shown = console.text()
        assert "KAFFE-1" in shown
        assert ("OLD-1" in shown) == (word != "ticked:anna")
        assert "TE-9" not in shown


async def test_t_is_for_drift_and_d_may_be_empty(run: Run) -> None:
    async with run() as console:
        await console.press("t")
        assert (
            t("That is for changes to make by hand and stock rows: press d first, or ctrl+p for stock rows.")
            in console.text()
        )
        console.app.typed_behind_until = 0.0  # a person has read that by now.
        await console.press("d")
        assert t("No exported order was edited in the shop: nothing is to be changed.") in console.text()
        await console.press("e")
        assert t("That is for orders: press 1 first.") in console.text()
        assert console.engine.asked("export") == []
        await console.press("1", "e")
        assert len(console.engine.asked("export")) == 1


async def test_keys_in_one_breath_tick_the_line_that_the_arrow_came_to(run: Run) -> None:
    async with run() as console:
        await console.tell(m.DriftChanged((MORE, LESS)))
        await console.press("d")
        for key, character in (("down", None), ("t", "t"), ("y", "y")):  # the last answers nothing.
            console.app.post_message(Key(key, character))
        await console.settle()
        assert console.engine.asked("tick_drift") == []
        await console.answer("y")
        assert console.engine.asked("tick_drift") == [(4, "TE-9")]


@pytest.mark.parametrize("keys", ["jt", "ejjt", "eejjeRctSa12"])
async def test_a_key_before_the_one_that_asks_answers_nothing(run: Run, keys: str) -> None:
    """Here j is bound to nothing, and in a question it confirms."""
    async with run() as console:
        await console.tell(m.DriftChanged((MORE,)))
        await console.press("d")
        for key in keys:
            console.app.post_message(Key(key, key))
        await console.settle()
        assert console.engine.asked("tick_drift") == []


@pytest.mark.parametrize("key", ["E", "a"])
async def test_a_key_before_a_push_sends_nothing(run: Run, key: str) -> None:
    async with run() as console:
        for one in ("j", key):
            console.app.post_message(Key(one, one))
        await console.settle()
        assert console.app.model.held == 0
        assert not console.engine.asked("export")
        assert not console.engine.asked("set_auto")


async def test_y_copies_the_article_to_look_for(run: Run) -> None:
    async with run() as console:
        await console.tell(m.DriftChanged((LESS,)))
        await console.press("d", "y")
        assert console.app.clipboard == "TE-9"


async def test_the_detail_shows_drift_and_delivery(run: Run) -> None:
    async with run() as console:
        await console.tell(m.DriftChanged((MORE, TICKED)), m.DeliveriesChanged((delivery(),)))
        await console.press("down", "down", "down")
        shown = console.text()
        assert "≠ KAFFE-1  −1 in Specter" in shown
        assert "✓ KAFFE-1" in shown
        assert t("delivered, marked sent in the shop") in shown
        assert "SE9" in shown
        await console.press("y", "y", "y")
        assert "SE9" in console.app.clipboard


@pytest.mark.parametrize(
    ("more", "said"),
    [
        ({"cancelled": True, "delivered": False, "marked_at": None}, t("cancelled in Specter")),
        ({"cancelled": True}, t("delivered and cancelled in Specter")),
        ({"problem": "The order is gone.", "marked_at": None}, "The order is gone."),
        ({"marked_at": None}, f"» {t('delivered')}"),
        ({"delivered": False, "marked_at": None}, t("not delivered")),
    ],
)
async def test_how_far_an_order_has_come(run: Run, more: dict[str, object], said: str) -> None:
    async with run(LARGE) as console:
        await console.tell(m.DeliveriesChanged((delivery(**more),)))
        await console.press("down", "down", "down", "enter")
        assert said in console.text()


async def test_every_verb_of_the_journal_has_words(run: Run) -> None:
    assert set(VERBS) == set(get_args(Verb))
    async with run(LARGE) as console:
        await console.tell(m.LogGrew((event(1, verb="drift_ticked", message="KAFFE-1: 2 > 3"),)))
        await console.press("2")
        assert "ticked off" in console.text()
        assert "KAFFE-1: 2 > 3" in console.text()


async def test_at_80_columns_who_ticked_a_line_off_is_not_cut(run: Run) -> None:
    async with run(SMALL) as console:
        console.engine.drifted = [TICKED]
        await console.tell(m.DriftChanged((MORE,)))
        await console.press("d", "t")
        await console.tell(m.DriftChanged(()))
        await console.press("home")
        line = next(line for line in console.text().splitlines() if "KAFFE-1" in line)
        assert "anna" in line
        assert "…" not in line
        assert "anna@kassa" in "".join(console.text().splitlines()[-3:])


@pytest.mark.parametrize("language", ["sv", "en"])
async def test_at_80_columns_the_log_cuts_no_event_and_no_person(run: Run, language: str) -> None:
    """The operator's host is cut; the line below shows it in full."""
    verbs = get_args(Verb)
    async with run(SMALL, UI__LANGUAGE=language) as console:
        await console.press("2")
        for first in range(0, len(verbs), 12):
            told = verbs[first : first + 12]
            made = (event(first + n, 1, verb, host="kassa pts/11") for n, verb in enumerate(told))
            await console.tell(m.LogGrew(tuple(made)))
            await console.press("home")
            shown = console.text()
            for verb in told:
                line = next(line for line in shown.splitlines()[2:] if f" {VERBS[verb]} " in line)
                assert "  anna@kassa" in line
                assert "…" not in line
            assert "anna@kassa pts/11" in shown
