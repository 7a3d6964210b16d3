"""The journal's file: its owner and readers, and errors when it cannot be used."""

import os
import sqlite3
import subprocess
import sys
from contextlib import ExitStack
from datetime import timedelta

import pytest

from specter_tui.journal import errors, sqlite_migration
from specter_tui.journal.errors import (
    JournalBusy,
    JournalCorrupt,
    JournalError,
    JournalFull,
    JournalNewer,
    JournalReadOnly,
)
from specter_tui.journal.files import file_system
from specter_tui.journal.journal import Journal
from specter_tui.journal.journal_reader import UNFINISHED, JournalReader
from specter_tui.journal.location import JournalLocation
from specter_tui.journal.models import ShopOrder
from specter_tui.journal.opening import open_reader, open_store
from specter_tui.journal.schema import VERSION
from specter_tui.journal.schema_version import APPLICATION
from specter_tui.journal.shop_database import ShopDatabase
from tests.journal.orders import ALMA, LEASE, SHOP, claimed, exported, intent
from tests.journal.rival import go, rival
from tests.support.file_modes import mode


@pytest.fixture(params=[0o000, 0o022, 0o077])
def umask(request):
    before = os.umask(request.param)
    yield
    os.umask(before)


@pytest.mark.usefixtures("umask")
def test_folder_and_files_are_the_owners_alone(tmp_path):
    path = tmp_path / "data" / "4711" / "journal.db"
    with Journal.open(path, SHOP, ALMA) as journal:
        exported(journal)
        files = sorted(one.name for one in path.parent.iterdir())
        assert files == ["journal.db", "journal.db-shm", "journal.db-wal", "journal.db.open", "journal.db.reserve"]
        assert {mode(one) for one in path.parent.iterdir()} == {0o600}
    assert (mode(path.parent), mode(path.parent.parent)) == (0o700, 0o700)


def test_a_file_that_others_may_read_is_closed_to_them(path, opened):
    opened().close()
    path.chmod(0o644)
    opened()
    assert mode(path) == 0o600


def test_what_was_written_survives_a_closing(path, opened):
    with opened() as journal:
        exported(journal)
        identity = journal.id
    again = opened()
    assert again.id == identity
    assert len(identity) == 32
    assert again.orders.entry(150001).specter_number == "90001"


def test_the_settings_of_the_connection(journal):
    for pragma, value in {
        "journal_mode": "wal",
        "synchronous": 2,
        "foreign_keys": 1,
        "secure_delete": 1,
        "busy_timeout": 5000,
        "application_id": APPLICATION,
        "user_version": VERSION,
    }.items():
        assert journal.db.rows(f"PRAGMA {pragma}", ()) == [(value,)], pragma


def test_tables_that_cannot_all_be_made_leave_the_file_empty(path, opened, monkeypatch):
    with monkeypatch.context() as patched:
        patched.setattr(sqlite_migration, "upgrade_tables", lambda *_: ["CREATE TABLE journal (id TEXT)", "not SQL"])
        with pytest.raises(JournalError):
            opened()
    exported(opened())


def test_processes_that_make_the_file_together_make_one(path):
    with ExitStack() as stack:
        rivals = [stack.enter_context(rival("open", JournalLocation(path))) for _ in range(4)]
        for one in rivals:
            go(one)
        assert [one.wait() for one in rivals] == [0, 0, 0, 0]
    with Journal.open(path, SHOP, ALMA) as journal:
        assert journal.db.rows("SELECT COUNT(*) FROM journal", ()) == [(1,)]


def test_a_newer_file_is_refused_and_left_alone(path, opened):
    opened().close()
    connection = sqlite3.connect(path)
    connection.execute(f"PRAGMA user_version = {VERSION + 1}")
    connection.close()
    content = path.read_bytes()
    with pytest.raises(JournalNewer, match=rf"version {VERSION + 1}.*install a newer"):
        opened()
    with pytest.raises(JournalNewer):
        open_reader(JournalLocation(path), SHOP)
    assert path.read_bytes() == content


def test_another_shops_journal_is_refused(path, opened):
    opened().close()
    with pytest.raises(JournalError, match="shop 4711, not of 4712"):
        Journal.open(path, 4712, ALMA)


def test_another_programs_database_is_refused_and_left_alone(path):
    path.parent.mkdir()
    connection = sqlite3.connect(path)
    connection.execute("CREATE TABLE theirs (a)")
    connection.close()
    content = path.read_bytes()
    with pytest.raises(JournalCorrupt, match="another program"):
        Journal.open(path, SHOP, ALMA)
    assert path.read_bytes() == content


def test_a_damaged_file_is_refused(path):
    path.parent.mkdir()
    path.write_bytes(b"not a database, " * 100)
    with pytest.raises(JournalCorrupt, match="not a journal"):
        Journal.open(path, SHOP, ALMA)


def test_a_locked_journal_is_busy_and_the_verb_can_be_tried_again(opened, path):
    journal = opened(busy=timedelta(milliseconds=50))
    other = sqlite3.connect(path, isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    with pytest.raises(JournalBusy, match="try again"):
        journal.claims.claim(intent(), LEASE)
    assert journal.orders.entry(150001) is None, "reading goes on meanwhile"
    other.execute("ROLLBACK")
    other.close()
    claimed(journal)


def test_a_change_is_alone_from_its_beginning(opened):
    journal, other = opened(), opened(busy=timedelta(0))

    def orders():
        with pytest.raises(JournalBusy):
            other.decisions.close_many([ShopOrder(1, "1")], "between two reads of the first")
        yield ShopOrder(1, "1")

    assert journal.decisions.close_many(orders(), "by hand") == [1]


def test_a_full_disk_gives_no_claim_and_leaves_nothing_half_done(journal):
    (pages,) = journal.db.rows("PRAGMA page_count", ())[0]
    journal.db.execute(f"PRAGMA max_page_count = {pages}")
    seen = []

    def fill() -> None:
        for uid in range(1, 1000):
            claimed(journal, uid, rows=intent().rows * 20)
            seen.append(uid)

    with pytest.raises(JournalFull, match="disk is full"):
        fill()
    assert seen
    assert [entry.uid for entry in journal.orders.entries()] == seen
    assert len(journal.events.page(limit=1000)) == len(seen)
    journal.db.execute("PRAGMA max_page_count = 1000000")
    claimed(journal, 1000)


def test_a_disk_that_is_full_when_a_commit_is_synced(journal, monkeypatch):
    failed = sqlite3.OperationalError("database or disk is full")
    failed.sqlite_errorcode = sqlite3.SQLITE_FULL

    def commit():
        raise failed

    with monkeypatch.context() as patch:
        patch.setattr(journal.db.store, "commit", commit)
        with pytest.raises(JournalFull):
            journal.claims.claim(intent(), LEASE)
    assert journal.orders.entry(150001) is None
    claimed(journal)


def test_a_reader_may_not_write(path, journal):
    exported(journal)
    with open_reader(JournalLocation(path), SHOP) as reader:
        assert reader.id == journal.id
        assert reader.orders.entry(150001) == journal.orders.entry(150001)
        with pytest.raises(JournalReadOnly):
            reader.db.rows("DELETE FROM orders", ())


def test_there_is_nothing_to_read_before_the_journal_is_made(path):
    with pytest.raises(JournalError, match="cannot be opened"):
        open_reader(JournalLocation(path), SHOP)
    assert not path.exists()


def test_a_file_without_a_journal_of_the_shops_is_closed_again(place, opened):
    with opened() as journal:
        journal.cursors.set(UNFINISHED, journal.id)
    store = open_store(place, SHOP, read_only=True)
    with pytest.raises(JournalError, match="was not finished"):
        JournalReader(ShopDatabase(store, SHOP))
    with pytest.raises(sqlite3.ProgrammingError, match="closed"):
        store.connection.execute("SELECT 1")


def test_a_file_that_was_never_finished_is_made_up_by_the_next_opening(path, opened):
    path.parent.mkdir()
    path.touch()
    with pytest.raises(JournalError, match="journal upgrade"):
        open_reader(JournalLocation(path), SHOP)
    exported(opened())


def test_a_screen_can_read_without_what_only_a_writer_needs():
    code = "import sys, specter_tui.journal.journal_reader; sys.exit('sqlite_utils' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


@pytest.mark.skipif(os.getuid() == 0, reason="root may write everywhere")
def test_a_folder_that_may_not_be_written(tmp_path):
    tmp_path.chmod(0o500)
    with pytest.raises(JournalReadOnly, match="owner and modes"):
        Journal.open(tmp_path / "journal.db", SHOP, ALMA)


def test_every_sqlite_error_becomes_ours():
    for code in (sqlite3.SQLITE_IOERR_FSYNC, sqlite3.SQLITE_IOERR_SHMSIZE, sqlite3.SQLITE_MISUSE, None):
        error = sqlite3.OperationalError("x")
        if code is not None:
            error.sqlite_errorcode = code
        kind = JournalFull if code == sqlite3.SQLITE_IOERR_SHMSIZE else JournalError
        assert type(errors.translate(error)) is kind


def test_a_network_disk_is_refused(tmp_path, monkeypatch):
    mounts = tmp_path / "mountinfo"
    mounts.write_text(
        "21 1 8:1 / / rw,relatime shared:1 - ext4 /dev/sda1 rw\n"
        f"22 21 0:5 / {tmp_path}/far\\040away rw - nfs4 server:/home rw\n"
        f"23 22 0:6 / {tmp_path}/far\\040away/near rw - tmpfs none rw\n"
    )
    far = tmp_path / "far away"
    assert file_system(tmp_path, mounts) == "ext4"
    assert file_system(far, mounts) == "nfs4"
    assert file_system(far / "near", mounts) == "tmpfs"
    assert file_system(far, tmp_path / "none") == ""
    monkeypatch.setattr("specter_tui.journal.files.file_system", lambda folder: "nfs4")
    with pytest.raises(JournalError, match="network disk"):
        Journal.open(far / "journal.db", SHOP, ALMA)
    assert not (far / "journal.db").exists()
