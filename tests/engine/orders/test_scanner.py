"""Finding orders: each once, none lost, and no more read than needed."""

import asyncio
from datetime import UTC, datetime, timedelta

import pytest

from specter_tui.abicart.errors import ShopOutOfReach, ShopRefusesUs
from specter_tui.engine.concurrency.journal_queue import JournalQueue
from specter_tui.engine.events import LogGrew, OrdersChanged, PollFinished, ReachChanged
from specter_tui.engine.orders import scanner as look_module
from specter_tui.engine.service import ShopService
from specter_tui.journal.repositories.cursors import Cursors
from specter_tui.journal.repositories.orders import Orders
from specter_tui.sandbox.shop.order_edits import add_row
from tests.engine.shop import add_note, calls, change, document, placed, spoil
from tests.support.driven_engine import PATIENCE, states
from tests.support.waiting import wait_for

pytestmark = pytest.mark.usefixtures("quick_retries")


def place(sandbox, *, days_ago: float = 0) -> int:
    return sandbox.arrivals.place(ordered=datetime.now(UTC) - timedelta(days=days_ago))["uid"]


def test_every_order_in_scope_is_found_once_and_the_others_are_not(stocked, driven):
    sandbox = stocked(orders=40)
    engine = driven(sandbox)
    engine.look()
    out = {"discarded", "placed before the start date", "has an external number"}
    outside = {uid for uid, why in sandbox.shop.traps.items() if why in out}
    views = engine.do(lambda service: service.everything())
    assert sorted(view.uid for view in views) == sorted(set(placed(sandbox)) - outside)
    assert engine.told(PollFinished)
    assert sandbox.ledger.complaints == []


def test_a_look_asks_no_call_for_an_order(stocked, driven):
    sandbox = stocked(orders=60, plain=True)
    engine = driven(sandbox)
    engine.look()
    assert calls(sandbox, "Order.list") == 2
    assert calls(sandbox, "Order.get") == 0


def test_an_order_placed_or_changed_since_is_seen_at_the_next_look(stocked, driven):
    sandbox = stocked(orders=3, plain=True)
    engine = driven(sandbox)
    engine.look()
    uid, old = place(sandbox), placed(sandbox)[0]
    before = engine.view(old).form_hash
    add_note(sandbox, old)
    engine.look()
    assert engine.view(uid).state == "ready"
    assert engine.view(old).form_hash != before


@pytest.fixture
def settled(stocked, driven):
    """Start an engine that has read orders exported some minutes ago; record its later reads."""
    sandbox = stocked(orders=4, plain=True)
    engine = driven(sandbox)
    assert set(states(engine.export())) == {"exported"}
    minutes_ago(sandbox, 3)
    engine.look()
    return sandbox, engine, followed(engine)


def followed(engine) -> list[int]:
    """Record the orders that are read from now on."""
    read: list[int] = []

    async def follow(orders, _entries, _plans) -> None:
        read.extend(order.uid for order in orders)

    engine.do(lambda service: asyncio.sleep(0, service.order_index.followers.append(follow)))
    return read


def refuse_changed(sandbox) -> None:
    """Make the shop refuse the next filter by time of change, which each poll asks for second."""
    spoil(sandbox, "refusal", "Order.list", "shop", code="-32602", text="Invalid params", skip=1)


def minutes_ago(sandbox, minutes: float) -> None:
    """Set every order's time of change to that long ago."""
    moment = (datetime.now(UTC) - timedelta(minutes=minutes)).strftime("%Y-%m-%dT%H:%M:%SZ")
    with sandbox.shop.lock:
        for uid in placed(sandbox):
            document(sandbox, uid)["changed"] = moment


def test_what_is_done_and_did_not_change_is_not_read_again_at_every_look(settled):
    sandbox, engine, read = settled
    engine.look()
    assert read == []
    uid = place(sandbox)
    engine.look()
    assert read == [uid]
    edited = placed(sandbox)[0]
    add_note(sandbox, edited)
    engine.look()
    assert sorted(read[1:]) == sorted([edited, uid]), "what changed, and what is open"
    read.clear()
    engine.thorough_look()
    assert set(read) == set(placed(sandbox))


def test_what_changed_just_before_it_was_read_is_read_again_since_it_may_have_changed_since(settled):
    sandbox, engine, read = settled
    minutes_ago(sandbox, 0.1)
    for _ in range(2):
        read.clear()
        engine.look()
        assert sorted(read) == sorted(placed(sandbox))


def test_what_no_window_shows_any_more_is_let_go(settled, monkeypatch):
    sandbox, engine, read = settled
    with monkeypatch.context() as patch:
        patch.setattr(look_module, "OVERLAP", timedelta(0))
        engine.look()
    assert read == []
    engine.look()
    assert sorted(read) == sorted(placed(sandbox)), "nothing is remembered of them"


def test_an_old_cart_that_is_placed_late_is_found(stocked, driven):
    sandbox = stocked(orders=3, plain=True)
    engine = driven(sandbox)
    engine.look()
    with sandbox.shop.lock:
        late = {**sandbox.shop.expanded(placed(sandbox)[0]), "uid": 149_998, "orderNumber": "late"}
        late |= {key: sandbox.shop.tables["Order"][placed(sandbox)[0]][key] for key in ("items", "payments")}
        late["ordered"] = late["changed"] = datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
        sandbox.shop.tables["Order"][149_998] = late
    engine.look()
    assert engine.view(149_998).number == "late"


def test_the_first_look_of_a_second_process_finds_old_open_orders_and_reads_nothing_that_is_done(stocked, driven):
    sandbox = stocked(orders=0, plain=True)
    done = [place(sandbox, days_ago=9) for _ in range(30)]
    held = place(sandbox, days_ago=5)
    change(sandbox, held, customer=document(sandbox, held)["customer"] | {"info": {"type": "individual", "email": ""}})
    newer = [place(sandbox, days_ago=1) for _ in range(5)]
    first = driven(sandbox)
    assert set(states(first.export())) == {"exported"}
    assert first.view(held).state == "blocked"
    first.look()
    first.leave()
    with sandbox.shop.lock:  # Exporting changed them; long ago, by now.
        for uid in (*done, *newer, held):
            document(sandbox, uid)["changed"] = document(sandbox, uid)["ordered"]
    second = driven(sandbox)
    second.look()
    known = {view.uid for view in second.do(lambda service: service.everything())}
    assert held in known
    assert not known & set(done)
    assert second.view(held).state == "blocked"


def test_a_second_process_reads_all_again_where_the_start_date_was_moved(stocked, driven):
    sandbox = stocked(orders=5, plain=True)
    first = driven(sandbox)
    first.export()
    first.leave()
    old = place(sandbox, days_ago=20)
    earlier = (datetime.now(UTC) - timedelta(days=30)).date().isoformat()
    second = driven(sandbox, ORDER__SINCE=earlier)
    second.look()
    assert second.view(old).state == "ready"


def test_what_the_journal_has_not_settled_is_looked_at_again_however_old(stocked, driven):
    sandbox = stocked(orders=0, plain=True)
    uid = place(sandbox, days_ago=9)
    spoil(sandbox, "refusal", "newOrderSubmit", code="17", text="Nej")
    first = driven(sandbox)
    assert states(first.export(uid)) == ["refused"]
    first.look()
    first.leave()
    with sandbox.shop.lock:
        document(sandbox, uid)["note"] = "edited, and the shop did not say when"
    second = driven(sandbox)
    second.look()
    assert "sent again" in second.view(uid).message


def test_what_is_not_settled_is_taken_in_also_where_its_time_cannot_be_read(stocked, driven):
    sandbox = stocked(orders=1, plain=True)
    (uid,) = placed(sandbox)
    spoil(sandbox, "refusal", "newOrderSubmit", code="17", text="Nej")
    engine = driven(sandbox)
    assert states(engine.export(uid)) == ["refused"]
    with sandbox.shop.lock:
        document(sandbox, uid).update(ordered="not a time", changed="2026-01-01T00:00:00Z")
    read = followed(engine)
    engine.thorough_look()
    assert read == [uid]


def test_where_changes_cannot_be_asked_for_open_orders_are_read_again(stocked, driven):
    sandbox = stocked(orders=3, plain=True)
    old = placed(sandbox)[0]
    engine = driven(sandbox)
    engine.look()
    before = engine.view(old).form_hash
    add_note(sandbox, old)
    refuse_changed(sandbox)
    engine.look()
    assert engine.view(old).form_hash != before
    change(sandbox, old, discarded=True)
    sandbox.ledger.clear()
    engine.look()
    assert engine.view(old).state == "out_of_scope"
    assert calls(sandbox, "Order.list") == 2, "one by ordered, one by uid: changes are asked for no more"


def logged(engine, verb):
    return sum(event.verb == verb for grew in engine.told(LogGrew) for event in grew.events)


def test_where_changes_cannot_be_asked_for_what_is_read_does_not_grow_with_what_is_done(stocked, driven, monkeypatch):
    sandbox = stocked(orders=0, plain=True)
    done = [place(sandbox, days_ago=3) for _ in range(12)]
    engine = driven(sandbox)
    assert set(states(engine.export())) == {"exported"}
    # The log brings each export once more, late: what happened to an order is compared again.
    wait_for(lambda: logged(engine, "write_back_done") == len(done), "the log of the exports")
    refuse_changed(sandbox)
    minutes_ago(sandbox, 60)
    for _ in range(2):
        engine.thorough_look()
    read, entries = followed(engine), 0
    ask = JournalQueue.__call__

    async def counted(journal, verb, *arguments, **named):
        nonlocal entries
        found = await ask(journal, verb, *arguments, **named)
        entries += len(found) if verb is Orders.entries else 0
        return found

    monkeypatch.setattr(JournalQueue, "__call__", counted)
    engine.look()
    assert (read, entries) == ([], 0)
    add_row(sandbox.shop, done[0], "KASA-BJ", 3)
    engine.thorough_look()
    wait_for(lambda: logged(engine, "drift_seen") == 1, "the log of the drift")
    assert (set(read), entries) == ({done[0]}, 3), "the one that was edited: read, with its drift, and by the log"
    assert engine.entry(done[0]).drift


def test_an_order_that_is_discarded_leaves_and_a_paid_one_stays(stocked, driven):
    sandbox = stocked(orders=2, plain=True)
    gone, paid = placed(sandbox)
    engine = driven(sandbox)
    engine.look()
    sandbox.shop.discard(gone)
    sandbox.shop.pay(paid, "paid")
    engine.look()
    assert engine.view(gone).state == "out_of_scope"
    assert (engine.view(paid).state, engine.view(paid).payment_status) == ("ready", "paid")
    changed = engine.told(OrdersChanged)[-1]
    assert {view.uid for view in changed.orders} == {gone, paid}


def test_an_order_that_does_not_parse_is_blocked_and_the_others_go_on(stocked, driven):
    sandbox = stocked(orders=3, plain=True)
    sick = placed(sandbox)[1]
    with sandbox.shop.lock:
        document(sandbox, sick)["costs"]["total"]["incVat"] = "1e99999999999999999999"
    engine = driven(sandbox)
    assert states(engine.export()) == ["exported"] * 2
    view = engine.view(sick)
    assert (view.state, [problem.code for problem in view.problems]) == ("blocked", ["document"])


def test_an_article_that_got_its_number_is_seen_by_a_thorough_look(stocked, driven):
    sandbox = stocked(orders=1, plain=True)
    (uid,) = placed(sandbox)
    item = sandbox.shop.tables["OrderItem"][document(sandbox, uid)["items"][0]]
    with sandbox.shop.lock:
        good, item["articleNumber"] = item["articleNumber"], "BAD NUMBER"
        article = sandbox.shop.tables["Article"][item["article"]]
        article["articleNumber"], article["variants"] = "BAD NUMBER", []
    engine = driven(sandbox)
    engine.look()
    assert engine.view(uid).state == "blocked"
    with sandbox.shop.lock:
        article["articleNumber"] = good
    engine.thorough_look()
    assert engine.view(uid).state == "ready"


@pytest.mark.parametrize(
    ("kind", "error", "reach"),
    [("error", ShopOutOfReach, "out_of_reach"), ("lost", ShopOutOfReach, "out_of_reach"),
     ("redirect", ShopRefusesUs, "refused")],
)  # fmt: skip
def test_whether_the_shop_answers_is_told(stocked, driven, kind, error, reach):
    sandbox = stocked(orders=1, plain=True)
    spoil(sandbox, kind, "Webshop.get", "shop", times=None)
    engine = driven(sandbox)
    with pytest.raises(error):
        engine.look()
    sandbox.faults["shop"].clear()
    engine.look()
    assert [(one.who, one.reach) for one in engine.told(ReachChanged)] == [("shop", reach), ("shop", "ok")]


def test_a_wrong_key_of_the_shop_is_said_in_words(stocked, driven):
    engine = driven(stocked(orders=1, plain=True), ABICART__AUTH="canary")
    with pytest.raises(ShopRefusesUs, match="Bad auth token"):
        engine.look()
    assert not any("canary" in repr(message) for message in engine.heard)


def test_a_shop_that_moves_its_pages_while_it_is_read_still_ends_a_run_whole(stocked, driven):
    """A run of many orders: each reaches Specter once, though each write-back changes an order meanwhile."""
    sandbox = stocked(orders=130, plain=True)
    engine = driven(sandbox, LIMITS__CONCURRENCY="8")
    engine.look()
    ended = engine.engine.ask(ShopService.export_all).result(3 * PATIENCE)
    assert states(ended) == ["exported"] * 130
    assert len({order.external for order in sandbox.specter.orders.values()}) == len(sandbox.specter.orders) == 130


def add_up(engine, looked: PollFinished) -> tuple[int, int]:
    """Return the shop's count, and the number known of the same window."""
    count = looked.count
    assert count is not None
    inside = [view for view in engine.do(lambda service: service.everything()) if view.ordered]
    found = sum(count.since <= view.ordered <= count.until for view in inside)
    return count.in_shop, found + count.outside


def test_what_is_found_adds_up_to_what_the_shop_counts(stocked, driven):
    sandbox = stocked(orders=40)
    engine = driven(sandbox)
    engine.look()
    first = engine.told(PollFinished)[-1]
    assert first.count.in_shop > 0
    assert first.count.outside > 0
    assert len(set(add_up(engine, first))) == 1
    place(sandbox)
    engine.look()
    second = engine.told(PollFinished)[-1]
    assert second.count.in_shop == first.count.in_shop + 1
    assert len(set(add_up(engine, second))) == 1
    engine.look()
    assert calls(sandbox, "Order.count") == 3  # Nothing new: nobody is asked again.


def test_an_order_that_pages_do_not_show_is_missed_in_the_sum(stocked, driven):
    sandbox = stocked(orders=5, plain=True)
    engine = driven(sandbox)
    engine.look()
    with sandbox.shop.lock:
        sandbox.shop.tables["Order"].pop(placed(sandbox)[0])
    engine.thorough_look()
    in_shop, known = add_up(engine, engine.told(PollFinished)[-1])
    assert (in_shop, known) == (4, 5)


def test_a_shop_that_does_not_count_is_looked_at_all_the_same(stocked, driven):
    sandbox = stocked(orders=3, plain=True)
    spoil(sandbox, "refusal", "Order.count", "shop", code="-32601", text="Method not found", times=None)
    engine = driven(sandbox)
    engine.look()
    assert engine.told(PollFinished)[-1].count is None


def test_a_last_look_in_the_future_is_not_believed(stocked, driven):
    """A clock misled the program that polled: orders placed since then are found in spite of it."""
    sandbox = stocked(orders=3, plain=True)
    engine = driven(sandbox)
    engine.look()
    future = (datetime.now(UTC) + timedelta(hours=2)).isoformat()
    for name in ("orders_seen_until", "orders_open_since"):
        engine.do(lambda service, name=name: service.context.journal(Cursors.set, name, future))
    engine.leave()
    uid = place(sandbox)
    again = driven(sandbox)
    again.look()
    assert again.view(uid).state == "ready"


def test_only_a_first_or_thorough_look_reads_what_the_journal_has_not_settled(stocked, driven, monkeypatch):
    sandbox = stocked(orders=2, plain=True)
    engine = driven(sandbox)
    ask, read = JournalQueue.__call__, []

    async def noting(journal, verb, *arguments, **named):
        if verb is Orders.entries and len(arguments) > 1:
            read.append(arguments[1])
        return await ask(journal, verb, *arguments, **named)

    monkeypatch.setattr(JournalQueue, "__call__", noting)
    for thorough, reads in ((False, 1), (False, 1), (True, 2), (False, 2)):
        engine.do(lambda service, thorough=thorough: service.auto_export.poll(thorough=thorough))
        assert len(read) == reads
