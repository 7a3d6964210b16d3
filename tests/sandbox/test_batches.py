"""The state machine of the batches, for each of the three queues; and the forms of their answers."""

from dataclasses import dataclass
from decimal import Decimal
from xml.etree import ElementTree

import httpx
import pytest

from specter_tui.sandbox.server.faults import Fault
from specter_tui.sandbox.server.switches import Switches
from specter_tui.sandbox.specter import operations
from specter_tui.sandbox.specter.change_queues import Acknowledged, ChangeQueue
from tests.sandbox.client import ROW, SpecterClient

XML = {"useXML": "2"}
BY_SITE = {"useXML": "2", "getMultipleStocksites": "1"}
FIRST, SECOND = "KASA-BJ", "TALT-2P"


@dataclass
class Poll:
    """One of the three queues as a client sees it."""

    kind: str
    get: str
    ack: str
    specter: SpecterClient
    sandbox: object
    numbers: tuple[str, str]

    def fetch(self, number: str) -> str:
        return self.specter.batch(self.get, number, **({} if self.kind == "stock" else XML))

    def acknowledge(self, number: str, **more: str) -> str:
        return self.specter.batch(self.ack, number, **more)

    def change(self, which: int = 0) -> None:
        """Change the first or second article, or order."""
        account, number = self.sandbox.specter, self.numbers[which]
        if self.kind == "stock":
            operations.count_stock(account, number, account.articles[number].stock + 1)
        elif self.kind == "articles":
            operations.change_article(account, number, {"name": "Ny"})
        else:
            operations.deliver(account, int(number))

    def tells(self, answer: str) -> list[bool]:
        """Return whether an answer contains the first, and the second."""
        quoted = [f";{number};" if self.kind == "stock" else f"{number}" for number in self.numbers]
        return [one in answer for one in quoted]

    def state(self) -> dict:
        return getattr(self.sandbox.specter.user, self.kind).state()


POLLS = {
    "stock": ("getArticleExternalNeedUpdate", "updateArticlesFromBatch"),
    "articles": ("getArticleInfoExternalNeedUpdate", "updateArticleInfosFromBatch"),
    "orders": ("getOrdersExternalNeedUpdate", "updateOrdersFromBatch"),
}


@pytest.fixture(params=POLLS)
def poll(request, sandbox, specter) -> Poll:
    specter.customer()
    numbers = (FIRST, SECOND)
    if request.param == "orders":
        numbers = tuple(specter.order(external=f"W-{n}").split(";")[1] for n in (1, 2))
        sandbox.specter.user.stock.waiting.clear()
    return Poll(request.param, *POLLS[request.param], specter, sandbox, numbers)


class TestStates:
    def test_idle_with_changes_opens_and_gives_rows(self, poll):
        poll.change()
        assert poll.tells(poll.fetch("B")) == [True, False]
        assert poll.state() == {"open": {"number": "B", "rows": 1, "read": True}, "waiting": 0}

    def test_idle_without_changes_stays_idle_and_empty(self, poll):
        answer = poll.fetch("B")
        assert poll.tells(answer) == [False, False]
        assert answer == "" if poll.kind == "stock" else ElementTree.fromstring(answer.encode("latin-1")).tag == "root"
        assert poll.state()["open"] is None
        poll.change()
        assert poll.tells(poll.fetch("B2")) == [True, False]

    def test_the_open_number_gives_the_same_rows_again(self, poll):
        poll.change()
        first = poll.fetch("B")
        assert poll.fetch("B") == first

    def test_another_number_is_refused_with_the_open_one_quoted(self, poll):
        poll.change()
        poll.fetch("B")
        answer = poll.specter.batch(poll.get, "B2")
        if poll.kind == "stock":
            assert answer.startswith("0;99;")
            assert answer.split("'")[1] == "B"
        in_xml = ElementTree.fromstring(poll.specter.batch(poll.get, "B2", **XML).encode("latin-1"))
        assert in_xml.findtext("APIresponse/result") == "0"
        assert in_xml.findtext("APIresponse/code") == "99"
        assert in_xml.findtext("APIresponse/message", "").split("'")[1::2] == ["B"]

    def test_the_acknowledgement_of_the_open_one_closes_it(self, poll):
        poll.change()
        poll.fetch("B")
        assert poll.acknowledge("B") == "1;0;"
        assert poll.state() == {"open": None, "waiting": 0}
        assert getattr(poll.sandbox.specter.user, poll.kind).acknowledged == [
            Acknowledged(poll.kind, "B", 1, read=True)
        ]
        assert poll.tells(poll.fetch("B2")) == [False, False]
        assert poll.sandbox.ledger.complaints == []

    def test_the_acknowledgement_of_another_is_refused(self, poll):
        poll.change()
        poll.fetch("B")
        refused = poll.acknowledge("B2")
        assert refused.startswith("0;99;")
        quoted = ["B"] if poll.kind == "stock" else ["B2", "B"]
        assert refused.split("'")[1::2] == quoted
        in_xml = ElementTree.fromstring(poll.acknowledge("B2", **XML).encode("latin-1"))
        assert in_xml.findtext("APIresponse/code") == "99"
        assert in_xml.findtext("APIresponse/message", "").split("'")[1::2] == quoted
        assert poll.state()["open"]["number"] == "B"

    def test_without_an_open_one_an_acknowledgement_does_nothing(self, poll):
        assert poll.acknowledge("X") == "1;0;"
        in_xml = ElementTree.fromstring(poll.acknowledge("X", **XML).encode("latin-1"))
        assert in_xml.findtext("APIresponse/result") == "1"
        assert poll.sandbox.ledger.complaints == []

    def test_a_new_change_waits_for_the_next_batch(self, poll):
        poll.change()
        first = poll.fetch("B")
        poll.change(1)
        assert poll.fetch("B").replace("<moreInfoToFetch>1", "<moreInfoToFetch>0") == first
        assert poll.state()["waiting"] == 1
        poll.acknowledge("B")
        assert poll.tells(poll.fetch("B2")) == [False, True]

    def test_clearing_drops_the_open_stock_batch_and_queues_all_stock(self, poll):
        poll.change()
        poll.fetch("B")
        assert poll.specter.batch("clearArticleBatch", "C", clearSelf="1").startswith("1;0;")
        queues = poll.sandbox.specter.user
        assert queues.stock.state() == {"open": None, "waiting": len(operations.stock_of(poll.sandbox.specter))}
        if poll.kind != "stock":
            assert poll.state()["open"]["number"] == "B"

    def test_each_user_has_queues_of_its_own(self, poll):
        known = poll.sandbox.specter
        poll.change()
        poll.fetch("B")
        poll.acknowledge("B")
        poll.specter.base["apiUserId"], poll.specter.key = known.colleague.user_id, known.colleague.key
        assert poll.tells(poll.fetch("B")) == [True, False]
        assert poll.sandbox.ledger.complaints == []


def test_a_batch_holds_at_most_so_many():
    queue: ChangeQueue[str] = ChangeQueue("stock")
    for number in "abc":
        queue.note(number)
    batch = queue.fetch("B", Switches(batch_limit=2), list)
    assert batch is not None
    assert (batch.rows, list(queue.waiting)) == (["a", "b"], ["c"])


class TestBreaches:
    def test_rows_that_never_went_out_must_not_be_acknowledged(self, poll):
        poll.change()
        poll.sandbox.faults["specter"].add(Fault(kind="lost", after=True))
        with pytest.raises(httpx.RemoteProtocolError):
            poll.fetch("B")
        assert poll.state()["open"] == {"number": "B", "rows": 1, "read": False}
        assert poll.acknowledge("B") == "1;0;"
        assert f"{poll.kind} batch B acknowledged unread" in poll.sandbox.ledger.complaints[0]
        assert not getattr(poll.sandbox.specter.user, poll.kind).acknowledged[0].read

    @pytest.mark.parametrize("kind", ["truncated", "error", "empty"])
    def test_half_an_answer_is_not_read(self, poll, kind):
        poll.change()
        poll.sandbox.faults["specter"].add(Fault(kind=kind, after=True))
        try:
            poll.fetch("B")
        except httpx.RemoteProtocolError:
            assert kind == "truncated"
        assert not poll.state()["open"]["read"]
        assert poll.tells(poll.fetch("B")) == [True, False]
        assert poll.state()["open"]["read"]

    def test_a_slow_answer_is_read(self, poll):
        poll.change()
        poll.sandbox.faults["specter"].add(Fault(kind="sliced"))
        poll.fetch("B")
        assert poll.state()["open"]["read"]

    def test_a_number_is_for_one_batch(self, poll):
        for which in (0, 1):
            poll.change(which)
            poll.fetch("B")
            poll.acknowledge("B")
        assert "used before" in poll.sandbox.ledger.complaints[0]

    def test_the_key_signs_the_number(self, poll):
        answer = poll.specter.get(poll.get, batchNo="B", key=poll.specter.key("C"), **XML)
        assert "<code>1</code>" in answer
        assert poll.specter.get(poll.ack, key=poll.specter.key("B")).startswith("0;2;")

    @pytest.mark.parametrize(
        ("action", "fields"),
        [
            ("getArticleExternalNeedUpdate", {"getMultipleStocksites": "1"}),
            ("getArticleInfoExternalNeedUpdate", {}),
            ("getOrdersExternalNeedUpdate", {}),
        ],
    )
    def test_what_is_told_in_xml_only(self, sandbox, specter, action, fields):
        assert specter.batch(action, "B", **fields).startswith("0;6;")
        assert len(sandbox.ledger.complaints) == 1


class TestStock:
    def test_lines_end_with_cr_and_numbers_have_a_comma(self, sandbox, specter):
        operations.count_stock(sandbox.specter, FIRST, Decimal("0.5"))
        operations.count_stock(sandbox.specter, FIRST, 3, site=2)
        operations.count_stock(sandbox.specter, SECOND, -2)
        operations.count_stock(sandbox.specter, SECOND, 0, site=2)
        identity, other = (sandbox.specter.articles[one].identity for one in (FIRST, SECOND))
        text = specter.batch("getArticleExternalNeedUpdate", "B")
        assert text == f"{identity};{FIRST};3,5;B\r{other};{SECOND};-2;B\r"

    def test_none_is_now_and_then_a_word(self, sandbox, specter):
        for number in ("TALT-2P", "TALT-3P", "LIGGUND", "KASA-BJ", "STORMKOK", "RODSPRIT"):
            for site in (1, 2):
                operations.count_stock(sandbox.specter, number, 5, site)
                operations.count_stock(sandbox.specter, number, 0, site)
        lines = specter.batch("getArticleExternalNeedUpdate", "B").split("\r")[:-1]
        assert {line.split(";")[2] for line in lines} == {"0", "noItemsAvailable"}
        by_site = specter.batch("getArticleExternalNeedUpdate", "B", **BY_SITE)
        assert "<noItemsAv>noItemsAvailable</noItemsAv>" in by_site

    def test_xml_has_each_site_that_changed(self, sandbox, specter):
        operations.count_stock(sandbox.specter, FIRST, 41)
        operations.count_stock(sandbox.specter, SECOND, 42, site=2)
        operations.count_stock(sandbox.specter, FIRST, Decimal("43.25"), site=2)
        root = ElementTree.fromstring(specter.batch("getArticleExternalNeedUpdate", "B", **BY_SITE).encode("latin-1"))
        found = {
            (stock.get("id"), article.findtext("articleNo"), article.findtext("noItemsAv"))
            for stock in root.findall("stockChanges/stock")
            for article in stock.findall("articles/article")
        }
        assert found == {("1", FIRST, "41"), ("2", SECOND, "42"), ("2", FIRST, "43,25")}

    def test_xml_without_sites_has_the_sum(self, sandbox, specter):
        operations.count_stock(sandbox.specter, FIRST, 5)
        operations.count_stock(sandbox.specter, FIRST, 6, site=2)
        root = ElementTree.fromstring(specter.batch("getArticleExternalNeedUpdate", "B", **XML).encode("latin-1"))
        (stock,) = root.findall("stockChanges/stock")
        assert (stock.get("id"), stock.findtext("articles/article/noItemsAv")) == (None, "11")

    def test_an_order_takes_from_its_site_and_the_change_comes_back(self, sandbox, specter):
        specter.customer()
        before = operations.stock_of(sandbox.specter)[FIRST]
        specter.order()
        specter.order(external="W-2", stocksiteid="2")
        after = operations.stock_of(sandbox.specter)[FIRST]
        assert after == {1: before[1] - 2, 2: before[2] - 2}
        assert f";{FIRST};{sum(after.values())};B\r" in specter.batch("getArticleExternalNeedUpdate", "B")
        assert sandbox.ledger.complaints == []

    def test_a_refused_order_takes_nothing(self, stocked):
        sandbox = stocked(known_articles_only=True)
        specter = SpecterClient(sandbox)
        specter.customer()
        before = operations.stock_of(sandbox.specter)
        second = {f"{name[:-1]}2": value for name, value in ROW.items()} | {"articleNo_2": "VIT-ORK"}
        assert specter.order(rows=ROW | second).startswith("0;4;")
        assert specter.order(stocksiteid="3").startswith("0;6;")
        assert operations.stock_of(sandbox.specter) == before
        assert specter.batch("getArticleExternalNeedUpdate", "B") == ""

    def test_a_service_article_has_no_stock(self, sandbox, specter):
        specter.customer()
        specter.order(rows=ROW | {"articleNo_1": "FRAKT"})
        assert sandbox.specter.user.stock.waiting == {}

    def test_all_stock_may_wait_at_the_start(self, stocked):
        sandbox = stocked(orders=0, stock_queued=True, batch_limit=7)
        specter, seen = SpecterClient(sandbox), []
        for n in range(30):
            lines = specter.batch("getArticleExternalNeedUpdate", f"B{n}").split("\r")[:-1]
            assert len(lines) <= 7
            seen += [line.split(";")[1] for line in lines]
            specter.batch("updateArticlesFromBatch", f"B{n}")
        assert sorted(seen) == sorted(operations.stock_of(sandbox.specter))
        assert sandbox.ledger.complaints == []


def test_article_data(sandbox, specter):
    operations.change_article(
        sandbox.specter,
        FIRST,
        {"name": "Kåsa & kopp", "priceExclVAT": "159.20", "buyPrice": "80.00", "productWeight": "0.25"},
    )
    answer = specter.batch("getArticleInfoExternalNeedUpdate", "B", **XML)
    assert "<![CDATA[Kåsa & kopp]]>" in answer
    root = ElementTree.fromstring(answer.encode("latin-1"))
    assert root.findtext("responseMaxLimit") == "100"
    (article,) = root.findall("articles/article")
    assert (article.findtext("articleNo"), article.findtext("name")) == (FIRST, "Kåsa & kopp")
    assert article.attrib == {
        "buyPrice": "80,00",
        "priceExclVat": "159,20",
        "barCode": "",
        "productWeight": "0,25",
    }


class TestOrders:
    @pytest.fixture(autouse=True)
    def order(self, specter):
        specter.customer()
        assert specter.order().startswith("1;90001;")

    def told(self, specter, number: str) -> ElementTree.Element:
        answer = specter.batch("getOrdersExternalNeedUpdate", number, **XML)
        specter.batch("updateOrdersFromBatch", number)
        order = ElementTree.fromstring(answer.encode("latin-1")).find("orders/order")
        assert order is not None
        return order

    def test_a_delivery_in_parts(self, sandbox, specter):
        before = operations.stock_of(sandbox.specter)[FIRST]
        operations.deliver(sandbox.specter, 90001, "SE1", {FIRST: Decimal(1)})
        first = self.told(specter, "B1")
        assert first.get("orderNo") == "90001"
        assert first.find("orderstatus").attrib == {"deliveryStatus": "P", "statusId": "1"}
        assert first.find("deliveries").get("updated") == "1"
        operations.deliver(sandbox.specter, 90001)
        second = self.told(specter, "B2")
        assert second.find("orderstatus").get("deliveryStatus") == "D"
        assert [one.get("trackingNo") for one in second.findall("deliveries/delivery")] == ["SE1", ""]
        assert operations.stock_of(sandbox.specter)[FIRST] == before

    def test_a_cancelled_order_gives_back_what_was_not_delivered(self, sandbox, specter):
        before = operations.stock_of(sandbox.specter)[FIRST]
        operations.deliver(sandbox.specter, 90001, rows={FIRST: Decimal(1)})
        self.told(specter, "B1")
        operations.cancel(sandbox.specter, 90001)
        told = self.told(specter, "B2")
        assert told.find("orderstatus").attrib == {"deliveryStatus": "P", "statusId": "5"}
        assert told.find("deliveries").get("updated") == "0"
        assert operations.stock_of(sandbox.specter)[FIRST] == {1: before[1] + 1, 2: before[2]}
        with pytest.raises(ValueError, match="cancelled"):
            operations.deliver(sandbox.specter, 90001)

    def test_no_more_than_was_ordered(self, sandbox):
        with pytest.raises(ValueError, match="left to deliver"):
            operations.deliver(sandbox.specter, 90001, rows={FIRST: Decimal(3)})
        operations.deliver(sandbox.specter, 90001)
        with pytest.raises(ValueError, match="left to deliver"):
            operations.deliver(sandbox.specter, 90001)

    def test_more_may_wait(self, stocked):
        sandbox = stocked(orders=0, batch_limit=2)
        specter = SpecterClient(sandbox)
        specter.customer()
        for n in range(3):
            specter.order(external=f"W-{n}")
            operations.deliver(sandbox.specter, 90001 + n)
        found = []
        for n in range(2):
            root = ElementTree.fromstring(
                specter.batch("getOrdersExternalNeedUpdate", f"B{n}", **XML).encode("latin-1")
            )
            found.append((len(root.findall("orders/order")), root.findtext("moreInfoToFetch")))
            specter.batch("updateOrdersFromBatch", f"B{n}")
        assert found == [(2, "1"), (1, "0")]


def test_rows_of_stock_as_nobody_expects_them(sandbox, specter):
    rows = [
        {"number": "", "quantity": "3"},
        {"number": "KASA-BJ", "quantity": "1 234"},
        {"number": "KASA-BJ", "quantity": "abc", "site": 2},
        {"number": "KIT-1", "quantity": "1", "kind": "bundle"},
    ]
    httpx.post(f"{sandbox.control}/specter/stock-rows", json={"rows": rows}).raise_for_status()
    operations.count_stock(sandbox.specter, "KASA-BJ", "7")
    answer = specter.batch("getArticleExternalNeedUpdate", "B", useXML="2", getMultipleStocksites="1")
    assert "<article><articleNo>KASA-BJ</articleNo><noItemsAv>7</noItemsAv></article>" in answer
    assert "<article><articleNo></articleNo><noItemsAv>3</noItemsAv></article>" in answer
    assert "<article><articleNo>KASA-BJ</articleNo><noItemsAv>1 234</noItemsAv></article>" in answer
    assert "<bundle><articleNo>KIT-1</articleNo><noItemsAv>1</noItemsAv></bundle>" in answer
    again = specter.batch("getArticleExternalNeedUpdate", "B", useXML="2", getMultipleStocksites="1")
    assert again == answer
    assert specter.batch("updateArticlesFromBatch", "B").startswith("1;")
    assert sandbox.specter.user.stock.state() == {"open": None, "waiting": 0}
