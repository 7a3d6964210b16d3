"""Two shops with one Specter API user, served by one process: each row reaches its article's or order's shop."""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta

import pytest

from specter_tui.abicart.errors import ShopError
from specter_tui.engine.concurrency.named_leases import LeaseHeld
from specter_tui.engine.events import Notice, PollFinished, StockApplied
from specter_tui.engine.queues import batch_queue
from specter_tui.engine.service import ShopService
from specter_tui.journal.errors import QueueShared, QueueWaits
from specter_tui.journal.location import journal_place
from specter_tui.journal.models import LeaseTaken
from specter_tui.journal.opening import open_journal
from specter_tui.journal.safety.operators import current_operator
from specter_tui.sandbox.server.faults import Fault
from specter_tui.sandbox.shop.patch_rules import write_by_hand
from specter_tui.sandbox.specter.operations import add_stock_row, cancel, count_stock, deliver
from tests.engine.shop import Gate
from tests.engine.stock.test_stock_sync import at_specter, in_shop
from tests.faults.mortal import TurnedClock
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
from tests.support.waiting import wait_for

pytestmark = pytest.mark.usefixtures("quick_retries", "second_looks")


@pytest.fixture
def account(tmp_path) -> Iterator[SharedAccount]:
    with shared_account(tmp_path) as made:
        yield made


@pytest.fixture
def served(account) -> Iterator[ServedShops]:
    with ServedShops(account.settings(account.first), account.settings(account.second)) as made:
        yield made


def shops_of(account: SharedAccount) -> ServedShops:
    return ServedShops(account.settings(account.first), account.settings(account.second))


def pull(served: ServedShops, shop: int) -> StockApplied:
    return served.engine(shop).ask(ShopService.pull_stock).result(60)


def export(served: ServedShops, shop: int) -> None:
    served.engine(shop).ask(ShopService.poll).result(60)
    served.engine(shop).ask(ShopService.export_all).result(60)


def held(served: ServedShops, shop: int) -> list[tuple[str, bool]]:
    """Return the shop's journal entries of its own orders in Specter."""
    told = served.engine(shop).ask(ShopService.delivery_records, 100).result(60)
    return sorted((one.specter_number, one.marked_at is not None) for one in told)


@contextmanager
def taken(account: SharedAccount, shop: int) -> Iterator[None]:
    """Let another process empty the queue for the shop."""
    place = journal_place(f"sqlite:///{account.folder / f'journal-{shop}' / 'journal.db'}", shop, "")
    with open_journal(place, shop, current_operator(), clock=TurnedClock([0])) as another:
        assert another.leases.take("stock queue", timedelta(minutes=1)) == LeaseTaken()
        yield
        another.leases.drop("stock queue")


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


def test_each_delivery_goes_to_the_shop_whose_order_it_is(tmp_path):
    with shared_account(tmp_path, orders=2) as account:
        settings = [account.settings(one, STOCK__SYNC="false") for one in (account.first, account.second)]
        with ServedShops(*settings) as served:
            for shop in (FIRST, SECOND):
                export(served, shop)
            numbers = sorted(account.specter.orders)
            assert len(numbers) == 4
            for number in numbers:
                deliver(account.specter, number)
            first = served.engine(FIRST).ask(lambda service: service.deliveries.pull()).result(60)
            assert sorted(int(one.specter_number) for one in first.deliveries) == numbers[:2]
            assert account.specter.user.orders.open is None
            assert not account.specter.user.orders.waiting
            assert held(served, SECOND) == [(str(number), False) for number in numbers[2:]]
            second = served.engine(SECOND).ask(lambda service: service.deliveries.pull()).result(60)
            assert sorted(int(one.specter_number) for one in second.deliveries) == numbers[2:]
            assert held(served, SECOND) == [(str(number), True) for number in numbers[2:]]
        sent = [order["deliveryStatus"] for one in (account.first, account.second) for order in one.shop.orders()]
        assert sent == ["sent"] * 4
        assert account.first.ledger.complaints == account.second.ledger.complaints == []


def test_what_is_cancelled_while_another_shop_fetches_is_told_to_the_shop_whose_order_it_is(tmp_path):
    with (
        shared_account(tmp_path, orders=1) as account,
        ServedShops(account.settings(account.first), account.settings(account.second)) as served,
    ):
        export(served, SECOND)
        (number,) = account.specter.orders
        cancel(account.specter, number)
        served.engine(FIRST).ask(lambda service: service.deliveries.pull()).result(60)
        told = served.engine(SECOND).ask(lambda service: service.deliveries.pull()).result(60)
        assert [(int(one.specter_number), one.cancelled) for one in told.deliveries] == [(number, True)]


def test_a_shop_out_of_reach_keeps_what_is_its_own_and_holds_up_no_other(account, served):
    for shop in (FIRST, SECOND):
        pull(served, shop)
    account.second.faults["shop"].add(Fault(kind="error", times=None))
    account.count(ALFA=3, BETA=4, BADA=5)
    with pytest.raises(ShopError):
        pull(served, SECOND)
    assert pull(served, FIRST).complete
    assert (shown(account.first, OF_FIRST), shown(account.first, OF_BOTH)) == (3, 5)
    assert account.specter.user.stock.open is None
    account.second.faults["shop"].clear()
    pull(served, SECOND)
    assert (shown(account.second, OF_SECOND), shown(account.second, OF_BOTH)) == (4, 5)
    assert account.first.ledger.complaints == []


def test_a_batch_that_a_shop_out_of_reach_has_fetched_is_acknowledged_by_the_other(account, served):
    for shop in (FIRST, SECOND):
        pull(served, shop)
    account.first.faults["shop"].add(Fault(kind="error", call="Article.set", times=None))
    account.first.faults["shop"].add(Fault(kind="error", call="Article.list", times=None))
    account.count(ALFA=3, BETA=4, BADA=5)
    with pytest.raises(ShopError):
        pull(served, FIRST)
    assert account.specter.user.stock.open is not None
    assert pull(served, SECOND).complete
    assert account.specter.user.stock.open is None
    assert (shown(account.second, OF_SECOND), shown(account.second, OF_BOTH)) == (4, 5)
    account.first.faults["shop"].clear()
    pull(served, FIRST)
    assert (shown(account.first, OF_FIRST), shown(account.first, OF_BOTH)) == (3, 5)
    assert account.first.ledger.complaints == []


def test_while_a_shop_is_not_open_nothing_is_fetched_what_is_known_is_written_and_it_is_told_once(account, tmp_path):
    settings = [account.settings(account.first), account.settings(account.second)]
    with ServedShops(*settings) as served:
        account.count(ALFA=3)
        pull(served, FIRST)
    broken = tmp_path / "broken"
    broken.mkdir(mode=0o700)
    (broken / "journal.db").write_bytes(b"not a journal, " * 500)
    (broken / "journal.db").chmod(0o600)
    elsewhere = f"sqlite:///{broken / 'journal.db'}"
    count_stock(account.specter, OF_BOTH, "8")
    (uid,) = [line["article"] for line in account.first.shop.articles() if line["number"] == OF_FIRST]
    write_by_hand(account.first.shop, "Article", uid, {"articleNumber": "ALFA-2"})
    with ServedShops(settings[0], {**settings[1], "JOURNAL__URL": elsewhere}, watch=True) as served:
        served.wait(
            lambda: len([one for one in served.told(FIRST, Notice) if "API user" in one.text]) > 1, "nothing is told"
        )
        polls = len(served.told(FIRST, PollFinished))
        served.wait(lambda: len(served.told(FIRST, PollFinished)) > polls + 3, "it does not look any more")
        told = [one.text for one in served.told(FIRST, Notice) if "API user" in one.text]
        assert sorted(text.partition(":")[0] for text in told) == ["deliveries", "stock"]
        assert all(f"shop {SECOND} " in text and "is not open" in text for text in told)
        assert account.specter.user.stock.waiting
        assert account.specter.user.stock.open is None
    with ServedShops(*settings) as served:
        pull(served, FIRST)
        pull(served, SECOND)
    assert shown(account.first, OF_BOTH) == shown(account.second, OF_BOTH) == 8
    assert account.first.ledger.complaints == []


def test_what_a_shop_sold_before_another_fetches_is_not_taken_off_twice(tmp_path):
    with (
        shared_account(tmp_path, orders=2) as account,
        ServedShops(account.settings(account.first), account.settings(account.second)) as served,
    ):
        served.engine(FIRST).ask(ShopService.pull_stock, everything=True).result(60)
        pull(served, SECOND)
        export(served, SECOND)
        sold = {row.article for order in account.specter.orders.values() for row in order.rows}
        pull(served, FIRST)
        with taken(account, FIRST), pytest.raises(LeaseHeld):
            pull(served, SECOND)  # which fetches nothing itself
        there, offered = at_specter(account.first), in_shop(account.second)
        numbers = sold & there.keys() & offered.keys()
        assert numbers
        assert {number: offered[number] for number in numbers} == {number: there[number] for number in numbers}


def test_a_shop_whose_journal_does_not_answer_is_named_and_nothing_is_acknowledged(account, served, monkeypatch):
    for shop in (FIRST, SECOND):
        pull(served, shop)
    account.count(ALFA=3, BETA=4)
    monkeypatch.setattr(batch_queue, "_PATIENCE", 2.0)
    other = sqlite3.connect(account.folder / f"journal-{SECOND}" / "journal.db", isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    with pytest.raises(QueueWaits, match=f"shop {SECOND} .*does not answer"):
        pull(served, FIRST)
    monkeypatch.setattr(batch_queue, "_PATIENCE", 30.0)
    other.execute("ROLLBACK")
    other.close()
    assert len(account.specter.user.stock.waiting) == 2
    pull(served, FIRST)
    pull(served, SECOND)
    assert (shown(account.first, OF_FIRST), shown(account.second, OF_SECOND)) == (3, 4)


def test_a_shop_that_pulls_by_hand_alone_takes_nothing_from_one_that_a_program_serves(account):
    with (
        ServedShops(account.settings(account.first), watch=True),
        ServedShops(account.settings(account.second, STOCK__SYNC="false", DELIVERY__SYNC="false")) as by_hand,
        pytest.raises(QueueShared, match=f"shop {FIRST} "),
    ):
        pull(by_hand, SECOND)


def test_while_another_process_empties_the_queue_this_one_fetches_nothing(account, served):
    account.count(ALFA=3, BETA=4)
    with taken(account, SECOND):
        with pytest.raises(LeaseHeld):
            pull(served, FIRST)
        assert len(account.specter.user.stock.waiting) == 2
    pull(served, FIRST)
    assert shown(account.first, OF_FIRST) == 3


def test_no_order_of_any_of_the_shops_is_on_its_way_while_one_fetches(tmp_path, monkeypatch):
    monkeypatch.setattr(batch_queue, "_PATIENCE", 2.0)
    account = SharedAccount(tmp_path, orders=1)
    gate = Gate(account.first.specter_front, "newOrderSubmit", after=False)
    account.first.specter_front = gate  # type: ignore[assignment]

    with account.first, account.second, shops_of(account) as served:
        served.engine(SECOND).ask(ShopService.poll).result(60)
        sending = served.engine(SECOND).ask(ShopService.export_all)
        assert gate.came.wait(60)
        account.count(ALFA=3)
        with pytest.raises(QueueWaits, match="on their way"):
            pull(served, FIRST)
        assert account.specter.user.stock.open is None
        monkeypatch.setattr(batch_queue, "_PATIENCE", 30.0)
        gate.open.set()
        sending.result(60)
        pull(served, FIRST)
        assert shown(account.first, OF_FIRST) == 3


def test_a_shop_that_is_missing_from_the_folder_is_waited_for_until_it_was_opened_with_both_settings_off(account):
    with shops_of(account) as served:
        for shop in (FIRST, SECOND):
            pull(served, shop)
    account.count(ALFA=3)
    with ServedShops(account.settings(account.first), watch=True) as served:
        with pytest.raises(QueueWaits, match=f"shop {SECOND} .*not served here"):
            pull(served, FIRST)
        assert account.specter.user.stock.waiting
        with ServedShops(account.settings(account.second, STOCK__SYNC="false", DELIVERY__SYNC="false")):
            pass
        wait_for(lambda: shown(account.first, OF_FIRST) == 3)
