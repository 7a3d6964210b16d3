"""A journal of an older version is upgraded by a program that is alone, and after a copy was made."""

import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from contextlib import ExitStack, closing, contextmanager
from pathlib import Path

import psycopg
import pytest

from specter_tui.journal.errors import JournalError, JournalInUse, JournalOlder, JournalOtherVersion
from specter_tui.journal.journal import Journal
from specter_tui.journal.location import JournalLocation, journal_place
from specter_tui.journal.opening import open_journal, open_reader, reading
from specter_tui.journal.schema import VERSION
from specter_tui.journal.transfer.backup import known_copies
from tests.journal.older_journals import STATES, make_at_server, make_file
from tests.journal.orders import ALMA, LEASE, SHOP, SPENT, claimed, intent
from tests.journal.rival import go, rival
from tests.support.postgres_server import database


@pytest.fixture
def old(path: Path) -> Path:
    return make_file(path, 4)


@pytest.fixture
def old_server(postgres_server: str, tmp_path: Path) -> JournalLocation:
    """Make the same at a server."""
    url = database(postgres_server, f"fourth_{tmp_path.name[-8:].strip('_').lower()}")
    make_at_server(url, 4)
    return journal_place(url, SHOP, str(tmp_path / "state"))


@contextmanager
def holding(place: JournalLocation) -> Iterator[subprocess.Popen[str]]:
    """Let another program have the journal open: it is signed in, and knows an older version."""
    program = f"""
import sys
from pathlib import Path
url, path = {place.server!r}, Path({str(place.path)!r})
if url is None:
    from specter_tui.journal.safety.sign_in import SignIn
    held = SignIn(path)
else:
    import psycopg
    from specter_tui.journal.postgres.migrations import SIGN_IN
    held = psycopg.connect(url, autocommit=True)
    held.execute("SELECT pg_advisory_lock_shared(%s, %s)", SIGN_IN)
print("in", flush=True)
sys.stdin.read()
"""
    with subprocess.Popen(
        [sys.executable, "-c", program], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as other:
        assert other.stdout is not None
        assert other.stdout.readline() == "in\n"
        yield other
        other.kill()


@pytest.fixture(params=["file", "server"])
def older(request: pytest.FixtureRequest) -> JournalLocation:
    return (
        request.getfixturevalue("old_server")
        if request.param == "server"
        else JournalLocation(request.getfixturevalue("old"))
    )


def states(journal: Journal) -> dict[int, str]:
    return {entry.uid: entry.state for entry in journal.orders.entries()}


def test_it_is_upgraded_once_and_says_so(older):
    with open_journal(older, SHOP, ALMA) as journal:
        assert states(journal) == STATES
        assert journal.upgraded is not None
        assert journal.upgraded.from_version == 4
    with open_journal(older, SHOP, ALMA) as journal:
        assert journal.upgraded is None


def test_a_copy_of_it_as_it_was_lies_beside_it(old):
    with Journal.open(old, SHOP, ALMA) as journal:
        assert journal.upgraded is not None
        copy = Path(journal.upgraded.copy)
    assert copy == old.with_name("journal.db.v4")
    assert copy.stat().st_mode & 0o777 == 0o600
    with closing(sqlite3.connect(copy)) as connection:
        assert connection.execute("PRAGMA user_version").fetchone() == (4,)
        assert dict(connection.execute("SELECT uid, state FROM orders")) == STATES
    assert copy in known_copies(old), "who erases an order must be shown it"


def test_a_copy_at_a_server_lies_in_a_schema_of_its_own(old_server):
    with open_journal(old_server, SHOP, ALMA) as journal:
        assert journal.upgraded is not None
        assert journal.upgraded.copy == "v4_copy"
        assert journal.erasure.copies_at_server() == ["schema v4_copy"]
    with psycopg.connect(old_server.server) as server:
        assert dict(server.execute("SELECT uid, state FROM v4_copy.orders").fetchall()) == STATES


def test_nothing_is_upgraded_while_another_program_has_it_open(older):
    with holding(older) as other:
        with pytest.raises(JournalInUse, match=str(other.pid) if older.server is None else "server process"):
            open_journal(older, SHOP, ALMA)
        with pytest.raises(JournalOlder):
            open_reader(older, SHOP)
        if older.server is None:
            assert not older.path.with_name("journal.db.v4").exists()
    with open_journal(older, SHOP, ALMA) as journal:
        assert states(journal) == STATES


def test_two_programs_that_start_together_upgrade_it_once(older):
    with ExitStack() as stack:
        both = [stack.enter_context(rival("open", older)) for _ in range(2)]
        for one in both:
            go(one)
        assert [one.wait() for one in both] == [0, 0]
    if older.server is None:
        assert [one.name for one in older.path.parent.glob("journal.db.v*")] == ["journal.db.v4"]
    with open_journal(older, SHOP, ALMA) as journal:
        assert states(journal) == STATES
        assert older.server is None or journal.erasure.copies_at_server() == ["schema v4_copy"]


def test_an_older_file_is_read_without_being_changed(old):
    before = old.read_bytes()
    with reading(JournalLocation(old), SHOP) as reader:
        assert {entry.uid: entry.state for entry in reader.orders.entries()} == STATES
    assert old.read_bytes() == before


@pytest.fixture
def foreign(path: Path) -> Iterator[Path]:
    path.parent.mkdir()
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("CREATE TABLE theirs (value)")
    path.chmod(0o644)
    return path


def test_the_mode_of_another_programs_file_is_left_as_it_is(foreign):
    with pytest.raises(JournalError, match="another program's database"):
        Journal.open(foreign, SHOP, ALMA)
    assert foreign.stat().st_mode & 0o777 == 0o644
    assert [one.name for one in foreign.parent.iterdir()] == [foreign.name]


def upgrade_behind(place: JournalLocation) -> None:
    """Upgrade as another version of the program would, without checking the sign-ins."""
    if place.server is None:
        with closing(sqlite3.connect(place.path)) as connection:
            connection.execute(f"PRAGMA user_version = {VERSION + 1}")
    else:
        with psycopg.connect(place.server) as server:
            server.execute("INSERT INTO specter_tui.migrations (number) VALUES (%s)", (VERSION + 1,))


@pytest.mark.parametrize("is_new", [True, False])
def test_nothing_is_claimed_once_another_version_has_upgraded_it(older, is_new):
    with open_journal(older, SHOP, ALMA) as journal:
        before = claimed(journal, 1)
        upgrade_behind(older)
        with pytest.raises(JournalOtherVersion, match=f"to version {VERSION + 1}"):
            journal.claims.claim(intent(2), LEASE, is_new=is_new)
        with pytest.raises(JournalOtherVersion):
            journal.claims.reclaim(intent(150002, external_no="A-1002"), LEASE, "found nothing", automatic=False)
        with pytest.raises(JournalOtherVersion):
            journal.stops.refuse_if_stopped()
        assert journal.orders.entry(2) is None
        assert journal.results.customer_known(before, "77"), "what is under way comes to its end"
        assert journal.results.exported(before, "90099", SPENT)


def test_what_shares_a_commit_with_a_claim_that_is_refused_is_kept(older):
    with open_journal(older, SHOP, ALMA) as journal:
        before = claimed(journal, 1)
        upgrade_behind(older)
        refused, kept = journal.group_commit(
            [lambda: journal.claims.claim(intent(2), LEASE), lambda: journal.results.customer_known(before, "77")]
        )
        assert isinstance(refused, JournalOtherVersion)
        assert kept is True
