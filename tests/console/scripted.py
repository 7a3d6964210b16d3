"""An engine that only records its calls, and sends the messages of a test."""

from collections.abc import Callable, Sequence
from concurrent.futures import Future
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from typing import Any

from specter_tui.config.settings import Settings, load_settings
from specter_tui.engine import events as m
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
    """Records commands; `answers` maps a command's name to the messages that follow it."""

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

    def record(self, name: str, *values: Any) -> None:
        self.commands.append((name, *values))
        for message in self.answers.get(name, lambda *_: ())(*values):
            self.tell(message)

    def asked(self, name: str) -> list[tuple[Any, ...]]:
        return [command[1:] for command in self.commands if command[0] == name]

    def submit(self, command: Callable[..., Any], *args: Any, **kwargs: Any) -> Future[Any]:
        name = command.__name__
        values = [list(value) if isinstance(value, tuple) else value for value in (*args, *kwargs.values())]
        self.record(name, *values)
        answer: Future[Any] = Future()
        if name in self.fails:
            answer.set_exception(self.fails[name])
        elif name == "drift_history" and self.drifted is None:
            answer.cancel()
        else:
            answer.set_result(self._result(name, *values))
        return answer

    def ask(self, command: Callable[..., Any], word: str) -> Future[m.OrderView]:
        if word not in self.elsewhere:
            self.fails["find"] = LookupError(f"There is no order {word}.")
        return self.submit(command, word)

    def _result(self, name: str, *values: Any) -> Any:
        """Return the result of a command that does not fail."""
        match name, *values:
            case "find", word:
                return self.elsewhere[word]
            case "enter_number", uid, number, _:
                return view(uid, state="exported", specter_number=number, reopenable=True)
            case "reopen", uid, _:
                return view(uid)
            case "close_orders", uids, _:
                return uids
            case "drift_history", *_:
                return self.drifted
            case "stock_row_history", *_:
                return self.rows_settled
            case "settle_stock_row", *_:
                return self.rows_settled[-1] if self.rows_settled else None
            case "delivery_records", *_:
                return self.delivered
            case _:
                return []

    def shut_down(self, *, hung_up: bool = False) -> None:
        self.record("leave")
