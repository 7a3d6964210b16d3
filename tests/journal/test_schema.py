"""Both databases have the tables that `schema.py` describes, and no others."""

import sqlite3
from contextlib import closing

import psycopg
import pytest

from specter_tui.journal.opening import open_journal
from specter_tui.journal.schema import TABLES, VERSION
from specter_tui.journal.schema_sql import Index, Table, upgrade_tables
from tests.journal.older_journals import structure, version_of
from tests.journal.orders import ALMA, SHOP


@pytest.fixture
def file(place):
    open_journal(place, SHOP, ALMA).close()
    return place


@pytest.fixture
def at_server(server):
    open_journal(server, SHOP, ALMA).close()
    return server


def described():
    """Return each table's columns: type, whether a value is required, and the place in the key."""
    return {
        table.name: {
            column.name: (
                "INTEGER" if column.type == "INTEGER" else "TEXT",
                "NOT NULL" in column.rest,
                (["shop", *table.key].index(column.name) + 1) if column.name in ("shop", *table.key) else 0,
                column.rest.partition("DEFAULT ")[2].split(" ")[0].strip("'") if "DEFAULT" in column.rest else None,
            )
            for column in table.columns
        }
        for table in TABLES
    }


def in_file(place):
    sql = "SELECT name, type, \"notnull\", pk, trim(dflt_value, '''') FROM pragma_table_info(?)"
    with closing(sqlite3.connect(place.path)) as connection:
        names = [name for (name,) in connection.execute("SELECT name FROM sqlite_schema WHERE type = 'table'")]
        return {
            name: {
                column: (kind, bool(needed), key, default)
                for column, kind, needed, key, default in connection.execute(sql, (name,))
            }
            for name in names
        }


def in_server(place):
    sql = """
        SELECT c.table_name, c.column_name, data_type, is_nullable, COALESCE(k.ordinal_position, 0),
          trim(both '''' from split_part(column_default, '::', 1))
        FROM information_schema.columns c
        LEFT JOIN information_schema.table_constraints t
          ON t.table_schema = c.table_schema AND t.table_name = c.table_name AND constraint_type = 'PRIMARY KEY'
        LEFT JOIN information_schema.key_column_usage k
          ON k.constraint_name = t.constraint_name AND k.table_schema = c.table_schema AND k.column_name = c.column_name
        WHERE c.table_schema = 'specter_tui' AND c.table_name <> 'migrations'
    """
    found = {}
    with psycopg.connect(place.server) as connection:
        for table, column, kind, empty, key, default in connection.execute(sql):
            kinds = {"bigint": "INTEGER", "text": "TEXT"}
            found.setdefault(table, {})[column] = (kinds[kind], empty == "NO", key, default)
    return found


def test_both_databases_have_the_columns_that_are_described(file, at_server):
    assert in_file(file) == described()
    assert in_server(at_server) == described()
    assert version_of(file) == version_of(at_server) == VERSION


def test_both_databases_have_the_indexes_that_are_described(file, at_server):
    names = sorted(index.name for table in TABLES for index in table.indexes)
    with closing(sqlite3.connect(file.path)) as connection:
        found = connection.execute("SELECT name FROM sqlite_schema WHERE type = 'index' AND sql IS NOT NULL ORDER BY 1")
        assert [name for (name,) in found] == names
    own = {table.name + "_pkey" for table in TABLES} | {"migrations_pkey"}
    assert sorted(name for name, _ in structure(at_server)["indexes"] if name not in own) == names


def test_text_that_is_sorted_is_compared_byte_by_byte_at_a_server_as_in_a_file(at_server):
    keys = {(table.name, column.name) for table in TABLES for column in table.columns if column.type == "KEY"}
    collated = {(table, column) for table, column, *_, collation in structure(at_server)["columns"] if collation == "C"}
    assert collated == keys
    indexed = {
        (table.name, name)
        for table in TABLES
        for names in (table.key, *(index.columns for index in table.indexes))
        for name in names
    }
    text = {(table.name, column.name) for table in TABLES for column in table.columns if column.type == "TEXT"}
    assert not indexed & text, "what is looked up or sorted is a KEY"


def test_a_row_lies_beside_the_others_of_its_shop(file):
    with closing(sqlite3.connect(file.path)) as connection:
        forms = dict(connection.execute("SELECT name, wr FROM pragma_table_list WHERE schema = 'main' AND strict"))
    assert forms == {table.name: bool(table.key) for table in TABLES}


OLD = Table("t", ("id",), "id INTEGER NOT NULL\nrate INTEGER NOT NULL\nmark INTEGER NOT NULL")
NEW = Table(
    "t",
    ("id",),
    """
    id INTEGER NOT NULL
    mark INTEGER NOT NULL
    rate TEXT NOT NULL DEFAULT ''
    since INTEGER NOT NULL DEFAULT 0
    by KEY
    """,
    indexes=(Index("t_by_rate", ("rate",)), Index("t_open", ("by",), where="since > 0", is_unique=True)),
    is_append_only=True,
    filled={"since": "mark + 1"},
)


def test_an_upgrade_adds_fills_and_gives_new_types():
    with closing(sqlite3.connect(":memory:")) as connection:
        for statement in upgrade_tables([OLD], "sqlite", {}):
            connection.execute(statement)
        connection.execute("INSERT INTO t (shop, id, rate, mark) VALUES (1, 2, 25, 7)")
        found = {"t": {"shop": "INTEGER", "id": "INTEGER", "rate": "INTEGER", "mark": "INTEGER"}}
        for _ in range(2):
            for statement in upgrade_tables([NEW], "sqlite", found):
                connection.execute(statement)
            rows = connection.execute("SELECT shop, id, rate, mark, since, by FROM t").fetchall()
            assert rows == [(1, 2, "25", 7, 8, None)]
            found = {"t": {column.name: "TEXT" if column.type == "KEY" else column.type for column in NEW.columns}}
        with pytest.raises(sqlite3.IntegrityError, match="never altered"):
            connection.execute("UPDATE t SET mark = 1")


def test_a_table_that_is_as_it_should_be_is_not_altered():
    for database, integer in (("sqlite", "INTEGER"), ("postgres", "bigint")):
        found = {
            table.name: {column.name: integer if column.type == "INTEGER" else "text" for column in table.columns}
            for table in TABLES
        }
        statements = list(upgrade_tables(TABLES, database, found))
        assert not [one for one in statements if one.startswith(("ALTER", "UPDATE", "CREATE TABLE"))]
