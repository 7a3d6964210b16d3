"""The commands that back up, upgrade and erase from the journal."""

from pathlib import Path

from specter_tui.cli import exit_codes
from specter_tui.cli.commands.journal import existing_place_of, place_of, reader_of, uids_of
from specter_tui.cli.output import emit, print_text
from specter_tui.cli.session import BadUsage, read_settings
from specter_tui.i18n import t
from specter_tui.journal.errors import JournalBusy
from specter_tui.journal.opening import open_journal
from specter_tui.journal.safety.operators import current_operator
from specter_tui.journal.schema import VERSION
from specter_tui.journal.transfer.backup import back_up, known_copies, note_copy


def back_up_journal(settings_file: Path | None, target: Path) -> int:
    """Write a copy of the journal into a new file; orders may be exported meanwhile."""
    place = existing_place_of(read_settings(settings_file))
    if place.server is not None:
        raise BadUsage(t("the journal is at a PostgreSQL server; copy it with pg_dump --schema=specter_tui"))
    target = target.expanduser().absolute()
    back_up(place.path, target)
    note_copy(place.path, target)
    emit(str(target))
    return exit_codes.DONE


def upgrade_journal(settings_file: Path | None) -> int:
    """Upgrade an older journal, after copying it."""
    settings = read_settings(settings_file)
    place = existing_place_of(settings)
    with open_journal(place, settings.abicart.webshop, current_operator()) as journal:
        upgraded = journal.upgraded
    if upgraded is None:
        emit(t("the journal is up to date: version {version}").format(version=VERSION))
    else:
        told = t("the journal was upgraded from version {old} to {new}")
        emit(told.format(old=upgraded.from_version, new=VERSION))
        emit(t("a copy of it as it was: {copy}").format(copy=upgraded.copy))
    return exit_codes.DONE


def erase_traces(settings_file: Path | None, words: list[str], customer: str | None) -> int:
    """Erase the journal's data of orders, or of a customer's orders, and print where copies still have it."""
    settings = read_settings(settings_file)
    shop = settings.abicart.webshop
    place = place_of(settings)
    with reader_of(settings) as reader:
        uids = [uid for word in words for uid in uids_of(reader, word)]
    with open_journal(place, shop, current_operator()) as journal:
        if customer is not None:
            uids += journal.erasure.uids_of_customer(customer)
        if not uids:
            raise BadUsage(t("the journal has no order of customer {customer}").format(customer=customer))
        copies_at_server = journal.erasure.copies_at_server()
        numbers = {entry.uid: entry.order_number for entry in journal.orders.entries(uids)}
        try:
            erased = journal.erasure.erase(dict.fromkeys(uids))
        except JournalBusy as error:
            print_text(str(error))
            return exit_codes.SOME_FAILED
    for uid in dict.fromkeys(uids):
        done = uid in erased
        told = t("erased") if done else t("kept: it is not settled; export or close it first")
        emit(f"{numbers.get(uid, uid):<12} {told}")
    for copy in (*known_copies(place.path), *copies_at_server):
        print_text(t("a copy of the journal still has what was erased: {copy}").format(copy=copy))
    return exit_codes.DONE if len(erased) == len(set(uids)) else exit_codes.SOME_FAILED
