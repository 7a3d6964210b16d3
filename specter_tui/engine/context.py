"""What the parts of the engine share: both clients, the journal, the settings, and how to tell."""

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
    """Hands a message to the listener; never blocks, never fails."""
    shared: SharedResources = field(default_factory=SharedResources)
    fetch_barrier: StockFetchBarrier = field(default_factory=StockFetchBarrier)

    @property
    def catalogue(self) -> CatalogClient:
        """The shop's articles."""
        return CatalogClient(self.shop)

    @property
    def zone(self) -> ZoneInfo:
        """The time zone of the people, and of dates sent to Specter."""
        return ZoneInfo(self.settings.ui.time_zone)

    @property
    def since(self) -> datetime:
        """ORDER__SINCE: the first moment of that day where the people are, in UTC."""
        day = self.settings.order.since
        return datetime(day.year, day.month, day.day, tzinfo=self.zone).astimezone(UTC)

    @property
    def lease(self) -> timedelta:
        """How long a claim holds: longer than all the calls of an export can take together, and their waits."""
        limits = self.settings.limits
        pacing = 2 * limits.concurrency / limits.per_second if limits.per_second else 0
        return 2 * limits.timeout + timedelta(seconds=60 + pacing)
