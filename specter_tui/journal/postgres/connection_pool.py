"""A process's connections to the journal's server: a few, shared by all its shops, and one that listens."""

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
"""The time for which an operation waits for a connection, or for another's change, before it raises."""
AT_MOST = 8
"""The connections of one process, however many shops it serves; each is borrowed for one change or one read."""
CHANNEL = "specter_tui"

_DEFAULTS: dict[str, Any] = {
    "connect_timeout": 5,
    "keepalives_idle": 10,
    "keepalives_interval": 5,
    "keepalives_count": 3,
    "tcp_user_timeout": 15_000,
    "application_name": "specter-tui",
}
# A process that hangs inside a change must not block the others.
_SETTINGS = f"""
    SET search_path TO {SCHEMA}; SET client_encoding TO 'UTF8'; SET lock_timeout TO '{PATIENCE.seconds}s';
    SET statement_timeout TO '60s'; SET idle_in_transaction_session_timeout TO '30s';
    SELECT pg_advisory_lock_shared({SIGN_IN[0]}, {SIGN_IN[1]});
    SELECT set_config('synchronous_commit', 'on', false) WHERE current_setting('synchronous_commit') = 'off'
"""


# The journal reports these problems itself, once; psycopg's log lines would disturb a screen.
logging.getLogger("psycopg.pool").setLevel(logging.CRITICAL)


class PostgresPool:
    """The connections to one address on one loop, open as long as a store uses them.

    Methods that are not coroutines may be called from any thread.
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
            # Its text quotes the address, which may contain a password.
            raise JournalRefusesUs(ErrorText("journal_server_url")) from None
        self._pool = AsyncConnectionPool(
            self._connect,
            kwargs={"autocommit": True},
            min_size=0,
            max_size=AT_MOST,
            open=False,
            configure=_set_up,
            timeout=PATIENCE.total_seconds(),
            # The next caller tries again at once, instead of waiting for the end of a longer pause.
            reconnect_timeout=PATIENCE.total_seconds() - 1,
            name="journal",
        )
        self._listener: NotifyListener | None = None
        self._is_doubtful = False

    @classmethod
    def at(cls, url: str) -> Self:
        """Return the pool of an address for one more user on this loop; `leave` ends the use."""
        loop = loop_here()
        with cls._gate:
            server = cls._open.get((url, loop)) or cls(url, loop)
            cls._open[url, loop] = server
            server._users += 1
        server.wait(server._pool.open())
        return server

    def leave(self) -> None:
        """End one use; after the last all connections are closed."""
        with self._gate:
            self._users -= 1
            if self._users:
                return
            del self._open[self._url, self._loop]
        if self._listener is not None:
            self.wait(self._listener.stop())
        self.wait(self._pool.close())

    def wait(self, coroutine: Coroutine[Any, Any, T]) -> T:
        """Return the result of a coroutine that uses these connections; raises what it raises."""
        return wait(coroutine, self._loop)

    async def alone(self) -> psycopg.AsyncConnection:
        """Open a separate connection, so that an error is known at once. Raises JournalError."""
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
        """Borrow a connection; return it with `give`. Raises JournalError, with the reason, if none is free in time."""
        if self._is_doubtful:
            # Checked directly, since the pool would try until its timeout and not give the reason.
            await (await self.alone()).close()
            self._is_doubtful = False
        try:
            return await self._pool.getconn()
        except PoolTimeout:
            await (await self.alone()).close()
            raise JournalBusy(ErrorText("journal_server_connections_used")) from None

    async def give(self, connection: psycopg.AsyncConnection) -> None:
        """Return a connection; a broken one is discarded."""
        self._is_doubtful = self._is_doubtful or connection.broken
        await self._pool.putconn(connection)

    async def renew(self) -> None:
        """Discard broken idle connections; after a restart of the server all are broken."""
        with suppress(psycopg.Error):
            await self._pool.check()

    @asynccontextmanager
    async def lent(self) -> AsyncIterator[psycopg.AsyncConnection]:
        """Borrow a connection for one read."""
        connection = await self.take()
        try:
            yield connection
        finally:
            await self.give(connection)

    async def listen(self, shop: int, moved: Callable[[], None]) -> None:
        """Call `moved`, on this loop, after each change of a shop by anyone, and also when in doubt."""
        if self._listener is None:
            self._listener = NotifyListener(self)
        self._listener.add(shop, moved)

    def ignore(self, shop: int, moved: Callable[[], None]) -> None:
        """Stop calling it."""
        if self._listener is not None:
            self._listener.remove(shop, moved)


class NotifyListener:
    """Listens to the server's notifications of changes, and reconnects when the connection breaks."""

    def __init__(self, server: PostgresPool) -> None:
        self._server = server
        self._heard: dict[int, list[Callable[[], None]]] = {}
        self._hearing = asyncio.create_task(self._hear())

    def add(self, shop: int, moved: Callable[[], None]) -> None:
        """Add a listener."""
        self._heard.setdefault(shop, []).append(moved)

    def remove(self, shop: int, moved: Callable[[], None]) -> None:
        """Remove a listener."""
        self._heard[shop].remove(moved)

    async def stop(self) -> None:
        """Stop listening, and close the connection."""
        self._hearing.cancel()
        await asyncio.wait([self._hearing])

    async def _hear(self) -> None:
        while True:
            with suppress(psycopg.Error, JournalAway, JournalRefusesUs):
                async with await self._server.alone() as connection:
                    await connection.execute(f"LISTEN {CHANNEL}")
                    # Changes made before LISTEN were not notified.
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
