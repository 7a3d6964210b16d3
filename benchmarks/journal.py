"""The journal's operations beside plain sqlite3 with the same statements."""

import asyncio
import sqlite3
import tempfile
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any, ParamSpec, TypeVar

from benchmarks.table import Line
from specter_tui.engine.concurrency.journal_queue import JournalQueue
from specter_tui.journal.journal import Journal
from specter_tui.journal.location import JournalLocation
from specter_tui.journal.models import Claim, Intent, RateAmount, SentRow
from specter_tui.journal.repositories.claim_results import ClaimResults
from specter_tui.journal.repositories.claims import Claims
from specter_tui.journal.repositories.write_backs import WriteBacks
from specter_tui.journal.safety.operators import Operator
from specter_tui.journal.sqlite import SqliteStore

C = TypeVar("C", bound=sqlite3.Connection)
P = ParamSpec("P")

AT_ONCE = 4
_SHOP = 22033
_WHO = Operator("bench", "localhost")
_LEASE = timedelta(minutes=2)
_ROWS = tuple(SentRow(f"ART-{place}", Decimal(2), Decimal("199.20"), 25) for place in range(4))
_RATES = (RateAmount(25, Decimal("1593.60"), Decimal("398.40")),)


@dataclass(frozen=True, slots=True)
class Statement:
    """One executed statement."""

    sql: str
    values: Any
    many: bool
    answers: bool


class Recorder(sqlite3.Connection):
    """A connection that records its statements."""

    script: list[Statement]

    def execute(self, sql: str, values: Any = (), /) -> sqlite3.Cursor:
        """Record and execute."""
        self.script.append(Statement(sql, values, many=False, answers="RETURNING" in sql))
        return super().execute(sql, values)

    def executemany(self, sql: str, values: Any, /) -> sqlite3.Cursor:
        """Record and execute."""
        self.script.append(Statement(sql, values, many=True, answers=False))
        return super().executemany(sql, values)


def journal_beside_sqlite(orders: int, rounds: int) -> list[Line]:
    """Measure claim, customer known, exported and write-back done: four synced commits for each order.

    The operations run one after another, and as the program uses them, a few orders at once with shared commits. All
    files stay open and take turns after a few orders, so that a busy disk slows all equally.
    """
    lots = [range(1 + number * orders, 1 + (number + 1) * orders) for number in range(rounds)]
    with tempfile.TemporaryDirectory(prefix="bench-") as folder:
        scripts = _record(_new_file(folder, "recorded"), lots)
        plain = _connect(_new_file(folder, "plain"), sqlite3.Connection)
        alone, theirs = [], []
        with (
            Journal.open(_new_file(folder, "alone"), _SHOP, _WHO) as journal,
            _threaded(_new_file(folder, "together"), Path(folder) / "seen") as together,
        ):
            journal.repair.watch_over(Path(folder) / "seen")
            some = []
            for lot, script in zip(lots, scripts, strict=True):
                alone.append(orders / _seconds(_export, journal, lot))
                theirs.append(orders / _seconds(_replay, plain, script))
                some.append(orders / _seconds(together, lot))
        plain.close()
    return [
        Line.of(name, "orders/s", ours, theirs, beside="plain sqlite3", demanded=0.7)
        for name, ours in (("journal", alone), (f"journal, {AT_ONCE} orders at once", some))
    ]


@contextmanager
def _threaded(path: Path, seen: Path) -> Iterator[Callable[[range], None]]:
    """Open the journal as the engine does; yield a function that exports some orders in it, a few at once."""
    journal = JournalQueue(JournalLocation(path), _SHOP, seen)

    async def work(left: Iterator[int]) -> None:
        for uid in left:
            claim = await journal(Claims.claim, _intent(uid), _LEASE)
            assert isinstance(claim, Claim)
            assert await journal(ClaimResults.customer_known, claim, str(10_000 + uid))
            assert await journal(ClaimResults.exported, claim, str(90_000 + uid), timedelta(milliseconds=900))
            assert await journal(WriteBacks.stored, {uid: None})

    async def export(uids: range) -> None:
        left = iter(uids)
        await asyncio.gather(*(work(left) for _ in range(AT_ONCE)))

    with asyncio.Runner() as loop:
        loop.run(journal.open())
        try:
            yield lambda uids: loop.run(export(uids))
        finally:
            loop.run(journal.close())


def _seconds(work: Callable[P, None], *args: P.args, **kwargs: P.kwargs) -> float:
    started = time.perf_counter()
    work(*args, **kwargs)
    return time.perf_counter() - started


def _export(journal: Journal, uids: Iterable[int]) -> None:
    for uid in uids:
        claim = journal.claims.claim(_intent(uid), _LEASE)
        assert isinstance(claim, Claim)
        assert journal.results.customer_known(claim, str(10_000 + uid))
        assert journal.results.exported(claim, str(90_000 + uid), timedelta(milliseconds=900))
        assert journal.write_backs.done(uid)


def _replay(connection: sqlite3.Connection, script: Iterable[Statement]) -> None:
    for one in script:
        if one.many:
            connection.executemany(one.sql, one.values)
        elif one.answers:
            connection.execute(one.sql, one.values).fetchall()
        else:
            connection.execute(one.sql, one.values)


def _record(path: Path, lots: Iterable[range]) -> list[list[Statement]]:
    """Return the statements of the same work as the journal executes them; one script for each lot of orders."""
    scripts = []
    connection = _connect(path, Recorder)
    connection.script = []
    with Journal(SqliteStore(connection, path), _SHOP, _WHO) as journal:
        for lot in lots:
            connection.script = []
            _export(journal, lot)
            scripts.append(connection.script)
    return scripts


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
    """Create a journal with its tables and its row of identity, without orders."""
    path = Path(folder) / f"{name}.db"
    Journal.open(path, _SHOP, _WHO).close()
    return path


def _connect(path: Path, kind: type[C]) -> C:
    """Open a connection as the journal does."""
    connection = sqlite3.connect(path, isolation_level=None, factory=kind)
    connection.executescript(
        "PRAGMA foreign_keys = ON; PRAGMA secure_delete = ON; PRAGMA synchronous = FULL; PRAGMA fullfsync = ON;"
    )
    return connection
