"""The journal of one shop: its repositories, each with the operations on one kind of record."""

import secrets
from collections.abc import Callable, Sequence
from datetime import timedelta
from functools import partial
from pathlib import Path
from typing import Any, Concatenate, ParamSpec, Self, TypeVar

from specter_tui.journal.database import Clock, Store
from specter_tui.journal.errors import JournalAway, JournalBusy, JournalError
from specter_tui.journal.journal_reader import JournalReader
from specter_tui.journal.models import Claim
from specter_tui.journal.repositories.api_calls import CallNotes
from specter_tui.journal.repositories.buyer_locks import BuyerLocks
from specter_tui.journal.repositories.claim_results import ClaimResults
from specter_tui.journal.repositories.claim_safety import ClaimSafety
from specter_tui.journal.repositories.claims import Claims
from specter_tui.journal.repositories.cursors import Cursors
from specter_tui.journal.repositories.erasure import Erasure
from specter_tui.journal.repositories.event_recorder import EventRecorder
from specter_tui.journal.repositories.goods.batches import Batches
from specter_tui.journal.repositories.goods.deliveries import Deliveries
from specter_tui.journal.repositories.goods.drift import Drift
from specter_tui.journal.repositories.goods.sent_articles import SentArticles
from specter_tui.journal.repositories.goods.shop_numbers import ShopNumbers
from specter_tui.journal.repositories.goods.stock import StockLevels, StockMarks
from specter_tui.journal.repositories.goods.stock_rows import StockRows
from specter_tui.journal.repositories.halts import Halts, Stops
from specter_tui.journal.repositories.leases import Leases
from specter_tui.journal.repositories.operator_decisions import OperatorDecisions
from specter_tui.journal.repositories.order_endings import OrderEndings
from specter_tui.journal.repositories.order_states import OrderStates
from specter_tui.journal.repositories.overdue import OverdueWork
from specter_tui.journal.repositories.probe_facts import FactRecorder, ProbeSteps
from specter_tui.journal.repositories.repository import Repository
from specter_tui.journal.repositories.restore_repair import RestoreRepair
from specter_tui.journal.repositories.specter_account import SpecterAccount
from specter_tui.journal.repositories.write_backs import WriteBacks
from specter_tui.journal.safety.operators import Operator
from specter_tui.journal.safety.queue_owners import QueueOwners
from specter_tui.journal.shop_database import WritableDatabase
from specter_tui.journal.sqlite_connection import BUSY
from specter_tui.journal.sqlite_migration import open_file

J = TypeVar("J", bound=JournalReader | Repository)
P = ParamSpec("P")
T = TypeVar("T")


class Journal(JournalReader):
    """All repositories, one operation at a time; for a file on the thread that opened it.

    Each operation is one commit, synced to the disk. If the database cannot be written or read, it raises JournalError
    and changes nothing.
    """

    def __init__(self, store: Store, shop: int, operator: Operator, *, read_only: bool = False) -> None:
        """Make it, with an identity if it has none; `read_only`: it must exist, and every change is refused."""
        db = WritableDatabase(store, shop, operator, read_only=read_only)
        if not read_only:
            _make_identity(db)
        super().__init__(db)
        self.db: WritableDatabase = db
        orders = self.orders
        self.call_notes = CallNotes(db)
        self.buyer_locks = BuyerLocks(db)
        self._recorder = recorder = EventRecorder(db, self.call_notes, self.buyer_locks)
        states = OrderStates(db, recorder)
        marks = StockMarks(db)
        endings = OrderEndings(db, orders, recorder, states, marks)
        self.stops = Stops(db)
        self.halts = Halts(db, self.stops)
        self.results = ClaimResults(db, recorder, states, self.halts)
        self._safety = ClaimSafety(db, recorder, self.results)
        self.claims = Claims(db, orders, recorder, states, self.buyer_locks, self.halts, self._safety)
        self.write_backs = WriteBacks(db, orders, recorder)
        self.decisions = OperatorDecisions(db, orders, recorder, states, endings)
        self.repair = RestoreRepair(db, orders, recorder, states, endings)
        self.erasure = Erasure(db, recorder)
        self.drift = Drift(db, orders, recorder, states)
        self.cursors = Cursors(db, recorder)
        self.stock = StockLevels(db, marks, self.cursors, self.events)
        self.stock_rows = StockRows(db)
        self.deliveries = Deliveries(db, orders, recorder)
        self.batches = Batches(db, self.stock, self.stock_rows, self.deliveries)
        self.sent_articles = SentArticles(db, self.cursors)
        self.shop_numbers = ShopNumbers(db)
        self.account = SpecterAccount(db)
        self.leases = Leases(db)
        self.fact_recorder = FactRecorder(db)
        self.probe_steps = ProbeSteps(db, self.fact_recorder)
        self.overdue = OverdueWork(db, self.cursors)
        self.queue_owners = QueueOwners(db, self.cursors)
        self._owners: dict[Callable[..., object], Any] = {
            verb: one
            for one in vars(self).values()
            if isinstance(one, Repository)
            for verb in vars(type(one)).values()
            if callable(verb)
        }

    @classmethod
    def open(
        cls, path: Path, shop: int, operator: Operator, *, clock: Clock | None = None, busy: timedelta = BUSY
    ) -> Self:
        """Open a shop's journal; create or upgrade it if needed; folder 0700, files 0600.

        `busy` is how long an operation waits for another process. Raises JournalNewer, JournalCorrupt, JournalReadOnly
        or another JournalError, also if the file is another shop's or is on a network file system.
        """
        return cls(open_file(path, shop, clock=clock, busy=busy), shop, operator)

    def close(self) -> None:
        """Close the connection and the high-water log; committed changes stay."""
        super().close()
        if self._recorder.high_water_log is not None:
            self._recorder.high_water_log.close()

    def bind(self, verb: Callable[Concatenate[J, P], T], *args: P.args, **kwargs: P.kwargs) -> Callable[[], T]:
        """Bind an operation of a repository, such as Claims.claim, or of the journal, to this journal.

        Return the call.
        """
        return partial(verb, self._owners.get(verb, self), *args, **kwargs)

    def group_commit(self, verbs: Sequence[Callable[[], object]]) -> list[object]:
        """Run operations of GROUPABLE in one commit; return the result of each, or the error that it raises.

        If one of them or the commit fails, nothing was written, and each is run again by itself.
        """
        try:
            with self.db.change.shared():
                answers = [verb() for verb in verbs]
        except (JournalBusy, JournalAway) as hindrance:
            return [hindrance for _ in verbs]
        except Exception:  # noqa: BLE001  # Whose it was comes out when each is done by itself.
            return [outcome(verb) for verb in verbs]
        try:
            self._safety.log([answer for answer in answers if isinstance(answer, Claim)])
        except JournalError as error:
            return [error if isinstance(answer, Claim) else answer for answer in answers]
        return answers


GROUPABLE: frozenset[Callable[..., object]] = frozenset(
    {
        Claims.claim, Claims.reclaim, ClaimResults.customer_known, ClaimResults.exported, ClaimResults.retry_later,
        ClaimResults.unknown, ClaimResults.refused, ClaimResults.exists, ClaimResults.release, WriteBacks.stored,
    }
)  # fmt: skip
"""The operations that may share a commit: each is one change and nothing else."""


def outcome(verb: Callable[[], object]) -> object:
    """Return the result, or the error that it raises."""
    try:
        return verb()
    except Exception as error:  # noqa: BLE001  # It is for the one who asked.
        return error


def _make_identity(db: WritableDatabase) -> None:
    """Create the shop's journal if it has none; if that fails, the store is closed."""
    try:
        if not db.rows("SELECT id FROM journal WHERE shop = ?", (db.shop,)):
            with db.change:
                values = (secrets.token_hex(16), db.shop, db.now())
                db.execute("INSERT INTO journal (id, shop, made_at) VALUES (?, ?, ?) ON CONFLICT DO NOTHING", values)
    except BaseException:
        db.store.close()
        raise
