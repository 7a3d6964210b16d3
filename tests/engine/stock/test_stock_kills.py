"""A pull of stock that is killed at any point: the next one continues; nothing is lost or acknowledged unread."""

import os
import signal
from pathlib import Path
from random import Random

import pytest

from specter_tui.sandbox.sandbox import Sandbox
from specter_tui.sandbox.specter.operations import count_at_random
from tests.engine.stock.test_stock_sync import acknowledged_unread, assert_right, in_shop, pull
from tests.faults.dying import DieSoon
from tests.faults.programs import Program
from tests.support.environment import in_environment

POINTS = [
    (when, verb)
    for verb in (
        "batches.begin",
        "specter.stock_batch",
        "batches.keep",
        "stock.to_write",
        "stock.written",
        "specter.acknowledge",
        "batches.acknowledged",
    )
    for when in ("before", "after")
]


def pull_and_die(settings: dict[str, str], when: str, verb: str, nth: int, folder: Path) -> int:
    """Run a pull in a process of its own, which ends by SIGKILL if it reaches that point."""
    environment = os.environ | in_environment(settings)
    return Program(folder, ("stock", "pull", "--once", "--json"), environment, first=DieSoon(when, verb, nth)).end()


@pytest.mark.parametrize(("when", "verb"), POINTS, ids=[f"{when} {verb}" for when, verb in POINTS])
def test_a_pull_that_dies_is_finished_by_the_next(stocked, driven, tmp_path, when: str, verb: str) -> None:
    sandbox: Sandbox = stocked(orders=0, plain=True, stock_queued=True, batch_limit=30)
    count_at_random(sandbox.specter, 100, Random(7))
    journal = f"sqlite:///{tmp_path / 'journal' / 'journal.db'}"
    settings = {**sandbox.settings, "JOURNAL__URL": journal, "JOURNAL__SEEN": str(tmp_path / "seen")}
    for nth in (1, 2):
        assert pull_and_die(settings, when, verb, nth, tmp_path) == -signal.SIGKILL
        count_at_random(sandbox.specter, 20, Random(nth))
    pull(driven(sandbox))
    assert_right(sandbox)
    assert in_shop(sandbox)
    queue = sandbox.specter.user.stock
    assert queue.open is None
    assert not queue.waiting
    assert acknowledged_unread(sandbox) == []
    assert sandbox.ledger.complaints == []
