"""The article numbers of the whole catalogue, read from the shop and checked."""

from specter_tui.abicart.documents import Article
from specter_tui.engine.messages import NumbersChecked, Progress
from specter_tui.engine.wires import Wires
from specter_tui.export.article_numbers import check_numbers


async def check_article_numbers(wires: Wires) -> NumbersChecked:
    """Read every article with its variants and check the numbers. Raises ShopError."""
    total = await wires.shop.count_articles()
    articles: list[Article] = []
    async for page in wires.shop.articles():
        articles += page
        wires.tell(Progress("articles", len(articles), total))
    problems = check_numbers(articles, wires.settings.abicart.language)
    checked = NumbersChecked(len(articles), tuple(problems))
    wires.tell(Progress("articles", len(articles), len(articles), len(problems), finished=True))
    wires.tell(checked)
    return checked
