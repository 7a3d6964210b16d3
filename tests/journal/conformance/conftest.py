"""Every test here runs twice: with the journal in a file, and with it in a PostgreSQL server."""

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

from specter_tui.journal.journal import Journal
from specter_tui.journal.location import Place, journal_place
from tests.journal.orders import SHOP, exported
from tests.postgres import empty


@pytest.fixture(params=["file", "server"])
def place(request: pytest.FixtureRequest, tmp_path: Path) -> Place:
    if request.param == "file":
        return Place(tmp_path / "shop" / "journal.db")
    return journal_place(request.getfixturevalue("server_url"), SHOP, str(tmp_path / "state"))


@pytest.fixture
def fresh(place: Place) -> Callable[[], AbstractContextManager[Place]]:
    """A place for a journal that is empty each time, for tests that try many stories."""

    @contextmanager
    def make() -> Iterator[Place]:
        if place.server is not None:
            empty(place.server)
            yield place
        else:
            with TemporaryDirectory() as folder:
                yield Place(Path(folder) / "journal.db")

    return make


@pytest.fixture
def sent(journal: Journal) -> Journal:
    """A journal in which one order is exported."""
    exported(journal)
    return journal
