"""Faults 24 to 28: the journal locked, the disk full, an older copy restored, the file removed."""

import json
import shutil
import sqlite3
import subprocess
import threading
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

from specter_tui.engine.service import ShopService
from specter_tui.journal import files
from specter_tui.journal.schema_version import APPLICATION
from specter_tui.sandbox.server.faults import Fault
from tests.engine.shop import at_specter, calls, document, placed
from tests.faults.hurried import Hurried, Tells
from tests.faults.programs import Program
from tests.faults.world import CUSTOMER, ORDER, Machine
from tests.support.driven_engine import PATIENCE
from tests.support.environment import in_environment
from tests.support.small_disk import fill, small_disk
from tests.support.waiting import wait_for

pytestmark = pytest.mark.usefixtures("quick_retries")


def run(sandbox, journal: Path, *command: str, **settings: str) -> subprocess.CompletedProcess[str]:
    """Run the program in a process of its own."""
    environment = {
        **sandbox.settings,
        "JOURNAL__URL": f"sqlite:///{journal}",
        "UI__LANGUAGE": "en",
        "XDG_STATE_HOME": str(journal.parent.parent / "state"),
        **settings,
    }
    with TemporaryDirectory() as folder:
        program = Program(Path(folder), command, in_environment(environment), None)
        status = program.end()
        return subprocess.CompletedProcess(command, status, program.out, program.err)


def remove(journal: Path) -> None:
    for name in ("", "-wal", "-shm"):
        Path(f"{journal}{name}").unlink(missing_ok=True)


@contextmanager
def locked(journal: Path) -> Iterator[None]:
    """Hold a write transaction of another program."""
    with closing(sqlite3.connect(journal, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        yield


def side_file(here: Machine) -> Path:
    return here.journal.with_name("journal.db.unrecorded.jsonl")


def test_fault_24_the_journal_is_locked_for_a_moment_when_the_answer_comes(machine):
    here = machine()
    (uid,) = here.world.place()
    with here.proxy.holding(ORDER) as hold:
        begins = here.folder / "the number is written down"
        program = here.start("export", "--all", "--json", first=Tells(begins))
        hold.wait()
        with locked(here.journal):
            hold.let_go()
            wait_for(begins.exists, lambda: program.err)
            time.sleep(0.2)  # the moment for which it is locked.
            assert program.running
        assert program.end() == 0
    assert program.views[uid]["state"] == "exported"
    assert not side_file(here).exists()
    assert here.held(uid) == 1


def test_fault_24_a_lock_that_outlasts_the_busy_time_is_tried_again_until_it_ends(machine):
    here = machine()
    (uid,) = here.world.place()
    with here.proxy.holding(ORDER) as hold:
        program = here.start("export", "--all", "--json", first=Hurried(0.05, (0.1,) * 300))
        hold.wait()
        with locked(here.journal):
            hold.let_go()
            kept = wait_for(lambda: side_file(here).exists() and side_file(here).read_text(), "the number set aside")
        assert program.end() == 0
    (made,) = here.world.at_specter(here.world.number(uid))
    assert json.loads(kept)["specter_number"] == str(made["number"])
    assert (program.views[uid]["state"], program.views[uid]["specter_number"]) == ("exported", made["number"])
    assert side_file(here).read_text() == ""
    assert here.verbs(uid).count("exported") == 1
    assert here.world.document(uid)["externalOrderNumber"] == str(made["number"])


@pytest.mark.parametrize("killed", [False, True], ids=["the program gives up", "the program is killed"])
def test_fault_24_a_lock_that_does_not_end_loses_no_number(machine, killed):
    here = machine(refuses=False)
    (uid,) = here.world.place()
    with here.proxy.holding(ORDER) as hold:
        pauses = (0.1,) * (300 if killed else 1)
        program = here.start("export", "--all", "--json", first=Hurried(0.05, pauses))
        hold.wait()
        with locked(here.journal):
            hold.let_go()
            told = wait_for(lambda: [line for line in program.err.splitlines() if str(side_file(here)) in line])
            if killed:
                program.kill()
            else:
                assert program.end() == 1
    (made,) = here.world.at_specter(here.world.number(uid))
    assert str(made["number"]) in told[0]
    here.export()
    entry = here.entry(uid)
    assert (entry.state, entry.specter_number, entry.write_back) == ("exported", str(made["number"]), "done")
    assert here.world.calls(ORDER) == 1
    assert here.held(uid) == 1


def test_a_journal_that_is_locked_at_the_start_is_one_sentence_and_no_call(machine):
    here = machine()
    here.world.place()
    here.run("orders")
    with locked(here.journal):
        for words in (["export", "--all"], ["watch", "--once"]):
            program = here.run(*words, first=Hurried(0.05))
            assert program.end() == 2
            (line,) = [line for line in program.err.splitlines() if "ORDER__EXPORT" not in line]
            assert "locked by another process" in line
    assert here.world.calls(CUSTOMER) == here.world.calls(ORDER) == 0


def test_fault_25_a_disk_that_is_full_before_the_claim_lets_nothing_be_sent(stocked, tmp_path):
    sandbox = stocked(orders=3, plain=True)
    with small_disk(tmp_path / "disk", 8) as disk:
        journal = disk / "journal.db"
        first = str(document(sandbox, placed(sandbox)[0])["orderNumber"])
        assert run(sandbox, journal, "export", first).returncode == 0
        journal.with_name("journal.db.reserve").unlink()
        fill(disk)
        full = run(sandbox, journal, "export", "--all")
        assert full.returncode == 2
        said = [line for line in full.stderr.splitlines() if "disk is full" in line]
        assert len(said) == 1, full.stderr
        assert "Traceback" not in full.stderr
        assert calls(sandbox, "newOrderSubmit") == calls(sandbox, "newCustomerSubmit") == 1
        (disk / "ballast").unlink()
        assert run(sandbox, journal, "export", "--all").returncode == 0
    assert len(sandbox.specter.orders) == 3


def test_fault_26_a_disk_that_is_full_after_the_answer_loses_no_number(stocked, driven, tmp_path):
    sandbox = stocked(orders=2, plain=True)
    uid, other = placed(sandbox)
    with small_disk(tmp_path / "disk", 8) as disk:
        engine = driven(sandbox, JOURNAL__URL=f"sqlite:///{disk / 'journal.db'}")
        engine.look()
        sandbox.faults["specter"].add(Fault(kind="delay", call="newOrderSubmit", seconds=1.5))
        export = engine.engine.submit(ShopService.export, [uid])
        while not engine.reader().events.page(uid) or engine.entry(uid).step != "order":
            pass
        # The log that SQLite has already is used up too, so that not even one line fits.
        engine.do(
            lambda service: service.context.journal(
                lambda journal: journal.db.execute("PRAGMA wal_checkpoint(TRUNCATE)")
            )
        )
        fill(disk)
        (ended,) = export.result(PATIENCE)
        assert (ended.view.state, ended.view.specter_number) == ("exported", "90001")
        assert engine.entry(uid).specter_number == "90001"
        assert not (disk / "journal.db.reserve").exists()
        with pytest.raises(Exception, match="disk is full"):
            engine.do(ShopService.export, [other])
        engine.leave()
    assert len(sandbox.specter.orders) == 1


def test_fault_26_without_even_the_reserve_the_number_goes_to_another_disk(stocked, driven, tmp_path, monkeypatch):
    monkeypatch.setattr("specter_tui.engine.orders.submission._PAUSES_BETWEEN_TRIES", ())
    sandbox = stocked(orders=1, plain=True)
    (uid,) = placed(sandbox)
    with small_disk(tmp_path / "disk", 8) as disk:
        places = {"JOURNAL__URL": f"sqlite:///{disk / 'journal.db'}", "JOURNAL__SEEN": str(tmp_path / "seen")}
        engine = driven(sandbox, **places)
        engine.look()
        sandbox.faults["specter"].add(Fault(kind="delay", call="newOrderSubmit", seconds=1.5))
        export = engine.engine.submit(ShopService.export, [uid])
        while not engine.reader().events.page(uid) or engine.entry(uid).step != "order":
            pass
        engine.do(
            lambda service: service.context.journal(
                lambda journal: journal.db.execute("PRAGMA wal_checkpoint(TRUNCATE)")
            )
        )
        (disk / "journal.db.reserve").unlink()
        fill(disk)
        export.result(PATIENCE)
        (side,) = (tmp_path / "seen").glob("*.unrecorded.jsonl")
        assert '"specter_number": "90001"' in side.read_text()
        assert any("90001" in text and str(side) in text for text in engine.notices)
        engine.leave()
        (disk / "ballast").unlink()
        again = driven(sandbox, **places)
        again.turn()
        entry = again.entry(uid)
        assert (entry.state, entry.specter_number, entry.write_back) == ("exported", "90001", "done")
        assert side.read_text() == ""
        again.leave()
    assert calls(sandbox, "newOrderSubmit") == 1
    assert len(sandbox.specter.orders) == 1


@pytest.mark.parametrize("written_back", [True, False])
def test_fault_27_an_older_copy_of_the_journal_is_noticed_and_sends_nothing_twice(stocked, tmp_path, written_back):
    sandbox = stocked(orders=3, plain=True)
    journal, old = tmp_path / "data" / "journal.db", tmp_path / "old.db"
    first, second, third = (str(document(sandbox, uid)["orderNumber"]) for uid in placed(sandbox))
    assert run(sandbox, journal, "export", first).returncode == 0
    assert run(sandbox, journal, "journal", "backup", str(old)).returncode == 0
    if not written_back:
        sandbox.faults["shop"].add(Fault(kind="refusal", call="Order.set", times=None))
    run(sandbox, journal, "export", second)
    sandbox.faults["specter"].add(Fault(kind="lost", call="newOrderSubmit", after=True))
    assert run(sandbox, journal, "export", third).returncode == 1
    sandbox.faults["shop"].clear()
    remove(journal)
    shutil.copy(old, journal)
    again = run(sandbox, journal, "export", "--all", "--json")
    assert "The journal is an older copy" in again.stderr
    assert [at_specter(sandbox, number) for number in (first, second, third)] == [1, 1, 1]
    orders = run(sandbox, journal, "journal", "show").stdout
    assert [line.split()[:2] for line in orders.splitlines()] == [
        [first, "exported"],
        [second, "exported"],
        [third, "unknown"],
    ]


def test_fault_27_an_order_in_doubt_is_entered_by_the_number_that_the_shop_shows(stocked, tmp_path):
    """The record of what was sent ends at the claim (the machine died, its last lines lost).

    The shop has the number.
    """
    sandbox = stocked(orders=1, plain=True)
    journal = tmp_path / "data" / "journal.db"
    (uid,) = placed(sandbox)
    assert run(sandbox, journal, "export", "--all").returncode == 0
    (seen,) = (tmp_path / "state" / "specter-tui").glob("*.seen")
    seen.write_text(seen.read_text().splitlines(keepends=True)[0])
    remove(journal)
    assert run(sandbox, journal, "orders").returncode == 0
    shown = run(sandbox, journal, "journal", "show").stdout
    assert shown.split()[1:3] == ["exported", document(sandbox, uid)["externalOrderNumber"]]
    assert len(sandbox.specter.orders) == 1


def test_fault_28_a_new_journal_sends_nothing_that_the_shop_shows_as_exported_or_that_is_too_old(stocked, tmp_path):
    sandbox = stocked(orders=3, plain=True)
    assert run(sandbox, tmp_path / "one" / "journal.db", "export", "--all").returncode == 0
    sandbox.arrivals.place()
    # Another machine: neither journal nor record.
    other = tmp_path / "other" / "data" / "journal.db"
    run(sandbox, other, "export", "--all")
    assert len(sandbox.specter.orders) == 4, "the new one alone was sent"
    third = tmp_path / "third" / "data" / "journal.db"
    run(sandbox, third, "export", "--all", ORDER__SINCE="2099-01-01")
    assert len(sandbox.specter.orders) == 4


def emptied(journal: Path) -> None:
    remove(journal)
    journal.touch(mode=0o600)


@pytest.mark.parametrize("lose", [remove, emptied])
def test_fault_28_a_deleted_journal_is_made_good_by_what_this_machine_has_seen(stocked, tmp_path, lose):
    sandbox = stocked(orders=2, plain=True)
    journal = tmp_path / "data" / "journal.db"
    sandbox.faults["shop"].add(Fault(kind="refusal", call="Order.set", times=None))
    run(sandbox, journal, "export", "--all")
    sandbox.faults["shop"].clear()
    lose(journal)
    again = run(sandbox, journal, "export", "--all")
    assert "Entered again: 2 Specter numbers" in again.stderr
    assert len(sandbox.specter.orders) == 2


def a_file_that_is_no_journal(journal: Path) -> None:
    journal.write_bytes(b"not a journal, " * 500)


def a_file_of_a_newer_version(journal: Path) -> None:
    with sqlite3.connect(journal) as connection:
        connection.executescript(f"PRAGMA application_id = {APPLICATION}; PRAGMA user_version = 99; CREATE TABLE t (a)")
    connection.close()


def another_programs_database(journal: Path) -> None:
    with sqlite3.connect(journal) as connection:
        connection.execute("CREATE TABLE theirs (a)")
    connection.close()


@pytest.mark.parametrize(
    ("spoil", "told"),
    [
        (a_file_that_is_no_journal, "not a journal"),
        (a_file_of_a_newer_version, "install a newer one"),
        (another_programs_database, "another program"),
    ],
)
def test_a_file_that_cannot_be_used_is_one_sentence_and_no_call(stocked, tmp_path, spoil, told):
    sandbox = stocked(orders=1, plain=True)
    journal = tmp_path / "data" / "journal.db"
    journal.parent.mkdir()
    spoil(journal)
    before = journal.read_bytes()
    for command in (["export", "--all"], ["watch", "--once"], ["journal", "show"]):
        found = run(sandbox, journal, *command)
        assert found.returncode == 2, command
        (line,) = [line for line in found.stderr.splitlines() if "ORDER__EXPORT" not in line]
        assert told in line
    copy = run(sandbox, journal, "journal", "backup", str(tmp_path / "b"))
    is_journal = spoil is a_file_of_a_newer_version
    assert copy.returncode == (0 if is_journal else 2), "a journal of any version may be copied"
    assert (tmp_path / "b").exists() == is_journal
    assert journal.read_bytes() == before
    assert sandbox.ledger.calls() == {}


def test_a_folder_that_may_only_be_read_is_one_sentence_and_no_call(stocked, tmp_path):
    sandbox = stocked(orders=1, plain=True)
    with small_disk(tmp_path / "disk", 8) as disk:
        subprocess.run(["mount", "-o", "remount,ro", disk], check=True)
        found = run(sandbox, disk / "journal.db", "export", "--all")
    assert found.returncode == 2
    (line,) = found.stderr.splitlines()
    assert "Read-only" in line
    assert sandbox.ledger.calls() == {}


def on_a_network_disk() -> None:
    """Make every folder of this program a network disk."""
    files.file_system = lambda *_: "nfs4"


def test_a_network_disk_is_one_sentence_and_no_call(machine):
    here = machine()
    here.world.place()
    for words in (["export", "--all"], ["watch"]):
        program = here.run(*words, first=on_a_network_disk, ORDER__EXPORT="registered")
        assert program.end() == 2
        (line,) = program.err.splitlines()
        assert "network disk (nfs4)" in line
    assert here.world.calls(CUSTOMER) == here.world.calls(ORDER) == here.world.calls("Order.list") == 0


def test_a_record_of_what_was_seen_that_cannot_be_made_is_one_sentence(stocked, tmp_path):
    sandbox = stocked(orders=1, plain=True)
    (tmp_path / "file").touch()
    found = run(sandbox, tmp_path / "data" / "journal.db", "export", "--all", JOURNAL__SEEN=str(tmp_path / "file"))
    assert found.returncode == 2
    (line,) = found.stderr.splitlines()
    assert str(tmp_path / "file") in line
    assert sandbox.ledger.calls() == {}


def test_a_backup_is_made_while_orders_go(stocked, tmp_path):
    sandbox = stocked(orders=30, plain=True)
    journal = tmp_path / "data" / "journal.db"
    run(sandbox, journal, "orders")
    exporting = threading.Thread(target=run, args=(sandbox, journal, "export", "--all"))
    exporting.start()
    sizes = []
    number = 0
    while exporting.is_alive():
        number += 1
        assert run(sandbox, journal, "journal", "backup", str(tmp_path / f"{number}.db")).returncode == 0
        with sqlite3.connect(tmp_path / f"{number}.db") as copy:
            sizes.append(copy.execute("SELECT COUNT(*) FROM orders").fetchone()[0])
        copy.close()
    exporting.join()
    assert sizes == sorted(sizes)
    assert len(sandbox.specter.orders) == 30
