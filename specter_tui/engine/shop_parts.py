"""The parts of one shop, created and connected, with their start and shutdown. They run on the engine's loop."""

from collections.abc import Sequence
from dataclasses import asdict

from specter_tui.engine.articles.article_exporter import ArticleExporter
from specter_tui.engine.articles.catalog_index import CatalogIndex
from specter_tui.engine.articles.number_fixes import NumberFixer
from specter_tui.engine.auto_export import AutoExport
from specter_tui.engine.background_jobs import BackgroundJobs, Work
from specter_tui.engine.context import ShopContext
from specter_tui.engine.decisions import Decisions
from specter_tui.engine.delivery_sync import DeliverySync
from specter_tui.engine.drift_watch import DriftWatch
from specter_tui.engine.emergency_stop import EmergencyStop
from specter_tui.engine.events import AutoChanged, Notice
from specter_tui.engine.monitoring.monitoring_job import MonitoringJob
from specter_tui.engine.order_lookup import OrderLookup
from specter_tui.engine.orders.event_tailer import EventTailer
from specter_tui.engine.orders.exporter import OrderExporter
from specter_tui.engine.orders.order_index import OrderIndex
from specter_tui.engine.orders.reference_data import ReferenceData
from specter_tui.engine.orders.scanner import OrderScanner
from specter_tui.engine.orders.shown_numbers import ShownNumbers
from specter_tui.engine.orders.write_back import NumberWriteBack
from specter_tui.engine.outcome_texts import outcome_text
from specter_tui.engine.specter_circuit import SpecterCircuit
from specter_tui.engine.stock.stock_sync import StockSync
from specter_tui.journal.repositories.claims import Claims
from specter_tui.journal.repositories.halts import Halts
from specter_tui.journal.repositories.restore_repair import RestoreRepair


class ShopParts:
    """The parts that work for one shop."""

    def __init__(self, context: ShopContext) -> None:
        self.context = context
        self.account = SpecterCircuit(context)
        self.reference = ReferenceData(context)
        self.order_index = OrderIndex(context, self.reference)
        self.lookup = OrderLookup(context, self.order_index, self.reference)
        numbers = ShownNumbers(context, self.order_index.apply_entries)
        self.write_back = NumberWriteBack(context, numbers)
        self.decisions = Decisions(context, self.order_index)
        self.stopping = EmergencyStop(context, self._under_way, self._stop_auto)
        self.sending = OrderExporter(
            context, self.account, self.reference, self.order_index, self.write_back, self.stopping
        )
        self.order_index.followers.append(numbers.compare_documents)
        look = OrderScanner(context, self.reference, self.order_index, numbers)
        self.watch = AutoExport(
            context, self.account, self.order_index, look, self.sending, self.write_back, self.stopping
        )
        self.follow = EventTailer(context, self.order_index, numbers)
        self.monitoring = MonitoringJob(context, self.account, self.order_index, exporting=self.watch.may_export)
        self.fixing = NumberFixer(context)
        self.catalog = CatalogIndex(context)
        self.articles = ArticleExporter(
            context, self.account, self.catalog, lambda: self.order_index.held, self._is_closing
        )
        self.stock = StockSync(
            context,
            self.account,
            self.catalog,
            lambda: self.order_index.held,
            self.watch.poll_if_old,
            self._is_closing,
        )
        self.deliveries = DeliverySync(context, self.account, self._is_closing)
        self.drift = DriftWatch(context, self.order_index.apply_entries)
        self.order_index.followers.append(self.drift.compare)
        self.watch.numbers = self.reference.numbers
        self.background = BackgroundJobs(context, self.account, self.watch, self.stopping, self._works())
        if self.articles.may_export:
            self.watch.before_orders = lambda: self.background.safely("articles", self.articles.follow)

    def _works(self) -> dict[str, Work]:
        """Return the work that the settings ask for after each poll."""
        settings, works = self.context.settings, dict[str, Work]()
        if settings.stock.sync:
            works["stock"] = self.stock.pull
        if settings.delivery.sync:
            works["deliveries"] = self.deliveries.pull
        return works

    async def recover(self) -> None:
        """Recover after a start: enter numbers from the result spool, and end claims whose holder is gone."""
        language = self.context.settings.ui.language
        if upgraded := self.context.journal.upgraded:
            text = outcome_text("upgraded", language, version=upgraded.from_version, copy=upgraded.copy)
            self.context.emit(Notice("information", text))
        if restored := self.context.journal.restored:
            self.context.emit(Notice("error", outcome_text("restored", language, **asdict(restored))))
        await self.context.journal(RestoreRepair.enter_unrecorded)
        await self.context.journal(Claims.expire_leases)
        await self.follow()
        if self.context.settings.order.export == "registered":
            self.watch.auto = self.watch.may_export
        await self.stopping.look()
        self.account.note_halt(await self.context.journal(Halts.current))
        self.context.emit(AutoChanged(self.watch.auto))

    async def shut_down(self) -> None:
        """Finish the work in progress."""
        await self.write_back.finish()
        await self.follow()
        self.order_index.flush()

    def _under_way(self) -> Sequence[str]:
        return tuple(self.sending.in_flight.values())

    def _stop_auto(self) -> None:
        """Turn auto mode off after a stop if a screen shows this shop; a service continues by itself after the stop."""
        if self.context.shared.keeps_done and self.watch.auto:
            self.watch.set_auto(on=False)

    def _is_closing(self) -> bool:
        return self.sending.closing
