"""A journal's server that disappears, refuses us, or is not what it should be: no call is made without a record."""

import os
import signal
import socket
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import psycopg
import pytest

from specter_tui.journal.schema import VERSION
from tests.faults.dying import Die
from tests.faults.world import CUSTOMER, ORDER, Machine
from tests.support import postgres_server as postgres
from tests.support.file_modes import mode
from tests.support.postgres_server import Cluster
from tests.support.waiting import wait_for

pytestmark = pytest.mark.usefixtures("quick_retries")


@pytest.fixture(scope="module")
def cluster(tmp_path_factory: pytest.TempPathFactory, postgres_server: str) -> Iterator[Cluster]:
    """A server of the tests' own, to be stopped and started; `postgres_server` skips where there is none."""
    with postgres.home() as folder:
        cluster = Cluster(folder)
        cluster.make()
        cluster.start()
        yield cluster
        cluster.stop()


@pytest.fixture
def here(machine, cluster) -> Iterator[Machine]:
    yield machine(JOURNAL__URL=postgres.database(cluster.url, "journal"), LIMITS__TIMEOUT="10")
    if not cluster.runs:
        cluster.start()


@dataclass(frozen=True, slots=True)
class Falls(Die):
    """Ends the server instead of the program at that point."""

    server: int = 0
    port: int = 0

    def _die(self, last: bool, when: str) -> None:
        if last and when == self.when:
            os.kill(self.server, signal.SIGQUIT)
            wait_for(lambda: not answers(self.port), "the server's end")


def answers(port: int) -> bool:
    """Return whether a server listens there: one does until its last session has ended."""
    with socket.socket() as one:
        return one.connect_ex(("127.0.0.1", port)) == 0


def side_files(here: Machine) -> list[Path]:
    return list((here.folder / "state").rglob("*.unrecorded.jsonl"))


def test_gone_before_the_claim_nothing_is_sent(here, cluster):
    (uid,) = here.world.place()
    program = here.run("export", "--all", first=Falls("before", "claims.claim", server=cluster.pid, port=cluster.port))
    cluster.stop()
    assert program.end() == 3
    assert "server cannot be reached" in program.err
    assert "Traceback" not in program.err
    assert here.world.calls(CUSTOMER) == here.world.calls(ORDER) == 0
    cluster.start()
    assert here.export()[uid]["state"] == "exported"
    assert here.held(uid) == 1


@pytest.mark.parametrize("killed", [False, True], ids=["the program gives up", "the program is killed"])
def test_gone_when_the_answer_comes_the_number_is_kept_aside_and_entered_later(here, cluster, killed):
    (uid,) = here.world.place()
    with here.proxy.holding(ORDER, "down") as hold:
        program = here.start("export", "--all")
        hold.wait()
        cluster.stop(signal.SIGQUIT)
        hold.let_go()
        wait_for(lambda: side_files(here), "the side file")
        if killed:
            program.kill()
        else:
            assert program.end() != 0
            assert "could not be written" in program.err or "is kept in" in program.err, program.err
    (side,) = side_files(here)
    assert mode(side) == 0o600
    cluster.start()
    assert here.stands(uid) == ("sending", "order")
    here.export()
    assert here.stands(uid)[0] == "exported"
    assert side.read_text() == ""
    assert here.world.calls(ORDER) == 1
    assert here.held(uid) == 1


def test_away_for_a_moment_when_the_answer_comes_it_is_tried_again(here, cluster):
    (uid,) = here.world.place()
    with here.proxy.holding(ORDER, "down") as hold:
        program = here.start("export", "--all", "--json")
        hold.wait()
        cluster.stop(signal.SIGQUIT)
        hold.let_go()
        wait_for(lambda: side_files(here), "the side file")
        cluster.start()
        program.end()
    assert here.stands(uid)[0] == "exported"
    assert here.held(uid) == 1


def test_a_watch_outlives_its_server(here, cluster):
    program = here.start("watch", ORDER__EXPORT="registered")
    (first,) = here.world.place()
    wait_for(lambda: here.held(first), "the first order")
    cluster.stop()
    (second,) = here.world.place()
    wait_for(lambda: "cannot be reached" in program.err, "a word about it")
    assert here.world.at_specter(here.world.number(second)) == []
    cluster.start()
    wait_for(lambda: here.held(second), "the second order")
    program.signal(signal.SIGTERM)
    assert program.end() == 0
    assert here.verbs(second).count("claimed") == 1


def test_fault_69_the_console_says_that_its_server_is_gone_until_it_is_back(here, cluster):
    (first,) = here.world.place()
    with here.console(ORDER__EXPORT="registered") as term:
        term.wait_until(lambda: here.held(first) == 1, "the first order")
        cluster.stop()
        (second,) = here.world.place()
        term.wait_for_screen("Journal ▲ out of reach")
        cluster.start()
        term.wait_until(lambda: here.held(second) == 1, "the second order")
        term.wait_until(lambda: not term.shows("Journal ▲"), "that the server is back")
        term.type("q")
        assert term.end() == 0


def test_fault_69_a_frozen_server_is_told_and_sending_goes_on_by_itself_when_it_is_whole_again(here, cluster):
    (first,) = here.world.place()
    with here.console(ORDER__EXPORT="registered") as term:
        term.wait_until(lambda: here.held(first) == 1, "the first order")
        with cluster.frozen():
            (second,) = here.world.place()
            term.wait_for_screen("Journal ▲ out of reach")
            assert here.world.at_specter(here.world.number(second)) == []
        term.wait_until(lambda: here.held(second) == 1, "the second order")
        term.wait_until(lambda: not term.shows("Journal ▲"), "that the server is back")
        term.type("q")
        assert term.end() == 0


def refused(here: Machine, status: int, told: str, **settings: str) -> None:
    """One clear sentence, and no call."""
    here.world.place()
    program = here.run("export", "--all", **settings)
    assert program.end() == status, program.err
    assert told in program.err
    assert len(program.err.strip().splitlines()) == 1, program.err
    assert here.world.calls(CUSTOMER) == 0


def admin(here: Machine, *statements: str) -> None:
    with psycopg.connect(here.settings["JOURNAL__URL"], autocommit=True) as connection:
        for one in statements:
            connection.execute(one)


def test_a_wrong_password_a_wrong_name_and_no_such_database_are_one_sentence_each(here, cluster):
    url = here.settings["JOURNAL__URL"]
    refused(here, 2, "refuses us: password authentication failed", JOURNAL__URL=url.replace(cluster.password, "geheim"))
    refused(here, 2, 'refuses us: database "nowhere" does not exist', JOURNAL__URL=url.replace("/journal", "/nowhere"))
    refused(here, 2, "is no address of a server", JOURNAL__URL="postgresql://me:ge%heim@127.0.0.1/journal")
    refused(here, 3, "cannot be reached", JOURNAL__URL="postgresql://me:geheim@127.0.0.1:1/journal")
    refused(here, 3, "cannot be reached", JOURNAL__URL="postgresql://me:geheim@db.invalid/journal")


def test_a_role_without_the_rights_a_replica_and_other_versions_are_one_sentence_each(here, cluster):
    url = here.settings["JOURNAL__URL"]
    mine = url.replace(f"postgres:{cluster.password}", "clerk:clerk")
    admin(here, "DROP ROLE IF EXISTS clerk", "CREATE ROLE clerk LOGIN PASSWORD 'clerk'")
    refused(here, 2, "may not do this in the journal", JOURNAL__URL=mine)
    first = here.run("orders")
    assert first.end() == 0, first.err
    reading = ("USAGE ON SCHEMA", "SELECT ON ALL TABLES IN SCHEMA")
    admin(here, *(f"GRANT {right} specter_tui TO clerk" for right in reading))
    refused(here, 2, "may not do this in the journal", JOURNAL__URL=mine)
    assert here.run("journal", "show", JOURNAL__URL=mine).end() == 0, "to read it is enough to read"
    admin(here, "ALTER ROLE clerk SET default_transaction_read_only = on")
    refused(here, 2, "takes no changes, as a replica does", JOURNAL__URL=mine)
    admin(here, f"INSERT INTO specter_tui.migrations (number) VALUES ({VERSION + 1})")
    refused(here, 2, f"are of version {VERSION + 1}, this program knows {VERSION}; install a newer one")
    older = f"UPDATE specter_tui.migrations SET number = {VERSION - 1} WHERE number = {VERSION}"
    admin(here, f"DELETE FROM specter_tui.migrations WHERE number > {VERSION}", older)
    shown = here.run("journal", "show")
    assert (shown.end(), "journal upgrade" in shown.err) == (2, True)
    admin(here, f"UPDATE specter_tui.migrations SET number = {VERSION}")


def without_psycopg() -> None:
    """Let the driver be missing, also where a program is forked from one that has imported it."""
    for name in [name for name in sys.modules if name.startswith("specter_tui.journal.postgres")]:
        del sys.modules[name]
    sys.modules["psycopg"] = None  # type: ignore[assignment]


def test_without_the_driver_it_says_what_to_install(machine):
    here = machine()
    here.world.place()
    url = "postgresql://me:geheim@127.0.0.1:1/journal"
    program = here.run("export", "--all", first=without_psycopg, JOURNAL__URL=url)
    assert program.end() == 2
    assert "make install POSTGRES=1, or pip install '.[postgres]'" in program.err
    assert "geheim" not in program.err


def test_the_password_is_told_nowhere(here, cluster):
    here.world.place()
    log = {"LOG__FILE": str(here.folder / "log"), "LOG__FORMAT": "json"}
    told = ""
    for words in (
        ("check",),
        ("orders", "--json"),
        ("export", "--all"),
        ("journal", "show"),
        ("journal", "backup", "x"),
    ):
        program = here.run(*words, **log)
        told += program.out + program.err
    cluster.stop()
    program = here.run("export", "--all", **log)
    told += program.out + program.err
    for file in here.folder.rglob("*"):
        told += file.read_bytes().decode("latin-1") if file.is_file() else file.name
    assert cluster.password not in told
    assert "pg_dump" in told, "a backup is the server's"
