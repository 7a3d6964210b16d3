"""When an operator left the console of a shop, and what happened there since.

The journal keeps one value for each operator. It is written when the console is opened, and when it ends: after a
hang-up, too, since that ends the calls in flight in the same way.
"""

import json
from collections import Counter
from datetime import UTC, datetime

from specter_tui.engine.context import ShopContext
from specter_tui.engine.events import SinceLeft
from specter_tui.journal.repositories.cursors import Cursors
from specter_tui.journal.repositories.events import Events
from specter_tui.journal.repositories.orders import Orders
from specter_tui.journal.safety.operators import current_operator

_AT_ONCE = 2000
_IN_TROUBLE = ("unknown", "expired", "refused", "exists")
"""The events after which an order may wait for a person."""


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
            orders = await self._orders_since(before["event"])
            doubtful = set().union(*(orders.get(verb, ()) for verb in _IN_TROUBLE))
            states = Counter(entry.state for entry in await journal(Orders.entries, doubtful))
            message = SinceLeft(
                at=datetime.fromisoformat(before["at"]),
                exported=len(orders.get("exported", ())),
                unknown=states["unknown"],
                refused=states["refused"],
                exists=states["exists"],
                drift=len(orders.get("drift_seen", ())),
                unsent=before["unsent"],
                hung_up=before["hung_up"],
            )
            if message.is_news:
                self._context.emit(message)
        self._begun = True
        await self._keep(0)

    async def _orders_since(self, event: int) -> dict[str, set[int]]:
        """Return the orders of each verb since an event, read in pages."""
        orders: dict[str, set[int]] = {}
        while found := await self._context.journal(Events.verbs, event, _AT_ONCE):
            for _, uid, verb in found:
                orders.setdefault(verb, set()).add(uid)
            event = found[-1][0]
        return orders

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
