"""A program that is killed while it upgrades a journal; run in a process of its own."""

import os
import signal
from collections.abc import Iterator
from typing import Any

from specter_tui.journal import sqlite_migration
from specter_tui.journal.location import JournalLocation
from specter_tui.journal.opening import open_journal
from specter_tui.journal.postgres import migrations
from specter_tui.journal.safety.operators import Operator
from specter_tui.journal.schema_sql import upgrade_tables


def main(place: JournalLocation, at: int) -> None:
    """Be killed after `at` of a hundred statements of the upgrade."""

    def until(*words: Any) -> Iterator[str]:
        statements = list(upgrade_tables(*words))
        yield from statements[: len(statements) * at // 100]
        os.kill(os.getpid(), signal.SIGKILL)

    sqlite_migration.upgrade_tables = migrations.upgrade_tables = until  # type: ignore[assignment]
    open_journal(place, 4711, Operator("bo", "till"))
