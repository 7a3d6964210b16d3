"""The commands that keep the journal, or make it forget: backup, erase."""

from pathlib import Path

from specter_tui.cli import status
from specter_tui.cli.journal import place_of, reader_of, uids_of
from specter_tui.cli.lines import emit, say
from specter_tui.cli.session import BadUsage, read_settings
from specter_tui.journal.backup import back_up, known_copies, note_copy
from specter_tui.journal.errors import JournalBusy
from specter_tui.journal.opening import open_journal
from specter_tui.journal.operators import current_operator


def back_up_journal(settings_file: Path | None, target: Path) -> int:
    """Write a copy of the journal into a new file; also while orders are exported."""
    settings = read_settings(settings_file)
    if place_of(settings).server is not None:
        raise BadUsage("the journal is at a PostgreSQL server; copy it with pg_dump --schema=specter_tui")
    with reader_of(settings) as reader:
        target = target.expanduser().absolute()
        back_up(reader.path, target)
        note_copy(reader.path, target)
    emit(str(target))
    return status.DONE


def erase_traces(settings_file: Path | None, words: list[str], customer: str | None) -> int:
    """Erase what the journal tells of orders, or of a customer's orders, and say where copies of it lie."""
    settings = read_settings(settings_file)
    shop = settings.abicart.webshop
    place = place_of(settings)
    with reader_of(settings) as reader:
        uids = [uid for word in words for uid in uids_of(reader, word)]
    with open_journal(place, shop, current_operator()) as journal:
        if customer is not None:
            uids += journal.uids_of_customer(customer)
        if not uids:
            raise BadUsage(f"the journal has no order of customer {customer}")
        numbers = {entry.uid: entry.order_number for entry in journal.entries(uids)}
        try:
            erased = journal.erase(dict.fromkeys(uids))
        except JournalBusy as error:
            say(str(error))
            return status.NOT_ALL_WENT_WELL
    for uid in dict.fromkeys(uids):
        done = uid in erased
        emit(f"{numbers.get(uid, uid):<12} {'erased' if done else 'kept: it is not settled; export or close it first'}")
    for copy in known_copies(place.path):
        say(f"a copy of the journal still has what was erased: {copy}")
    return status.DONE if len(erased) == len(set(uids)) else status.NOT_ALL_WENT_WELL
