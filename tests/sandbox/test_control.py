"""The control API over HTTP: actions of Specter's and the shop's staff."""

from collections.abc import Iterator

import httpx
import pytest

from tests.sandbox.client import ROW, ShopClient, SpecterClient


@pytest.fixture
def control(sandbox) -> Iterator[httpx.Client]:
    with httpx.Client(base_url=sandbox.control) as client:
        yield client


class TestSpecter:
    def test_stock_is_counted(self, control, specter):
        changed = control.post("/specter/stock", json={"stock": {"KASA-BJ": 61, "TALT-2P": {"2": 1.5}}}).json()
        assert changed["KASA-BJ"]["1"] == 61
        assert changed["TALT-2P"]["2"] == 1.5
        assert control.get("/specter/stock").json().items() >= changed.items()
        assert control.get("/specter/queues").json()["stock"] == {"open": None, "waiting": 2}
        specter.batch("getArticleExternalNeedUpdate", "B")
        opened = {"number": "B", "rows": 2, "read": True}
        assert control.get("/specter/queues").json()["stock"]["open"] == opened
        specter.batch("updateArticlesFromBatch", "B")
        assert control.get("/specter/acknowledged").json() == [{"kind": "stock"} | opened]
        assert control.get("/specter/acknowledged?user=78").json() == []
        assert control.get("/specter/queues?user=78").json()["stock"]["waiting"] == 2

    def test_many_changes_at_random(self, control):
        before = control.get("/specter/stock").json()
        changed = control.post("/specter/stock", json={"random": 500, "seed": 3}).json()
        after = control.get("/specter/stock").json()
        assert after == before | changed
        assert control.get("/specter/queues").json()["stock"]["waiting"] == len(changed) > 50

    def test_an_order_goes_its_way(self, control, specter):
        specter.customer()
        specter.order()
        specter.order(external="W-2")
        one = control.post("/specter/orders/90001/deliver", json={"rows": {"KASA-BJ": 1}}).json()
        assert one["progress"] == {"delivered": {"1": 1}, "tracking": [""], "cancelled": False}
        one = control.post("/specter/orders/90001/deliver", json={"tracking": "SE1"}).json()
        assert one["progress"] == {"delivered": {"1": 2}, "tracking": ["", "SE1"], "cancelled": False}
        assert control.post("/specter/orders/90002/cancel").json()["progress"]["cancelled"]
        assert control.get("/specter/queues").json()["orders"]["waiting"] == 2

    def test_article_data_change(self, control):
        changed = control.post("/specter/articles", json={"number": "VANTE-S", "fields": {"name": "Ny"}}).json()
        assert changed["fields"]["name"] == "Ny"
        assert control.get("/specter/queues").json()["articles"]["waiting"] == 1

    def test_articles_are_refused(self, control, specter):
        assert control.post("/specter/refused", json={"articles": ["NEJ"]}).json() == ["NEJ"]
        assert specter.articles({"articleNo": "NEJ", "name": "Nej"}).startswith("0;7;")
        assert control.get("/specter/article-calls").json() == [{"rows": 1, "accepted": False}]
        control.post("/specter/refused", json={"articles": []})

    @pytest.mark.parametrize(
        ("path", "body"),
        [
            ("/specter/stock", {"stock": {"VIT-ORK": 1}}),
            ("/specter/stock", {"stock": {"FRAKT": 1}}),
            ("/specter/stock", {"stock": {"KASA-BJ": {"3": 1}}}),
            ("/specter/stock", []),
            ("/specter/orders/1/deliver", {}),
            ("/specter/orders/1/burn", {}),
            ("/specter/articles", {"number": "VIT-ORK", "fields": {}}),
            ("/shop/articles/1", {}),
            ("/shop/articles/171000001", {"colour": "red"}),
            ("/shop/orders/150001/add", {"number": "VIT-ORK"}),
        ],
    )
    def test_a_wrong_request_changes_nothing(self, control, path, body):
        assert control.post(path, json=body).status_code == 400
        assert control.get("/specter/queues").json()["stock"]["waiting"] == 0


class TestShop:
    def held(self, control) -> dict:
        return {(line["article"], line["variant"]): line["stock"] for line in control.get("/shop/stock").json()}

    def number(self, control, number: str) -> dict:
        return next(line for line in control.get("/shop/stock").json() if line["number"] == number)

    def test_rows_are_added_and_the_stock_follows(self, control, shop):
        (order,) = control.post("/shop/place").json()
        before, variant = self.held(control), self.number(control, "KOFTA-M")
        edited = control.post(f"/shop/orders/{order['uid']}/add", json={"number": "KOFTA-M", "quantity": 2}).json()
        row = edited["items"][-1]
        assert (row["articleNumber"], row["costs"]["total"]["incVat"]) == ("KOFTA-M", 2390)
        assert edited["costs"]["total"]["incVat"] == order["costs"]["total"]["incVat"] + 2390
        where = (variant["article"], variant["variant"])
        assert self.held(control) == before | {where: variant["stock"] - 2}
        control.post(f"/shop/orders/{order['uid']}/edit", json={"item": row["uid"], "quantity": 5})
        assert self.held(control)[where] == variant["stock"] - 5
        control.post(f"/shop/orders/{order['uid']}/edit", json={"item": row["uid"], "quantity": 0})
        assert self.held(control) == before

    def test_all_orders_can_be_deleted(self, control, shop):
        control.delete("/shop/orders")
        before = self.held(control)
        one, other = control.post("/shop/place", json={"count": 2}).json()
        assert control.get(f"/shop/orders/{one['uid']}").json() == one
        assert control.delete("/shop/orders").json() == control.get("/shop/orders").json() == []
        assert control.get(f"/shop/orders/{one['uid']}").status_code == 400
        assert self.held(control) == before
        (later,) = control.post("/shop/place").json()
        assert later["uid"] > other["uid"]

    def test_placing_takes_from_the_stock_and_discarding_gives_back(self, control, shop):
        before = self.held(control)
        (order,) = control.post("/shop/place").json()
        taken = {where: before[where] - stock for where, stock in self.held(control).items() if stock != before[where]}
        assert sum(taken.values()) == sum(row["choices"]["quantity"] for row in order["items"])
        for _ in range(2):
            control.post(f"/shop/orders/{order['uid']}/discard")
            assert self.held(control) == before

    def test_a_refund(self, control, sandbox):
        (order,) = control.post("/shop/place").json()
        sandbox.shop.tables["Order"][order["uid"]]["changed"] = "2026-01-01T00:00:00Z"
        after = control.post(f"/shop/orders/{order['uid']}/refund").json()
        assert after["paymentStatus"] == "unpaid"
        assert {payment["status"] for payment in after["payments"]} == {"cancelled"}
        assert after["changed"] > "2026-01-01T00:00:00Z"

    def test_an_article_vanishes(self, control, shop):
        gone = self.number(control, "VADARE-38")
        (order,) = control.post("/shop/place").json()
        control.post(f"/shop/orders/{order['uid']}/add", json={"number": "VADARE-38"})
        control.delete(f"/shop/articles/{gone['article']}")
        assert shop.error("Article.set", gone["article"], {"ean": "1"}, "uid")["code"] == 9003
        assert shop.error("ArticleVariant.set", gone["variant"], {"stock": 1}, "uid")["code"] == 9003
        rows = shop.call("Order.get", order["uid"], {"items": {"article": {"uid": True}, "articleNumber": True}})
        assert {"article": None, "articleNumber": "VADARE-38"} in rows["items"]

    def test_an_article_is_edited(self, control, shop):
        line = self.number(control, "KURS-TALJ")
        assert line["stock"] is None
        edited = control.post(
            f"/shop/articles/{line['article']}", json={"stock": {"useStock": True, "stock": 9}}
        ).json()
        assert edited["stock"]["useStock"]
        assert self.number(control, "KURS-TALJ")["stock"] == 9

    def test_a_variant_loses_its_number(self, control, shop):
        line = self.number(control, "RAGGSOCK-S")
        control.post(f"/shop/variants/{line['variant']}", json={"articleNumber": ""})
        (entry,) = [
            one
            for one in shop.call("Article.get", line["article"], "variants")["variants"]
            if one["uid"] == line["variant"]
        ]
        assert set(entry["overrides"]) == {"stock"}
        assert self.number(control, "RAGGSOCK")["variant"] == line["variant"]


def test_what_specter_has_is_what_the_shop_has_and_its_orders_have_taken(stocked):
    """When every order of the shop is there, Specter's stock is the shop's."""
    sandbox = stocked(plain=True)
    shop, specter = ShopClient(sandbox), SpecterClient(sandbox)
    specter.customer()
    for order in shop.call("Order.list", {"items": True}, {"limit": 500}):
        rows = [sandbox.shop.entity("OrderItem", uid) for uid in order["items"]]
        form = {
            f"{name[:-1]}{n}": value
            for n, row in enumerate(rows, 1)
            for name, value in (
                ROW | {"articleNo_1": row["articleNumber"], "noOfItems_1": str(row["choices"]["quantity"])}
            ).items()
        }
        assert specter.order(external=f"W-{rows[0]['order']}", rows=form).startswith("1;")
    held = {one["number"]: one["stock"] for one in sandbox.shop.articles()}
    known = {
        number: sum(sites.values()) for number, sites in httpx.get(f"{sandbox.control}/specter/stock").json().items()
    }
    assert known == {number: held[number] for number in known}


def test_things_happen_at_specter_when_orders_come_at_a_pace(stocked):
    sandbox = stocked(orders=0, pace=3000)
    specter = SpecterClient(sandbox)
    specter.customer()
    for n in range(5):
        specter.order(external=f"W-{n}")
    for _ in range(300):
        told = specter.get("getOrdersExternalNeedUpdate", batchNo="B", key=specter.key("B"), useXML="2")
        if "<delivery trackingNo=" in told and sandbox.specter.user.stock.waiting:
            break
    assert '<delivery trackingNo="SE' in told
    assert sandbox.ledger.complaints == []
