"""Fault 55: another version of the program upgrades the journal while this one runs."""

import sqlite3
from contextlib import closing

import psycopg

from specter_tui.journal.schema import VERSION
from tests.faults.world import ORDER, Machine
from tests.support.waiting import wait_for

SENTENCE = f"another version of specter-tui has upgraded the journal to version {VERSION + 1}"


def upgrade(here: Machine, version: int = VERSION + 1) -> None:
    """Upgrade as a version without a sign-in check would, or go back."""
    if here.place.server is not None:
        with psycopg.connect(here.place.server) as server:
            server.execute("DELETE FROM specter_tui.migrations WHERE number > %s", (VERSION,))
            if version > VERSION:
                server.execute("INSERT INTO specter_tui.migrations (number) VALUES (%s)", (version,))
        return
    with closing(sqlite3.connect(here.place.path)) as connection:
        connection.execute(f"PRAGMA user_version = {version}")


def states(here: Machine) -> dict[int, str]:
    if here.place.server is not None:
        with psycopg.connect(here.place.server) as server:
            return dict(server.execute("SELECT uid, state FROM specter_tui.orders").fetchall())
    with closing(sqlite3.connect(here.place.path)) as connection:
        return dict(connection.execute("SELECT uid, state FROM orders"))


def test_fault_55_a_service_sends_nothing_more_and_ends_with_2(machine):
    here = machine(ORDER__EXPORT="registered")
    (first,) = here.world.place()
    with here.proxy.holding(ORDER) as hold:
        watch = here.start("watch", "--json")
        hold.wait()
        upgrade(here)
        here.world.place()
        hold.let_go()
        assert watch.end() == 2
    assert SENTENCE in watch.err
    assert "Traceback" not in watch.err
    assert states(here) == {first: "exported"}, "what was under way came to its end, nothing is left on its way"
    assert here.world.calls(ORDER) == 1
    upgrade(here, VERSION)


def test_fault_55_a_console_halts_in_one_sentence_and_ends_with_2(machine):
    here = machine()
    (uid,) = here.world.place()
    with here.console() as term:
        term.wait_for_screen(here.world.number(uid))
        term.wait_for_screen("● ready")
        upgrade(here)
        term.wait_quietly()
        term.type("e")
        assert term.end() == 2
        wait_for(lambda: SENTENCE in term.text, "the terminal to keep the sentence")
    assert states(here) == {}
    assert here.world.calls(ORDER) == 0
    upgrade(here, VERSION)
