"""Calls to the shop: pages that lose nothing, numbers written back in batches."""

import asyncio
import json
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from specter_tui.abicart.document_lists import PAGE, DocumentLists
from specter_tui.abicart.errors import RpcError, ShopOutOfReach
from specter_tui.abicart.jsonrpc import JsonRpcClient
from specter_tui.abicart.models import Order, UnreadableOrder
from specter_tui.abicart.shop import ShopClient
from specter_tui.sandbox.server.faults import Fault
from tests.abicart.shops import Call, asking, by_call, calls_of, gathered, key_of, uids
from tests.engine.shop import placed
from tests.support.raw_server import Line

pytestmark = pytest.mark.usefixtures("quick_retries")
LONG_AGO = datetime(2020, 1, 1, tzinfo=UTC)
SOON = datetime(2126, 1, 1, tzinfo=UTC)


async def test_every_placed_order_is_found_once_with_items_and_payments(stocked) -> None:
    sandbox = stocked(orders=2 * PAGE + 5, plain=True)
    async with JsonRpcClient(key_of(sandbox)) as rpc:
        found = await gathered(ShopClient(rpc).orders("ordered", LONG_AGO, SOON))
    assert uids(found) == placed(sandbox)
    assert all(isinstance(order, Order) and order.items and order.payments[0].status for order in found)
    assert sandbox.ledger.calls()["shop"] == {"Order.list": 4}, "the last one is empty"
    assert sandbox.ledger.complaints == []


async def test_the_window_has_two_ends(stocked) -> None:
    sandbox = stocked(orders=20, plain=True)
    times = sorted(order["ordered"] for order in sandbox.shop.orders())
    since, until = (datetime.fromisoformat(times[place]) for place in (4, 9))
    async with JsonRpcClient(key_of(sandbox)) as rpc:
        found = await gathered(ShopClient(rpc).orders("ordered", since, until))
    assert sorted(order.ordered for order in found) == [datetime.fromisoformat(one) for one in times[4:10]]


async def test_no_order_is_skipped_when_others_leave_the_window_while_it_is_read(stocked) -> None:
    sandbox = stocked(orders=2 * PAGE + 50, plain=True)
    until = datetime.now(UTC)
    found: list[int] = []
    async with JsonRpcClient(key_of(sandbox)) as rpc:
        async for page in ShopClient(rpc).orders("changed", LONG_AGO, until):
            found += uids(page)
            with sandbox.shop.lock:
                for uid in uids(page):
                    sandbox.shop.tables["Order"][uid]["changed"] = "2126-01-01T00:00:00Z"
    assert found == placed(sandbox)


async def test_orders_that_come_twice_or_out_of_order_are_all_read() -> None:
    newest_first = [*range(PAGE + 1, 1, -1), 2]

    def answer(call: Call) -> dict[str, Any]:
        selection: Any = call["params"][1]
        wanted = selection["filters"].get("/uid", {}).get("in", newest_first)
        page = [uid for uid in newest_first if uid in wanted][selection.get("offset", 0) :][: selection["limit"]]
        return {"result": [{"uid": uid, "costs": {"cart": {"incVat": 1}, "total": {"incVat": 1}}} for uid in page]}

    async with asking(by_call(answer)) as (rpc, _):
        found = await gathered(ShopClient(rpc).orders("ordered", LONG_AGO, SOON))
    assert set(uids(found)) == set(newest_first)


@pytest.mark.parametrize(("of", "held"), [(PAGE, True), (PAGE - 1, False)])
async def test_a_shop_that_does_not_know_how_to_page_hides_no_order(of: int, held: bool) -> None:
    page = [{"uid": uid, "costs": {}} for uid in range(of, 0, -1)]
    async with asking(by_call(lambda _: {"result": page})) as (rpc, server):
        reading = gathered(ShopClient(rpc).orders("ordered", LONG_AGO, SOON))
        if held:
            with pytest.raises(ShopOutOfReach, match="page by page"):
                await reading
        else:
            assert set(uids(await reading)) == set(range(1, PAGE))
    assert len(server.seen) < 6


async def test_orders_are_read_by_uid_a_hundred_a_call(stocked) -> None:
    sandbox = stocked(orders=PAGE + 3, plain=True)
    async with JsonRpcClient(key_of(sandbox)) as rpc:
        found = await gathered(ShopClient(rpc).orders_by_uid([*placed(sandbox), 1, 149_999]))
    assert uids(found) == placed(sandbox)
    assert sandbox.ledger.calls()["shop"] == {"Order.list": 3}, "those that did not come are asked for once more"


HEALTHY = (
    b'{"uid": %d, "orderNumber": "%d", "ordered": "2026-01-01T00:00:00Z",'
    b' "costs": {"cart": {"incVat": 10.5}, "total": {"incVat": 10.5}}}'
)


@pytest.mark.parametrize(
    "poison",
    [
        b"NaN",
        b"Infinity",
        b"-Infinity",
        b"1e999999",
        b"1e99999999999999999999",
        b"9" * 30,
        b"9" * 5000,
        b"[]",
        b'"ten"',
    ],
)
async def test_one_poisoned_number_spoils_one_order_only(poison: bytes) -> None:
    sick = HEALTHY % (2, 1002)
    orders = b",".join([HEALTHY % (1, 1001), sick.replace(b"10.5", poison), HEALTHY % (3, 1003)])
    answer = b'{"jsonrpc": "2.0", "id": %d, "result": [' + orders + b"]}"
    async with asking(by_call(lambda call: answer % call["id"])) as (rpc, _):
        first, second, third = await gathered(ShopClient(rpc).orders("ordered", LONG_AGO, SOON))
    assert isinstance(first, Order)
    assert isinstance(third, Order)
    assert isinstance(second, UnreadableOrder)
    assert (second.uid, second.number) == (2, "1002")
    assert second.problem.startswith("costs/cart/incVat: ")


async def test_what_is_no_order_at_all_is_passed_over() -> None:
    orders = [None, 7, "x", [], {}, {"uid": None}, {"uid": "abc"}, {"uid": 1.5}, {"uid": "12", "costs": {}}]
    async with asking(by_call(lambda _: {"result": orders})) as (rpc, _):
        (only,) = await gathered(ShopClient(rpc).orders("ordered", LONG_AGO, SOON))
    assert only.uid == 12


@pytest.mark.parametrize("answer", [None, {}, 7, "orders"])
async def test_an_answer_that_is_no_list_is_out_of_reach(answer: Any) -> None:
    async with asking(by_call(lambda _: {"result": answer})) as (rpc, _):
        with pytest.raises(ShopOutOfReach, match="no list"):
            await gathered(ShopClient(rpc).orders("ordered", LONG_AGO, SOON))


async def test_numbers_go_home_twenty_at_a_time(stocked) -> None:
    sandbox = stocked(orders=45, plain=True)
    numbers = {uid: str(90_000 + place) for place, uid in enumerate(placed(sandbox))}
    async with JsonRpcClient(key_of(sandbox)) as rpc:
        outcome = await ShopClient(rpc).write_back(numbers)
    assert outcome == dict.fromkeys(numbers)
    assert {order["uid"]: order["externalOrderNumber"] for order in sandbox.shop.orders()} == numbers
    assert sandbox.ledger.complaints == []


async def test_numbers_travel_in_batches_and_the_last_one_may_be_alone() -> None:
    async with asking(by_call(lambda call: {"result": call["params"][1] | {"uid": call["params"][0]}})) as (
        rpc,
        server,
    ):
        await ShopClient(rpc).write_back({uid: str(uid) for uid in range(1, 42)})
    sizes = [len(call) if isinstance(call, list) else 1 for call in calls_of(server)]
    assert sizes == [20, 20, 1]
    last: Any = calls_of(server)[-1]
    assert last["method"] == "Order.set"
    assert last["params"] == [41, {"externalOrderNumber": "41"}, ["uid", "externalOrderNumber"]]


async def test_each_number_has_an_outcome_of_its_own(stocked) -> None:
    sandbox = stocked(orders=3, plain=True)
    one, two, three = placed(sandbox)
    async with JsonRpcClient(key_of(sandbox)) as rpc:
        outcome = await ShopClient(rpc).write_back({one: "1", 404: "2", two: "3", three: "4"})
    assert [uid for uid, error in outcome.items() if error is None] == [one, two, three]
    assert isinstance(outcome[404], RpcError)


@pytest.mark.parametrize("kept", ["another", ""])
async def test_a_number_that_the_shop_did_not_keep_is_told(kept: str) -> None:
    shown = {"uid": 1, "externalOrderNumber": kept}
    answers = by_call(lambda call: {"result": shown if call["method"] == "Order.set" else [shown]})
    async with asking(answers) as (rpc, _):
        outcome = await ShopClient(rpc).write_back({1: "90001"})
    assert isinstance(outcome[1], ShopOutOfReach)


@pytest.mark.parametrize(
    "answer", [True, None, {}, [], {"uid": 2, "externalOrderNumber": "90001"}, {"uid": 1}, "90001"]
)
@pytest.mark.parametrize("stored", ["90001", "", None, "90002", True])
async def test_fault_62_what_the_shop_shows_is_what_counts(answer: Any, stored: Any) -> None:
    document = {"uid": 1, "externalOrderNumber": stored}
    answers = by_call(lambda call: {"result": answer if call["method"] == "Order.set" else [document]})
    async with asking(answers) as (rpc, server):
        outcome = await ShopClient(rpc).write_back({1: "90001"})
    assert (outcome[1] is None) is (stored == "90001")
    assert len(server.seen) >= 2, "it was read again"


async def test_a_lost_answer_to_a_write_back_is_asked_again(stocked) -> None:
    sandbox = stocked(orders=1, plain=True)
    (uid,) = placed(sandbox)
    sandbox.faults["shop"].add(Fault(kind="lost", call="Order.set", after=True, times=2))
    async with JsonRpcClient(key_of(sandbox)) as rpc:
        assert await ShopClient(rpc).write_back({uid: "90001"}) == {uid: None}
    assert sandbox.ledger.calls()["shop"] == {"Order.set": 3}


@pytest.mark.parametrize("most", [PAGE, 250, 1000])
async def test_a_catalogue_is_read_whole_whatever_a_shop_gives_at_once(most) -> None:
    catalogue = [{"uid": uid} for uid in range(1, 1004)]

    def answer(call: Call) -> dict[str, Any]:
        selection: Any = call["params"][1]
        above = selection.get("filters", {}).get("/uid", {"min": 1})["min"]
        return {"result": catalogue[above - 1 :][: min(most, selection["limit"])]}

    async with asking(by_call(answer)) as (rpc, server):
        assert len(await gathered(ShopClient(rpc).articles())) == 1003
    assert len(server.seen) == {PAGE: 12, 250: 6, 1000: 4}[most]


async def test_the_next_page_is_on_its_way_while_one_is_looked_at() -> None:
    first = [{"uid": uid} for uid in range(1, PAGE + 1)]

    async def talk(line: Line) -> None:
        asked = json.loads((await line.read()).body)
        await line.answer(json.dumps({"jsonrpc": "2.0", "id": asked["id"], "result": first}).encode())
        while True:  # The next page is asked for, and never comes.
            await line.read()

    async with asking(talk) as (rpc, server):
        reading = DocumentLists(rpc).pages("Article.list", ["uid"], {})
        assert len(await anext(reading)) == PAGE
        while len(server.seen) < 2:  # noqa: ASYNC110 - the server has its own loop
            await asyncio.sleep(0.01)
        await reading.aclose()
        assert not [task for task in asyncio.all_tasks() if "_page" in str(task)], "and nobody is left to read it"


async def test_the_catalogue_and_the_methods_are_read(stocked) -> None:
    sandbox = stocked(orders=0, articles=PAGE + 7)
    async with JsonRpcClient(key_of(sandbox)) as rpc:
        shop = ShopClient(rpc)
        articles = await gathered(shop.articles())
        assert await shop.count_articles() == len(articles) == PAGE + 7
        assert len(await shop.articles_by_uid(uids(articles))) == PAGE + 7
        assert {method.type for method in await shop.payment_methods()} >= {"card", "cod"}
        assert await shop.delivery_methods()
        webshop = await shop.webshop(int(sandbox.settings["ABICART__WEBSHOP"]))
    assert webshop.base_currency == "SEK"
    assert any(article.is_package for article in articles)
    assert any(article.variants for article in articles)
    assert sandbox.ledger.complaints == []


async def test_a_shop_that_will_not_count_is_no_trouble() -> None:
    def answer(call: Call) -> dict[str, Any]:
        return {"result": None if call["method"] == "Article.count" else {"uid": "x"}}

    async with asking(by_call(answer)) as (rpc, _):
        assert await ShopClient(rpc).count_articles() is None
        with pytest.raises(ShopOutOfReach, match="the shop itself cannot be read"):
            await ShopClient(rpc).webshop(1)


async def test_the_overlap_of_a_window_is_asked_in_whole_seconds_utc() -> None:
    async with asking(by_call(lambda _: {"result": []})) as (rpc, server):
        since = datetime(2026, 3, 29, 1, 59, 59, 999_999, tzinfo=UTC)
        await gathered(ShopClient(rpc).orders("changed", since, since + timedelta(hours=1)))
    asked: Any = calls_of(server)[0]
    selection = asked["params"][1]
    assert selection["filters"] == {"/changed": {"min": "2026-03-29T01:59:58Z", "max": "2026-03-29T02:59:59Z"}}
    assert (selection["sort"], selection["limit"]) == ("uid", PAGE)
