"""An older copy of the journal is restored: it is noticed, and missing orders are entered or in doubt, never ready."""

from pathlib import Path

import pytest

from specter_tui.journal.errors import JournalFull
from specter_tui.journal.journal import Journal
from specter_tui.journal.models import KnownNumber, ShopOrder
from specter_tui.journal.opening import open_journal
from specter_tui.journal.repositories.restore_repair import Restored
from specter_tui.journal.safety.high_water_log import HighWaterLog, log_path
from tests.journal.copies import copy, put_back, remove
from tests.journal.orders import ALMA, BO, LEASE, SHOP, SOON, SPENT, claimed, exported, intent
from tests.support.file_modes import mode
from tests.support.small_disk import fill, small_disk


@pytest.fixture
def state(tmp_path) -> Path:
    return tmp_path / "state"


@pytest.fixture
def watched(place, path, state):
    """Open the journal as an engine does; return it, and what was restored."""
    held: list[Journal] = []

    def open_one() -> tuple[Journal, Restored | None]:
        journal = open_journal(place, SHOP, ALMA)
        held.append(journal)
        return journal, journal.repair.restore_seen(HighWaterLog(log_path(state, path, SHOP)))

    yield open_one
    for journal in held:
        journal.close()


def states(journal) -> dict[int, tuple[str, str | None]]:
    return {entry.uid: (entry.state, entry.specter_number) for entry in journal.orders.entries()}


def live(journal) -> None:
    """Make every possible outcome of an order, after the copy was made."""
    exported(journal, 2, "90002")
    claimed(journal, 3)
    journal.results.unknown(claimed(journal, 4), "no answer")
    journal.results.exists(claimed(journal, 5), "exists")
    journal.decisions.close_many([ShopOrder(6, "6")], "by hand")
    journal.decisions.enter_number(ShopOrder(7, "7"), "90007")
    journal.decisions.import_known([KnownNumber(8, "8", "90008")])
    journal.results.release(claimed(journal, 9), "halted")
    journal.results.retry_later(claimed(journal, 10), "no name", SOON)
    journal.results.refused(claimed(journal, 11), "12", "no such article")


LIVED = {
    1: ("exported", "90001"), 2: ("exported", "90002"), 3: ("unknown", None), 4: ("unknown", None),
    5: ("unknown", None), 6: ("closed", None), 7: ("exported", "90007"), 8: ("exported", "90008"),
}  # fmt: skip


def test_an_older_copy_is_noticed_and_made_good(watched, place, tmp_path):
    journal, restored = watched()
    assert restored is None
    exported(journal, 1, "90001")
    copy(place, tmp_path / "old.db")
    live(journal)
    journal.close()
    put_back(tmp_path / "old.db", place)
    journal, restored = watched()
    assert restored == Restored(numbers=3, closed=1, unknown=3)
    # 9, 10 and 11 are proven not to be at Specter: they may be sent as if for the first time.
    assert states(journal) == LIVED
    entry = journal.orders.entry(3)
    assert (entry.step, entry.reason, entry.external_no) == ("order", "restored", intent(3).external_no)
    assert journal.orders.entry(2).write_back == "due"
    assert watched()[1] is None, "told once"


def test_a_journal_that_was_deleted_is_made_good_too(watched, place):
    journal, _ = watched()
    exported(journal, 1, "90001")
    live(journal)
    journal.close()
    remove(place)
    journal, restored = watched()
    assert restored == Restored(numbers=4, closed=1, unknown=3)
    assert states(journal) == LIVED
    assert watched()[1] is None


def test_the_same_copy_put_back_again_and_an_older_one_still(watched, place, tmp_path):
    journal, _ = watched()
    copy(place, tmp_path / "empty.db")
    exported(journal, 1, "90001")
    copy(place, tmp_path / "old.db")
    exported(journal, 2, "90002")
    for old in ("old.db", "old.db", "empty.db"):
        journal.close()
        put_back(tmp_path / old, place)
        journal, restored = watched()
        assert restored
        assert states(journal) == {1: ("exported", "90001"), 2: ("exported", "90002")}
    claimed(journal, 3)  # its events would have the numbers of those in old.db, did they not go on.
    journal.close()
    put_back(tmp_path / "old.db", place)
    assert states(watched()[0]) == {1: ("exported", "90001"), 2: ("exported", "90002"), 3: ("unknown", None)}


def test_a_copy_that_lacks_nothing_is_no_news(watched, place, tmp_path):
    journal, _ = watched()
    exported(journal, 1, "90001")
    copy(place, tmp_path / "same.db")
    journal.close()
    put_back(tmp_path / "same.db", place)
    assert watched()[1] is None


def test_a_journal_older_than_its_record_begins_one(place, watched):
    with open_journal(place, SHOP, ALMA) as unwatched:
        exported(unwatched, 1, "90001")
    journal, restored = watched()
    assert restored is None
    assert states(journal) == {1: ("exported", "90001")}


def test_nothing_is_claimed_that_is_not_seen(place, path, tmp_path):
    with small_disk(tmp_path / "disk", 1) as disk, open_journal(place, SHOP, ALMA) as journal:
        assert journal.repair.restore_seen(HighWaterLog(log_path(disk, path, SHOP))) is None
        fill(disk)
        many = (claimed(journal, uid) for uid in range(1, 100))
        with pytest.raises(JournalFull, match="nothing is sent"):
            all(many)
        assert journal.events.page()[-1].verb == "released", "as if never claimed"
        assert (
            journal.orders.counts().get("sending", 0)
            == len([one for one in journal.events.page() if one.verb == "claimed"]) - 1
        )
        (disk / "ballast").unlink()
        claimed(journal, 100)


def test_a_line_cut_short_spoils_no_other(watched, place, path, state, tmp_path):
    journal, _ = watched()
    copy(place, tmp_path / "old.db")
    exported(journal, 1, "90001")
    with log_path(state, path, SHOP).open("ab") as file:
        file.write(b'[9, 1, "10\n')
    exported(journal, 2, "90002")
    journal.close()
    put_back(tmp_path / "old.db", place)
    assert states(watched()[0]) == {1: ("exported", "90001"), 2: ("exported", "90002")}


def test_the_record_is_the_owners_alone(watched, path, state):
    journal, _ = watched()
    exported(journal)
    file = log_path(state, path, SHOP)
    assert mode(file) == 0o600
    assert mode(state) == 0o700


def test_a_full_reclaim_is_seen_with_the_first_claims_external_number(watched, place, tmp_path):
    journal, _ = watched()
    copy(place, tmp_path / "old.db")
    journal.results.unknown(claimed(journal, 1), "no answer")
    journal.claims.reclaim(intent(1), LEASE, "because", automatic=False)
    journal.close()
    put_back(tmp_path / "old.db", place)
    assert watched()[0].orders.entry(1).external_no == intent(1).external_no


def test_a_host_notices_even_where_another_has_gone_on_since(watched, place, path, tmp_path):
    """Two hosts share a journal. The copy lacks what the first sent; the second has added more events than it lost."""
    journal, _ = watched()
    copy(place, tmp_path / "old.db")
    exported(journal, 1, "90001")
    claimed(journal, 2)
    journal.close()
    put_back(tmp_path / "old.db", place)
    with open_journal(place, SHOP, BO) as other:
        assert other.repair.restore_seen(HighWaterLog(log_path(tmp_path / "other-host", path, SHOP))) is None
        for uid in (11, 12, 13):
            exported(other, uid, f"900{uid}")
    journal, restored = watched()
    assert restored == Restored(numbers=1, closed=0, unknown=1)
    assert (states(journal)[1], states(journal)[2]) == (("exported", "90001"), ("unknown", None))
    assert watched()[1] is None


def test_an_answer_that_was_kept_although_nobody_was_told_is_no_late_one(journal):
    claim = claimed(journal)
    assert journal.results.exported(claim, "90001", SPENT)
    assert journal.results.exported(claim, "90001", SPENT)
    assert [event.verb for event in journal.events.page()] == ["claimed", "exported"]
    assert not journal.results.exported(claim, "90002", SPENT)


def test_what_was_corrected_or_taken_back_since_is_neither_lost_nor_sent(watched, place, tmp_path):
    journal, _ = watched()
    exported(journal, 1, "90001")
    copy(place, tmp_path / "old.db")
    assert journal.decisions.correct_number(ShopOrder(1, "1"), "90009", "a slip")
    journal.results.unknown(claimed(journal, 2), "no answer")
    for uid in (2, 3):
        journal.decisions.enter_number(ShopOrder(uid, str(uid)), f"9000{uid}")
        assert journal.decisions.reopen(ShopOrder(uid, str(uid)), "a slip")
    journal.decisions.close_many([ShopOrder(4, "4")], "a slip")
    journal.decisions.reopen(ShopOrder(4, "4"), "a slip")
    journal.close()
    put_back(tmp_path / "old.db", place)
    journal, _ = watched()
    assert states(journal) == {
        1: ("exported", "90009"), 2: ("unknown", None), 3: ("closed", None), 4: ("closed", None),
    }  # fmt: skip
    assert journal.orders.entry(1).shown_number == "90001"
