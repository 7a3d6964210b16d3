"""A file of the first version, as its program left it, becomes one of the present version and loses nothing."""

import sqlite3
from contextlib import closing
from decimal import Decimal
from pathlib import Path

import pytest

from specter_tui.journal.errors import JournalError
from specter_tui.journal.goods_models import NewArticle
from specter_tui.journal.journal import Journal
from specter_tui.journal.location import JournalLocation
from specter_tui.journal.opening import open_reader
from specter_tui.journal.schema_version import VERSION
from tests.journal.orders import ALMA, SHOP

FIRST = Path(__file__).parent / "version_1.sql"


@pytest.fixture
def old(path):
    path.parent.mkdir()
    with closing(sqlite3.connect(path)) as connection:
        connection.executescript(FIRST.read_text(encoding="utf-8"))
    return path


def content(path):
    """All rows of the tables that the first version had, by the names of their columns."""
    tables = ("journal", "orders", "sent_rows", "events", "cursors")
    with closing(sqlite3.connect(path)) as connection:
        connection.row_factory = sqlite3.Row
        return {table: [dict(row) for row in connection.execute(f"SELECT * FROM {table}")] for table in tables}


def test_nothing_is_lost(old):
    before = content(old)
    with Journal.open(old, SHOP, ALMA) as journal:
        assert journal._rows("PRAGMA user_version", ()) == [(VERSION,)]
        assert journal._rows("PRAGMA integrity_check", ()) == [("ok",)]
        assert [(entry.uid, entry.state) for entry in journal.entries()] == [
            (150001, "exported"),
            (150002, "unknown"),
            (150003, "closed"),
            (150004, "exported"),
        ]
    after = content(old)
    for row in before["sent_rows"]:
        row["vat_percent"] = str(row["vat_percent"])
    for table, rows in before.items():
        columns = rows[0].keys()
        assert [{name: row[name] for name in columns} for row in after[table]] == rows


def test_the_new_tables_are_those_of_a_new_file(old, tmp_path):
    Journal.open(old, SHOP, ALMA).close()
    new = tmp_path / "new" / "journal.db"
    Journal.open(new, SHOP, ALMA).close()
    schemas = []
    for path in (old, new):
        with closing(sqlite3.connect(path)) as connection:
            found = connection.execute("SELECT type, name, tbl_name FROM sqlite_schema ORDER BY type, name").fetchall()
        schemas.append([row for row in found if not row[1].startswith("sqlite_autoindex")])
    assert schemas[0] == schemas[1]


def test_the_new_verbs_work_on_it(old):
    with Journal.open(old, SHOP, ALMA) as journal:
        journal.articles_sent([NewArticle("TAJ-1", "digest", with_stock=True)])
        assert journal.keep_delivery("90001", delivered=True, cancelled=False, tracking="T1") == 150001
        assert [line.now for line in journal.drift_lines()] == []
        assert journal.sold_after_fetch(["TAJ-1"]) == {}
        assert journal.rates_of_many([150001])[150001][0].net == Decimal("350.00")


def test_a_reader_waits_for_a_writer_to_bring_it_up_to_date(old):
    with pytest.raises(JournalError, match="journal upgrade"):
        open_reader(JournalLocation(old), SHOP)
    Journal.open(old, SHOP, ALMA).close()
    open_reader(JournalLocation(old), SHOP).close()


def test_a_step_that_fails_leaves_the_file_at_its_version(old):
    before = content(old)
    with closing(sqlite3.connect(old)) as connection:
        connection.execute("CREATE TABLE drift_lines (theirs)")
    with pytest.raises(JournalError):
        Journal.open(old, SHOP, ALMA)
    with closing(sqlite3.connect(old)) as connection:
        assert connection.execute("PRAGMA user_version").fetchone() == (1,)
        connection.execute("DROP TABLE drift_lines")
    assert content(old) == before
    Journal.open(old, SHOP, ALMA).close()
