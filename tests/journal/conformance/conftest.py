"""Every test here runs twice: with the journal in a file, and with it in a PostgreSQL server."""

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis.strategies import SearchStrategy

from specter_tui.journal.journal import Journal
from specter_tui.journal.location import JournalLocation
from tests.journal.orders import exported
from tests.support.postgres_server import empty

Fresh = Callable[[], AbstractContextManager[JournalLocation]]


@pytest.fixture(params=["file", "server"])
def place(request: pytest.FixtureRequest, tmp_path: Path) -> JournalLocation:
    if request.param == "file":
        return JournalLocation(tmp_path / "shop" / "journal.db")
    server: JournalLocation = request.getfixturevalue("server")
    return server


@pytest.fixture
def fresh(place: JournalLocation) -> Fresh:
    """Give locations of empty journals, for tests that try many sequences."""

    @contextmanager
    def make() -> Iterator[JournalLocation]:
        if place.server is not None:
            empty(place.server)
            yield place
        else:
            with TemporaryDirectory() as folder:
                yield JournalLocation(Path(folder) / "journal.db")

    return make


@pytest.fixture
def tell(place: JournalLocation, fresh: Fresh) -> Callable[..., None]:
    """Run many sequences of such steps, each in an empty journal.

    A server is slower, so it gets fewer: the rules are the same, and are tried with the file.
    """

    def tell_all(live: Callable[[Fresh, Any], None], steps: SearchStrategy[Any], stories: int, at_server: int) -> None:
        @settings(max_examples=stories if place.server is None else at_server)
        @given(steps)
        def story(steps: Any) -> None:
            live(fresh, steps)

        story()

    return tell_all


@pytest.fixture
def sent(journal: Journal) -> Journal:
    """Give a journal in which one order is exported."""
    exported(journal)
    return journal
