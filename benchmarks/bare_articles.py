"""The yardstick of the article export: the same pages read and the same forms sent, in a bare httpx loop."""

import asyncio
import json
import os
import time
from collections import Counter
from collections.abc import Iterator
from itertools import islice

import httpx

from benchmarks.bare import FORM, Account, as_it_comes
from benchmarks.sandboxes import read_catalogue
from specter_tui.abicart.catalog import FORM_QUERY
from specter_tui.abicart.shop import MANY
from specter_tui.config.settings import Settings, load_settings
from specter_tui.config.sources import given_in
from specter_tui.planning.articles import article_forms
from specter_tui.specter.client import MOST_ARTICLES

Call = tuple[str, bytes]


async def bare_articles_per_second(settings: Settings) -> dict[str, float]:
    """Read the catalogue of a new sandbox page by page, and send it, LIMITS__CONCURRENCY calls at once.

    The read articles are not used: the forms were encoded in advance.
    """
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
        began = time.perf_counter()
        await _read(client, account.shop_url)
        read = time.perf_counter()
        await asyncio.gather(*(_work(client, left) for _ in range(settings.limits.concurrency)))
        sent = time.perf_counter()
    return {"sent": holders.total() / (sent - read), "read and sent": holders.total() / (sent - began)}


async def _read(client: httpx.AsyncClient, url: str) -> None:
    above, page = 0, [{}] * MANY
    while len(page) == MANY:
        selection = {"filters": {"/uid": {"min": above + 1}}, "sort": "uid", "limit": MANY}
        call = {"jsonrpc": "2.0", "id": above, "method": "Article.list", "params": [FORM_QUERY, selection]}
        page = (await client.post(url, content=json.dumps(call).encode())).json()["result"]
        above = max((article["uid"] for article in page), default=above)


async def _work(client: httpx.AsyncClient, calls: Iterator[Call]) -> None:
    for url, body in calls:
        answer = await client.post(url, content=body, headers=FORM)
        assert answer.text.startswith("1;"), answer.text


if __name__ == "__main__":
    as_it_comes()
    print(json.dumps(asyncio.run(bare_articles_per_second(load_settings(None, given_in(os.environ))))))
