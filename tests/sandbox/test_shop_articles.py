"""Articles, variants, stock and shipments over the shop's API."""

import time

import httpx
import pytest

from specter_tui.sandbox.__main__ import parsed
from specter_tui.sandbox.server.options import SandboxOptions
from tests.sandbox.client import ShopClient

SINGLE = {"/hasChoices": False, "/type": "Standard", "/stock/useStock": True}
VARIED = {"/hasChoices": True}
PACKAGE = {"/type": "Package"}
UNMANAGED = {"/stock/useStock": False}


def some(shop: ShopClient, filters: dict) -> dict:
    return shop.call("Article.list", True, {"filters": filters, "limit": 1})[0]


class TestFinding:
    @pytest.mark.parametrize(
        ("filters", "holds"),
        [
            ({"/articleNumber": {"equals": "VISP"}}, lambda one: one["articleNumber"] == "VISP"),
            ({"/articleNumber": {"in": ["VISP", "TALT-2P"]}}, lambda one: one["articleNumber"] in ("VISP", "TALT-2P")),
            ({"/articleNumber": {"startsWith": "BOK-"}}, lambda one: one["articleNumber"].startswith("BOK-")),
            (UNMANAGED, lambda one: not one["stock"]["useStock"]),
            ({"/changed": {"min": "2026-11-01T00:00:00Z"}}, lambda one: one["changed"] >= "2026-11-01T00:00:00Z"),
            ({"/uid": {"min": 171000060}}, lambda one: one["uid"] >= 171000060),
            ({"/price/current/SEK": {"max": 50}}, lambda one: one["price"]["current"]["SEK"] <= 50),
        ],
    )
    def test_articles(self, shop, filters, holds):
        shop.call("Article.set", some(shop, SINGLE)["uid"], {"ean": "1"}, "uid")
        everything = shop.call("Article.list", True, {"limit": 500})
        found = shop.call("Article.list", True, {"filters": filters, "limit": 500})
        assert found == [one for one in everything if holds(one)]
        assert 0 < len(found) == shop.call("Article.count", filters) < len(everything)

    def test_variants_of_articles(self, shop):
        article = some(shop, VARIED)
        uids = [entry["uid"] for entry in article["variants"]]
        one = shop.call("ArticleVariant.list", ["uid", "stock"], {"filters": {"/article": {"equals": article["uid"]}}})
        assert [variant["uid"] for variant in one] == uids
        assert shop.call("ArticleVariant.count", {"/article": {"in": [article["uid"]]}}) == len(uids)
        by_number = {"/articleNumber": {"equals": article["variants"][0]["overrides"]["articleNumber"]}}
        assert shop.call("ArticleVariant.list", "uid", {"filters": by_number}) == [{"uid": uids[0]}]

    def test_names_of_choices_and_options_come_in_one_call(self, shop):
        query = {"name": "sv", "choices": {"name": "sv", "options": {"uid": True, "name": "sv"}}, "variants": True}
        article = shop.call("Article.list", query, {"filters": {"/articleNumber": "KOFTA"}})[0]
        (choice,) = article["choices"]
        assert choice["name"] == {"sv": "Storlek"}
        assert [option["name"]["sv"] for option in choice["options"]] == ["S", "M", "L"]
        chosen = [entry["definedBy"] for entry in article["variants"]]
        assert [list(one.values()) for one in chosen] == [[str(option["uid"])] for option in choice["options"]]

    def test_variants_fall_back_to_their_article(self, shop):
        shoe = some(shop, {"/articleNumber": "KANGA"})
        overrides = [entry["overrides"] for entry in shoe["variants"]]
        assert all(one["ean"] != shoe["ean"] for one in overrides)
        assert [one.get("weight", shoe["weight"]) for one in overrides] == [1300, 1300, 1300, 1450]
        sweater = some(shop, {"/articleNumber": "KOFTA"})
        assert all(set(entry["overrides"]) == {"articleNumber", "stock"} for entry in sweater["variants"])


class TestWriting:
    def test_the_number_and_the_stock_of_an_article(self, shop, sandbox):
        article = some(shop, SINGLE)
        patch = {"articleNumber": "NYTT-1", "stock": {"stock": 12}}
        after = shop.call("Article.set", article["uid"], patch, ["articleNumber", "stock", "changed"])
        assert after["articleNumber"] == "NYTT-1"
        assert after["stock"] == article["stock"] | {"stock": 12}
        assert after["changed"] > "2026-09-01T08:00:00Z"
        assert sandbox.ledger.complaints == []

    def test_stock_management_is_switched_on(self, shop):
        article = some(shop, UNMANAGED)
        patch = {"stock": {"useStock": True, "stock": 7}}
        assert shop.call("Article.set", article["uid"], patch, "stock")["stock"]["stock"] == 7
        shop.call("Article.set", article["uid"], {"stock": {"useStock": False}}, "uid")

    @pytest.mark.parametrize(
        ("filters", "patch", "pointer"),
        [
            (VARIED, {"stock": {"stock": 1}}, "/stock/stock"),
            (VARIED, {"stock": {"useStock": True, "stock": 1}}, "/stock/stock"),
            (PACKAGE, {"stock": {"stock": 1}}, "/stock/stock"),
            (UNMANAGED, {"stock": {"stock": 1}}, "/stock/stock"),
            (SINGLE, {"stock": {"stock": "1"}}, "/stock/stock"),
            (SINGLE, {"uid": 1}, "/uid"),
            (SINGLE, {"variants": []}, "/variants"),
            (SINGLE, {"price": {"current": {"SEK": 1}}}, "/price/current"),
            (SINGLE, {"type": "Package"}, "/type"),
            (SINGLE, {"colour": "red"}, "/colour"),
            (SINGLE, {"articleNumber": 7}, "/articleNumber"),
        ],
    )
    def test_what_cannot_be_written(self, shop, sandbox, filters, patch, pointer):
        before = some(shop, filters)
        error = shop.error("Article.set", before["uid"], patch, "uid")
        assert (error["code"], [one["pointer"] for one in error["data"]]) == (9001, [pointer])
        assert shop.call("Article.validate", before["uid"], patch) == error["data"]
        assert some(shop, filters) == before
        assert len(sandbox.ledger.complaints) == 1

    @pytest.mark.parametrize("patch", [{"uid": 1}, {"article": 1}, {"ean": "1"}, {"stock": "1"}, {"stock": True}])
    def test_what_cannot_be_written_of_a_variant(self, shop, patch):
        (variant,) = shop.call("ArticleVariant.list", True, {"limit": 1})
        error = shop.error("ArticleVariant.set", variant["uid"], patch, "uid")
        assert (error["code"], error["data"][0]["pointer"]) == (9001, f"/{next(iter(patch))}")
        assert shop.call("ArticleVariant.get", variant["uid"]) == variant

    def test_neither_can_be_made_here(self, shop):
        for name in ("Article", "ArticleVariant"):
            assert shop.error(f"{name}.set", None, {"articleNumber": "X"}, "uid")["code"] == -32602

    def test_a_variant_of_an_article_without_stock_management_has_none(self, stocked):
        shop = ShopClient(stocked(articles=100, orders=0, variants_per_article=2))
        variant = some(shop, UNMANAGED)["variants"][0]["uid"]
        assert shop.error("ArticleVariant.set", variant, {"stock": 1}, "uid")["code"] == 9001
        shop.call("ArticleVariant.set", variant, {"articleNumber": "NY"}, "uid")

    def test_prices_follow(self, shop):
        uid = shop.call("Article.list", "uid", {"filters": {"/articleNumber": "TERMOS-1"}})[0]["uid"]
        after = shop.call("Article.set", uid, {"price": {"regular": {"SEK": 100}}}, ["price", "pricing"])
        assert after["price"]["current"]["SEK"] == 100
        after = shop.call("Article.set", uid, {"price": {"specialOffer": {"SEK": 80}}}, ["price", "pricing"])
        assert (after["price"]["current"]["SEK"], after["price"]["regular"]["SEK"]) == (80, 100)
        (tier,) = after["pricing"]
        assert (tier["regular"]["exVat"]["SEK"], tier["specialOffer"]["exVat"]["SEK"]) == (80, 64)
        after = shop.call("Article.set", uid, {"vatRate": 0.06}, ["pricing", "vatRate"])
        assert after["pricing"][0]["regular"]["exVat"]["SEK"] == 94.34


class TestShipments:
    @pytest.fixture
    def order(self, sandbox) -> dict:
        return sandbox.arrivals.place()

    def test_all_of_an_order_is_sent(self, shop, sandbox, order):
        sandbox.shop.tables["Order"][order["uid"]]["changed"] = "2026-01-01T00:00:00Z"
        query = {"uid": True, "items": {"orderItem": True, "quantity": True}}
        made = shop.call("Shipment.addAllItemsFromOrder", None, order["uid"], query)
        assert [(one["orderItem"], one["quantity"]) for one in made["items"]] == [
            (row["uid"], row["choices"]["quantity"]) for row in order["items"]
        ]
        after = shop.call("Order.get", order["uid"], ["deliveryStatus", "changed"])
        assert after["deliveryStatus"] == "sent"
        assert after["changed"] > "2026-01-01T00:00:00Z"
        patch = {"trackingUrl": "https://track.example.se/SE1"}
        assert shop.call("Shipment.set", made["uid"], patch, "trackingUrl") == patch
        assert sandbox.ledger.complaints == []

    def test_nothing_is_sent_twice(self, shop, order):
        assert set(shop.call("Shipment.addAllItemsFromOrder", None, order["uid"])) == {"uid"}
        assert shop.error("Shipment.addAllItemsFromOrder", None, order["uid"])["code"] == 9001
        assert shop.call("Shipment.count", {}) == shop.call("Shipment.count", {"/uid": {"min": 1}})

    def test_two_orders_share_a_parcel(self, shop, sandbox, order):
        other = sandbox.arrivals.place()
        first = shop.call("Shipment.addAllItemsFromOrder", None, order["uid"])["uid"]
        both = shop.call("Shipment.addAllItemsFromOrder", first, other["uid"], ["uid", "items"])
        assert (both["uid"], len(both["items"])) == (first, len(order["items"]) + len(other["items"]))
        assert shop.error("Shipment.addAllItemsFromOrder", 1, other["uid"])["code"] == 9003

    def test_the_status_alone(self, shop, order):
        status = {"deliveryStatus": "sent"}
        assert shop.call("Order.set", order["uid"], status, "deliveryStatus") == status
        assert shop.error("Order.set", order["uid"], {"deliveryStatus": "Shipped"}, "uid")["code"] == 9001

    def test_cancelling_over_the_wire_gives_the_stock_back(self, shop, sandbox, order):
        before = sandbox.shop.articles()
        shop.call("Order.set", order["uid"], {"discarded": True}, "uid")
        assert sandbox.shop.articles() != before
        shop.call("Order.set", order["uid"], {"discarded": False}, "uid")
        assert sandbox.shop.articles() == before

    def test_a_payment_moves_its_order(self, shop, order):
        for payment in order["payments"]:
            shop.call("Payment.set", payment["uid"], {"status": "reserved"}, "uid")
        assert shop.call("Order.get", order["uid"], "paymentStatus") == {"paymentStatus": "reserved"}
        assert shop.error("Payment.set", order["payments"][0]["uid"], {"status": "lost"}, "uid")["code"] == 9001


@pytest.mark.timing
class TestScale:
    @pytest.mark.parametrize(
        ("options", "variants"),
        [({"articles": 10_000}, 3_034), ({"articles": 2_000, "variants_per_article": 3}, 3 * 1_999)],
    )
    def test_large_shops_start_at_once_and_are_read_in_pages(self, stocked, options, variants):
        begun = time.monotonic()
        sandbox = stocked(**options)
        assert time.monotonic() - begun < 5
        shop, found, begun = ShopClient(sandbox), 0, time.monotonic()
        with httpx.Client() as client:
            while True:
                call = ["uid", "articleNumber", "stock"], {"sort": "uid", "limit": 500, "offset": found}
                asked = {"jsonrpc": "2.0", "id": 1, "method": "ArticleVariant.list", "params": call}
                page = client.post(shop.url, params=shop.context, json=asked).json()["result"]
                found += len(page)
                if len(page) < 500:
                    break
        assert found == variants
        assert time.monotonic() - begun < 5
        assert shop.call("Article.count", {}) == options["articles"]

    def test_the_numbers_of_models_are_good_but_for_the_bad_ones(self, stocked):
        sandbox = stocked(articles=200, variants_per_article=3, orders=0)
        numbers = [line["number"] for line in sandbox.shop.articles()]
        assert {"TALT-2P-1", "REST-00200-3", "LYKTA 3-2", "PAKET-FIKA", ""} <= set(numbers)
        assert len(numbers) == 3 * 199 + 1
        assert "TALT-2P-3" in sandbox.specter.articles
        choice = ShopClient(sandbox).call("Article.get", 171_000_001, {"choices": {"name": "sv", "options": {}}})
        assert [option["name"]["sv"] for option in choice["choices"][0]["options"]] == ["1", "2", "3"]

    def test_stock_management_is_off_for_some(self, stocked):
        articles = stocked(articles=200, orders=0).shop.tables["Article"].values()
        off = [one["articleNumber"] for one in articles if not one["stock"]["useStock"]]
        assert off == ["KURS-TALJ", "REST-00075", "REST-00100", "REST-00125", "REST-00150", "REST-00175", "REST-00200"]


def test_the_options_of_the_command_line():
    words = ["--variants-per-article", "3", "--refused-articles", "A", "B", "--batch-limit", "5", "--stock-queued"]
    options = SandboxOptions(variants_per_article=3, refused_articles=("A", "B"), batch_limit=5, stock_queued=True)
    assert parsed(words) == options
    assert parsed([]) == SandboxOptions()


@pytest.mark.parametrize("wrong", [{"variants_per_article": 10}, {"batch_limit": 0}])
def test_options_out_of_range(wrong):
    with pytest.raises(ValueError, match=next(iter(wrong))):
        SandboxOptions(**wrong)
