"""Articles to Specter in as few calls as can be: a hundred in each, and where one is refused, the bad one found."""

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
    """Sends lots of forms. `on_sent` and `on_refused` write down what became of each before the next call is made."""

    specter: SpecterClient
    account: SpecterCircuit
    closing: Callable[[], bool]
    on_sent: Callable[[Sequence[ArticleForm]], Awaitable[None]]
    on_refused: Callable[[ArticleForm, Refused], Awaitable[None]]
    force: bool = True
    calls: int = 0
    _refused_in_a_row: int = 0

    async def send(self, lot: Sequence[ArticleForm]) -> None:
        """Send up to 100 articles. Raises SpecterFailure; Refused only where Specter takes nothing at all.

        A refused call is halved: of the suspects one half is sent; if it is taken the bad one is in the other. What
        was set aside on the way goes together at the end. So a bad article costs one call for each halving, its own,
        and the last: nine for a hundred.
        """
        left = [list(lot)]
        while left and not self.closing():
            forms = left.pop()
            refusal = await self._try(forms)
            if refusal is not None:
                aside = await self._find(forms, refusal)
                left += [aside] if aside else []

    async def _find(self, suspects: list[ArticleForm], refusal: Refused) -> list[ArticleForm]:
        """Name one bad article of a call that was refused; return those that were set aside on the way."""
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
        """One call; the refusal, if it is about the articles. A halt of the account is raised."""
        self.calls += 1
        try:
            await retry_call(self.account, lambda: self.specter.submit_articles(forms, force=self.force), self.closing)
        except Refused as refusal:
            # No code is known that tells a bad article from a bad key: a test of the account does.
            if not await self.account.check():
                raise AccountHalted(self.account.closed or str(refusal)) from None
            return refusal
        self._refused_in_a_row = 0
        await self.on_sent(forms)
        return None

    async def _name(self, bad: ArticleForm, refusal: Refused) -> None:
        await self.on_refused(bad, refusal)
        self._refused_in_a_row += 1
        if self._refused_in_a_row >= _MOST_IN_A_ROW:
            raise refusal  # It is not about the articles.


def _named(refusal: Refused, forms: Sequence[ArticleForm]) -> ArticleForm | None:
    """The one article that the refusal's text names, if it names one only."""
    words = set(re.findall(r"[A-Za-z0-9._-]+", refusal.text))
    words |= {word.rstrip(".") for word in words}
    found = [form for form in forms if form.number in words]
    return found[0] if len(found) == 1 else None
