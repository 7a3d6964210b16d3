"""The probe of one order: what it makes at Specter, what it learns, and what it leaves behind."""

from collections import Counter
from concurrent.futures import CancelledError

import pytest

from specter_tui.engine.checks.account_check import check_all
from specter_tui.engine.probe.copy_steps import COMMENT, pattern_of
from specter_tui.engine.service import ShopService
from specter_tui.specter.errors import Refused
from tests.engine.shop import at_specter, bought, calls, document, placed, spoil
from tests.probe.operator import YES, facts_of, lists_of, probe_order, results_of
from tests.support.driven_engine import states

D = ("D1", "D2", "D3", "D3b", "D4", "D5", "D5b", "D6", "D6b")


def external(shop, uid):
    return str(document(shop, uid)["orderNumber"])


def test_an_account_as_assumed_is_settled_by_one_order(stocked, probing, monkeypatch):
    shop = stocked(orders=2, plain=True, known_articles_only=False)
    uid = placed(shop)[0]
    bought(shop, uid, "9.99", 3)
    typed = iter(("23,98x", "23,98"))
    amounts = {"sum without VAT": lambda _: next(typed), "the VAT:": "5,99", "sum with VAT": "29,97"}
    engine = probing(shop, {**YES, **amounts})
    end = probe_order(monkeypatch, engine, uid, *D)
    assert set(results_of(end).values()) == {"done"}, results_of(end)
    sent = sum((Counter(calls) for calls in shop.ledger.calls().values()), Counter[str]())
    assert Counter(call.method for report in end.reports for call in report.calls) == sent, "each request is counted"
    facts = facts_of(end)
    assert facts["duplicate"]["answer"] == "refused"
    assert facts["customer_matched"] is True
    assert facts["unknown_article"] == {"answer": "taken"}
    assert (facts["address_on"], facts["number_writable"]) == ("order", "writable")
    assert "SPECTER__REFUSES_DUPLICATES=true" in lists_of(end)["set_now"]
    assert at_specter(shop, external(shop, uid)) == 1
    order = shop.specter.orders_of(external(shop, uid))[0]
    assert document(shop, uid)["externalOrderNumber"] == str(order.number)
    assert shop.specter.customers[order.customer].fields["deliveryAddressRow2"] != "TEST"
    assert [text for text in engine.asked if "THE COPY" in text and str(order.number) not in text], "D6's order"
    with engine.reader() as journal:
        kept = journal.facts.all(engine.settings.accounts)
        assert journal.db.rows("SELECT COUNT(*) FROM stops WHERE ended_at IS NULL", ()) == [(0,)]
    assert kept["duplicate"].step == "D3"
    # Nothing of it is sent again by a second probe.
    before = dict(shop.ledger.calls())
    again = probe_order(monkeypatch, engine, uid, *D)
    assert results_of(again) == results_of(end)
    assert shop.ledger.calls() == before


def test_an_accepted_duplicate_is_held_until_its_own_number_is_typed(stocked, probing, monkeypatch):
    shop = stocked(orders=1, plain=True, refuses_duplicates=False)
    uid = placed(shop)[0]
    wrong = iter(("", "90001", "nonsense"))

    def deleted(text):
        return next(wrong, text.split("ORDER ")[1].split(".")[0])

    engine = probing(shop, {**YES, "THE COPY": deleted}, SPECTER__REFUSES_DUPLICATES="true")
    end = probe_order(monkeypatch, engine, uid, "D1", "D3", "D3b")
    first, copy = shop.specter.orders_of(external(shop, uid))
    assert len([text for text in engine.asked if f"ORDER {copy.number}" in text]) == 4
    assert (copy.fields["internalComment"], copy.rows) == (COMMENT, first.rows)
    assert copy.fields.get("externalDeliveryMethod", "") == copy.fields.get("payTypeReference", "") == ""
    assert (copy.fields["sendOrderMail"], copy.fields["sendOrderMailToUser"]) == ("0", "0")
    assert engine.entry(uid).specter_number == str(first.number), "the copy is never the order"
    assert document(shop, uid)["externalOrderNumber"] == str(first.number)
    assert facts_of(end)["duplicate"] == {"answer": "accepted"}
    assert lists_of(end)["set_now"] == ["SPECTER__REFUSES_DUPLICATES=false"]
    assert str(copy.number) not in str(lists_of(end)), "numbers are not in the protocol"


def test_other_words_for_a_duplicate_are_asked_about_and_become_the_pattern(stocked, probing, monkeypatch):
    text = "Order {external} ej skapad: nummer {external} spärrat"
    shop = stocked(orders=1, plain=True, duplicate_text=text, duplicate_code=41)
    uid = placed(shop)[0]
    end = probe_order(monkeypatch, probing(shop), uid, "D1", "D3", "D3b")
    set_now = lists_of(end)["set_now"]
    assert "SPECTER__REFUSES_DUPLICATES=true" in set_now
    (pattern,) = [line for line in set_now if line.startswith("SPECTER__DUPLICATE_ANSWER=")]
    assert pattern.startswith("SPECTER__DUPLICATE_ANSWER=^41;")
    assert "10001" not in pattern
    no = {**YES, "does that say": "n", "Does that say": "n"}
    other = probe_order(monkeypatch, probing(shop, no), placed(shop)[0], "D3b")
    assert at_specter(shop, external(shop, uid)) == 1
    assert other.why == ""


def test_a_code_without_a_word_makes_no_pattern(stocked, probing, monkeypatch):
    shop = stocked(orders=1, plain=True, duplicate_text="Zqxw {external}", duplicate_code=41)
    uid = placed(shop)[0]
    end = probe_order(monkeypatch, probing(shop), uid, "D1", "D3", "D3b")
    assert lists_of(end)["set_now"] == ["SPECTER__REFUSES_DUPLICATES=true"]
    assert [line for line in lists_of(end)["for_developers"] if "cannot be made a pattern" in line]


def test_an_operator_who_leaves_before_the_proper_card_does_not_leave_the_test_on_it(stocked, probing, monkeypatch):
    shop = stocked(orders=1, plain=True)
    uid = placed(shop)[0]
    engine = probing(shop, {**YES, "show TEST": lambda _: engine.engine.shut_down() or ""})
    with pytest.raises(CancelledError):
        probe_order(monkeypatch, engine, uid, "D1", "D5", "D5b")
    (order,) = shop.specter.orders_of(external(shop, uid))
    assert shop.specter.customers[order.customer].fields["deliveryAddressRow2"] != "TEST"
    engine.leave()
    again = probing(shop)
    assert not [text for text in again.notices if "test address" in text]


def test_a_copy_that_nobody_confirmed_is_named_at_every_start(stocked, probing, monkeypatch):
    shop = stocked(orders=1, plain=True, refuses_duplicates=False)
    uid = placed(shop)[0]
    engine = probing(shop, {**YES, "THE COPY": lambda _: engine.engine.shut_down() or ""})
    with pytest.raises(CancelledError):
        probe_order(monkeypatch, engine, uid, "D1", "D3", "D3b")
    engine.leave()
    copy = shop.specter.orders_of(external(shop, uid))[1].number
    later = probing(shop)
    assert [text for text in later.notices if str(copy) in text and "left a copy" in text]
    end = probe_order(monkeypatch, later, 0, "D1", "D3", "D3b", groups=frozenset())
    assert results_of(end)["D3b"] == "done", "any later probe asks for it"
    later.leave()
    assert not [text for text in probing(shop).notices if "left a copy" in text]


def test_a_refusal_for_another_reason_sets_nothing(stocked, probing, monkeypatch):
    shop = stocked(orders=1, plain=True)
    uid = placed(shop)[0]
    spoil(shop, "refusal", "newOrderSubmit", skip=1, code="77", text="Kunden saknas")
    end = probe_order(monkeypatch, probing(shop, {**YES, "Does that say": "n"}), uid, "D1", "D3", "D3b")
    assert lists_of(end)["set_now"] == []
    assert "duplicate" not in facts_of(end)
    assert [line for line in lists_of(end)["open"] if "77" in line]


def test_a_lost_answer_may_be_a_copy_and_ends_the_probe_until_specter_was_searched(stocked, probing, monkeypatch):
    shop = stocked(orders=1, plain=True, refuses_duplicates=False)
    uid = placed(shop)[0]
    spoil(shop, "lost", "newOrderSubmit", skip=1, after=True)
    copies = iter(("90001", "90002"))
    engine = probing(shop, {**YES, "there may be a copy": lambda _: next(copies)})
    end = probe_order(monkeypatch, engine, uid, *D)
    assert (results_of(end)["D3"], results_of(end)["D3b"]) == ("broken_off", "done")
    assert end.why
    assert "D6" not in results_of(end)
    searched = [text for text in engine.asked if "there may be a copy" in text]
    assert len(searched) == 2, "the order's own number is not the copy's"
    assert all(external(shop, uid) in text for text in searched)
    before = calls(shop, "newOrderSubmit")
    again = probe_order(monkeypatch, engine, uid, *D)
    assert calls(shop, "newOrderSubmit") == before + 1, "only D6 is new"
    assert "D3" in results_of(again)


def test_the_copy_is_not_offered_where_it_could_do_harm(stocked, probing, monkeypatch):
    shop = stocked(orders=1, plain=True)
    uid = placed(shop)[0]
    engine = probing(shop, ORDER__CONFIRM_CUSTOMER="true")
    end = probe_order(monkeypatch, engine, uid, "D1", "D3", "D3b", "D6", "D6b")
    assert calls(shop, "newOrderSubmit") == 1
    assert not [text for text in engine.asked if "kopia" in text]
    assert (results_of(end)["D3"], results_of(end)["D6"]) == ("skipped", "skipped")


def test_nothing_is_sent_for_an_order_whose_number_is_not_typed_or_that_is_not_exported(stocked, probing, monkeypatch):
    shop = stocked(orders=2, plain=True)
    one, two = placed(shop)
    end = probe_order(monkeypatch, probing(shop, {**YES, "Type its order number": "999"}), one, *D)
    assert calls(shop, "newCustomerSubmit") == calls(shop, "newOrderSubmit") == 0
    assert set(results_of(end).values()) == {"skipped"}
    spoil(shop, "refusal", "newOrderSubmit", code="7", text="Okänd artikel")
    refused = probe_order(monkeypatch, probing(shop), two, *D)
    assert results_of(refused) == {"D1": "broken_off"}
    assert calls(shop, "newOrderSubmit") == 1


def test_an_address_that_the_order_takes_from_the_card_is_for_the_developers(stocked, probing, monkeypatch):
    shop = stocked(orders=2, plain=True, address_on="card")
    uid, later = placed(shop)

    def looked(_text):
        (order,) = shop.specter.orders_of(external(shop, uid))
        return "y" if shop.specter.goes_to(order).get("deliveryAddressRow2") == "TEST" else "n"

    engine = probing(shop, {**YES, "show TEST": looked})
    end = probe_order(monkeypatch, engine, uid, "D1", "D5", "D5b")
    assert facts_of(end)["address_on"] == "card"
    assert [line for line in lists_of(end)["for_developers"] if "card" in line]
    (order,) = shop.specter.orders_of(external(shop, uid))
    assert shop.specter.goes_to(order)["deliveryAddressRow2"] != "TEST"
    # From then on the next order of a buyer says what it does to the earlier one, and so does the check.
    plan = engine.do(ShopService.preview, later).plan
    assert plan.ready
    assert "address_on_card" in [warning.code for warning in plan.warnings]
    told = [one.text for one in engine.do(check_all, test_account=False) if "customer's card" in one.text]
    assert len(told) == 1


def test_after_the_probe_of_a_specter_that_rounds_to_kronor_orders_in_ore_are_held(stocked, probing, monkeypatch):
    shop = stocked(orders=3, plain=True, rounding="krona")
    probed, broken, whole = placed(shop)
    for uid, price in ((probed, "9.99"), (broken, "9.99"), (whole, "10.00")):
        bought(shop, uid, price, 3)
    amounts = {"sum without VAT": "23,98", "the VAT:": "5,99", "sum with VAT": "30"}
    engine = probing(shop, {**YES, **amounts}, SPECTER__ROUNDING="order")
    end = probe_order(monkeypatch, engine, probed, "D1", "D4")
    assert facts_of(end)["rounding"] == "krona"
    assert [line for line in lists_of(end)["for_developers"] if "whole kronor" in line]
    assert not [line for line in lists_of(end)["set_now"] if "ROUNDING" in line], "no setting does that"
    assert states(engine.export(broken, whole)) == ["blocked", "exported"]
    assert "whole kronor" in engine.view(broken).message
    assert (at_specter(shop, external(shop, broken)), at_specter(shop, external(shop, whole))) == (0, 1)
    told = [one for one in engine.do(check_all, test_account=False) if "whole kronor" in one.text]
    assert [one.level for one in told] == ["note"], "the setting, which cannot say it, is no contradiction"


def test_a_pattern_keeps_no_word_that_was_struck():
    refusal = Refused("12", "Order S-10 för Åsa Öberg finns redan")
    pattern = pattern_of("12", "Order *** för *** finns redan")
    assert pattern == "^12;.*Order.*för.*finns redan"
    assert refusal.answer.startswith("12;")
