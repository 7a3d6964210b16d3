"""The disk reserve: no claim without it, no answer lost with it. On a disk that is really full."""

import os
import stat

import pytest

from specter_tui.journal.errors import JournalFull
from specter_tui.journal.journal import Journal
from specter_tui.journal.models import ShopOrder
from specter_tui.journal.safety.disk_reserve import SIZE, make_reserve, reserve_path
from tests.journal.orders import ALMA, LEASE, SHOP, SOON, SPENT, claimed, intent
from tests.support.small_disk import fill, small_disk

ANSWERS = {
    "exported": lambda journal, claim: journal.results.exported(claim, "90001", SPENT),
    "refused": lambda journal, claim: journal.results.refused(claim, "12", "no such article"),
    "exists": lambda journal, claim: journal.results.exists(claim, "exists", "90001"),
    "unknown": lambda journal, claim: journal.results.unknown(claim, "no answer"),
    "retry_later": lambda journal, claim: journal.results.retry_later(claim, "no name", SOON),
}


@pytest.fixture
def disk(tmp_path):
    with small_disk(tmp_path / "disk", 8) as place:
        yield place


@pytest.fixture
def journal(disk):
    with Journal.open(disk / "journal.db", SHOP, ALMA) as journal:
        yield journal


def use_up_the_log(journal, disk) -> None:
    """Fill the disk until not even a short transaction can be committed."""
    fill(disk)
    many = (journal.decisions.close_many([ShopOrder(uid, "x" * 2000)], "filler") for uid in range(1, 5000))
    with pytest.raises(JournalFull):
        all(many)


@pytest.mark.parametrize("state", ANSWERS)
def test_an_answer_is_kept_though_the_disk_is_full(journal, disk, state):
    claim = claimed(journal)
    assert journal.results.customer_known(claim, "77")
    use_up_the_log(journal, disk)
    assert ANSWERS[state](journal, claim)
    assert journal.orders.entry(150001).state == state
    assert not reserve_path(journal.path).exists()


def test_a_customers_number_is_kept_though_the_disk_is_full(journal, disk):
    claim = claimed(journal)
    use_up_the_log(journal, disk)
    assert journal.results.customer_known(claim, "77")
    assert journal.orders.entry(150001).customer_number == "77"


def test_without_its_reserve_a_journal_gives_no_claim(journal, disk):
    claim = claimed(journal)
    use_up_the_log(journal, disk)
    assert journal.results.exported(claim, "90001", SPENT)
    # The reserve left room for many a claim; none may use it up.
    for give in (
        lambda: journal.claims.claim(intent(2), LEASE),
        lambda: journal.claims.reclaim(intent(1), LEASE, "because", automatic=False),
    ):
        with pytest.raises(
            JournalFull, match=r"disk is full.*nothing is sent until answers can be saved; free some space"
        ):
            give()
    assert journal.orders.entry(2) is None
    (disk / "ballast").unlink()
    claimed(journal, 3000)
    assert reserve_path(journal.path).stat().st_size == SIZE


def test_without_a_reserve_to_give_up_the_error_is_told(journal, disk):
    claim = claimed(journal)
    reserve_path(journal.path).unlink()
    use_up_the_log(journal, disk)
    with pytest.raises(JournalFull):
        journal.results.exported(claim, "90001", SPENT)
    assert journal.orders.entry(150001).state == "sending"


def test_the_reserve_takes_its_room_and_is_the_owners_alone(tmp_path):
    before = os.umask(0)
    try:
        make_reserve(tmp_path / "journal.db")
    finally:
        os.umask(before)
    found = reserve_path(tmp_path / "journal.db").stat()
    assert found.st_blocks * 512 >= SIZE, "a hole would keep no room"
    assert stat.S_IMODE(found.st_mode) == 0o600


def test_a_reserve_that_was_cut_short_is_made_whole(tmp_path):
    path = reserve_path(tmp_path / "journal.db")
    path.write_bytes(b"half")
    make_reserve(tmp_path / "journal.db")
    assert path.stat().st_size == SIZE
