"""The shared objects of the engine's parts: both clients, the journal, the settings, and the listener."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from specter_tui.abicart.catalog import CatalogClient
from specter_tui.abicart.shop import ShopClient
from specter_tui.config.settings import Settings
from specter_tui.engine.concurrency.fetch_barrier import StockFetchBarrier
from specter_tui.engine.concurrency.journal_queue import JournalQueue
from specter_tui.engine.concurrency.limits import SharedResources
from specter_tui.engine.events import Message
from specter_tui.specter.client import SpecterClient


@dataclass(frozen=True, slots=True)
class ShopContext:
    """One shop, one Specter account, one journal."""

    settings: Settings
    shop: ShopClient
    specter: SpecterClient
    journal: JournalQueue
    emit: Callable[[Message], None]
    """Passes a message to the listener; never blocks, never fails."""
    shared: SharedResources = field(default_factory=SharedResources)
    fetch_barrier: StockFetchBarrier = field(default_factory=StockFetchBarrier)

    @property
    def catalogue(self) -> CatalogClient:
        """The client for the shop's articles."""
        return CatalogClient(self.shop)

    @property
    def zone(self) -> ZoneInfo:
        """The time zone of the screen, and of dates sent to Specter."""
        return ZoneInfo(self.settings.ui.time_zone)

    @property
    def since(self) -> datetime:
        """ORDER__SINCE: the first moment of that local day, in UTC."""
        day = self.settings.order.since
        return datetime(day.year, day.month, day.day, tzinfo=self.zone).astimezone(UTC)

    @property
    def lease(self) -> timedelta:
        """The lease of a claim: longer than all calls and waits of an export together."""
        limits = self.settings.limits
        pacing = 2 * limits.concurrency / limits.per_second if limits.per_second else 0
        return 2 * limits.timeout + timedelta(seconds=60 + pacing)
