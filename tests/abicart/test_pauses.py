"""The length of the pauses between retries; these tests wait for real."""

import time

from tests.abicart.shops import asking, in_turn, once, result

OK = once(result("ok"))


async def test_the_pause_that_the_shop_asks_for_is_kept() -> None:
    async with asking(in_turn(once(b"", "503 Service Unavailable", "Retry-After: 1"), OK)) as (rpc, _):
        began = time.monotonic()
        assert await rpc.call("Order.list") == "ok"
        assert 0.9 < time.monotonic() - began < 5


async def test_without_one_the_pauses_are_short_at_first() -> None:
    async with asking(in_turn(once(b"", "503 Service Unavailable"), OK)) as (rpc, _):
        began = time.monotonic()
        assert await rpc.call("Order.list") == "ok"
        assert 0.2 < time.monotonic() - began < 5
