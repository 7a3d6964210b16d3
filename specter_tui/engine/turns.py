"""Taking turns: calls about the same customer go one at a time, so that two orders cannot make two customers."""

import asyncio
from collections import Counter
from collections.abc import AsyncIterator, Iterable
from contextlib import AsyncExitStack, asynccontextmanager

from specter_tui.specter.forms import CustomerForm


def customer_keys(form: CustomerForm) -> list[str]:
    """By what Specter may match this customer: e-mail and number, as it compares them (wires: S-matching)."""
    digits = "".join(sign for sign in form.org_no if sign.isdigit())
    email = "" if form.ignore_email else form.email.casefold()
    number = "" if form.ignore_org_no else digits
    return [f"{kind}:{value}" for kind, value in (("email", email), ("number", number)) if value]


class Turns:
    """A lock for each key that someone holds or waits for, and none for the rest."""

    def __init__(self) -> None:
        self._locks: dict[str, asyncio.Lock] = {}
        self._wanted: Counter[str] = Counter()

    @asynccontextmanager
    async def take(self, keys: Iterable[str]) -> AsyncIterator[None]:
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
