import json
import socket
from urllib.parse import urlencode

import httpx
import pytest

from specter_tui.sandbox.server.faults import Fault
from tests.sandbox.client import PERSON, ShopClient
from tests.support.waiting import wait_for


@pytest.fixture
def known(specter):
    """Make a customer, so that orders can be made."""
    specter.customer()
    return specter


@pytest.mark.parametrize(("after", "made"), [(False, 0), (True, 1)])
def test_an_answer_is_lost(sandbox, known, after, made):
    sandbox.faults["specter"].add(Fault(kind="lost", call="newOrderSubmit", after=after))
    with pytest.raises(httpx.RemoteProtocolError):
        known.order()
    assert len(sandbox.specter.orders) == made
    assert known.order()[0] == ("0" if made else "1")


def test_an_answer_is_lost_on_a_connection_that_was_used_before(sandbox, shop):
    call = {"jsonrpc": "2.0", "id": 1, "method": "Order.count", "params": [{}]}
    with httpx.Client(params=shop.context) as client:
        assert client.post(shop.url, json=call).status_code == 200
        sandbox.faults["shop"].add(Fault(kind="lost"))
        with pytest.raises(httpx.RemoteProtocolError):
            client.post(shop.url, json=call)
        assert client.post(shop.url, json=call).status_code == 200


@pytest.mark.parametrize(("after", "made"), [(False, 0), (True, 1)])
@pytest.mark.parametrize(
    ("kind", "status", "body"),
    [
        ("error", 500, b"<html>"),
        ("busy", 503, b"Service"),
        ("limited", 429, b"Too"),
        ("html", 200, b"<html>"),
        ("garbage", 200, b"\x00\xff"),
        ("empty", 200, b""),
        ("redirect", 302, b""),
    ],
)
def test_something_else_is_answered(sandbox, known, kind, status, body, after, made):
    sandbox.faults["specter"].add(Fault(kind=kind, call="neworderSubmit", after=after, seconds=0.01))
    answer = known.send_order()
    assert (answer.status_code, answer.content[: len(body) or 1]) == (status, body)
    assert ("retry-after" in answer.headers) == (status in (429, 503))
    assert len(sandbox.specter.orders) == made
    assert sandbox.ledger.complaints == []


def test_an_answer_is_cut_short(sandbox, known):
    sandbox.faults["specter"].add(Fault(kind="truncated", call="newOrderSubmit"))
    with pytest.raises(httpx.RemoteProtocolError):
        known.order()
    assert len(sandbox.specter.orders) == 1


def test_an_answer_comes_in_slices(sandbox, known):
    sandbox.faults["specter"].add(Fault(kind="sliced", seconds=0.001))
    assert known.order() == "1;90001;Ordern är skapad"


def test_a_late_answer_still_does_the_work(sandbox, known):
    sandbox.faults["specter"].add(Fault(kind="delay", seconds=0.3))
    with pytest.raises(httpx.ReadTimeout):
        known.send_order(timeout=0.1)
    assert not sandbox.specter.orders
    wait_for(lambda: sandbox.specter.orders, "the order that is made late")
    assert len(sandbox.specter.orders_of("W-1")) == 1


def test_refusals_on_request(sandbox, known, shop):
    sandbox.faults["specter"].add(Fault(kind="refusal", code="17", text="Perioden är låst"))
    assert known.order() == "0;17;Perioden är låst"
    sandbox.faults["shop"].add(Fault(kind="refusal", call="Order.count", code="1004", text="Bad auth token"))
    calls = [
        {"jsonrpc": "2.0", "id": 1, "method": "Order.count", "params": [{}]},
        {"jsonrpc": "2.0", "id": 2, "method": "Article.count", "params": [{}]},
    ]
    refused, done = shop.post(calls).json()
    assert refused["error"] == {"code": 1004, "message": "Bad auth token"}
    assert done["result"] == 64
    assert sandbox.ledger.complaints == []


def test_how_often_and_from_when(sandbox, known):
    sandbox.faults["specter"].add(Fault(kind="refusal", call="newOrderSubmit", times=2, skip=1))
    answers = [known.order(external=str(n))[0] for n in range(5)]
    assert answers == ["1", "0", "0", "1", "1"]
    sandbox.faults["specter"].add(Fault(kind="refusal", call="newOrderSubmit", times=None))
    assert [known.order(external=f"x{n}")[0] for n in range(3)] == ["0", "0", "0"]
    assert known.post("newCustomerSubmit", {"key": known.key("Åsa Öberg")} | PERSON)[0] == "1"
    sandbox.faults["specter"].clear()
    assert known.order(external="y")[0] == "1"


@pytest.mark.parametrize("status", [301, 302, 401, 403, 404, 408, 429, 500])
def test_a_status_after_the_work_is_done(sandbox, known, status):
    sandbox.faults["specter"].add(Fault(kind="answer", call="newOrderSubmit", after=True, status=status))
    answer = known.send_order()
    assert answer.status_code == status
    assert ("location" in answer.headers) == (status in (301, 302))
    assert len(sandbox.specter.orders) == 1


def test_a_refusal_with_a_status_of_its_own(sandbox, shop):
    sandbox.faults["shop"].add(Fault(kind="refusal", code="-32603", status=500))
    answer = shop.post({"jsonrpc": "2.0", "id": 1, "method": "Order.count", "params": [{}]})
    assert (answer.status_code, answer.json()["error"]["code"]) == (500, -32603)


@pytest.mark.parametrize("seconds", [0.0, 0.05])
def test_an_answer_comes_twice(sandbox, seconds):
    sandbox.faults["shop"].add(Fault(kind="twice", seconds=seconds))
    asked = b'{"jsonrpc":"2.0","id":1,"method":"Webshop.get","params":[22033,"uid"]}'
    shop = httpx.URL(sandbox.settings["ABICART__URL"])
    head = f"POST {shop.path} HTTP/1.1\r\nHost: a\r\nContent-Type: application/json\r\nContent-Length: {len(asked)}"
    with socket.create_connection((shop.host, shop.port)) as line:
        line.settimeout(5)
        line.sendall(head.encode() + b"\r\n\r\n" + asked)
        heard = b""
        while heard.count(b'"result":{"uid":22033}') < 2:
            more = line.recv(65536)
            assert more, heard
            heard += more
    assert heard.count(b"HTTP/1.1 200 OK") == 2


def test_the_answer_to_the_request_before(sandbox, known):
    sandbox.faults["specter"].add(Fault(kind="previous", call="newOrderSubmit"))
    before = known.customer()
    assert known.order() == before
    assert len(sandbox.specter.orders) == 1


@pytest.mark.parametrize("how", ["other", "missing", "null", "double"])
def test_another_id_than_the_right_one(sandbox, shop, how):
    sandbox.faults["shop"].add(Fault(kind="id", text=how))
    text = shop.post({"jsonrpc": "2.0", "id": 7, "method": "Order.count", "params": [{}]}).text
    ids = [value for key, value in json.loads(text, object_pairs_hook=list) if key == "id"]
    assert ids == {"other": [8], "missing": [], "null": [None], "double": [7, 8]}[how]


def test_lists_and_counts_that_are_not_true(sandbox, shop):
    uids = [order["uid"] for order in shop.call("Order.list", "uid", {"limit": 3})]
    for kind, text, expected in (
        ("result", "[]", []),
        ("left_out", "", uids[1:]),
        ("doubled", "", uids[:1] + uids),
    ):
        sandbox.faults["shop"].add(Fault(kind=kind, call="Order.list", text=text))
        assert [order["uid"] for order in shop.call("Order.list", "uid", {"limit": 3})] == expected
    sandbox.faults["shop"].add(Fault(kind="result", call="Order.count", text="7", times=2))
    assert [shop.call("Order.count", {}), shop.call("Order.count", {"/uid": 1})] == [7, 7]


@pytest.mark.parametrize(
    ("kind", "text", "answered", "stored"),
    [
        ("unstored", "", {"externalOrderNumber": "90001"}, None),
        ("unstored", "old", {}, None),
        ("unstored", "true", True, None),
        ("unstored", "null", None, None),
        ("altered", '"9000"', {"externalOrderNumber": "9000"}, "9000"),
    ],
)
def test_a_write_that_stores_nothing_or_something_else(stocked, kind, text, answered, stored):
    sandbox = stocked(plain=True, orders=1)
    shop = ShopClient(sandbox)
    (uid,) = sandbox.shop.tables["Order"].keys() - {149_999}
    sandbox.faults["shop"].add(Fault(kind=kind, call="Order.set", text=text))
    number = "externalOrderNumber"
    assert shop.call("Order.set", uid, {number: "90001"}, [number]) == answered
    assert shop.call("Order.get", uid, [number]).get(number) == stored


def test_only_requests_that_hold_a_text(sandbox, known):
    sandbox.faults["specter"].add(Fault(kind="refusal", call="newOrderSubmit", holding="=W-2&"))
    assert [known.order(external=f"W-{n}")[0] for n in (1, 2, 3)] == ["1", "0", "1"]


@pytest.mark.parametrize(
    ("encoding", "shown"),
    [
        ("latin-1", b"\xc5sa"),
        ("utf-8", "Åsa".encode()),
        ("utf-8-twice", "Ã\x85sa".encode()),
        ("entities", b"&Aring;sa"),
        ("decimal", b"&#197;&#115;&#97;"),
        ("hexadecimal", b"&#xC5;&#x73;&#x61;"),
        ("percent", b"%C5sa"),
        ("percent-utf-8", b"%C3%85sa"),
        ("escapes", b"\\u00c5sa"),
        ("plain", b"Asa"),
        ("upper", b"ASA@EXAMPLE.SE"),
        ("numbers", b"+46701234567"),
    ],
)
def test_an_answer_repeats_what_was_sent(sandbox, specter, encoding, shown):
    sandbox.faults["specter"].add(Fault(kind="echo", code="17", status=500, encoding=encoding))
    form = PERSON | {"contactPerson": "Åsa Öberg", "mobileNo": "070-123 45 67", "key": specter.key("Åsa Öberg")}
    query = urlencode(specter.base | {"action": "newCustomerSubmit"})
    answer = specter.send(query, urlencode(form, encoding="latin-1"))
    assert answer.status_code == 500
    assert answer.content.startswith(b"0;17;")
    assert shown in answer.content


def test_a_shop_repeats_persons_and_its_token(sandbox, shop):
    sandbox.faults["shop"].add(Fault(kind="echo", text="<p>{echo}</p>", after=True, encoding="utf-8"))
    page = shop.post({"jsonrpc": "2.0", "id": 1, "method": "Order.list", "params": [True]}).text
    assert sandbox.shop.auth in page
    assert sandbox.shop.orders()[0]["customer"]["info"]["email"] in page


def test_an_unknown_kind_is_an_error():
    with pytest.raises(ValueError, match="unknown kind"):
        Fault(kind="flood")
