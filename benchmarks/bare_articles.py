"""The yardstick of the article export: the same forms, a hundred a call, in a bare httpx loop."""

import asyncio
import os
import time
from collections import Counter
from collections.abc import Iterator
from itertools import islice

import httpx

from benchmarks.bare import FORM, Account, as_it_comes
from benchmarks.sandboxes import read_catalogue
from specter_tui.export.articles import article_forms
from specter_tui.settings import Settings, load_settings
from specter_tui.specter.client import MOST_ARTICLES

Call = tuple[str, bytes]


async def bare_articles_per_second(settings: Settings) -> float:
    """Send every article of a fresh sandbox, LIMITS__CONCURRENCY calls at once."""
    account = Account(settings)
    articles, currency = await read_catalogue(settings)
    forms = [form for article in articles for form in article_forms(article, currency, "sv")[0]]
    holders = Counter(form.number for form in forms)
    rest = (form for form in forms if holders[form.number] == 1)
    calls = []
    while lot := list(islice(rest, MOST_ARTICLES)):
        calls.append(account.article_call(lot))
    async with httpx.AsyncClient(timeout=30, trust_env=False) as client:
        left = iter(calls)
        started = time.perf_counter()
        await asyncio.gather(*(_work(client, left) for _ in range(settings.limits.concurrency)))
        return holders.total() / (time.perf_counter() - started)


async def _work(client: httpx.AsyncClient, calls: Iterator[Call]) -> None:
    for url, body in calls:
        answer = await client.post(url, content=body, headers=FORM)
        assert answer.text.startswith("1;"), answer.text


if __name__ == "__main__":
    as_it_comes()
    print(asyncio.run(bare_articles_per_second(load_settings(None, os.environ))))
