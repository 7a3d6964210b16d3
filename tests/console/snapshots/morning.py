"""One fixed morning in a shop: the engine's messages, and the time of the clock."""

from collections.abc import Sequence
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from specter_tui.engine import events as m
from specter_tui.engine.order_states import OrderState
from specter_tui.journal.goods_models import RefusedArticle, UnknownStock
from specter_tui.planning.articles import ArticleSkip
from specter_tui.planning.day_report import Change, ReportedOrder, report_on
from specter_tui.planning.orders.totals import RateTotal
from specter_tui.planning.problems import Problem
from specter_tui.planning.report_period import ReportPeriod
from tests.console.scripted import NOON, bad_number, delivery, drift_line, event, plan_of, row, view

NOW = NOON + timedelta(minutes=12)
_NAMES = (
    "Åsa Öberg", "Bygg & Färg i Umeå AB", "Karin Ek", "Olle Dahl", "Lars Fors", "Café Kanel HB", "Ulla Ström",
    "Nils Åkerlund", "Måleri Väst AB", "Ingrid Sjö", "Per Lindqvist", "Trädgårdsbutiken på Norra Söder i Sundsvall AB",
)  # fmt: skip
_STATES: tuple[tuple[OrderState, dict[str, Any]], ...] = (
    ("ready", {}),
    ("blocked", {"problems": (
        Problem("article_number", "items[0]", (("case", "bad"), ("name", "Bryggkaffe"), ("number", "KAFFE 1"))),
    )}),
    ("exported", {"write_back": "done"}),
    ("unknown", {"step": "order"}),
    ("exported", {"write_back": "due"}),
    ("waiting", {"payment_status": "pending"}),
    ("refused", {"step": "order", "message": "12; artikel TE-9 saknas"}),
    ("sending", {"step": "customer", "holder": "anna@kassa"}),
    ("exported", {"write_back": "done", "drift": True}),
    ("retry_later", {"step": "order", "retry_at": NOON + timedelta(hours=1)}),
    ("exists", {"step": "order"}),
    ("closed", {"message": "entered by hand"}),
)  # fmt: skip


def order(uid: int) -> m.OrderView:
    """Return the order with this uid; after the first twelve, ready and exported ones."""
    state, more = _STATES[uid - 1] if uid <= len(_STATES) else _STATES[0 if uid % 3 else 2]
    if state == "exported":
        more = {**more, "specter_number": str(90000 + uid)}
    total = Decimal("149.50") * uid + Decimal("0.37")
    at = NOON - timedelta(minutes=17 * uid)
    return view(uid, state=state, customer=_NAMES[uid % len(_NAMES)], total=total, ordered=at, changed=at, **more)


ORDERS = tuple(order(uid) for uid in range(1, 61))
_DONE: tuple[tuple[int, Any, Any, str, int | None, dict[str, Any]], ...] = (
    (3, "claimed", "customer", "sending", None, {}),
    (3, "customer_known", "customer", "sending", 184, {}),
    (3, "exported", "order", "exported", 412, {"specter_number": "90003"}),
    (3, "write_back_done", None, "exported", 96, {"specter_number": "90003"}),
    (4, "claimed", "customer", "sending", None, {}),
    (4, "unknown", "order", "unknown", 30_000, {"message": "The answer never came."}),
    (7, "refused", "order", "refused", 388, {"message": "12; artikel TE-9 saknas"}),
    (12, "closed", None, "closed", None, {"reason": "entered by hand"}),
    (9, "exported", "order", "exported", 1_240, {"specter_number": "90009"}),
    (9, "drift_seen", None, "exported", None, {}),
)
EVENTS = tuple(
    event(number, uid, verb, step=step, to_state=state, duration_ms=took, **({"specter_number": None} | more))
    for number, (uid, verb, step, state, took, more) in enumerate(_DONE, start=1)
)
NUMBERS = m.NumbersChecked(
    412,
    (
        bad_number(7, "KAFFE 1", "KAFFE-1", "Bryggkaffe, mörkrost"),
        bad_number(8, "TE Å", "TE-A", "Te, ångat"),
        bad_number(9, "", "MUGG-1", "Mugg, vit"),
    ),
    (m.ListedNumber(31, "Presentask", "ASK-1"),),
    (m.ListedNumber(32, "Presentkort", "KORT-500"),),
)
DRIFT = (drift_line(9, "KAFFE-1", 2, 3), drift_line(9, "TE-A", 1, 0))
DELIVERIES = (
    delivery(3),
    delivery(5, tracking="", marked_at=None, problem="It is not in the shop any more."),
    delivery(9, delivered=False, cancelled=True, tracking="", marked_at=None),
)
METHODS = m.MethodsRead(
    (m.DeliveryMethodInfo(31, "Paket till ombud"), m.DeliveryMethodInfo(32, "Brev")),
    (
        m.PaymentMethodInfo(7, "Faktura", "invoice", True, False, "", True),
        m.PaymentMethodInfo(5, "Kort", "card", True, False, "12", False),
        m.PaymentMethodInfo(6, "Presentkort", "giftcard", True, True, "", False),
        m.PaymentMethodInfo(8, "Postförskott", "cod", False, False, "", False),
    ),
)
ARTICLES = m.ArticlesExported(
    sent=1999,
    unchanged=3,
    calls=21,
    refused=(RefusedArticle("BAD-1", "x", "Felaktig momskod", NOON),),
    skipped=(ArticleSkip(7, None, "Te", "TE Å", Problem("price", "price", (("case", "missing"), ("name", "Te")))),),
    without_stock=("MUGG-1",),
)
STOCK = m.StockApplied(
    batches=1, rows=12, written=4, unchanged=7, unknown=(UnknownStock("FINNS-EJ", "not_in_shop", NOON),)
)
_RATES = (RateTotal(25, Decimal("800.00"), Decimal("200.00")), RateTotal(12, Decimal("100.00"), Decimal("12.00")))
REPORT = report_on(
    ReportPeriod.of(date(2026, 11, 23)),
    (
        ReportedOrder(number="1003", state="exported", total=Decimal("1112.00"), rates=_RATES, method="Swish"),
        ReportedOrder(
            number="1002",
            state="blocked",
            total=Decimal("1112.00"),
            rates=_RATES,
            reason="Article KAFFE 1: a space.",
            method="Faktura",
        ),
    ),
    (Change(NOON, "1007", "closed", "asa@kassa", "Testköp"),),
)
ROWS = (
    row("KAFFE-1", text="Bryggkaffe, mörkrost 500 g", quantity=Decimal(12)),
    row("TE-A", text="Te, ångat", unit_price=Decimal("49.1"), vat_percent=12, quantity=Decimal(1)),
    row("RABATT", kind="discount", text="Julrabatt", unit_price=Decimal(-20), quantity=Decimal(1)),
    row("FRAKT", kind="delivery", text="Paket till ombud", unit_price=Decimal("47.2"), quantity=Decimal(1)),
)
HOURS = m.ActivityRead(
    tuple(
        m.HourCount(NOON.replace(hour=hour), exported, failed)
        for hour, exported, failed in ((2, 3, 0), (3, 1, 0), (4, 9, 1), (5, 14, 0), (6, 22, 2), (7, 6, 0))
    ),
    len(EVENTS),
)


def summed(uids: Sequence[int]) -> m.SumReady:
    """Return the totals of orders."""
    total = sum((order(uid).total or Decimal(0) for uid in uids), Decimal(0))
    return m.SumReady(
        tuple(uids), (m.CurrencySum("SEK", len(uids), total, _RATES),), {uid: f"hash-{uid}" for uid in uids}
    )


def history(uid: int) -> m.HistoryRead:
    """Return the history of an order."""
    return m.HistoryRead(uid, None, events=tuple(event for event in EVENTS if event.uid == uid))


PREVIEWS = {one.uid: m.PreviewReady(one.uid, plan_of(one, *ROWS), None) for one in ORDERS}
SINCE = m.SinceLeft(
    at=NOON - timedelta(hours=14), exported=41, unknown=1, refused=1, exists=1, drift=2, unsent=30, hung_up=True
)
TOLD: tuple[m.Message, ...] = (
    m.ReachChanged("shop", "ok"),
    m.ReachChanged("specter", "ok"),
    m.OrdersChanged(ORDERS),
    m.LogGrew(EVENTS),
    NUMBERS,
    m.DriftChanged(DRIFT),
    m.DeliveriesChanged(DELIVERIES),
    m.PollFinished(NOON + timedelta(minutes=11), NOON + timedelta(minutes=13)),
)
