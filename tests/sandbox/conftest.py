from collections.abc import Iterator
from itertools import count

import pytest

from specter_tui.sandbox.sandbox import Sandbox
from specter_tui.sandbox.server.options import SandboxOptions
from specter_tui.sandbox.specter.change_queues import ChangeQueue
from tests.sandbox.client import ShopClient, SpecterClient


@pytest.fixture(scope="module")
def shared() -> Iterator[Sandbox]:
    with Sandbox(SandboxOptions()) as one:
        yield one


@pytest.fixture
def sandbox(shared: Sandbox) -> Sandbox:
    """The module's sandbox: no faults, calls, or orders in Specter, its queues idle.

    Its shop as earlier tests left it.
    """
    shared.ledger.clear()
    shared.faults["shop"].clear()
    shared.faults["specter"].clear()
    shared.specter.orders.clear()
    shared.specter.customers.clear()
    shared.specter.article_calls.clear()
    for user in shared.specter.users.values():
        user.stock, user.articles, user.orders = ChangeQueue("stock"), ChangeQueue("articles"), ChangeQueue("orders")
    shared.specter.customer_numbers, shared.specter.order_numbers = count(4711), count(90001)
    return shared


@pytest.fixture
def shop(sandbox: Sandbox) -> ShopClient:
    return ShopClient(sandbox)


@pytest.fixture
def specter(sandbox: Sandbox) -> SpecterClient:
    return SpecterClient(sandbox)
