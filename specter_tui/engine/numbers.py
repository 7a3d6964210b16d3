"""The article numbers of the whole catalogue, read from the shop and checked."""

from specter_tui.abicart.documents import Article, in_language
from specter_tui.engine.messages import Listed, NumbersChecked, Progress
from specter_tui.engine.wires import Wires
from specter_tui.export.article_numbers import check_numbers


async def check_article_numbers(wires: Wires) -> NumbersChecked:
    """Read every article with its variants and check the numbers. Raises ShopError."""
    total = await wires.shop.count_articles()
    articles: list[Article] = []
    async for page in wires.shop.articles():
        articles += page
        wires.tell(Progress("articles", len(articles), total))
    language = wires.settings.abicart.language
    problems = check_numbers(articles, language)
    packages = [article for article in articles if article.is_package]
    unmanaged = [article for article in articles if not article.is_package and not _is_managed(article)]
    checked = NumbersChecked(len(articles), tuple(problems), _listed(packages, language), _listed(unmanaged, language))
    wires.tell(Progress("articles", len(articles), len(articles), len(problems), finished=True))
    wires.tell(checked)
    return checked


def _is_managed(article: Article) -> bool:
    return article.stock is not None and article.stock.use_stock


def _listed(articles: list[Article], language: str) -> tuple[Listed, ...]:
    return tuple(
        Listed(article.uid, in_language(article.name, language), article.article_number) for article in articles
    )
