"""Named leases and cursors."""

from datetime import timedelta

import pytest

from specter_tui.journal.models import LeaseHolder, LeaseTaken
from tests.journal.orders import BO, LEASE, TurnedClock


class OfALivingOther(TurnedClock):
    """The clock of another running process: in another container, which cannot be examined."""

    def __init__(self) -> None:
        super().__init__(started="7")
        self.me = self.me.replace("pid:[", "other:[")


@pytest.fixture
def clocks():
    return TurnedClock(), OfALivingOther()


@pytest.fixture
def both(opened, clocks):
    return opened(clock=clocks[0]), opened(BO, clock=clocks[1])


def test_one_process_holds_a_lease_and_the_other_is_told_who(both):
    alma, bo = both
    assert alma.leases.take("watch", LEASE) == LeaseTaken()
    assert alma.leases.take("watch", LEASE) == LeaseTaken()
    assert bo.leases.take("watch", LEASE) == LeaseHolder("alma@till")
    assert bo.leases.take("stock", LEASE) == LeaseTaken()


def test_a_lease_that_is_given_up_or_over_is_free(both, clocks):
    alma, bo = both
    alma.leases.take("watch", LEASE)
    bo.leases.drop("watch")
    assert bo.leases.take("watch", LEASE) == LeaseHolder("alma@till"), "only the holder gives it up"
    alma.leases.drop("watch")
    assert bo.leases.take("watch", LEASE) == LeaseTaken()
    clocks[0].turn(LEASE)
    assert alma.leases.take("watch", LEASE) == LeaseTaken()
    assert not bo.leases.renew("watch", LEASE)


def test_a_renewed_lease_lasts(both, clocks):
    alma, bo = both
    alma.leases.take("watch", LEASE)
    clocks[0].turn(LEASE - timedelta(seconds=1))
    clocks[1].turn(LEASE - timedelta(seconds=1))
    assert alma.leases.renew("watch", LEASE)
    clocks[1].turn(timedelta(seconds=2))
    assert bo.leases.take("watch", LEASE) == LeaseHolder("alma@till")
    assert not alma.leases.renew("stock", LEASE)


def test_who_holds_a_lease_is_asked_without_taking_it(both, clocks):
    alma, bo = both
    assert bo.leases.holder("serve") is None
    alma.leases.take("serve", LEASE)
    assert bo.leases.holder("serve") == LeaseHolder("alma@till")
    clocks[1].turn(LEASE)
    assert bo.leases.holder("serve") is None


def test_those_who_sign_in_are_counted_until_they_sign_out_or_are_gone(both, clocks):
    alma, bo = both
    assert alma.leases.sign_in("worker", LEASE) == 1
    assert alma.leases.sign_in("worker", LEASE) == 1
    assert bo.leases.sign_in("worker", LEASE) == 2
    assert bo.leases.sign_in("other", LEASE) == 1
    alma.leases.sign_out("worker")
    assert bo.leases.sign_in("worker", LEASE) == 1
    assert alma.leases.sign_in("worker", LEASE) == 2
    clocks[1].turn(LEASE)
    assert bo.leases.sign_in("worker", LEASE) == 1, "her lease is over"


def test_cursors_are_kept(both):
    alma, bo = both
    assert alma.cursors.get("changed") is None
    alma.cursors.set("changed", "2026-11-23T10:00:00")
    alma.cursors.set("changed", "2026-11-23T11:00:00")
    assert bo.cursors.get("changed") == "2026-11-23T11:00:00"
