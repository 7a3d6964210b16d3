"""Named leases and cursors."""

from datetime import timedelta

import pytest

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
    assert alma.take_lease("watch", LEASE) is None
    assert alma.take_lease("watch", LEASE) is None
    assert bo.take_lease("watch", LEASE) == "alma@till"
    assert bo.take_lease("stock", LEASE) is None


def test_a_lease_that_is_given_up_or_over_is_free(both, clocks):
    alma, bo = both
    alma.take_lease("watch", LEASE)
    bo.drop_lease("watch")
    assert bo.take_lease("watch", LEASE) == "alma@till", "only the holder gives it up"
    alma.drop_lease("watch")
    assert bo.take_lease("watch", LEASE) is None
    clocks[0].turn(LEASE)
    assert alma.take_lease("watch", LEASE) is None
    assert not bo.renew_lease("watch", LEASE)


def test_a_renewed_lease_lasts(both, clocks):
    alma, bo = both
    alma.take_lease("watch", LEASE)
    clocks[0].turn(LEASE - timedelta(seconds=1))
    clocks[1].turn(LEASE - timedelta(seconds=1))
    assert alma.renew_lease("watch", LEASE)
    clocks[1].turn(timedelta(seconds=2))
    assert bo.take_lease("watch", LEASE) == "alma@till"
    assert not alma.renew_lease("stock", LEASE)


def test_who_holds_a_lease_is_asked_without_taking_it(both, clocks):
    alma, bo = both
    assert bo.lease_holder("serve") is None
    alma.take_lease("serve", LEASE)
    assert bo.lease_holder("serve") == "alma@till"
    clocks[1].turn(LEASE)
    assert bo.lease_holder("serve") is None


def test_those_who_sign_in_are_counted_until_they_sign_out_or_are_gone(both, clocks):
    alma, bo = both
    assert alma.sign_in("worker", LEASE) == 1
    assert alma.sign_in("worker", LEASE) == 1
    assert bo.sign_in("worker", LEASE) == 2
    assert bo.sign_in("other", LEASE) == 1
    alma.sign_out("worker")
    assert bo.sign_in("worker", LEASE) == 1
    assert alma.sign_in("worker", LEASE) == 2
    clocks[1].turn(LEASE)
    assert bo.sign_in("worker", LEASE) == 1, "her lease is over"


def test_cursors_are_kept(both):
    alma, bo = both
    assert alma.cursor("changed") is None
    alma.set_cursor("changed", "2026-11-23T10:00:00")
    alma.set_cursor("changed", "2026-11-23T11:00:00")
    assert bo.cursor("changed") == "2026-11-23T11:00:00"
