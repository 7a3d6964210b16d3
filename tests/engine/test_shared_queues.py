"""Two shops on one Specter API user, served by one process: each row goes to whose article or order it is."""

from collections.abc import Iterator

import pytest

from specter_tui.engine.events import StockApplied
from specter_tui.sandbox.shop.patch_rules import write_by_hand
from specter_tui.sandbox.specter.operations import add_stock_row
from tests.support.shared_account import (
    FIRST,
    OF_BOTH,
    OF_FIRST,
    OF_NOBODY,
    OF_SECOND,
    SECOND,
    ServedShops,
    SharedAccount,
    counted,
    shared_account,
    shown,
)

pytestmark = pytest.mark.usefixtures("quick_retries", "second_looks")


@pytest.fixture
def account(tmp_path) -> Iterator[SharedAccount]:
    with shared_account(tmp_path) as made:
        yield made


@pytest.fixture
def served(account) -> Iterator[ServedShops]:
    with ServedShops(account.settings(account.first), account.settings(account.second)) as made:
        yield made


def pull(served: ServedShops, shop: int) -> StockApplied:
    return served.engine(shop).pull_stock().result(60)


def missing(outcome: StockApplied) -> list[str]:
    return [one.article_number for one in outcome.unknown]


def test_each_row_of_stock_goes_to_the_shop_that_sells_it_and_nobodys_is_listed(account, served):
    account.count(ALFA=3, BETA=4, BADA=5, INGEN=6)
    add_stock_row(account.specter, "", "9")
    first, second = pull(served, FIRST), pull(served, SECOND)
    assert (shown(account.first, OF_FIRST), shown(account.first, OF_BOTH)) == (3, 5)
    assert (shown(account.second, OF_SECOND), shown(account.second, OF_BOTH)) == (4, 5)
    assert (first.rows, second.rows) == (5, 0)
    assert OF_SECOND not in missing(first)
    assert missing(pull(served, FIRST)) == missing(second) == [OF_NOBODY]
    assert [len(one.for_person) for one in (first, second)] == [1, 0]
    queue = account.specter.user.stock
    assert queue.open is None
    assert not queue.waiting
    assert account.first.ledger.complaints == account.second.ledger.complaints == []


@pytest.mark.parametrize("finder", [FIRST, SECOND])
def test_nobodys_row_is_written_when_its_article_comes_to_one_of_the_shops(account, served, finder):
    account.count(INGEN=6)
    pull(served, FIRST)
    sandbox = account.first if finder == FIRST else account.second
    write_by_hand(sandbox.shop, "Article", counted(sandbox)[3], {"articleNumber": OF_NOBODY})
    assert missing(pull(served, finder)) == []
    assert shown(sandbox, OF_NOBODY) == 6
    assert missing(pull(served, FIRST)) == missing(pull(served, SECOND)) == []
