"""A console with --read-only says so, and has no key that sends, decides, copies or writes."""

import pytest

from specter_tui.console.commands.command_spec import READS
from specter_tui.console.commands.registry import COMMANDS
from specter_tui.console.screens.modals import GuardedModal
from specter_tui.engine import events as m
from specter_tui.journal.models import Stop
from tests.console.conftest import LARGE, MIDDLE, SMALL, Run
from tests.console.scripted import NOON, drift_line

KEYS = [command.keys[0] for command in COMMANDS if command.keys and command.name not in READS]


def test_every_command_that_is_allowed_exists():
    assert {command.name for command in COMMANDS} >= READS


@pytest.mark.parametrize("size", [SMALL, MIDDLE, LARGE], ids=["80x24", "120x40", "200x50"])
async def test_it_says_so_and_no_other_key_does_anything(run: Run, size: tuple[int, int]) -> None:
    async with run(size, read_only=True) as console:
        assert "READ ONLY" in console.text()
        assert "e export" not in console.text().splitlines()[-1]
        await console.tell(m.DriftChanged((drift_line(),)), m.PollFinished(NOON, None, gap=m.CountGap(9, 7)))
        before = [command for command in console.engine.commands if command[0] not in ("preview", "history")]
        assert "begin_visit" not in [command[0] for command in before]
        for key in KEYS:
            console.app.typed_behind_until = 0.0
            await console.press(key)
            assert "only shows" in console.text(), key
            assert not isinstance(console.app.screen, GuardedModal), key
        assert [c for c in console.engine.commands if c[0] not in ("preview", "history")] == before
        assert console.app.clipboard == ""


async def test_the_work_queue_leads_but_decides_nothing(run: Run) -> None:
    async with run(read_only=True) as console:
        await console.tell(
            m.StopChanged(Stop("wrong prices", "anna", "kassa", NOON)), m.PollFinished(NOON, None, gap=m.CountGap(9, 7))
        )
        for down in range(2):
            await console.press("right_square_bracket", *["down"] * down, "enter")
            assert not isinstance(console.app.screen, GuardedModal)
            await console.press("escape")
        assert console.engine.asked("resume") == console.engine.asked("accept_count") == []
