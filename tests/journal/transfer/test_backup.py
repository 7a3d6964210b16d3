"""Backups: whole, checked, readable by the owner only, and made while others write."""

import signal
import subprocess
import sys

import pytest

from specter_tui.journal.errors import JournalCorrupt, JournalError
from specter_tui.journal.journal import Journal
from specter_tui.journal.location import JournalLocation
from specter_tui.journal.opening import open_reader
from specter_tui.journal.transfer import backup
from specter_tui.journal.transfer.backup import back_up, known_copies, note_copy
from tests.journal.orders import ALMA, SHOP, exported
from tests.journal.rival import go, rival
from tests.support.file_modes import mode


def test_a_backup_made_while_another_process_claims_is_one_moment_whole(path, opened, tmp_path):
    opened()
    with rival("claim", JournalLocation(path), *range(1, 400)) as busy:
        go(busy)
        sizes = []
        for number in range(5):
            target = tmp_path / f"{number}.db"
            back_up(path, target)
            with open_reader(JournalLocation(target), SHOP) as copy:
                # As many events as orders: a claim is there with its event, or not at all.
                sizes.append((len(copy.orders.entries()), len(copy.events.page(limit=1000))))
        assert busy.wait() == 0
    assert all(orders == events for orders, events in sizes)
    assert sizes == sorted(sizes)


def test_a_backup_is_a_journal_that_can_be_put_back(journal, path, tmp_path):
    exported(journal)
    back_up(path, tmp_path / "copy.db")
    with Journal.open(tmp_path / "copy.db", SHOP, ALMA) as copy:
        assert copy.id == journal.id
        assert copy.orders.entries() == journal.orders.entries()
        exported(copy, 2, "90002")


def test_a_backup_is_the_owners_alone_and_leaves_nothing_beside_it(journal, path, tmp_path):
    folder = tmp_path / "backups"
    folder.mkdir()
    back_up(path, folder / "copy.db")
    assert mode(folder / "copy.db") == 0o600
    assert [one.name for one in folder.iterdir()] == ["copy.db"]


def test_a_folder_that_is_missing_is_what_is_named(journal, path, tmp_path):
    file = tmp_path / "file"
    file.touch()
    for folder in (tmp_path / "none", tmp_path / "none" / "deeper", file):
        with pytest.raises(JournalError) as refused:
            back_up(path, folder / "x.db")
        assert str(refused.value) == f"there is no folder {folder}; make it first"
    assert known_copies(path) == []


@pytest.mark.parametrize("content", [b"", b"something else"])
def test_no_file_is_written_over(journal, path, tmp_path, content):
    target = tmp_path / "copy.db"
    target.write_bytes(content)
    with pytest.raises(JournalError, match="exists, and is not written over"):
        back_up(path, target)
    assert target.read_bytes() == content


def test_a_file_that_appears_meanwhile_is_not_written_over(journal, path, tmp_path, monkeypatch):
    target = tmp_path / "copy.db"
    monkeypatch.setattr("pathlib.Path.exists", lambda _: False)
    target.write_bytes(b"theirs")
    with pytest.raises(JournalError, match="not written over"):
        back_up(path, target)
    assert target.read_bytes() == b"theirs"


def test_a_damaged_journal_makes_no_backup(journal, path, tmp_path):
    for uid in range(1, 200):
        exported(journal, uid, str(90000 + uid))
    journal.close()
    with path.open("r+b") as file:
        file.seek(4096 * 6)
        file.write(b"\xff" * 4096 * 12)
    with pytest.raises((JournalError, JournalCorrupt)):
        back_up(path, tmp_path / "copy.db")
    assert not (tmp_path / "copy.db").exists()


def test_copies_that_are_still_there_are_known(path, journal, tmp_path):
    assert known_copies(path) == []
    for name in ("one.db", "two.db", "two.db"):
        note_copy(path, tmp_path / name)
    (tmp_path / "two.db").touch()
    assert known_copies(path) == [tmp_path / "two.db"]
    assert mode(path.with_name("journal.db.copies")) == 0o600


def test_a_copy_that_a_kill_has_torn_is_named_until_the_next_start_removes_it(journal, path, opened, tmp_path):
    program = (
        "import os, signal; from pathlib import Path; from specter_tui.journal.transfer import backup; "
        "backup.sync = lambda _: os.kill(os.getpid(), signal.SIGKILL); "
        f"backup.back_up(Path({str(path)!r}), Path({str(tmp_path / 'copy.db')!r}))"
    )
    assert subprocess.run([sys.executable, "-c", program], check=False).returncode == -signal.SIGKILL
    (torn,) = tmp_path.glob(".copy.db.*")
    assert known_copies(path) == [torn], "it holds what is to be erased"
    opened()
    assert not list(tmp_path.glob(".copy.db.*"))
    assert known_copies(path) == []


def test_a_copy_in_the_making_is_left_when_another_program_starts(journal, path, opened, tmp_path, monkeypatch):
    monkeypatch.setattr(backup, "sync", lambda _: opened())
    back_up(path, tmp_path / "copy.db")
    assert (tmp_path / "copy.db").exists()
