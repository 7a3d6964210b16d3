"""The needs of a claim outside the database: disk space for its result, and its event in the high-water log."""

from collections.abc import Sequence
from functools import partial

from specter_tui.errors import ErrorText
from specter_tui.journal.errors import JournalFull
from specter_tui.journal.models import Claim, NoClaim
from specter_tui.journal.repositories.claim_results import ClaimResults
from specter_tui.journal.repositories.event_recorder import EventRecorder
from specter_tui.journal.safety.disk_reserve import has_reserve, make_reserve
from specter_tui.journal.shop_database import WritableDatabase


class ClaimSafety:
    """The steps before and after each claim."""

    def __init__(self, db: WritableDatabase, recorder: EventRecorder, results: ClaimResults) -> None:
        self._db = db
        self._recorder = recorder
        self._results = results

    def keep_reserve(self) -> None:
        """Create the disk reserve if it is missing. Raises JournalFull."""
        if not has_reserve(self._db.path):
            self._db.store.run_blocking(partial(make_reserve, self._db.path))

    def secure(self, claim: Claim | NoClaim) -> Claim | NoClaim:
        """Log a claim and return it; a claim in a shared commit is logged after that commit. Raises JournalFull."""
        if isinstance(claim, Claim) and not self._db.change.is_shared:
            self.log([claim])
        return claim

    def log(self, claims: Sequence[Claim]) -> None:
        """Sync committed claims to the log; if that fails, they are released and JournalFull is raised."""
        log = self._recorder.high_water_log
        if log is None or not claims:
            return
        try:
            self._db.store.run_blocking(log.keep)
        except OSError as error:
            for claim in claims:
                self._results.release(claim, f"{log.path}: {error.strerror}")
            raise JournalFull(ErrorText("journal_no_write", path=log.path, why=error.strerror)) from error
