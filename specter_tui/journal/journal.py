"""The journal of one shop, with all its verbs."""

from collections.abc import Callable, Sequence
from datetime import datetime, timedelta
from functools import partial
from pathlib import Path
from typing import Self

from specter_tui.journal.database import Clock
from specter_tui.journal.errors import JournalAway, JournalBusy, JournalError, JournalFull
from specter_tui.journal.models import Claim, Intent, NoClaim
from specter_tui.journal.repositories.batches import BatchOperations
from specter_tui.journal.repositories.claim_results import ClaimResults
from specter_tui.journal.repositories.claims import ClaimOperations
from specter_tui.journal.repositories.drift import DriftOperations
from specter_tui.journal.repositories.erasure import Erasure
from specter_tui.journal.repositories.overdue import OverdueOperations
from specter_tui.journal.repositories.restore_repair import RestoreRepair
from specter_tui.journal.repositories.sent_articles import SentArticles
from specter_tui.journal.repositories.shop_numbers import ShopNumberOperations
from specter_tui.journal.repositories.specter_account import AccountOperations
from specter_tui.journal.repositories.write_backs import WriteBacks
from specter_tui.journal.safety.disk_reserve import has_reserve, make_reserve
from specter_tui.journal.safety.operators import Operator
from specter_tui.journal.safety.queue_owners import QueueOwners
from specter_tui.journal.sqlite_connection import BUSY
from specter_tui.journal.sqlite_migration import open_file


class Journal(
    ClaimOperations,
    ClaimResults,
    WriteBacks,
    RestoreRepair,
    OverdueOperations,
    Erasure,
    SentArticles,
    ShopNumberOperations,
    QueueOwners,
    BatchOperations,
    DriftOperations,
    AccountOperations,
):
    """All verbs, one at a time; those of a file on the thread that opened it. Each is one commit, synced to the disk.

    Every verb raises JournalError when the file cannot be written or read, and then has changed nothing.
    """

    @classmethod
    def open(
        cls, path: Path, shop: int, operator: Operator, *, clock: Clock | None = None, busy: timedelta = BUSY
    ) -> Self:
        """Open a shop's journal, made or brought up to date where needed; folder 0700, files 0600.

        `busy` is how long a verb waits for another process. Raises JournalNewer, JournalCorrupt, JournalReadOnly or
        another JournalError, also where the file is another shop's or lies on a network disk.
        """
        return cls(open_file(path, shop, clock=clock, busy=busy), shop, operator)

    def claim(
        self, intent: Intent, lease: timedelta, *, is_new: bool = False, may_try: bool = False
    ) -> Claim | NoClaim:
        """As Claims.claim, and only where room is kept for the answer, and the claim is seen outside the file, too."""
        self._keep_reserve()
        return self._claimed(super().claim(intent, lease, is_new=is_new, may_try=may_try))

    def reclaim(
        self,
        intent: Intent,
        lease: timedelta,
        reason: str,
        *,
        automatic: bool,
        may_try: bool = False,
        article_came: datetime | None = None,
    ) -> Claim | NoClaim:
        """As Claims.reclaim, and only where `claim` would."""
        self._keep_reserve()
        return self._claimed(
            super().reclaim(intent, lease, reason, automatic=automatic, may_try=may_try, article_came=article_came)
        )

    def group_commit(self, verbs: Sequence[Callable[[], object]]) -> list[object]:
        """Do verbs of SHARING in one commit: what each returns, or the JournalError or other error that it raises.

        When one fails, or the commit does, nothing of it was written, and each is done again by itself.
        """
        try:
            with self._change.shared():
                answers = [verb() for verb in verbs]
        except (JournalBusy, JournalAway) as hindrance:
            return [hindrance for _ in verbs]
        except Exception:  # noqa: BLE001  # Whose it was comes out when each is done by itself.
            return [outcome(verb) for verb in verbs]
        try:
            self._see_to([answer for answer in answers if isinstance(answer, Claim)])
        except JournalError as error:
            return [error if isinstance(answer, Claim) else answer for answer in answers]
        return answers

    def _keep_reserve(self) -> None:
        if not has_reserve(self.path):
            self._store.run_blocking(partial(make_reserve, self.path))

    def _claimed(self, claim: Claim | NoClaim) -> Claim | NoClaim:
        if isinstance(claim, Claim) and not self._change.is_shared:
            self._see_to([claim])
        return claim

    def _see_to(self, claims: Sequence[Claim]) -> None:
        """Have claims that are committed seen outside the file, on the disk; where that fails they are given back."""
        if self.seen is None or not claims:
            return
        try:
            self._store.run_blocking(self.seen.keep)
        except OSError as error:
            for claim in claims:
                self.release(claim, f"{self.seen.path}: {error.strerror}")
            raise JournalFull(
                f"{self.seen.path} cannot be written ({error.strerror}), so nothing is sent; free some space"
            ) from error


GROUPABLE: frozenset[Callable[..., object]] = frozenset(
    {
        Journal.claim, Journal.reclaim, Journal.customer_known, Journal.exported, Journal.retry_later, Journal.unknown,
        Journal.refused, Journal.exists, Journal.release, Journal.write_backs_stored,
    }
)  # fmt: skip
"""The verbs that may share a commit with others: each is a change and nothing besides it."""


def outcome(verb: Callable[[], object]) -> object:
    """What it returns, or the error that it raises."""
    try:
        return verb()
    except Exception as error:  # noqa: BLE001  # It is for the one who asked.
        return error
