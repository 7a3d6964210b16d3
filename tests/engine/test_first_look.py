"""The cursor moves only once the shop's own count, or a second poll, shows that all was read."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from specter_tui.abicart.document_lists import DocumentLists
from specter_tui.abicart.shop import ShopClient
from specter_tui.engine.decisions import InvalidDecision
from specter_tui.engine.events import CountGap, Notice, PollFinished
from specter_tui.engine.orders.first_scan import FirstScan, Found
from specter_tui.journal.repositories.cursors import Cursors
from specter_tui.sandbox.sandbox import Sandbox
from tests.engine.shop import placed
from tests.support.driven_engine import Driven

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
    first = FirstScan()
    assert [first.judge(one, counted, 0, 10.0 * at) for at, (one, counted) in enumerate(looks, start=1)] == verdicts
    assert first.believed is (verdicts[-1] == "agrees")
    assert (first.gap is not None) is (len(looks) == 3 and verdicts[-1] == "differs")


def test_a_look_too_soon_is_no_second_look() -> None:
    first = FirstScan()
    assert [first.judge(found(1), None, 0, at) for at in (100.0, 105.0, 109.0, 110.0)] == ["cannot_count"] * 3 + [
        "agrees"
    ]


def test_what_was_accepted_is_believed_and_no_more() -> None:
    assert FirstScan().judge(found(1), 3, 2, 100.0) == "agrees"
    assert FirstScan().judge(found(1), 4, 2, 100.0) == "differs"
    assert FirstScan().judge(found(1, 2), 1, 2, 100.0) == "differs"
    assert FirstScan().judge(found(1, 2), 1, -1, 100.0) == "agrees"
    assert FirstScan().judge(found(1, 2, 3), 1, -1, 100.0) == "differs"
    assert FirstScan().judge(found(1), 2, -1, 100.0) == "differs"


def cursor(engine: Driven) -> str | None:
    value: str | None = engine.do(lambda service: service.context.journal(Cursors.get, "orders_seen_until"))
    return value


def lie(sandbox: Sandbox, monkeypatch: pytest.MonkeyPatch, times: int) -> None:
    """Make the shop's lists of orders empty that many times."""
    left = times
    true = DocumentLists.raw

    async def listed(self: DocumentLists, method: str, query: object, selection: Any) -> list[Any]:
        nonlocal left
        raw = await true(self, method, query, selection)
        if method == "Order.list" and left > 0:
            left -= 1
            return []
        return raw

    monkeypatch.setattr(DocumentLists, "raw", listed)


def test_fault_45_an_empty_first_list_moves_no_cursor(stocked, driven, monkeypatch) -> None:
    sandbox = stocked(orders=3, plain=True)
    lie(sandbox, monkeypatch, times=4)
    engine = driven(sandbox)
    engine.look()
    assert cursor(engine) is None
    assert "counts 3" in engine.told(PollFinished)[-1].doubt
    monkeypatch.undo()
    engine.look()
    assert len(engine.do(lambda service: service.everything())) == 3
    assert cursor(engine) is not None
    assert engine.told(PollFinished)[-1].doubt == ""


def count_off(monkeypatch: pytest.MonkeyPatch, off: int) -> None:
    """Make the shop count that many other orders than it has in a window."""
    true = ShopClient.count_orders

    async def counted(self: ShopClient, since: datetime, until: datetime) -> int | None:
        count = await true(self, since, until)
        return None if count is None else count + off

    monkeypatch.setattr(ShopClient, "count_orders", counted)


@pytest.mark.parametrize("off", [2, -2])
def test_a_person_accepts_the_count_that_was_seen_and_no_other(stocked, driven, monkeypatch, off: int) -> None:
    sandbox = stocked(orders=3, plain=True)
    count_off(monkeypatch, off)
    engine = driven(sandbox)
    engine.look()
    looked = engine.told(PollFinished)
    assert [one.gap for one in looked] == [None, None]
    engine.look()
    assert engine.told(PollFinished)[-1].gap == CountGap(3 + off, 3)
    with pytest.raises(InvalidDecision, match="the difference is another"):
        engine.do(lambda service: service.accept_count("deleted there", CountGap(3 + off + 1, 3)))
    with pytest.raises(InvalidDecision, match="reason"):
        engine.do(lambda service: service.accept_count(" ", CountGap(3 + off, 3)))
    assert cursor(engine) is None
    looks = len(engine.told(PollFinished))
    engine.do(lambda service: service.accept_count("deleted there", CountGap(3 + off, 3)))
    assert len(engine.told(PollFinished)) == looks + 2, (
        "where three looks agreed, one more and the one that is believed do"
    )
    assert (engine.told(PollFinished)[-1].doubt, engine.told(PollFinished)[-1].gap) == ("", None)
    assert "accepted that: deleted there" in engine.told(Notice)[-1].text
    assert cursor(engine) is not None


def test_a_command_makes_the_three_looks_itself(stocked, driven, monkeypatch) -> None:
    sandbox = stocked(orders=3, plain=True)
    count_off(monkeypatch, 2)
    engine = driven(sandbox)
    engine.do(lambda service: service.accept_count("deleted there"))
    assert engine.told(PollFinished)[-1].doubt == ""
    assert cursor(engine) is not None


def without_uid(monkeypatch: pytest.MonkeyPatch, uid: int) -> None:
    """Make the shop's lists show this order without its uid."""
    true = DocumentLists.raw

    async def listed(self: DocumentLists, method: str, query: object, selection: Any) -> list[Any]:
        raw = await true(self, method, query, selection)
        if method != "Order.list":
            return raw
        return [{**part, "uid": None} if isinstance(part, dict) and part.get("uid") == uid else part for part in raw]

    monkeypatch.setattr(DocumentLists, "raw", listed)


@pytest.mark.parametrize("again", [False, True], ids=["same program", "next program"])
@pytest.mark.parametrize("place", ["first", "last"])
def test_fault_49_an_order_without_uid_is_told_and_found_when_it_has_one(
    stocked, driven, monkeypatch, place: str, again: bool
) -> None:
    sandbox = stocked(orders=3, plain=True)
    uids = placed(sandbox)
    hidden = uids[0] if place == "first" else uids[-1]
    engine = driven(sandbox)
    without_uid(monkeypatch, hidden)
    for _ in range(3):
        engine.look()
    told = [text for text in engine.notices if "no uid" in text]
    assert told == ["1 orders of the shop have no uid that can be read, and are not listed"]
    shown = {uid for uid in uids if uid != hidden}
    assert {ended.view.uid for ended in engine.export()} == shown
    engine.look()
    monkeypatch.undo()
    if again:
        engine.leave()
        engine = driven(sandbox)
    engine.look()
    assert [view.uid for view in engine.do(lambda service: service.everything()) if view.state == "ready"] == [hidden]


def test_fault_49_a_page_of_orders_without_uid_behind_others_is_counted(stocked, driven, monkeypatch) -> None:
    sandbox = stocked(orders=3, plain=True)
    monkeypatch.setattr("specter_tui.abicart.shop.PAGE", 2)
    engine = driven(sandbox)
    without_uid(monkeypatch, placed(sandbox)[-1])
    engine.look()
    assert any("1 orders of the shop have no uid" in text for text in engine.notices)
