"""Esc with nothing open asks to end the rest of a running export of this console; another key confirms."""

from specter_tui.console.screens.modals import Question
from specter_tui.engine import events as m
from tests.console.conftest import Console, Run, view

THREE = tuple(view(uid) for uid in (1, 2, 3))


async def exporting(console: Console) -> None:
    """Export the three orders; the first of them is done."""
    await console.press("asterisk", "e")
    await console.answer("y")
    await console.until(lambda: bool(console.engine.asked("export")))
    await console.tell(m.ExportEnded(view(1, state="exported", specter_number="90001"), sent=True))


async def test_esc_asks_and_another_key_ends_the_rest(run: Run) -> None:
    async with run(orders=THREE) as console:
        await exporting(console)
        await console.press("escape")
        assert isinstance(console.app.screen, Question)
        assert "End the rest of 3?" in console.text()
        await console.press("escape")
        assert console.engine.asked("end_rest") == [], "the key that asked does not confirm"
        await console.press("escape")
        await console.answer("y")
        assert console.engine.asked("end_rest") == [()]
        for uid in (2, 3):
            await console.tell(m.ExportEnded(view(uid, message="The rest was ended."), sent=False))
        assert "Exported 1 of 3. You ended the rest: 2 are left" in console.text()
        await console.press("asterisk")
        assert list(console.app.model.orders.marks) == [2, 3]


async def test_esc_closes_what_is_open_first(run: Run) -> None:
    async with run(orders=THREE) as console:
        await exporting(console)
        await console.press("enter", "escape")
        assert not isinstance(console.app.screen, Question), "it closed the detail"
        await console.press("slash", "1", "enter", "escape")
        assert not isinstance(console.app.screen, Question), "it cleared the filter"
        await console.press("escape")
        assert isinstance(console.app.screen, Question)


async def test_an_answer_after_the_end_of_the_export_ends_no_other(run: Run) -> None:
    async with run(orders=THREE) as console:
        await exporting(console)
        await console.press("escape")
        for uid in (2, 3):
            await console.tell(m.ExportEnded(view(uid, state="exported", specter_number=f"9000{uid}"), sent=True))
        await console.answer("y")
        assert console.engine.asked("end_rest") == []


async def test_without_a_running_export_esc_asks_nothing(run: Run) -> None:
    async with run(orders=THREE) as console:
        await console.press("e")
        assert console.engine.asked("export"), "one order alone"
        await console.press("escape", "escape")
        assert not isinstance(console.app.screen, Question)
