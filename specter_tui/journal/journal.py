"""The journal of one shop, with all its verbs."""

from datetime import timedelta
from pathlib import Path
from typing import Self

from specter_tui.journal.claims import Claims
from specter_tui.journal.clock import LeaseClock
from specter_tui.journal.connection import BUSY, connect
from specter_tui.journal.files import prepare
from specter_tui.journal.leases import Leases
from specter_tui.journal.operators import Operator
from specter_tui.journal.recovery import Recovery
from specter_tui.journal.schema import upgrade
from specter_tui.journal.settling import Settling
from specter_tui.journal.writeback import WriteBacks


class Journal(Claims, Settling, WriteBacks, Recovery, Leases):
    """One connection, for use on the thread that opened it; every verb is one commit, synced to the disk.

    Every verb raises JournalError when the file cannot be written or read, and then has changed nothing.
    """

    @classmethod
    def open(
        cls, path: Path, shop: int, operator: Operator, *, clock: LeaseClock | None = None, busy: timedelta = BUSY
    ) -> Self:
        """Open a shop's journal, made or brought up to date where needed; folder 0700, files 0600.

        `busy` is how long a verb waits for another process. Raises JournalNewer, JournalCorrupt, JournalReadOnly or
        another JournalError, also where the file is another shop's or lies on a network disk.
        """
        prepare(path)
        connection = connect(path, busy=busy)
        try:
            upgrade(path, connection)
            return cls(connection, path, shop, operator, clock or LeaseClock())
        except BaseException:
            connection.close()
            raise
