"""Journals of older versions as their own programs wrote them, and the contents of a journal of any version.

Those of versions 4 to 6 have orders in every state at each of their calls, and a row in every table of the version;
`..._postgres.sql` is the same at a server. In versions 5 and 6 a person has also reopened, corrected and stopped.
"""

import re
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

import psycopg

from specter_tui.journal.location import JournalLocation

FOLDER = Path(__file__).parent / "older"
STATES = {
    150001: "exported",
    150002: "unknown",
    150003: "unknown",
    150004: "retry_later",
    150005: "refused",
    150006: "exists",
    150007: "closed",
    150008: "sending",
    150009: "exported",
    150010: "exported",
    150011: "exported",
    150012: "closed",
    150013: "sending",
    150014: "exported",
    150015: "exported",
    150016: "retry_later",
    150017: "sending",
}
"""The orders of version 4. From version 5 on a person reopened 150007, and 150018 and 150019 met a halt."""
LATER_STATES = {**STATES, 150007: "retry_later", 150018: "unknown", 150019: "unknown"}
STATES_OF = {4: STATES, 5: LATER_STATES, 6: LATER_STATES}

Content = dict[str, list[dict[str, Any]]]
"""The rows of each table, by column names."""


def make_file(path: Path, version: int) -> Path:
    """Make a file of this version."""
    path.parent.mkdir(mode=0o700, exist_ok=True)
    with closing(sqlite3.connect(path)) as connection:
        connection.executescript((FOLDER / f"version_{version}.sql").read_text(encoding="utf-8"))
        connection.execute("PRAGMA journal_mode = WAL")
    path.chmod(0o600)
    return path


def make_at_server(url: str, version: int) -> None:
    """Make the tables of this version in an empty database."""
    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute((FOLDER / f"version_{version}_postgres.sql").read_bytes())


def version_of(place: JournalLocation) -> int:
    """Return the journal's version."""
    with _connected(place) as connection:
        newest = "SELECT MAX(number) FROM specter_tui.migrations"
        ((found,),) = connection.execute("PRAGMA user_version" if place.server is None else newest).fetchall()
    return int(found)


def content(place: JournalLocation) -> Content:
    """Return all rows of all tables, other than those about migrations."""
    found: Content = {}
    with _connected(place) as connection:
        for name in (one for one in table_names(connection) if "migrations" not in one):
            answer = connection.execute(f"SELECT * FROM {name}")
            columns = [column[0] for column in answer.description]
            rows = sorted(answer.fetchall(), key=repr)
            found[name] = [dict(zip(columns, row, strict=True)) for row in rows]
    return found


def table_names(connection: Any) -> list[str]:
    """Return the names of all tables."""
    sql = (
        "SELECT name FROM sqlite_schema WHERE type = 'table' ORDER BY name"
        if isinstance(connection, sqlite3.Connection)
        else "SELECT tablename FROM pg_tables WHERE schemaname = 'specter_tui' ORDER BY 1"
    )
    return [name for (name,) in connection.execute(sql).fetchall()]


def structure(place: JournalLocation) -> dict[str, Any]:
    """Return the database's tables: columns, constraints, indexes, triggers; unordered."""
    with _connected(place) as connection:
        return _structure_of_file(connection) if place.server is None else _structure_at_server(connection)


def _structure_of_file(connection: sqlite3.Connection) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for kind, name, sql in connection.execute("SELECT type, name, sql FROM sqlite_schema WHERE sql IS NOT NULL"):
        if kind != "table":
            found[name] = " ".join(sql.split())
            continue
        (form,) = connection.execute("SELECT wr, strict FROM pragma_table_list WHERE name = ?", (name,)).fetchall()
        columns = connection.execute(
            'SELECT name, type, "notnull", dflt_value, pk FROM pragma_table_info(?) ORDER BY name', (name,)
        )
        # A check is written without a parenthesis inside, or with pairs of them.
        checks = re.findall(r"CHECK \((?:[^()]|\([^()]*\))*\)", " ".join(sql.split()))
        keys = connection.execute("SELECT * FROM pragma_foreign_key_list(?)", (name,)).fetchall()
        found[name] = (form, columns.fetchall(), sorted(check.replace("( ", "(") for check in checks), keys)
    return found


def _structure_at_server(connection: psycopg.Connection) -> dict[str, Any]:
    queries = {
        "columns": "SELECT table_name, column_name, data_type, is_nullable, column_default, collation_name "
        "FROM information_schema.columns WHERE table_schema = 'specter_tui' ORDER BY 1, 2",
        "constraints": "SELECT conrelid::regclass::text, pg_get_constraintdef(oid) FROM pg_constraint "
        "WHERE connamespace = 'specter_tui'::regnamespace ORDER BY 1, 2",
        "indexes": "SELECT indexname, indexdef FROM pg_indexes WHERE schemaname = 'specter_tui' ORDER BY 1",
        "triggers": "SELECT tgname, pg_get_triggerdef(t.oid) FROM pg_trigger t JOIN pg_class c ON c.oid = tgrelid "
        "WHERE NOT tgisinternal AND relnamespace = 'specter_tui'::regnamespace ORDER BY 1",
        "functions": "SELECT proname, regexp_replace(prosrc, '\\s+', ' ', 'g') FROM pg_proc "
        "WHERE pronamespace = 'specter_tui'::regnamespace ORDER BY 1",
    }
    return {name: connection.execute(sql).fetchall() for name, sql in queries.items()}


@contextmanager
def _connected(place: JournalLocation) -> Iterator[Any]:
    if place.server is None:
        with closing(sqlite3.connect(place.path)) as file:
            yield file
    else:
        with psycopg.connect(place.server, autocommit=True) as server:
            server.execute("SET search_path TO specter_tui")
            yield server
