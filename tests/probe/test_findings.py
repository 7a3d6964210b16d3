"""Shops that are wrong in several ways at once: the probe names each, and calls nothing outside its list."""

from datetime import UTC, datetime

import pytest

from specter_tui.engine.probe.step import StepReport
from specter_tui.engine.probe.table import STEPS
from specter_tui.journal.probe_models import ProbeStep
from tests.probe.probing import probed, settings_for
from tests.probe.untrue_shop import Wrong


def said(found: list[str], *words: str) -> bool:
    return any(all(word in line for word in words) for line in found)


def test_a_shop_as_it_should_be_leaves_nothing_to_set(tmp_path):
    probe = probed(tmp_path)
    assert set(probe.results.values()) == {"done"}
    assert probe.lists["set_now"] == []
    assert probe.lists["for_developers"] == []
    facts = probe.facts
    assert facts["base_currency"] == "SEK"
    assert facts["methods_selection"] == "limit"
    assert facts["gift_card_types"] == ["giftcard"]
    assert facts["unknown_query_keys"] == []
    assert [facts[f"filter.{name}"] for name in ("ordered", "changed", "uid", "order_number")] == ["passes"] * 4
    assert (facts["ends_inclusive"], facts["count"], facts["batch_largest"]) == (True, "passes", 20)
    assert facts["error_http_status"] == 200


def test_filters_that_are_refused_or_ignored_and_a_limit_that_is_capped(tmp_path):
    probe = probed(
        tmp_path,
        Wrong(refused_filters=("/changed",), ignored_filters=("/uid", "/orderNumber"), cap=25, count="ignores"),
    )
    facts = probe.sure
    assert facts["filter.changed"] == "refused"
    assert facts["filter.uid"] == facts["filter.order_number"] == "ignored"
    assert (facts["filter.ordered"], facts["count"], facts["limit_largest"]) == ("passes", "ignored", 25)
    developers = probe.lists["for_developers"]
    assert said(developers, "/changed", "refused")
    assert said(developers, "/uid", "ignored")
    assert said(developers, "/orderNumber", "ignored")
    assert said(developers, "Order.count ignores")
    assert said(developers, "only 25 orders")


def test_keys_that_are_unknown_are_found_by_halves_where_no_pointer_names_them(tmp_path):
    probe = probed(tmp_path, Wrong(unknown_keys=("language", "externalRef", "discountInfo"), points=False, status=500))
    assert set(probe.facts["unknown_query_keys"]) == {
        "language",
        "payments.externalRef",
        "discountInfo",
        "items.discountInfo",
    }
    assert probe.facts["error_http_status"] == 500
    for key in ("language", "payments.externalRef", "items.discountInfo"):
        assert said(probe.lists["for_developers"], "refuses the field", key)


def test_keys_that_a_pointer_names_cost_few_calls(tmp_path):
    probe = probed(tmp_path, Wrong(unknown_keys=("note", "deliveryStatus")))
    assert probe.facts["unknown_query_keys"] == ["deliveryStatus", "note"]
    assert next(report.count for report in probe.end.reports if report.step.name == "A3") < 30


def test_another_word_for_the_gift_card_a_refused_selection_and_another_currency(tmp_path):
    probe = probed(tmp_path, Wrong(gift_card="tillgodobevis", refused_selections=("limit",), currency="EUR"))
    assert probe.facts["gift_card_types"] == ["tillgodobevis"]
    assert probe.facts["methods_selection"] == "true"
    assert said(probe.lists["set_now"], "ORDER__GIFT_CARD_METHODS=", "tillgodobevis")
    assert said(probe.lists["for_developers"], "PaymentMethod.list", "limit", "refused")
    assert said(probe.lists["open"], "EUR", "SEK")


def test_ends_that_are_left_out_batches_that_are_small_and_unordered_and_errors_of_their_own(tmp_path):
    probe = probed(
        tmp_path,
        Wrong(exclusive=True, batch=7, reverses=True, status=404, codes={"key": -32603, "method": -32000, "uid": 404}),
    )
    facts = probe.facts
    assert (facts["ends_inclusive"], facts["batch_largest"], facts["error_http_status"]) == (False, 5, 404)
    assert facts["filter.ordered"] == "passes"
    developers = probe.lists["for_developers"]
    assert said(developers, "leave out their own second")
    assert said(developers, "request of 20 calls")
    assert said(developers, "-32603", "passing")
    assert said(developers, "404", "9003")
    assert said(developers, "HTTP status 404")


def test_unknown_names_that_are_taken_prove_nothing(tmp_path):
    ignored = ("/ordered",)
    wrong = Wrong(takes_unknown=("key", "filter", "method"), sorts=False, schemas=False, ignored_filters=ignored)
    probe = probed(tmp_path, wrong)
    assert probe.sure["filter.ordered"] == probe.sure["count"] == "ignored"
    developers = probe.lists["for_developers"]
    assert said(developers, "gives no schema")
    assert said(developers, "unknown field is not refused")
    assert said(developers, "unknown filter is not refused")
    assert said(developers, "unknown method is answered")
    assert said(developers, "Sorting by uid is ignored")


@pytest.mark.parametrize("orders", [0, 1])
def test_a_shop_with_few_orders_says_what_stays_open(tmp_path, orders):
    probe = probed(tmp_path, orders=orders)
    assert "filter.uid" not in probe.sure
    assert said(probe.lists["open"], "no orders" if orders == 0 else "no other order")


@pytest.mark.parametrize("kind", [401, 403, 429, 1004, 1008])
def test_it_ends_at_the_first_sign_that_it_is_not_welcome(tmp_path, kind):
    probe = probed(tmp_path, Wrong(unwelcome=(9, kind)))
    assert len(probe.shop.requests) == 9
    assert list(probe.results.values()) == ["done", "done", "refused"]
    assert said(probe.lists["open"], "A3")


def test_a_company_elsewhere_own_fields_and_a_total_after_the_gift_card(tmp_path):
    wrong = Wrong(
        company_key="organisationName", own_fields={"gate_code": "4711", "Hälsning": "Till Alma"}, after_card=True
    )
    probe = probed(tmp_path, wrong)
    assert probe.sure["company_key"] == "customer.address.organisationName"
    assert set(probe.sure["own_fields"]) == {"gate_code", "Hälsning"}
    assert probe.sure["total_before_gift_card"] is False
    developers = probe.lists["for_developers"]
    assert said(developers, "customer.address.organisationName", "not looked for")
    assert said(developers, "does not include what a gift card paid")


@pytest.mark.parametrize(
    ("key", "labelled", "found"),
    [("organisation", True, "customer.info.organisation"), ("orgNamn", False, "customer.info.orgNamn")],
)
def test_a_company_among_the_checkouts_own_fields(tmp_path, key, labelled, found):
    def spoil(order):
        address, info = order["customer"]["address"], order["customer"]["info"]
        if name := address.pop("company", ""):
            info[key] = {"label": key, "value": name} if labelled else name

    developers = probed(tmp_path, Wrong(change=spoil), orders=12).lists["for_developers"]
    assert said(developers, found)


def test_a_company_that_is_read_as_the_customers_name_is_named(tmp_path):
    def spoil(order):
        order["customer"]["name"] = order["customer"]["address"].pop("company", "Alma Öberg")

    probe = probed(tmp_path, Wrong(change=spoil), orders=12)
    assert probe.sure["company_key"] == "customer.name"
    assert probe.lists["for_developers"] == []


def test_new_words_package_types_and_documents_that_cannot_be_read(tmp_path):
    def spoil(order):
        order["costs"]["total"] = {**order["costs"]["total"], "incVat": "dear"}

    probe = probed(tmp_path, Wrong(statuses=("paid", "partlyPaid"), article_type="ProductBundle", change=spoil))
    developers = probe.lists["for_developers"]
    assert said(developers, "New words in paymentStatus", "partlyPaid")
    assert said(developers, "50 of 50 orders cannot be read", "costs")
    assert said(probe.lists["set_now"], "ORDER__PACKAGE_TYPES=package,ProductBundle")


def test_what_may_not_be_written_switches_its_work_off(tmp_path):
    locked = ("Order.externalOrderNumber", "Order.deliveryStatus", "Article.stock")
    probe = probed(tmp_path, Wrong(locked=locked, descends=False), STOCK__SYNC="true", DELIVERY__SYNC="true")
    facts = probe.sure
    assert [facts[name] for name in ("number_writable", "delivery_status_writable", "stock_writable")] == [False] * 3
    assert sorted(probe.lists["set_now"]) == ["DELIVERY__SYNC=false", "STOCK__SYNC=false"]
    assert said(probe.lists["for_developers"], "externalOrderNumber may not be written")
    assert said(probe.lists["for_developers"], "falling order is refused")


def test_a_shop_that_cannot_validate_leaves_it_open(tmp_path):
    probe = probed(tmp_path, Wrong(validates=False))
    assert "number_writable" not in probe.facts
    assert said(probe.lists["open"], "Order.validate gives no answer")


def test_rows_that_cannot_be_expanded_no_get_and_carts_among_the_orders(tmp_path):
    def spoil(order):
        if order["uid"] % 3 == 0:
            order["ordered"] = None

    probe = probed(tmp_path, Wrong(unexpanded=("items",), has_get=False, batch=10, change=spoil))
    assert probe.sure["unknown_query_keys"] == ["items"]
    assert probe.sure["batch_largest"] == 10
    assert said(probe.lists["for_developers"], "refuses the field items")
    assert said(probe.lists["for_developers"], "no Order.get")
    assert said(probe.lists["for_developers"], "20 of the listed orders", "carts")


def test_times_amounts_and_rates_of_another_form(tmp_path):
    def spoil(order):
        order["ordered"] = order["ordered"].replace("T", " ").removesuffix("Z") + "+01:00"
        order["costs"]["total"] = {**order["costs"]["total"], "incVat": "125.00", "vatRate": 25}
        order["orderNumber"] = order["uid"]

    developers = probed(tmp_path, Wrong(change=spoil, currency="sek")).lists["for_developers"]
    assert said(developers, "Times in “ordered”", "9999-99-99 99:99:99+99:99")
    assert said(developers, "costs.total.incVat comes as text")
    assert said(developers, "orderNumber comes as integer")
    assert said(developers, "vatRate is in per cent")


def test_what_was_set_since_is_not_proposed_again(tmp_path):
    settings = settings_for("http://127.0.0.1:1/", tmp_path)
    report = StepReport(STEPS[1], settings)
    report.setting("ORDER__GIFT_CARD_METHODS", "giftcard,tillgodo")
    kept = ProbeStep("A2", "", datetime.now(UTC), "alma@till", 6, None, "done", report.record())
    for value, proposed in (("giftcard,tillgodo", 0), ("mine", 0), ("", 1)):
        others = {"ORDER__GIFT_CARD_METHODS": value} if value else {}
        now = settings_for("http://127.0.0.1:1/", tmp_path, **others)
        assert len(StepReport.recorded(STEPS[1], now, kept).proposed) == proposed
