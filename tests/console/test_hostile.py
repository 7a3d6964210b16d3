"""Texts of customers, shop and Specter are only shown: they run nothing, and change no key."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.style import Style

from specter_tui.console.viewmodel.styled_text import paint, plain, span
from specter_tui.engine import events as m
from specter_tui.planning.article_numbers import BadNumber
from specter_tui.planning.problems import Problem
from tests.console.conftest import LARGE, MIDDLE, SMALL, Run
from tests.console.scripted import event, plan_of, row, view
from tests.security.payloads import PAYLOADS, harmful

IN_PARTS = pytest.mark.parametrize("payloads", [PAYLOADS[part::4] for part in range(4)], ids=range(4))
"""A few at a time, since each waits for what the questions do not hear."""


def problem_of(payload: str) -> Problem:
    return Problem("article_number", payload, (("case", "bad"), ("name", payload), ("number", payload)))


def hostile(uid: int, payload: str) -> m.OrderView:
    problems = (problem_of(payload),)
    return view(
        uid, number=payload, customer=payload, message=payload, payment_status=payload, holder=payload,
        specter_number=payload, currency=payload, state="refused", problems=problems, warnings=problems,
    )  # fmt: skip


@IN_PARTS
async def test_a_payload_in_every_field_of_an_order_does_nothing(run: Run, payloads: list[str]) -> None:
    orders = {uid: hostile(uid, payload) for uid, payload in enumerate(payloads, start=1)}
    async with run(MIDDLE, orders=tuple(orders.values())) as console:
        console.engine.answers["preview"] = lambda uid: [
            m.PreviewReady(uid, plan_of(orders[uid], row(payloads[uid - 1], text=payloads[uid - 1])), None)
        ]
        for uid in orders:
            assert console.app.model.orders.cursor == uid
            assert not harmful(console.text())
            await console.press("enter")
            assert not harmful(console.text())
            await console.press("e", "escape", "c")
            assert not harmful(console.text())
            await console.answer("escape")
            await console.press("y", "down")
        assert console.engine.asked("export") == [([uid], {uid: f"hash-{uid}"}) for uid in orders]


@IN_PARTS
async def test_a_payload_in_everything_else_that_is_told_does_nothing(run: Run, payloads: list[str]) -> None:
    async with run(MIDDLE) as console:
        for number, payload in enumerate(payloads, start=1):
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
            assert not harmful(console.text())
            await console.tell(m.Notice("error", payload))
            assert not harmful(console.text())
            await console.press("2", "y", "3", "y", "1")
            assert not harmful(console.text())
        for payload in payloads:
            await console.tell(m.Draining((payload,)))
            assert not harmful(console.text())
        assert console.app.is_running


async def test_a_filter_is_text(run: Run) -> None:
    async with run(MIDDLE) as console:
        await console.press("slash", "left_square_bracket", "slash", "r", "right_square_bracket", "enter")
        assert "Filter: [/r]" in console.text()


@pytest.mark.parametrize("size", [SMALL, MIDDLE, LARGE], ids=["80x24", "120x40", "200x50"])
async def test_markup_is_shown_as_it_is_written(run: Run, size: tuple[int, int]) -> None:
    async with run(size, orders=(view(1, customer="[red]A[/red]", state="blocked", message="[b]no[/b]"),)) as console:
        assert "[red]A[/r" in console.text()
        await console.press("enter")
        assert "[b]no[/b]" in console.text()


@given(st.text(alphabet="[]/@=#$\\abclickpqut.()' :,;-", max_size=60))
def test_12_no_text_is_ever_markup(text: str) -> None:
    painted = paint((span(text, "plain"),), {"plain": Style()})
    assert painted.plain == plain(text)
    assert all(not part.style.meta and part.style.link is None for part in painted.spans if part.style)
