"""Locks by customer: orders of one customer are sent one at a time, so that their calls to Specter do not mix."""

import asyncio
import hmac
from collections import Counter
from collections.abc import AsyncIterator, Iterable
from contextlib import AsyncExitStack, asynccontextmanager

from specter_tui.specter.order_forms import CustomerForm


def customer_keys(form: CustomerForm) -> list[str]:
    """Return the values by which Specter may match this customer: e-mail and number (wires: S-matching).

    Without any the order is not matched: it gets a customer of its own.
    """
    digits = "".join(sign for sign in form.org_no if sign in "0123456789")
    email = "" if form.ignore_email else form.email.strip().casefold()
    number = "" if form.ignore_org_no else digits
    return [f"{kind}:{value}" for kind, value in (("email", email), ("number", number)) if value]


def buyer_digests(form: CustomerForm, journal_id: str) -> tuple[str, ...]:
    """Return digests of the same values for the journal, which only its id can reproduce."""
    return tuple(hmac.digest(journal_id.encode(), key.encode(), "sha256").hex() for key in customer_keys(form))


class KeyedLocks:
    """A lock for each key that is held or waited for."""

    def __init__(self) -> None:
        self._locks: dict[str, asyncio.Lock] = {}
        self._wanted: Counter[str] = Counter()

    def are_free(self, keys: Iterable[str]) -> bool:
        """Return whether none of the keys is held or waited for."""
        return not any(self._wanted[key] for key in keys)

    @asynccontextmanager
    async def hold(self, keys: Iterable[str]) -> AsyncIterator[None]:
        """Hold all of the keys. They are locked in sorted order, which prevents deadlocks."""
        ordered = sorted(set(keys))
        self._wanted.update(ordered)
        try:
            async with AsyncExitStack() as held:
                for key in ordered:
                    await held.enter_async_context(self._locks.setdefault(key, asyncio.Lock()))
                yield
        finally:
            self._wanted.subtract(ordered)
            for key in ordered:
                if not self._wanted[key]:
                    del self._wanted[key], self._locks[key]
