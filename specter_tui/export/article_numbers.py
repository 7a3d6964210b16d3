"""Article numbers: which ones Specter takes, what is wrong with the others, and what they could be instead."""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from specter_tui.abicart.documents import Article, OrderItem
from specter_tui.export.problems import Problem

LONGEST = 50
"""Longest article number that is sent (wires: S-article-number)."""

_GOOD = re.compile(rf"[A-Za-z0-9._-]{{1,{LONGEST}}}")


@dataclass(frozen=True, slots=True)
class BadNumber:
    """A number that cannot be exported, on an article or on one of its variants."""

    article_uid: int
    variant_uid: int | None
    name: str
    number: str
    problem: Problem
    suggestion: str


def is_good_number(number: str) -> bool:
    """Whether Specter takes it: ASCII letters, digits, `-`, `_` and `.`, no space (wires: S-article-number)."""
    return _GOOD.fullmatch(number) is not None


def check_numbers(articles: Iterable[Article], language: str) -> list[BadNumber]:
    """The bad numbers of the whole catalogue, with suggestions; names are in `language`."""
    raise NotImplementedError


def number_of(item: OrderItem, article: Article | None) -> tuple[str, bool]:
    """The number to send for a row, and whether it was taken from the article or variant as they are now."""
    raise NotImplementedError
