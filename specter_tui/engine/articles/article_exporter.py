"""Export articles: first all with a good number, then the changed ones; an interrupted run is continued."""

import asyncio
from collections.abc import AsyncIterator, Callable, Iterator, Mapping, Sequence
from datetime import datetime, timedelta
from decimal import Decimal

from specter_tui.abicart.catalog import ArticleRef
from specter_tui.abicart.catalog_models import Article
from specter_tui.abicart.document_lists import chunked
from specter_tui.abicart.errors import INVALID_PARAMS, RpcError
from specter_tui.engine.articles.article_collector import ArticleChanges, ArticleCollector, ExportBaseline
from specter_tui.engine.articles.article_submission import ArticleSubmission
from specter_tui.engine.articles.catalog_index import CatalogIndex
from specter_tui.engine.concurrency.lease_names import ARTICLES
from specter_tui.engine.concurrency.named_leases import named_lease
from specter_tui.engine.context import ShopContext
from specter_tui.engine.events import ArticlesExported
from specter_tui.engine.progress import ProgressReporter
from specter_tui.engine.specter_circuit import SpecterCircuit
from specter_tui.journal.goods_models import NewArticle
from specter_tui.journal.repositories.cursors import Cursors
from specter_tui.journal.repositories.goods.sent_articles import SentArticles
from specter_tui.specter.article_forms import ArticleForm
from specter_tui.specter.client import MOST_ARTICLES
from specter_tui.specter.errors import Refused

_CURSOR = "articles_seen_until"
_OVERLAP = timedelta(minutes=10)


class ArticleExporter:
    """All article export of this process; one run at a time. `held` is the unsent quantity by article number."""

    def __init__(
        self,
        context: ShopContext,
        account: SpecterCircuit,
        catalog: CatalogIndex,
        held: Callable[[], Mapping[str, Decimal]],
        closing: Callable[[], bool],
    ) -> None:
        self._context = context
        self._account = account
        self._catalog = catalog
        self._held = held
        self._closing = closing
        self._one_at_a_time = asyncio.Lock()
        self._held_back: dict[str, set[int]] = {}
        self._changed_may_be_asked = True

    @property
    def may_export(self) -> bool:
        """True if the settings allow articles to be sent."""
        article = self._context.settings.article
        return "inactive" not in (article.export, article.export_run)

    async def run(self, *, everything: bool = False) -> ArticlesExported:
        """Send all articles that differ from what was sent, or with `everything` all; on a person's request.

        Raises LeaseHeld, ShopError, SpecterFailure, JournalError; sent articles are recorded.
        """
        async with self._one_at_a_time, named_lease(self._context, ARTICLES):
            return await self._whole(everything=everything, again=True)

    async def follow(self) -> ArticlesExported | None:
        """Send the articles changed since the last time, or all at first; None where the shop cannot filter changes."""
        async with self._one_at_a_time, named_lease(self._context, ARTICLES):
            seen = await self._context.journal(Cursors.get, _CURSOR)
            if seen is None:
                return await self._whole(everything=False, again=False)
            if not self._changed_may_be_asked:
                return None
            try:
                return await self._changed(datetime.fromisoformat(seen))
            except RpcError as error:
                if error.code != INVALID_PARAMS:
                    raise
                self._changed_may_be_asked = False
                return await self._whole(everything=False, again=False)

    async def _whole(self, *, everything: bool, again: bool) -> ArticlesExported:
        until = self._context.shop.rpc.now()
        gathering = ArticleCollector(
            self._context, self._catalog, await self._known(everything=everything, again=again)
        )
        self._catalog.begin()
        catalogue = self._context.catalogue
        gathered = await gathering.collect(catalogue.articles(), await catalogue.count())
        self._catalog.complete()
        return await self._send(gathered, until)

    async def _changed(self, seen: datetime) -> ArticlesExported | None:
        """Send the articles changed since, and those that shared a number and no longer do."""
        until = self._context.shop.rpc.now()
        window = (seen - _OVERLAP, until)
        await self._catalog.know(())
        gathering = ArticleCollector(self._context, self._catalog, await self._known(everything=False, again=False))
        gathered = await gathering.collect(self._pages(window), None)
        if not gathered.forms and not gathered.skipped:
            await self._context.journal(Cursors.set, _CURSOR, until.isoformat())
            return None
        return await self._send(gathered, until)

    async def _pages(self, window: tuple[datetime, datetime]) -> AsyncIterator[list[Article]]:
        seen: set[int] = set()
        async for page in self._context.catalogue.articles(window):
            seen |= {article.uid for article in page}
            yield page
        freed = {uid for number, uids in self._held_back.items() if len(self._catalog.find(number)) < 2 for uid in uids}
        if freed - seen:
            yield list((await self._context.catalogue.in_full(sorted(freed - seen))).values())

    async def _known(self, *, everything: bool, again: bool) -> ExportBaseline:
        journal = self._context.journal
        webshop = await self._context.shop.webshop(self._context.settings.abicart.webshop)
        return ExportBaseline(
            await journal(SentArticles.sent),
            await journal(SentArticles.refused),
            self._held(),
            webshop.base_currency,
            everything,
            again,
        )

    async def _send(self, gathered: ArticleChanges, until: datetime) -> ArticlesExported:
        """Send the collected articles, LIMITS__CONCURRENCY calls at once, and store how far the shop was read."""
        self._held_back = {**self._held_back, **gathered.held_back}
        pace = ProgressReporter(self._context.emit, "article_export", len(gathered.forms))
        calls = self._calls(pace, gathered)
        rest = chunked(gathered.forms.values(), MOST_ARTICLES)
        workers = [self._work(calls, rest) for _ in range(self._context.settings.limits.concurrency)]
        results = await asyncio.gather(*workers, return_exceptions=True)
        pace.finish()
        for error in results:
            if error is not None:
                raise error
        complete = pace.done == len(gathered.forms)
        if complete:
            await self._context.journal(Cursors.set, _CURSOR, until.isoformat())
        outcome = ArticlesExported(
            sent=pace.done - pace.failed,
            unchanged=len(gathered.unchanged),
            calls=calls.calls,
            refused=tuple((await self._context.journal(SentArticles.refused)).values()),
            skipped=tuple(gathered.skipped),
            without_stock=tuple(gathered.without_stock),
            complete=complete,
        )
        self._context.emit(outcome)
        return outcome

    def _calls(self, pace: ProgressReporter, gathered: ArticleChanges) -> ArticleSubmission:
        digests = gathered.digests

        async def on_sent(forms: Sequence[ArticleForm]) -> None:
            sent = [_sent(form, digests[form.number], gathered.places[form.number]) for form in forms]
            await self._context.journal(SentArticles.note_sent, sent)
            pace.step(len(forms))

        async def on_refused(form: ArticleForm, refusal: Refused) -> None:
            await self._context.journal(SentArticles.note_refused, form.number, digests[form.number], refusal.text)
            pace.step(1, failed=1)

        return ArticleSubmission(self._context.specter, self._account, self._closing, on_sent, on_refused)

    async def _work(self, calls: ArticleSubmission, rest: Iterator[list[ArticleForm]]) -> None:
        """Send batch after batch; when one fails as a whole, no worker takes another."""
        for lot in rest:
            if self._closing() or self._account.halted:
                return
            try:
                await calls.send(lot)
            except BaseException:
                for _ in rest:
                    pass
                raise


def _sent(form: ArticleForm, digest: str, place: ArticleRef) -> NewArticle:
    return NewArticle(form.number, digest, form.stock_managed, place.article_uid, place.variant_uid)
