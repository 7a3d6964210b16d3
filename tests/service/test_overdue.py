"""Stalled work after an export is shown with its age, alerted, and makes `watch --once` exit with 1."""

from datetime import UTC, datetime, timedelta

import pytest

from specter_tui.engine.monitoring.alarms import other_alarms
from specter_tui.journal.models import Overdue
from specter_tui.journal.repositories.overdue import OverdueWork
from specter_tui.sandbox.server.faults import Fault

pytestmark = pytest.mark.usefixtures("quick_retries")
NOW = datetime(2026, 11, 30, 8, 0, tzinfo=UTC)


def test_a_queue_that_cannot_be_read_is_kept_with_its_beginning(stocked, driven):
    sandbox = stocked(orders=0)
    sandbox.faults["specter"].add(Fault(kind="html", call="getArticleExternalNeedUpdate", times=None))
    engine = driven(sandbox, STOCK__SYNC="true")
    engine.look()
    for _ in range(2):
        engine.do(lambda service: service.background.once())
    (one,) = engine.do(lambda service: service.context.journal(OverdueWork.found))
    assert one.kind == "stock_pull"
    assert "is no XML" in one.why or "cannot be read" in one.why
    sandbox.faults["specter"].clear()
    engine.do(lambda service: service.background.once())
    assert engine.do(lambda service: service.context.journal(OverdueWork.found)) == []


@pytest.mark.parametrize("kind", ["write_back", "stock", "deliveries", "stock_pull", "deliveries_pull"])
@pytest.mark.parametrize("language", ["sv", "en"])
def test_each_kind_is_an_alarm_after_its_time(kind, language):
    one = Overdue(kind, NOW - timedelta(minutes=20), 3, "why")

    def found_after(minutes):
        after = timedelta(minutes=minutes)
        return other_alarms([], [one], halted=False, now=NOW, after=after, language=language)

    found = found_after(15)
    assert list(found) == [f"overdue:{kind}"]
    assert "2026-11-30 07:40" in found[f"overdue:{kind}"].text
    assert found_after(30) == {}
