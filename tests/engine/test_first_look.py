"""The cursor moves only once the shop's own count, or a second look, says that all was read."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from specter_tui.abicart.shop import Shop
from specter_tui.engine.first_look import FirstLook, Found
from specter_tui.engine.messages import Looked
from specter_tui.journal.journal import Journal
from specter_tui.sandbox.server import Sandbox
from tests.driven import Driven

NOW = datetime(2026, 11, 30, 12, tzinfo=UTC)
OLD = NOW - timedelta(days=1)


def found(*uids: int, until: datetime = NOW, unnamed: int = 0, **placed: datetime) -> Found:
    return Found(until, dict.fromkeys(uids, OLD) | {int(uid[1:]): moment for uid, moment in placed.items()}, unnamed)


@pytest.mark.parametrize(
    ("looks", "verdicts"),
    [
        ([(found(1, 2), 2)], ["agrees"]),
        ([(found(1, unnamed=1), 2)], ["agrees"]),
        ([(found(), 2), (found(1, 2), 2)], ["differs", "agrees"]),
        ([(found(1, 2), 1)], ["differs"]),
        ([(found(1), None), (found(1), None)], ["cannot_count", "agrees"]),
        ([(found(), None), (found(1), None), (found(1), None)], ["cannot_count", "cannot_count", "agrees"]),
        ([(found(1, 2), None), (found(1), None)], ["cannot_count", "cannot_count"]),
        ([(found(1), None), (found(1, u2=NOW + timedelta(seconds=5)), None)], ["cannot_count", "agrees"]),
        ([(found(1), 2), (found(1), 2), (found(1), 2)], ["differs", "differs", "differs"]),
    ],
)
def test_what_is_believed(looks: list[tuple[Found, int | None]], verdicts: list[str]) -> None:
    first = FirstLook()
    assert [first.judge(one, counted, 0, 10.0 * at) for at, (one, counted) in enumerate(looks, start=1)] == verdicts
    assert first.believed is (verdicts[-1] == "agrees")
    assert first.may_be_accepted is (len(looks) == 3 and verdicts[-1] == "differs")


def test_a_look_too_soon_is_no_second_look() -> None:
    first = FirstLook()
    assert [first.judge(found(1), None, 0, at) for at in (100.0, 105.0, 109.0, 110.0)] == ["cannot_count"] * 3 + [
        "agrees"
    ]


def test_what_was_accepted_is_believed_and_no_more() -> None:
    assert FirstLook().judge(found(1), 3, 2, 100.0) == "agrees"
    assert FirstLook().judge(found(1), 4, 2, 100.0) == "differs"
    assert FirstLook().judge(found(1, 2), 1, 2, 100.0) == "differs"


def cursor(engine: Driven) -> str | None:
    value: str | None = engine.do(lambda desk: desk.wires.journal(Journal.cursor, "orders_seen_until"))
    return value


def lie(sandbox: Sandbox, monkeypatch: pytest.MonkeyPatch, times: int) -> None:
    """The shop's lists of orders come empty so many times."""
    left = times
    true = Shop.list_raw

    async def listed(self: Shop, method: str, query: object, selection: Any) -> list[Any]:
        nonlocal left
        raw = await true(self, method, query, selection)
        if method == "Order.list" and left > 0:
            left -= 1
            return []
        return raw

    monkeypatch.setattr(Shop, "list_raw", listed)


def test_fault_45_an_empty_first_list_moves_no_cursor(stocked, driven, monkeypatch) -> None:
    sandbox = stocked(orders=3, plain=True)
    monkeypatch.setattr("specter_tui.engine.watch.SECOND_LOOK_AFTER", timedelta())
    lie(sandbox, monkeypatch, times=4)
    engine = driven(sandbox)
    engine.look()
    assert cursor(engine) is None
    assert "counts 3" in engine.told(Looked)[-1].doubt
    monkeypatch.undo()
    engine.look()
    assert len(engine.do(lambda desk: desk.everything())) == 3
    assert cursor(engine) is not None
    assert engine.told(Looked)[-1].doubt == ""
