"""Any JSON at any place of an order: planning never fails, and no Python value is sent."""

import copy
import json
import re
from collections.abc import Iterator
from decimal import Decimal
from typing import Any

from hypothesis import HealthCheck, given, seed, settings
from hypothesis import strategies as st

from specter_tui.abicart.catalog_models import Article, PaymentMethod
from specter_tui.abicart.jsonrpc_results import read_json
from specter_tui.abicart.models import Order, UnreadableOrder, read_order
from specter_tui.planning.orders.plan import ShopFacts, plan_order
from tests.planning.shop import METHODS, company, cost, discount, order, payment, row
from tests.planning.shop import settings as settings_of

CASES = 600
_PYTHON = re.compile(
    r"\bNone\b|\bTrue\b|\bFalse\b|Decimal\(|\[['\"]|['\"]\]|\{['\"]|['\"]\}|['\"]: |<[a-z_.]+ object|datetime"
    r"|\bnan\b|\binf\b",
    re.IGNORECASE,
)
_WORDS = st.sampled_from(
    ["", " ", "Mugg", "Åsa Öberg", "🌸", "&amp;", "SE", "12", "-1", "2026-01-01", "x" * 300, "\x1b[31m", "\ud800"]
)
VALUES = st.recursive(
    st.none()
    | st.booleans()
    | st.integers(-(10**25), 10**25)
    | st.decimals(allow_nan=False, allow_infinity=False)
    | st.sampled_from([Decimal("1E+99"), Decimal("1E-99"), Decimal("0.1"), 1, 0])
    | _WORDS,
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from(["sv", "en", "uid", "value", "label", "x", "quantity", ""]), inner, max_size=3
        )
    ),
    max_leaves=6,
)
ARTICLE = {
    "uid": 500,
    "articleNumber": "A-1",
    "name": {"sv": "Mugg"},
    "type": "Standard",
    "content": [],
    "stock": {"useStock": True, "stock": 3},
    "variants": [{"uid": 1, "definedBy": {"55": "77"}, "overrides": {"articleNumber": "A-2", "stock": 2}}],
    "choices": [
        {"uid": 55, "type": "enum", "name": {"sv": "Färg"}, "options": [{"uid": 77, "name": {"sv": "Röd"}}]},
        {"uid": 56, "type": "string", "name": {"sv": "Gravyr"}, "options": []},
    ],
}


def whole() -> dict[str, Any]:
    """Return an order with every key that is read."""
    raw = order(
        row(
            choices={"quantity": 2, "55": "77", "56": "Till Anna"},
            quantity=2,
            discountInfo=discount("10.00", name="Rea"),
        ),
        row(number="A-3", uid=2),
        delivery=cost("49.00"),
        fee=cost("19.00"),
        payments=[payment(amount="100.00"), payment(12, amount="10.00", uid=2), payment(14, "prepared")],
        note="Ring på",
    )
    company(raw)
    raw["customer"]["address"] |= {"address2": "lgh 2", "phone": "08-1", "companyName": "", "name": ""}
    raw["customer"]["info"] |= {"Porttelefon": "12", "Val": ["a", True], "Rum": {"label": "Rum", "value": 2}}
    raw["customer"] |= {
        "name": "",
        "deliveryAddress": {"copyAddress": False, "name": "Bo Ek", "company": "", "address": "Gatan 2"},
    }
    raw["customer"]["deliveryAddress"] |= {"postcode": "11122", "town": "Umeå", "country": "Sverige"}
    return raw | {"changed": "2026-11-20T11:00:00Z", "externalOrderNumber": None, "discarded": False}


def places(value: Any, at: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    """Return every place of a document but its root and its uid."""
    if at and at != ("uid",):
        yield at
    inner = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for key, part in inner:
        yield from places(part, (*at, key))


def put(document: dict[str, Any], at: tuple[Any, ...], value: Any) -> dict[str, Any]:
    changed = copy.deepcopy(document)
    inner = changed
    for key in at[:-1]:
        inner = inner[key]
    inner[at[-1]] = value
    return changed


def told(order_read: Order | UnreadableOrder, facts: ShopFacts) -> Iterator[str]:
    """Return everything that would be sent."""
    made = plan_order(order_read, facts, BY)
    if made.customer is not None:
        yield from made.customer.fields().values()
        yield made.customer.key_value
    if made.form is not None:
        yield from made.form.fields().values()


WHOLE = whole()
BY = settings_of(payment_types={"klarna": "KG", "invoice": "I"}, customer_fields=True)
ARTICLES = {500: Article.model_validate(ARTICLE)}
FACTS = ShopFacts(base_currency="SEK", payment_methods=METHODS, articles=ARTICLES)


def test_the_order_itself_is_ready() -> None:
    made = plan_order(read_order(WHOLE), FACTS, BY)
    assert made.ready, made.problems


@seed(13)
@settings(max_examples=CASES, suppress_health_check=list(HealthCheck), database=None)
@given(st.sampled_from(list(places(WHOLE))), VALUES)
def test_any_value_at_any_place_of_an_order(at: tuple[Any, ...], value: Any) -> None:
    read = read_order(put(WHOLE, at, value))
    assert read.uid == 150001
    for text in told(read, FACTS):
        assert isinstance(text, str)
        assert not _PYTHON.search(text), (at, text)
        text.encode("latin-1")


@seed(14)
@settings(max_examples=CASES // 5, suppress_health_check=list(HealthCheck), database=None)
@given(st.sampled_from(list(places(ARTICLE))), VALUES)
def test_any_value_at_any_place_of_an_article(at: tuple[Any, ...], value: Any) -> None:
    try:
        article = Article.model_validate(put(ARTICLE, at, value))
    except ValueError:
        return
    for text in told(
        read_order(WHOLE), ShopFacts(base_currency="SEK", payment_methods=METHODS, articles={500: article})
    ):
        assert not _PYTHON.search(text), (at, text)


@seed(15)
@settings(max_examples=CASES // 10, suppress_health_check=list(HealthCheck), database=None)
@given(st.sampled_from(["type", "name", "active"]), VALUES)
def test_any_value_of_a_payment_method(key: str, value: Any) -> None:
    try:
        method = PaymentMethod.model_validate({"uid": 11, "type": "klarna", "name": "Klarna", key: value})
    except ValueError:
        return
    facts = ShopFacts(base_currency="SEK", payment_methods=METHODS | {11: method}, articles=ARTICLES)
    for text in told(read_order(WHOLE), facts):
        assert not _PYTHON.search(text), text


def test_numbers_come_as_the_wire_has_them() -> None:
    raw = json.dumps(WHOLE, default=float)
    made = plan_order(read_order(read_json(raw.encode())), FACTS, BY)
    assert made.ready, made.problems
