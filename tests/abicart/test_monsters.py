"""Broken or hostile documents: each fails alone, in bounded time, and is named where possible."""

import json
import time
from typing import Any

import pytest

from specter_tui.abicart.document_lists import PAGE
from specter_tui.abicart.models import Order, UnreadableOrder
from specter_tui.abicart.shop import ShopClient
from tests.abicart.shops import Call, asking, by_call, gathered
from tests.abicart.test_shop import LONG_AGO, SOON

pytestmark = pytest.mark.usefixtures("quick_retries")
COST = {"incVat": 10.5}


def order(uid: Any, **changes: Any) -> dict[str, Any]:
    costs = {"cart": COST, "total": COST}
    return {"uid": uid, "orderNumber": f"10{uid}", "ordered": "2026-01-01T00:00:00Z", "costs": costs} | changes


def listing(*documents: Any, raw: dict[bytes, bytes] | None = None, most: int = PAGE) -> Any:
    """Serve these orders, with `raw` inserted as invalid JSON; at most `size` at once."""

    def answer(call: Call) -> bytes:
        query, selection = call["params"]
        filters = selection.get("filters", {}).get("/uid", {})
        least, wanted = filters.get("min", 0), filters.get("in")

        def shown(one: Any) -> bool:
            uid = one.get("uid") if isinstance(one, dict) else None
            known = uid if type(uid) is int else 0
            return known in wanted if wanted is not None else known >= least

        some = [one for one in documents if shown(one)][: min(selection["limit"], most)]
        if query == ["uid"]:
            some = [{"uid": one["uid"]} for one in some]
        body = json.dumps({"jsonrpc": "2.0", "id": call["id"], "result": some}).encode()
        for mark, bytes_ in (raw or {}).items():
            body = body.replace(mark, bytes_)
        return body

    return by_call(answer)


async def read(talk: Any) -> list[Any]:
    async with asking(talk) as (rpc, _):
        return await gathered(ShopClient(rpc).orders("ordered", LONG_AGO, SOON))


PLACES: dict[str, dict[str, Any]] = {
    "amount": {"costs": {"cart": COST, "total": {"incVat": "MARK"}}},
    "number": {"orderNumber": "MARK"},
    "currency": {"currency": "MARK"},
    "choice": {"items": [{"uid": 1, "choices": {"quantity": "MARK"}, "costs": {"unit": COST, "total": COST}}]},
    "item": {"items": [{"uid": "MARK", "costs": {"unit": COST, "total": COST}}]},
    "items": {"items": "MARK"},
    "payment": {"payments": ["MARK"]},
    "payments": {"payments": "MARK"},
    "method": {"delivery": {"method": "MARK"}},
    "discarded": {"discarded": "MARK"},
    "changed": {"changed": "MARK"},
    "customer": {"customer": "MARK"},
    "info": {"customer": {"info": {"door": "MARK", "email": "MARK"}}},
    "address": {"customer": {"address": {"firstName": "MARK", "copyAddress": "MARK"}}},
    "discounts": {"discountInfo": "MARK"},
    "note": {"note": "MARK"},
    "language": {"language": "MARK"},
    "unknown": {"tags": "MARK"},
}
VALUES = [
    b"1E99999999",
    b"1E-99999999",
    b"-1e999999999999999999999",
    b"0E99999999",
    b"0.0E-99999999",
    b"9" * 100_000,
    b"0." + b"1" * 100_000,
    b"1E40",
    b"NaN",
    b"-Infinity",
    b"true",
    b"null",
    b"[]",
    b"{}",
    b'""',
    b"-1",
    b"9223372036854775808",
    b'"\\ud800"',
    b'"\\u0660\\u0661"',
    b'{"a": 1, "a": 2}',
    b"[" * 200 + b"]" * 200,
    b'"' + "e\u0301\u0327".encode() * 50_000 + b'"',
]


@pytest.mark.timing
@pytest.mark.parametrize("place", PLACES)
async def test_fault_47_any_value_anywhere_stops_no_other_order(place: str) -> None:
    for value in VALUES:
        talk = listing(order(1), order(2, **PLACES[place]), order(3), raw={b'"MARK"': value})
        began = time.monotonic()
        found = {one.uid: one for one in await read(talk)}
        assert time.monotonic() - began < 2, value[:40]
        assert found.keys() == {1, 2, 3}, value[:40]
        assert isinstance(found[1], Order)
        assert isinstance(found[3], Order)


@pytest.mark.parametrize(
    "uid",
    [b"9223372036854775808", b"1E99999999", b"1.5", b"-7", b"0", b"true", b"null", b"[]", b"{}", b'"abc"', b'"1\\n"',
     b'"\\u0661\\u0662"', b'"\\uff11"', b'"\\u00b2"', b"9" * 30, b'"' + b"1" * 5000 + b'"'],
)  # fmt: skip
async def test_fault_49_an_order_without_a_readable_uid_is_counted(uid: bytes) -> None:
    async with asking(listing(order(1), order("MARK"), order(3), raw={b'"MARK"': uid})) as (rpc, _):
        pages = [page async for page in ShopClient(rpc).orders("ordered", LONG_AGO, SOON)]
    assert [one.uid for page in pages for one in page] == [1, 3]
    assert len(pages[0].unnamed) == 1


@pytest.mark.parametrize(
    "ordered", [None, "yesterday", 17, 1e9, "", [], {}, "9999-99-99", "0001-01-01T00:00:00+14:00", True]
)
async def test_fault_49_an_order_without_a_readable_time_is_listed(ordered: Any) -> None:
    first, second = await read(listing(order(1), order(2, ordered=ordered)))
    assert isinstance(first, Order)
    assert isinstance(second, UnreadableOrder)
    assert second.placed
    assert second.problem.startswith("ordered")


async def test_fault_47_a_page_that_is_too_large_is_read_in_parts_down_to_one_order() -> None:
    documents = [order(uid) for uid in range(1, 41)]
    documents[16] |= {"note": "x" * 17_000_000}
    rows = [{"uid": n, "costs": {"unit": COST, "total": COST}, "choices": {"quantity": 1}} for n in range(60_000)]
    documents[30] |= {"items": rows}
    async with asking(listing(*documents)) as (rpc, server):
        found = await gathered(ShopClient(rpc).orders("ordered", LONG_AGO, SOON))
        assert len(server.seen) < 30
        by_uid = await gathered(ShopClient(rpc).orders_by_uid(range(1, 41)))
        assert len(server.seen) < 60
    for orders in (found, by_uid):
        assert [one.uid for one in orders] == list(range(1, 41))
        assert {one.uid for one in orders if isinstance(one, UnreadableOrder)} == {17, 31}
    assert {one.problem for one in found if isinstance(one, UnreadableOrder)} == {"is larger than any order"}


@pytest.mark.parametrize("most", [1, 2, 7, 50, 99])
async def test_fault_65_a_shop_that_gives_fewer_at_once_is_read_whole(most: int) -> None:
    documents = [order(uid) for uid in range(1, 121)]
    async with asking(listing(*documents, most=most)) as (rpc, _):
        assert [one.uid for one in await gathered(ShopClient(rpc).orders("ordered", LONG_AGO, SOON))] == list(
            range(1, 121)
        )
        assert [one.uid for one in await gathered(ShopClient(rpc).orders_by_uid(range(1, 121)))] == list(range(1, 121))


@pytest.mark.parametrize("value", [b"NaN", b"Infinity", b"-Infinity", b"1E99999999", b'[1, {"a": NaN}]'])
@pytest.mark.parametrize(
    "place",
    [
        {"orderNumber": "MARK"},
        {"note": "MARK"},
        {"customer": {"address": {"lastName": "MARK"}}},
        {"customer": {"info": {"own field": "MARK"}}},
        {"items": [{"uid": 1, "articleNumber": "MARK", "costs": {"unit": COST, "total": COST}}]},
        {"items": [{"uid": 1, "choices": {"quantity": 1, "7": "MARK"}, "costs": {"unit": COST, "total": COST}}]},
    ],
)
async def test_what_is_no_number_is_no_text_either(place: dict[str, Any], value: bytes) -> None:
    (found,) = await read(listing(order(1, **place), raw={b'"MARK"': value}))
    assert isinstance(found, UnreadableOrder)
    assert "a number of a size that nothing has" in found.problem
