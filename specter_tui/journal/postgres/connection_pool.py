"""A process's connections to the journal's server: a few, shared by all its shops; and one more that listens."""

import asyncio
import logging
import threading
from collections.abc import AsyncIterator, Callable, Coroutine
from contextlib import asynccontextmanager, suppress
from datetime import timedelta
from typing import Any, ClassVar, Self, TypeVar

import psycopg
from psycopg import conninfo
from psycopg_pool import AsyncConnectionPool, PoolTimeout

from specter_tui.errors import ErrorText
from specter_tui.journal.errors import JournalAway, JournalBusy, JournalRefusesUs
from specter_tui.journal.postgres.error_mapping import not_connected, translate
from specter_tui.journal.postgres.greenlet_bridge import loop_here, wait
from specter_tui.journal.postgres.migrations import SCHEMA, SIGN_IN

T = TypeVar("T")

PATIENCE = timedelta(seconds=5)
"""How long a verb waits for a connection, or for another's change, before it raises."""
AT_MOST = 8
"""Connections of one process, however many shops it serves; each is lent for one change or one read."""
CHANNEL = "specter_tui"

_DEFAULTS: dict[str, Any] = {
    "connect_timeout": 5,
    "keepalives_idle": 10,
    "keepalives_interval": 5,
    "keepalives_count": 3,
    "tcp_user_timeout": 15_000,
    "application_name": "specter-tui",
}
# A process that hangs in the middle of a change must not keep the others from theirs.
_SETTINGS = f"""
    SET search_path TO {SCHEMA}; SET client_encoding TO 'UTF8'; SET lock_timeout TO '{PATIENCE.seconds}s';
    SET statement_timeout TO '60s'; SET idle_in_transaction_session_timeout TO '30s';
    SELECT pg_advisory_lock_shared({SIGN_IN[0]}, {SIGN_IN[1]});
    SELECT set_config('synchronous_commit', 'on', false) WHERE current_setting('synchronous_commit') = 'off'
"""


# What it has to say we say ourselves, once, where people look; on a screen its lines would be noise.
logging.getLogger("psycopg.pool").setLevel(logging.CRITICAL)


class PostgresPool:
    """The connections to one address on one loop, for as long as a store there uses them.

    What is no coroutine may be called from any thread.
    """

    _gate = threading.Lock()
    _open: ClassVar[dict[tuple[str, asyncio.AbstractEventLoop], Self]] = {}

    def __init__(self, url: str, loop: asyncio.AbstractEventLoop) -> None:
        self._url = url
        self._loop = loop
        self._users = 0
        try:
            self._connect = conninfo.make_conninfo(url, **{**_DEFAULTS, **conninfo.conninfo_to_dict(url)})
        except psycopg.Error:
            # Its text quotes the address, in which a password may stand.
            raise JournalRefusesUs(ErrorText("journal_server_url")) from None
        self._pool = AsyncConnectionPool(
            self._connect,
            kwargs={"autocommit": True},
            min_size=0,
            max_size=AT_MOST,
            open=False,
            configure=_set_up,
            timeout=PATIENCE.total_seconds(),
            # Whoever wants one next tries anew, at once, instead of waiting until a longer pause is over.
            reconnect_timeout=PATIENCE.total_seconds() - 1,
            name="journal",
        )
        self._listener: NotifyListener | None = None
        self._is_doubtful = False

    @classmethod
    def at(cls, url: str) -> Self:
        """Return the server at an address, for one more user on this loop; give it back by `leave`."""
        loop = loop_here()
        with cls._gate:
            server = cls._open.get((url, loop)) or cls(url, loop)
            cls._open[url, loop] = server
            server._users += 1
        server.wait(server._pool.open())
        return server

    def leave(self) -> None:
        """One user less; with the last all connections are closed."""
        with self._gate:
            self._users -= 1
            if self._users:
                return
            del self._open[self._url, self._loop]
        if self._listener is not None:
            self.wait(self._listener.stop())
        self.wait(self._pool.close())

    def wait(self, coroutine: Coroutine[Any, Any, T]) -> T:
        """Return what a coroutine returns that uses these connections; raises what it raises."""
        return wait(coroutine, self._loop)

    async def alone(self) -> psycopg.AsyncConnection:
        """Open a connection of one's own, so that what hinders is told at once. Raises JournalError."""
        try:
            connection = await psycopg.AsyncConnection.connect(self._connect, autocommit=True)
            try:
                await _set_up(connection)
            except BaseException:
                await connection.close()
                raise
        except psycopg.OperationalError as error:
            raise not_connected(error) from None
        except psycopg.Error as error:
            raise translate(error) from error
        return connection

    async def take(self) -> psycopg.AsyncConnection:
        """Borrow a connection; `give` it back. Raises JournalError when none can be had in time, and says why."""
        if self._is_doubtful:
            # Asked at once, where the pool would try until its time is over and not say why it failed.
            await (await self.alone()).close()
            self._is_doubtful = False
        try:
            return await self._pool.getconn()
        except PoolTimeout:
            await (await self.alone()).close()
            raise JournalBusy(ErrorText("journal_server_connections_used")) from None

    async def give(self, connection: psycopg.AsyncConnection) -> None:
        """Give a connection back; one that broke is put away."""
        self._is_doubtful = self._is_doubtful or connection.broken
        await self._pool.putconn(connection)

    async def renew(self) -> None:
        """Put away the idle connections that have broken, as all have when the server came anew."""
        with suppress(psycopg.Error):
            await self._pool.check()

    @asynccontextmanager
    async def lent(self) -> AsyncIterator[psycopg.AsyncConnection]:
        """A connection for one read."""
        connection = await self.take()
        try:
            yield connection
        finally:
            await self.give(connection)

    async def listen(self, shop: int, moved: Callable[[], None]) -> None:
        """Have `moved` called, on this loop, after each change of a shop by anyone; also when in doubt."""
        if self._listener is None:
            self._listener = NotifyListener(self)
        self._listener.add(shop, moved)

    def ignore(self, shop: int, moved: Callable[[], None]) -> None:
        """Have it called no more."""
        if self._listener is not None:
            self._listener.remove(shop, moved)


class NotifyListener:
    """Hears what the server tells of changes, and goes on where it was broken off."""

    def __init__(self, server: PostgresPool) -> None:
        self._server = server
        self._heard: dict[int, list[Callable[[], None]]] = {}
        self._hearing = asyncio.create_task(self._hear())

    def add(self, shop: int, moved: Callable[[], None]) -> None:
        """One more to be told."""
        self._heard.setdefault(shop, []).append(moved)

    def remove(self, shop: int, moved: Callable[[], None]) -> None:
        """One less."""
        self._heard[shop].remove(moved)

    async def stop(self) -> None:
        """Hear no more, and let the connection go."""
        self._hearing.cancel()
        await asyncio.wait([self._hearing])

    async def _hear(self) -> None:
        while True:
            with suppress(psycopg.Error, JournalAway, JournalRefusesUs):
                async with await self._server.alone() as connection:
                    await connection.execute(f"LISTEN {CHANNEL}")
                    # What happened before this could not be heard.
                    for shop in list(self._heard):
                        self._tell(shop)
                    async for notice in connection.notifies():
                        self._tell(int(notice.payload))
            await asyncio.sleep(1)

    def _tell(self, shop: int) -> None:
        for moved in list(self._heard.get(shop, ())):
            moved()


async def _set_up(connection: psycopg.AsyncConnection) -> None:
    connection.prepared_max = 400
    await connection.execute(_SETTINGS)
