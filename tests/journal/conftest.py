from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from specter_tui.journal.clock import LeaseClock
from specter_tui.journal.journal import Journal
from tests.journal.orders import ALMA, SHOP


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "shop" / "journal.db"


@pytest.fixture
def opened(path: Path) -> Iterator[Callable[..., Journal]]:
    """Open journals on one file, as many as the test likes; all are closed at its end."""
    journals: list[Journal] = []

    def open_one(operator=ALMA, clock: LeaseClock | None = None, **options) -> Journal:
        journals.append(Journal.open(path, SHOP, operator, clock=clock, **options))
        return journals[-1]

    yield open_one
    for journal in journals:
        journal.close()


@pytest.fixture
def journal(opened) -> Journal:
    return opened()
