"""What the console asks of the engine, so that a test can script one."""

from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING, Protocol, runtime_checkable

if TYPE_CHECKING:  # the engine's modules bring pydantic and the HTTP client, which come after the first frame.
    from concurrent.futures import Future
    from datetime import date, datetime

    from specter_tui.config.settings import Settings
    from specter_tui.engine.events import CountGap, ExportEnded, Message, OrderView, ServiceArticles
    from specter_tui.journal.goods_models import DeliveryRecord, DriftLine, RowForPerson
    from specter_tui.planning.article_numbers import BadNumber


class EngineLike(Protocol):
    """Thread-safe commands that return at once; what comes of them is told to the listener.

    What they return, such as a future, is for others than a screen.
    """

    @property
    def settings(self) -> "Settings":
        """The settings it runs on."""

    def poll(self) -> object:
        """Look at the shop now."""

    def accept_count(self, reason: str, seen: "CountGap") -> object:
        """Accept that the shop counts so many other orders than are found; answered by Looked."""

    def export(self, uids: Sequence[int], seen: Mapping[int, str | None] | None = None) -> "Future[list[ExportEnded]]":
        """Export these orders; `seen` holds the form hash that the screen showed for each."""

    def preview(self, uid: int) -> object:
        """Make the exact form of one order; answered by PreviewReady."""

    def sum_up(self, uids: Sequence[int]) -> object:
        """What these orders come to together, as they would be sent now; answered by SumReady."""

    def find(self, word: str) -> "Future[OrderView]":
        """The one order that a person means, also outside the list; here the future is the answer."""

    def history(self, uid: int) -> object:
        """Read what the journal holds of one order; answered by HistoryRead."""

    def activity(self, since: "datetime") -> object:
        """Count exports and failures by the hour; answered by ActivityRead."""

    def set_auto(self, on: bool) -> object:
        """Turn auto mode on or off."""

    def enter_number(self, uid: int, number: str, reason: str = "") -> "Future[OrderView]":
        """Settle an order by the Specter number that a person typed, or with a reason correct the one it has."""

    def reopen(self, uid: int, reason: str) -> "Future[OrderView]":
        """Take back a closing, or a number that a person entered; nothing is sent."""

    def stop(self, reason: str) -> object:
        """Stop every sender on this journal; answered by StopChanged."""

    def resume(self, reason: str) -> object:
        """Let sending go on; answered by StopChanged."""

    def repeat(self, uids: Sequence[int], reason: str) -> "Future[list[ExportEnded]]":
        """Send orders again whose outcome is unknown or that were refused."""

    def close_orders(self, uids: Sequence[int], reason: str) -> "Future[list[int]]":
        """Close orders: they are never sent; the future has those that were."""

    def check_numbers(self) -> object:
        """Check the article numbers of the whole catalogue."""

    def fix_numbers(self, accepted: "Sequence[BadNumber] | None") -> object:
        """Write suggested article numbers to the shop; answered by NumbersFixed and NumbersChecked."""

    def drift_history(self) -> "Future[list[DriftLine]]":
        """All drift, with the lines that were ticked off; here the future is the answer."""

    def tick_drift(self, uid: int, article_number: str) -> object:
        """Note that a person changed this article's stock in Specter; answered by DriftChanged."""

    def untick_drift(self, uid: int, article_number: str, reason: str = "") -> object:
        """Take back the last tick of this; answered by DriftChanged."""

    def stock_rows(self) -> object:
        """Read the rows of Specter's stock that only a person can settle; answered by StockRowsChanged."""

    def stock_row_history(self) -> "Future[list[RowForPerson]]":
        """The same with those that were settled; here the future is the answer."""

    def settle_stock_row(self, name: str, reason: str) -> "Future[RowForPerson]":
        """Note that a person has seen to a row."""

    def reopen_stock_row(self, name: str) -> "Future[RowForPerson]":
        """Let a row that was settled wait for a person again."""

    def deliveries(self, limit: int) -> "Future[list[DeliveryRecord]]":
        """Return what Specter said last of orders, at most `limit` of the newest; nothing is told beside the future."""

    def export_articles(self, *, everything: bool = False) -> object:
        """Send the articles that differ from what was sent, or all; answered by Progress and ArticlesExported."""

    def pull_stock(self, *, everything: bool = False) -> object:
        """Bring stock home from Specter, what changed or all of it; answered by StockApplied."""

    def read_methods(self) -> object:
        """Read the shop's ways to send and to pay; answered by MethodsRead."""

    def check_service_articles(self) -> "ServiceArticles":
        """Which of the six service articles the settings name; asks nobody."""

    def create_service_articles(self) -> object:
        """Make the service articles in Specter; answered by ServiceArticles."""

    def report(self, day: "date") -> object:
        """The report of one day; answered by ReportReady."""

    def shut_down(self) -> object:
        """Take no new work, finish the calls in flight, then stop; answered by Draining and Stopped."""


@runtime_checkable
class SupervisorLike(Protocol):
    """Several shops: an engine for each (None: it cannot be), what people call them, and files that were refused."""

    @property
    def engines(self) -> "Mapping[int, EngineLike | None]":
        """By shop number, in their order; the first has one."""

    @property
    def names(self) -> Mapping[int, str]:
        """By shop number."""

    @property
    def refused(self) -> Mapping[str, Sequence[str]]:
        """Names of settings files that cannot be used, and why."""

    def shut_down(self) -> object:
        """As an engine's: the end of all of them is told by one Stopped."""


class Hear(Protocol):
    """What an engine tells everything to; one of several with the shop's number."""

    def __call__(self, message: "Message", shop: int = 0) -> None:
        """Hear a message; never waits."""


OpenEngine = Callable[[Hear], EngineLike | SupervisorLike]
"""Opens the engine, or a supervisor of several, with the listener it tells everything to."""
