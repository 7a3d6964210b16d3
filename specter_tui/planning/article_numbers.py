"""Article numbers: find those that Specter does not take, say why, and suggest replacements."""

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from types import MappingProxyType

from anyascii import anyascii

from specter_tui.abicart.catalog_models import Article, Variant, in_language
from specter_tui.abicart.models import OrderItem
from specter_tui.planning.problems import Problem

LONGEST = 50
"""Longest article number that is sent (wires: S-article-number)."""

_GOOD = re.compile(rf"[A-Za-z0-9._-]{{1,{LONGEST}}}")
_MOST_SPELLINGS = 5
_BLANK = re.compile(r"\s")
_BAD_RUN = re.compile(r"[^A-Za-z0-9._-]+")
_DASHES = re.compile(r"-{2,}")


@dataclass(frozen=True, slots=True)
class BadNumber:
    """A number that cannot be exported, on an article or on one of its variants."""

    article_uid: int
    variant_uid: int | None
    name: str
    number: str
    problem: Problem
    suggestion: str
    keeps: bool = False
    """True if this one keeps a number that several have; its suggestion is then that number."""


Sent = Mapping[str, tuple[int | None, int | None]]
"""By number: the uids of the article and variant that were sent under it, as far as known. Only numbers that Specter
has."""


@dataclass(frozen=True, slots=True)
class _Sold:
    """An article without variants, or a variant: one thing that a customer can put in the cart."""

    article_uid: int
    variant_uid: int | None
    name: str
    number: str
    stock: Decimal
    name_for_number: str
    """The name that a number can be made from: always the Swedish one, so that the suggestion is the same in every
    language."""


def is_good_number(number: str) -> bool:
    """Return whether Specter takes the number.

    It may have ASCII letters, digits, `-`, `_` and `.`, and no space (wires: S-article-number).
    """
    return _GOOD.fullmatch(number) is not None


def number_of(item: OrderItem, article: Article | None) -> tuple[str, bool]:
    """Return the number to send for a row, and True if it comes from the article or variant as they are now.

    The row's own number is the one that was ordered. Only a missing or bad one is replaced, and only by a good one.
    """
    if not is_good_number(item.article_number) and article is not None:
        number = _number_now(item, article)
        if is_good_number(number):
            return number, True
    return item.article_number, False


def check_numbers(
    articles: Iterable[Article],
    language: str,
    sent: Sent = MappingProxyType({}),
    sold: Mapping[int, int] = MappingProxyType({}),
) -> list[BadNumber]:
    """Return the bad numbers of the whole catalogue, by article and variant uid; names are in `language`.

    Packages are not exported and not checked. Numbers that differ only in case or outer spaces are duplicates, and each
    holder is reported. One holder keeps the number: the one that was sent to Specter, else the one with stock or sales
    (`sold`, by article), else the older. Suggestions differ from every number in the catalogue and from each other, and
    do not depend on the catalogue's order.
    """
    catalogue = sorted(articles, key=lambda article: article.uid)
    all_sold = [one for article in catalogue if not article.is_package for one in _sold(article, language)]
    holders: dict[str, list[_Sold]] = {}
    for one in all_sold:
        holders.setdefault(folded(one.number), []).append(one)
    groups = {number: held for number, held in holders.items() if len(held) > 1}
    keepers = {_keeper(held, sent, sold) for held in groups.values()}
    spellings = {number: list(dict.fromkeys(one.number for one in held)) for number, held in groups.items()}
    suggest = _Suggestions(_all_numbers(catalogue))
    found: list[BadNumber] = []
    for one in all_sold:
        shared = folded(one.number)
        problem = _problem(one, len(holders[shared]), spellings.get(shared, ()))
        if problem is None:
            continue
        keeps = problem.code == "duplicate" and one in keepers
        suggestion = one.number if keeps else suggest.number(one)
        found.append(BadNumber(one.article_uid, one.variant_uid, one.name, one.number, problem, suggestion, keeps))
    return found


def folded(number: str) -> str:
    """Return the number without case and outer spaces, to compare: Specter's database may not tell those apart."""
    return number.strip().casefold()


def _keeper(held: Sequence[_Sold], sent: Sent, sold: Mapping[int, int]) -> _Sold:
    """Return the holder of a shared number that keeps it."""

    def rank(one: _Sold) -> tuple[bool, bool, bool, int, int]:
        was_sent = sent.get(one.number) == (one.article_uid, one.variant_uid)
        in_use = one.stock > 0 or sold.get(one.article_uid, 0) > 0
        return not is_good_number(one.number), not was_sent, not in_use, one.article_uid, one.variant_uid or 0

    return min(held, key=rank)


def own_number(article: Article, variant: Variant) -> str:
    """Return the variant's number, or the article's where the variant has none (wires: A-variants)."""
    return variant.overrides.article_number or article.article_number


def _number_now(item: OrderItem, article: Article) -> str:
    """Return the article's number.

    For an article with variants, that of the only variant whose options were all chosen.
    """
    if not article.variants:
        return article.article_number
    chosen = item.chosen.items()
    fitting = [variant for variant in article.variants if variant.defined_by.items() <= chosen]
    return own_number(article, fitting[0]) if len(fitting) == 1 else ""


def _sold(article: Article, language: str) -> Iterable[_Sold]:
    name, lasting = in_language(article.name, language), in_language(article.name, "sv")
    stock = (article.stock.stock if article.stock else None) or Decimal(0)
    if not article.variants:
        yield _Sold(article.uid, None, name, article.article_number, stock, lasting)
    for variant in sorted(article.variants, key=lambda variant: variant.uid):
        held = variant.overrides.stock or Decimal(0)
        yield _Sold(article.uid, variant.uid, name, own_number(article, variant), held, lasting)


def _all_numbers(catalogue: Iterable[Article]) -> Iterable[str]:
    for article in catalogue:
        yield article.article_number
        for variant in article.variants:
            yield own_number(article, variant)


def _problem(one: _Sold, holders: int, spellings: Sequence[str]) -> Problem | None:
    number = one.number
    if not number:
        return Problem("empty", "articleNumber")
    if number != number.strip() and not _BLANK.search(number.strip()):
        return Problem("spaces", "articleNumber", (("case", "edge"), ("number", number)))
    if _BLANK.search(number):
        return Problem("spaces", "articleNumber", (("number", number),))
    bad = "".join(dict.fromkeys(_BAD_RUN.findall(number)))
    if bad:
        return Problem("characters", "articleNumber", (("number", number), ("characters", bad)))
    if len(number) > LONGEST:
        values = (("number", number), ("length", str(len(number))), ("longest", str(LONGEST)))
        return Problem("too_long", "articleNumber", values)
    return _shared(number, holders, spellings) if holders > 1 else None


def _shared(number: str, holders: int, spellings: Sequence[str]) -> Problem:
    if len(spellings) == 1:
        return Problem("duplicate", "articleNumber", (("number", number), ("count", str(holders))))
    shown = ", ".join(spellings[:_MOST_SPELLINGS]) + (" …" if len(spellings) > _MOST_SPELLINGS else "")
    values = (("case", "spelling"), ("number", number), ("count", str(len(spellings))), ("spellings", shown))
    return Problem("duplicate", "articleNumber", values)


class _Suggestions:
    """Makes unused numbers. Upper and lower case count as one, because Specter may not tell them apart."""

    def __init__(self, taken: Iterable[str]) -> None:
        self._taken = {number.casefold() for number in taken}
        self._next: Counter[str] = Counter()

    def number(self, one: _Sold) -> str:
        """Return the nearest good number: letters without accents, dashes for other signs, a suffix if it is taken."""
        base = _ascii(one.number) or _ascii(one.name_for_number) or f"art-{one.article_uid}"
        base = base[:LONGEST].rstrip("-")
        number = base
        while number.casefold() in self._taken:
            # Each base remembers its last suffix, so that thousands of equal numbers take no longer than others.
            self._next[base.casefold()] += 1
            suffix = f"-{self._next[base.casefold()] + 1}"
            number = base[: LONGEST - len(suffix)] + suffix
        self._taken.add(number.casefold())
        return number


def _ascii(text: str) -> str:
    return _DASHES.sub("-", _BAD_RUN.sub("-", anyascii(text))).strip("-")
