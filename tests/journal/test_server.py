"""Features of a server only: many shops, hosts that cannot be examined, its own clock, notifications, connections."""

import signal
import threading
import time
from contextlib import ExitStack, suppress
from datetime import timedelta
from itertools import pairwise

import psycopg
import pytest

from specter_tui.journal.errors import JournalBusy, JournalError, NumberTaken
from specter_tui.journal.location import JournalLocation, journal_place
from specter_tui.journal.models import LeaseHolder, LeaseTaken, ShopOrder
from specter_tui.journal.opening import open_journal
from specter_tui.journal.postgres import connection_pool as server_module
from specter_tui.journal.postgres import postgres_store as store_module
from specter_tui.journal.schema import VERSION
from tests.journal.orders import ALMA, BO, LEASE, SHOP, claimed, exported, intent
from tests.journal.rival import go, rival
from tests.support.postgres_server import database
from tests.support.slow_line import distant
from tests.support.waiting import wait_for

UID = 150001
TRIP = 0.1
"""Seconds to a distant server."""


@pytest.fixture
def place(server_url, tmp_path) -> JournalLocation:
    return journal_place(server_url, SHOP, str(tmp_path / "state"))


def of_shop(place: JournalLocation, shop: int, **options):
    return open_journal(JournalLocation(place.path.with_name(f"shop-{shop}"), place.server), shop, BO, **options)


def trips_of(place: JournalLocation, *, is_new: bool) -> tuple[float, ...]:
    """Return the round trips to a distant server for a claim, a customer number and a Specter number."""
    parts = psycopg.conninfo.conninfo_to_dict(place.server)
    spent: list[list[float]] = [[], [], []]
    with distant(int(parts["port"]), TRIP) as port:
        far = psycopg.conninfo.make_conninfo(place.server, port=port)
        with open_journal(JournalLocation(place.path, far), SHOP, ALMA) as journal:
            for uid in range(3):
                times = [time.monotonic()]
                claim = journal.claims.claim(intent(uid), LEASE, is_new=is_new)
                times.append(time.monotonic())
                assert journal.results.customer_known(claim, "1")
                times.append(time.monotonic())
                assert journal.results.exported(claim, str(90001 + uid), LEASE)
                times.append(time.monotonic())
                for verb, (begun, ended) in zip(spent, pairwise(times), strict=True):
                    verb.append(ended - begun)
            assert [len(journal.orders.rows(uid)) for uid in range(3)] == [2, 2, 2]
    return tuple(min(times) / TRIP for times in spent)


def test_shops_share_a_server_and_see_nothing_of_each_other(opened, place):
    mine = opened()
    with of_shop(place, 22) as other:
        exported(mine)
        exported(other, number="90001")
        claimed(other, 7)
        assert (mine.orders.counts(), other.orders.counts()) == ({"exported": 1}, {"exported": 1, "sending": 1})
        assert [event.id for event in mine.events.page()] == [1, 2, 3]
        assert mine.id != other.id
        assert mine.leases.take("watch", LEASE) == other.leases.take("watch", LEASE) == LeaseTaken()


def test_a_change_of_one_shop_holds_up_its_own_and_no_other(opened, place, monkeypatch):
    monkeypatch.setattr(server_module, "_SETTINGS", server_module._SETTINGS.replace("'5s'", "'100ms'"))
    first, second = opened(), opened(BO)
    with of_shop(place, 22) as other, first.db.change:
        claimed(other, 7)
        with pytest.raises(JournalBusy, match="locked by another process"):
            claimed(second)
        assert second.orders.entries() == [], "who reads does not wait"
    claimed(second)


def test_a_holder_on_another_host_ends_its_lease_by_the_servers_time_alone(opened, place):
    """A process on another host cannot be checked."""
    journal = opened()
    with rival("hold", place, UID, boot="another-host") as holder:
        go(holder)
        holder.stdout.readline()
        holder.send_signal(signal.SIGKILL)
        holder.wait()
    assert journal.claims.expire_leases() == []
    assert journal.leases.take("watch", LEASE) == LeaseHolder("bo@till")
    with journal.db.change:
        journal.db.execute("UPDATE orders SET lease_until = lease_until - ?", (LEASE // timedelta(milliseconds=1),))
    assert journal.claims.expire_leases() == [UID]


def test_the_clock_is_the_servers(opened, monkeypatch):
    journal = opened()
    monkeypatch.setattr("time.time_ns", lambda: 4_000_000_000_000_000_000)
    monkeypatch.setattr("time.time", lambda: 4_000_000_000.0)
    claimed(journal)
    assert journal.claims.expire_leases() == []
    assert journal.events.page()[-1].at.year < 2090
    assert abs(journal.events.page()[-1].at - journal.now()) < timedelta(minutes=1)


def test_whoever_listens_is_told_of_his_shop_at_once_and_of_no_other(opened, place):
    moved, journal = threading.Event(), opened()
    assert journal.listen(moved.set)
    assert moved.wait(5), "told when it begins to hear, since it may have missed something"
    with of_shop(place, 22) as other, of_shop(place, SHOP) as same:
        moved.clear()
        exported(other)
        assert not moved.wait(0.3)
        exported(same)
        assert moved.wait(1)
        moved.clear()
        with psycopg.connect(place.server, autocommit=True) as admin:
            admin.execute(
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity "
                "WHERE query LIKE 'LISTEN%' AND datname = current_database()"
            )
        assert moved.wait(10), "told when it hears again"


@pytest.mark.timing
@pytest.mark.parametrize(("is_new", "trips"), [(False, 4), (True, 1)])
def test_a_claim_takes_four_trips_to_the_server_or_one_and_an_answer_one(place, is_new, trips):
    """A claim must know what it found and what bars it; for a new order, and an answer, the server itself decides."""
    claim, customer, number = trips_of(place, is_new=is_new)
    assert trips <= claim < trips + 1
    assert 1 <= customer < 2
    assert 1 <= number < 2


def test_a_change_that_is_not_right_behind_another_waits_for_the_servers_time(place, monkeypatch):
    monkeypatch.setattr(store_module, "_LATELY", 0)
    claim, customer, _ = trips_of(place, is_new=False)
    assert claim >= 3
    assert customer >= 2


def test_what_is_not_waited_for_is_the_servers_time_all_the_same(opened, place, monkeypatch):
    journal = opened()
    monkeypatch.setattr("time.time_ns", lambda: 4_000_000_000_000_000_000)
    monkeypatch.setattr("time.time", lambda: 4_000_000_000.0)
    for uid in range(5):
        before = journal.now()
        claimed(journal, uid)
        at = journal.events.page(newest_first=True, limit=1)[0].at
        assert before - timedelta(seconds=1) < at <= journal.now()


def test_a_change_of_which_a_part_failed_is_not_taken_to_be_kept(opened):
    """A server answers the commit of such a change well, and undoes it."""
    journal = opened()

    def careless() -> None:
        with journal.db.change:
            journal.db.execute(
                "INSERT INTO cursors (shop, name, value) VALUES (?, 'orders_seen_until', 'now')", (SHOP,)
            )
            with suppress(psycopg.Error):
                journal.db.execute("SELECT CAST('one' AS INTEGER)")

    with pytest.raises(JournalError, match="refused the change"):
        careless()
    assert journal.cursors.get("orders_seen_until") is None


def test_what_a_refused_change_left_undone_hinders_no_later_one(opened):
    """Statements after the failed one were never prepared at the server."""
    journal = opened()
    exported(journal, 1, "1")
    for uid in range(2, 12):
        for _ in range(3):
            with pytest.raises(NumberTaken):
                journal.decisions.enter_number(ShopOrder(uid, str(uid)), "1")
        exported(journal, uid, str(uid))
    assert journal.orders.counts() == {"exported": 11}


def test_connections_that_broke_while_they_lay_idle_are_replaced(opened, place):
    journal = opened()
    exported(journal, 1, "1")
    for uid in (2, 3):
        with psycopg.connect(place.server, autocommit=True) as admin:
            admin.execute(
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity "
                "WHERE pid <> pg_backend_pid() AND datname = current_database()"
            )
        assert journal.orders.entry(uid) is None
        exported(journal, uid, str(uid))


def test_more_shops_than_connections_take_turns(place):
    failures, counts = [], {}

    def work(shop: int) -> None:
        try:
            with of_shop(place, shop) as journal:
                for uid in range(1, 6):
                    exported(journal, uid, str(uid))
                counts[shop] = journal.orders.counts()
        except JournalError as error:
            failures.append(error)

    threads = [threading.Thread(target=work, args=(shop,)) for shop in range(100, 100 + 3 * server_module.AT_MOST)]
    for one in threads:
        one.start()
    for one in threads:
        one.join()
    assert failures == []
    assert list(counts.values()) == [{"exported": 5}] * len(threads)
    used = "SELECT COUNT(*) FROM pg_stat_activity WHERE application_name = 'specter-tui'"
    with psycopg.connect(
        place.server, autocommit=True
    ) as admin:  # The server takes a moment to see that one is closed.
        wait_for(lambda: admin.execute(used).fetchone()[0] <= server_module.AT_MOST + 1, "connections to be given up")


def test_hosts_that_make_the_tables_together_make_them_once(postgres_server, tmp_path):
    url = database(postgres_server, f"fresh_{tmp_path.name[-8:].strip('_').lower()}")
    place = journal_place(url, SHOP, str(tmp_path))
    with ExitStack() as stack:
        rivals = [stack.enter_context(rival("open", place)) for _ in range(3)]
        for one in rivals:
            go(one)
        assert [one.wait() for one in rivals] == [0, 0, 0]
    with open_journal(place, SHOP, ALMA) as journal:
        assert journal.db.rows("SELECT number FROM migrations", ()) == [(VERSION,)]
        exported(journal)
