"""The command that copies a journal from a file to a server, or back."""

import os
import sys
import time
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

from specter_tui.cli import exit_codes
from specter_tui.cli.output import emit, emit_json, print_text
from specter_tui.cli.session import BadUsage, read_settings
from specter_tui.config.settings import load_settings
from specter_tui.config.sources import given_in
from specter_tui.i18n import t
from specter_tui.journal.location import journal_place
from specter_tui.journal.opening import open_store
from specter_tui.journal.transfer.journal_copy import copy_database

_TOLD_EVERY = 1.0


@dataclass(frozen=True, slots=True)
class _Named:
    """The meaning of FROM or TO. `shop` is None for a URL, which names no shop."""

    url: str
    shop: int | None = None
    seen: str | None = None


def copy_journal(settings_file: Path | None, source: str, target: str, *, as_json: bool) -> int:
    """Copy the shop's journal, and print each table's row count and hash, which are equal on both sides."""
    here, there = _named(source), _named(target)
    if here.shop is not None and there.shop is not None and here.shop != there.shop:
        told = t("{source} is of shop {shop}, {target} of {other}")
        raise BadUsage(told.format(source=source, shop=here.shop, target=target, other=there.shop))
    shop = here.shop or there.shop or read_settings(settings_file).abicart.webshop
    places = [journal_place(one.url, shop, one.seen) for one in (here, there)]
    if places[0] == places[1]:
        raise BadUsage(t("both are the same journal"))
    if places[0].server is None and not places[0].path.exists():
        raise BadUsage(t("there is no journal at {path}").format(path=places[0].path))
    with closing(open_store(places[0], shop, read_only=True)) as old, closing(open_store(places[1], shop)) as new:
        copied = copy_database(old, new, shop, _Progress())
    for one in copied:
        if as_json:
            emit_json({"table": one.table, "rows": one.rows, "sha256": one.digest})
        else:
            emit(f"{one.table:<18} {one.rows:>9}  {one.digest}")
    told = t("shop {shop}: all of it is there; now set JOURNAL__URL on every machine, and start nothing on the old one")
    print_text(told.format(shop=shop))
    return exit_codes.DONE


def _named(word: str) -> _Named:
    """Read a JOURNAL__URL, or the one in a settings file, where a password is not shown as on a command line."""
    file = Path(word).expanduser()
    if file.is_file() and "://" not in word:
        given = {name: value for name, value in given_in(os.environ).items() if not name.startswith("JOURNAL__")}
        settings = load_settings(file, given)
        if settings.journal.address is None:
            raise BadUsage(
                t("{word}: has no JOURNAL__URL; write one, for it is the journal that is meant").format(word=word)
            )
        return _Named(settings.journal.address, settings.abicart.webshop, settings.journal.seen)
    if "://" not in word:
        raise BadUsage(t("{word}: is neither a JOURNAL__URL nor a settings file").format(word=word))
    parts = urlsplit(word)
    if ":" in parts.netloc.rpartition("@")[0] or "password" in parse_qs(parts.query):
        raise BadUsage(t("every user of this machine could read the password; name the settings file that has it"))
    return _Named(word)


class _Progress:
    """Prints the progress once a second."""

    def __init__(self) -> None:
        self._told = time.monotonic()

    def __call__(self, table: str, done: int, total: int) -> None:
        now = time.monotonic()
        if now - self._told > _TOLD_EVERY or (done == total and sys.stderr.isatty()):
            self._told = now
            print_text(f"{table}: {done} of {total}")
