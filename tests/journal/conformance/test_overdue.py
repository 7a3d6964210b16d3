"""Work that is due and not done is found with its age."""

from datetime import timedelta

from tests.journal.goods import status, stock
from tests.journal.orders import exported


def test_each_kind_is_counted_until_it_is_done(journal):
    assert journal.overdue.found() == []
    exported(journal)
    journal.batches.keep("stock", "b-1", [stock("A"), stock("B")])
    journal.batches.keep("orders", "b-2", [status(delivered=True)])
    found = {one.kind: one.count for one in journal.overdue.found()}
    assert found == {"write_back": 1, "stock": 2, "deliveries": 1}
    assert journal.events.last_export() == journal.orders.entry(150001).exported_at
    (stored,) = journal.write_backs.stored({150001: "90001"})
    assert (stored.uid, stored.write_back) == (150001, "done")
    assert [one.kind for one in journal.overdue.found()] == ["stock", "deliveries"]


def test_a_number_that_the_shop_shows_in_place_of_ours_is_counted_until_a_person_has_seen_to_it(journal):
    exported(journal)
    assert journal.write_backs.conflict(150001, "777")
    (one,) = journal.overdue.found()
    assert (one.kind, one.count, one.since) == ("conflict", 1, journal.orders.entry(150001).changed_at)
    assert journal.write_backs.done(150001)
    assert journal.overdue.found() == []


def test_work_that_fails_keeps_when_it_began_to_and_why_it_fails_now(journal, opened):
    journal.overdue.note_failing("stock", "")
    assert journal.overdue.found() == []
    journal.overdue.note_failing("stock", "cannot be reached")
    (first,) = opened().overdue.found()
    assert (first.kind, first.count, first.why) == ("stock_pull", 1, "cannot be reached")
    journal.overdue.note_failing("stock", "refused")
    journal.overdue.note_failing("deliveries", "refused")
    again = {one.kind: one for one in opened().overdue.found()}
    assert again["stock_pull"].why == "refused"
    assert again["stock_pull"].since == first.since
    assert again["deliveries_pull"].since - first.since < timedelta(minutes=1)
    journal.overdue.note_failing("stock", "")
    assert [one.kind for one in journal.overdue.found()] == ["deliveries_pull"]
