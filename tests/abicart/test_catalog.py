"""Reading and writing the catalogue: pages by uid, batches of 20, each outcome reported separately."""

from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from decimal import Decimal

import pytest

from specter_tui.abicart.catalog import ArticleRef, CatalogClient, Vanished
from specter_tui.abicart.errors import RpcError
from specter_tui.abicart.jsonrpc import JsonRpcClient
from specter_tui.abicart.shop import ShopClient
from specter_tui.sandbox.sandbox import Sandbox
from specter_tui.sandbox.server.faults import Fault
from specter_tui.sandbox.shop.patch_rules import write_by_hand
from tests.abicart.shops import asking, by_call
from tests.support.waiting import wait_for

pytestmark = pytest.mark.usefixtures("quick_retries")


@pytest.fixture
def sandbox(stocked) -> Sandbox:
    return stocked(orders=2, articles=230, plain=True)


@pytest.fixture
async def catalogue(sandbox, settings_for) -> AsyncIterator[CatalogClient]:
    async with JsonRpcClient(settings_for(sandbox).abicart) as rpc:
        yield CatalogClient(ShopClient(rpc))


def calls(sandbox: Sandbox, name: str) -> int:
    return sandbox.ledger.calls()["shop"].get(name, 0)


def simple(sandbox: Sandbox) -> list[int]:
    """Return articles without variants whose stock is counted."""
    articles = sandbox.shop.tables["Article"].values()
    return [one["uid"] for one in articles if not one.get("variants") and one["stock"]["useStock"]]


async def test_the_whole_catalogue_comes_once_with_the_names_of_options(sandbox, catalogue):
    found = [article for page in [page async for page in catalogue.articles()] for article in page]
    assert [article.uid for article in found] == sorted(sandbox.shop.tables["Article"])
    assert calls(sandbox, "Article.list") == 2
    assert await catalogue.count() == 230
    varied = next(article for article in found if article.variants)
    assert varied.choices[0].options[0].name
    assert varied.price.regular["SEK"] > 0
    assert sandbox.ledger.complaints == []


async def test_the_next_page_is_asked_for_while_one_is_looked_at(sandbox, catalogue):
    taken, asked = 0, False
    async for some in catalogue.articles():
        taken += len(some)
        if not asked and taken >= 200:  # This side does nothing more, so that what arrives was sent before.
            asked = wait_for(lambda: calls(sandbox, "Article.list") == 2, "the second call")
    assert (taken, asked) == (230, True)


async def test_only_what_changed_comes_of_a_window(sandbox, catalogue):
    begin = datetime.now(UTC) - timedelta(seconds=5)
    uid = simple(sandbox)[3]
    write_by_hand(sandbox.shop, "Article", uid, {"ean": "1"})
    window = (begin, datetime.now(UTC) + timedelta(seconds=5))
    assert [article.uid async for page in catalogue.articles(window) for article in page] == [uid]
    assert await catalogue.count(window) == 1


async def test_stock_goes_out_twenty_a_request_and_what_vanished_is_named(sandbox, catalogue):
    uids = simple(sandbox)[:45]
    sandbox.shop.remove_article(uids[7])
    variant = next(iter(sandbox.shop.tables["ArticleVariant"].values()))
    places = {ArticleRef(uid): Decimal(n) for n, uid in enumerate(uids)}
    outcome = await catalogue.set_stock(places | {ArticleRef(variant["article"], variant["uid"]): Decimal(-4)})
    assert isinstance(outcome.pop(ArticleRef(uids[7])), Vanished)
    assert set(outcome.values()) == {None}
    assert sandbox.shop.entity("Article", uids[44])["stock"]["stock"] == 44
    assert variant["stock"] == -4


async def test_a_refusal_of_one_stops_no_other(sandbox, catalogue):
    unmanaged = next(uid for uid, one in sandbox.shop.tables["Article"].items() if not one["stock"]["useStock"])
    good = simple(sandbox)[0]
    outcome = await catalogue.set_stock({ArticleRef(unmanaged): Decimal(1), ArticleRef(good): Decimal(2)})
    assert isinstance(outcome[ArticleRef(unmanaged)], RpcError)
    assert outcome[ArticleRef(good)] is None


async def test_numbers_are_written_and_taken_ones_told(sandbox, catalogue):
    first, second = simple(sandbox)[:2]
    outcome = await catalogue.set_numbers({ArticleRef(first): "NY-1", ArticleRef(second): "NY-2"})
    assert set(outcome.values()) == {None}
    assert await catalogue.taken(["NY-1", "NY-3"]) == {"NY-1"}


async def test_orders_are_marked_as_sent_also_twice_and_after_a_lost_answer(sandbox, catalogue):
    uids = [order["uid"] for order in sandbox.shop.orders()]
    sandbox.faults["shop"].add(Fault(kind="lost", call="Order.set", after=True))
    for _ in range(2):
        assert set((await catalogue.mark_sent([*uids, 1])).values()) != {None}
    assert all(sandbox.shop.entity("Order", uid)["deliveryStatus"] == "sent" for uid in uids)


@pytest.mark.parametrize("most", [500, 50, 1])
async def test_numbers_and_methods_beyond_one_answer_are_read_too(most):
    """The shop returns at most a fixed number of entries, whatever limit is asked for."""
    count = max(3 * most, 7)
    asked = []

    def answer(call):
        query, selection = call["params"]
        asked.append(call["method"])
        least = selection.get("filters", {}).get("/uid", {}).get("min", 0)
        uids = range(max(1, least), count + 1)[selection.get("offset", 0) :][: min(most, selection["limit"])]
        parts = [{"uid": uid, "articleNumber": f"N-{uid}", "type": "card", "name": "Kort"} for uid in uids]
        return {"result": [{name: one[name] for name in query if name in one} for one in parts]}

    async with asking(by_call(answer)) as (rpc, _):
        shop = ShopClient(rpc)
        assert len(await CatalogClient(shop).taken(["N-1"])) == count
        assert [one.uid for one in await shop.payment_methods()] == list(range(1, count + 1))
        assert len(await shop.delivery_methods()) == count
    assert len(asked) <= 4 * (count // min(most, 100) + 2)


async def test_a_shop_that_heeds_no_offset_ends_the_reading():
    async with asking(by_call(lambda _: {"result": [{"uid": 1, "name": "Kort"}]})) as (rpc, server):
        assert len(await ShopClient(rpc).payment_methods()) == 1
        assert len(server.seen) == 2
