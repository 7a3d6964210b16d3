"""Taking turns: orders of the same customer go one at a time, so that none parts another's two calls to Specter."""

import asyncio
import hmac
from collections import Counter
from collections.abc import AsyncIterator, Iterable
from contextlib import AsyncExitStack, asynccontextmanager

from specter_tui.specter.order_forms import CustomerForm


def customer_keys(form: CustomerForm) -> list[str]:
    """By what Specter may match this customer: e-mail and number, as it compares them (wires: S-matching).

    Without any the order is not matched: it has a customer of its own.
    """
    digits = "".join(sign for sign in form.org_no if sign in "0123456789")
    email = "" if form.ignore_email else form.email.strip().casefold()
    number = "" if form.ignore_org_no else digits
    return [f"{kind}:{value}" for kind, value in (("email", email), ("number", number)) if value]


def buyer_digests(form: CustomerForm, journal_id: str) -> tuple[str, ...]:
    """The same as the journal may keep it: digests that only who has the journal's id can make."""
    return tuple(hmac.digest(journal_id.encode(), key.encode(), "sha256").hex() for key in customer_keys(form))


class KeyedLocks:
    """A lock for each key that someone holds or waits for, and none for the rest."""

    def __init__(self) -> None:
        self._locks: dict[str, asyncio.Lock] = {}
        self._wanted: Counter[str] = Counter()

    def are_free(self, keys: Iterable[str]) -> bool:
        """Whether nobody holds one of the keys, or waits for it."""
        return not any(self._wanted[key] for key in keys)

    @asynccontextmanager
    async def hold(self, keys: Iterable[str]) -> AsyncIterator[None]:
        """Hold all of the keys. They are taken in order, so that no two can wait for each other."""
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
