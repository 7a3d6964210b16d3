"""Send articles in as few calls as possible: a hundred in each; if one is refused, find the bad article."""

import re
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass

from specter_tui.engine.retry_call import retry_call
from specter_tui.engine.specter_circuit import SpecterCircuit
from specter_tui.specter.article_forms import ArticleForm
from specter_tui.specter.client import SpecterClient
from specter_tui.specter.errors import AccountHalted, Refused

_MOST_IN_A_ROW = 10


@dataclass(slots=True)
class ArticleSubmission:
    """Sends batches of forms. `on_sent` and `on_refused` record each outcome before the next call."""

    specter: SpecterClient
    account: SpecterCircuit
    closing: Callable[[], bool]
    on_sent: Callable[[Sequence[ArticleForm]], Awaitable[None]]
    on_refused: Callable[[ArticleForm, Refused], Awaitable[None]]
    force: bool = True
    calls: int = 0
    _refused_in_a_row: int = 0

    async def send(self, lot: Sequence[ArticleForm]) -> None:
        """Send up to 100 articles. Raises SpecterFailure; Refused only where Specter accepts none at all.

        A refused call is halved: one half of the suspects is sent; if it is accepted, the bad article is in the other.
        The articles set aside meanwhile are sent together at the end. So a bad article costs one call for each halving,
        one of its own, and the last: nine for a hundred.
        """
        left = [list(lot)]
        while left and not self.closing():
            forms = left.pop()
            refusal = await self._try(forms)
            if refusal is not None:
                aside = await self._find(forms, refusal)
                left += [aside] if aside else []

    async def _find(self, suspects: list[ArticleForm], refusal: Refused) -> list[ArticleForm]:
        """Find one bad article of a refused call and report it; return the articles set aside meanwhile."""
        aside: list[ArticleForm] = []
        alone: Refused | None = refusal if len(suspects) == 1 else None
        named = _named(refusal, suspects)
        if alone is None and named is not None:
            aside, suspects = [form for form in suspects if form is not named], [named]
        while len(suspects) > 1:
            half, rest = suspects[: len(suspects) // 2], suspects[len(suspects) // 2 :]
            refused = await self._try(half)
            if refused is None:
                suspects = rest
            else:
                suspects, aside = half, aside + rest
                alone = refused if len(half) == 1 else None
        bad = suspects[0]
        alone = alone or await self._try([bad])
        if alone is not None:
            await self._name(bad, alone)
        return aside

    async def _try(self, forms: list[ArticleForm]) -> Refused | None:
        """Make one call; return the refusal, if it is about the articles. Raises AccountHalted."""
        self.calls += 1
        try:
            await retry_call(self.account, lambda: self.specter.submit_articles(forms, force=self.force), self.closing)
        except Refused as refusal:
            # No code distinguishes a bad article from a bad key: a test of the account does.
            if not await self.account.check():
                raise AccountHalted(self.account.closed or refusal.message) from None
            return refusal
        self._refused_in_a_row = 0
        await self.on_sent(forms)
        return None

    async def _name(self, bad: ArticleForm, refusal: Refused) -> None:
        await self.on_refused(bad, refusal)
        self._refused_in_a_row += 1
        if self._refused_in_a_row >= _MOST_IN_A_ROW:
            raise refusal  # The refusals are not about the articles.


def _named(refusal: Refused, forms: Sequence[ArticleForm]) -> ArticleForm | None:
    """Return the article named in the refusal's text, if there is exactly one."""
    words = set(re.findall(r"[A-Za-z0-9._-]+", refusal.text))
    words |= {word.rstrip(".") for word in words}
    found = [form for form in forms if form.number in words]
    return found[0] if len(found) == 1 else None
