"""Batches that no proper Specter sends, and a shop that does not keep writes: nothing else waits for them."""

from collections.abc import Iterator
from typing import Any

import pytest

from specter_tui.abicart.errors import ShopError
from specter_tui.abicart.jsonrpc import JsonRpcClient
from specter_tui.abicart.jsonrpc_results import result_of
from specter_tui.engine import retry_call
from specter_tui.engine.decisions import InvalidDecision, NothingChanged
from specter_tui.engine.events import StockApplied
from specter_tui.engine.service import ShopService
from specter_tui.journal.repositories.cursors import Cursors
from specter_tui.sandbox.sandbox import Sandbox
from specter_tui.specter.errors import Unanswered
from tests.engine.stock.test_stock_sync import at_specter, in_shop
from tests.support.driven_engine import Driven
from tests.support.stock_server import StockServer, row, stock, stock_server

Call = tuple[str, list[Any]]
PING: list[Call] = [("Article.count", [{}])]
pytestmark = pytest.mark.usefixtures("quick_retries")


@pytest.fixture
def sandbox(stocked) -> Sandbox:
    return stocked(orders=0, plain=True)


@pytest.fixture
def queue() -> Iterator[StockServer]:
    with stock_server() as server:
        yield server


@pytest.fixture
def engine(sandbox, queue, driven, monkeypatch) -> Driven:
    monkeypatch.setattr(retry_call, "back_off", lambda _: 0.01)
    return driven(sandbox, SPECTER__URL=queue.url)


@pytest.fixture
def numbers(sandbox) -> list[str]:
    """Return three numbers of articles whose stock the shop counts."""
    return sorted(in_shop(sandbox).keys() & at_specter(sandbox).keys())[:3]


def pull(engine: Driven) -> StockApplied:
    return engine.do(ShopService.pull_stock)


def shown(sandbox: Sandbox, numbers: list[str]) -> list[int]:
    there = in_shop(sandbox)
    return [there[number] for number in numbers]


def test_a_row_without_a_number_is_named_and_the_others_go_on(sandbox, queue, engine, numbers):
    first, second, third = numbers
    queue.waiting["stock"] = [stock(row(first, "12"), row("", "3"), row(second, "7")), stock(row(third, "99"))]
    outcome = pull(engine)
    assert shown(sandbox, numbers) == [12, 7, 99]
    assert [(one.article_number, one.quantity, one.reason) for one in outcome.for_person] == [("", "3", "number")]
    assert outcome.complete
    assert not queue.open
    assert not queue.waiting["stock"]


@pytest.mark.parametrize("quantity", ["1 234", "abc", "NaN", "1E3", "", "9" * 400])
def test_a_quantity_that_cannot_be_read_changes_nothing_and_waits_for_a_person(
    sandbox, queue, engine, numbers, quantity
):
    before = shown(sandbox, numbers)
    queue.waiting["stock"] = [stock(row(numbers[0], "12"), row(numbers[1], quantity)), stock(row(numbers[2], "5"))]
    (kept,) = pull(engine).for_person
    assert shown(sandbox, numbers) == [12, before[1], 5]
    assert (kept.article_number, kept.quantity, kept.site) == (numbers[1], quantity[:64], "1")
    assert not queue.waiting["stock"]


def test_a_row_is_settled_with_a_reason_taken_back_and_settled_again(queue, engine):
    queue.waiting["stock"] = [stock(row("", "3"))]
    (kept,) = pull(engine).for_person
    done = engine.do(ShopService.settle_stock_row, kept.name, "set by hand")
    assert (done.done_reason, bool(done.done_by), done.done_at is None) == ("set by hand", True, False)
    assert engine.do(ShopService.stock_rows) == ()
    with pytest.raises(NothingChanged, match="settled already: set by hand"):
        engine.do(ShopService.settle_stock_row, kept.name, "twice")
    engine.do(ShopService.reopen_stock_row, kept.name)
    assert [one.name for one in engine.do(ShopService.stock_rows)] == [kept.name]
    with pytest.raises(NothingChanged, match="not settled"):
        engine.do(ShopService.reopen_stock_row, kept.name)
    engine.do(ShopService.settle_stock_row, f"{kept.batch_no}-{kept.position}", "again")
    for name in ("", "-", "x-1", "zzz", kept.name + "0"):
        with pytest.raises(InvalidDecision):
            engine.do(ShopService.settle_stock_row, name, "why")
    with pytest.raises(InvalidDecision, match="reason"):
        engine.do(ShopService.settle_stock_row, kept.name, " ")


@pytest.mark.parametrize(
    "answer", [b"", b"1;0;OK", b"<r><orders/></r>", b"<r><APIresponse><result>1</result></APIresponse></r>", b"<html/>"]
)
def test_an_answer_that_holds_no_stock_moves_nothing_on(sandbox, queue, engine, numbers, answer):
    queue.waiting["stock"] = [stock(row(numbers[0], "12"))]
    pull(engine)
    drained = engine.do(lambda service: service.context.journal(Cursors.get, "stock_drained"))
    queue.instead = [answer] * 20
    with pytest.raises(Unanswered):
        pull(engine)
    assert engine.do(lambda service: service.context.journal(Cursors.get, "stock_drained")) == drained
    assert shown(sandbox, numbers[:1]) == [12]
    queue.instead = []
    queue.waiting["stock"] = [stock(row(numbers[0], "8"))]
    assert pull(engine).complete
    assert shown(sandbox, numbers[:1]) == [8]


def test_of_an_article_that_comes_twice_the_later_line_counts(sandbox, queue, engine, numbers):
    queue.waiting["stock"] = [stock(row(numbers[0], "30"), row(numbers[1], "4"), row(numbers[0], "9"))]
    pull(engine)
    assert shown(sandbox, numbers[:2]) == [9, 4]


def test_the_open_batch_is_found_among_all_that_a_refusal_quotes(sandbox, queue, engine, numbers):
    queue.waiting["stock"] = [stock(row(numbers[0], "12"))]
    queue.open["stock"] = "theirs"
    queue.refusal = "0;99;Kön 'lager' har batch '{open}' öppen, inte '{sent}'"
    assert pull(engine).complete
    assert shown(sandbox, numbers[:1]) == [12]
    assert queue.acknowledged == ["theirs"]


@pytest.mark.parametrize("answer", [None, True, {"uid": 1, "stock": {"stock": 77}}, "old"])
def test_stock_that_the_shop_does_not_keep_is_named_and_holds_up_nothing(
    sandbox, queue, engine, numbers, monkeypatch, answer
):
    spoiled = next(line for line in sandbox.shop.articles() if line["stock"] is not None and line["variant"] is None)
    first, third = [number for number in numbers if number != spoiled["number"]][:2]
    before, whole = spoiled["stock"], JsonRpcClient.batch

    def lies(call: Call) -> bool:
        return call[0] == "Article.set" and call[1][0] == spoiled["article"]

    async def batch(rpc: JsonRpcClient, calls: list[Call], *, repeatable: bool = True) -> list[Any]:
        """Make the shop ignore one call, and answer it as if it had not, or with the old value."""
        done = [("Article.get", [call[1][0], call[1][2]]) if lies(call) else call for call in calls]
        answers = await whole(rpc, done, repeatable=repeatable)
        pairs = zip(calls, answers, strict=True)
        return [answer if lies(call) and answer != "old" else given for call, given in pairs]

    monkeypatch.setattr(JsonRpcClient, "batch", batch)
    queue.waiting["stock"] = [stock(row(first, "12"), row(spoiled["number"], "77"), row(third, "7"))]
    outcome = pull(engine)
    assert {one.article_number: one.why for one in outcome.unknown} == {spoiled["number"]: "not_kept"}
    assert shown(sandbox, [first, spoiled["number"], third]) == [12, before, 7]
    assert not queue.waiting["stock"]
    monkeypatch.undo()
    assert pull(engine).unknown == (), "it is tried again with every pull"
    assert shown(sandbox, [spoiled["number"]]) == [77]


@pytest.mark.parametrize("code", [-32603, -32000, 9001])
def test_one_article_that_the_shop_never_takes_is_named_and_the_batch_goes(
    sandbox, queue, engine, numbers, monkeypatch, code
):
    whole = JsonRpcClient.batch
    spoiled = next(line for line in sandbox.shop.articles() if line["number"] == numbers[1])

    def fails(call: Call) -> bool:
        return call[0].endswith(".set") and call[1][0] in (spoiled["article"], spoiled["variant"])

    async def batch(rpc: JsonRpcClient, calls: list[Call], *, repeatable: bool = True) -> list[Any]:
        answers = iter(await whole(rpc, [call for call in calls if not fails(call)] or PING, repeatable=repeatable))
        return [failure(code) if fails(call) else next(answers) for call in calls]

    monkeypatch.setattr(JsonRpcClient, "batch", batch)
    queue.waiting["stock"] = [stock(row(numbers[0], "12"), row(numbers[1], "77")), stock(row(numbers[2], "7"))]
    outcome = pull(engine)
    assert [one.article_number for one in outcome.unknown] == [numbers[1]]
    assert shown(sandbox, [numbers[0], numbers[2]]) == [12, 7]
    assert not queue.waiting["stock"]


def failure(code: int) -> ShopError:
    try:
        result_of({"error": {"code": code, "message": "no"}})
    except ShopError as error:
        return error
    raise AssertionError


def test_an_order_status_without_a_number_is_kept_and_stops_no_other(queue, sandbox, driven):
    engine = driven(sandbox, SPECTER__URL=queue.url, DELIVERY__SYNC="true")
    queue.waiting["orders"] = [b"<r><orders><order orderNo='x'><orderstatus deliveryStatus='D'/></order></orders></r>"]
    engine.do(lambda service: service.deliveries.pull())
    assert [(one.quantity, one.reason) for one in engine.do(ShopService.stock_rows)] == [("x D", "order")]
    assert not queue.waiting["orders"]
