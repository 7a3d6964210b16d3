"""Whatever a customer, a shop or Specter writes is text: it is shown, it does nothing, and it changes no key."""

import pytest

from specter_tui.engine import messages as m
from specter_tui.export.article_numbers import BadNumber
from specter_tui.export.problems import Problem
from tests.console.conftest import LARGE, MIDDLE, SMALL, Run
from tests.console.scripted import event, plan_of, row, view

PAYLOADS = [
    "[/red]",
    "[@click=app.quit]here[/]",
    "[b",
    "[link=https://evil.example]x[/link]",
    "$error on $success",
    "\x1b[31mred\x1b[0m",
    "\x1b]0;title\x07",
    "\x1b]52;c;ZXZpbA==\x07",
    "\u202egnp.exe\u2066",
    "a\x00b\x08c\x9bd",
    "line one\nline two\ttab",
    "zero\u200bwidth\ufeff",
    "\U0001f468\u200d\U0001f469 李小龙 é́",
    "{0} {number} %s",
    "x" * 4000,
    "",
    "   ",
]
FORBIDDEN = {chr(code) for code in (*range(0x20), *range(0x7F, 0xA0), *range(0x202A, 0x202F), *range(0x2066, 0x206A))}


def problem_of(payload: str) -> Problem:
    return Problem("article_number", payload, (("case", "bad"), ("name", payload), ("number", payload)))


def hostile(uid: int, payload: str) -> m.OrderView:
    problems = (problem_of(payload),)
    return view(
        uid, number=payload, customer=payload, message=payload, payment_status=payload, holder=payload,
        specter_number=payload, currency=payload, state="refused", problems=problems, warnings=problems,
    )  # fmt: skip


def harmless(shown: str) -> bool:
    return not (set(shown) - {"\n"}) & FORBIDDEN


async def test_a_payload_in_every_field_of_an_order_does_nothing(run: Run) -> None:
    orders = {uid: hostile(uid, payload) for uid, payload in enumerate(PAYLOADS, start=1)}
    async with run(MIDDLE, orders=tuple(orders.values())) as console:
        console.engine.answers["preview"] = lambda uid: [
            m.PreviewReady(uid, plan_of(orders[uid], row(PAYLOADS[uid - 1], text=PAYLOADS[uid - 1])), None)
        ]
        for uid in orders:
            assert console.app.desk.orders.cursor == uid
            assert harmless(console.text())
            await console.press("enter")
            assert harmless(console.text())
            await console.press("e", "escape", "c")
            assert harmless(console.text())
            await console.answer("escape")
            await console.press("y", "down")
        assert console.engine.asked("export") == [([uid], {uid: f"hash-{uid}"}) for uid in orders]


async def test_a_payload_in_everything_else_that_is_told_does_nothing(run: Run) -> None:
    async with run(MIDDLE) as console:
        for number, payload in enumerate(PAYLOADS, start=1):
            told = {
                "order_number": payload,
                "message": payload,
                "reason": payload,
                "operator": payload,
                "host": payload,
            }
            await console.tell(
                m.ReachChanged("shop", "out_of_reach", payload),
                m.AutoChanged(True, payload),
                m.LogGrew((event(number, **told),)),
                m.NumbersChecked(1, (BadNumber(1, None, payload, payload, problem_of(payload), payload),)),
            )
            assert harmless(console.text())
            await console.tell(m.Notice("error", payload))
            assert harmless(console.text())
            await console.press("2", "y", "3", "y", "1")
            assert harmless(console.text())
        for payload in PAYLOADS:
            await console.tell(m.Draining((payload,)))
            assert harmless(console.text())
        assert console.app.is_running


async def test_a_filter_is_text(run: Run) -> None:
    async with run(MIDDLE) as console:
        await console.press("slash", "left_square_bracket", "slash", "r", "right_square_bracket", "enter")
        assert "Filter: [/r]" in console.text()


@pytest.mark.parametrize("size", [SMALL, MIDDLE, LARGE], ids=["80x24", "120x40", "200x50"])
async def test_markup_is_shown_as_it_is_written(run: Run, size: tuple[int, int]) -> None:
    async with run(size, orders=(view(1, customer="[red]A[/red]", state="blocked", message="[b]no[/b]"),)) as console:
        assert "[red]A[/re" in console.text()
        await console.press("enter")
        assert "[b]no[/b]" in console.text()
