"""Orders by the time at which they were placed."""

from datetime import UTC, datetime, timedelta, timezone

import pytest

from specter_tui.journal.models import KnownNumber
from tests.journal.orders import claimed, exported, intent

MORNING = datetime(2026, 11, 23, 0, 0, tzinfo=timezone(timedelta(hours=1)))


def test_a_day_has_its_first_moment_and_not_its_last(journal):
    for uid, ordered in ((1, MORNING - timedelta(microseconds=1)), (2, MORNING), (3, MORNING + timedelta(hours=9))):
        claimed(journal, uid, ordered=ordered)
    claimed(journal, 4, ordered=MORNING + timedelta(days=1))
    found = journal.entries_ordered_between(MORNING, MORNING + timedelta(days=1))
    assert [entry.uid for entry in found] == [2, 3]
    assert found[0].ordered == MORNING
    assert found[0].ordered.tzinfo == UTC


def test_an_order_whose_time_is_not_known_is_not_there(journal):
    journal.import_known([KnownNumber(5, "5", "90005")])
    assert journal.entries_ordered_between(datetime(1990, 1, 1, tzinfo=UTC), datetime(2100, 1, 1, tzinfo=UTC)) == []


def test_times_without_a_zone_are_refused(journal):
    with pytest.raises(TypeError):
        journal.entries_ordered_between(datetime(2026, 11, 23), MORNING)  # noqa: DTZ001


def test_rates_of_many_orders_in_one_read(journal):
    exported(journal, 1, "1")
    claimed(journal, 2, rates=())
    journal.import_known([KnownNumber(3, "3", "90003")])
    assert journal.rates_of_many([1, 2, 3, 4]) == {1: intent().rates, 2: (), 3: ()}
    assert journal.rates_of_many([]) == {}
