"""Accepted suggestions of article numbers: each is read again before it is written, and failures are reported."""

import pytest

from specter_tui.engine.events import NumbersChecked, NumbersFixed
from specter_tui.sandbox.sandbox import Sandbox
from specter_tui.sandbox.server.faults import Fault
from specter_tui.sandbox.shop.patch_rules import write_by_hand
from tests.support.driven_engine import Driven

pytestmark = pytest.mark.usefixtures("quick_retries")


@pytest.fixture
def sandbox(stocked) -> Sandbox:
    sandbox = all_good(stocked(orders=0, articles=30, plain=True))
    for place, number in enumerate(["", "å ä", "SAMMA", "SAMMA", "x" * 60]):
        write_by_hand(sandbox.shop, "Article", simple(sandbox)[place], {"articleNumber": number})
    return sandbox


def all_good(sandbox: Sandbox) -> Sandbox:
    """Start the same shop without a bad number."""
    for kind in ("Article", "ArticleVariant"):
        for uid in sandbox.shop.tables[kind]:
            write_by_hand(sandbox.shop, kind, uid, {"articleNumber": f"A-{uid}"})
    return sandbox


def simple(sandbox: Sandbox) -> list[int]:
    """Return articles without variants."""
    articles = sandbox.shop.tables["Article"].values()
    return [one["uid"] for one in articles if not one.get("variants") and one["type"] == "Standard"]


def number_of(sandbox: Sandbox, uid: int) -> str:
    return sandbox.shop.entity("Article", uid)["articleNumber"]


def check(engine: Driven) -> NumbersChecked:
    return engine.do(lambda service: service.check_numbers())


def fix(engine: Driven, accepted=None) -> NumbersFixed:
    return engine.do(lambda service: service.fix_numbers(accepted))


def test_all_suggestions_are_written_and_the_list_is_empty(sandbox, driven):
    engine = driven(sandbox)
    before = check(engine)
    assert len(before.problems) == 5
    fixed = fix(engine)
    assert [fix.error for fix in fixed.fixes] == [""] * 4, "one of the two that share a number keeps it"
    assert [number_of(sandbox, bad.article_uid) for bad in before.problems] == [
        bad.suggestion for bad in before.problems
    ]
    assert engine.told(NumbersChecked)[-1].problems == ()
    assert check(engine).problems == ()
    assert sandbox.ledger.complaints == []


def test_one_holder_of_a_number_renamed_makes_the_other_good(sandbox, driven):
    engine = driven(sandbox)
    twins = [bad for bad in check(engine).problems if bad.number == "SAMMA"]
    fix(engine, [bad for bad in twins if not bad.keeps])
    rest = engine.told(NumbersChecked)[-1].problems
    assert len(rest) == 3
    assert rest == check(engine).problems


def test_what_vanished_was_edited_or_taken_meanwhile_is_named_and_the_rest_is_written(sandbox, driven):
    engine = driven(sandbox)
    empty, spaced, other, twin, long = check(engine).problems
    assert (other.keeps, twin.keeps) == (True, False)
    sandbox.shop.remove_article(empty.article_uid)
    write_by_hand(sandbox.shop, "Article", spaced.article_uid, {"articleNumber": "NYTT"})
    write_by_hand(sandbox.shop, "Article", simple(sandbox)[9], {"articleNumber": twin.suggestion})
    fixed = fix(engine, [empty, spaced, other, twin, long])
    assert [(one.new, bool(one.error)) for one in fixed.fixes] == [
        (empty.suggestion, True),
        (spaced.suggestion, True),
        (other.suggestion, True),
        (twin.suggestion, True),
        (long.suggestion, False),
    ]
    assert "not in the shop" in fixed.fixes[0].error
    assert "NYTT" in fixed.fixes[1].error
    assert "keeps the number" in fixed.fixes[2].error
    assert "Another article" in fixed.fixes[3].error
    assert number_of(sandbox, spaced.article_uid) == "NYTT"
    assert number_of(sandbox, long.article_uid) == long.suggestion


def test_what_the_shop_refuses_is_named(sandbox, driven):
    engine = driven(sandbox)
    sandbox.faults["shop"].add(Fault(kind="refusal", call="Article.set", code="9003", text="Object not found"))
    fixed = fix(engine)
    assert all(one.error for one in fixed.fixes)
    assert len(check(engine).problems) == 5


def test_numbers_of_variants_are_written_on_them(stocked, driven):
    sandbox = all_good(stocked(orders=0, articles=30, plain=True))
    variant = next(iter(sandbox.shop.tables["ArticleVariant"].values()))
    write_by_hand(sandbox.shop, "ArticleVariant", variant["uid"], {"articleNumber": "röd m"})
    engine = driven(sandbox)
    (bad,) = check(engine).problems
    assert bad.variant_uid == variant["uid"]
    fix(engine, [bad])
    assert variant["articleNumber"] == bad.suggestion == "rod-m"


def test_packages_and_articles_without_stock_are_listed(stocked, driven):
    sandbox = stocked(orders=0, plain=True)
    checked = check(driven(sandbox))
    articles = sandbox.shop.tables["Article"].values()
    packages = {one["uid"] for one in articles if one["type"] != "Standard"}
    assert {one.article_uid for one in checked.packages} == packages != set()
    unmanaged = {one["uid"] for one in articles if not one["stock"]["useStock"]} - packages
    assert {one.article_uid for one in checked.unmanaged} == unmanaged != set()
