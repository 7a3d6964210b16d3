"""The screens of deliveries and of the day's report."""

from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from textual.widgets import Input

from specter_tui.console.commands.view_commands import day_of
from specter_tui.console.viewmodel.detail.post_export import delivery_words
from specter_tui.engine import events as m
from specter_tui.i18n import t
from specter_tui.planning.day_report import Change, ReportedOrder, report_on
from specter_tui.planning.orders.totals import RateTotal
from specter_tui.planning.report_period import ReportPeriod
from tests.console.conftest import LARGE, MIDDLE, SMALL, Run
from tests.console.screens.test_sync_pages import choose
from tests.console.scripted import delivery

DAY = date(2026, 11, 22)
CHANGE = Change(datetime(2026, 11, 22, 9, 5, tzinfo=UTC), "1003", "closed", "asa@kassa", "testköp")
RATES = (RateTotal(25, Decimal("80.00"), Decimal("20.00")),)


@pytest.mark.parametrize("size", [SMALL, MIDDLE, LARGE], ids=["80x24", "120x40", "200x50"])
async def test_the_report_has_the_totals_and_why_orders_are_held(run: Run, size: tuple[int, int]) -> None:
    async with run(size) as console:
        await console.press("b")
        today = datetime.now(ZoneInfo("Europe/Stockholm")).date()
        assert console.engine.asked("report") == [(ReportPeriod.of(today),)]
        await console.press("b")
        await console.type("2026-11-22")
        await console.press("enter")
        assert console.engine.asked("report")[1:] == [(ReportPeriod.of(DAY),)]
        assert t("The orders are being read …") in console.text()
        orders = (
            ReportedOrder(number="1001", state="exported", total=Decimal("100.00"), rates=RATES),
            ReportedOrder(number="1002", state="blocked", total=Decimal("100.00"), rates=RATES, reason="No e-mail."),
        )
        await console.tell(m.ReportReady(report_on(ReportPeriod.of(DAY), orders)))
        shown = console.text()
        for said in (
            "Sunday 22 Nov 2026",
            "SEK 200.00",
            "VAT 25 %",
            "✓ shop = in Specter + held",
            "▲ 1002",
            "No e-mail.",
        ):
            assert said in shown


async def test_w_writes_the_report_as_a_table(run: Run, tmp_path: Path) -> None:
    path = tmp_path / "day.csv"
    async with run() as console:
        await console.press("b", "b")
        await console.type("2026-11-22")
        await console.press("enter", "w")
        assert t("The list is empty.") in console.text()
        orders = (
            ReportedOrder(number="1001", state="exported", total=Decimal("100.00"), rates=RATES, method="Swish"),
            ReportedOrder(number="1002", state="blocked", total=Decimal("100.00"), rates=RATES, reason="=No e-mail."),
        )
        await console.tell(m.ReportReady(report_on(ReportPeriod.of(DAY), orders, (CHANGE,))))
        while console.app.model.goods.report is None:
            await console.pilot.pause(0.02)
        await console.press("w")
        assert "report-2026-11-22" in console.app.screen.query_one(Input).value
        await console.type(str(path))
        await console.press("enter")
        for _ in range(100):
            if path.exists():
                break
            await console.pilot.pause(0.02)
        assert path.read_text(encoding="utf-8-sig").splitlines() == [
            "Date,Until,Counted,Currency,Part,Payment,Order,State,VAT per cent,Net,VAT,Total,Why not,By",
            *(
                f"2026-11-22,2026-11-22,by the day of placing,SEK,{row}"
                for row in (
                    "Shop,,,,,,,200.00,,",
                    "Shop,,,,25,160.00,40.00,200.00,,",
                    "In Specter,,,,,,,100.00,,",
                    "In Specter,,,,25,80.00,20.00,100.00,,",
                    "Held,,,,,,,100.00,,",
                    "Held,,,,25,80.00,20.00,100.00,,",
                    "Held,,1002,blocked,,,,100.00,'=No e-mail.,",
                    "Shop,(unknown),,,,,,100.00,,",
                    "Shop,(unknown),,,25,80.00,20.00,100.00,,",
                    "In Specter,(unknown),,,,,,0,,",
                    "Shop,Swish,,,,,,100.00,,",
                    "Shop,Swish,,,25,80.00,20.00,100.00,,",
                    "In Specter,Swish,,,,,,100.00,,",
                    "closed,,1003,,,,,,testköp,asa@kassa",
                )
            ),
        ]


async def test_a_day_that_is_none_is_told(run: Run) -> None:
    async with run() as console:
        await choose(console, "report", "day")
        await console.press("b")
        await console.type("2026-13-45")
        await console.press("enter")
        assert "2026-13-45 is no day" in console.text()
        assert len(console.engine.asked("report")) == 1


async def test_the_arrows_go_from_day_to_day_and_only_the_last_one_asked_for_is_shown(run: Run) -> None:
    async with run() as console:
        await console.press("right")
        assert t("That is for the day's report: press b first.") in console.text()
        await console.press("b", "left", "left", "left", "right")
        today = datetime.now(ZoneInfo("Europe/Stockholm")).date()
        asked = [period for (period,) in console.engine.asked("report")]
        assert [(today - period.first).days for period in asked] == [0, 1, 2, 3, 2]
        await console.tell(m.ReportReady(report_on(asked[3], ())), m.ReportReady(report_on(asked[1], ())))
        assert t("The orders are being read …") in console.text()
        await console.tell(m.ReportReady(report_on(asked[4], ())))
        assert t("The orders are being read …") not in console.text()
        await console.press("right", "right", "right")
        assert t("There is no later day yet.") in console.text()
        assert len(console.engine.asked("report")) == 7


@pytest.mark.parametrize(
    ("typed", "day"), [("0", DAY), ("1", date(2026, 11, 21)), ("2026-01-31", date(2026, 1, 31)), ("x", None)]
)
def test_the_day_by_date_or_days_ago(typed: str, day: date | None) -> None:
    assert day_of(typed, DAY) == day


@pytest.mark.parametrize("language", ["en", "sv"])
async def test_every_state_of_a_delivery_is_read_whole_in_the_smallest_window(run: Run, language: str) -> None:
    states = [
        delivery(1),
        delivery(2, marked_at=None, problem="It is not in the shop any more."),
        delivery(3, cancelled=True),
    ]
    async with run(SMALL, UI__LANGUAGE=language) as console:
        await console.tell(m.DeliveriesChanged(tuple(states)))
        await console.press("l")
        screen = console.text()
        assert all(delivery_words(state)[0] in screen for state in states)
        assert all(state.tracking in screen for state in states)


@pytest.mark.parametrize("size", [SMALL, MIDDLE], ids=["80x24", "120x40"])
async def test_deliveries_are_listed_with_what_wants_a_person_first(run: Run, size: tuple[int, int]) -> None:
    async with run(size) as console:
        gone = delivery(5, tracking="", marked_at=None, problem="It is not in the shop any more.")
        await console.tell(m.DeliveriesChanged((delivery(), gone)))
        await choose(console, "deliveries")
        shown = console.text()
        assert shown.index("1005") < shown.index("1004")
        assert "SE9" in shown
        assert "It is not in the shop any more." in " ".join(shown.split())
        await console.press("down", "y")
        assert console.app.clipboard == "SE9"


async def test_z_and_s_change_days_and_basis_and_the_title_says_both(run: Run) -> None:
    async with run() as console:
        await console.press("b", "b")
        await console.type("2026-11-22")
        await console.press("enter", "z")
        week = ReportPeriod.of(DAY, "week")
        assert console.engine.asked("report")[-1] == (week,)
        assert "Week 47: 16 Nov 2026 to 22 Nov 2026, by the day of placing" in console.text()
        await console.press("s", "left")
        assert console.engine.asked("report")[-1] == (replace(week.before, basis="exported"),)
        assert "Week 46: 9 Nov 2026 to 15 Nov 2026, by the day of export" in console.text()
        await console.press("z")
        assert "Nov 2026, by the day of export" in console.text()
        await console.tell(m.ReportReady(report_on(week, ())))
        assert t("The orders are being read …") in console.text(), "it is not the one that was asked for"
        month = console.engine.asked("report")[-1][0]
        orders = (ReportedOrder(number="1001", state="exported", total=Decimal("100.00"), rates=RATES, method="Swish"),)
        await console.tell(m.ReportReady(report_on(month, orders, (CHANGE,))))
        shown = console.text()
        for said in ("By payment method", "Swish", "in Specter SEK 100.00", "1003  closed", "asa@kassa  testköp"):
            assert said in shown
        await console.press("z", "escape", "s", "escape", "z")
        assert console.app.main.enlarged, "outside the report the keys do what they did"
