"""The command `config show`: every setting, and where it comes from."""

import os
from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from pydantic import SecretStr

from specter_tui.cli import exit_codes
from specter_tui.cli.commands.journal import reader_of
from specter_tui.cli.output import emit, emit_json
from specter_tui.cli.session import BadUsage, read_shop
from specter_tui.config.setting_problems import origin_of
from specter_tui.config.setting_text import setting_text
from specter_tui.config.settings import Settings
from specter_tui.config.settings_file import quoted
from specter_tui.config.shops import ShopFile
from specter_tui.config.sources import given_in
from specter_tui.engine.orders.reference_data import with_rounding
from specter_tui.i18n import t
from specter_tui.journal.errors import JournalError
from specter_tui.journal.probe_models import Fact, FactName

_STRUCK_OUT = "***"
FACT_OF: Mapping[str, FactName] = {"SPECTER__ROUNDING": "rounding", "SPECTER__PRICE_DECIMALS": "price_decimals"}
"""The settings whose value may be found out from the account, and the fact's name."""


@dataclass(frozen=True, slots=True)
class ShownSetting:
    """One setting as it is printed."""

    name: str
    value: str
    origin: str
    """environment, file, fact or default."""
    where: str
    """The variable, the file and line, or the probe's step that found the fact."""
    fact: Any = None
    """What the account was found to do, where it is known."""


def show_config(settings_file: Path | None, *, origins: bool, as_json: bool) -> int:
    """Print every setting; with `origins` the variable, or the file and its line. Keys are struck out."""
    shop = read_shop(settings_file)
    for one in shown_settings(shop, _facts_of(shop.settings)):
        if as_json:
            emit_json(asdict(one))
            continue
        place = f"{one.origin}: {one.where}" if origins and one.where else one.origin
        differs = one.fact is not None and str(one.fact) != one.value
        note = t("; the account was found to do {fact}").format(fact=one.fact) if differs else ""
        emit(f"{one.name}={quoted(one.value)}  # {place}{note}")
    return exit_codes.DONE


def shown_settings(shop: ShopFile, facts: Mapping[str, Fact]) -> Iterator[ShownSetting]:
    """Yield every setting: what a person set, else what was found out from the account, else the default."""
    given = given_in(os.environ)
    in_force = with_rounding(shop.settings, facts)
    for section, about in Settings.model_fields.items():
        kind: Any = about.annotation
        for field in kind.model_fields:
            name = f"{section}__{field}".upper()
            value = _text(shop.settings, name)
            origin, where = origin_of(name, shop.file, given)
            fact = facts.get(FACT_OF[name]) if name in FACT_OF else None
            if fact is not None and origin == "default" and (found := setting_text(in_force, name)) != value:
                value, origin, where = found, "fact", f"step {fact.step}"
            yield ShownSetting(name, value, origin, where, None if fact is None else fact.value)


def _text(settings: Settings, name: str) -> str:
    section, _, field = name.lower().partition("__")
    value = getattr(getattr(settings, section), field)
    if isinstance(value, SecretStr):
        told = value.get_secret_value()
        return told if name == "JOURNAL__URL" and told.startswith("sqlite:") else _STRUCK_OUT
    if isinstance(value, tuple) and any(isinstance(one, SecretStr) for one in value):
        return ",".join(_STRUCK_OUT for _ in value)
    return setting_text(settings, name)


def _facts_of(settings: Settings) -> Mapping[str, Fact]:
    """Return the facts of the account; none where there is no journal, or one that cannot be read."""
    with suppress(BadUsage, JournalError), reader_of(settings) as reader:
        return reader.facts.all(settings.accounts)
    return {}
