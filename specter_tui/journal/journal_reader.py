"""The journal of one shop, to be read: for a screen, or another process, beside the one that writes."""

from collections.abc import Callable
from datetime import datetime
from typing import Self

from specter_tui.errors import ErrorText
from specter_tui.journal.codecs import moment
from specter_tui.journal.errors import JournalError, NotInJournal
from specter_tui.journal.repositories.api_calls import ApiCalls
from specter_tui.journal.repositories.events import Events
from specter_tui.journal.repositories.orders import Orders
from specter_tui.journal.shop_database import ShopDatabase

UNFINISHED = "copy_unfinished"
"""Name of the cursor that marks a journal into which another is being copied."""
_IDENTITY = """
    SELECT journal.id, cursors.value FROM journal
    LEFT JOIN cursors ON cursors.shop = journal.shop AND cursors.name = 'copy_unfinished' WHERE journal.shop = ?
"""


class JournalReader:
    """What the journal of one shop holds. Every verb of its repositories raises JournalError when it cannot be read.

    The store is closed with it; also when there turns out to be no journal of the shop's in it, which raises
    JournalError.
    """

    def __init__(self, db: ShopDatabase) -> None:
        self.db = db
        self.path = db.path
        self.shop = db.shop
        self.upgraded = db.store.upgraded
        """The upgrade that opening it made, if it made one."""
        try:
            self.id = _identity(db)
            """Random, made with the journal; also the salt of form hashes."""
        except BaseException:
            db.store.close()
            raise
        self.orders = Orders(db)
        self.events = Events(db)
        self.calls = ApiCalls(db)

    def close(self) -> None:
        """Close the connection; what was committed stays."""
        self.db.store.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *error: object) -> None:
        self.close()

    def listen(self, moved: Callable[[], None]) -> bool:
        """Have `moved` called, in a thread of its own, whenever anyone changed this journal; also when in doubt.

        False where that cannot be told, as of a file: there whoever wants to know looks.
        """
        return self.db.store.listen(moved)

    def now(self) -> datetime:
        """Return the time of day by the clock that all who share the journal go by."""
        return moment(self.db.store.now())


def _identity(db: ShopDatabase) -> str:
    found = db.rows(_IDENTITY, (db.shop,))
    if found and found[0][1] is not None:
        raise JournalError(ErrorText("journal_unfinished"))
    if not found:
        raise NotInJournal(ErrorText("journal_none_yet", shop=db.shop, path=db.path))
    return str(found[0][0])
