"""The probe of a Specter account: keys, a wrong key once, and both queues; what the queues hold is never lost."""

import pytest

from specter_tui.sandbox.specter.operations import deliver
from tests.engine.shop import calls, document, placed
from tests.probe.operator import YES, facts_of, lists_of, probe_order, results_of
from tests.probe.test_order import external

C = ("C1", "C2", "C3")
GROUPS = frozenset({"account", "batches"})


def test_a_wrong_key_is_sent_once_between_two_right_ones(stocked, probing, monkeypatch):
    shop = stocked(orders=1, plain=True, wrong_key_answer="13;Fel nyckel")
    engine = probing(shop, {**YES, "Are they as before": "n"})
    end = probe_order(monkeypatch, engine, 0, "C1", "C2", groups=GROUPS)
    assert results_of(end) == {"C1": "done", "C2": "done"}
    assert facts_of(end)["wrong_key_answer"] == {"status": 200, "code": "13", "text": "Fel nyckel"}
    assert calls(shop, "checkAccountSettings") == 3
    assert [line for line in lists_of(end)["for_developers"] if "triggers" in line]
    probe_order(monkeypatch, engine, 0, "C1", "C2", groups=GROUPS)
    assert calls(shop, "checkAccountSettings") == 3


@pytest.mark.parametrize(
    ("status", "expected"), [(403, {"status": 403}), (500, {"status": 500}), (302, {"status": 302})]
)
def test_a_wrong_key_may_be_refused_by_a_status(stocked, probing, monkeypatch, status, expected):
    shop = stocked(orders=1, plain=True, refusal_status=status)
    end = probe_order(monkeypatch, probing(shop), 0, "C1", "C2", groups=GROUPS)
    assert facts_of(end)["wrong_key_answer"] == expected
    assert results_of(end)["C2"] == "done"


def test_without_a_yes_nothing_is_sent_and_a_refused_key_ends_it(stocked, probing, monkeypatch):
    shop = stocked(orders=1, plain=True)
    end = probe_order(monkeypatch, probing(shop, {}), 0, *C, groups=GROUPS)
    assert set(results_of(end).values()) == {"skipped"}
    assert calls(shop, "checkAccountSettings") == 0
    refused = probe_order(monkeypatch, probing(shop, SPECTER__INTEGRATION_KEY="f" * 32), 0, *C, groups=GROUPS)
    assert results_of(refused) == {"C1": "refused"}
    assert calls(shop, "checkAccountSettings") == 1


@pytest.fixture
def queued(stocked):
    def start(**options):
        shop = stocked(orders=2, plain=True, stock_queued=True, **options)
        return shop, placed(shop)[0]

    return start


def exported(engine, shop, uid):
    engine.export(uid)
    (order,) = shop.specter.orders_of(external(shop, uid))
    deliver(shop.specter, order.number, tracking="SE1")


def test_batches_are_kept_and_left_open_where_their_setting_is_off(queued, probing, monkeypatch):
    shop, uid = queued()
    engine = probing(shop)
    exported(engine, shop, uid)
    end = probe_order(monkeypatch, engine, 0, "C3", groups=GROUPS)
    facts = facts_of(end)
    assert (facts["batch_again"], facts["code_99_text"]["code"]) == ("same", "99")
    assert len([line for line in lists_of(end)["open"] if "left open" in line]) == 2
    assert calls(shop, "updateOrdersFromBatch") == calls(shop, "updateArticlesFromBatch") == 0
    with engine.reader() as journal:
        kept = journal.db.rows("SELECT kind FROM batches WHERE stored_at IS NOT NULL ORDER BY kind", ())
        assert kept == [("orders",), ("stock",)]
        assert journal.db.rows("SELECT COUNT(*) FROM batches", ()) == [(2,)], "the number that was refused is forgotten"
    engine.leave()
    later = probing(shop, STOCK__SYNC="true", DELIVERY__SYNC="true")
    later.do(lambda service: service.deliveries.pull())
    assert document(shop, uid)["deliveryStatus"] == "sent", "what was left open is not lost"


def test_a_queue_that_answers_by_statuses_and_names_no_site(queued, probing, monkeypatch):
    shop, _ = queued(refusal_status=500, site_attribute="")
    end = probe_order(monkeypatch, probing(shop), 0, "C3", groups=GROUPS)
    assert results_of(end) == {"C3": "done"}
    assert facts_of(end)["code_99_text"] == {"status": 500}
    developers = lists_of(end)["for_developers"]
    assert [line for line in developers if "HTTP status 500" in line]
    assert [line for line in developers if "no number of their site" in line]


def test_an_empty_queue_says_nothing_and_leaves_nothing(stocked, probing, monkeypatch):
    shop = stocked(orders=1, plain=True)
    engine = probing(shop, STOCK__SYNC="true")
    end = probe_order(monkeypatch, engine, 0, "C3", groups=GROUPS)
    assert results_of(end) == {"C3": "done"}
    assert len([line for line in lists_of(end)["open"] if "was empty" in line]) == 2
    with engine.reader() as journal:
        assert journal.db.rows("SELECT COUNT(*) FROM batches", ()) == [(0,)]


def test_batches_are_acknowledged_where_their_setting_is_on(queued, probing, monkeypatch):
    shop, uid = queued(open_batch_code=7, open_batch_text="Upptagen", batch_again="empty")
    engine = probing(shop, STOCK__SYNC="true", DELIVERY__SYNC="true")
    exported(engine, shop, uid)
    end = probe_order(monkeypatch, engine, 0, "C3", groups=GROUPS)
    assert results_of(end) == {"C3": "done"}
    assert facts_of(end)["code_99_text"] == {"code": "7", "text": "***"}, "a word that is not known is struck"
    assert [line for line in lists_of(end)["for_developers"] if "does not come again the same" in line]
    assert calls(shop, "updateOrdersFromBatch") == 1
