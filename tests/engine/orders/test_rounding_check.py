"""How Specter rounds, found out by what it shows for an order that was really sent to it."""

from decimal import Decimal

import pytest

from specter_tui.engine.decisions import InvalidDecision
from specter_tui.engine.service import ShopService
from specter_tui.journal.repositories.probe_facts import FactRecorder
from specter_tui.planning.rounding_models import ShownAmounts
from tests.engine.shop import bought, document, placed
from tests.support.driven_engine import states

D = Decimal


def shown(sandbox, engine, uid):
    """Return what Specter's screen shows for the order."""
    with sandbox.specter.lock:
        totals = sandbox.specter.orders[int(engine.entry(uid).specter_number)].totals
    return ShownAmounts(totals.net, sum(totals.vat.values(), D(0)), totals.total)


TELLING = ("9.99", 3)


@pytest.mark.parametrize(
    ("really", "outcome", "changes", "facts"),
    [
        ({"rounding": "order"}, "agrees", {}, {}),
        ({"rounding": "row"}, "agrees", {}, {}),
        ({"rounding": "rate"}, "differs", {"SPECTER__ROUNDING": "rate"}, {"rounding": "rate"}),
        ({"price_decimals": 2}, "differs", {"SPECTER__PRICE_DECIMALS": "2"}, {"price_decimals": 2}),
        (
            {"rounding": "rate", "price_decimals": 2},
            "differs",
            {"SPECTER__PRICE_DECIMALS": "2"},
            {"price_decimals": 2},
        ),
        ({"rounding": "krona"}, "whole_kronor", {}, {"rounding": "krona"}),
    ],
)
def test_one_order_tells_what_specter_does(stocked, driven, really, outcome, changes, facts):
    shop = stocked(orders=1, plain=True, **really)
    (uid,) = placed(shop)
    bought(shop, uid, *TELLING)
    engine = driven(shop, SPECTER__ROUNDING="order", SPECTER__PRICE_DECIMALS="6")
    assert states(engine.export(uid)) == ["exported"]
    compared = engine.do(ShopService.compare, uid, shown(shop, engine, uid))
    assert compared.verdict.outcome == outcome
    assert {one.name: one.new for one in compared.changes} == changes
    with engine.reader() as journal:
        kept = journal.facts.all(engine.settings.accounts)
    assert {name: fact.value for name, fact in kept.items()} == facts
    assert bool(compared.for_developers) == (outcome == "whole_kronor")


def test_an_order_that_cannot_tell_names_those_that_can(stocked, driven):
    shop = stocked(orders=3, plain=True, rounding="rate")
    silent, telling, other = placed(shop)
    bought(shop, silent, "100.00", 1)
    bought(shop, telling, *TELLING)
    bought(shop, other, "200.00", 2)
    engine = driven(shop, SPECTER__ROUNDING="order")
    engine.export(silent, telling, other)
    quiet = engine.do(ShopService.compare, silent, shown(shop, engine, silent))
    assert quiet.verdict.outcome == "agrees"
    assert quiet.telling == (str(document(shop, telling)["orderNumber"]),)
    assert f"which can: {quiet.telling[0]}." in quiet.text
    plain = engine.do(ShopService.compare, telling, shown(shop, engine, telling))
    assert [one.line for one in plain.changes] == ["SPECTER__ROUNDING=rate"]


def test_a_fact_is_forgotten_when_another_order_disproves_it(stocked, driven):
    shop = stocked(orders=1, plain=True)
    (uid,) = placed(shop)
    bought(shop, uid, *TELLING)
    engine = driven(shop)
    engine.export(uid)
    mistyped = ShownAmounts(D("23.98"), D("5.99"), D("30.00"))
    assert engine.do(ShopService.compare, uid, mistyped).verdict.outcome == "whole_kronor"
    assert engine.do(ShopService.compare, uid, shown(shop, engine, uid)).verdict.outcome == "agrees"
    with engine.reader() as journal:
        assert journal.facts.value(engine.settings.accounts, "rounding") is None


def test_what_cannot_be_compared_is_refused_with_the_reason(stocked, driven):
    shop = stocked(orders=3, plain=True)
    sent, typed, unsent = placed(shop)
    bought(shop, sent, *TELLING)
    engine = driven(shop)
    engine.export(sent)
    engine.do(ShopService.enter_number, typed, "91000")
    amounts = shown(shop, engine, sent)
    for uid, why in ((typed, "no rows"), (unsent, "not exported")):
        with pytest.raises(InvalidDecision, match=why):
            engine.do(ShopService.compare, uid, amounts)
    with pytest.raises(InvalidDecision, match=r"make 29\.97 SEK, not 31\.97 SEK"):
        engine.do(ShopService.compare, sent, ShownAmounts(D("23.98"), D("5.99"), D("31.97")))


@pytest.mark.parametrize(
    ("facts", "settings", "blocked", "rounding"),
    [
        ({}, {}, False, "order"),
        ({"rounding": "krona"}, {}, True, "order"),
        ({"rounding": "rate", "price_decimals": 3}, {}, False, "rate"),
        ({"rounding": "rate"}, {"SPECTER__ROUNDING": "order"}, False, "order"),
        ({"rounding": "nonsense", "price_decimals": 9}, {}, False, "order"),
    ],
)
def test_what_was_found_out_is_used_where_a_person_has_set_nothing(stocked, driven, facts, settings, blocked, rounding):
    shop = stocked(orders=2, plain=True)
    broken, whole = placed(shop)
    bought(shop, broken, *TELLING)
    bought(shop, whole, "10.00", 3)
    shop.settings.pop("SPECTER__ROUNDING", None)
    engine = driven(shop, **settings)

    async def know(service):
        await service.context.journal(FactRecorder.put, service.context.settings.accounts, "D4", facts)
        await service.reference.refresh(thorough=True)
        return service.reference._settings.specter.rounding

    assert engine.do(know) == rounding
    found = engine.do(ShopService.preview, broken).plan.problems
    held = [dict(problem.values)["case"] for problem in found if problem.code == "rounding"]
    assert held == (["whole_kronor"] if blocked else [])
    assert engine.do(ShopService.preview, whole).plan.ready
