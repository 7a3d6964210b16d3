"""The data that may be mailed to Specter's support: calls, answers and times; no person, no key."""

import json

import pytest

from specter_tui.engine.orders.call_recorder import redact_fields
from specter_tui.sandbox.server.faults import Fault
from tests.engine.shop import change, document, placed
from tests.security.process import environment, run
from tests.support.json_output import check_printed

pytestmark = pytest.mark.usefixtures("quick_retries")
PERSON = {
    "firstName": "Kanariefrun", "lastName": "Gulfjäder", "address": "Burgatan 7", "zip": "98765", "city": "Fågelby",
}  # fmt: skip


@pytest.fixture
def lived(stocked, tmp_path):
    """A sandbox, and an order of a person who must not appear, refused once and then exported."""
    sandbox = stocked(orders=1, plain=True)
    (uid,) = placed(sandbox)
    customer = document(sandbox, uid)["customer"]
    person = {
        "address": customer["address"] | PERSON,
        "info": customer["info"] | {"email": "kanarie@fagel.example", "type": "person"},
    }
    change(sandbox, uid, customer=customer | person, note="Kanarienotis")
    refusal = {"code": "12", "text": "Kanariefrun Gulfjäder, kanarie@fagel.example: no such article"}
    sandbox.faults["specter"].add(Fault(kind="refusal", call="newOrderSubmit", **refusal))
    variables = environment(sandbox, tmp_path)
    assert run(variables, "export", "--all").returncode == 1
    number = document(sandbox, uid)["orderNumber"]
    assert run(variables, "resolve", str(number), "--retry", "--reason", "Kanarieskäl").returncode == 0
    return sandbox, variables, str(number)


def test_it_tells_what_was_sent_and_what_came(lived):
    _, variables, number = lived
    found = run(variables, "support", number, "--json")
    assert found.returncode == 0, found.stderr
    record = json.loads(found.stdout)
    assert record["order"]["specter_number"] == "90001"
    assert record["order"]["form_hash"]
    actions = [(call["action"], call["status"], call["answer"]) for call in record["calls"]]
    customer = record["order"]["customer_number"]
    assert actions == [
        ("newCustomerSubmit", 200, f"1;{customer}"),
        ("newOrderSubmit", 200, actions[1][2]),
        ("newCustomerSubmit", 200, f"1;{customer}"),
        ("newOrderSubmit", 200, "1;90001"),
    ]
    assert actions[1][2].startswith("0;12;")
    assert "no such article" in actions[1][2]
    order_call = record["calls"][3]
    assert order_call["sent"]["externalOrderNo"] == record["order"]["external_no"]
    assert order_call["sent"]["customerId"] == customer
    assert order_call["sent"]["rows"] == str(len(record["rows"]))
    assert order_call["duration_ms"] >= 0
    assert [event["verb"] for event in record["events"]][:3] == ["claimed", "customer_known", "refused"]
    assert record["settings"]["SPECTER__ROUNDING"] == "order"
    assert set(record["versions"]) == {"specter-tui", "python", "system", "sqlite"}


@pytest.mark.parametrize("form", [(), ("--json",)])
def test_it_tells_of_nobody_and_no_key(lived, form):
    _, variables, number = lived
    told = run(variables, "support", number, *form).stdout
    assert number in told
    wrong = ["Kanarie", "Gulfj", "Burgatan", "98765", "Fågelby", "fagel.example"]
    wrong += [variables[name] for name in ("ABICART__AUTH", "SPECTER__API_USER_KEY", "SPECTER__INTEGRATION_KEY")]
    assert [word for word in wrong if word in told] == []


def test_an_order_that_is_not_there(lived):
    _, variables, _ = lived
    found = run(variables, "support", "no-such-order")
    assert found.returncode == 2
    assert len(found.stderr.splitlines()) == 1


@pytest.mark.parametrize(
    ("kind", "status", "told"),
    [("error", 500, "HTTP 500"), ("lost", None, "broke before the answer"), ("html", 200, "cannot be read")],
)
def test_a_call_that_failed_is_on_record_with_what_came(stocked, driven, kind, status, told):
    sandbox = stocked(orders=1, plain=True)
    engine = driven(sandbox)
    (uid,) = placed(sandbox)
    sandbox.faults["specter"].add(Fault(kind=kind, call="newOrderSubmit"))
    engine.export(uid)
    with engine.reader() as reader:
        calls = reader.calls.of_order(uid)
    assert calls[-1].status == status or kind == "html"
    assert told in calls[-1].answer
    assert len(calls) == 2


def test_a_field_that_nobody_knows_is_struck_out():
    told = redact_fields({"newField": "secret", "currency": "SEK", "articleName_1": "Åsas kåsa", "articleNo_1": "K"})
    assert told == {"newField": "***", "currency": "SEK", "rows": "1"}


def test_an_erased_order_has_no_record_left(lived):
    _, variables, number = lived
    assert run(variables, "journal", "erase", number).returncode == 0
    told = run(variables, "support", number, "--json").stdout
    check_printed(("support", "--json"), told)
    record = json.loads(told)
    assert record["calls"] == []
    assert record["rows"] == []
    assert record["order"]["customer_number"] is None
