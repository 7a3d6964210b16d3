"""Each switch makes the sandbox differ from one assumption, and docs/wires.md lists it."""

import re
from collections.abc import Iterator
from dataclasses import fields
from itertools import count
from pathlib import Path

import httpx
import pytest

from specter_tui.sandbox.__main__ import parsed
from specter_tui.sandbox.sandbox import Sandbox
from specter_tui.sandbox.server.options import SandboxOptions
from specter_tui.sandbox.server.switches import Switches
from specter_tui.sandbox.specter import operations
from tests.sandbox.client import PERSON, ShopClient, SpecterClient

WIRES = Path(__file__).parents[2] / "docs" / "wires.md"
FIRST = 150_001


@pytest.fixture(scope="module")
def whole() -> Iterator[Sandbox]:
    with Sandbox(SandboxOptions(plain=True, orders=3, stock_queued=True, batch_limit=3)) as one:
        yield one


@pytest.fixture
def sandbox(whole) -> Iterator[Sandbox]:
    before = whole.specter.options
    yield whole
    whole.shop.switches = whole.specter.options = before
    whole.specter.user.stock.drop()
    whole.specter.orders.clear()
    whole.specter.customers.clear()
    whole.specter.customer_numbers = count(4711)


@pytest.fixture
def shop(sandbox) -> ShopClient:
    return ShopClient(sandbox)


@pytest.fixture
def specter(sandbox) -> SpecterClient:
    return SpecterClient(sandbox)


def test_every_switch_is_listed_with_its_fact():
    table = WIRES.read_text().partition("## The sandbox's switches")[2]
    listed = re.findall(r"^\| `(\w+)` \|", table, re.MULTILINE)
    assert sorted(listed) == sorted(one.name for one in fields(Switches))
    facts = set(re.findall(r"^\| ([AS]-[\w-]+) \|", WIRES.read_text(), re.MULTILINE))
    assert set(re.findall(r"\| ([AS]-[\w-]+)", table)) <= facts


@pytest.mark.parametrize(
    ("words", "given"),
    [
        (["count=refused"], {"count": "refused"}),
        (["refused_filters=/uid,/changed"], {"refused_filters": ("/uid", "/changed")}),
        (["uid_as_text=true", "largest_page=7"], {"uid_as_text": True, "largest_page": 7}),
        (["price_decimals=2", "error_status=by_code"], {"price_decimals": 2, "error_status": "by_code"}),
    ],
)
def test_a_switch_is_set_by_its_name(words, given):
    assert Switches.named(words) == given
    assert isinstance(SandboxOptions(**given), Switches)


@pytest.mark.parametrize("word", ["nosuch=1", "count=maybe", "uid_as_text=1", "largest_page=x", "rounding=ore"])
def test_a_wrong_word_is_refused(word):
    with pytest.raises(ValueError, match="is"):
        Switches.named([word])


def test_each_switch_is_a_flag_of_the_module():
    assert parsed(["--count", "all", "--no-schemas"]) == SandboxOptions(count="all", schemas=False)


def test_a_running_sandbox_is_switched_by_its_control(sandbox, shop):
    httpx.post(f"{sandbox.control}/switches", json={"refused_keys": ["Order.note"]}).raise_for_status()
    assert shop.error("Order.list", ["uid", "note"])["data"][0]["pointer"] == "/0/note"
    assert "note" not in shop.call("Order.getSchema", None)["properties"]
    assert httpx.post(f"{sandbox.control}/switches", json={"nosuch": 1}).status_code == 400


@pytest.mark.parametrize(("how", "status"), [("200", 200), ("404", 404), ("500", 500), ("by_code", 404)])
def test_an_error_has_its_status(sandbox, shop, how, status):
    sandbox.switch(error_status=how, content_type="application/json-rpc")
    answer = shop.post({"jsonrpc": "2.0", "id": 7, "method": "Order.nosuch", "params": []})
    assert (answer.status_code, answer.json()["error"]["code"]) == (status, -32601)
    assert answer.headers["content-type"] == "application/json-rpc"
    assert shop.post({"jsonrpc": "2.0", "id": 7, "method": "Order.count", "params": []}).status_code == 200


def test_a_batch_has_so_many_and_its_order(sandbox, shop):
    calls = [{"jsonrpc": "2.0", "id": n, "method": "Order.count", "params": []} for n in (1, 2)]
    sandbox.switch(batch_order="reversed")
    assert [one["id"] for one in shop.post(calls).json()] == [2, 1]
    sandbox.switch(largest_batch=1)
    assert shop.post(calls).json()["error"]["code"] == -32600


def test_lists_of_methods_take_few_selections(sandbox, shop):
    sandbox.switch(method_selection="true")
    assert shop.error("PaymentMethod.list", "uid", {"limit": 5})["code"] == -32602
    assert shop.call("PaymentMethod.list", "uid", True)
    sandbox.switch(method_selection="none")
    assert shop.error("DeliveryMethod.list", "uid", True)["code"] == -32602
    assert shop.call("DeliveryMethod.list", "uid")


@pytest.mark.parametrize("name", ["/uid", "Order/uid", "/uid:min"])
def test_a_filter_of_one_class_or_operator(sandbox, shop, name):
    above = {"filters": {"/uid": {"min": FIRST + 1}}}
    sandbox.switch(refused_filters=(name,))
    assert shop.error("Order.list", "uid", above)["code"] == -32602
    sandbox.switch(refused_filters=(), ignored_filters=(name,))
    assert {"uid": FIRST} in shop.call("Order.list", "uid", above)
    sandbox.switch(ignored_filters=("Article/uid", "/uid:in"))
    assert {"uid": FIRST} not in shop.call("Order.list", "uid", above)


def test_pages_ends_and_order(sandbox, shop):
    sandbox.switch(ends_inclusive=False)
    assert shop.call("Order.list", "uid", {"filters": {"/uid": {"min": FIRST}}, "sort": "uid"})[0] == {"uid": FIRST + 1}
    sandbox.switch(sort="ignored")
    assert shop.call("Order.list", "uid", {"sort": "uid"})[-1] == {"uid": FIRST}
    sandbox.switch(sort="refused", largest_page=2, large_limit="refused")
    assert shop.error("Order.list", "uid", {"sort": "uid", "limit": 1})["code"] == -32602
    assert shop.error("Order.list", "uid", {"limit": 3})["code"] == -32602
    sandbox.switch(count="all")
    assert shop.call("Order.count", {"/ordered": {"min": "2199-01-01"}}) == 3


def test_documents_are_written_otherwise(sandbox, shop):
    sandbox.switch(uid_as_text=True, order_number="number", absent_values="null", total="after_card")
    order = shop.call("Order.get", FIRST, ["uid", "orderNumber", "items", "externalOrderNumber"])
    assert (order["uid"], order["orderNumber"], order["externalOrderNumber"]) == (str(FIRST), FIRST - 140_000, None)
    assert all(isinstance(uid, str) for uid in order["items"])
    sandbox.switch(article_type="Normal", package_type="Bundle", package_content=False)
    articles = shop.call("Article.list", ["type", "content"], {"limit": 500})
    assert {one["type"] for one in articles} == {"Normal", "Bundle"}
    assert not any("content" in one for one in articles)


def test_a_buyer_is_written_otherwise(sandbox, shop):
    document = sandbox.shop.orders()[0] | {"uid": 9, "externalOrderNumber": "x"}
    document["customer"]["address"]["company"] = "Björk AB"
    document["customer"]["info"]["Portkod"] = "1234"
    sandbox.shop.put(document)
    sandbox.switch(company_at="name", own_fields="labelled")
    customer = shop.call("Order.get", 9, "customer")["customer"]
    assert (customer["name"], customer["info"]["Portkod"]) == ("Björk AB", {"label": "Portkod", "value": "1234"})
    assert "company" not in customer["address"]


def test_writes_that_are_refused_or_dropped(sandbox, shop):
    uid = next(one["uid"] for one in shop.call("Article.list", ["uid", "stock"]) if one["stock"]["useStock"])
    sandbox.switch(read_only=("Article.stock",))
    assert shop.error("Article.set", uid, {"stock": {"stock": 1}}, "stock")["code"] == 9001
    sandbox.switch(read_only=(), unstored=("Order.note",), changed_on_write=False)
    before = shop.call("Order.get", FIRST, ["note", "changed"])
    assert shop.call("Order.set", FIRST, {"note": "x"}, ["note", "changed"]) == before
    sandbox.switch(schemas=False, wrong_key_code=9003)
    assert shop.error("Order.getSchema", None)["code"] == -32601
    assert shop.error("Order.list", "uid", auth="nope")["code"] == 9003


def test_refusals_of_specter(sandbox, specter):
    specter.post("newCustomerSubmit", PERSON | {"key": specter.key("Åsa Öberg")})
    sandbox.switch(duplicate_code=17, duplicate_text="Nej: {external}", refusal_status=500, known_articles_only=True)
    assert specter.send_order().status_code == 200
    answer = specter.send_order()
    assert (answer.status_code, answer.text) == (500, "0;17;Nej: W-1")
    sandbox.switch(wrong_key_answer="401;Access denied", refusal_status=200, unnamed_triggers="removed")
    assert specter.get("checkAccountSettings", date="2026-01-31", key="0" * 32) == "0;401;Access denied"
    sandbox.specter.triggers["actionStockChange"] = "https://other.example/"
    assert specter.get("checkAccountSettings", date="2026-01-31", key=specter.key("2026-01-31")).startswith("1;")
    assert sandbox.specter.triggers == {}


def test_texts_that_are_too_long(sandbox, specter):
    sandbox.switch(text_length=5)
    long = PERSON | {"address": "Björkgatan", "key": specter.key("Åsa Öberg")}
    assert "longer than 5" in specter.post("newCustomerSubmit", long)
    sandbox.switch(long_text="cut")
    assert specter.post("newCustomerSubmit", long).startswith("1;")
    assert [one.fields["address"] for one in sandbox.specter.customers.values()] == ["Björk"]


class TestBatches:
    def fetch(self, specter: SpecterClient, number: str, **more: str) -> str:
        return specter.batch("getArticleExternalNeedUpdate", number, useXML="2", **more)

    def test_an_open_batch_is_asked_for_again(self, sandbox, specter):
        first = self.fetch(specter, "A")
        sandbox.switch(batch_again="differs")
        assert len(self.fetch(specter, "A")) > len(first)
        sandbox.switch(batch_again="empty")
        assert "articleNo" not in self.fetch(specter, "A")
        sandbox.switch(batch_again="refused", open_batch_code=12, open_batch_text="En annan är öppen")
        for number in ("A", "B"):
            assert "<code>12</code><message>En annan är öppen</message>" in self.fetch(specter, number)

    def test_sites_and_root(self, sandbox, specter):
        sandbox.switch(site_attribute="siteId", unchanged_sites=True, xml_root="Reply")
        number = next(iter(operations.stock_of(sandbox.specter)))
        sandbox.specter.user.stock.waiting.clear()
        operations.count_stock(sandbox.specter, number, "17.5", 1)
        answer = self.fetch(specter, "C", getMultipleStocksites="1")
        assert answer.count("<stock siteId=") == 2
        assert answer.endswith("</Reply>")

    def test_nothing_to_acknowledge(self, sandbox, specter):
        sandbox.specter.user.stock.waiting.clear()
        sandbox.switch(acknowledged_again="refused")
        assert specter.batch("updateArticlesFromBatch", "D").startswith("0;8;")
        sandbox.switch(empty_opens=True)
        self.fetch(specter, "E")
        assert specter.batch("updateArticlesFromBatch", "E").startswith("1;")
