"""Numbers that could not be written when Specter gave them: entered from the side file, once the journal can be."""

from pathlib import Path

from specter_tui.journal.errors import JournalError, NumberTaken
from specter_tui.journal.models import ShopOrder
from specter_tui.journal.repositories.operator_decisions import OperatorDecisions
from specter_tui.journal.safety import result_spool
from specter_tui.journal.safety.result_spool import SpooledResult


class SpoolRecovery(OperatorDecisions):
    """The verb that belongs after every opening, before leases are expired."""

    def enter_unrecorded(self) -> list[int]:
        """Enter the numbers of the side files and clear them; return the uids that became exported by it.

        Specter gave these numbers, so no order may be sent again, whatever state it is in: only one that is closed, or
        exported under another number, keeps its state and the number as evidence. Done twice it changes nothing more.
        """
        beside = [self.path] if self.seen is None else [self.path, self.seen.path]
        return [uid for path in beside for uid in self._enter_those_beside(path)]

    def _enter_those_beside(self, path: Path) -> list[int]:
        try:
            with result_spool.take_results(path, self.shop) as numbers:
                return [number.uid for number in numbers if self._enter(number)]
        except OSError as error:
            raise JournalError(
                f"{result_spool.spool_path(path)} cannot be read or cleared: {error.strerror}"
            ) from error

    def _enter(self, number: SpooledResult) -> bool:
        order = ShopOrder(number.uid, number.order_number)
        entry = self.entry(number.uid)
        if entry is not None and entry.state == "exported" and entry.specter_number == number.specter_number:
            return False
        if entry is None or entry.state not in ("exported", "closed"):
            try:
                with self._change:
                    self._export(order, number.specter_number, "recovered", "due", "answer")
            except NumberTaken:
                pass  # kept as evidence, below: a person must look at both orders.
            else:
                return True
        with self._change:
            self._keep(number.uid, number.order_number, "recovered", "", number.specter_number)
        return False
