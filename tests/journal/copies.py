"""Backups of a journal, restored as an administrator would: a file copied, a server's dump restored."""

import shutil
import sqlite3
import subprocess
from contextlib import closing
from pathlib import Path

import psycopg

from specter_tui.journal.location import JournalLocation
from tests.support.postgres_server import package


def copy(place: JournalLocation, to: Path) -> None:
    """Copy the journal."""
    if place.server is None:
        with closing(sqlite3.connect(place.path)) as connection:
            connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        shutil.copy(place.path, to)
    else:
        _program("pg_dump", "--format=custom", "--schema=specter_tui", f"--file={to}", place.server)


def remove(place: JournalLocation) -> None:
    """Delete the journal."""
    if place.server is None:
        for name in ("", "-wal", "-shm"):
            Path(f"{place.path}{name}").unlink(missing_ok=True)
    else:
        with psycopg.connect(place.server, autocommit=True) as connection:
            connection.execute("DROP SCHEMA specter_tui CASCADE")


def put_back(old: Path, place: JournalLocation) -> None:
    """Restore the copy."""
    remove(place)
    if place.server is None:
        shutil.copy(old, place.path)
    else:
        _program("pg_restore", f"--dbname={place.server}", str(old))


def _program(name: str, *words: str) -> None:
    found = package()
    assert found is not None
    subprocess.run([found / "pginstall" / "bin" / name, *words], check=True)
