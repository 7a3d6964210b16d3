"""resolve, stop, resume, drift: their effects, their messages without effect, and their exit statuses."""

import re

import pytest

from specter_tui.sandbox.shop.order_edits import add_row
from tests.engine.shop import at_specter, calls, change, document, placed, spoil


@pytest.fixture
def shop(stocked):
    return stocked(orders=2, plain=True)


@pytest.fixture
def run(shop, commands):
    return commands(shop).run


def name(shop, uid):
    return str(document(shop, uid)["orderNumber"])


def test_a_number_is_typed_corrected_and_taken_back(shop, run):
    uid = placed(shop)[0]
    order = name(shop, uid)
    first = run("resolve", order, "--number", "90007", "--json")
    assert (first.status, first.objects[0]["specter_number"], first.objects[0]["state"]) == (0, 90007, "exported")
    unsaid = run("resolve", order, "--number", "90008")
    assert (unsaid.status, "reason" in unsaid.err) == (2, True)
    second = run("resolve", order, "--number", "90008", "--reason", "a slip", "--json")
    assert (second.status, second.objects[0]["specter_number"]) == (0, 90008)
    assert document(shop, uid)["externalOrderNumber"] == "90008"
    again = run("resolve", order, "--number", "90008", "--reason", "a slip")
    assert (again.status, again.out, "already" in again.err) == (1, "", True)
    back = run("resolve", order, "--reopen", "--reason", "not ours", "--json")
    assert (back.status, back.objects[0]["state"], back.objects[0]["by_hand"]) == (0, "ready", True)
    assert back.objects[0]["code"] == "by_hand"
    assert document(shop, uid).get("externalOrderNumber", "") == ""
    nothing = run("resolve", order, "--reopen", "--reason", "again")
    assert (nothing.status, nothing.out, "nothing was changed" in nothing.err) == (1, "", True)
    left = run("export", "--all", "--json")
    assert {one["order"]: one["state"] for one in left.objects}[order] == "ready"
    assert at_specter(shop, order) == 0
    assert run("export", order).status == 0
    assert at_specter(shop, order) == 1


@pytest.mark.parametrize(
    ("number", "why"),
    [
        *[(one, "begin with 0") for one in ("0", "007")],
        *[(one, "digits only") for one in ("9x", "", "-1", "٣")],
        *[("9" * digits, "at most 18 digits") for digits in (19, 100_000)],
    ],
)
def test_a_number_that_is_none_is_refused_with_the_true_reason(shop, run, number, why):
    refused = run("resolve", name(shop, placed(shop)[0]), "--number", number)
    assert (refused.status, refused.out, why in refused.err) == (2, "", True)
    assert len(refused.err) < 200


def test_another_orders_number_is_refused_with_its_name(shop, run):
    one, two = (name(shop, uid) for uid in placed(shop))
    run("export", one)
    refused = run("resolve", two, "--number", "90001")
    assert (refused.status, f"Order {one} has the number 90001" in refused.err) == (1, True)


def test_a_closing_that_closes_nothing_and_a_retry_that_sends_nothing_say_why(shop, run):
    order, other = (name(shop, uid) for uid in placed(shop))
    assert run("resolve", order, "--close", "--reason", "by hand").status == 0
    closed = run("resolve", order, "--close", "--reason", "again")
    assert (closed.status, "closed already: by hand" in closed.err) == (1, True)
    retried = run("resolve", order, "--retry", "--reason", "now")
    assert (retried.status, "closed (by hand)" in retried.err, calls(shop, "newOrderSubmit")) == (1, True, 0)
    run("export", other)
    sent = run("resolve", other, "--retry", "--reason", "now")
    assert (sent.status, "exported as 90001" in sent.err, calls(shop, "newOrderSubmit")) == (1, True, 1)
    unclosed = run("resolve", other, "--close", "--reason", "no")
    assert (unclosed.status, "exported as 90001" in unclosed.err) == (1, True)
    answered = run("resolve", other, "--reopen", "--reason", "no")
    assert (answered.status, "correct the number" in answered.err) == (1, True)


def test_closing_in_bulk_counts_and_says_when_there_was_nothing(shop, run):
    nothing = run("resolve", "--before", "2001-01-01", "--close", "--reason", "moved", "--json")
    assert (nothing.status, nothing.out, "0 orders" in nothing.err) == (1, "", True)
    both = run("resolve", "--before", "2099-01-01", "--close", "--reason", "moved")
    assert (both.status, len(both.lines), "2 orders" in both.err) == (0, 2, True)
    again = run("resolve", "--before", "2099-01-01", "--close", "--reason", "moved")
    assert (again.status, "0 orders" in again.err) == (1, True)


@pytest.mark.parametrize("words", [("stop",), ("resume",), ("resolve", "1", "--reopen"), ("resolve", "1", "--close")])
def test_what_needs_a_reason_does_not_go_without(run, words):
    ended = run(*words)
    assert (ended.status, "--reason" in ended.err) == (2, True)


def test_nothing_is_sent_between_stop_and_resume(shop, run):
    stopped = run("stop", "--reason", "wrong prices")
    assert (stopped.status, "wrong prices" in stopped.err) == (0, True)
    again = run("stop", "--reason", "me too")
    assert (again.status, again.err.count("wrong prices"), again.err.count("nothing was changed")) == (1, 1, 1)
    for words in (("export", "--all"), ("export", name(shop, placed(shop)[0])), ("watch", "--once")):
        ended = run(*words, ORDER__EXPORT="registered")
        assert (ended.status, "wrong prices" in ended.err) == (1, True), words
    typed = run("resolve", name(shop, placed(shop)[1]), "--number", "90009")
    assert typed.status == 0
    assert calls(shop, "newCustomerSubmit") == calls(shop, "newOrderSubmit") == calls(shop, "Order.set") == 0
    assert "wrong prices" in run("orders").err
    assert run("resume", "--reason", "prices are right").status == 0
    nothing = run("resume", "--reason", "prices are right")
    assert (nothing.status, "not stopped" in nothing.err) == (1, True)
    run("export", "--all")
    assert calls(shop, "newOrderSubmit") == 1
    assert document(shop, placed(shop)[1])["externalOrderNumber"] == "90009", "what was due is written now"


def test_a_folder_of_shops_is_stopped_on_one_word(stocked, commands, tmp_path):
    one, two = stocked(orders=1, plain=True), stocked(orders=1, plain=True, webshop=12346)
    folder = tmp_path / "shops"
    folder.mkdir()
    start = commands(one)
    for sandbox in (one, two):
        theirs = commands(sandbox).settings
        lines = [f"{key}={value}" for key, value in theirs.items() if not key.startswith("JOURNAL")]
        file = folder / f"shop{sandbox.options.webshop}.env"
        file.write_text("\n".join([*lines, f"JOURNAL__URL=sqlite:///{tmp_path}/{sandbox.options.webshop}/journal.db"]))
        file.chmod(0o600)
    start.settings = {}
    unsaid = start.run("stop", "--reason", "fire", "--settings", str(folder))
    assert (unsaid.status, "--all-shops" in unsaid.err) == (2, True)
    assert start.run("stop", "--all-shops", "--reason", "fire", "--settings", str(folder)).status == 0
    assert start.run("export", "--all", "--settings", str(folder)).status == 1
    assert calls(one, "newOrderSubmit") == calls(two, "newOrderSubmit") == 0
    assert start.run("resume", "--all-shops", "--reason", "out", "--settings", str(folder)).status == 0
    assert start.run("export", "--all", "--settings", str(folder)).status == 0


def test_drift_is_listed_ticked_and_unticked(shop, run):
    uid = placed(shop)[0]
    order = name(shop, uid)
    run("export", order)
    add_row(shop.shop, uid, "KASA-BJ", 3)
    run("orders")
    (line,) = [one for one in run("drift", "--json").objects if one["kind"] == "article"]
    assert (line["order"], line["uid"]) == (order, uid)
    assert re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ", line["since"])
    assert run("drift", "tick", order, line["item"], "--reason", "done").status == 0
    again = run("drift", "tick", order, line["item"])
    assert (again.status, line["item"] in again.err) == (1, True)
    back = run("drift", "untick", order, line["item"], "--reason", "the wrong one", "--json")
    assert back.status == 0
    assert line["item"] in [one["item"] for one in back.objects]
    nothing = run("drift", "untick", order, line["item"])
    assert (nothing.status, line["item"] in nothing.err) == (1, True)


def test_lines_of_orders_say_what_a_program_needs(shop, run):
    uid = placed(shop)[0]
    (line,) = [one for one in run("orders", "--json").objects if one["uid"] == uid]
    assert re.fullmatch(r"\d+\.\d\d", line["total"])
    assert (line["currency"], line["code"], line["proposed_number"]) == ("SEK", None, None)
    assert re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ", line["placed"])
    assert line["external_number"] == name(shop, uid)
    run("export", "--all")
    change(shop, uid, externalOrderNumber="77777")
    (line,) = run("orders", "--json").objects
    assert (line["uid"], line["code"], line["write_back"]) == (uid, "write_back_conflict", "conflict")
    swedish = run("orders", "--json", UI__LANGUAGE="sv").objects[0]
    assert (swedish["code"], swedish["message"] == line["message"]) == (line["code"], False)


def test_a_write_back_that_stands_still_is_listed(shop, run):
    spoil(shop, "refusal", "Order.set", "shop", code="-32602", text="No", times=None)
    run("export", "--all")
    assert {one["code"] for one in run("orders", "--json").objects} == {"write_back_due"}


@pytest.mark.parametrize("day", ["0001-01-01", "9999-12-31"])
@pytest.mark.parametrize("words", [("report", "--date"), ("resolve", "--close", "--reason", "moved", "--before")])
def test_a_day_at_the_end_of_the_calendar_is_refused_in_a_sentence(stocked, commands, words, day):
    ended = commands(stocked(orders=0)).run(*words, day)
    assert (ended.status, ended.out, "no shop had orders then" in ended.err) == (2, "", True)
