"""A journal on a server. Its clock is the server's, shared by all hosts."""

import re
from collections.abc import Awaitable, Callable, Iterator, Sequence
from contextlib import AsyncExitStack, contextmanager, suppress
from dataclasses import dataclass
from datetime import timedelta
from functools import lru_cache
from pathlib import Path
from typing import Any, TypeVar, cast

import psycopg

from specter_tui.journal.codecs import Row
from specter_tui.journal.database import Clock
from specter_tui.journal.errors import JournalOtherVersion
from specter_tui.journal.postgres.connection_pool import PostgresPool
from specter_tui.journal.postgres.error_mapping import translate
from specter_tui.journal.postgres.greenlet_bridge import run_blocking
from specter_tui.journal.postgres.migrations import check, upgrade
from specter_tui.journal.safety.lease_clock import Process, boottime_ns, process_gone, this_process
from specter_tui.journal.schema import VERSION
from specter_tui.journal.schema_version import APPLICATION, Upgraded
from specter_tui.journal.transactions import Transaction

T = TypeVar("T")

_MARK = re.compile(r"\?|:([a-z_]+)")
_LATELY = 1_000_000_000
"""Nanoseconds for which the server's last known time may be extrapolated."""
_NOW = "SELECT CAST(extract(epoch FROM clock_timestamp()) * 1000000 AS BIGINT)"

_COPIES = "SELECT nspname FROM pg_namespace WHERE nspname ~ '^v[0-9]+_copy' ORDER BY nspname"
_NEWEST = "SELECT COALESCE(MAX(number), 0) FROM migrations"
_OURS = "SELECT 1 / CASE WHEN MAX(number) = ? THEN 1 ELSE 0 END FROM migrations"


def open_server(
    url: str, place: Path, shop: int, *, read_only: bool = False, clock: Clock | None = None
) -> "PostgresStore":
    """Open a shop's journal on a server; upgrade its tables unless it is opened for reading.

    Raises JournalError.
    """
    server = PostgresPool.at(url)
    try:
        upgraded = server.wait(_make_ready(server, check if read_only else upgrade))
        return PostgresStore(server, place, shop, clock, upgraded)
    except BaseException:
        server.leave()
        raise


async def _make_ready(
    server: PostgresPool, tables: Callable[[psycopg.AsyncConnection], Awaitable[Upgraded | None]]
) -> Upgraded | None:
    async with await server.alone() as connection:
        return await tables(connection)


class PendingResult:
    """A statement in flight and its result: only a caller that reads the result waits for the server."""

    __slots__ = ("_cursor", "_line", "_server")

    def __init__(self, server: PostgresPool, cursor: psycopg.AsyncCursor, line: psycopg.AsyncPipeline | None) -> None:
        self._server = server
        self._cursor = cursor
        self._line = line

    def fetchone(self) -> Row | None:
        """Return the next row, None after the last."""
        return self._server.wait(self._cursor.fetchone())

    def fetchall(self) -> list[Row]:
        """Return all remaining rows."""
        return self._server.wait(self._cursor.fetchall())

    @property
    def rowcount(self) -> int:
        """The number of rows written."""
        if self._line is not None and self._cursor.pgresult is None:
            self._server.wait(self._line.sync())
        return self._cursor.rowcount


class PostgresStore:
    """One shop's journal on a server, for one operation at a time. A connection is borrowed for each.

    A method that waits for the server lets the loop continue if it is called within `greenlet_bridge.run`. Inside a
    change statements are pipelined, without waiting for each answer, since the round trips take the time. An error of a
    statement is raised by the next call that needs a result, or at the end.
    """

    def __init__(
        self,
        server: PostgresPool,
        place: Path,
        shop: int,
        clock: Clock | None = None,
        upgraded: Upgraded | None = None,
    ) -> None:
        self.server = server
        self.place = place
        self.upgraded = upgraded
        self.clock: Clock = clock or ServerClock(self)
        # Changes of one shop are serialised, as in a file, so that ids of events are in the order of commits.
        self._number = (APPLICATION << 32) + shop % 2**32
        self._begin = f"BEGIN; SELECT pg_advisory_xact_lock({self._number}); {_NOW}"
        self._shop = shop
        self._changing: psycopg.AsyncConnection | None = None
        self._line: psycopg.AsyncPipeline | None = None
        self._hold = AsyncExitStack()
        self._began = 0
        self._told: _Told | None = None
        """The server's time at the end of a recent change."""
        self._listening: list[Callable[[], None]] = []

    def now(self) -> int:
        """Return the server's current time; inside a change the time of its beginning."""
        return self._began if self._changing is not None else int(self.rows(_NOW)[0][0])

    def execute(self, sql: str, values: Any = (), /) -> PendingResult:
        """Send a statement on the connection of the change."""
        if self._changing is None:
            raise RuntimeError("what writes belongs into a change")
        return PendingResult(self.server, self.server.wait(self._changing.execute(render_sql(sql), values)), self._line)

    def execute_required(self, sql: str, values: Any = (), /) -> None:
        """Send a statement that makes the server fail if it writes no row, which undoes the change."""
        self.execute(_or_fail(sql), values)

    def deferred_row(self, sql: str, values: Any = (), /) -> Callable[[], Row]:
        """Send a statement; its row arrives by the end of the change, unless it is needed earlier."""
        answer = self.execute(sql, values)
        return lambda: cast("Row", answer.fetchone())

    def rows(self, sql: str, values: Any = (), /) -> list[Row]:
        """Read all rows; outside a change on any connection, and once more if the first one was broken."""
        try:
            return self.server.wait(self._read(render_sql(sql), values))
        except psycopg.Error as error:
            raise translate(error) from error

    async def _read(self, sql: str, values: Any) -> list[Row]:
        if self._changing is not None:
            return await (await self._changing.execute(sql, values)).fetchall()
        try:
            return await self._read_alone(sql, values)
        except psycopg.OperationalError:
            await self.server.renew()
            return await self._read_alone(sql, values)

    async def _read_alone(self, sql: str, values: Any) -> list[Row]:
        async with self.server.lent() as connection:
            return await (await connection.execute(sql, values)).fetchall()

    def change(self, ended: Callable[[bool], None]) -> Transaction:
        """Return a transaction that holds the shop's journal exclusively."""
        return Transaction(self, ended)

    def begin(self) -> None:
        """Begin a change. Raises psycopg.Error or JournalAway."""
        self.server.wait(self._begin_on_a_live_connection())

    async def _begin_on_a_live_connection(self) -> None:
        try:
            await self._start()
        except psycopg.OperationalError as error:
            if not _broken(error):
                raise
            # It broke while idle, and nothing was sent yet.
            await self.server.renew()
            await self._start()

    async def _start(self) -> None:
        """Begin a change. The first waits for the lock and the server's time; one right after it need not.

        The server's last known time plus the time passed since is its current time. A connection that was used so
        recently cannot have broken unnoticed.
        """
        connection = await self.server.take()
        try:
            now = None if self._told is None else self._told.now(connection, _LATELY)
            if now is None:
                cursor = await connection.execute(self._begin)
                while cursor.nextset():
                    pass
                now = int(cast("Row", await cursor.fetchone())[0])  # The last of the three statements always has a row.
                self._line = await self._hold.enter_async_context(connection.pipeline())
            else:
                self._line = await self._hold.enter_async_context(connection.pipeline())
                await connection.execute("BEGIN")
                await connection.execute("SELECT pg_advisory_xact_lock(%s)", (self._number,))
            self._began = now
        except BaseException:
            with suppress(psycopg.Error):
                await self._answered()
            await self.server.give(connection)
            raise
        self._changing = connection

    def commit(self) -> None:
        """Commit. Raises if any statement failed, even with its error caught: then nothing is committed."""
        if self._changing is not None:
            self.server.wait(self._commit(self._changing))

    async def _commit(self, changing: psycopg.AsyncConnection) -> None:
        kept = await changing.execute("COMMIT")
        lately = self._told is not None and self._told.now(changing, _LATELY // 2) is not None
        clock = None if lately else await changing.execute(_NOW)
        await self._answered()
        if kept.statusmessage != "COMMIT":
            raise psycopg.errors.InFailedSqlTransaction("a part of it failed")
        if clock is not None:
            self._told = _Told(changing, cast("Row", await clock.fetchone())[0], boottime_ns())
        await self._let_go()

    def rollback(self) -> None:
        """Undo the change, and close the connection; a lost connection undoes it by itself."""
        self.server.wait(self._roll_back())

    async def _roll_back(self) -> None:
        with suppress(psycopg.Error):
            await self._answered()
        with suppress(psycopg.Error):
            if self._changing is not None:
                await self._changing.execute("ROLLBACK")
                # After a failed statement the server prepared none of the others, but psycopg assumes that it did.
                await self._changing.close()
        await self._let_go()

    async def _answered(self) -> None:
        """Wait for the answers to everything sent, and end the pipeline."""
        self._line = None
        await self._hold.aclose()

    async def _let_go(self) -> None:
        connection, self._changing = self._changing, None
        if connection is not None:
            await self.server.give(connection)

    def translated(self, error: BaseException) -> BaseException:
        """Return the JournalError for an error of the driver; return any other error unchanged."""
        return translate(error) if isinstance(error, psycopg.Error) else error

    def load(self, table: str, columns: Sequence[str], rows: Sequence[Row]) -> None:
        """Write many whole rows by COPY."""
        if self._changing is None:
            raise RuntimeError("what writes belongs into a change")
        words = ["COPY", table, "(", ", ".join(columns), ") FROM STDIN"]
        self.server.wait(self._load(self._changing, " ".join(words).encode(), rows))

    async def _load(self, changing: psycopg.AsyncConnection, copy: bytes, rows: Sequence[Row]) -> None:
        await self._answered()  # COPY needs the connection for itself.
        async with changing.cursor() as cursor, cursor.copy(copy) as into:
            for row in rows:
                await into.write_row(row)

    @contextmanager
    def events_open(self) -> Iterator[None]:
        """Set the variable that the guard of events checks; it lasts until the change ends."""
        self.execute("SET LOCAL specter_tui.erasing TO 'on'")
        yield
        self.execute("SET LOCAL specter_tui.erasing TO 'off'")

    def copies(self) -> list[str]:
        """Return the schemas with copies made before upgrades."""
        return [f"schema {name}" for (name,) in self.rows(_COPIES)]

    def clean(self) -> None:
        """Have the server remove old versions of rows now.

        Its log and backups are the administrator's responsibility.
        """
        try:
            self.server.wait(self._vacuum())
        except psycopg.Error as error:
            raise translate(error) from error

    async def _vacuum(self) -> None:
        async with self.server.lent() as connection:
            await connection.execute("VACUUM orders, sent_rows, events, calls, drift_lines, deliveries")

    def run_blocking(self, work: Callable[[], T]) -> T:
        """Run it on a thread if it would block a loop."""
        return run_blocking(work)

    def listen(self, moved: Callable[[], None]) -> bool:
        """Call `moved` on the connections' loop when anyone changes the journal."""
        self.server.wait(self.server.listen(self._shop, moved))
        self._listening.append(moved)
        return True

    def refuse_other_version(self) -> None:
        """Raise JournalOtherVersion if the tables no longer have this program's version.

        Inside a change the check is part of the pipeline: the server fails, by the end of the change, and NoRowMatched
        is raised. Outside it is a query.
        """
        if self._changing is not None:
            self.execute(_OURS, (VERSION,))
            return
        ((found,),) = self.rows(_NEWEST)
        if found != VERSION:
            raise JournalOtherVersion(found, VERSION)

    def close(self) -> None:
        """Release the server."""
        for moved in self._listening:
            self.server.ignore(self._shop, moved)
        self.server.leave()


@dataclass(frozen=True, slots=True)
class _Told:
    """A time of the server in microseconds, its connection, and when it was read, by this machine's own clock."""

    connection: psycopg.AsyncConnection
    server: int
    at: int

    def now(self, connection: psycopg.AsyncConnection, within: int) -> int | None:
        """Return the server's current time.

        None if it was not read `within` that many nanoseconds on this connection.
        """
        passed = boottime_ns() - self.at
        return self.server + passed // 1000 if connection is self.connection and passed < within else None


class ServerClock:
    """The server's clock, by which leases of any host can be judged. Milliseconds since 1970 UTC.

    A lease also ends when its holder on this host is known to be gone.
    """

    def __init__(self, store: PostgresStore) -> None:
        self._store = store
        self.process = this_process()
        self.me = str(self.process)

    def now(self) -> int:
        """Return the server's time."""
        return self._store.now() // 1000

    def end(self, lease: timedelta) -> int:
        """Return the time at which a lease that begins now ends."""
        return self.now() + lease // timedelta(milliseconds=1)

    def over(self, holder: str, until: int) -> bool:
        """Return whether a lease has ended: by the server's time, or because its process is known to be gone."""
        process = Process.parse(holder)
        if (process.boot, process.space) == (self.process.boot, self.process.space) and process_gone(process):
            return True
        return self.now() >= until


def _broken(error: psycopg.OperationalError) -> bool:
    return error.sqlstate is None or error.sqlstate.startswith(("57P", "08"))


@lru_cache(maxsize=32)
def _or_fail(sql: str) -> str:
    """Return a statement that divides by the number of rows that this one writes, and so fails for none."""
    words = ["WITH written AS (", sql, "RETURNING 1) SELECT 1 / COUNT(*) FROM written"]
    return " ".join(words)


@lru_cache(maxsize=512)
def render_sql(sql: str) -> str:
    """Return a statement with psycopg's placeholders."""
    return _MARK.sub(lambda mark: f"%({mark[1]})s" if mark[1] else "%s", sql)
