"""The command `support`: everything known of one order, without personal data and keys, for Specter's support."""

import json
import platform
import sqlite3
from dataclasses import asdict
from datetime import UTC, datetime
from decimal import Decimal
from pathlib import Path

from specter_tui import __version__
from specter_tui.cli import exit_codes
from specter_tui.cli.commands.journal import reader_of, uids_of
from specter_tui.cli.logs import redactor
from specter_tui.cli.output import emit, emit_json
from specter_tui.cli.session import read_settings
from specter_tui.config.settings import Settings
from specter_tui.journal.journal_reader import JournalReader
from specter_tui.journal.models import Entry, Event
from specter_tui.specter.order_forms import decimal_text

_SETTINGS = {
    "abicart": ("webshop",),
    "specter": (
        "url", "sbm_id", "webshop_id", "stock_site_id", "customer_group_id", "rounding", "duplicate_answer",
        "refuses_duplicates",
    ),
    "customer": ("ignore_email", "ignore_org_no", "company_in_address_row_1"),
    "order": (
        "since", "export", "export_run", "confirm_customer", "confirm_admin", "zero_delivery_row",
        "zero_payment_fee_row", "zero_cod_row", "discount_percent_per_row", "article_delivery", "article_payment_fee",
        "article_cod", "article_discount", "article_gift_card", "article_rounding", "number_prefix", "payment_status",
        "payment_types", "foreign_currency",
    ),
    "limits": ("concurrency", "per_second", "timeout"),
    "ui": ("time_zone",),
}  # fmt: skip
"""The settings that affect what is sent and when. A new setting is left out until it is added here."""


def write_support(settings_file: Path | None, word: str, *, as_json: bool) -> int:
    """Print the record of one order, safe to mail to Specter's support."""
    settings = read_settings(settings_file)
    redact = redactor(settings.secrets())
    with reader_of(settings) as reader:
        records = [support_record(reader, settings, uid) for uid in uids_of(reader, word)]
    for record in records:
        whole = json.loads(redact(json.dumps(record, ensure_ascii=False, default=_plain)))
        if as_json:
            emit_json(whole)
        else:
            _print(whole)
    return exit_codes.DONE


def support_record(reader: JournalReader, settings: Settings, uid: int) -> dict[str, object]:
    """Return the journal's data of an order and its calls, with the versions and settings in use."""
    entry = reader.orders.entry(uid)
    return {
        "written": datetime.now(UTC),
        "versions": {
            "specter-tui": __version__,
            "python": platform.python_version(),
            "system": f"{platform.system()} {platform.release()}",
            "sqlite": sqlite3.sqlite_version,
        },
        "settings": settings_in_use(settings),
        "order": _order(entry) if entry else {"uid": uid, "state": "not in the journal any more"},
        "rows": [asdict(row) for row in reader.orders.rows(uid)],
        "rates": [asdict(rate) for rate in reader.orders.rates(uid)],
        "events": [_event(event) for event in reader.events.page(uid, limit=10_000)],
        "calls": [asdict(call) for call in reader.calls.of_order(uid)],
    }


def settings_in_use(settings: Settings) -> dict[str, object]:
    """Return the settings that affect what is sent and when, without secrets."""
    return {
        f"{section}__{name}".upper(): getattr(getattr(settings, section), name)
        for section, names in _SETTINGS.items()
        for name in names
    }


def _order(entry: Entry) -> dict[str, object]:
    return {name: value for name, value in asdict(entry).items() if name not in ("message", "reason", "holder")}


def _event(event: Event) -> dict[str, object]:
    """Return the event without its operator, host and a person's own words."""
    told = asdict(event)
    for name in ("uid", "order_number", "operator", "host"):
        del told[name]
    if event.verb in ("closed", "reopened", "reclaimed"):
        told["reason"] = "***" if event.reason else ""
    return told


def _plain(value: object) -> str:
    match value:
        case Decimal():
            return decimal_text(value)
        case datetime():
            return value.isoformat()
        case _:
            return str(value)


def _print(record: dict[str, object]) -> None:
    for name, value in record.items():
        match value:
            case dict():
                emit(f"\n{name}")
                for key, one in value.items():
                    emit(f"  {key:<28} {_line(one)}".rstrip())
            case list():
                emit(f"\n{name}")
                for one in value:
                    emit(
                        "  " + "  ".join(f"{key}={_line(part)}" for key, part in one.items() if part not in (None, ""))
                    )
            case _:
                emit(f"{name}: {value}")


def _line(value: object) -> str:
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
