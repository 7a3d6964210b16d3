import httpx
import pytest

from specter_tui.sandbox.faults import Fault
from tests.sandbox.client import PERSON
from tests.waiting import wait_for


@pytest.fixture
def known(specter):
    """A customer, so that orders can be made."""
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


def test_an_unknown_kind_is_an_error():
    with pytest.raises(ValueError, match="unknown kind"):
        Fault(kind="flood")
