"""The journal's data of one order, and of a day."""

from datetime import UTC, datetime, timedelta

import pytest

from specter_tui.engine.events import ActivityRead, HistoryRead
from specter_tui.engine.service import ShopService
from tests.engine.shop import placed, spoil

pytestmark = pytest.mark.usefixtures("quick_retries")


def test_the_history_has_what_was_sent_each_try_and_what_came(stocked, driven):
    sandbox = stocked(orders=2, plain=True)
    engine = driven(sandbox)
    sent, untouched = placed(sandbox)
    spoil(sandbox, "refusal", "newOrderSubmit", code="17", text="Artikeln finns inte", times=1)
    engine.export(sent)
    engine.do(ShopService.repeat, [sent], "the article is there now")
    found = engine.do(ShopService.history, sent)
    assert found == engine.told(HistoryRead)[-1]
    assert found.entry.state == "exported"
    assert [event.verb for event in found.events if event.verb in ("refused", "exported")] == ["refused", "exported"]
    assert [(call.action, call.answer.split(";")[0]) for call in found.calls if call.action == "newOrderSubmit"] == [
        ("newOrderSubmit", "0"),
        ("newOrderSubmit", "1"),
    ]
    assert "Artikeln finns inte" in next(call.answer for call in found.calls if call.answer.startswith("0;"))
    assert sum(rate.net + rate.vat for rate in found.rates) == found.entry.total
    assert found.rows
    assert engine.do(ShopService.history, untouched) == HistoryRead(untouched, None)


def test_the_history_needs_no_shop(stocked, driven):
    sandbox = stocked(orders=1, plain=True)
    engine = driven(sandbox)
    uid = placed(sandbox)[0]
    engine.export(uid)
    spoil(sandbox, "lost", "*", "shop", times=None)
    assert engine.do(ShopService.history, uid).entry.state == "exported"


def test_the_activity_counts_exports_and_failures_by_the_hour(stocked, driven):
    sandbox = stocked(orders=5, plain=True)
    engine = driven(sandbox)
    uids = placed(sandbox)
    spoil(sandbox, "refusal", "newOrderSubmit", code="17", text="Nej", times=1)
    engine.export(uids[0])
    engine.export(*uids[1:])
    midnight = datetime.now(UTC) - timedelta(hours=20)
    found = engine.do(ShopService.activity, midnight)
    assert found == engine.told(ActivityRead)[-1]
    assert (sum(hour.exported for hour in found.hours), sum(hour.failed for hour in found.hours)) == (4, 1)
    assert all(hour.begin.minute == 0 for hour in found.hours)
    with engine.reader() as journal:
        assert found.last_id == journal.events.last_id()
    assert engine.do(ShopService.activity, datetime.now(UTC) + timedelta(hours=1)).hours == ()
