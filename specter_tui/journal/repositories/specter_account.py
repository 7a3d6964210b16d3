"""The Specter account that a journal belongs to: records of one account say nothing about another."""

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
    """The operation after every opening by a program that may send."""

    def __init__(self, db: WritableDatabase) -> None:
        self._db = db

    def belong_to(self, account: str) -> None:
        """Bind the journal to the account; raises OtherAccount if something was sent to, or fetched from, another one.

        A journal that was not yet used with another account can be bound again. An order all of whose calls are proven
        not sent, as after a typing error in the address, does not count as use.
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
