"""Orders edited, cancelled or refunded after their export: the articles, the quantities, and who ticked them."""

from decimal import Decimal

import pytest

from specter_tui.engine.decisions import InvalidDecision
from specter_tui.engine.events import DriftChanged
from specter_tui.engine.service import ShopService
from specter_tui.sandbox.sandbox import Sandbox
from specter_tui.sandbox.shop.order_edits import add_row, edit_row, sum_up
from tests.engine.shop import add_note, placed
from tests.support.driven_engine import Driven

pytestmark = pytest.mark.usefixtures("quick_retries")


@pytest.fixture
def sandbox(stocked) -> Sandbox:
    return stocked(orders=3, plain=True)


@pytest.fixture
def engine(sandbox, driven) -> Driven:
    engine = driven(sandbox)
    engine.export()
    return engine


def lines(engine: Driven) -> list[tuple[int, str, Decimal, Decimal]]:
    told = engine.do(ShopService.read_drift).lines
    return [(line.uid, line.article_number, line.sent, line.now) for line in told]


def first_row(sandbox: Sandbox, uid: int) -> dict:
    return sandbox.shop.expanded(uid)["items"][0]


def test_our_own_write_back_is_no_drift(sandbox, engine):
    engine.thorough_look()
    for uid in placed(sandbox):
        add_note(sandbox, uid)
    engine.look()
    assert lines(engine) == []
    assert not any(entry.drift for entry in engine.entries().values())


def test_more_less_and_none_of_an_article_shows_at_the_next_look(sandbox, engine):
    uid = placed(sandbox)[0]
    row = first_row(sandbox, uid)
    number, quantity = row["articleNumber"], row["choices"]["quantity"]
    edit_row(sandbox.shop, uid, row["uid"], quantity + 2)
    engine.look()
    assert lines(engine) == [(uid, number, Decimal(quantity), Decimal(quantity + 2))]
    assert engine.entry(uid).drift
    assert engine.view(uid).drift
    assert engine.told(DriftChanged)[-1].lines[0].article_number == number
    edit_row(sandbox.shop, uid, row["uid"], quantity)
    engine.look()
    assert lines(engine) == []
    assert not engine.entry(uid).drift


def test_a_new_article_shows(sandbox, engine):
    uid = placed(sandbox)[0]
    add_row(sandbox.shop, uid, "KASA-BJ", 3)
    engine.look()
    (line,) = lines(engine)
    assert line[1] == "KASA-BJ"
    assert line[3] - line[2] == 3


def test_ticking_off_names_the_operator_and_what_comes_after_counts_from_there(sandbox, engine):
    uid = placed(sandbox)[0]
    add_row(sandbox.shop, uid, "KASA-BJ", 3)
    engine.look()
    engine.do(ShopService.tick_drift, uid, "KASA-BJ")
    assert lines(engine) == []
    with pytest.raises(InvalidDecision):
        engine.do(ShopService.tick_drift, uid, "KASA-BJ")
    assert "drift_ticked" in engine.verbs(uid)
    add_row(sandbox.shop, uid, "KASA-BJ", 1)
    engine.look()
    ((_, _, sent, now),) = lines(engine)
    assert now - sent == 1


def test_a_cancelled_order_and_a_refunded_one_are_flagged(sandbox, engine):
    first, second, third = placed(sandbox)
    sandbox.shop.discard(first)
    sandbox.shop.refund(second)
    engine.look()
    flags = {uid: entry.cancelled_in_shop for uid, entry in engine.entries().items()}
    assert flags == {first: True, second: True, third: False}
    assert {uid for uid, *_ in lines(engine)} == {first}
    assert all(now == 0 for *_, now in lines(engine))


def test_an_edit_while_nobody_looked_is_seen_by_the_next_process(sandbox, engine, driven):
    uid = placed(sandbox)[0]
    engine.leave()
    add_row(sandbox.shop, uid, "KASA-BJ", 3)
    later = driven(sandbox)
    later.look()
    assert [line[1] for line in lines(later)] == ["KASA-BJ"]


def edit(sandbox: Sandbox, uid: int, change) -> None:
    """Change an order in the shop."""
    with sandbox.shop.lock:
        document = sandbox.shop.entity("Order", uid)
        change(document)
        sandbox.shop.touch(document)


def new_address(document: dict) -> None:
    address = {"copyAddress": False, "name": "Person 1", "address": "Gatan 1", "postcode": "111 22", "town": "Ort"}
    document["customer"]["deliveryAddress"] = {**address, "country": "SE"}


def new_method(document: dict) -> None:
    document["delivery"] = {"method": 987654}


def new_fee(document: dict) -> None:
    for key in ("shipment", "total"):
        cost = document["costs"][key]
        cost["incVat"] += 10
        cost["vat"] += 2
        cost["exVat"] += 8


def new_vat(sandbox: Sandbox, uid: int) -> None:
    """Set another rate on the first row, at the same price."""
    with sandbox.shop.lock:
        document = sandbox.shop.entity("Order", uid)
        row = sandbox.shop.entity("OrderItem", document["items"][0])
        rate = Decimal("0.06") if row["costs"]["unit"]["vatRate"] != Decimal("0.06") else Decimal("0.12")
        for cost in row["costs"].values():
            vat = (cost["incVat"] * rate / (1 + rate)).quantize(Decimal("0.01"))
            cost |= {"vatRate": rate, "vat": vat, "exVat": cost["incVat"] - vat}
        sum_up(sandbox.shop, document)
        sandbox.shop.touch(document)


def test_an_edit_that_changes_vat_alone_is_told(sandbox, engine):
    uid = placed(sandbox)[0]
    engine.look()
    new_vat(sandbox, uid)
    engine.look()
    assert [line.kind for line in engine.do(ShopService.read_drift).lines] == ["vat"]


@pytest.mark.parametrize(("change", "kind"), [(new_address, "address"), (new_method, "method"), (new_fee, "fee")])
def test_what_the_parcel_needs_is_told_once_and_ticked(sandbox, engine, change, kind):
    uid = placed(sandbox)[0]
    engine.look()
    edit(sandbox, uid, change)
    engine.look()
    (line,) = engine.do(ShopService.read_drift).lines
    assert (line.uid, line.kind, line.article_number) == (uid, kind, "")
    assert engine.entry(uid).drift
    engine.do(ShopService.tick_drift, uid, kind)
    add_note(sandbox, uid)
    engine.look()
    assert lines(engine) == []
    assert not engine.entry(uid).drift


def test_the_journal_keeps_no_address(sandbox, engine):
    uid = placed(sandbox)[0]
    edit(sandbox, uid, new_address)
    engine.look()
    with engine.reader() as journal:
        for table in ("orders", "drift_lines", "events"):
            kept = repr(journal.db.rows(f"SELECT * FROM {table}", ()))
            assert "Gatan 1" not in kept
            assert "Person 1" not in kept
