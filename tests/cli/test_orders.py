"""orders, preview, export, resolve: output, JSON keys, exit statuses, and what reaches Specter."""

import sqlite3
from contextlib import closing
from datetime import UTC, datetime, timedelta
from decimal import Decimal

import pytest
from typer.testing import CliRunner

from specter_tui.cli.app import app
from tests.engine.shop import at_specter, calls, change, document, placed, spoil

KEYS = [
    *("order", "uid", "state", "step", "specter_number", "written_back", "problems", "message", "code", "total"),
    *("currency", "placed", "external_number", "proposed_number", "by_hand", "write_back"),
]
PROBLEM_KEYS = ["code", "field", "text", "cure"]


def test_all_that_is_ready_is_exported_once(stocked, commands):
    sandbox = stocked(orders=40, known_articles_only=True)
    run = commands(sandbox).run
    first = run("export", "--all", "--json")
    assert first.status == 1, "some are blocked"
    assert all(list(one) == KEYS for one in first.objects)
    exported = [one for one in first.objects if one["state"] == "exported"]
    assert {one["uid"] for one in exported} == set(placed(sandbox)) - set(sandbox.shop.traps)
    for one in exported:
        (order,) = sandbox.specter.orders_of(one["order"])
        assert (one["specter_number"], one["written_back"], one["problems"]) == (order.number, True, [])
        assert (one["step"], one["message"]) == (None, "")
    blocked = [one for one in first.objects if one["state"] == "blocked"]
    assert blocked
    assert all(one["problems"] and one["message"] and one["specter_number"] is None for one in blocked)
    assert all(list(problem) == PROBLEM_KEYS and problem["text"] for one in blocked for problem in one["problems"])

    sandbox.ledger.clear()
    second = run("export", "--all", "--json")
    assert second.status == 1
    assert second.states == sorted(one["state"] for one in first.objects if one["state"] != "exported")
    assert calls(sandbox, "newOrderSubmit") == calls(sandbox, "newCustomerSubmit") == 0
    assert sandbox.ledger.complaints == []


def test_a_shop_without_trouble_ends_well_and_has_nothing_to_say_the_second_time(stocked, commands):
    sandbox = stocked(orders=3, plain=True)
    run = commands(sandbox).run
    first = run("export", "--all")
    assert first.status == 0
    assert len(first.lines) == 3
    assert "3 exported" in first.err
    second = run("export", "--all", "--json")
    assert (second.status, second.out) == (0, "")


def test_orders_are_named_by_number_or_uid(stocked, commands):
    sandbox = stocked(orders=4, plain=True)
    first, second, third, _ = placed(sandbox)
    number = document(sandbox, first)["orderNumber"]
    run = commands(sandbox).run
    ended = run("export", str(number), f"uid:{second}", str(third), "--json")
    assert (ended.status, [one["uid"] for one in ended.objects]) == (0, [first, second, third])
    assert ended.states == ["exported"] * 3
    again = run("export", str(number), "--json")
    assert (again.status, again.states) == (0, ["exported"])
    assert calls(sandbox, "newOrderSubmit") == 3


@pytest.mark.parametrize("word", ["nobody", "uid:404"])
def test_an_order_that_there_is_not_is_said_so(stocked, commands, word):
    sandbox = stocked(orders=1, plain=True)
    ended = commands(sandbox).run("export", word)
    assert ended.status == 2
    assert word in ended.err
    assert "specter" not in sandbox.ledger.calls()


def test_a_dry_run_says_what_would_go_and_sends_nothing(stocked, commands):
    sandbox = stocked(orders=2, plain=True)
    command = commands(sandbox)
    ended = command.run("export", "--all", "--dry-run", "--json")
    assert (ended.status, ended.states) == (0, ["ready", "ready"])
    assert "specter" not in sandbox.ledger.calls()
    assert command.run("export", "--all", "--dry-run", "--json", ORDER__EXPORT="inactive").status == 0


def test_the_orders_that_are_not_done_are_listed(stocked, commands):
    sandbox = stocked(orders=40)
    run = commands(sandbox).run
    ended = run("orders", "--json")
    assert ended.status == 0
    assert all(list(one) == KEYS for one in ended.objects)
    assert set(ended.states) == {"ready", "blocked"}
    blocked = run("orders", "--state", "blocked", "--json")
    assert blocked.states == [state for state in ended.states if state == "blocked"]
    assert len(run("orders").lines) == len(ended.objects)
    assert "specter" not in sandbox.ledger.calls()
    assert run("orders", "--state", "lost").status == 2


def test_a_preview_is_the_very_form_that_is_sent(stocked, commands):
    sandbox = stocked(orders=1, plain=True)
    (uid,) = placed(sandbox)
    run = commands(sandbox).run
    ended = run("preview", f"uid:{uid}", "--json")
    (shown,) = ended.objects
    assert (ended.status, shown["ready"], shown["problems"]) == (0, True, [])
    assert "specter" not in sandbox.ledger.calls()
    told = run("preview", f"uid:{uid}")
    assert f"uid {uid}" in told.out
    assert shown["form"]["articleNo_1"] in told.out
    run("export", f"uid:{uid}")
    ((order,),) = [sandbox.specter.orders_of(shown["external_no"])]
    assert order.rows[0].article == shown["form"]["articleNo_1"]
    assert order.rows[0].price == Decimal(shown["form"]["priceExclVAT_1"])
    assert order.totals.total == Decimal(shown["expected"]) == Decimal(shown["modelled"])


def test_a_preview_of_a_blocked_order_says_why(stocked, commands):
    sandbox = stocked(orders=40)
    uid = next(uid for uid, why in sandbox.shop.traps.items() if why == "package")
    run = commands(sandbox).run
    ended = run("preview", f"uid:{uid}", "--json")
    assert ended.status == 1
    assert [problem["code"] for problem in ended.objects[0]["problems"]] == ["package"]
    told = run("preview", f"uid:{uid}", UI__LANGUAGE="sv")
    assert "Problem: " in told.out


@pytest.mark.parametrize(
    "words",
    [
        ("export",),
        ("export", "--all", "1001"),
        ("export", "--nonsense"),
        ("preview",),
        ("nonsense",),
        ("resolve", "1001"),
        ("resolve", "1001", "--number", "9", "--close", "--reason", "so"),
        ("resolve", "1001", "--close"),
        ("resolve", "1001", "--retry", "--reason", "  "),
        ("resolve", "--close", "--reason", "so"),
        ("resolve", "--number", "9"),
        ("resolve", "--before", "2026-01-01", "--retry", "--reason", "so"),
        ("resolve", "1001", "--before", "2026-01-01", "--close", "--reason", "so"),
        ("resolve", "--before", "soon", "--close", "--reason", "so"),
    ],
)
def test_bad_usage_is_told_before_settings_are_read(words):
    """In this process, for speed."""
    ended = CliRunner().invoke(app, words, env={"SPECTER_TUI_ABICART__WEBSHOP": "none"})
    assert ended.exit_code == 2
    assert "Usage: " in ended.stderr


@pytest.mark.parametrize(
    "words",
    [
        *[("preview", name) for name in ("", " ", "uid:", "uid: ")],
        ("export", ""),
        ("export", "1001", ""),
        ("resolve", "", "--close", "--reason", "so"),
        ("support", ""),
        ("drift", "tick", "", "address"),
        ("drift", "untick", "1001", ""),
        ("journal", "show", ""),
        ("journal", "erase", ""),
        ("journal", "erase", "--customer", " "),
        ("stock", "done", "", "--reason", "so"),
        ("articles", "fix", ""),
    ],
)
def test_an_empty_name_is_none(words):
    ended = CliRunner().invoke(app, words, env={"SPECTER_TUI_ABICART__WEBSHOP": "none"})
    assert (ended.exit_code, "an empty name is none" in ended.stderr) == (2, True)


@pytest.mark.parametrize("name", ["ORDER__EXPORT", "ORDER__EXPORT_RUN"])
def test_nothing_is_sent_where_export_is_inactive(stocked, commands, name):
    sandbox = stocked(orders=1, plain=True)
    ended = commands(sandbox, **{name: "inactive"}).run("export", "--all")
    assert ended.status == 2
    assert "inactive" in ended.err
    assert "specter" not in sandbox.ledger.calls()


def unknown_order(sandbox, command):
    (uid,) = placed(sandbox)
    spoil(sandbox, "lost", "newOrderSubmit", after=True)
    ended = command.run("export", "--all", "--json")
    assert (ended.status, ended.states) == (1, ["unknown"])
    assert ended.objects[0]["step"] == "order"
    assert "if it is not there. (the connection to Specter broke" in ended.objects[0]["message"]
    return uid


def test_an_unknown_order_is_settled_by_its_number(stocked, commands):
    sandbox = stocked(orders=1, plain=True)
    command = commands(sandbox, SPECTER__REFUSES_DUPLICATES="false")
    uid = unknown_order(sandbox, command)
    assert command.run("resolve", f"uid:{uid}", "--number", "9x").status == 2
    ended = command.run("resolve", f"uid:{uid}", "--number", "90001", "--json")
    assert (ended.status, ended.states) == (0, ["exported"])
    assert (ended.objects[0]["specter_number"], ended.objects[0]["written_back"]) == (90001, True)
    assert document(sandbox, uid)["externalOrderNumber"] == "90001"
    assert command.run("resolve", f"uid:{uid}", "--number", "90001").status == 1, "it is exported already"


def test_an_unknown_order_is_sent_again_on_a_persons_word(stocked, commands):
    sandbox = stocked(orders=1, plain=True, refuses_duplicates=False)
    command = commands(sandbox)
    uid = unknown_order(sandbox, command)
    number = command.run("orders", "--json").objects[0]["order"]
    assert command.run("export", "--all", "--json").states == ["unknown"]
    assert at_specter(sandbox, number) == 1
    ended = command.run("resolve", f"uid:{uid}", "--retry", "--reason", "the first was deleted", "--json")
    assert (ended.status, ended.states) == (0, ["exported"])
    told = command.run("journal", "show", number, "--json").objects
    assert [one["reason"] for one in told if one["verb"] == "reclaimed"] == ["the first was deleted"]


def test_an_order_is_closed_with_a_reason(stocked, commands):
    sandbox = stocked(orders=1, plain=True)
    command = commands(sandbox)
    (uid,) = placed(sandbox)
    ended = command.run("resolve", f"uid:{uid}", "--close", "--reason", "done by hand", "--json")
    assert (ended.status, ended.states) == (0, ["closed"])
    assert "done by hand" in ended.objects[0]["message"]
    after = command.run("export", "--all", "--json")
    assert (after.status, after.out) == (0, "")
    assert "specter" not in sandbox.ledger.calls()


def test_old_orders_are_closed_in_bulk(stocked, commands):
    sandbox = stocked(orders=1, plain=True)
    now = datetime.now(UTC)
    old = [*placed(sandbox), sandbox.arrivals.place(ordered=now - timedelta(days=8))["uid"]]
    new = sandbox.arrivals.place(ordered=now)["uid"]
    command = commands(sandbox)
    before = (now - timedelta(days=5)).date().isoformat()
    ended = command.run("resolve", "--before", before, "--close", "--reason", "moved", "--json")
    assert (ended.status, sorted(one["uid"] for one in ended.objects)) == (0, sorted(old))
    assert [one["uid"] for one in command.run("export", "--all", "--json").objects] == [new]


def test_output_is_never_stopped_by_a_sign_that_the_terminal_lacks(stocked, commands):
    sandbox = stocked(orders=2, plain=True)
    start = commands(sandbox).start
    for words in (("preview", f"uid:{placed(sandbox)[0]}"), ("export", "--all"), ("orders", "--json")):
        assert start(*words, PYTHONIOENCODING="ascii", UI__LANGUAGE="sv").ended().status == 0


def test_a_number_that_the_shop_never_takes_is_told_by_every_command(stocked, commands):
    sandbox = stocked(orders=1, plain=True)
    assert len(placed(sandbox)) == 1
    spoil(sandbox, "error", "Order.set", server="shop", times=None)
    run = commands(sandbox, ORDER__EXPORT="registered").run
    ended = run("watch", "--once")
    assert ended.status != 0
    assert "1 Specter numbers have not reached the shop, the oldest since 20" in ended.err
    ended = run("watch", "--once")
    assert ended.status != 0
    assert "have not reached the shop" in ended.err
    sandbox.faults["shop"].clear()
    assert run("watch", "--once").status == 0


class TestOneOrder:
    """A command for one order reads only that one, however many the shop has."""

    @pytest.fixture
    def shop(self, stocked):
        """Start a shop that refuses lists of orders by time, so that no poll can succeed."""
        return stocked(orders=3, plain=True, refused_filters=("/ordered", "/changed"))

    @pytest.mark.parametrize("by", ["number", "uid"])
    def test_is_read_alone_and_goes_its_whole_way(self, shop, commands, by):
        uid = placed(shop)[1]
        word = str(document(shop, uid)["orderNumber"]) if by == "number" else f"uid:{uid}"
        run = commands(shop).run
        assert run("preview", word).status == 0
        dry = run("export", word, "--dry-run", "--json")
        assert (dry.status, dry.states) == (0, ["ready"])
        sent = run("export", word, "--json")
        assert (sent.status, sent.states) == (0, ["exported"])
        number = int(sent.objects[0]["specter_number"])
        changed = run("resolve", str(number), "--number", str(number + 1), "--reason", "it is that one", "--json")
        assert (changed.status, [one["uid"] for one in changed.objects]) == (0, [uid])
        assert calls(shop, "newOrderSubmit") == 1
        assert document(shop, uid)["externalOrderNumber"] == str(number + 1)

    @pytest.mark.parametrize("how", ["refused_filters", "ignored_filters"])
    def test_is_found_in_a_shop_that_cannot_be_asked_by_number(self, stocked, commands, how):
        shop = stocked(orders=3, plain=True, **{how: ("/orderNumber",)})
        uid = placed(shop)[1]
        run = commands(shop).run
        ended = run("preview", str(document(shop, uid)["orderNumber"]), "--json")
        assert (ended.status, ended.objects[0]["uid"]) == (0, uid)
        nobody = run("preview", "nobody")
        assert nobody.status == 2
        assert "cannot be asked for an order number" in nobody.err

    def test_that_has_a_number_in_the_shop_and_was_lost_here_is_not_sent_again(self, shop, commands):
        uid = placed(shop)[1]
        number = str(document(shop, uid)["orderNumber"])
        change(shop, uid, externalOrderNumber="4711")
        command = commands(shop)
        command.run("preview", number)
        with closing(sqlite3.connect(command.journal)) as journal, journal:
            row = (shop.settings["ABICART__WEBSHOP"], uid, number, number, 1_700_000_000_000)
            journal.execute(
                "INSERT INTO orders (shop, uid, order_number, external_no, state, step, reason, changed_at)"
                " VALUES (?, ?, ?, ?, 'unknown', 'order', 'restored', ?)",
                row,
            )
        ended = command.run("resolve", number, "--retry", "--reason", "it seems lost", "--json")
        assert calls(shop, "newOrderSubmit") == 0, "the shop shows that Specter has it"
        assert [(one["state"], one["specter_number"]) for one in ended.objects] == [("exported", 4711)]


def test_a_number_that_another_wrote_over_ours_ends_one_pass_of_the_watch_with_1(stocked, commands):
    sandbox = stocked(orders=1, plain=True)
    here = commands(sandbox, ORDER__EXPORT="registered")
    assert here.run("watch", "--once").status == 0
    (uid,) = placed(sandbox)
    ours = document(sandbox, uid)["externalOrderNumber"]
    change(sandbox, uid, externalOrderNumber="777")
    for _ in range(2):
        ended = here.run("watch", "--once")
        assert ended.status == 1, ended.err
        assert "1 orders show another number in the shop than Specter's" in ended.err
    change(sandbox, uid, externalOrderNumber=ours)
    assert here.run("watch", "--once").status == 0
