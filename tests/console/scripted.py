"""An engine that does nothing but remember what it was asked, and tells what a test says."""

from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import Future
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from typing import Any

from specter_tui.config.settings import Settings, load_settings
from specter_tui.engine import events as m
from specter_tui.engine.articles.service_articles import service_articles_set
from specter_tui.journal.goods_models import DeliveryRecord, DriftLine, RowForPerson
from specter_tui.journal.models import Event
from specter_tui.planning.article_numbers import BadNumber
from specter_tui.planning.orders.plan import Plan
from specter_tui.planning.orders.totals import RateTotal
from specter_tui.planning.problems import Problem
from specter_tui.specter.order_forms import CustomerForm, FormAddress, OrderForm, OrderRow

NOON = datetime(2026, 11, 23, 7, 0, tzinfo=UTC)
ENVIRONMENT = {
    "ABICART__WEBSHOP": "22222",
    "ABICART__AUTH": "secret-shop-key",
    "SPECTER__SBM_ID": "1234",
    "SPECTER__API_USER_KEY": "secret-key-one",
    "SPECTER__INTEGRATION_KEY": "secret-key-two",
    "ORDER__SINCE": "2026-01-01",
    "UI__LANGUAGE": "en",
    "LANG": "en_GB",
}


def settings_of(**more: str) -> Settings:
    return load_settings(None, ENVIRONMENT | more)


def view(uid: int, **more: Any) -> m.OrderView:
    ready: dict[str, Any] = {
        "number": str(1000 + uid),
        "state": "ready",
        "customer": f"Customer {uid}",
        "total": Decimal("100.50") * uid,
        "currency": "SEK",
        "ordered": NOON - timedelta(hours=uid),
        "payment_status": "paid",
        "form_hash": f"hash-{uid}",
        "seen_hash": f"hash-{uid}",
    }
    return m.OrderView(uid=uid, **(ready | more))


def plan_of(view: m.OrderView, *rows: OrderRow, **more: Any) -> Plan:
    address = FormAddress(
        attention=view.customer, row_1="Storgatan 1", postcode="111 22", city="Stockholm", country="SE"
    )
    given: dict[str, Any] = {
        "customer": CustomerForm(
            is_company=False,
            first_name="Åsa",
            last_name="Öberg",
            email="asa@example.se",
            invoice=address,
            delivery=address,
        ),
        "form": OrderForm(
            external_order_no=view.number,
            currency="SEK",
            language="SV",
            rows=rows or (row("KAFFE-1"), row("FRAKT", kind="delivery")),
        ),
        "currency": "SEK",
        "expected": view.total,
        "modelled": view.total,
        "rates": (
            RateTotal(25, Decimal("80.00"), Decimal("20.00")),
            RateTotal(12, Decimal("100.00"), Decimal("12.00")),
        ),
    }
    return Plan(uid=view.uid, number=view.number, external_no=view.number, **(given | more))


def row(article: str, **more: Any) -> OrderRow:
    given: dict[str, Any] = {
        "kind": "goods",
        "text": "Brewed coffee, dark",
        "unit_price": Decimal("79.2"),
        "quantity": Decimal(2),
        "vat_percent": 25,
    }
    return OrderRow(article_number=article, **(given | more))


def event(event_id: int, uid: int = 1, verb: Any = "exported", **more: Any) -> Event:
    given: dict[str, Any] = {
        "order_number": str(1000 + uid),
        "at": NOON + timedelta(seconds=event_id),
        "operator": "anna",
        "host": "kassa",
        "from_state": "sending",
        "to_state": "exported",
        "step": "order",
        "reason": "",
        "message": "",
        "specter_number": str(90000 + uid),
        "duration_ms": 212,
    }
    return Event(id=event_id, uid=uid, verb=verb, **(given | more))


def bad_number(uid: int = 7, number: str = "TE Å", suggestion: str = "TE-A", name: str = "Tea") -> BadNumber:
    return BadNumber(
        uid,
        None,
        name,
        number,
        Problem("characters", "articleNumber", (("number", number), ("characters", "Å"))),
        suggestion,
    )


def drift_line(uid: int = 4, article: str = "KAFFE-1", sent: int = 2, now: int = 3, **more: Any) -> DriftLine:
    given: dict[str, Any] = {"order_number": str(1000 + uid), "seen_at": NOON, "ticked_by": None, "ticked_at": None}
    return DriftLine(uid=uid, article_number=article, sent=Decimal(sent), now=Decimal(now), **(given | more))


def delivery(uid: int = 4, **more: Any) -> DeliveryRecord:
    given: dict[str, Any] = {
        "order_number": str(1000 + uid),
        "specter_number": str(90000 + uid),
        "delivered": True,
        "cancelled": False,
        "tracking": "SE9",
        "seen_at": NOON,
        "marked_at": NOON,
        "problem": "",
    }
    return DeliveryRecord(uid=uid, **(given | more))


class ScriptedEngine:
    """Remembers commands; `answers` maps a command's name to what is told when it comes."""

    def __init__(self, tell: Callable[[m.Message], None], settings: Settings) -> None:
        self.tell = tell
        self.settings = settings
        self.commands: list[tuple[Any, ...]] = []
        self.delivered: list[DeliveryRecord] = []
        self.rows_settled: list[RowForPerson] = []
        self.drifted: list[DriftLine] | None = None
        self.elsewhere: dict[str, m.OrderView] = {}
        self.fails: dict[str, Exception] = {}
        self.answers: dict[str, Callable[..., Sequence[m.Message]]] = {}

    def _note(self, name: str, *values: Any) -> None:
        self.commands.append((name, *values))
        for message in self.answers.get(name, lambda *_: ())(*values):
            self.tell(message)

    def asked(self, name: str) -> list[tuple[Any, ...]]:
        return [command[1:] for command in self.commands if command[0] == name]

    def poll(self) -> None:
        self._note("look")

    def accept_count(self, reason: str, seen: m.CountGap) -> None:
        self._note("accept_count", reason, seen)

    def export(self, uids: Sequence[int], seen: Mapping[int, str | None] | None = None) -> Future[list[m.ExportEnded]]:
        self._note("export", list(uids), dict(seen or {}))
        return self._answer("export", [])

    def _answer(self, name: str, result: Any) -> Future[Any]:
        """What a command's future has: what a test put into `fails`, else this."""
        answer: Future[Any] = Future()
        if name in self.fails:
            answer.set_exception(self.fails[name])
        else:
            answer.set_result(result)
        return answer

    def preview(self, uid: int) -> None:
        self._note("preview", uid)

    def sum_up(self, uids: Sequence[int]) -> None:
        self._note("sum_up", list(uids))

    def find(self, word: str) -> Future[m.OrderView]:
        self._note("find", word)
        answer: Future[m.OrderView] = Future()
        found = self.elsewhere.get(word)
        if found is None:
            answer.set_exception(LookupError(f"There is no order {word}."))
        else:
            answer.set_result(found)
        return answer

    def history(self, uid: int) -> None:
        self._note("history", uid)

    def activity(self, since: datetime) -> None:
        self._note("activity", since)

    def set_auto(self, on: bool) -> None:
        self._note("set_auto", on)

    def enter_number(self, uid: int, number: str, reason: str = "") -> Future[m.OrderView]:
        self._note("enter_number", uid, number, *([reason] if reason else []))
        return self._answer("enter_number", view(uid, state="exported", specter_number=number, number_by="person"))

    def reopen(self, uid: int, reason: str) -> Future[m.OrderView]:
        self._note("reopen", uid, reason)
        return self._answer("reopen", view(uid))

    def stop(self, reason: str) -> None:
        self._note("stop", reason)

    def resume(self, reason: str) -> None:
        self._note("resume", reason)

    def untick_drift(self, uid: int, article_number: str, reason: str = "") -> None:
        self._note("untick_drift", uid, article_number, reason)

    def repeat(self, uids: Sequence[int], reason: str) -> Future[list[m.ExportEnded]]:
        self._note("repeat", list(uids), reason)
        return self._answer("repeat", [])

    def close_orders(self, uids: Sequence[int], reason: str) -> Future[list[int]]:
        self._note("close_orders", list(uids), reason)
        answer: Future[list[int]] = Future()
        answer.set_result(list(uids))
        return answer

    def check_numbers(self) -> None:
        self._note("check_numbers")

    def fix_numbers(self, accepted: Sequence[BadNumber] | None) -> None:
        self._note("fix_numbers", accepted if accepted is None else list(accepted))

    def drift_history(self) -> Future[list[DriftLine]]:
        self._note("drift_history")
        answer: Future[list[DriftLine]] = Future()
        if self.drifted is None:
            answer.cancel()
        else:
            answer.set_result(self.drifted)
        return answer

    def tick_drift(self, uid: int, article_number: str) -> None:
        self._note("tick_drift", uid, article_number)

    def stock_rows(self) -> None:
        self._note("stock_rows")

    def stock_row_history(self) -> Future[list[RowForPerson]]:
        return self._answer("stock_row_history", self.rows_settled)

    def settle_stock_row(self, name: str, reason: str) -> Future[RowForPerson]:
        self._note("settle_stock_row", name, reason)
        return self._answer("settle_stock_row", self.rows_settled[-1] if self.rows_settled else None)

    def reopen_stock_row(self, name: str) -> None:
        self._note("reopen_stock_row", name)

    def deliveries(self, limit: int) -> Future[list[DeliveryRecord]]:
        answer: Future[list[DeliveryRecord]] = Future()
        answer.set_result(self.delivered)
        return answer

    def export_articles(self, *, everything: bool = False) -> None:
        self._note("export_articles", everything)

    def pull_stock(self, *, everything: bool = False) -> None:
        self._note("pull_stock", everything)

    def read_methods(self) -> None:
        self._note("read_methods")

    def check_service_articles(self) -> m.ServiceArticles:
        return service_articles_set(self.settings.order)

    def create_service_articles(self) -> None:
        self._note("create_service_articles")

    def report(self, day: date) -> None:
        self._note("report", day)

    def shut_down(self) -> None:
        self._note("leave")
