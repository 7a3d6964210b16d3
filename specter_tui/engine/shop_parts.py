"""The parts of one shop, created and connected, with their start and shutdown. They run on the engine's loop."""

from collections.abc import Sequence
from dataclasses import asdict

from specter_tui.engine.account_facts import use_facts
from specter_tui.engine.articles.article_exporter import ArticleExporter
from specter_tui.engine.articles.catalog_index import CatalogIndex
from specter_tui.engine.articles.number_fixes import NumberFixer
from specter_tui.engine.auto_export import AutoExport
from specter_tui.engine.background_jobs import BackgroundJobs, Work
from specter_tui.engine.card_restore import CardRestorer, tell_copies
from specter_tui.engine.context import ShopContext
from specter_tui.engine.decisions import Decisions
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
from specter_tui.engine.queues.delivery_sync import DeliverySync
from specter_tui.engine.specter_circuit import SpecterCircuit
from specter_tui.engine.stock.stock_sync import StockSync
from specter_tui.engine.visits import OperatorVisits
from specter_tui.journal.repositories.claims import Claims
from specter_tui.journal.repositories.halts import Halts
from specter_tui.journal.repositories.probe_facts import AccountFacts
from specter_tui.journal.repositories.restore_repair import RestoreRepair


class ShopParts:
    """The parts that work for one shop."""

    def __init__(self, context: ShopContext) -> None:
        self.context = context
        self.account = SpecterCircuit(context)
        self.reference = ReferenceData(context)
        self.order_index = OrderIndex(context, self.reference)
        self.visits = OperatorVisits(context)
        self.lookup = OrderLookup(context, self.order_index, self.reference)
        numbers = ShownNumbers(context, self.order_index.apply_entries)
        self.write_back = NumberWriteBack(context, numbers)
        self.decisions = Decisions(context, self.order_index)
        self.emergency_stop = EmergencyStop(context, self._under_way, self._stop_auto)
        self.order_exporter = OrderExporter(
            context, self.account, self.reference, self.order_index, self.write_back, self.emergency_stop
        )
        self.order_index.followers.append(numbers.compare_documents)
        scanner = OrderScanner(context, self.reference, self.order_index, numbers)
        self.auto_export = AutoExport(
            context, self.account, self.order_index, scanner, self.order_exporter, self.write_back, self.emergency_stop
        )
        self.event_tailer = EventTailer(context, self.order_index, numbers)
        self.monitoring = MonitoringJob(context, self.account, self.order_index, exporting=self.auto_export.may_export)
        self.number_fixer = NumberFixer(context)
        self.catalog = CatalogIndex(context)
        self.articles = ArticleExporter(
            context, self.account, self.catalog, lambda: self.order_index.held, self._is_closing
        )
        self.stock = StockSync(
            context,
            self.account,
            self.catalog,
            lambda: self.order_index.held,
            self.auto_export.poll_if_old,
            self._is_closing,
        )
        self.deliveries = DeliverySync(context, self.account, self._is_closing)
        self.cards = CardRestorer(context, self.reference, self.order_index)
        self.drift = DriftWatch(context, self.order_index.apply_entries)
        self.order_index.followers.append(self.drift.compare)
        self.auto_export.restore_card = self.cards.restore
        self.auto_export.numbers = self.reference.numbers
        self.background = BackgroundJobs(context, self.account, self.auto_export, self.emergency_stop, self._works())
        if self.articles.may_export:
            self.auto_export.before_orders = lambda: self.background.safely("articles", self.articles.follow)

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
        await self.event_tailer()
        facts = await self.context.journal(AccountFacts.all, self.context.settings.accounts)
        use_facts(self.context.shop, facts)
        if self.context.settings.order.export == "registered":
            self.auto_export.auto = self.auto_export.may_export
        await self.cards.restore()
        await tell_copies(self.context)
        await self.emergency_stop.look()
        self.account.note_halt(await self.context.journal(Halts.current))
        self.context.emit(AutoChanged(self.auto_export.auto))

    async def begin_to_look(self) -> None:
        """Begin to show the shop and its journal without changing either."""
        self.order_index.followers.clear()
        await self.event_tailer()
        await self.emergency_stop.look()
        self.account.note_halt(await self.context.journal(Halts.current))
        self.context.emit(AutoChanged(on=False))

    async def shut_down(self) -> None:
        """Finish the work in progress."""
        await self.write_back.finish()
        await self.event_tailer()
        await self.visits.end(self.order_exporter.unsent)
        self.order_index.flush()

    def _under_way(self) -> Sequence[str]:
        return tuple(self.order_exporter.in_flight.values())

    def _stop_auto(self) -> None:
        """Turn auto mode off after a stop if a screen shows this shop; a service continues by itself after the stop."""
        if self.context.shared.keeps_done and self.auto_export.auto:
            self.auto_export.set_auto(on=False)

    def _is_closing(self) -> bool:
        return self.order_exporter.closing
