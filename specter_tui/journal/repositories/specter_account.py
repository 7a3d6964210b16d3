"""The Specter account that a journal belongs to: what one account was sent says nothing of another."""

from specter_tui.journal.errors import OtherAccount
from specter_tui.journal.repositories.repository import Repository
from specter_tui.journal.shop_database import WritableDatabase

_ACCOUNT = "SELECT specter FROM journal WHERE shop = ?"
_BIND = "UPDATE journal SET specter = ? WHERE shop = ?"
_USED = """
    SELECT EXISTS (SELECT 1 FROM orders WHERE shop = ? AND (customer_number IS NOT NULL OR specter_number IS NOT NULL
        OR (external_no IS NOT NULL AND state <> 'retry_later')))
      OR EXISTS (SELECT 1 FROM sent_articles WHERE shop = ?) OR EXISTS (SELECT 1 FROM batches WHERE shop = ?)
"""


class SpecterAccount(Repository):
    """The verb that belongs after every opening by a program that may send."""

    def __init__(self, db: WritableDatabase) -> None:
        self._db = db

    def belong_to(self, account: str) -> None:
        """Keep the account with the journal. One that was never used for any other may still change it.

        An order whose every call is proven not sent, as with a slip in the address, is no use of an account.

        Raises OtherAccount where something was sent to, or fetched from, another one.
        """
        with self._db.change:
            ((kept,),) = self._db.execute(_ACCOUNT, (self._db.shop,)).fetchall()
            if kept == account:
                return
            if (
                kept is not None
                and self._db.execute(_USED, (self._db.shop, self._db.shop, self._db.shop)).fetchall()[0][0]
            ):
                raise OtherAccount(kept, account)
            self._db.execute(_BIND, (account, self._db.shop))
