"""Metrics for a collector and alerts for people: once for each condition, without personal data."""

import os
import signal
import socket
import threading
import time
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from prometheus_client.parser import text_string_to_metric_families

from specter_tui.engine.checks.account_check import check_all
from specter_tui.engine.concurrency.journal_queue import JournalQueue
from specter_tui.engine.events import Notice, OrderView
from specter_tui.engine.monitoring.alarms import HALTED, Alarm, message_of, order_alarm, other_alarms
from specter_tui.engine.monitoring.idle_orders import IdleOrders
from specter_tui.engine.monitoring.metrics import Figures, metrics_text, write_whole
from specter_tui.engine.monitoring.monitoring_job import MonitoringJob
from specter_tui.journal.journal import Journal
from specter_tui.journal.repositories.orders import Orders
from specter_tui.journal.safety.lease_clock import LeaseClock
from specter_tui.sandbox.server.faults import Fault
from tests.engine.shop import placed, spoil
from tests.service.hook import Hook, hooked
from tests.service.watching import beating
from tests.support.file_modes import mode
from tests.support.waiting import PATIENCE, wait_for

pytestmark = [
    pytest.mark.usefixtures("quick_retries"),
    pytest.mark.filterwarnings("ignore:'imghdr' is deprecated:DeprecationWarning"),  # apprise asks for it.
]
NOW = datetime(2026, 11, 23, 12, 0, tzinfo=UTC)
AFTER = timedelta(minutes=15)


@pytest.fixture
def hook() -> Iterator[Hook]:
    pytest.importorskip("apprise", reason="the extra alerts is not installed")
    with hooked() as one:
        yield one


def beat(engine, now: datetime) -> None:
    engine.do(lambda service: service.monitoring.tick(now))


def view(state, **more) -> OrderView:
    return OrderView(
        uid=1, number="1001", state=state, customer="Åsa Öberg", ordered=NOW - timedelta(hours=1), changed=None, **more
    )


def idle(*views: OrderView, exporting: bool = True) -> IdleOrders:
    orders = IdleOrders(AFTER, exporting=exporting)
    for one in views:
        orders.update(one.uid, None, one)
    return orders


def keys(*views: OrderView, exporting: bool = True, now: datetime = NOW) -> set[str]:
    orders = idle(*views, exporting=exporting)
    orders.grow_older(now)
    return set(orders.due)


def halted(language: str = "en") -> dict[str, Alarm]:
    return other_alarms([], [], halted=True, now=NOW, after=AFTER, language=language)


@pytest.mark.parametrize(
    ("one", "alarmed"),
    [
        (view("ready"), True),
        (view("retry_later"), True),
        (view("blocked", payment_status="paid"), True),
        (view("blocked", payment_status="unpaid"), False),
        (view("waiting"), False),
        (view("sending"), False),
    ],
)
def test_43_an_order_that_could_go_or_is_paid_and_does_not_go_is_an_alarm(one, alarmed):
    assert keys(one) == ({f"{one.state}:1"} if alarmed else set())
    assert keys(one, exporting=False) == set()
    assert keys(one, now=NOW - timedelta(minutes=46)) == set(), "not before its time"


def test_an_order_is_as_old_as_its_last_change():
    assert keys(view("ready")) == {"ready:1"}
    paid_now = OrderView(uid=1, number="1", state="ready", ordered=NOW - timedelta(days=9), changed=NOW)
    assert keys(paid_now) == set()


def test_an_order_is_due_as_long_as_it_stays_as_it_was_and_the_clock_goes_on():
    orders = idle(view("ready"), replace(view("retry_later"), uid=2))
    orders.grow_older(NOW)
    assert set(orders.due) == {"ready:1", "retry_later:2"}
    orders.update(1, None, view("sending"))
    orders.update(2, None, replace(view("ready"), uid=2, changed=NOW))
    orders.grow_older(NOW)
    assert not orders.due
    orders.grow_older(NOW + AFTER)
    assert set(orders.due) == {"ready:2"}
    orders.grow_older(NOW)
    assert not orders.due, "the clock was set back"
    orders.grow_older(NOW + AFTER)
    assert set(orders.due) == {"ready:2"}


class Asked:
    """A journal as one job uses it; records the states of the orders that it reads."""

    def __init__(self, journal: JournalQueue) -> None:
        self.journal, self.read = journal, list[str]()

    async def __call__(self, verb, *values):
        answer = await self.journal(verb, *values)
        if verb is Orders.entries:
            self.read += [entry.state for entry in answer]
        return answer


def test_a_beat_reads_the_orders_that_changed_and_no_others(stocked, driven, hook):
    sandbox = stocked(orders=6, plain=True)
    engine = driven(sandbox, ALERT__URLS=hook.address)

    async def begin(service) -> tuple[MonitoringJob, Asked]:
        asked = Asked(service.context.journal)
        context = replace(service.context, journal=asked)
        return MonitoringJob(context, service.account, service.order_index, exporting=True), asked

    job, asked = engine.do(begin)
    spoil(sandbox, "refusal", "newOrderSubmit", code="7", text="nej", times=None)
    uids = placed(sandbox)
    engine.export(*uids[:4])
    late = datetime.now(UTC) + timedelta(minutes=20)
    engine.do(lambda _: job.tick(late))
    assert asked.read == ["refused"] * 4, "the first beat reads what is undecided"
    assert len(hook.taken[0]["message"].splitlines()) == 6
    asked.read.clear()
    engine.do(lambda _: job.tick(late))
    assert asked.read == []
    engine.do(lambda service: service.close_orders([uids[0]], "sold in the shop"))
    engine.do(lambda _: job.tick(late))
    assert asked.read == ["closed"]
    assert len(hook.taken) == 1
    sandbox.arrivals.place()
    engine.look()
    engine.do(lambda _: job.tick(late))
    assert len(hook.taken) == 2, "one that came since is known by what is shown"


def test_a_halted_account_is_an_alarm_at_once():
    assert halted().keys() == {HALTED}


@pytest.mark.parametrize(("language", "state"), [("sv", "redo"), ("en", "ready")])
def test_an_alert_has_numbers_and_states_and_nobody(language, state):
    orders = idle(view("ready"))
    orders.grow_older(NOW)
    found = {key: order_alarm(one, language) for key, one in orders.due.items()} | halted(language)
    title, text = message_of(found, 22033, language)
    assert "22033" in title
    assert f"1001: {state}" in text
    assert len(text.splitlines()) == 2
    assert "Öberg" not in title + text


def test_an_order_left_unknown_is_told_once_until_it_is_settled(stocked, driven, hook):
    sandbox = stocked(orders=1, plain=True)
    engine = driven(sandbox, ALERT__URLS=hook.address)
    (uid,) = placed(sandbox)
    sandbox.faults["specter"].add(Fault(kind="lost", call="newOrderSubmit", after=True))
    engine.export(uid)
    number = engine.entry(uid).order_number
    now = datetime.now(UTC)
    beat(engine, now)
    assert hook.taken == [], "not yet"
    late = now + timedelta(minutes=20)
    for _ in range(3):
        beat(engine, late)
    (alert,) = hook.taken
    assert f"{number}: unknown" in alert["message"]
    engine.leave()
    again = driven(sandbox, ALERT__URLS=hook.address)
    again.look()
    beat(again, late)
    assert len(hook.taken) == 1, "also not after a new start"
    again.do(lambda service: service.enter_number(uid, "90001"))
    beat(again, late)
    assert len(hook.taken) == 1


def test_an_alert_that_nobody_took_is_sent_again(stocked, driven, hook):
    sandbox = stocked(orders=1, plain=True)
    engine = driven(sandbox, ALERT__URLS=hook.address)
    engine.look()
    hook.status = 500
    late = datetime.now(UTC) + timedelta(minutes=20)
    beat(engine, late)
    hook.status = 200
    beat(engine, late)
    beat(engine, late)
    assert len(hook.taken) == 2


def test_an_order_that_comes_back_is_told_again(stocked, driven, hook):
    sandbox = stocked(orders=1, plain=True)
    engine = driven(sandbox, ALERT__URLS=hook.address)
    engine.look()
    now = datetime.now(UTC)
    for at in (now + timedelta(minutes=20), now - timedelta(days=30), now + timedelta(minutes=20)):
        beat(engine, at)
    assert len(hook.taken) == 2


def test_one_process_alone_tells(stocked, driven, hook):
    sandbox = stocked(orders=1, plain=True)
    engine = driven(sandbox, ALERT__URLS=hook.address, ALERT__AFTER="0 s")
    engine.look()
    other = replace(LeaseClock().process, pid=os.getppid(), started="")

    def hold(journal: Journal) -> None:
        lease = (journal.shop, str(other), journal.db.clock.end(timedelta(minutes=5)))
        journal.db.execute(
            "INSERT INTO leases (shop, name, process, until, holder) VALUES (?, 'upkeep', ?, ?, 'x')", lease
        )

    engine.do(lambda service: service.context.journal(hold))
    beat(engine, datetime.now(UTC) + timedelta(minutes=1))
    assert hook.taken == []
    engine.do(lambda service: service.context.journal(lambda journal: journal.db.execute("DELETE FROM leases")))
    beat(engine, datetime.now(UTC) + timedelta(minutes=1))
    assert len(hook.taken) == 1


def test_an_alert_that_fails_in_our_own_hands_is_as_if_nobody_took_it(stocked, driven, monkeypatch):
    tried: list[object] = []

    def fail(*message: object) -> list[bool]:
        tried.append(message)
        raise RuntimeError("a plugin of a service")

    monkeypatch.setattr("specter_tui.engine.monitoring.alerting.send_to", fail)
    engine = driven(stocked(orders=1, plain=True), ALERT__URLS="json://localhost", ALERT__AFTER="0 s")
    engine.look()
    for _ in range(2):
        beat(engine, datetime.now(UTC) + timedelta(minutes=1))
    assert len(tried) == 2, "it is sent again"


def test_words_that_a_shell_would_run_are_only_words(stocked, driven, hook, tmp_path):
    sandbox = stocked(orders=1, plain=True)
    engine = driven(sandbox, ALERT__URLS=hook.address, ALERT__AFTER="0 s")
    trap = f"$(touch {tmp_path / 'trap'}); `touch {tmp_path / 'trap'}`"
    with sandbox.shop.lock:
        sandbox.shop.tables["Order"][placed(sandbox)[0]]["orderNumber"] = trap
    engine.look()
    beat(engine, datetime.now(UTC) + timedelta(minutes=1))
    assert len(hook.taken) == 1
    assert not (tmp_path / "trap").exists()


def test_without_the_extra_it_is_said(stocked, driven, monkeypatch):
    monkeypatch.setattr("specter_tui.engine.monitoring.monitoring_job.can_send", lambda: False)
    engine = driven(stocked(orders=1, plain=True), watch=True, ALERT__URLS="json://localhost")
    notice = engine.wait_for(Notice, lambda one: "alerts" in one.text)
    assert "pip install" in notice.text


def test_an_alert_that_hangs_holds_nothing_up(stocked, tmp_path):
    pytest.importorskip("apprise", reason="the extra alerts is not installed")
    with socket.create_server(("127.0.0.1", 0)) as mute:
        # The hook would wait for its answer for two minutes.
        address = f"json://127.0.0.1:{mute.getsockname()[1]}/hook?rto=120"
        sandbox = stocked(orders=15, plain=True)
        with beating(sandbox, tmp_path, 0.2, ALERT__URLS=address, ALERT__AFTER="0 s") as watch:
            mute.settimeout(PATIENCE)
            line, _ = mute.accept()
            with line:
                wait_for(lambda: " exported " in watch.err, lambda: watch.err)
                started = time.monotonic()
                watch.signal(signal.SIGTERM)
                assert watch.end() == 0
                assert time.monotonic() - started < 30


FIGURES = Figures(
    orders={"ready": 2, "exported": 40},
    oldest_open=NOW - timedelta(minutes=10),
    last_look=NOW,
    last_export=None,
    halted=True,
)


def test_the_figures_are_what_prometheus_own_parser_reads():
    text = metrics_text(FIGURES, 22033, NOW)
    families = list(text_string_to_metric_families(text))
    assert all(family.type == "gauge" and family.documentation for family in families)
    samples = {(one.name, one.labels.get("state", "")): one.value for family in families for one in family.samples}
    assert samples == {
        ("specter_tui_orders", "ready"): 2,
        ("specter_tui_orders", "exported"): 40,
        ("specter_tui_oldest_open_order_age_seconds", ""): 600,
        ("specter_tui_halted", ""): 1,
        ("specter_tui_alerts_undelivered", ""): 0,
        ("specter_tui_overdue_seconds", ""): 0,
        ("specter_tui_last_look_timestamp_seconds", ""): NOW.timestamp(),
    }
    assert {one.labels["shop"] for family in families for one in family.samples} == {"22033"}
    assert text.endswith("\n")


def test_no_reader_meets_half_a_file(tmp_path):
    file = tmp_path / "specter.prom"
    write_whole(file, "old\n" * 1000)
    seen = []
    done = threading.Event()

    def read() -> None:
        while not done.is_set():
            seen.append(file.read_text(encoding="utf-8"))

    thread = threading.Thread(target=read)
    thread.start()
    for _ in range(300):
        write_whole(file, "new\n" * 1000)
    done.set()
    thread.join()
    assert set(seen) <= {"old\n" * 1000, "new\n" * 1000}
    assert mode(file) == 0o644
    assert [one.name for one in tmp_path.iterdir()] == ["specter.prom"]


def test_a_service_keeps_its_figures_up_to_date(stocked, tmp_path):
    sandbox = stocked(orders=2, plain=True)
    file = tmp_path / "specter.prom"
    with beating(sandbox, tmp_path, 0.2, METRICS__FILE=str(file)) as watch:
        wait_for(lambda: file.exists() and 'state="exported"} 2' in file.read_text(encoding="utf-8"), lambda: watch.err)
    read = {family.name for family in text_string_to_metric_families(file.read_text(encoding="utf-8"))}
    assert {"specter_tui_orders", "specter_tui_last_export_timestamp_seconds"} <= read


def test_a_folder_that_is_not_there_is_said_once_and_stops_nothing(stocked, driven, tmp_path):
    engine = driven(stocked(orders=0), METRICS__FILE=str(tmp_path / "no" / "x.prom"))

    async def twice(service) -> None:
        monitoring: MonitoringJob = service.monitoring
        await monitoring.tick_safely()
        await monitoring.tick_safely()

    engine.do(twice)
    assert len([text for text in engine.notices if "x.prom" in text]) == 1


def test_an_alert_that_nobody_took_is_said_and_counted(stocked, driven, hook, tmp_path):
    file = tmp_path / "specter.prom"
    hook.status = 500
    engine = driven(
        stocked(orders=1, plain=True), ALERT__URLS=hook.address, ALERT__AFTER="0 s", METRICS__FILE=str(file)
    )
    engine.look()
    for _ in range(2):
        beat(engine, datetime.now(UTC) + timedelta(minutes=1))
    figures = file.read_text(encoding="utf-8").splitlines()
    (counted,) = [line for line in figures if line.startswith("specter_tui_alerts_undelivered")]
    assert counted.endswith(" 1"), "the second is counted in the next figures"
    (text,) = {text for text in engine.notices if "could not be delivered" in text}
    assert "(json)" in text
    assert "hook" not in text, "an address may hold a key"


def test_the_first_figures_have_none_that_are_not_known_yet(stocked, driven, tmp_path):
    file = tmp_path / "specter.prom"
    engine = driven(stocked(orders=3, plain=True), METRICS__FILE=str(file))
    beat(engine, datetime.now(UTC))
    first = file.read_text(encoding="utf-8")
    assert 'state="exported"} 0' in first
    assert 'state="ready"' not in first
    assert "oldest_open" not in first
    engine.look()
    beat(engine, datetime.now(UTC))
    assert 'state="ready"} 3' in file.read_text(encoding="utf-8")


@pytest.mark.parametrize(("status", "level"), [(200, "ok"), (500, "problem")])
def test_check_tries_every_address(stocked, driven, hook, status, level):
    hook.status = status
    engine = driven(stocked(orders=0), ALERT__URLS=hook.address)
    (finding,) = [one for one in engine.do(check_all) if one.what == "alert"]
    assert finding.level == level
    assert hook.address not in finding.text
    assert len(hook.taken) == 1
