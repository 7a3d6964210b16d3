"""The set-up's test of a shop whose own description is public: only a list of orders proves the key."""

import asyncio

import pytest

from specter_tui.config.settings import HttpSettings
from specter_tui.engine.checks.connection_test import try_shop
from tests.abicart.shops import by_call, key
from tests.support.raw_server import raw


@pytest.mark.parametrize(
    ("error", "outcome"), [((1004, "Bad auth token"), "refused"), ((1006, "Forbidden"), "refused")]
)
async def test_a_key_is_proven_by_a_list_of_orders(error, outcome):
    asked = []

    def answer(call):
        asked.append(call["method"])
        if call["method"] == "Webshop.get":
            return {"result": {"uid": 22222, "name": "Butiken", "baseCurrency": "SEK"}}
        return {"error": {"code": error[0], "message": error[1]}}

    async with raw(by_call(answer)) as server:
        settings = key(f"{server.address}backend/jsonrpc/v1/")
        tried = await asyncio.to_thread(try_shop, settings, HttpSettings())
    assert (tried.outcome, error[1] in tried.text, "Order.list" in asked) == (outcome, True, True)
