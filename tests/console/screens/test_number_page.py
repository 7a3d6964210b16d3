"""Article numbers: `x` accepts suggestions, and their outcome is shown."""

import pytest

from specter_tui.console.screens.modals import Question
from specter_tui.engine import events as m
from specter_tui.i18n import ngettext, t
from specter_tui.planning.article_numbers import BadNumber
from tests.console.conftest import LARGE, MIDDLE, SMALL, Console, Run
from tests.console.scripted import bad_number

TEA = bad_number()
CAKE = bad_number(8, "KA KA", "KA-KA", "Cake")
MUG = bad_number(9, "MUGG ", "MUGG", "Mug [/red]")
THREE = (TEA, CAKE, MUG)


def fixed(bad: BadNumber, error: str = "") -> m.NumberFix:
    return m.NumberFix(bad.article_uid, bad.variant_uid, bad.name, bad.number, bad.suggestion, error)


async def numbers(console: Console, *bad: BadNumber) -> None:
    packages = (m.ListedNumber(50, "Coffee and cake", "PAKET"),)
    unmanaged = (m.ListedNumber(51, "Gift wrap", ""), m.ListedNumber(52, "Card", "KORT"))
    await console.tell(m.NumbersChecked(64, bad, packages, unmanaged))
    await console.press("3")


@pytest.mark.parametrize("size", [SMALL, MIDDLE, LARGE], ids=["80x24", "120x40", "200x50"])
async def test_x_asks_with_old_and_new_and_writes_the_one_under_the_cursor(run: Run, size: tuple[int, int]) -> None:
    async with run(size) as console:
        await numbers(console, *THREE)
        await console.press("down", "x")
        assert isinstance(console.app.screen, Question)
        assert "KA KA → KA-KA" in console.text()
        assert "TE Å → TE-A" not in console.text()
        assert console.app.focused is not None
        assert console.app.focused.id == "cancel"
        assert t("Orders placed before keep the old number on their rows.") in console.text()
        await console.answer("y")
        assert console.engine.asked("fix_numbers") == [([CAKE],)]


@pytest.mark.parametrize("size", [SMALL, MIDDLE, LARGE], ids=["80x24", "120x40", "200x50"])
async def test_what_specter_has_without_stock_is_listed_with_its_cure(run: Run, size: tuple[int, int]) -> None:
    async with run(size) as console:
        await console.tell(m.NumbersChecked(64, (), without_stock=(m.ListedNumber(60, "Coffee", "KAFFE-1"),)))
        await console.press("3")
        assert t("▲ without stock in Specter: {count}").format(count=1)[:20] in console.text()
        await console.press("enter")
        shown = console.text()
        assert t("In Specter without stock ({count})").format(count=1) in shown
        assert "▲ KAFFE-1  Coffee" in shown
        assert (
            t("They came there before the shop counted their stock: make each a stock article there by hand.").split(
                ":"
            )[0]
            in shown
        )


@pytest.mark.parametrize("keys", [("x",), ("enter",), ("escape",)])
async def test_x_is_not_confirmed_by_itself_nor_by_cancel(run: Run, keys: tuple[str, ...]) -> None:
    async with run() as console:
        await numbers(console, *THREE)
        await console.press("x")
        await console.answer(*keys)
        await console.answer("escape")
        assert console.engine.asked("fix_numbers") == []


async def test_x_writes_the_marked_and_failures_stay_marked_and_say_why(run: Run) -> None:
    async with run() as console:
        await numbers(console, *THREE)
        await console.press("space", "space")
        assert "3 bad · 2 marked" in console.text()
        await console.press("x")
        assert (
            ngettext("Accept the article number?", "Accept {count} article numbers?", 2).format(count=2)
            in console.text()
        )
        await console.answer("y")
        assert console.engine.asked("fix_numbers") == [([TEA, CAKE],)]
        why = "Another article has the number KA-KA by now."
        await console.tell(m.NumbersFixed((fixed(TEA), fixed(CAKE, why))), m.NumbersChecked(64, (CAKE, MUG)))
        assert "Wrote 1 of 2 article numbers to the shop." in console.text()
        assert why in console.text()
        assert set(console.app.model.numbers.marks) == {(8, None)}
        assert "TE-A" not in console.text()
        await console.press("home")
        assert f"✗ Cake: {t('{new} was not written: {why}').format(new='KA-KA', why=why)}" in console.text()
        await console.press("escape")
        assert not console.app.model.numbers.marks


async def test_X_writes_all_that_were_listed_and_the_pane_empties(run: Run) -> None:
    async with run(SMALL) as console:
        await numbers(console, *THREE)
        await console.press("X")
        assert "MUGG  → MUGG  Mug [/red]" in console.text()
        await console.tell(m.NumbersChecked(65, (*THREE, bad_number(10, "NY Ö", "NY-O", "New"))))
        await console.answer("y")
        assert console.engine.asked("fix_numbers") == [(list(THREE),)]
        await console.tell(m.NumbersFixed(tuple(map(fixed, THREE))), m.NumbersChecked(65, ()))
        assert "All 65 article numbers are good." in console.text()


async def test_many_are_listed_in_a_question_that_fits_and_scrolls(run: Run) -> None:
    async with run(SMALL) as console:
        await numbers(console, *(bad_number(uid, f"A {uid}", f"A-{uid}", f"Name {uid}") for uid in range(100, 400)))
        await console.press("X")
        assert "A 100 → A-100" in console.text()
        assert t("Write {count}").format(count=300) in console.text()
        await console.answer("pagedown", "pagedown")
        assert "A 116 → A-116" in console.text()
        await console.press("escape")


async def test_star_marks_all_numbers_and_x_needs_the_pane(run: Run) -> None:
    async with run() as console:
        await console.press("x")
        assert t("That is for article numbers: press 3 first.") in console.text()
        await numbers(console, *THREE)
        await console.press("asterisk")
        assert "3 marked" in console.text()
        await console.press("x")
        await console.answer("y")
        assert console.engine.asked("fix_numbers") == [(list(THREE),)]
        await console.press("asterisk")
        assert "marked" not in console.text()


async def test_packages_and_unmanaged_are_counted_and_listed(run: Run) -> None:
    async with run(SMALL) as console:
        await numbers(console, TEA)
        assert "packages: 1 · no stock: 2 · enter lists" in console.text()
        await console.press("enter")
        shown = console.text()
        for part in (
            "TE-A",
            "x in the list accepts it",
            "Packages (1)",
            "PAKET",
            "Without stock management (2)",
            "Gift wrap",
        ):
            assert part in shown
        await console.press("y")
        assert "Coffee and cake" in console.app.clipboard
        await console.press("escape")
        assert "3 Article numbers" in console.text()


async def test_without_a_bad_number_x_says_so(run: Run) -> None:
    async with run() as console:
        await numbers(console)
        await console.press("x")
        assert t("There is no bad article number.") in console.text()
