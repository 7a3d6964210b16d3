"""The commands about the journal: show, csv, import."""

import csv
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from specter_tui.cli import exit_codes
from specter_tui.cli.output import OUTPUT, emit, emit_json, print_text
from specter_tui.cli.session import BadUsage, Session, read_settings
from specter_tui.config.settings import Settings
from specter_tui.engine.service import ShopService
from specter_tui.i18n import t
from specter_tui.journal.journal_reader import JournalReader
from specter_tui.journal.location import JournalLocation, journal_place
from specter_tui.journal.models import NO_ORDER, Entry, Event, Imported, KnownNumber
from specter_tui.journal.opening import reading
from specter_tui.journal.repositories.operator_decisions import OperatorDecisions
from specter_tui.journal.repositories.orders import Orders
from specter_tui.specter.replies import is_number
from specter_tui.text.sanitize import clean_line, uid_in
from specter_tui.text.state_names import STATE_WORDS

_PAGE = 500
_COLUMNS = (
    "order", "uid", "external_no", "state", "step", "specter_number", "customer_number", "total", "currency",
    "write_back", "attempts", "refusals", "exported_at", "changed_at", "reason", "message",
)  # fmt: skip
_AMOUNTS = frozenset({"uid", "total", "attempts", "refusals"})


@contextmanager
def reader_of(settings: Settings) -> Iterator[JournalReader]:
    """Open the shop's journal for reading. Raises BadUsage when there is none, JournalError."""
    with reading(existing_place_of(settings), settings.abicart.webshop) as reader:
        yield reader


def existing_place_of(settings: Settings) -> JournalLocation:
    """Return the location of the shop's journal. Raises BadUsage when there is none, JournalError."""
    place = place_of(settings)
    if place.server is None and not place.path.exists():
        raise BadUsage(t("there is no journal yet at {path}").format(path=place.path))
    return place


def place_of(settings: Settings) -> JournalLocation:
    """Return the location of the shop's journal. Raises JournalError."""
    return journal_place(settings.journal.address, settings.abicart.webshop, settings.journal.seen)


def _entries(reader: JournalReader) -> Iterator[Entry]:
    last = -1
    while page := reader.orders.entries(after_uid=last, limit=_PAGE):
        yield from page
        last = page[-1].uid


def show_journal(settings_file: Path | None, word: str | None, *, as_json: bool) -> int:
    """Print every order in the journal and the shop's own events, or all events of one order."""
    settings = read_settings(settings_file)
    zone = ZoneInfo(settings.ui.time_zone)
    with reader_of(settings) as reader:
        if word is None:
            for entry in _entries(reader):
                _print(as_json, _entry_values(entry), _entry_line(entry, zone))
        for uid in [NO_ORDER] if word is None else uids_of(reader, word):
            for event in reader.events.page(uid):
                _print(as_json, _event_values(event), _event_line(event, zone))
    return exit_codes.DONE


def uids_of(reader: JournalReader, word: str) -> list[int]:
    """Return the orders with this number or uid in the journal. Raises BadUsage when there are none."""
    number = word.removeprefix("uid:")
    found = [] if word != number else [entry.uid for entry in reader.orders.by_order_number(word)]
    uid = uid_in(number)
    if not found and uid is not None and reader.events.page(uid, limit=1):
        found = [uid]
    if not found:
        raise BadUsage(t("the journal has no order {word}").format(word=word))
    return found


def _print(as_json: bool, values: dict[str, object], line: str) -> None:
    if as_json:
        emit_json(values)
    else:
        emit(line.rstrip())


def _entry_line(entry: Entry, zone: ZoneInfo) -> str:
    number, why = entry.specter_number or "", entry.reason or entry.message
    return (
        f"{entry.order_number:<12} {STATE_WORDS[entry.state]:<12} {number:<10} {_local(entry.changed_at, zone)}  {why}"
    )


def _event_line(event: Event, zone: ZoneInfo) -> str:
    took = "" if event.duration_ms is None else t(" in {milliseconds} ms").format(milliseconds=event.duration_ms)
    number = f" {event.specter_number}" if event.specter_number else ""
    why = " ".join(part for part in (event.reason, event.message) if part)
    who = f"{event.operator}@{event.host}"
    return f"{_local(event.at, zone)}  {event.order_number:<12} {event.verb}{number}{took}  {who}  {why}"


def _local(moment: datetime, zone: ZoneInfo) -> str:
    return f"{moment.astimezone(zone):%Y-%m-%d %H:%M:%S}"


def _entry_values(entry: Entry) -> dict[str, object]:
    return {
        "order": entry.order_number,
        "uid": entry.uid,
        "external_no": entry.external_no,
        "state": entry.state,
        "step": entry.step,
        "specter_number": entry.specter_number,
        "customer_number": entry.customer_number,
        "total": None if entry.total is None else f"{entry.total:.2f}",
        "currency": entry.currency,
        "write_back": entry.write_back,
        "attempts": entry.attempts,
        "refusals": entry.refusals,
        "exported_at": entry.exported_at.isoformat() if entry.exported_at else None,
        "changed_at": entry.changed_at.isoformat(),
        "reason": entry.reason,
        "message": entry.message,
    }


def _event_values(event: Event) -> dict[str, object]:
    return {
        "id": event.id,
        "order": event.order_number,
        "uid": event.uid,
        "at": event.at.isoformat(),
        "operator": event.operator,
        "host": event.host,
        "verb": event.verb,
        "from": event.from_state,
        "to": event.to_state,
        "step": event.step,
        "specter_number": event.specter_number,
        "duration_ms": event.duration_ms,
        "reason": event.reason,
        "message": event.message,
    }


def write_csv(settings_file: Path | None) -> int:
    """Print the journal's orders as CSV, safe to open in a spreadsheet."""
    with reader_of(read_settings(settings_file)) as reader:
        writer = csv.writer(OUTPUT, lineterminator="\r\n")
        writer.writerow(_COLUMNS)
        for entry in _entries(reader):
            values = _entry_values(entry)
            writer.writerow([_cell(values[name], is_amount=name in _AMOUNTS) for name in _COLUMNS])
    return exit_codes.DONE


def _cell(value: object, *, is_amount: bool) -> str:
    """Return a cell that spreadsheets do not read as a formula; amounts stay unchanged."""
    text = "" if value is None else str(value)
    harmless = is_amount or not text.lstrip(" \"'").startswith(("=", "+", "-", "@", "\t", "\r"))
    return text if harmless else f"'{text}"


@dataclass(frozen=True, slots=True)
class _ImportRow:
    line: int
    uid: int | None
    order: str
    number: str


def import_numbers(settings_file: Path | None, file: Path) -> int:
    """Import known Specter numbers from a CSV with the columns specter_number and order, or uid, or both."""
    rows = _read_rows(file)
    with Session(read_settings(settings_file)).open() as session:
        known, lost = session.do(_match, rows)
        result = session.do(_import, known)
        all_in = rows and not (lost or result.taken or result.differing)
        outcome = session.ended(exit_codes.DONE if all_in else exit_codes.SOME_FAILED)
    for row in lost:
        told = t("line {line}: no order {order} in scope; nothing was entered for it")
        print_text(told.format(line=row.line, order=row.order))
    for entry in result.differing:
        has = t("exported as {number}") if entry.specter_number else t("{state}, without a number")
        has = has.format(number=entry.specter_number, state=STATE_WORDS[entry.state])
        told = t("order {order}: the journal has it {has}; nothing was entered: specter-tui resolve")
        print_text(told.format(order=entry.order_number, has=has))
    told = t("{added} entered, {present} were there, {taken} have a number that another order has")
    emit(told.format(added=result.added, present=result.present, taken=result.taken))
    return outcome


def _read_rows(file: Path) -> list[_ImportRow]:
    try:
        text = file.read_text(encoding="utf-8-sig")
    except OSError as error:
        raise BadUsage(f"{file}: {error.strerror}") from None
    except UnicodeDecodeError:
        raise BadUsage(t("{file}: is no UTF-8 text").format(file=file)) from None
    reader = csv.DictReader(text.splitlines(), delimiter=";" if ";" in text.partition("\n")[0] else ",")
    try:
        columns = set(reader.fieldnames or ())
        if "specter_number" not in columns or not columns & {"order", "uid"}:
            raise BadUsage(t("{file}: needs a heading with specter_number, and order or uid").format(file=file))
        return [_row(file, line, values) for line, values in enumerate(reader, start=2)]
    except csv.Error as error:
        raise BadUsage(f"{file}, line {reader.line_num}: {error}") from None


def _row(file: Path, line: int, values: dict[str, str | None]) -> _ImportRow:
    order, uid, number = (clean_line(values.get(name) or "") for name in ("order", "uid", "specter_number"))
    if not is_number(number) or (uid and uid_in(uid) is None) or not (order or uid):
        raise BadUsage(
            t(
                "{file}, line {line}: needs a Specter number in digits, and an order or a uid; nothing was entered"
            ).format(file=file, line=line)
        )
    return _ImportRow(line, uid_in(uid), order or uid, number)


async def _match(service: ShopService, rows: list[_ImportRow]) -> tuple[list[KnownNumber], list[_ImportRow]]:
    """Find the uid of rows that have only the shop's order number."""
    if any(row.uid is None for row in rows):
        await service.auto_export.poll()
    known, lost = [], []
    for row in rows:
        found = [row.uid] if row.uid is not None else await _uids_known(service, row.order)
        if len(found) == 1:
            known.append(KnownNumber(found[0], row.order, row.number))
        else:
            lost.append(row)
    return known, lost


async def _uids_known(service: ShopService, order_number: str) -> list[int]:
    """Return the open orders with this number, else those in the journal."""
    in_index = [view.uid for view in service.order_index.find(order_number)]
    return in_index or [entry.uid for entry in await service.context.journal(Orders.by_order_number, order_number)]


async def _import(service: ShopService, known: list[KnownNumber]) -> Imported:
    return await service.context.journal(OperatorDecisions.import_known, known)
