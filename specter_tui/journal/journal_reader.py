"""The journal of one shop for reading, by a screen or by another process beside the writer."""

from collections.abc import Callable
from datetime import datetime
from typing import Self

from specter_tui.errors import ErrorText
from specter_tui.journal.codecs import moment
from specter_tui.journal.errors import JournalError, NotInJournal
from specter_tui.journal.repositories.api_calls import ApiCalls
from specter_tui.journal.repositories.events import Events
from specter_tui.journal.repositories.orders import Orders
from specter_tui.journal.repositories.probe_facts import AccountFacts
from specter_tui.journal.shop_database import ShopDatabase

UNFINISHED = "copy_unfinished"
"""The name of the cursor that marks an unfinished copy of a journal."""
_IDENTITY = """
    SELECT journal.id, cursors.value FROM journal
    LEFT JOIN cursors ON cursors.shop = journal.shop AND cursors.name = 'copy_unfinished' WHERE journal.shop = ?
"""


class JournalReader:
    """The readable part of a shop's journal. Every operation of its repositories raises JournalError if it fails.

    Closing it closes the store. If the store has no journal of the shop, the store is closed and JournalError is
    raised.
    """

    def __init__(self, db: ShopDatabase) -> None:
        self.db = db
        self.path = db.path
        self.shop = db.shop
        self.upgraded = db.store.upgraded
        """The upgrade made by opening the journal, if any."""
        try:
            self.id = _identity(db)
            """Random, created with the journal; also the salt of form hashes."""
        except BaseException:
            db.store.close()
            raise
        self.orders = Orders(db)
        self.events = Events(db)
        self.calls = ApiCalls(db)
        self.facts = AccountFacts(db)

    def close(self) -> None:
        """Close the connection; committed changes stay."""
        self.db.store.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *error: object) -> None:
        self.close()

    def listen(self, moved: Callable[[], None]) -> bool:
        """Call `moved`, on another thread, whenever anyone changes this journal, and also when in doubt.

        Returns False if the database cannot notify, as with a file; the caller must then poll.
        """
        return self.db.store.listen(moved)

    def now(self) -> datetime:
        """Return the current time by the clock shared by all users of the journal."""
        return moment(self.db.store.now())


def _identity(db: ShopDatabase) -> str:
    found = db.rows(_IDENTITY, (db.shop,))
    if found and found[0][1] is not None:
        raise JournalError(ErrorText("journal_unfinished"))
    if not found:
        raise NotInJournal(ErrorText("journal_none_yet", shop=db.shop, path=db.path))
    return str(found[0][0])
