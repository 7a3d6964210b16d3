"""Orders as a shop returns them, with keys that it may add, leave out or get wrong."""

import json
from datetime import UTC, datetime
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from specter_tui.abicart.catalog_models import Article, PaymentMethod, in_language
from specter_tui.abicart.fields import Reading
from specter_tui.abicart.jsonrpc_results import read_json
from specter_tui.abicart.models import Order, UnreadableOrder, read_order

ORDER = """{
  "uid": 150042, "orderNumber": 1042, "ordered": "2026-11-20T21:14:09Z", "changed": "2026-11-21 08:00:00",
  "discarded": false, "currency": "SEK", "language": "sv", "paymentStatus": "paid", "deliveryStatus": "unsent",
  "webshopLater": {"new": true},
  "customer": {
    "info": {"type": "individual", "email": " asa@example.se ", "nin": null, "Porttelefon": "1234\\u202e",
             "Nyhetsbrev": true, "Golv": 3, "Svar": {"no": 1}, "Tomt": " "},
    "address": {"firstName": "A\\u030asa", "lastName": "Öberg\\u001b[31m", "address": "Gatan  1", "postcode": 11122,
                "town": "Malm\\u00f6\\n", "country": "SE", "floor": 2},
    "deliveryAddress": {"copyAddress": true}
  },
  "items": [{
    "uid": 1, "article": {"uid": 500, "name": "expanded"}, "articleNumber": "KASA-BJ", "articleName": "Kåsa",
    "choices": {"quantity": 2, "55": 77},
    "costs": {"unit": {"currency": "SEK", "incVat": 189.0, "exVat": 151.20000000000002, "vatRate": 0.25},
              "total": {"currency": "SEK", "incVat": 378.00000000000006, "exVat": 302.4, "vat": 75.6, "vatRate": 0.25}},
    "discountInfo": null
  }],
  "costs": {"cart": {"incVat": 378}, "total": {"incVat": 427.0, "exVat": 341.599999999}, "shipment": {"incVat": 49}},
  "discountInfo": null, "payments": [9001, {"uid": 9002, "method": {"uid": 11}, "status": "paid", "amount": 427.0}],
  "delivery": {"method": "7", "more": 1}, "note": "Ring\\r\\nförst"
}"""


def document() -> Any:
    return read_json(ORDER.encode())


def read(**changes: Any) -> Order:
    order = read_order(document() | changes)
    assert isinstance(order, Order), order
    return order


def test_an_order_is_read_with_unknown_keys_references_and_times() -> None:
    order = read()
    assert (order.uid, order.number) == (150042, "1042")
    assert order.ordered == datetime(2026, 11, 20, 21, 14, 9, tzinfo=UTC)
    assert order.changed == datetime(2026, 11, 21, 8, tzinfo=UTC)
    (item,) = order.items
    assert (item.article, item.quantity, item.chosen) == (500, Decimal(2), {"55": "77"})
    assert [(payment.uid, payment.method) for payment in order.payments] == [(9001, None), (9002, 11)]
    assert order.delivery is not None
    assert order.delivery.method == 7
    assert order.discount_info == ()


def test_texts_are_clean() -> None:
    order = read()
    address = order.customer.address
    assert (address.first_name, address.last_name) == ("Åsa", "Öberg[31m")
    assert (address.address, address.postcode, address.town) == ("Gatan 1", "11122", "Malmö")
    assert (order.customer.info.email, order.customer.info.nin) == ("asa@example.se", "")
    assert order.note == "Ring\nförst"


def test_the_checkouts_own_fields_are_what_is_not_known_here() -> None:
    fields = {"Porttelefon": "1234", "Nyhetsbrev": "Ja", "Golv": "3", "Svar": "1"}
    assert read().customer.info.own_fields("sv") == fields


def test_float_noise_goes_and_what_is_no_noise_stays() -> None:
    order = read()
    unit, total = order.items[0].costs.unit, order.items[0].costs.total
    assert str(unit.ex_vat) == "151.20"
    assert str(total.inc_vat) == "378.00"
    assert str(order.costs.total.ex_vat) == "341.60"
    assert read(costs={"cart": {"incVat": Decimal("1.00001")}, "total": {"incVat": 1}}).costs.cart.inc_vat == Decimal(
        "1.00001"
    )
    assert order.items[0].costs.unit.vat_rate == Decimal("0.25")


def test_the_least_that_is_an_order() -> None:
    order = read_order({"uid": "7", "costs": {"cart": {"incVat": 0}, "total": {"incVat": 0}}})
    assert isinstance(order, Order)
    assert (order.uid, order.number, order.items, order.payments, order.ordered) == (7, "7", (), (), None)


@pytest.mark.parametrize("key", ["items", "discountInfo", "payments", "delivery", "note", "orderNumber", "ordered"])
def test_a_key_may_be_missing_or_null(key: str) -> None:
    assert isinstance(read_order(document() | {key: None}), Order)
    assert isinstance(read_order({name: value for name, value in document().items() if name != key}), Order)


@pytest.mark.parametrize(
    ("change", "place"),
    [
        ({"costs": None}, "costs"),
        ({"costs": {"cart": {"incVat": "x"}, "total": {"incVat": 1}}}, "costs/cart/incVat"),
        ({"items": [{"uid": 1}]}, "items/0/costs"),
        ({"items": "none"}, "items"),
        ({"ordered": "yesterday"}, "ordered"),
        ({"ordered": "0001-01-01T00:00:00+14:00"}, "ordered"),
        ({"discarded": "perhaps"}, "discarded"),
        ({"customer": 7}, "customer"),
        ({"payments": [{"uid": 1, "amount": "NaN"}]}, "payments/0/amount"),
    ],
)
def test_an_order_that_cannot_be_read_keeps_number_and_place(change: dict[str, Any], place: str) -> None:
    order = read_order(document() | change)
    assert isinstance(order, UnreadableOrder)
    assert (order.uid, order.number) == (150042, "1042")
    assert order.problem.startswith(f"{place}: ")
    assert order.changed == datetime(2026, 11, 21, 8, tzinfo=UTC)
    assert (order.ordered is None) == (place == "ordered")


def test_an_unreadable_order_that_was_discarded_or_exported_says_so() -> None:
    order = read_order(document() | {"costs": None, "discarded": True, "externalOrderNumber": 88})
    assert isinstance(order, UnreadableOrder)
    assert (order.discarded, order.external_order_number) == (True, "88")


json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=5) | st.decimals(places=2),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=8,
)


@given(st.sampled_from(sorted(json.loads(ORDER).keys() - {"uid"})), json_values)
def test_no_value_of_any_key_spoils_more_than_its_order(key: str, value: Any) -> None:
    order = read_order(document() | {key: value})
    assert order.uid == 150042
    assert order.number


@pytest.mark.parametrize("quantity", ["many", None, [], Decimal("NaN"), Decimal("1E+99")])
def test_a_quantity_that_is_no_number_is_an_error_of_its_row(quantity: Any) -> None:
    raw = document()
    raw["items"][0]["choices"]["quantity"] = quantity
    order = read_order(raw)
    assert isinstance(order, Order)
    with pytest.raises(ValueError, match="number"):
        _ = order.items[0].quantity


def test_words_in_the_language_asked_for_else_in_any() -> None:
    assert in_language({"sv": "Kåsa", "en": "Cup"}, "en") == "Cup"
    assert in_language({"sv": "", "en": "Cup"}, "sv") == "Cup"
    assert in_language({"sv": "", "en": "Cup"}, "de") == "Cup"
    assert in_language({}, "sv") == ""
    assert in_language("Kåsa", "sv") == "Kåsa"


@pytest.mark.parametrize(
    ("raw", "package"),
    [
        ({"type": "Standard"}, False),
        ({}, False),
        ({"type": "Package"}, True),
        ({"type": "PACK-AGE"}, True),
        ({"type": "giftcertificate"}, False),
        ({"type": None, "content": None}, False),
        ({"content": []}, False),
        ({"content": [{"uid": 1}]}, True),
        ({"content": {"1": {"uid": 1}}, "type": "Standard"}, True),
    ],
)
def test_a_package_is_told(raw: dict[str, Any], *, package: bool) -> None:
    assert Article.model_validate({"uid": 1, **raw}).is_package is package


def test_the_types_of_packages_are_a_setting() -> None:
    bundle = {"uid": 1, "type": "Bundle"}
    assert Article.model_validate(bundle, context=Reading(package_types=("kit", "bundle"))).is_package
    assert not Article.model_validate({"uid": 1, "type": "package"}, context=Reading(package_types=())).is_package


def test_a_payment_method_is_meant_by_type_or_uid() -> None:
    method = PaymentMethod.model_validate({"uid": 7, "type": "GiftCard", "name": {"sv": "Presentkort"}})
    assert method.is_one_of(("giftcard",))
    assert method.is_one_of(("7",))
    assert not method.is_one_of(("cod", "77"))


def test_the_shop_cannot_call_a_method_unreadable() -> None:
    assert not PaymentMethod.model_validate({"uid": 1, "unreadable": "yes"}).unreadable
    assert PaymentMethod.known_by_uid(1, "name: is odd").unreadable == "name: is odd"
