"""Copies a shop's journal from one database to another, row by row in the order of keys, and compares both.

An interrupted copy continues where it stopped: the target's last keys show how far it came. Until it is complete,
nobody can open it as a journal. Nothing may change the source meanwhile.
"""

import hashlib
import json
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from specter_tui.errors import ErrorText
from specter_tui.journal import schema
from specter_tui.journal.codecs import Row
from specter_tui.journal.database import Store
from specter_tui.journal.errors import JournalError
from specter_tui.journal.journal_reader import UNFINISHED
from specter_tui.journal.schema_sql import Table

AT_ONCE = 5000
"""The number of rows in one commit."""


TABLES = tuple(table for table in schema.TABLES if table.name not in {"journal", "leases", "buyer_locks"})
"""All tables but `journal`, whose one row comes first, and those whose rows belong to running programs."""


@dataclass(frozen=True, slots=True)
class TableCopy:
    """The content of a table on both sides after the copy: the number of rows, and the SHA-256 over all of them."""

    table: str
    rows: int
    digest: str


def copy_database(
    source: Store, target: Store, shop: int, progress: Callable[[str, int, int], None]
) -> list[TableCopy]:
    """Copy a shop's journal; `progress` gets the table, its rows done, and its rows in all.

    Raises JournalError if there is none, if the target already has one, if an order is being sent, and if the two
    differ at the end; then the target cannot be opened.
    """
    found = source.rows("SELECT id, made_at, specter FROM journal WHERE shop = ?", (shop,))
    if not found:
        raise JournalError(ErrorText("journal_copy_none", shop=shop, path=source.place))
    sending = source.rows("SELECT order_number FROM orders WHERE shop = ? AND state = 'sending'", (shop,))
    if sending:
        raise JournalError(ErrorText("journal_copy_sending", number=sending[0][0]))
    _begin(target, shop, *found[0])
    for table in TABLES:
        _copy_table(source, target, shop, table, progress)
    copied = []
    for table in TABLES:
        here, there = (_digest(store, shop, table) for store in (source, target))
        if here != there:
            raise JournalError(ErrorText("journal_copy_differs", table=table.name, found=there.rows, wanted=here.rows))
        copied.append(here)
    with target.change(_ended):
        target.execute("DELETE FROM cursors WHERE shop = ? AND name = ?", (shop, UNFINISHED))
    return copied


def _begin(target: Store, shop: int, identity: str, made_at: int, account: str | None) -> None:
    """Reserve the target for this copy: an empty one, or one with the same unfinished copy."""
    with target.change(_ended):
        marked = target.rows("SELECT value FROM cursors WHERE shop = ? AND name = ?", (shop, UNFINISHED))
        if marked:
            if marked[0][0] != identity:
                raise JournalError(ErrorText("journal_copy_other"))
            return
        if target.rows("SELECT 1 FROM journal WHERE shop = ?", (shop,)):
            raise JournalError(ErrorText("journal_copy_exists", shop=shop))
        made = (shop, identity, made_at, account)
        target.execute("INSERT INTO journal (shop, id, made_at, specter) VALUES (?, ?, ?, ?)", made)
        target.execute("INSERT INTO cursors (shop, name, value) VALUES (?, ?, ?)", (shop, UNFINISHED, identity))


def _copy_table(
    source: Store, target: Store, shop: int, table: Table, progress: Callable[[str, int, int], None]
) -> None:
    total, done = _count(source, shop, table), _count(target, shop, table)
    for rows in _pages(source, shop, table, _last_key(target, shop, table)):
        with target.change(_ended):
            target.load(table.name, _columns(table), rows)
        done += len(rows)
        progress(table.name, done, total)


def _pages(store: Store, shop: int, table: Table, after: Row | None) -> Iterator[list[Row]]:
    """Yield the rows of a table in the order of keys, beginning after `after`."""
    key = ", ".join(table.key)
    begin = " ".join(["SELECT", ", ".join(_columns(table)), "FROM", table.name, "WHERE shop = ?", _not_ours(table)])
    end = " ".join(["ORDER BY", key, "LIMIT", str(AT_ONCE)])
    beyond = " ".join(["AND (", key, ") > (", ", ".join("?" * len(table.key)), ")"])
    while True:
        if after is None:
            rows = store.rows(f"{begin} {end}", (shop,))
        else:
            rows = store.rows(f"{begin} {beyond} {end}", (shop, *after))
        if not rows:
            return
        yield rows
        after = rows[-1][1 : 1 + len(table.key)]


def _columns(table: Table) -> tuple[str, ...]:
    """Return the names of the columns: the shop, the key, the others."""
    others = (column.name for column in table.columns if column.name not in ("shop", *table.key))
    return ("shop", *table.key, *others)


def _last_key(store: Store, shop: int, table: Table) -> Row | None:
    backwards = ", ".join(f"{name} DESC" for name in table.key)
    words = ["SELECT", ", ".join(table.key), "FROM", table.name, "WHERE shop = ?", _not_ours(table)]
    found = store.rows(" ".join([*words, "ORDER BY", backwards, "LIMIT 1"]), (shop,))
    return found[0] if found else None


def _count(store: Store, shop: int, table: Table) -> int:
    found = store.rows(" ".join(["SELECT COUNT(*) FROM", table.name, "WHERE shop = ?", _not_ours(table)]), (shop,))
    return int(found[0][0])


def _not_ours(table: Table) -> str:
    """Exclude the cursor that marks an unfinished copy, which is not part of the journal."""
    return f"AND name <> '{UNFINISHED}'" if table.name == "cursors" else ""


def _digest(store: Store, shop: int, table: Table) -> TableCopy:
    sha, count = hashlib.sha256(), 0
    for rows in _pages(store, shop, table, None):
        count += len(rows)
        sha.update(json.dumps(_plain(rows), ensure_ascii=False, separators=(",", ":")).encode())
    return TableCopy(table.name, count, sha.hexdigest())


def _plain(rows: Sequence[Row]) -> list[list[Any]]:
    return [list(row) for row in rows]


def _ended(committed: bool) -> None:
    """Do nothing: no other part needs to know of a copy's commits."""
