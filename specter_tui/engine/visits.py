"""When an operator left the console of a shop, and what happened there since.

The journal keeps one value for each operator. It is written when the console is opened, and when it ends: after a
hang-up, too, since that ends the calls in flight in the same way.
"""

import json
from datetime import UTC, datetime

from specter_tui.engine.context import ShopContext
from specter_tui.engine.events import SinceLeft
from specter_tui.journal.repositories.cursors import Cursors
from specter_tui.journal.repositories.events import Events
from specter_tui.journal.safety.operators import current_operator


class OperatorVisits:
    """The visit of this console's operator."""

    def __init__(self, context: ShopContext) -> None:
        self._context = context
        self._name = f"left:{current_operator().login}"
        self._begun = False
        self.hung_up = False
        """True if the terminal is gone."""

    async def begin(self) -> None:
        """Report what happened since the operator left, if anything did. Raises JournalError."""
        journal = self._context.journal
        kept = await journal(Cursors.get, self._name)
        if not self._begun and kept is not None:
            before = json.loads(kept)
            verbs, states = await journal(Events.changes_since, before["event"])
            message = SinceLeft(
                at=datetime.fromisoformat(before["at"]),
                exported=verbs.get("exported", 0),
                unknown=states.get("unknown", 0),
                refused=states.get("refused", 0),
                exists=states.get("exists", 0),
                drift=verbs.get("drift_seen", 0),
                unsent=before["unsent"],
                hung_up=before["hung_up"],
            )
            if message.is_news:
                self._context.emit(message)
        self._begun = True
        await self._keep(0)

    async def end(self, unsent: int) -> None:
        """Record that the operator leaves; `unsent` orders were to be sent and were not. Raises JournalError."""
        if self._begun:
            await self._keep(unsent)

    async def _keep(self, unsent: int) -> None:
        journal = self._context.journal
        kept = {
            "at": datetime.now(UTC).isoformat(),
            "event": await journal(Events.last_id),
            "unsent": unsent,
            "hung_up": self.hung_up,
        }
        await journal(Cursors.set, self._name, json.dumps(kept))
