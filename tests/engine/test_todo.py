"""What waits for a person, by kind, with its cure and its command line."""

import shlex
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from typing import get_args

import pytest

from specter_tui.console.widgets.row_sources.todo_rows import CURING
from specter_tui.engine.events import CountGap, OrderView
from specter_tui.engine.work_queue.todo import (
    TodoKind,
    in_order,
    of_drift,
    of_gap,
    of_halt,
    of_number,
    of_order,
    of_stock_row,
    of_stop,
    of_sum,
    shell_word,
)
from specter_tui.journal.goods_models import DeliveryRecord, DriftLine, RowForPerson
from specter_tui.journal.models import Stop
from specter_tui.planning.article_numbers import BadNumber
from specter_tui.planning.problems import Problem

NOON = datetime(2026, 11, 23, 12, 0, tzinfo=UTC)
SUM = DeliveryRecord(
    5, "1005", "90005", True, False, "", NOON, None, "", Decimal("29.98"), Decimal("29.97"), waits=True
)
NO_EMAIL = Problem("email.missing", "email")
OTHER_CUSTOMER = Problem("customer_changed", "customer", (("number", "7"),))
ORDERS = [
    ({"state": "unknown", "step": "order"}, "unknown", "unknown", "resolve 1001 --number NUMBER"),
    ({"state": "unknown", "step": "customer"}, "unknown", "unknown", "resolve 1001 --retry --reason REASON"),
    ({"state": "unknown", "proposed_number": "90001"}, "proposed", "proposed", "resolve 1001 --number 90001"),
    ({"state": "exists", "proposed_number": "90001"}, "proposed", "proposed", "resolve 1001 --number 90001"),
    ({"state": "exists"}, "exists", "exists", "resolve 1001 --number NUMBER"),
    ({"state": "refused"}, "refused", "refused", "resolve 1001 --retry --reason REASON"),
    ({"state": "retry_later", "problems": (NO_EMAIL,)}, "refused", "email.missing", "resolve 1001 --retry"),
    ({"state": "refused", "problems": (OTHER_CUSTOMER,)}, "customer_changed", "customer_changed", "resolve 1001 --r"),
    ({"state": "blocked", "problems": (OTHER_CUSTOMER,)}, "customer_changed", "customer_changed", "resolve 1001 --r"),
    ({"state": "blocked", "problems": (NO_EMAIL,)}, "blocked", "email.missing", "preview 1001"),
    ({"state": "exported", "write_back": "conflict"}, "conflict", "conflict", "resolve 1001 --number NUMBER --reason"),
    ({"state": "closed", "write_back": "conflict"}, "conflict", "conflict", "resolve 1001 --number NUMBER --reason"),
    ({"state": "ready", "by_hand": True}, "by_hand", "by_hand", "export 1001"),
    ({"state": "retry_later", "by_hand": True}, "by_hand", "by_hand", "export 1001"),
]
NOTHING = [
    {"state": "ready"},
    {"state": "waiting"},
    {"state": "sending", "step": "order"},
    {"state": "retry_later"},
    {"state": "exported", "write_back": "due"},
    {"state": "exported", "drift": True},
    {"state": "closed"},
    {"state": "out_of_scope"},
]


@pytest.mark.parametrize(("what", "kind", "code", "command"), ORDERS)
def test_an_order_that_waits_for_a_person(what, kind, code, command):
    item = of_order(OrderView(uid=1, number="1001", message="It was so.", **what), "en")
    assert item is not None
    assert (item.kind, item.code, item.order, item.uid) == (kind, code, "1001", 1)
    assert item.command.startswith(f"specter-tui {command}")
    assert item.text
    assert item.cure
    assert "{" not in item.text + item.cure


@pytest.mark.parametrize("what", NOTHING, ids=str)
def test_an_order_that_waits_for_nobody(what):
    assert of_order(OrderView(uid=1, number="1001", **what), "en") is None


def test_since_is_the_journals_time_else_the_orders():
    placed = OrderView(uid=1, number="1001", state="blocked", ordered=NOON)
    assert of_order(placed, "en").since == NOON
    later = NOON + timedelta(hours=1)
    assert of_order(replace(placed, since=later), "en").since == later


@pytest.mark.parametrize("language", ["sv", "en"])
def test_every_kind_has_texts_keys_and_a_place_in_the_order(language):
    stop = Stop("wrong prices", "anna", "kassa", NOON)
    line = DriftLine(4, "1004", "KAFFE-1", Decimal(2), Decimal("1.5"), NOON, None, None)
    address = replace(line, article_number="", kind="address")
    row = RowForPerson("batch-0001", 3, "", "1", "x", "number", NOON)
    bad = BadNumber(7, None, "Tea", "TE Å", Problem("empty", "articleNumber"), "TE-A")
    orders = [
        OrderView(uid=uid, number=str(uid), message="It was so.", **what) for uid, (what, *_) in enumerate(ORDERS)
    ]
    found = [
        of_number(bad, language),
        of_stock_row(row, language),
        of_drift(line, language),
        of_drift(address, language),
        of_sum(SUM, language),
        *(of_order(view, language) for view in orders),
        of_gap(CountGap(9, 7), language),
        of_halt("specter", "Wrong key.", language),
        of_stop(stop, "Stopped by anna.", language),
    ]
    listed = in_order(found)
    kinds = [item.kind for item in listed]
    assert list(dict.fromkeys(kinds)) == list(get_args(TodoKind)), "every kind, in the stated order"
    assert set(CURING) == set(kinds)
    assert len({item.key for item in found}) == len(found)
    for item in listed:
        assert item.text
        assert item.cure
        assert "{" not in item.text + item.cure


def test_what_is_settled_is_not_listed():
    line = DriftLine(4, "1004", "KAFFE-1", Decimal(2), Decimal(3), NOON, "anna", NOON)
    row = RowForPerson("batch-0001", 3, "K", "1", "x", "number", NOON, done_at=NOON)
    keeper = BadNumber(7, None, "Tea", "TE", Problem("duplicate", "articleNumber"), "TE", keeps=True)
    looked_at = replace(SUM, waits=False)
    found = [of_drift(line, "en"), of_stock_row(row, "en"), of_number(keeper, "en"), of_sum(looked_at, "en")]
    assert found == [None] * 4


@pytest.mark.parametrize(
    ("order_number", "word"),
    [
        ("1001", "1001"),
        ("A-10.b_2", "A-10.b_2"),
        ("-x", "uid:5"),
        ("", "uid:5"),
        ("1; rm -rf ~", "uid:5"),
        ("$(reboot)", "uid:5"),
        ("１００", "uid:5"),
        ("10 01", "uid:5"),
    ],
)
def test_an_order_number_of_the_shop_never_becomes_a_command(order_number, word):
    assert shell_word(order_number, 5) == word


@pytest.mark.parametrize("hostile", ["`id`", "a' ; id '", "$(id)", "-x", "a\tb"])
def test_a_number_of_the_shop_is_one_word_of_a_command(hostile):
    bad = BadNumber(7, None, "Tea", hostile, Problem("empty", "articleNumber"), "TE-A")
    line = DriftLine(4, hostile, hostile, Decimal(2), Decimal(3), NOON, None, None)
    mark = ["--"] if hostile.startswith("-") else []
    assert shlex.split(of_number(bad, "en").command) == ["specter-tui", "articles", "fix", *mark, hostile]
    assert shlex.split(of_drift(line, "en").command) == ["specter-tui", "drift", "tick", "uid:4", *mark, hostile]
