"""Check the article numbers of the whole catalogue."""

from specter_tui.abicart.catalog_models import Article, in_language
from specter_tui.engine.articles.catalog_index import catalog_index_of
from specter_tui.engine.context import ShopContext
from specter_tui.engine.events import ListedNumber, NumbersChecked, Progress
from specter_tui.journal.repositories.goods.sent_articles import SentArticles
from specter_tui.planning.article_numbers import check_numbers


async def check_article_numbers(context: ShopContext) -> NumbersChecked:
    """Read every article with its variants and check the numbers. Raises ShopError."""
    total = await context.shop.count_articles()
    articles: list[Article] = []
    async for page in context.shop.articles():
        articles += page
        context.emit(Progress("articles", len(articles), total))
    language = context.settings.abicart.language
    problems = check_numbers(articles, language)
    shared = {one.article_uid for one in problems if one.problem.code == "duplicate"}
    if shared:
        sent = await context.journal(SentArticles.sent)
        places = {number: (one.article_uid, one.variant_uid) for number, one in sent.items()}
        problems = check_numbers(articles, language, places, await context.catalogue.sold(sorted(shared)))
    packages = [article for article in articles if article.is_package]
    unmanaged = [article for article in articles if not article.is_package and not _is_managed(article)]
    checked = NumbersChecked(
        len(articles),
        tuple(problems),
        _listed(packages, language),
        _listed(unmanaged, language),
        await _without_stock(context, articles),
    )
    context.emit(Progress("articles", len(articles), len(articles), len(problems), finished=True))
    context.emit(checked)
    return checked


async def _without_stock(context: ShopContext, articles: list[Article]) -> tuple[ListedNumber, ...]:
    """Return numbers whose stock the shop counts now, and which Specter has without stock (wires: S-article)."""
    sent = await context.journal(SentArticles.sent)
    if all(one.with_stock for one in sent.values()):
        return ()
    language = context.settings.abicart.language
    return tuple(
        ListedNumber(article.uid, in_language(article.name, language), number)
        for article in articles
        if _is_managed(article) and not article.is_package
        for number in dict.fromkeys(entry.number for entry in catalog_index_of(article))
        if number in sent and not sent[number].with_stock
    )


def _is_managed(article: Article) -> bool:
    return article.stock is not None and article.stock.use_stock


def _listed(articles: list[Article], language: str) -> tuple[ListedNumber, ...]:
    return tuple(
        ListedNumber(article.uid, in_language(article.name, language), article.article_number) for article in articles
    )
