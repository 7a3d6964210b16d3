"""Collect the articles to send from the shop: forms, and only those that Specter does not have yet."""

from collections.abc import AsyncIterator, Mapping
from dataclasses import dataclass, field, replace
from decimal import Decimal

from specter_tui.abicart.catalog import ArticleRef
from specter_tui.abicart.catalog_models import Article
from specter_tui.engine.articles.catalog_index import CatalogIndex
from specter_tui.engine.context import ShopContext
from specter_tui.engine.events import Progress
from specter_tui.journal.goods_models import RefusedArticle, SentArticle
from specter_tui.planning.articles import ArticleSkip, article_forms
from specter_tui.planning.problems import Problem
from specter_tui.planning.stock_levels import opening_stock
from specter_tui.specter.article_forms import ArticleForm


@dataclass(slots=True)
class ArticleChanges:
    """The result of one reading of the catalogue."""

    forms: dict[str, ArticleForm] = field(default_factory=dict)
    """By number, in the shop's order."""
    digests: dict[str, str] = field(default_factory=dict)
    """By number, of the forms."""
    places: dict[str, ArticleRef] = field(default_factory=dict)
    """By number, the article or variant that has it."""
    skipped: list[ArticleSkip] = field(default_factory=list)
    unchanged: set[str] = field(default_factory=set)
    without_stock: list[str] = field(default_factory=list)
    held_back: dict[str, set[int]] = field(default_factory=dict)
    """Numbers that several articles have, with the uids of those articles."""


@dataclass(frozen=True, slots=True)
class ExportBaseline:
    """The data needed before articles are read: from the journal, and from orders that are not sent yet."""

    sent: Mapping[str, SentArticle]
    refused: Mapping[str, RefusedArticle]
    held: Mapping[str, Decimal]
    currency: str
    everything: bool = False
    """Send also forms that Specter already has or has refused."""
    again: bool = False
    """Repeat refused forms."""


class ArticleCollector:
    """Goes through pages of articles, keeps the forms that differ from the sent ones, and frees the documents."""

    def __init__(self, context: ShopContext, catalog: CatalogIndex, known: ExportBaseline) -> None:
        self._context = context
        self._catalog = catalog
        self._known = known
        self._language = context.settings.abicart.language
        self._names: dict[str, str] = {}
        self._result = ArticleChanges()

    async def collect(self, pages: AsyncIterator[list[Article]], total: int | None) -> ArticleChanges:
        """Read all pages. Shared numbers are found at the end, when all holders are known."""
        read = 0
        async for page in pages:
            self._catalog.put(page)
            for article in page:
                self._take(article)
            read += len(page)
            self._context.emit(Progress("articles", read, total))
        self._context.emit(Progress("articles", read, read, finished=True))
        for number in self._names:
            if len(self._catalog.find(number)) > 1:
                self._hold_back(number)
        return self._result

    def _take(self, article: Article) -> None:
        forms, skips = article_forms(article, self._known.currency, self._language)
        self._result.skipped += skips
        for form in forms:
            self._names[form.number] = form.name
            sent = self._known.sent.get(form.number)
            if form.stock_managed and sent is not None and not sent.with_stock:
                self._result.without_stock.append(form.number)
            digest = form.digest()
            if self._is_news(form.number, digest):
                self._result.forms[form.number] = self._opened(form)
                self._result.digests[form.number] = digest
                self._result.places[form.number] = self._catalog.place_in(article.uid, form.number)
            else:
                self._result.unchanged.add(form.number)

    def _is_news(self, number: str, digest: str) -> bool:
        if self._known.everything:
            return True
        sent, refused = self._known.sent.get(number), self._known.refused.get(number)
        if refused is not None and refused.digest == digest and not self._known.again:
            return False
        return sent is None or sent.digest != digest

    def _opened(self, form: ArticleForm) -> ArticleForm:
        """Set a new article's opening stock to the shop's and what is not sent yet; an existing one keeps its stock."""
        held = self._known.held.get(form.number)
        if form.opening_stock is None or held is None:
            return form
        return replace(form, opening_stock=opening_stock(form.opening_stock, held))

    def _hold_back(self, number: str) -> None:
        """Skip a number that several articles or variants have; packages do not count, since they are not exported."""
        holders = [entry.place for entry in self._catalog.find(number) if not entry.package]
        if len(holders) < 2:
            return
        one, values = holders[-1], (("number", number), ("count", str(len(holders))))
        problem = Problem("duplicate", "articleNumber", values)
        self._result.held_back[number] = {place.article_uid for place in holders}
        self._result.skipped.append(ArticleSkip(one.article_uid, one.variant_uid, self._names[number], number, problem))
        self._result.forms.pop(number, None)
        self._result.unchanged.discard(number)
