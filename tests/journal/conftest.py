from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from specter_tui.journal.database import Clock
from specter_tui.journal.journal import Journal
from specter_tui.journal.location import JournalLocation, journal_place
from specter_tui.journal.opening import open_journal
from tests.journal.orders import ALMA, SHOP


@pytest.fixture
def place(tmp_path: Path) -> JournalLocation:
    """Return the location of the test's journal."""
    return JournalLocation(tmp_path / "shop" / "journal.db")


@pytest.fixture
def server(server_url: str, tmp_path: Path) -> JournalLocation:
    """Return its location in a server, with its files in the test's folder."""
    return journal_place(server_url, SHOP, str(tmp_path / "state"))


@pytest.fixture
def path(place: JournalLocation) -> Path:
    return place.path


@pytest.fixture
def opened(place: JournalLocation) -> Iterator[Callable[..., Journal]]:
    """Open one journal, as often as the test needs; all are closed at its end."""
    journals: list[Journal] = []

    def open_one(operator=ALMA, clock: Clock | None = None, **options) -> Journal:
        if options:
            journals.append(Journal.open(place.path, SHOP, operator, clock=clock, **options))
        else:
            journals.append(open_journal(place, SHOP, operator, clock=clock))
        return journals[-1]

    yield open_one
    for journal in journals:
        journal.close()


@pytest.fixture
def journal(opened) -> Journal:
    return opened()
