"""A journal of an older version becomes one of the present version and loses nothing, or is unchanged."""

import signal
import sqlite3
from contextlib import closing
from decimal import Decimal
from functools import partial
from pathlib import Path

import psycopg
import pytest

from specter_tui.journal.errors import JournalError, JournalOlder, JournalReadOnly, JournalTooOld
from specter_tui.journal.goods_models import NewArticle
from specter_tui.journal.journal import Journal
from specter_tui.journal.location import JournalLocation, journal_place
from specter_tui.journal.models import Claim
from specter_tui.journal.opening import open_journal, open_reader, reading
from specter_tui.journal.postgres import connection_pool
from specter_tui.journal.schema import VERSION
from specter_tui.journal.schema_sql import upgrade_tables
from specter_tui.journal.transfer.backup import back_up
from tests.faults.programs import forked
from tests.journal import killed_upgrade
from tests.journal.goods import status
from tests.journal.older_journals import (
    STATES_OF,
    content,
    make_at_server,
    make_file,
    structure,
    version_of,
)
from tests.journal.orders import ALMA, BO, LEASE, SHOP, SPENT, claimed, intent
from tests.support.postgres_server import database


@pytest.fixture(params=[4, 5, 6])
def version(request: pytest.FixtureRequest) -> int:
    found: int = request.param
    return found


@pytest.fixture(params=["file", "server"])
def older(request: pytest.FixtureRequest, version: int, path: Path, tmp_path: Path) -> JournalLocation:
    if request.param == "file":
        return JournalLocation(make_file(path, version))
    server = request.getfixturevalue("postgres_server")
    url = database(server, f"older_{tmp_path.name[-8:].strip('_').lower()}")
    make_at_server(url, version)
    return journal_place(url, SHOP, str(tmp_path / "state"))


@pytest.fixture
def fresh(older: JournalLocation, postgres_server: str, tmp_path: Path) -> JournalLocation:
    """Give a journal of the present version in the same kind of database."""
    place = JournalLocation(tmp_path / "new" / "journal.db")
    if older.server is not None:
        url = database(postgres_server, f"fresh_{tmp_path.name[-8:].strip('_').lower()}")
        place = journal_place(url, SHOP, str(tmp_path / "other"))
    open_journal(place, SHOP, ALMA).close()
    return place


ADDED_IN_5 = {
    "journal": {"specter": None},
    "orders": {
        **dict.fromkeys(["call", "customer_hash", "shown_number", "resent_for"]),
        **dict.fromkeys(["address_hash", "method_hash", "fee_hash", "vat_hash"]),
        "by_hand": 0,
        "number_by": "",
        "resends": 0,
    },
    "sent_articles": {"article_uid": None, "variant_uid": None},
    "drift_lines": {"kind": "article"},
}
"""The columns that version 4 did not have, and their values in its rows."""
ADDED_IN_7 = {"deliveries": {"total": None, "differs": 0}, "stops": {"process": None, "until": None}}


def test_every_row_of_every_table_is_there_with_all_its_values(older, version):
    before = content(older)
    assert all(before.values()), "the test has a row in every table"
    open_journal(older, SHOP, ALMA).close()
    assert version_of(older) == VERSION
    after = content(older)
    if version == 4:
        for table, values in ADDED_IN_5.items():
            before[table] = [{**row, **values} for row in before[table]]
        before["stock_to_write"] = [{**row, "since": row["mark"]} for row in before["stock_to_write"]]
        before["sent_rows"] = [{**row, "vat_percent": str(row["vat_percent"])} for row in before["sent_rows"]]
    for table, values in ADDED_IN_7.items():
        if table in before:
            before[table] = [{**row, **values} for row in before[table]]
    assert {table: rows for table, rows in after.items() if rows} == before


def test_its_tables_are_those_of_a_new_journal(older, fresh):
    open_journal(older, SHOP, ALMA).close()
    assert structure(older) == structure(fresh)


def test_what_is_done_with_orders_goes_on_from_where_it_was(older, version):
    with open_journal(older, SHOP, BO) as journal:
        assert {entry.uid: entry.state for entry in journal.orders.entries()} == STATES_OF[version]
        assert journal.orders.rates_of_many([150001])[150001][0].net == Decimal("350.00")
        assert [row.vat_percent for row in journal.orders.rows(150001)] == [
            25,
            Decimal("0" if version == 4 else "25.5"),
        ]
        assert journal.stock.sold_after_fetch(["TAJ-1"]) == {}
        journal.batches.keep("orders", "b-9", [status("90009", delivered=True, tracking="T1")])
        assert [one.tracking for one in journal.deliveries.with_numbers(["90009"])] == ["T1"]
        journal.sent_articles.note_sent([NewArticle("TAJ-1", "digest", with_stock=True)])
        assert sorted(journal.claims.expire_leases()) == [150008, 150013, 150017], "their programs have gone"
        if version > 4:
            assert journal.stops.current() is not None
            journal.stops.end("counted")
            journal.halts.end("mended")
        claim = claimed(journal, 1)
        assert journal.results.customer_known(claim, "77")
        assert journal.results.exported(claim, "777", SPENT)
        again = journal.claims.reclaim(intent(150002), LEASE, "Specter has no such order", automatic=False)
        assert isinstance(again, Claim)
        assert again.step == "order"
        assert [event.id for event in journal.events.page(limit=1000)] == list(range(1, journal.events.last_id() + 1))


def test_events_are_guarded_as_before(older):
    open_journal(older, SHOP, ALMA).close()
    for change in ("UPDATE events SET reason = 'x'", "DELETE FROM events"):
        if older.server is None:
            with closing(sqlite3.connect(older.path)) as file, pytest.raises(sqlite3.IntegrityError, match="are never"):
                file.execute(change)
        else:
            with (
                psycopg.connect(older.server) as server,
                pytest.raises(psycopg.Error, match="never altered or removed"),
            ):
                server.execute(change.replace("events", "specter_tui.events"))


def test_a_role_keeps_its_rights_and_a_view_its_table(postgres_server, tmp_path):
    url = database(postgres_server, f"rights_{tmp_path.name[-8:].strip('_').lower()}")
    make_at_server(url, 4)
    with psycopg.connect(url, autocommit=True) as server:
        server.execute("CREATE VIEW public.open_orders AS SELECT uid, state FROM specter_tui.orders")
        server.execute("GRANT SELECT ON specter_tui.events TO pg_monitor")
    place = journal_place(url, SHOP, str(tmp_path / "state"))
    with open_journal(place, SHOP, ALMA) as journal:
        journal.claims.expire_leases()
    with psycopg.connect(url) as server:
        assert ("sending",) not in server.execute("SELECT DISTINCT state FROM public.open_orders").fetchall()
        may = "SELECT has_table_privilege('pg_monitor', 'specter_tui.events', 'SELECT')"
        assert server.execute(may).fetchall() == [(True,)]


def as_clerk(url: str, right: str) -> JournalLocation:
    """Open the journal as a role that may use its tables and has another right, but does not own them."""
    with psycopg.connect(url, autocommit=True) as server:
        server.execute("DROP ROLE IF EXISTS clerk_of_upgrade")
        server.execute("CREATE ROLE clerk_of_upgrade LOGIN PASSWORD 'clerk'")
        for rights in ("USAGE ON SCHEMA specter_tui", "ALL ON ALL TABLES IN SCHEMA specter_tui", right):
            server.execute(f"GRANT {rights} TO clerk_of_upgrade")
    return JournalLocation(
        Path("/nowhere"), psycopg.conninfo.make_conninfo(url, user="clerk_of_upgrade", password="clerk")
    )


def test_a_role_without_the_rights_is_told_which_are_missing(postgres_server, tmp_path):
    name = f"clerk_{tmp_path.name[-8:].strip('_').lower()}"
    url = database(postgres_server, name)
    make_at_server(url, 4)
    try:
        with pytest.raises(JournalReadOnly, match="grant it CREATE on the database"):
            open_journal(as_clerk(url, "CREATE ON SCHEMA specter_tui"), SHOP, ALMA)
    finally:
        with psycopg.connect(url, autocommit=True) as server:
            server.execute("DROP OWNED BY clerk_of_upgrade")
    try:
        with pytest.raises(JournalReadOnly, match="the role in JOURNAL__URL may not do this in the journal"):
            open_journal(as_clerk(url, f"CREATE ON DATABASE {name}"), SHOP, ALMA)
    finally:
        with psycopg.connect(url, autocommit=True) as server:
            server.execute("DROP OWNED BY clerk_of_upgrade; DROP ROLE clerk_of_upgrade")
            assert server.execute("SELECT to_regnamespace('v4_copy')").fetchall() == [(None,)]


def test_an_upgrade_may_take_longer_than_a_verb(postgres_server, tmp_path, monkeypatch):
    url = database(postgres_server, f"slow_{tmp_path.name[-8:].strip('_').lower()}")
    make_at_server(url, 4)
    hurried = connection_pool._SETTINGS.replace("statement_timeout TO '60s'", "statement_timeout TO '500ms'")
    assert "500ms" in hurried
    monkeypatch.setattr(connection_pool, "_SETTINGS", hurried)
    monkeypatch.setattr(
        "specter_tui.journal.postgres.migrations.upgrade_tables",
        lambda *words: [*upgrade_tables(*words), "SELECT pg_sleep(0.8)"],
    )
    place = journal_place(url, SHOP, str(tmp_path / "state"))
    open_journal(place, SHOP, ALMA).close()
    assert version_of(place) == VERSION


@pytest.mark.parametrize("at", [0, 10, 25, 40, 60, 80, 100])
def test_killed_at_any_statement_it_is_as_it_was_and_the_next_start_upgrades_it(older, version, at):
    before, tables = content(older), structure(older)
    assert forked(partial(killed_upgrade.main, older, at)) == -signal.SIGKILL
    assert version_of(older) == version
    assert (content(older), structure(older)) == (before, tables)
    with open_journal(older, SHOP, ALMA) as journal:
        assert {entry.uid: entry.state for entry in journal.orders.entries()} == STATES_OF[version]
    if older.server is None:
        with closing(sqlite3.connect(older.path)) as file:
            assert file.execute("PRAGMA integrity_check").fetchall() == [("ok",)]


def test_a_statement_that_fails_leaves_the_journal_at_its_version(older, version, monkeypatch):
    before, tables = content(older), structure(older)

    def failing(*words):
        yield from upgrade_tables(*words)
        yield "not SQL"

    room = "sqlite_migration" if older.server is None else "postgres.migrations"
    with monkeypatch.context() as patched:
        patched.setattr(f"specter_tui.journal.{room}.upgrade_tables", failing)
        with pytest.raises(JournalError):
            open_journal(older, SHOP, ALMA)
    assert not list(older.path.parent.glob("journal.db.v*")), "a service that is started again would fill the disk"
    assert version_of(older) == version
    assert (content(older), structure(older)) == (before, tables)
    open_journal(older, SHOP, ALMA).close()


def test_a_reader_waits_for_a_writer_to_bring_it_up_to_date(older):
    with pytest.raises(JournalOlder, match="journal upgrade"):
        open_reader(older, SHOP)
    open_journal(older, SHOP, ALMA).close()
    open_reader(older, SHOP).close()


@pytest.fixture(params=[1, 3])
def too_old(request: pytest.FixtureRequest, path: Path) -> Path:
    return make_file(path, request.param)


def test_a_file_from_before_version_4_is_refused_in_one_sentence_and_left_alone(too_old):
    before = too_old.read_bytes()
    for attempt in (lambda: Journal.open(too_old, SHOP, ALMA), lambda: open_reader(JournalLocation(too_old), SHOP)):
        with pytest.raises(JournalTooOld, match="which can only be read: specter-tui journal show, csv or backup"):
            attempt()
    assert too_old.read_bytes() == before
    assert not list(too_old.parent.glob("journal.db.v*"))


def test_it_can_be_read_and_copied(too_old, tmp_path):
    before, found = too_old.read_bytes(), version_of(JournalLocation(too_old))
    with reading(JournalLocation(too_old), SHOP) as reader:
        assert [(entry.uid, entry.state) for entry in reader.orders.entries()] == [
            (150001, "exported"),
            (150002, "unknown"),
            (150003, "closed"),
            (150004, "exported"),
        ]
        assert reader.orders.rows(150001)[0].vat_percent == 25
        assert [event.verb for event in reader.events.page(150001)][:1] == ["claimed"]
    back_up(too_old, tmp_path / "copy.db")
    assert version_of(JournalLocation(tmp_path / "copy.db")) == found
    assert too_old.read_bytes() == before
