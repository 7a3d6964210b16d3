"""Random events: buyers change their orders, and answers are lost."""

from collections import Counter
from collections.abc import Callable
from random import Random

from specter_tui.sandbox.sandbox import Sandbox
from specter_tui.sandbox.server.options import SandboxOptions
from specter_tui.sandbox.shop.buyer_changes import MOST, BuyerChanges
from tests.support.driven_engine import Driven


def quantities(sandbox: Sandbox) -> dict[int, list[int]]:
    shop = sandbox.shop
    return {
        order["uid"]: [shop.entity("OrderItem", item)["choices"]["quantity"] for item in order["items"]]
        for order in shop.visible("Order")
        if "ordered" in order
    }


def test_only_orders_that_specter_has_are_changed_and_never_more_than_five() -> None:
    sandbox = Sandbox(SandboxOptions(plain=True))
    before, orders = quantities(sandbox), sandbox.shop.tables["Order"]
    minds = BuyerChanges(sandbox.shop, Random(1))
    for _ in range(50):
        minds.happen()
    assert quantities(sandbox) == before
    sent = list(before)[:8]
    for uid in sent:
        orders[uid]["externalOrderNumber"] = "90001"
    for _ in range(50):
        minds.happen()
    after = quantities(sandbox)
    changed = {uid for uid in before if before[uid] != after[uid]}
    assert changed <= set(sent)
    assert len(changed) == MOST
    assert all(after.values())


def test_an_order_reaches_specter_though_its_answer_is_lost(
    stocked: Callable[..., Sandbox], driven: Callable[..., Driven]
) -> None:
    sandbox = stocked(orders=5, plain=True, lost_answers=1)
    ended = driven(sandbox, SPECTER__REFUSES_DUPLICATES="false").export()
    assert Counter(one.view.state for one in ended) == {"exported": 4, "unknown": 1}
    assert len(sandbox.specter.orders) == 5
