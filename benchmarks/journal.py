"""The journal's verbs beside plain sqlite3 with the very statements that they execute."""

import sqlite3
import tempfile
import time
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any, TypeVar

from benchmarks.table import Line
from specter_tui.journal import Claim, Intent, Operator, RateAmount, SentRow
from specter_tui.journal.clock import LeaseClock
from specter_tui.journal.journal import Journal

C = TypeVar("C", bound=sqlite3.Connection)

_SHOP = 22033
_WHO = Operator("bench", "localhost")
_LEASE = timedelta(minutes=2)
_ROWS = tuple(SentRow(f"ART-{place}", Decimal(2), Decimal("199.20"), 25) for place in range(4))
_RATES = (RateAmount(25, Decimal("1593.60"), Decimal("398.40")),)


@dataclass(frozen=True, slots=True)
class Statement:
    """One statement as it was executed."""

    sql: str
    values: Any
    many: bool
    answers: bool


class Recorder(sqlite3.Connection):
    """A connection that notes what is executed."""

    script: list[Statement]

    def execute(self, sql: str, values: Any = (), /) -> sqlite3.Cursor:
        """Note and execute."""
        self.script.append(Statement(sql, values, many=False, answers="RETURNING" in sql))
        return super().execute(sql, values)

    def executemany(self, sql: str, values: Any, /) -> sqlite3.Cursor:
        """Note and execute."""
        self.script.append(Statement(sql, values, many=True, answers=False))
        return super().executemany(sql, values)


def journal_beside_sqlite(orders: int, rounds: int) -> Line:
    """Claim, customer known, exported, write-back done: four commits, each synced to the disk, for each order."""
    with tempfile.TemporaryDirectory(prefix="bench-") as folder:
        script = _record(_new_file(folder, "recorded"), orders)
        ours, plain = [], []
        for number in range(rounds):
            ours.append(_journal_orders_per_second(_new_file(folder, f"ours-{number}"), orders))
            plain.append(_plain_orders_per_second(_new_file(folder, f"plain-{number}"), script, orders))
    return Line.of("journal", "orders/s", ours, plain, beside="plain sqlite3", demanded=0.7)


def _journal_orders_per_second(path: Path, orders: int) -> float:
    with Journal.open(path, _SHOP, _WHO) as journal:
        started = time.perf_counter()
        _export(journal, orders)
        return orders / (time.perf_counter() - started)


def _plain_orders_per_second(path: Path, script: Sequence[Statement], orders: int) -> float:
    connection = _connect(path, sqlite3.Connection)
    started = time.perf_counter()
    for one in script:
        if one.many:
            connection.executemany(one.sql, one.values)
        elif one.answers:
            connection.execute(one.sql, one.values).fetchall()
        else:
            connection.execute(one.sql, one.values)
    seconds = time.perf_counter() - started
    connection.close()
    return orders / seconds


def _record(path: Path, orders: int) -> list[Statement]:
    """The statements of the same work, as the journal executes them."""
    connection = _connect(path, Recorder)
    connection.script = []
    with Journal(connection, path, _SHOP, _WHO, LeaseClock()) as journal:
        connection.script.clear()
        _export(journal, orders)
    return connection.script


def _export(journal: Journal, orders: int) -> None:
    for uid in range(1, orders + 1):
        claim = journal.claim(_intent(uid), _LEASE)
        assert isinstance(claim, Claim)
        assert journal.customer_known(claim, str(10_000 + uid))
        assert journal.exported(claim, str(90_000 + uid), timedelta(milliseconds=900))
        assert journal.write_back_done(uid)


def _intent(uid: int) -> Intent:
    return Intent(
        uid=uid,
        order_number=str(1000 + uid),
        external_no=str(1000 + uid),
        form_hash="0" * 64,
        total=Decimal("1992.00"),
        currency="SEK",
        ordered=datetime(2026, 11, 2, tzinfo=UTC),
        rates=_RATES,
        rows=_ROWS,
    )


def _new_file(folder: str, name: str) -> Path:
    """A journal with its tables and its row of identity, and no order."""
    path = Path(folder) / f"{name}.db"
    Journal.open(path, _SHOP, _WHO).close()
    return path


def _connect(path: Path, kind: type[C]) -> C:
    """A connection as the journal opens its own."""
    connection = sqlite3.connect(path, isolation_level=None, factory=kind)
    connection.executescript(
        "PRAGMA foreign_keys = ON; PRAGMA secure_delete = ON; PRAGMA synchronous = FULL; PRAGMA fullfsync = ON;"
    )
    return connection
