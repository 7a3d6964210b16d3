"""A program that serves two shops of one API user is killed at any point: no row is lost or acknowledged unread."""

import os
import signal
from pathlib import Path

import pytest

from specter_tui.engine.service import ShopService
from tests.faults.dying import Die
from tests.faults.programs import Program
from tests.support.shared_account import (
    FIRST,
    OF_BOTH,
    OF_FIRST,
    OF_NOBODY,
    OF_SECOND,
    SECOND,
    ServedShops,
    shared_account,
    shown,
)
from tests.support.shop_folders import shop_file

pytestmark = pytest.mark.usefixtures("quick_retries", "second_looks")
POINTS = [
    *((when, "batches.begin", nth) for nth in (1, 2) for when in ("before", "after")),
    *((when, "specter.stock_batch", 1) for when in ("before", "after")),
    *((when, "batches.keep", nth) for nth in (1, 2) for when in ("before", "after")),
    *(
        (when, verb, 1)
        for verb in ("stock.written", "specter.acknowledge", "batches.acknowledged")
        for when in ("before", "after")
    ),
]


def serve_and_die(folder: Path, when: str, verb: str, nth: int, settings: list[dict[str, str]]) -> None:
    for one in settings:
        shop_file(folder / "shops", one["ABICART__WEBSHOP"], one)
    environment = {name: value for name, value in os.environ.items() if "__" not in name}
    words = ("watch", "--once", "--settings", str(folder / "shops"))
    program = Program(folder, words, environment, first=Die(when, verb, nth))
    assert program.end() == -signal.SIGKILL, program.err


def assert_nothing_is_lost(account, settings, goes_on: int) -> None:
    with ServedShops(*settings) as served:
        for shop in (goes_on, FIRST, SECOND):
            outcome = served.engine(shop).ask(ShopService.pull_stock).result(60)
    assert [one.article_number for one in outcome.unknown] == [OF_NOBODY]
    assert (shown(account.first, OF_FIRST), shown(account.first, OF_BOTH)) == (7, 9)
    assert (shown(account.second, OF_SECOND), shown(account.second, OF_BOTH)) == (8, 9)
    queue = account.specter.user.stock
    assert queue.open is None
    assert not queue.waiting
    assert account.first.ledger.complaints == []


@pytest.mark.parametrize(("when", "verb", "nth"), POINTS, ids=["-".join(map(str, point)) for point in POINTS])
def test_the_next_program_goes_on_whichever_shop_it_begins_with(tmp_path, when, verb, nth):
    with shared_account(tmp_path, orders=1) as account:
        settings = [account.settings(account.first), account.settings(account.second)]
        account.count(ALFA=1, BETA=2, BADA=3, INGEN=4)
        serve_and_die(tmp_path, when, verb, nth, settings)
        account.count(ALFA=7, BETA=8)
        serve_and_die(tmp_path, when, verb, 1, settings)
        account.count(BADA=9)
        assert_nothing_is_lost(account, settings, FIRST if when == "before" else SECOND)


@pytest.mark.parametrize("nth", [1, 2])
def test_so_it_does_with_journals_at_one_server(tmp_path, server_url, nth):
    with shared_account(tmp_path, orders=1) as account:
        settings = [account.settings(one, JOURNAL__URL=server_url) for one in (account.first, account.second)]
        account.count(ALFA=1, BETA=2, BADA=3, INGEN=4)
        serve_and_die(tmp_path, "after", "batches.keep", nth, settings)
        account.count(ALFA=7, BETA=8, BADA=9)
        assert_nothing_is_lost(account, settings, SECOND)
