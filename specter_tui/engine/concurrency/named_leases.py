"""Named leases: one process at a time does a kind of work, and renews its lease meanwhile."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import timedelta

from specter_tui.engine.context import ShopContext
from specter_tui.engine.outcome_texts import outcome_text
from specter_tui.journal.models import LeaseHolder
from specter_tui.journal.repositories.leases import Leases

_LEASE = timedelta(minutes=5)
_RENEW_SECONDS = 60.0


class LeaseHeld(Exception):
    """Another process does this kind of work now; the text names it."""


@asynccontextmanager
async def named_lease(context: ShopContext, name: str) -> AsyncIterator[None]:
    """Hold a named lease. Raises LeaseHeld when another process has it, JournalError."""
    taken = await context.journal(Leases.take, name, _LEASE)
    if isinstance(taken, LeaseHolder):
        raise LeaseHeld(outcome_text("busy", context.settings.ui.language, holder=taken.operator))
    renewing = asyncio.create_task(_renew(context, name))
    try:
        yield
    finally:
        renewing.cancel()
        await asyncio.gather(renewing, return_exceptions=True)
        await context.journal(Leases.drop, name)


async def _renew(context: ShopContext, name: str) -> None:
    while True:
        await asyncio.sleep(_RENEW_SECONDS)
        await context.journal(Leases.renew, name, _LEASE)
