"""A short soak; `make soak` is the long one."""

import pytest

from tests.faults import soak as soaking
from tests.faults.soak import Count, soak


def test_random_kills_make_no_copy_and_lose_no_order(tmp_path, monkeypatch):
    monkeypatch.setattr(soaking, "KILLS_A_ROUND", 6)
    count = soak(12, exporters=3, seed=20261123, folder=tmp_path)
    assert count.good, str(count)
    assert count.kills["SIGKILL"] >= 5
    assert count.orders > 12


def test_nor_do_they_with_the_journal_at_a_server(tmp_path, monkeypatch, postgres_server):
    monkeypatch.setattr(soaking, "KILLS_A_ROUND", 6)
    count = soak(6, exporters=3, seed=20261126, folder=tmp_path, server=postgres_server)
    assert count.good, str(count)
    assert sum(count.kills.values()) >= 6


@pytest.mark.parametrize(
    "spoiled",
    [{"copies": 1}, {"losses": 1}, {"trouble": ["a traceback"]}, {"states": {"exported": 1, "unknown": 1}}],
    ids=str,
)
def test_the_soak_tells_what_is_wrong(spoiled):
    whole = {"orders": 2, "states": {"exported": 2}}
    assert Count(**whole).good
    assert not Count(**whole | spoiled).good
