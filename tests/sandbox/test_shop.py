import json

import httpx
import pytest

from tests.sandbox.client import ShopClient

SOME = {"limit": 2}


def first(shop: ShopClient, query: object = True) -> dict:
    return shop.call("Order.list", query, {"limit": 1, "filters": {"/discarded": False}})[0]


class TestQuery:
    def test_short_forms_give_the_same(self, shop):
        expected = shop.call("Order.list", {"uid": True, "currency": True}, SOME)
        assert shop.call("Order.list", ["uid", "currency"], SOME) == expected
        assert [set(order) for order in expected] == [{"uid", "currency"}] * 2
        assert shop.call("Order.list", "uid", SOME) == [{"uid": order["uid"]} for order in expected]

    def test_true_empty_and_nothing_give_everything(self, shop):
        whole = shop.call("Order.get", first(shop)["uid"])
        assert {"costs", "items", "customer", "payments"} <= whole.keys()
        assert shop.call("Order.get", whole["uid"], {}) == whole
        assert shop.call("Order.get", str(whole["uid"]), True) == whole

    def test_references_stay_uids_until_expanded(self, shop):
        order = first(shop, ["uid", "items", "payments"])
        assert all(isinstance(uid, int) for uid in order["items"] + order["payments"])
        parts = {
            "items": {"articleNumber": True, "costs": {"unit": "incVat"}},
            "payments": {"amount": True, "method": {"type": True, "name": "sv"}},
            "delivery": {"method": {"name": ["sv"]}},
        }
        full = shop.call("Order.get", order["uid"], parts)
        assert set(full["items"][0]) == {"articleNumber", "costs"}
        assert set(full["items"][0]["costs"]["unit"]) == {"incVat"}
        assert set(full["payments"][0]["method"]) == {"type", "name"}
        assert set(full["delivery"]["method"]["name"]) == {"sv"}

    def test_choices_expand_whole(self, shop):
        query = {"choices": {"options": {}}, "variants": True}
        article = shop.call("Article.list", query, {"filters": {"/hasChoices": True}, "limit": 1})[0]
        options = {str(option["uid"]) for option in article["choices"][0]["options"]}
        assert {chosen for variant in article["variants"] for chosen in variant["definedBy"].values()} <= options

    @pytest.mark.parametrize(
        ("query", "pointer"),
        [
            ("colour", "/0/colour"),
            ({"items": ["colour"]}, "/0/items/colour"),
            ({"customer": {"info": {"email": "x"}}}, "/0/customer/info/email"),
            ({"currency": {"sv": True}}, "/0/currency"),
            ({"uid": False}, "/0/uid"),
            (7, "/0"),
        ],
    )
    def test_a_wrong_query_is_pointed_at(self, shop, sandbox, query, pointer):
        error = shop.error("Order.list", query, True)
        assert error["code"] == -32602
        assert error["data"][0]["pointer"] == pointer
        assert len(sandbox.ledger.complaints) == 1

    def test_the_checkouts_own_fields_can_be_asked_for(self, shop):
        found = shop.call("Order.list", {"customer": {"info": ["Portkod"]}}, {"limit": 500})
        assert {"Portkod": "1234"} in [order["customer"]["info"] for order in found]


class TestSelection:
    def test_pages_join_to_the_whole(self, shop):
        whole = shop.call("Order.list", "uid", {"limit": 500, "sort": "uid"})
        pages = [shop.call("Order.list", "uid", {"limit": 7, "offset": n, "sort": "uid"}) for n in range(0, 49, 7)]
        assert [order for page in pages for order in page] == whole
        assert shop.call("Order.count", {}) == len(whole) == 40

    def test_descending(self, shop):
        found = [
            order["changed"] for order in shop.call("Order.list", "changed", {"sort": "changed", "descending": True})
        ]
        assert found == sorted(found, reverse=True)

    def test_the_default_is_a_hundred_and_the_cap_five(self, stocked):
        shop = ShopClient(stocked(orders=520, plain=True))
        assert len(shop.call("Order.list", "uid", True)) == 100
        assert len(shop.call("Order.list", "uid", {"limit": 1000})) == 500

    def test_carts_are_not_there(self, shop, sandbox):
        assert 149_999 in sandbox.shop.tables["Order"]
        assert shop.error("Order.get", 149_999)["code"] == 9003
        assert shop.call("Order.count", {"/uid": 149_999}) == 0
        assert sandbox.ledger.complaints == []

    @pytest.mark.parametrize(
        ("filters", "holds"),
        [
            ({"/currency": "EUR"}, lambda order: order["currency"] == "EUR"),
            ({"/currency": {"equals": "EUR"}}, lambda order: order["currency"] == "EUR"),
            ({"/uid": {"in": [150_003, 150_004]}}, lambda order: order["uid"] in (150_003, 150_004)),
            ({"/uid": {"min": 150_010, "max": 150_012}}, lambda order: 150_010 <= order["uid"] <= 150_012),
            ({"/orderNumber": {"startsWith": "1000"}}, lambda order: order["orderNumber"].startswith("1000")),
            ({"/customer/info/type": "business"}, lambda order: order["customer"]["info"]["type"] == "business"),
            ({"/costs/total/incVat": {"min": 1000}}, lambda order: order["costs"]["total"]["incVat"] >= 1000),
            ({"/items": {"contains": 15_000_401}}, lambda order: 15_000_401 in order["items"]),
            ({"/externalOrderNumber": None}, lambda order: "externalOrderNumber" not in order),
        ],
    )
    def test_filters(self, shop, filters, holds):
        everything = shop.call("Order.list", True, {"limit": 500})
        found = shop.call("Order.list", True, {"limit": 500, "filters": filters})
        assert found == [order for order in everything if holds(order)]
        assert 0 < len(found) < len(everything)
        assert shop.call("Order.count", filters) == len(found)

    def test_ranges_of_times_are_inclusive(self, shop):
        order = first(shop, ["uid", "ordered"])
        exactly = {"/ordered": {"min": order["ordered"], "max": order["ordered"]}}
        assert order in shop.call("Order.list", ["uid", "ordered"], {"filters": exactly})

    @pytest.mark.parametrize(
        "selection",
        [
            {"filter": {}},
            {"limit": -1},
            {"limit": "10"},
            {"sort": "/uid"},
            {"sort": "costs"},
            {"filters": {"currency": "SEK"}},
            {"filters": {"/colour": 1}},
            {"filters": {"/items/0/article": 1}},
            {"filters": {"/currency": {"not": "SEK"}}},
            {"filters": {"/ordered": {"min": "yesterday"}}},
            {"filters": {"/ordered": {"min": "2026-01-01T00:00:00+01:00"}}},
            {"filters": {"/currency": {"contains": "S"}}},
            [],
        ],
    )
    def test_a_wrong_selection_is_refused(self, shop, selection):
        assert shop.error("Order.list", "uid", selection)["code"] == -32602


class TestWriting:
    def test_the_external_number_and_the_note(self, shop, sandbox):
        uid = first(shop)["uid"]
        sandbox.shop.tables["Order"][uid]["changed"] = "2026-01-01T00:00:00Z"
        patch = {"externalOrderNumber": "90001", "note": "klar"}
        assert shop.call("Order.set", uid, patch, ["uid", "externalOrderNumber"]) == {
            "uid": uid,
            "externalOrderNumber": "90001",
        }
        after = shop.call("Order.get", uid, ["note", "changed"])
        assert after["note"] == "klar"
        assert after["changed"] > "2026-01-01T00:00:00Z"
        assert sandbox.ledger.complaints == []

    def test_objects_are_merged(self, shop):
        uid = first(shop)["uid"]
        before = shop.call("Order.get", uid, "customer")["customer"]
        shop.call("Order.set", uid, {"customer": {"address": {"town": "Kiruna"}}}, "uid")
        after = shop.call("Order.get", uid, "customer")["customer"]
        assert after == before | {"address": before["address"] | {"town": "Kiruna"}}

    @pytest.mark.parametrize(
        ("patch", "pointers"),
        [
            ({"orderNumber": "1", "note": "x"}, ["/orderNumber"]),
            ({"costs": {"total": {"incVat": 1}}}, ["/costs/total/incVat"]),
            ({"colour": "red", "paymentStatus": "paid"}, ["/colour", "/paymentStatus"]),
            ({"customer": {"address": {"colour": "red"}}}, ["/customer/address/colour"]),
            ({"externalOrderNumber": 90001}, ["/externalOrderNumber"]),
            ({"externalOrderNumber": "9" * 51}, ["/externalOrderNumber"]),
            ([], [""]),
        ],
    )
    def test_a_wrong_patch_changes_nothing(self, shop, sandbox, patch, pointers):
        before = first(shop)
        error = shop.error("Order.set", before["uid"], patch, "uid")
        assert error["code"] == 9001
        assert [one["pointer"] for one in error["data"]] == pointers
        assert shop.call("Order.validate", before["uid"], patch) == error["data"]
        assert first(shop) == before
        assert len(sandbox.ledger.complaints) == 1

    def test_a_variants_number_and_stock_show_on_its_article(self, shop):
        variant = shop.call("ArticleVariant.list", True, {"limit": 1})[0]
        shop.call("ArticleVariant.set", variant["uid"], {"articleNumber": "NY-S", "stock": 3}, "uid")
        article = shop.call("Article.get", variant["article"], ["variants", "stock"])
        overrides = {entry["uid"]: entry["overrides"] for entry in article["variants"]}
        assert overrides[variant["uid"]] == {"articleNumber": "NY-S", "stock": 3}
        assert article["stock"]["stock"] == sum(one["stock"] for one in overrides.values())

    def test_capturing_pays_the_order(self, shop):
        order = shop.call("Order.list", ["uid", "payments"], {"filters": {"/paymentStatus": "reserved"}, "limit": 1})[0]
        for payment in order["payments"]:
            shop.call("Payment.capture", payment)
        assert shop.call("Order.get", order["uid"], "paymentStatus") == {"paymentStatus": "paid"}


class TestEnvelope:
    def test_a_batch_is_answered_one_by_one(self, shop):
        calls = [
            {"jsonrpc": "2.0", "id": "a", "method": "Order.count", "params": [{}]},
            {"jsonrpc": "2.0", "id": 2, "method": "Order.get", "params": [1, "uid"]},
        ]
        counted, missing = shop.post(calls).json()
        assert counted == {"jsonrpc": "2.0", "id": "a", "result": 40}
        assert (missing["id"], missing["error"]) == (2, {"code": 9003, "message": "Object not found"})

    @pytest.mark.parametrize("size", [0, 21])
    def test_a_batch_has_one_to_twenty_calls(self, shop, size):
        call = {"jsonrpc": "2.0", "id": 1, "method": "Order.count", "params": [{}]}
        assert shop.post([call] * size).json()["error"]["code"] == -32600

    @pytest.mark.parametrize(
        ("context", "code"),
        [
            ({"webshop": ""}, 1001),
            ({"webshop": "1"}, 1002),
            ({"language": "swe"}, 1003),
            ({"auth": "nope"}, 1004),
            ({"auth": ""}, 1006),
        ],
    )
    def test_the_context_is_checked(self, shop, context, code):
        assert shop.error("Order.count", {}, **context)["code"] == code

    def test_the_token_must_be_escaped(self, shop):
        bare = f"{shop.url}?webshop={shop.context['webshop']}&auth={shop.context['auth']}"
        call = {"jsonrpc": "2.0", "id": 1, "method": "Order.count", "params": [{}]}
        assert httpx.post(bare, json=call).json()["error"]["code"] == 1004

    def test_the_shop_itself_needs_no_context(self, shop):
        call = {"jsonrpc": "2.0", "id": 1, "method": "Webshop.get", "params": [22033, ["uid", "baseCurrency"]]}
        assert httpx.post(shop.url, json=call).json()["result"] == {"uid": 22033, "baseCurrency": "SEK"}

    @pytest.mark.parametrize(
        ("body", "code"),
        [
            (b"{", -32700),
            (b'"x"', -32600),
            (b'{"id": 1, "method": "Order.count", "params": [{}]}', -32600),
            (b'{"jsonrpc": "2.0", "method": "Order.count", "params": [{}]}', -32600),
            (b'{"jsonrpc": "2.0", "id": 1, "method": "Order.count", "params": {}}', -32602),
            (b'{"jsonrpc": "2.0", "id": 1, "method": "Order.count", "params": [{}, 1]}', -32602),
            (b'{"jsonrpc": "2.0", "id": 1, "method": "order.count", "params": [{}]}', -32601),
            (b'{"jsonrpc": "2.0", "id": 1, "method": "Order.burn", "params": [{}]}', -32601),
        ],
    )
    def test_a_wrong_request_is_refused(self, shop, body, code):
        answer = httpx.post(shop.url, params=shop.context, content=body)
        assert answer.status_code == 200
        assert answer.json()["error"]["code"] == code

    def test_numbers_have_no_noise(self, shop):
        answer = shop.post({"jsonrpc": "2.0", "id": 1, "method": "Order.list", "params": [True, {"limit": 500}]})
        amounts = json.loads(answer.content, parse_float=str, parse_int=str)
        costs = [cost for order in amounts["result"] for cost in order["costs"].values()]
        assert all(len(cost[key].partition(".")[2]) <= 2 for cost in costs for key in ("incVat", "exVat", "vat"))
        assert answer.headers["content-type"] == "application/json"
        assert "date" in answer.headers


def test_new_orders_arrive_at_a_pace(stocked):
    shop, orders = ShopClient(stocked(orders=1, pace=1200, plain=True)), []
    for _ in range(200):
        orders = shop.call("Order.list", ["uid", "ordered"], {"sort": "uid"})
        if len(orders) > 2:
            break
    assert [order["uid"] for order in orders] == [150_001 + n for n in range(len(orders))]
    assert len(orders) > 2
    assert orders[-1]["ordered"] > orders[0]["ordered"]


def test_a_page_has_so_many_and_no_more(stocked):
    shop = ShopClient(stocked(largest_page=3))
    assert len(shop.call("Order.list", "uid", {"limit": 100})) == 3
    assert shop.call("Order.count", {}) > 3


@pytest.mark.parametrize("word", ["giftcard", "giftcertificate"])
def test_the_word_for_a_gift_card(stocked, word):
    shop = ShopClient(stocked(gift_card_type=word))
    types = {one["name"]["sv"]: one["type"] for one in shop.call("PaymentMethod.list")}
    assert types["Presentkort"] == word


def test_an_order_is_put_in_as_it_is(stocked):
    sandbox = stocked(orders=0)
    order = {"uid": 7, "ordered": 5, "items": [{"uid": 70, "choices": {"quantity": "many"}}], "payments": []}
    httpx.post(f"{sandbox.control}/shop/orders", json=order).raise_for_status()
    assert ShopClient(sandbox).call("Order.get", 7, {"items": {}, "ordered": True}) == {
        "items": order["items"],
        "ordered": 5,
    }


def test_what_any_buyer_reads_needs_no_token(sandbox, shop):
    for method, params in (("Article.list", ["uid"]), ("Webshop.get", [22033, "uid"]), ("Language.list", ["uid"])):
        assert "result" in shop.answer(method, *params, auth="")
    for method in ("Order.list", "Payment.get", "PaymentMethod.list", "Article.set"):
        assert shop.error(method, 1, auth="")["code"] == 1006
    assert shop.error("Article.list", "uid", auth="nope")["code"] == 1004


def test_every_class_has_a_schema(sandbox, shop):
    schema = shop.call("Order.getSchema", None)
    assert schema["properties"]["externalOrderNumber"] == {"type": "string", "readonly": False}
    assert schema["properties"]["customer"]["properties"]["info"]["additionalProperties"] is True
    assert shop.call("Language.getSchema")["properties"]["uid"]["type"] == "string"
    assert sandbox.ledger.complaints == []


def test_filters_that_are_refused_or_ignored(stocked):
    shop = ShopClient(stocked(refused_filters=("/changed",), ignored_filters=("/ordered",)))
    assert shop.error("Order.count", {"/changed": {"min": "2026-01-01"}})["code"] == -32602
    assert shop.call("Order.count", {"/ordered": {"min": "2199-01-01"}}) == shop.call("Order.count", {}) > 0


def test_a_number_that_nobody_may_write(stocked):
    shop = ShopClient(stocked(read_only=("Order.externalOrderNumber",), plain=True, orders=1))
    uid, patch = 150_001, {"externalOrderNumber": "1"}
    problems = [{"message": "read-only", "pointer": "/externalOrderNumber"}]
    assert shop.call("Order.validate", uid, patch) == problems
    assert shop.error("Order.set", uid, patch)["data"] == problems


def test_an_order_is_shown_as_anything(stocked):
    sandbox = stocked(orders=1, plain=True)
    shop = ShopClient(sandbox)
    httpx.post(f"{sandbox.control}/shop/orders/150001/show", json={"as": [None]}).raise_for_status()
    assert shop.call("Order.list", "uid") == [[None]]
    assert shop.call("Order.get", 150_001) == [None]
    assert shop.call("Order.count", {}) == 1
