"""Numbers that arrived when the journal could not be written."""

import os
import stat
import threading
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path

import pytest

from specter_tui.journal.errors import JournalError
from specter_tui.journal.models import Claim, ClaimDenied, ShopOrder
from specter_tui.journal.repositories.order_endings import OrderEndings
from specter_tui.journal.safety import result_spool
from specter_tui.journal.safety.result_spool import SpooledResult
from tests.journal.conformance.test_claims import settle
from tests.journal.orders import LEASE, SHOP, SOON, SPENT, claimed, exported, intent
from tests.support.file_modes import mode

UID = 150001
AT = datetime(2026, 11, 23, 12, tzinfo=UTC)


def pending(journal: Path, shop: int) -> list[SpooledResult]:
    """Give the spooled numbers; a block that fails leaves them in the file."""
    with suppress(JournalError), result_spool.take_results(journal, shop) as numbers:
        raise JournalError("as it was")
    return numbers


def number(uid: int = UID, specter_number: str = "90001", shop: int = SHOP) -> SpooledResult:
    return SpooledResult(shop, uid, "1001", "A-1001", specter_number, AT)


def test_lines_are_kept_for_the_owner_and_read_back(path, journal):
    before = os.umask(0)
    side = result_spool.append_result(path, number())
    os.umask(before)
    result_spool.append_result(path, number(2))
    assert side.name == "journal.db.unrecorded.jsonl"
    assert mode(side) == 0o600
    assert pending(path, SHOP) == [number(), number(2)]
    assert pending(path.with_name("other.db"), SHOP) == []


def test_each_line_is_synced(path, journal, monkeypatch):
    synced, real = [], os.fsync
    monkeypatch.setattr("os.fsync", lambda file: (synced.append(stat.S_ISREG(os.fstat(file).st_mode)), real(file)))
    result_spool.append_result(path, number())
    assert synced == [True, False], "the line, then the folder that names the file"


@pytest.mark.parametrize("state", ["sending", "retry_later", "unknown", "refused", "exists", None])
def test_a_number_is_entered_whatever_the_order_has_become(path, journal, state):
    if state:
        claim = claimed(journal)
        settle(journal, claim, state)
    result_spool.append_result(path, number())
    assert journal.repair.enter_unrecorded() == [UID]
    entry = journal.orders.entry(UID)
    assert (entry.state, entry.specter_number, entry.write_back) == ("exported", "90001", "due")
    assert (journal.events.page(UID)[-1].verb, journal.events.page(UID)[-1].specter_number) == ("recovered", "90001")
    assert pending(path, SHOP) == []
    assert isinstance(journal.claims.claim(intent(), LEASE), ClaimDenied)
    events = journal.events.last_id()
    assert journal.repair.enter_unrecorded() == []
    assert journal.events.last_id() == events


def test_a_number_entered_already_changes_nothing(path, journal):
    exported(journal)
    result_spool.append_result(path, number())
    events = journal.events.last_id()
    assert journal.repair.enter_unrecorded() == []
    assert journal.events.last_id() == events
    assert pending(path, SHOP) == []


def test_a_number_that_cannot_be_entered_is_evidence(path, journal):
    exported(journal)
    journal.decisions.close_many([ShopOrder(2, "2")], "by hand")
    claimed(journal, 3)
    for line in (number(specter_number="90009"), number(2, "90002"), number(3, "90001")):
        result_spool.append_result(path, line)
    assert journal.repair.enter_unrecorded() == []
    assert [(entry.state, entry.seen_number) for entry in journal.orders.entries([UID, 2, 3])] == [
        ("closed", "90002"),
        ("sending", "90001"),
        ("exported", "90009"),
    ]
    assert [event.specter_number for event in journal.events.page() if event.verb == "late"] == [
        "90009",
        "90002",
        "90001",
    ]
    assert pending(path, SHOP) == []


def test_what_cannot_be_read_or_is_another_shops_stays(path, journal):
    side = result_spool.append_result(path, number(1, "90001"))
    with side.open("ab") as file:
        file.write(b'{"shop": 4711, "uid": 15')
    result_spool.append_result(path, number(2, "90002"))
    result_spool.append_result(path, number(3, "90003", shop=1))
    assert journal.repair.enter_unrecorded() == [1, 2]
    left = side.read_text().splitlines()
    assert left[0] == '{"shop": 4711, "uid": 15'
    assert pending(path, 1) == [number(3, "90003", shop=1)]
    assert len(left) == 2


def test_numbers_stay_in_the_file_while_the_journal_cannot_be_written(path, journal, monkeypatch):
    claimed(journal)
    result_spool.append_result(path, number())

    def fail(*_args: object) -> None:
        raise JournalError("as it was")

    with monkeypatch.context() as patched:
        patched.setattr(OrderEndings, "export", fail)
        with pytest.raises(JournalError):
            journal.repair.enter_unrecorded()
    assert pending(path, SHOP) == [number()]
    assert journal.repair.enter_unrecorded() == [UID]


def test_a_line_added_while_others_are_entered_is_not_lost(path, journal):
    result_spool.append_result(path, number(1, "90001"))
    other = threading.Thread(target=result_spool.append_result, args=(path, number(2, "90002")))
    with result_spool.take_results(path, SHOP) as numbers:
        other.start()
        other.join(0.2)
        assert other.is_alive(), "it waits"
        assert numbers == [number(1, "90001")]
    other.join()
    assert pending(path, SHOP) == [number(2, "90002")]


def test_a_file_that_cannot_be_opened_is_told(path, journal, tmp_path):
    result_spool.spool_path(path).symlink_to(path)
    with pytest.raises(JournalError, match="cannot be read"):
        journal.repair.enter_unrecorded()


def test_the_late_end_of_a_claim_whose_number_was_entered_changes_nothing(path, journal):
    claim = claimed(journal)
    assert isinstance(claim, Claim)
    result_spool.append_result(path, number())
    journal.repair.enter_unrecorded()
    assert journal.results.exported(claim, "90001", SPENT), "it is the number that is there"
    assert not journal.results.exported(claim, "90002", SPENT)
    assert not journal.results.retry_later(claim, "", SOON)
    entry = journal.orders.entry(UID)
    assert (entry.state, entry.specter_number) == ("exported", "90001")
