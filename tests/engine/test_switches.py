"""Under each switch of the sandbox all the work is done right, or held with the reason: no copy, no loss.

docs/wires.md lists the switches. Whatever they are, each order is at Specter once, with the right total, or it is held.
"""

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

import pytest

from specter_tui.engine.checks.account_check import check_all
from specter_tui.engine.checks.connection_test import try_shop
from specter_tui.engine.checks.findings import Finding
from specter_tui.engine.events import StockApplied
from specter_tui.engine.service import ShopService
from specter_tui.errors import CodedError
from specter_tui.journal.repositories.probe_facts import FactRecorder
from specter_tui.sandbox.sandbox import Sandbox
from specter_tui.sandbox.server.options import SandboxOptions
from specter_tui.sandbox.specter import operations
from specter_tui.sandbox.specter.batch_actions import stock_rows
from tests.engine.shop import spoil
from tests.support.driven_engine import Driven, states

pytestmark = pytest.mark.usefixtures("quick_retries")
SYNC = {"STOCK__SYNC": "true", "DELIVERY__SYNC": "true"}
SMALL = {"orders": 5, "articles": 8, "plain": True, "stock_queued": True}
"""An order of each important kind: a person, a company, a discount, a coupon, a gift card with checkout fields."""
BY_PAGES = "largest_page=2"


@dataclass
class Day:
    """What a day's work came to."""

    findings: list[Finding] = field(default_factory=list)
    failed: dict[str, str] = field(default_factory=dict)
    """The code of the failure of each step that failed."""
    states: Counter[str] = field(default_factory=Counter)
    held: set[str] = field(default_factory=set)
    """The codes of the problems that hold orders."""
    shown: int = 0
    """Orders that show their Specter number in the shop."""
    stock_right: bool = True
    sent: int = 0

    @property
    def problems(self) -> set[str]:
        return {one.what for one in self.findings if one.level == "problem"}

    @property
    def is_green(self) -> bool:
        return not self.problems


def work(sandbox: Sandbox, engine: Driven, *, stock: bool = True) -> Day:
    """Do a day's work by the service's commands; each order at Specter must be there once, with the right total."""
    day = Day()

    def step(name: str, command: Callable[[ShopService], Any]) -> Any:
        try:
            return engine.do(command)
        except CodedError as error:
            day.failed[name] = getattr(error.message, "code", error.message)

    day.findings = step("check", check_all) or []
    step("poll", lambda service: service.auto_export.poll(thorough=True))
    step("preview", lambda service: service.preview(150_001))
    step("export", ShopService.export_all)
    step("poll", lambda service: service.auto_export.poll(thorough=True))
    if stock:
        for number in list(sandbox.specter.orders)[:1]:
            operations.deliver(sandbox.specter, number)
        operations.count_stock(sandbox.specter, next(iter(operations.stock_of(sandbox.specter))), "1234", 2)
        step("stock", ShopService.pull_stock)
        step("deliveries", lambda service: service.deliveries.pull())
    views = engine.do(ShopService.everything)
    day.states = Counter(view.state for view in views)
    day.held = {problem.code for view in views for problem in view.problems if view.state == "blocked"}
    each_once_and_right(sandbox, {view.number for view in views if view.state == "exported"})
    orders = sandbox.shop.orders()
    day.shown = sum(bool(order.get("externalOrderNumber")) for order in orders)
    day.sent = sum(order["deliveryStatus"] == "sent" for order in orders)
    day.stock_right = all(one["stock"] == held for one, held in both_stocks(sandbox))
    return day


def each_once_and_right(sandbox: Sandbox, exported: set[str]) -> None:
    """Check that Specter has exactly these orders, each once, with the total that is left to pay."""
    there = Counter(order.external for order in sandbox.specter.orders.values())
    assert set(there) == exported
    assert set(there.values()) <= {1}, "a copy"
    for order in sandbox.shop.orders():
        for one in sandbox.specter.orders_of(str(order.get("orderNumber", order["uid"]))):
            cards = sum((pay["amount"] for pay in order["payments"] if pay["method"] == 7105), Decimal(0))
            assert one.totals.total == order["costs"]["total"]["incVat"] - cards


def both_stocks(sandbox: Sandbox) -> list[tuple[dict[str, Any], Decimal]]:
    """Return the shop's lines that Specter counts, too, with Specter's quantity over all sites."""
    held = operations.stock_of(sandbox.specter)
    lines = [one for one in sandbox.shop.articles() if one["number"] in held and one["stock"] is not None]
    return [(one, sum(held[one["number"]].values(), Decimal(0))) for one in lines]


def start(stocked: Any, words: str, **more: Any) -> Sandbox:
    return stocked(**SMALL | SandboxOptions.named(words.split()) | more)


@pytest.mark.parametrize(
    "words",
    [
        "count=filtered",
        "error_status=500 refused_filters=/changed,/orderNumber largest_batch=3 batch_order=reversed "
        "method_selection=none",
        "error_status=by_code content_type=application/json-rpc count=refused largest_batch=1 schemas=false "
        "absent_values=null wrong_key_code=9003 wrong_key_answer=9;Nej",
        "uid_as_text=true order_number=number unknown_keys=left_out refused_keys=Order.note company_at=name "
        "own_fields=labelled article_type=Normal package_type=Bundle gift_card_type=Presentkort changed_on_write=false",
        "order_number=absent company_at=info.company own_fields=by_language count=all method_selection=true "
        "ignored_filters=/changed,/ordered,/orderNumber",
        f"refused_filters=/uid error_status=404 {BY_PAGES}",
        f"refused_filters=/uid:min ignored_filters=/uid:in {BY_PAGES}",
        f"ignored_filters=/uid:min refused_filters=/uid:in largest_batch=2 {BY_PAGES}",
        f"ends_inclusive=false {BY_PAGES}",
        "largest_page=1",
        "largest_page=7 large_limit=refused sort=refused error_status=400",
        f"sort=ignored {BY_PAGES}",
        "xml_root=Svar batch_limit=2 unchanged_sites=true names_bad_article=true unnamed_triggers=removed "
        "text_length=30 long_text=cut package_content=false",
    ],
)
def test_all_of_it_is_done(stocked, driven, words) -> None:
    sandbox = start(stocked, words)
    day = work(sandbox, driven(sandbox, **SYNC))
    assert (day.failed, day.states, day.shown) == ({}, {"exported": 5}, 5)
    assert (day.stock_right, day.sent) == (True, 1)
    assert day.is_green, day.problems


@pytest.mark.parametrize(
    ("words", "others", "states", "held", "green"),
    [
        ("gift_card_type=saldo", {}, {"exported": 4, "blocked": 1}, {"payment_method"}, False),
        ("total=after_card", {}, {"exported": 4, "blocked": 1}, {"sums"}, True),
        ("company_at=address.organisation", {}, {"exported": 4, "blocked": 1}, {"name"}, True),
        ("rounding=rate", {"SPECTER__ROUNDING": "rate"}, {"exported": 5}, set(), True),
        ("price_decimals=2", {"SPECTER__PRICE_DECIMALS": "2"}, {"exported": 5}, set(), True),
        ("known_articles_only=true", {}, {"exported": 4, "refused": 1}, set(), True),
        ("known_articles_only=true refusal_status=500", {}, {"exported": 4, "unknown": 1}, set(), True),
        ("text_length=18", {}, {"refused": 5}, set(), True),
    ],
)
def test_an_order_is_right_or_it_is_held(stocked, driven, words, others, states, held, green) -> None:
    sandbox = start(stocked, words)
    if "known_articles_only" in words:
        of_orders = [{row["articleNumber"] for row in order["items"]} for order in sandbox.shop.orders()]
        times = Counter(number for numbers in of_orders for number in numbers)
        del sandbox.specter.articles[next(number for number, count in times.items() if count == 1)]
    day = work(sandbox, driven(sandbox, **others), stock=False)
    assert (day.failed, day.states, day.held, day.is_green) == ({}, states, held, green), day.problems


@pytest.mark.parametrize(
    ("words", "key"),
    [
        ("refused_keys=Order.note", "note"),
        ("refused_keys=OrderItem.choices error_status=500", "choices"),
        ("refused_filters=/ordered", "ordered"),
    ],
)
def test_nothing_is_sent_where_orders_cannot_be_read_and_the_check_says_why(stocked, driven, words, key) -> None:
    sandbox = start(stocked, words)
    engine = driven(sandbox)
    day = work(sandbox, engine, stock=False)
    assert not day.states["exported"] or key == "ordered"
    assert day.failed["poll"] == "shop_answers"
    assert any(key in one.text for one in day.findings if one.level == "problem"), day.findings


LEARNED = (
    "refused_filters=/uid:min,Order/changed,/orderNumber count=refused method_selection=none largest_page=7 "
    "large_limit=refused largest_batch=3 company_at=address.organisation"
)
FACTS = {
    "filter.uid": "refused",
    "filter.changed": "refused",
    "filter.order_number": "refused",
    "count": "refused",
    "methods_selection": "none",
    "limit_largest": 7,
    "batch_largest": 3,
    "company_key": "customer.address.organisation",
}


def test_what_the_probe_found_is_not_tried_again_and_the_check_says_so(stocked, driven) -> None:
    sandbox = start(stocked, LEARNED)
    engine = driven(sandbox)
    engine.do(lambda service: service.context.journal(FactRecorder.put, service.context.settings.accounts, "A4", FACTS))
    engine.leave()
    again = driven(sandbox, **SYNC)
    again.export()
    again.do(ShopService.pull_stock)
    day = work(sandbox, again)
    assert (day.states, day.shown, day.stock_right) == ({"exported": 5}, 5, True)
    told = {one.text for one in day.findings if one.what == "facts"}
    assert any("company_key customer.address.organisation" in text and "limit_largest 7" in text for text in told)
    assert any("assumed until" in text and "duplicate" in text and "company_key" not in text for text in told)
    refused = [one for one in sandbox.ledger.complaints if "Order.list: -32602" not in one and ".count" not in one]
    assert refused == [], "only the check tries them"
    assert len([one for one in sandbox.ledger.complaints if "Order.list" in one]) == 1


def test_a_setting_goes_before_a_fact_and_the_check_says_where_they_differ(stocked, driven) -> None:
    sandbox = start(stocked, "rounding=rate")
    engine = driven(sandbox, SPECTER__ROUNDING="order", SPECTER__REFUSES_DUPLICATES="true")
    found = {"rounding": "rate", "duplicate": {"answer": "accepted"}, "gift_card_types": ["saldo"]}
    engine.do(lambda service: service.context.journal(FactRecorder.put, service.context.settings.accounts, "D4", found))
    texts = [one.text for one in engine.do(check_all) if one.what == "facts" and one.level == "problem"]
    for name in ("SPECTER__ROUNDING", "SPECTER__REFUSES_DUPLICATES", "ORDER__GIFT_CARD_METHODS"):
        assert sum(name in text for text in texts) == 1


@pytest.mark.parametrize(
    ("words", "told"),
    [
        ("refused_filters=/changed,/orderNumber", {"/changed", "/orderNumber"}),
        (
            "ignored_filters=/uid",
            {"Order.list does not follow /uid and sort", "by offset"},
        ),
        ("count=refused refused_keys=Order.note unknown_keys=left_out", {"does not count", "Order has no note"}),
    ],
)
def test_the_check_says_in_which_other_way_the_shop_is_read(stocked, driven, words, told) -> None:
    findings = driven(start(stocked, words)).do(check_all)
    for text in told:
        assert any(text in one.text for one in findings if one.level == "note"), text


@pytest.mark.parametrize("how", ["read_only", "unstored"])
def test_what_the_shop_does_not_store_is_told_and_loses_nothing(stocked, driven, how) -> None:
    sandbox = start(stocked, f"{how}=Order.externalOrderNumber,Order.deliveryStatus,Article.stock,ArticleVariant.stock")
    engine = driven(sandbox, **SYNC)
    day = work(sandbox, engine)
    assert (day.states, day.shown, day.sent) == ({"exported": 5}, 0, 0), day.failed
    assert {entry.write_back for entry in engine.entries().values()} == {"due"}
    assert day.failed.keys() <= {"deliveries"}, day.failed
    assert day.is_green == (how == "unstored"), "a schema tells what is read-only"
    assert len(engine.told(StockApplied)[-1].unknown) > 0, "each line of stock is reported"


@pytest.mark.parametrize(
    ("words", "state"),
    [
        ("refuses_duplicates=true", "exists"),
        ("duplicate_text=Nix duplicate_code=17", "unknown"),
        ("duplicate_names_number=true", "exported"),
    ],
)
def test_an_order_in_doubt_is_there_once_whatever_the_refusal_says(stocked, driven, words, state) -> None:
    sandbox = start(stocked, words, orders=1)
    engine = driven(sandbox)
    spoil(sandbox, "lost", "newOrderSubmit", after=True)
    assert states(engine.export()) == ["unknown"]
    assert states(engine.export()) == [state]
    assert len(sandbox.specter.orders) == 1


def test_an_order_in_doubt_is_not_sent_again_where_copies_are_taken(stocked, driven) -> None:
    sandbox = start(stocked, "refuses_duplicates=false", orders=1)
    engine = driven(sandbox)
    spoil(sandbox, "lost", "newOrderSubmit", after=True)
    assert states(engine.export()) == ["unknown"]
    assert states(engine.export()) == ["unknown"]
    assert len(sandbox.specter.orders) == 1


@pytest.mark.parametrize("code", [1006, 9003, -32602])
def test_a_wrong_key_of_the_shop_is_no_key(stocked, settings_for, driven, code) -> None:
    sandbox = start(stocked, "error_status=500", wrong_key_code=code)
    settings = settings_for(sandbox, ABICART__AUTH="another")
    tried = try_shop(settings.abicart, settings.http)
    assert (tried.outcome, str(code) in tried.text) == ("refused", True)
    findings = driven(sandbox, ABICART__AUTH="another").do(check_all)
    assert any(one.level == "problem" and str(code) in one.text and not one.out_of_reach for one in findings)


def test_a_wrong_key_of_specter_is_known_by_any_refusal(stocked, driven) -> None:
    sandbox = start(stocked, "wrong_key_answer=401;Nej_tack", orders=1)
    engine = driven(sandbox, SPECTER__API_USER_KEY="another")
    assert any(one.what == "Specter" and "Nej_tack" in one.text for one in engine.do(check_all))
    engine.export()
    assert (engine.view(150_001).state, sandbox.specter.orders) == ("ready", {})


class TestStock:
    """Three pulls with changes between them; the first acknowledgement is refused."""

    def pulled(self, sandbox: Sandbox, engine: Driven) -> list[str]:
        """Pull three times, and return the failures."""
        failed = []
        spoil(sandbox, "refusal", "updateArticlesFromBatch", text="nej")
        for quantity in ("3", "5", "8"):
            for number in list(operations.stock_of(sandbox.specter))[:4]:
                operations.count_stock(sandbox.specter, number, quantity, 2)
            try:
                engine.do(ShopService.pull_stock)
            except CodedError as error:
                failed.append(error.message)
            sandbox.faults["specter"].clear()
        return failed

    @pytest.mark.parametrize(
        "words",
        [
            "batch_again=differs site_attribute=",
            "batch_again=empty acknowledged_again=refused empty_opens=true",
            "site_attribute=siteId batch_limit=2 open_batch_code=17",
        ],
    )
    def test_all_of_it_arrives(self, stocked, driven, words) -> None:
        sandbox = start(stocked, words, orders=0)
        failed = self.pulled(sandbox, driven(sandbox, **SYNC))
        assert len(failed) == 1, failed
        assert [one for one, held in both_stocks(sandbox) if one["stock"] != held] == []
        assert sandbox.specter.user.stock.waiting == {}

    @pytest.mark.parametrize(
        ("words", "is_read"),
        [
            ("empty_opens=false", True),
            ("empty_opens=true", True),
            ("open_batch_text=Upptaget", False),
        ],
    )
    def test_a_batch_that_another_program_left_open(self, stocked, driven, words, is_read) -> None:
        sandbox = start(stocked, words, orders=0, stock_queued=False)
        number = next(iter(operations.stock_of(sandbox.specter)))
        if "true" not in words:
            operations.count_stock(sandbox.specter, number, "777", 2)
        opened = sandbox.specter.user.stock
        opened.fetch("theirs", sandbox.specter.options, lambda changes: stock_rows(sandbox.specter, changes))
        operations.count_stock(sandbox.specter, number, "555", 1)
        failed = self.pulled(sandbox, driven(sandbox, **SYNC))
        assert len(failed) == (1 if is_read else 3)
        assert (opened.open is None or opened.open.number != "theirs") == is_read
        assert is_read or all("Upptaget" in one or "theirs" in one for one in failed), "the reason is said"
