"""A journal copied from a file to a server and back: all of it, or it cannot be opened."""

import sqlite3
from contextlib import closing

import psycopg
import pytest

from specter_tui.journal.errors import JournalError
from specter_tui.journal.goods_models import WrittenStock
from specter_tui.journal.location import JournalLocation
from specter_tui.journal.models import LeaseTaken, ShopOrder
from specter_tui.journal.opening import open_journal, open_reader, open_store
from specter_tui.journal.schema_sql import Table
from specter_tui.journal.transfer.journal_copy import AT_ONCE, TABLES, copy_database
from tests.journal.goods import change, status, stock
from tests.journal.orders import ALMA, LEASE, SHOP, SOON, claimed, exported, intent

MANY = 6 * AT_ONCE


@pytest.fixture
def file(tmp_path) -> JournalLocation:
    return JournalLocation(tmp_path / "file" / "journal.db")


@pytest.fixture(params=["to a server", "to a file"])
def way(request, file, server) -> tuple[JournalLocation, JournalLocation]:
    return (file, server) if request.param == "to a server" else (server, file)


def lived(place: JournalLocation, orders: int = 1) -> None:
    """Give a journal with something in every table."""
    with open_journal(place, SHOP, ALMA) as journal:
        for uid in range(1, orders + 1):
            exported(journal, uid, str(90000 + uid))
        journal.results.retry_later(claimed(journal, 1001), "å ä ö – 日本", SOON)
        journal.results.unknown(claimed(journal, 1002), "no answer")
        journal.decisions.close_many([ShopOrder(1002, "1002")], "by hand")
        journal.cursors.set("orders_seen_until", "2026-11-23")
        journal.sent_articles.note_refused("A-9", "digest", "no")
        journal.sent_articles.note_sent([])
        journal.batches.begin("stock", "b-1")
        journal.batches.keep("stock", "b-1", [stock("A-1", 5, "1"), stock("TAJ-1", 3)])
        journal.stock.to_write(1)
        journal.stock.written([WrittenStock("A-1", 5, 1, None)])
        journal.stock.unplaced({"A-2": "foreign"})
        journal.batches.keep("orders", "b-2", [status("90001", delivered=True, tracking="T")])
        journal.drift.keep(1, [change("TAJ-1", 2, 3)])
        journal.leases.take("watch", LEASE)


def copied(source: JournalLocation, target: JournalLocation, told=lambda *_: None):
    with closing(open_store(source, SHOP, read_only=True)) as old, closing(open_store(target, SHOP)) as new:
        return copy_database(old, new, SHOP, told)


def columns_of(table: Table) -> str:
    return ", ".join(column.name for column in table.columns)


def content(place: JournalLocation):
    with closing(open_store(place, SHOP, read_only=True)) as store:
        return {
            table.name: sorted(map(tuple, store.rows(f"SELECT {columns_of(table)} FROM {table.name}")), key=repr)
            for table in TABLES
        }


def test_all_of_it_is_copied_and_goes_on_as_before(way):
    source, target = way
    lived(source, 3)
    done = copied(source, target)
    assert content(target) == content(source)
    assert {one.table: one.rows for one in done} == {name: len(rows) for name, rows in content(source).items()}
    with open_journal(target, SHOP, ALMA) as journal, open_reader(source, SHOP) as before:
        assert journal.id == before.id, "the salt of form hashes"
        assert journal.orders.entry(1) == before.orders.entry(1)
        assert journal.leases.take("watch", LEASE) == LeaseTaken(), "leases are of processes, and are not copied"
        last = journal.events.last_id()
        exported(journal, 5000, "95000")
        assert journal.events.page()[-1].id == last + 3
        assert journal.claims.claim(intent(1), LEASE) is not None
    assert len(copied(target, JournalLocation(source.path.with_name("third.db")))) == len(TABLES)


def test_a_target_that_is_not_empty_is_refused(way):
    source, target = way
    lived(source)
    with open_journal(target, SHOP, ALMA) as journal:
        exported(journal, 7, "90007")
    before = content(target)
    with pytest.raises(JournalError, match="already holds a journal of shop 4711"):
        copied(source, target)
    assert content(target) == before


def test_a_whole_copy_is_not_begun_again(way):
    lived(way[0])
    copied(*way)
    with pytest.raises(JournalError, match="already holds"):
        copied(*way)


def test_a_journal_in_which_an_order_is_being_sent_is_not_copied(way):
    with open_journal(way[0], SHOP, ALMA) as journal:
        claimed(journal)
    with pytest.raises(JournalError, match="order 1001 is being sent"):
        copied(*way)


def test_none_where_there_is_none(way):
    with open_journal(way[0], 22, ALMA) if way[0].server else open_journal(JournalLocation(way[1].path), SHOP, ALMA):
        pass
    with pytest.raises(JournalError, match="journal"):
        copied(*way)


def test_what_was_done_meanwhile_is_noticed_and_the_target_stays_closed(way):
    source, target = way
    lived(source)
    meddled = []

    def meddle(table, done, total):
        if table == "events" and not meddled:
            meddled.append(table)
            with open_journal(source, SHOP, ALMA) as journal:
                journal.drift.keep(1, [])

    with pytest.raises(JournalError, match=r"orders of the copy has .* something was done with the journal meanwhile"):
        copied(source, target, meddle)
    with pytest.raises(JournalError, match="was not finished"):
        open_journal(target, SHOP, ALMA)


class Stopped(Exception):
    pass


_FILL = (
    "INSERT INTO orders (shop, uid, order_number, state, specter_number, total, changed_at) "
    "SELECT {shop}, n, n, 'exported', n, '487.50', 1 FROM {numbers}",
    "INSERT INTO sent_rows SELECT {shop}, n, 0, 'TAJ-1', '2', '175.00', 25 FROM {numbers}",
    "INSERT INTO events (shop, id, uid, order_number, at, operator, host, verb, reason, message) "
    "SELECT {shop}, n, n, n, 1, 'alma', 'till', 'exported', '', '' FROM {numbers}",
)


def fill(place: JournalLocation, orders: int) -> None:
    """Insert that many exported orders as rows, without the journal's operations."""
    open_journal(place, SHOP, ALMA).close()
    if place.server is None:
        with closing(sqlite3.connect(place.path)) as connection:
            connection.execute("CREATE TEMPORARY TABLE numbers (n INTEGER)")
            connection.executemany("INSERT INTO numbers VALUES (?)", ((n,) for n in range(1, orders + 1)))
            for one in _FILL:
                connection.execute(one.format(shop=SHOP, numbers="numbers"))
            connection.commit()
    else:
        with psycopg.connect(place.server, options="-c search_path=specter_tui") as connection:
            for one in _FILL:
                connection.execute(one.format(shop=SHOP, numbers=f"generate_series(1, {orders}) AS n"))


def test_many_orders_are_copied_and_a_copy_that_was_broken_off_goes_on(way):
    source, target = way
    fill(source, MANY)
    told = []

    def stop(table, done, total):
        told.append((table, done, total))
        if table == "sent_rows" and done >= 2 * AT_ONCE:
            raise Stopped

    with pytest.raises(Stopped):
        copied(source, target, stop)
    assert told[0] == ("orders", AT_ONCE, MANY)
    with pytest.raises(JournalError, match="was not finished; run journal copy again"):
        open_journal(target, SHOP, ALMA)
    told.clear()
    done = copied(source, target, lambda *words: told.append(words))
    assert told[0] == ("sent_rows", 3 * AT_ONCE, MANY), "what is there is not copied again"
    assert {one.table: one.rows for one in done if one.rows} == dict.fromkeys(("orders", "sent_rows", "events"), MANY)


def test_another_journals_copy_is_not_gone_on_with(way, tmp_path):
    source, target = way
    lived(source)

    def stop(*_):
        raise Stopped

    with pytest.raises(Stopped):
        copied(source, target, stop)
    other = JournalLocation(tmp_path / "other" / "journal.db")
    lived(other)
    with pytest.raises(JournalError, match="a part of another journal's copy"):
        copied(other, target)


def test_every_table_and_column_is_copied(file, server):
    for place in (file, server):
        open_journal(place, SHOP, ALMA).close()
    with closing(sqlite3.connect(file.path)) as connection:
        names = [name for (name,) in connection.execute("SELECT name FROM sqlite_schema WHERE type = 'table'")]
        in_file = {name: {row[1] for row in connection.execute(f"PRAGMA table_info({name})")} for name in names}
    with psycopg.connect(server.server) as connection:
        in_server: dict[str, set[str]] = {}
        columns = "SELECT table_name, column_name FROM information_schema.columns WHERE table_schema = 'specter_tui'"
        for name, column in connection.execute(columns):
            in_server.setdefault(name, set()).add(column)
    known = {table.name: {column.name for column in table.columns} for table in TABLES}
    apart = {"journal", "leases", "buyer_locks"}
    for found in (in_file, in_server):
        tables = {name: columns for name, columns in found.items() if "migrations" not in name}
        assert {name: columns for name, columns in tables.items() if name not in apart} == known
        assert apart < set(tables)
