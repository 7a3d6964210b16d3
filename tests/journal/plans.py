"""SQLite's query plans of the journal's statements."""

from collections import defaultdict

from specter_tui.journal.database import expand_placeholders


def plan(journal, sql: str) -> list[str]:
    """Return the steps, in SQLite's own words."""
    whole = expand_placeholders(sql, 2, 7 if "VALUES ?*" in sql else 0)
    values = defaultdict(str) if ":shop" in whole else [None] * whole.count("?")
    return [row[3] for row in journal.db.rows("EXPLAIN QUERY PLAN " + whole, values)]
