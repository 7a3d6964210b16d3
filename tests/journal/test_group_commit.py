"""Several operations in one commit: all on disk, or each separately; whatever fails, and wherever the process dies."""

import subprocess
import sys
from functools import partial
from pathlib import Path

import pytest

from specter_tui.journal.errors import JournalBusy, JournalFull, NumberTaken, ReasonMissing
from specter_tui.journal.journal import GROUPABLE, Journal
from specter_tui.journal.location import JournalLocation
from specter_tui.journal.models import Claim
from specter_tui.journal.opening import open_reader
from specter_tui.journal.repositories.restore_repair import RestoreRepair
from specter_tui.journal.safety.high_water_log import HighWaterLog, log_path
from tests.journal.orders import ALMA, LEASE, SHOP, SPENT, claimed, exported, intent
from tests.journal.safety.test_disk_reserve import use_up_the_log
from tests.support.small_disk import fill, small_disk


def claims(journal: Journal, *uids: int) -> list:
    return [partial(journal.claims.claim, intent(uid), LEASE) for uid in uids]


def commits(journal: Journal) -> list[str]:
    """Record the commits from now on."""
    made: list[str] = []
    journal.db.store.connection.set_trace_callback(lambda sql: made.append(sql) if sql == "COMMIT" else None)
    return made


def test_verbs_that_come_together_are_one_commit(journal):
    first, second = claimed(journal, 1), claimed(journal, 2)
    made = commits(journal)
    answers = journal.group_commit(
        [
            partial(journal.results.customer_known, first, "77"),
            *claims(journal, 3),
            partial(journal.results.refused, second, "12", "no such article"),
        ]
    )
    assert made == ["COMMIT"]
    assert [answers[0], type(answers[1]), answers[2]] == [True, Claim, True]
    assert [(entry.uid, entry.state, entry.step) for entry in journal.orders.entries()] == [
        (1, "sending", "order"), (2, "refused", "customer"), (3, "sending", "customer"),
    ]  # fmt: skip


def test_one_that_fails_fails_alone(journal):
    exported(journal, 1, "90001")
    second, third = claimed(journal, 2), claimed(journal, 3)
    answers = journal.group_commit(
        [
            partial(journal.results.exported, second, "90002", SPENT),
            partial(journal.results.exported, third, "90001", SPENT),
            partial(journal.claims.reclaim, intent(4), LEASE, "", automatic=False),
            *claims(journal, 5),
        ]
    )
    kinds = [type(answer) for answer in answers[1:4]]
    assert [answers[0], *kinds] == [True, NumberTaken, ReasonMissing, Claim]
    assert {entry.uid: entry.state for entry in journal.orders.entries()} == {
        1: "exported", 2: "exported", 3: "sending", 5: "sending",
    }  # fmt: skip
    assert [event.verb for event in journal.events.page(2)] == ["claimed", "exported"], "done once, though tried twice"


def test_an_error_that_a_verb_swallows_commits_nothing_of_the_others(journal):
    def swallow() -> None:
        with pytest.raises(JournalFull), journal.db.change:
            raise JournalFull("no room")

    made = commits(journal)
    first, _ = journal.group_commit([*claims(journal, 1), swallow])
    assert isinstance(first, Claim)
    assert len(journal.events.page()) == len(made) == 1, "the claim was undone, then made by itself"


def test_a_locked_journal_is_waited_for_once_and_told_to_all(opened, path):
    journal, other = opened(busy=LEASE / 1200), opened()
    with other.db.change:
        answers = journal.group_commit(claims(journal, 1, 2, 3))
    assert [type(answer) for answer in answers] == [JournalBusy] * 3
    assert journal.orders.entries() == []


def test_a_commit_that_fails_gives_no_claim_and_loses_no_answer(tmp_path):
    with small_disk(tmp_path / "disk", 8) as disk, Journal.open(disk / "journal.db", SHOP, ALMA) as journal:
        claim = claimed(journal, 9001)
        use_up_the_log(journal, disk)
        answers = journal.group_commit(
            [*claims(journal, 9002), partial(journal.results.exported, claim, "90001", SPENT)]
        )
        # The answer had the reserve's room; without the reserve nothing is claimed from then on.
        assert [type(answers[0]), answers[1]] == [JournalFull, True]
        assert (journal.orders.entry(9001).state, journal.orders.entry(9002)) == ("exported", None)
        assert [type(one) for one in journal.group_commit(claims(journal, 9003, 9004))] == [JournalFull] * 2


def test_claims_that_cannot_be_seen_are_given_back_and_answers_stay(path, tmp_path):
    with small_disk(tmp_path / "disk", 1) as disk, Journal.open(path, SHOP, ALMA) as journal:
        journal.repair.restore_seen(HighWaterLog(log_path(disk, path, SHOP)))
        claim = claimed(journal, 1)
        fill(disk)
        for lot in range(1000):  # until the last block of the file is full, too.
            uids = (1000 + 2 * lot, 1001 + 2 * lot)
            answers = journal.group_commit(
                [*claims(journal, *uids), partial(journal.results.customer_known, claim, "77")]
            )
            if not isinstance(answers[0], Claim):
                break
        assert [type(answers[0]), type(answers[1]), answers[2]] == [JournalFull, JournalFull, True]
        assert (journal.orders.entry(uids[0]), journal.orders.entry(uids[1])) == (None, None)


def test_all_claims_are_seen_by_one_sync_before_any_is_told(path, tmp_path, monkeypatch):
    synced: list[bytes] = []
    with Journal.open(path, SHOP, ALMA) as journal:
        journal.repair.watch_over(tmp_path / "seen")
        file = log_path(tmp_path / "seen", path, SHOP)
        monkeypatch.setattr("os.fdatasync", lambda _: synced.append(file.read_bytes()))
        journal.group_commit(claims(journal, 1, 2, 3))
    (seen,) = synced
    assert [line.split(b",")[1] for line in seen.splitlines()] == [b" 1", b" 2", b" 3"]


@pytest.mark.parametrize("dies_at", ["1", "2", "commit"])
def test_a_kill_between_the_members_leaves_none(path, dies_at):
    with Journal.open(path, SHOP, ALMA) as journal:
        claimed(journal, 7)
    command = [sys.executable, "-m", "tests.journal.test_group_commit", str(path), dies_at]
    ended = subprocess.run(command, cwd=Path(__file__).parents[2], check=False)
    assert ended.returncode == -9
    with open_reader(JournalLocation(path), SHOP) as reader:
        assert [(entry.uid, entry.state, entry.customer_number) for entry in reader.orders.entries()] == [
            (7, "sending", None)
        ]
        assert len(reader.events.page()) == 1


def test_what_may_share_a_commit_is_a_change_and_nothing_besides_it(journal):
    assert {journal.bind(verb).args[0] for verb in GROUPABLE} == {journal.claims, journal.results, journal.write_backs}
    assert RestoreRepair.enter_unrecorded not in GROUPABLE, "it clears the side file when its own commit is done"


def die(path: str, at: str) -> None:
    """Do two operations together, and die in between."""
    import os  # noqa: PLC0415
    import signal  # noqa: PLC0415

    def dead() -> None:
        os.kill(os.getpid(), signal.SIGKILL)

    with Journal.open(Path(path), SHOP, ALMA) as journal:
        verbs = claims(journal, 1, 2)
        if at == "commit":
            journal.db.store.connection.set_trace_callback(lambda sql: dead() if sql == "COMMIT" else None)
        else:
            verbs.insert(int(at), dead)
        journal.group_commit(verbs)


if __name__ == "__main__":
    die(*sys.argv[1:])
