import json
import signal
import subprocess
import sys
import time
from collections.abc import Iterator

import httpx
import pytest

from specter_tui.sandbox.sandbox import Sandbox
from specter_tui.sandbox.server.faults import Fault
from specter_tui.sandbox.server.options import SandboxOptions


@pytest.fixture(scope="module")
def process() -> Iterator[dict]:
    """Run a sandbox in a process of its own; yield its one line."""
    words = [
        sys.executable,
        "-m",
        "specter_tui.sandbox",
        "--orders",
        "12",
        "--no-refuses-duplicates",
        "--rounding",
        "row",
    ]
    with subprocess.Popen(words, stdout=subprocess.PIPE, text=True) as running:
        assert running.stdout is not None
        yield json.loads(running.stdout.readline())
        running.send_signal(signal.SIGTERM)
        assert running.wait(5) == 0


@pytest.fixture
def control(process) -> Iterator[httpx.Client]:
    with httpx.Client(base_url=process["control"]) as client:
        yield client


def shop_call(process, method, *params) -> httpx.Response:
    settings = process["settings"]
    context = {"webshop": settings["ABICART__WEBSHOP"], "auth": settings["ABICART__AUTH"]}
    return httpx.post(
        settings["ABICART__URL"], params=context, json={"jsonrpc": "2.0", "id": 1, "method": method, "params": params}
    )


def test_the_options_reach_it(process, control):
    assert process["settings"]["SPECTER__ROUNDING"] == "row"
    assert process["settings"]["SPECTER__REFUSES_DUPLICATES"] == "false"
    assert control.get("/settings").json() == process["settings"]
    assert len(control.get("/shop/orders").json()) == 12


def test_people_act_in_the_shop(control):
    (placed,) = control.post("/shop/place").json()
    uid, row = placed["uid"], placed["items"][0]
    edited = control.post(f"/shop/orders/{uid}/edit", json={"item": row["uid"], "quantity": 5}).json()
    assert edited["items"][0]["choices"]["quantity"] == 5
    assert control.post(f"/shop/orders/{uid}/pay", json={"status": "reserved"}).json()["paymentStatus"] == "reserved"
    assert control.post(f"/shop/orders/{uid}/discard").json()["discarded"] is True
    assert len(control.post("/shop/place", json={"count": 3}).json()) == 3


def test_calls_and_complaints_are_kept(process, control):
    control.delete("/ledger")
    shop_call(process, "Order.count", {})
    shop_call(process, "Order.list", "colour", True)
    assert control.get("/calls").json() == {"shop": {"Order.count": 1, "Order.list": 1}}
    assert len(control.get("/complaints").json()) == 1
    control.delete("/ledger")
    assert control.get("/complaints").json() == []


def test_faults_are_set_and_cleared(process, control):
    assert control.post("/faults/shop", json={"kind": "lost", "call": "Order.count"}).json()[0]["kind"] == "lost"
    with pytest.raises(httpx.RemoteProtocolError):
        shop_call(process, "Order.count", {})
    assert control.get("/faults/shop").json() == []
    control.post("/faults/shop", json={"kind": "error", "times": None})
    assert shop_call(process, "Order.count", {}).status_code == 500
    control.delete("/faults/shop")
    assert shop_call(process, "Order.count", {}).status_code == 200


def test_what_specter_has(control):
    assert control.get("/specter/orders").json() == []
    assert control.get("/specter/customers").json() == []
    assert "KASA-BJ" in [article["number"] for article in control.get("/specter/articles").json()]


@pytest.mark.parametrize(
    ("method", "path", "body"),
    [
        ("POST", "/faults/shop", {"kind": "flood"}),
        ("POST", "/faults/bank", {"kind": "lost"}),
        ("POST", "/shop/orders/1/discard", {}),
        ("POST", "/shop/orders/150001/burn", {}),
        ("GET", "/specter/secrets", None),
    ],
)
def test_a_wrong_request_is_answered_with_the_reason(control, method, path, body):
    answer = control.request(method, path, json=body)
    assert answer.status_code == 400
    assert answer.json()["error"]


@pytest.mark.timing
def test_answers_come_at_once(process):
    """On a kept connection each answer would be 40 ms late if small writes waited for each other."""
    call = {"jsonrpc": "2.0", "id": 1, "method": "Webshop.get", "params": [22033, "uid"]}
    with httpx.Client() as client:
        client.post(process["settings"]["ABICART__URL"], json=call)
        begun = time.monotonic()
        for _ in range(25):
            client.post(process["settings"]["ABICART__URL"], json=call)
    assert time.monotonic() - begun < 0.8


def test_a_port_in_use_is_an_error_and_leaves_none_open(stocked):
    taken = stocked(orders=0)
    port = int(taken.settings["SPECTER__URL"].rstrip("/").rpartition(":")[2])
    with pytest.raises(OSError, match="in use"):
        Sandbox(SandboxOptions(orders=0, specter_port=port)).start()


@pytest.mark.timing
def test_it_ends_at_once_with_a_call_in_flight():
    with Sandbox(SandboxOptions(orders=0)) as sandbox, httpx.Client() as client:
        sandbox.faults["shop"].add(Fault(kind="delay", seconds=30))
        with pytest.raises(httpx.ReadTimeout):
            client.post(sandbox.settings["ABICART__URL"], json={}, timeout=0.1)
        begun = time.monotonic()
        sandbox.stop()
        assert time.monotonic() - begun < 5
