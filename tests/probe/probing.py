"""Run the probe against a shop, in this process and without its pauses."""

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from specter_tui.config.settings import Settings, load_settings
from specter_tui.engine.probe.protocol import Protocol
from specter_tui.engine.probe.runner import ProbeEnd, ProbeWish, run_probe
from tests.probe.untrue_shop import UntrueShop, Wrong, serving
from tests.support.driven_engine import Driven

KEY, INNER, OUTER = "0a1b2c3d4e5f60718293a4b5c6d7e8f9", "1" * 32, "2" * 32


def values_for(address: str, folder: Path) -> dict[str, str]:
    """Return settings whose Specter is the shop's own server, which notes every call of the probe to it."""
    return {
        "ABICART__URL": address,
        "ABICART__WEBSHOP": "22033",
        "ABICART__AUTH": KEY,
        "SPECTER__URL": address,
        "SPECTER__SBM_ID": "1234",
        "SPECTER__API_USER_ID": "5",
        "SPECTER__API_USER_KEY": INNER,
        "SPECTER__INTEGRATION_KEY": OUTER,
        "ORDER__SINCE": "2026-11-01",
        "JOURNAL__URL": f"sqlite:///{folder / 'journal' / 'journal.db'}",
        "UI__LANGUAGE": "en",
    }


def settings_for(address: str, folder: Path, **others: str) -> Settings:
    """Return the same, loaded, with other values."""
    values = {**values_for(address, folder), **others}
    return load_settings(None, values)


@dataclass
class Probed:
    """A probe that has ended."""

    end: ProbeEnd
    settings: Settings
    shop: UntrueShop

    @property
    def protocol(self) -> Protocol:
        return Protocol(self.end, "en", {})

    @property
    def lists(self) -> dict[str, list[str]]:
        return self.protocol.lists()

    @property
    def facts(self) -> dict[str, Any]:
        return {fact.name: fact.value for report in self.end.reports for fact in report.facts}

    @property
    def sure(self) -> dict[str, Any]:
        return {fact.name: fact.value for report in self.end.reports for fact in report.facts if fact.sure}

    @property
    def results(self) -> dict[str, str]:
        return {report.step.name: report.result for report in self.end.reports}


def probed(folder: Path, wrong: Wrong | None = None, *, orders: int = 60, **settings: str) -> Probed:
    """Probe a shop that is wrong in these ways, and check what must hold for every probe."""
    shop = UntrueShop(wrong or Wrong(), orders)
    with serving(shop) as address:
        own = settings_for(address, folder, **settings)
        with Driven(own) as driven:
            end = driven.do(run_probe, ProbeWish(pause=0))
            with driven.reader() as journal:
                assert journal.db.rows("SELECT COUNT(*) FROM stops WHERE ended_at IS NULL", ()) == [(0,)]
    assert not shop.forbidden, "nothing outside the list is called"
    assert shop.unchanged
    assert shop.most_at_once == 1
    assert len(shop.requests) == sum(report.count for report in end.reports) <= 150
    return Probed(end, own, shop)
