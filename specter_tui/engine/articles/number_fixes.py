"""Write accepted suggestions of article numbers to the shop; each number is read again just before."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from specter_tui.abicart.catalog import ArticleRef, Vanished
from specter_tui.abicart.catalog_models import Article
from specter_tui.abicart.document_lists import PAGE, chunked
from specter_tui.abicart.errors import NotKept, RpcError, ShopError
from specter_tui.engine.articles.catalog_index import catalog_index_of
from specter_tui.engine.articles.number_check import check_article_numbers
from specter_tui.engine.context import ShopContext
from specter_tui.engine.events import NumberFix, NumbersChecked, NumbersFixed, Progress
from specter_tui.engine.outcome_texts import outcome_text
from specter_tui.planning.article_numbers import BadNumber, folded, is_good_number, own_number


class NumberFixer:
    """The last list of bad numbers, from which corrected ones are removed."""

    def __init__(self, context: ShopContext) -> None:
        self._context = context
        self._language = context.settings.ui.language
        self._checked: NumbersChecked | None = None

    async def check(self) -> NumbersChecked:
        """Check the numbers of the whole catalogue. Raises ShopError."""
        self._checked = await check_article_numbers(self._context)
        return self._checked

    async def fix(self, accepted: Sequence[BadNumber] | None) -> NumbersFixed:
        """Write the accepted suggestions, None for all present ones; then report the rest. Raises ShopError.

        A number that vanished, was edited, or whose new number is taken by now is reported and skipped; the others
        continue.
        """
        wanted = accepted if accepted is not None else [one for one in (await self.check()).problems if not one.keeps]
        fixes: list[NumberFix] = []
        for lot in chunked(wanted, PAGE):
            fixes += await self._fix_lot(lot)
            failed = sum(bool(fix.error) for fix in fixes)
            self._context.emit(Progress("numbers", len(fixes), len(wanted), failed, len(fixes) == len(wanted)))
        outcome = NumbersFixed(tuple(fixes))
        self._context.emit(outcome)
        await self._tell_rest(outcome)
        return outcome

    async def _fix_lot(self, wanted: Sequence[BadNumber]) -> list[NumberFix]:
        catalogue = self._context.catalogue
        taken = {folded(number) for number in await self._taken([one.suggestion for one in wanted])}
        now = await catalogue.stocked(sorted({one.article_uid for one in wanted}))
        errors: dict[ArticleRef, str] = {}
        for one in wanted:
            errors[_place(one)] = self._objection(one, now, taken)
            taken.add(folded(one.suggestion))
        numbers = {_place(one): one.suggestion for one in wanted if not errors[_place(one)]}
        outcome = await catalogue.set_numbers(numbers)
        doubtful = sorted({place.article_uid for place, failure in outcome.items() if isinstance(failure, NotKept)})
        shown = await catalogue.stocked(doubtful)
        for place, failure in outcome.items():
            if failure is not None and not _shows(shown.get(place.article_uid), place, numbers[place]):
                errors[place] = self._failed(failure)
        return [
            NumberFix(one.article_uid, one.variant_uid, one.name, one.number, one.suggestion, errors[_place(one)])
            for one in wanted
        ]

    async def _taken(self, numbers: Sequence[str]) -> set[str]:
        try:
            return await self._context.catalogue.taken(numbers)
        except RpcError:
            pass  # Where the shop cannot filter by number, the whole catalogue is read.
        found: set[str] = set()
        async for page in self._context.shop.articles():
            found |= {entry.number for article in page for entry in catalog_index_of(article)}
        return found

    def _objection(self, one: BadNumber, now: Mapping[int, Article], taken: set[str]) -> str:
        article = now.get(one.article_uid)
        number = None if article is None else _number_of(article, one.variant_uid)
        if number is None:
            return self._say("vanished")
        if number != one.number:
            return self._say("renumbered", number=number)
        if not is_good_number(one.suggestion):
            return self._say("bad_suggestion", number=one.suggestion)
        if one.suggestion == number:
            return self._say("keeps_number", number=number)
        return self._say("taken", number=one.suggestion) if folded(one.suggestion) in taken else ""

    def _failed(self, failure: ShopError) -> str:
        if isinstance(failure, NotKept):
            return self._say("not_kept")
        return self._say("vanished") if isinstance(failure, Vanished) else failure.message

    def _say(self, key: str, **values: object) -> str:
        return outcome_text(key, self._language, **values)

    async def _tell_rest(self, outcome: NumbersFixed) -> None:
        """Report the list without the written numbers. A number with only one holder left is no longer a duplicate."""
        if self._checked is None:
            return
        gone = {(fix.article_uid, fix.variant_uid) for fix in outcome.fixes if not fix.error}
        rest = [bad for bad in self._checked.problems if (bad.article_uid, bad.variant_uid) not in gone]
        holders: dict[str, int] = {}
        for bad in rest:
            holders[folded(bad.number)] = holders.get(folded(bad.number), 0) + 1
        lasting = tuple(bad for bad in rest if bad.problem.code != "duplicate" or holders[folded(bad.number)] > 1)
        self._checked = replace(self._checked, problems=lasting)
        self._context.emit(self._checked)


def _place(bad: BadNumber) -> ArticleRef:
    return ArticleRef(bad.article_uid, bad.variant_uid)


def _shows(article: Article | None, place: ArticleRef, number: str) -> bool:
    return article is not None and _number_of(article, place.variant_uid) == number


def _number_of(article: Article, variant_uid: int | None) -> str | None:
    if variant_uid is None:
        return article.article_number
    return next((own_number(article, one) for one in article.variants if one.uid == variant_uid), None)
