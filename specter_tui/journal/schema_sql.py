"""Renders the tables of `schema.py` as SQL for SQLite or PostgreSQL, to create them or to upgrade older ones."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Literal, NamedTuple

Database = Literal["sqlite", "postgres"]
OlderTables = Mapping[str, Mapping[str, str]]
"""The columns of each existing table, with their types as the database names them."""

_TYPES: dict[Database, dict[str, str]] = {
    "sqlite": {"INTEGER": "INTEGER", "TEXT": "TEXT", "KEY": "TEXT"},
    "postgres": {"INTEGER": "BIGINT", "TEXT": "TEXT", "KEY": 'TEXT COLLATE "C"'},
}
_FUNCTIONS = """
    CREATE OR REPLACE FUNCTION events_stay() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
      IF TG_OP = 'UPDATE' AND current_setting('specter_tui.erasing', true) = 'on' THEN
        RETURN NEW;
      END IF;
      RAISE EXCEPTION 'events are never altered or removed';
    END $$;
    CREATE OR REPLACE FUNCTION events_told() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
      PERFORM pg_notify('specter_tui', NEW.shop::text);
      RETURN NULL;
    END $$
"""


class TableColumn(NamedTuple):
    """A column of a table; `type` is INTEGER, TEXT or KEY, `rest` is SQL."""

    name: str
    type: str
    rest: str = ""


@dataclass(frozen=True, slots=True)
class Index:
    """An index on the shop and `columns`; with `where`, only of the rows that match it."""

    name: str
    columns: tuple[str, ...] = ()
    where: str = ""
    is_unique: bool = False


@dataclass(frozen=True, slots=True)
class Table:
    """A table; its primary key is the shop and `key`.

    `is_append_only`: no row is altered or removed. `notifies`: the changes of which a server notifies listeners.
    `filled`: by the name of an added column, the SQL that gives older rows a value that a DEFAULT cannot.
    `retired_indexes`: names of indexes of older versions.
    """

    name: str
    key: tuple[str, ...]
    lines: str
    constraints: tuple[str, ...] = ()
    indexes: tuple[Index, ...] = ()
    is_append_only: bool = False
    notifies: str = ""
    filled: Mapping[str, str] = field(default_factory=dict)
    retired_indexes: tuple[str, ...] = ()

    @property
    def columns(self) -> tuple[TableColumn, ...]:
        """All columns, with the shop first."""
        lines = ["shop INTEGER NOT NULL", *(line.strip() for line in self.lines.strip().splitlines())]
        return tuple(TableColumn(*line.split(maxsplit=2)) for line in lines)


def upgrade_tables(tables: Sequence[Table], database: Database, found: OlderTables) -> Iterator[str]:
    """Yield the statements that turn the existing tables, if any, into these; no row is lost.

    Indexes and triggers are created again, since rows and columns may change.
    """
    for table in (one for one in tables if one.name in found):
        names = (*(index.name for index in table.indexes), *table.retired_indexes)
        yield from (_sql("DROP INDEX IF EXISTS", name) for name in names)
        yield from (_drop_trigger(database, table, name) for name in _triggers(database, table))
    for table in tables:
        if table.name in found:
            yield from _alter(database, table, found[table.name])
        else:
            yield _create(database, table)
    if database == "postgres":
        yield _FUNCTIONS
    for table in tables:
        yield from (_create_index(table, index) for index in table.indexes)
        yield from _triggers(database, table).values()


def _create(database: Database, table: Table) -> str:
    columns = [_column(database, column) for column in table.columns]
    key = f"PRIMARY KEY ({', '.join(['shop', *table.key])})"
    lines = ",\n  ".join([*columns, key, *table.constraints])
    # Rows are stored in the order of their key. A single integer key already is SQLite's order of rows.
    end = "" if database == "postgres" else " STRICT, WITHOUT ROWID" if table.key else " STRICT"
    return _sql("CREATE TABLE", table.name, f"(\n  {lines}\n){end}")


def _column(database: Database, column: TableColumn) -> str:
    return _sql(column.name, _TYPES[database][column.type], column.rest).rstrip()


def _alter(database: Database, table: Table, found: Mapping[str, str]) -> Iterator[str]:
    """Yield the statements that add missing columns and change the type of those that differ."""
    change = _sql("ALTER TABLE", table.name)
    for column in table.columns:
        add = _sql(change, "ADD COLUMN", _column(database, column))
        if column.name not in found:
            yield add
            if column.name in table.filled:
                yield _sql("UPDATE", table.name, "SET", column.name, "=", table.filled[column.name])
        elif found[column.name].upper() != (kind := _TYPES[database][column.type].split()[0]):
            old = f"old_{column.name}"
            yield _sql(change, "RENAME COLUMN", column.name, "TO", old)
            yield add
            yield _sql("UPDATE", table.name, "SET", column.name, f"= CAST({old} AS {kind})")
            yield _sql(change, "DROP COLUMN", old)


def _create_index(table: Table, index: Index) -> str:
    kind = "CREATE UNIQUE INDEX" if index.is_unique else "CREATE INDEX"
    where = f" WHERE {index.where}" if index.where else ""
    return _sql(kind, index.name, "ON", table.name, f"({', '.join(['shop', *index.columns])}){where}")


def _triggers(database: Database, table: Table) -> dict[str, str]:
    """Return the statements that create a table's triggers, by name."""
    found = {}
    if table.is_append_only and database == "sqlite":
        for name, change, done in (("keep", "DELETE", "removed"), ("stay", "UPDATE", "altered")):
            refuse = f"BEGIN SELECT RAISE(ABORT, '{table.name} are never {done}'); END"
            found[f"{table.name}_{name}"] = f"BEFORE {change} ON {table.name} {refuse}"
    elif table.is_append_only:
        found[f"{table.name}_stay"] = f"BEFORE UPDATE OR DELETE ON {table.name} FOR EACH ROW {_call('events_stay')}"
    if table.notifies and database == "postgres":
        found[f"{table.name}_told"] = f"AFTER {table.notifies} ON {table.name} FOR EACH ROW {_call('events_told')}"
    return {name: _sql("CREATE TRIGGER", name, text) for name, text in found.items()}


def _call(function: str) -> str:
    return f"EXECUTE FUNCTION {function}()"


def _drop_trigger(database: Database, table: Table, name: str) -> str:
    return _sql("DROP TRIGGER IF EXISTS", name, *(["ON", table.name] if database == "postgres" else []))


def _sql(*words: str) -> str:
    return " ".join(words)
