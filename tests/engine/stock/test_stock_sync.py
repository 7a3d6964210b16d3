"""Stock from Specter to the shop: every quantity stored, applied and acknowledged; unsent sales subtracted."""

from decimal import Decimal
from random import Random

import pytest

from specter_tui.engine.events import ReachChanged, StockApplied
from specter_tui.engine.service import ShopService
from specter_tui.engine.stock.stock_writer import StockWriter
from specter_tui.sandbox.sandbox import Sandbox
from specter_tui.sandbox.server.faults import Fault
from specter_tui.sandbox.shop.patch_rules import write_by_hand
from specter_tui.sandbox.specter.batch_actions import stock_rows
from specter_tui.sandbox.specter.operations import count_at_random, count_stock, stock_of
from specter_tui.specter.errors import AccountHalted
from tests.engine.shop import calls, placed
from tests.support.driven_engine import Driven

pytestmark = pytest.mark.usefixtures("quick_retries")


@pytest.fixture
def sandbox(stocked) -> Sandbox:
    return stocked(orders=0, plain=True, stock_queued=True)


def pull(engine: Driven) -> StockApplied:
    return engine.do(ShopService.pull_stock)


def in_shop(sandbox: Sandbox) -> dict[str, int]:
    """Return the shop's stock of each number whose stock it counts."""
    return {line["number"]: line["stock"] for line in sandbox.shop.articles() if line["stock"] is not None}


def at_specter(sandbox: Sandbox) -> dict[str, int]:
    """Return Specter's stock of each number over all sites, in whole units."""
    return {number: int(sum(sites.values()) // 1) for number, sites in stock_of(sandbox.specter).items()}


def assert_right(sandbox: Sandbox, waiting: dict[str, int] | None = None) -> None:
    there, held = at_specter(sandbox), waiting or {}
    for number, stock in in_shop(sandbox).items():
        if number in there:
            assert stock == there[number] - held.get(number, 0), number


def acknowledged_unread(sandbox: Sandbox) -> list[str]:
    return [text for text in sandbox.ledger.complaints if "unread" in text]


def some_number(sandbox: Sandbox, place: int = 0) -> str:
    return sorted(in_shop(sandbox).keys() & at_specter(sandbox).keys())[place]


def test_every_change_comes_home_in_batches_and_nothing_is_left(sandbox, driven):
    count_at_random(sandbox.specter, 500, Random(1))
    outcome = pull(driven(sandbox))
    assert outcome.complete
    assert outcome.rows >= outcome.written > 0
    assert_right(sandbox)
    queue = sandbox.specter.user.stock
    assert queue.open is None
    assert not queue.waiting
    assert all(one.read for one in queue.acknowledged)
    assert sandbox.ledger.complaints == []


def test_what_the_shop_shows_already_is_not_written(sandbox, driven):
    engine = driven(sandbox)
    pull(engine)
    sandbox.ledger.clear()
    number = some_number(sandbox)
    there = stock_of(sandbox.specter)[number][1]
    count_stock(sandbox.specter, number, there + 1)
    count_stock(sandbox.specter, number, there)
    outcome = pull(engine)
    assert (outcome.rows, outcome.written, outcome.unchanged) == (1, 0, 1)
    assert calls(sandbox, "Article.set") == calls(sandbox, "ArticleVariant.set") == 0


def test_negative_and_fractional_stock_is_never_higher_than_true(sandbox, driven):
    first, second = some_number(sandbox), some_number(sandbox, 1)
    both = stock_of(sandbox.specter)
    for number, quantity in ((first, "-3"), (second, "2.75")):
        for site in both[number]:
            count_stock(sandbox.specter, number, "0", site)
        count_stock(sandbox.specter, number, quantity)
    pull(driven(sandbox))
    assert (in_shop(sandbox)[first], in_shop(sandbox)[second]) == (-3, 2)


def test_what_has_no_place_is_named_acknowledged_and_the_rest_goes_on(sandbox, driven):
    packages = [one for one in sandbox.shop.tables["Article"].values() if one["type"] != "Standard"]
    tables = sandbox.shop.tables["Article"]
    unmanaged = next(one for one in tables.values() if one["stock"]["useStock"] and not one.get("variants"))
    twins = [one for one in tables.values() if one["stock"]["useStock"] and not one.get("variants")][3:5]
    for number in ("OKAND", "PAKET", "TVILLING"):
        sandbox.specter.add_article(number, {"name": number}, {1: Decimal(5)})
        count_stock(sandbox.specter, number, 4)
    write_by_hand(sandbox.shop, "Article", packages[0]["uid"], {"articleNumber": "PAKET"})
    write_by_hand(sandbox.shop, "Article", unmanaged["uid"], {"stock": {"useStock": False}})
    for twin in twins:
        write_by_hand(sandbox.shop, "Article", twin["uid"], {"articleNumber": "TVILLING"})
    count_stock(sandbox.specter, unmanaged["articleNumber"], 17)
    good = some_number(sandbox, 5)
    count_stock(sandbox.specter, good, 77)
    outcome = pull(driven(sandbox))
    whys = {one.article_number: one.why for one in outcome.unknown}
    assert {number: whys[number] for number in ("OKAND", "PAKET", unmanaged["articleNumber"], "TVILLING")} == {
        "OKAND": "not_in_shop",
        "PAKET": "package",
        unmanaged["articleNumber"]: "unmanaged",
        "TVILLING": "duplicate",
    }
    assert in_shop(sandbox)[good] == at_specter(sandbox)[good]
    assert sandbox.specter.user.stock.open is None


def test_stock_is_written_once_the_article_has_a_place(sandbox, driven):
    engine = driven(sandbox)
    tables = sandbox.shop.tables["Article"]
    one = next(one for one in tables.values() if one["stock"]["useStock"] and not one.get("variants"))
    write_by_hand(sandbox.shop, "Article", one["uid"], {"stock": {"useStock": False}})
    count_stock(sandbox.specter, one["articleNumber"], 17)
    assert [unknown.why for unknown in pull(engine).unknown] == ["unmanaged"]
    write_by_hand(sandbox.shop, "Article", one["uid"], {"stock": {"useStock": True}})
    assert pull(engine).unknown == ()
    assert_right(sandbox)


def test_an_article_that_vanished_after_the_catalogue_was_read_is_named(sandbox, driven):
    engine = driven(sandbox)
    first, second = some_number(sandbox), some_number(sandbox, 1)
    count_stock(sandbox.specter, first, 1)
    pull(engine)
    gone = next(line["article"] for line in sandbox.shop.articles() if line["number"] == second)
    count_stock(sandbox.specter, second, 3)
    count_stock(sandbox.specter, first, 4)
    sandbox.shop.remove_article(gone)
    outcome = pull(engine)
    assert [one.article_number for one in outcome.unknown] == [second]
    assert_right(sandbox)


def test_the_open_batch_of_another_number_is_fetched_applied_and_acknowledged(sandbox, driven):
    count_at_random(sandbox.specter, 50, Random(2))
    opened = sandbox.specter.user.stock
    opened.fetch("theirs", sandbox.specter.options, lambda changes: _rows(sandbox, changes))
    count_at_random(sandbox.specter, 50, Random(3))
    outcome = pull(driven(sandbox))
    assert outcome.batches == 2
    assert opened.acknowledged[0].number == "theirs"
    assert all(one.read for one in opened.acknowledged)
    assert_right(sandbox)


def _rows(sandbox: Sandbox, changes):
    return stock_rows(sandbox.specter, changes)


def test_an_answer_that_cannot_be_read_is_not_acknowledged(sandbox, driven, monkeypatch):
    monkeypatch.setattr("specter_tui.engine.retry_call.back_off", lambda _: 0.0)
    count_at_random(sandbox.specter, 50, Random(2))
    sandbox.faults["specter"].add(Fault(kind="truncated", call="getArticleExternalNeedUpdate", times=None))
    engine = driven(sandbox)
    with pytest.raises(Exception, match="Specter"):
        pull(engine)
    assert sandbox.specter.user.stock.acknowledged == []
    sandbox.faults["specter"].clear()
    pull(engine)
    assert_right(sandbox)
    assert sandbox.ledger.complaints == []


@pytest.mark.parametrize("after", [False, True])
@pytest.mark.parametrize(
    ("server", "call"),
    [
        ("specter", "getArticleExternalNeedUpdate"),
        ("specter", "updateArticlesFromBatch"),
        ("shop", "Article.list"),
        ("shop", "Article.set"),
    ],
)
def test_answers_that_are_lost_cost_nothing(sandbox, driven, monkeypatch, server, call, after):
    monkeypatch.setattr("specter_tui.engine.retry_call.back_off", lambda _: 0.0)
    count_at_random(sandbox.specter, 120, Random(4))
    sandbox.faults[server].add(Fault(kind="lost", call=call, after=after, times=2))
    pull(driven(sandbox))
    assert_right(sandbox)
    assert sandbox.specter.user.stock.open is None
    assert sandbox.ledger.complaints == []


def sold(sandbox: Sandbox, uid: int) -> dict[str, int]:
    order = sandbox.shop.expanded(uid)
    goods: dict[str, int] = {}
    for item in order["items"]:
        goods[item["articleNumber"]] = goods.get(item["articleNumber"], 0) + item["choices"]["quantity"]
    return goods


def waiting(sandbox: Sandbox, uids: list[int]) -> dict[str, int]:
    total: dict[str, int] = {}
    for uid in uids:
        for number, quantity in sold(sandbox, uid).items():
            total[number] = total.get(number, 0) + quantity
    return total


def test_what_waits_is_held_back_and_released_by_export_and_by_closing(stocked, driven):
    sandbox = stocked(orders=6, articles=60, plain=True, stock_queued=True)
    uids = placed(sandbox)
    for number in waiting(sandbox, uids):
        if number in at_specter(sandbox):
            count_stock(sandbox.specter, number, 500)
    engine = driven(sandbox)
    pull(engine)
    assert_right(sandbox, waiting(sandbox, uids))
    engine.export(*uids[:2])
    pull(engine)
    assert_right(sandbox, waiting(sandbox, uids[2:]))
    engine.do(ShopService.close_orders, [uids[2]], "by hand")
    pull(engine)
    assert_right(sandbox, waiting(sandbox, uids[3:]))
    engine.export()
    pull(engine)
    assert_right(sandbox)


def test_what_waits_is_held_back_by_a_new_process_too_also_when_specter_has_nothing_new(stocked, driven):
    sandbox = stocked(orders=3, articles=60, plain=True, stock_queued=True)
    engine = driven(sandbox)
    pull(engine)
    held = in_shop(sandbox)
    engine.leave()
    again = pull(driven(sandbox))
    assert (again.rows, again.written) == (0, 0)
    assert in_shop(sandbox) == held


def test_an_order_exported_after_the_fetch_is_still_held_back(stocked, driven, monkeypatch):
    sandbox = stocked(orders=2, articles=60, plain=True, stock_queued=True)
    uids = placed(sandbox)
    engine = driven(sandbox)
    numbers = [number for number in sold(sandbox, uids[0]) if number in at_specter(sandbox)]
    before = at_specter(sandbox)
    for number in numbers:
        count_stock(sandbox.specter, number, 300)
    seen: list[int] = []
    original = StockWriter.all

    async def export_first(self, closing):
        if not seen:
            seen.append(1)
            await engine_desk.export([uids[0]], {})
            # What Specter says of it meanwhile is lost for now.
        await original(self, closing)

    engine_desk = engine.do(_service)
    monkeypatch.setattr(StockWriter, "all", export_first)
    engine.look()
    pull(engine)
    assert before
    assert_right(sandbox, waiting(sandbox, uids[1:]))


async def _service(service):
    return service


def test_a_new_order_and_a_withdrawn_one_are_seen(stocked, driven):
    sandbox = stocked(orders=3, articles=60, plain=True, stock_queued=True)
    uids = placed(sandbox)
    engine = driven(sandbox)
    for number in waiting(sandbox, uids):
        if number in at_specter(sandbox):
            count_stock(sandbox.specter, number, 200)
    pull(engine)
    sandbox.shop.discard(uids[0])
    engine.look()
    pull(engine)
    assert_right(sandbox, waiting(sandbox, uids[1:]))


def test_only_the_sites_chosen_are_counted_and_another_choice_writes_all_again(sandbox, driven):
    number = some_number(sandbox)
    count_stock(sandbox.specter, number, 11, 1)
    count_stock(sandbox.specter, number, 5, 2)
    engine = driven(sandbox, STOCK__SITES="2")
    pull(engine)
    assert in_shop(sandbox)[number] == 5
    engine.leave()
    pull(driven(sandbox, STOCK__SITES="1"))
    assert in_shop(sandbox)[number] == 11


def test_all_stock_can_be_asked_for(stocked, driven):
    sandbox = stocked(orders=0, plain=True)
    engine = driven(sandbox)
    for uid in list(sandbox.shop.tables["ArticleVariant"])[:20]:
        number = sandbox.shop.entity("ArticleVariant", uid)["articleNumber"]
        if number in in_shop(sandbox):
            write_by_hand(sandbox.shop, "ArticleVariant", uid, {"stock": 999})
    assert pull(engine).rows == 0
    assert engine.do(ShopService.pull_stock, everything=True).rows > 100
    assert_right(sandbox)
    assert sandbox.ledger.complaints == []


def test_ten_thousand_changes_come_home(stocked, driven):
    sandbox = stocked(orders=0, articles=800, variants_per_article=3, plain=True, batch_limit=1000, stock_queued=True)
    count_at_random(sandbox.specter, 10_000, Random(5))
    outcome = pull(driven(sandbox))
    assert_right(sandbox)
    assert outcome.written > 2000
    assert sandbox.ledger.complaints == []


@pytest.mark.parametrize("call", ["getArticleExternalNeedUpdate", "*"])
def test_a_page_that_alone_answers_with_another_status_halts_no_orders(sandbox, driven, call):
    engine = driven(sandbox)
    sandbox.faults["specter"].add(Fault(kind="redirect", call=call, times=None))
    with pytest.raises(AccountHalted):
        pull(engine)
    assert any(one.halted for one in engine.told(ReachChanged)) is (call == "*")
