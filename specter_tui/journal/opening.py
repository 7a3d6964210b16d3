"""Opens a shop's journal in a file or on a server. The server's modules are imported only if a server is named."""

from collections.abc import Awaitable, Callable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TypeVar

from specter_tui.errors import ErrorText
from specter_tui.journal.database import Clock, Store
from specter_tui.journal.errors import JournalGone, JournalOlder, JournalRefusesUs
from specter_tui.journal.files import private_file
from specter_tui.journal.journal import Journal
from specter_tui.journal.journal_reader import JournalReader
from specter_tui.journal.location import JournalLocation
from specter_tui.journal.safety.operators import Operator
from specter_tui.journal.shop_database import ShopDatabase
from specter_tui.journal.sqlite import file_at, file_to_read
from specter_tui.journal.sqlite_migration import open_file, upgrade_copy
from specter_tui.journal.transfer.backup import copy_whole

T = TypeVar("T")


def open_journal(place: JournalLocation, shop: int, operator: Operator, *, clock: Clock | None = None) -> Journal:
    """Open a shop's journal for use on one thread; create or upgrade it if needed.

    `clock` None: the machine's clock for a file, the server's for a server. Raises JournalError.
    """
    return Journal(open_store(place, shop, clock=clock), shop, operator)


def open_again(place: JournalLocation, shop: int, operator: Operator, *, known: str) -> Journal:
    """Open the journal with this id again, without creating one. Raises JournalGone if it is gone, JournalError."""
    if place.server is None and file_at(place.path) is None:
        raise JournalGone(place.path)
    journal = open_journal(place, shop, operator)
    if journal.id != known:
        journal.close()
        raise JournalGone(place.path)
    return journal


def open_to_look(place: JournalLocation, shop: int, operator: Operator) -> Journal:
    """Open an existing journal with all its operations, of which those that write are refused. Raises JournalError."""
    return Journal(open_store(place, shop, read_only=True), shop, operator, read_only=True)


def open_reader(place: JournalLocation, shop: int) -> JournalReader:
    """Open an existing journal for reading, for use on one thread. Raises JournalError."""
    return JournalReader(ShopDatabase(open_store(place, shop, read_only=True), shop))


@contextmanager
def reading(place: JournalLocation, shop: int) -> Iterator[JournalReader]:
    """Open an existing journal for reading; a file of an older version through a temporary copy.

    Raises JournalError.
    """
    with ExitStack() as held:
        try:
            reader = open_reader(place, shop)
        except JournalOlder:
            if place.server is not None:
                raise
            copy = Path(held.enter_context(TemporaryDirectory(prefix="specter-tui-"))) / place.path.name
            private_file(copy)
            copy_whole(place.path, copy)
            upgrade_copy(copy)
            reader = open_reader(JournalLocation(copy), shop)
        yield held.enter_context(reader)


def on_loop(place: JournalLocation) -> Callable[[Callable[[], T]], Awaitable[T]] | None:
    """Return a function that runs an operation on the caller's loop without blocking it; None for a file.

    Raises JournalError.
    """
    if place.server is None:
        return None
    with _extra():
        from specter_tui.journal.postgres.greenlet_bridge import run  # noqa: PLC0415  # Those with a file pay nothing.
    return run


def open_store(place: JournalLocation, shop: int, *, read_only: bool = False, clock: Clock | None = None) -> Store:
    """Open the database of a shop; upgrade its tables unless it is opened for reading. Raises JournalError."""
    if place.server is None:
        return file_to_read(place.path, shop) if read_only else open_file(place.path, shop, clock=clock)
    with _extra():
        from specter_tui.journal.postgres.postgres_store import open_server  # noqa: PLC0415  # Those with a file pay nothing.
    return open_server(place.server, place.path, shop, read_only=read_only, clock=clock)


@contextmanager
def _extra() -> Iterator[None]:
    """Guard imports of the extra `postgres`: a missing package raises JournalRefusesUs."""
    try:
        yield
    except ImportError as error:
        cure = "make install POSTGRES=1, or pip install '.[postgres]'"
        raise JournalRefusesUs(ErrorText("journal_server_package", package=error.name, cure=cure)) from None
