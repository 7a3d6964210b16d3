"""Step A8: the words of statuses and types in the last orders, and whether their payments add up."""

from collections import Counter
from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from specter_tui.abicart.catalog_models import folded
from specter_tui.abicart.models import Order, Payment
from specter_tui.abicart.shop import MANY
from specter_tui.config.setting_text import setting_text
from specter_tui.engine.probe.answers import failure_of, rows_of, text_in
from specter_tui.engine.probe.last_orders import last_orders, methods_of, parsed
from specter_tui.engine.probe.run import ProbeRun
from specter_tui.engine.probe.step import StepReport
from specter_tui.planning.orders.payment_kinds import kind_of, looks_like
from specter_tui.planning.orders.payments import has_money

_HALF_KRONA = Decimal("0.5")
_PAYMENT_WORDS = frozenset({"unpaid", "reserved", "paid"})
_STATUS_WORDS = frozenset({"unpaid", "reserved", "paid", "cancelled", "error", "prepared"})
_PACKAGE_WORDS = ("package", "bundle", "paket", "kit", "set")
_ORDINARY_TYPES = frozenset({"article", "product", "standard", ""})


async def learn_words(run: ProbeRun, report: StepReport) -> None:
    """A8: list the words, and settle whether the total is before or after a gift card."""
    documents = await last_orders(run, report)
    if documents:
        _words(run, report, "paymentStatus", [text_in(order, "paymentStatus") for order in documents], _PAYMENT_WORDS)
        _words(run, report, "deliveryStatus", [text_in(order, "deliveryStatus") for order in documents], None)
        _words(run, report, "payments.status", list(_payment_statuses(documents)), _STATUS_WORDS)
        await _payments(run, report, documents)
    else:
        report.leave_open("no_orders")
    await _article_types(run, report)


def _words(run: ProbeRun, report: StepReport, key: str, values: list[str], known: frozenset[str] | None) -> None:
    kept, struck = run.privacy.enumeration(values)
    counts = Counter(values)
    report.note("words", key=key, words=", ".join(f"{word} × {counts[word]}" for word in kept) or "–")
    if struck:
        report.leave_open("words_struck", key=key, count=struck)
    new = [word for word in kept if known is not None and word.casefold() not in known]
    if new:
        report.tell("new_words", key=key, words=", ".join(new))


def _payment_statuses(documents: list[Mapping[str, Any]]) -> list[str]:
    found = []
    for order in documents:
        payments = order.get("payments")
        found += [text_in(payment, "status") for payment in payments] if isinstance(payments, list) else []
    return found


async def _payments(run: ProbeRun, report: StepReport, documents: list[Mapping[str, Any]]) -> None:
    methods = await methods_of(run, report)
    cards = run.memory.gift_cards or {
        uid
        for uid, method in methods.items()
        if kind_of(method, run.settings.order) == "gift_card" or looks_like(method, run.settings.order) == "gift_card"
    }
    uses = Counter[str]()
    before, after, apart = 0, 0, 0
    for order in parsed(run, documents):
        if not isinstance(order, Order):
            continue
        uses.update(methods[one.method].type for one in order.payments if one.method in methods)
        held = [one for one in order.payments if has_money(one.status) and one.amount is not None]
        spent = _sum([one for one in held if one.method in cards])
        rest, total = _sum([one for one in held if one.method not in cards]), order.costs.total.inc_vat
        if spent > _HALF_KRONA and rest >= 0:
            before += abs(rest + spent - total) <= _HALF_KRONA
            after += abs(rest - total) <= _HALF_KRONA < spent
        elif held and abs(rest - total) > _HALF_KRONA:
            apart += 1
    kept, _ = run.privacy.enumeration(uses)
    report.note("method_uses", uses=", ".join(f"{word} × {uses[word]}" for word in kept) or "–")
    if apart:
        report.tell("payments_apart", count=apart)
    if before or after:
        report.fact("total_before_gift_card", before >= after, sure=not (before and after))
        report.note("total_before_gift_card" if before >= after else "total_after_gift_card")
        if after:
            report.tell("total_after_gift_card")
    else:
        report.leave_open("no_gift_cards_used")


def _sum(payments: list[Payment]) -> Decimal:
    return sum((one.amount for one in payments if one.amount), Decimal(0))


async def _article_types(run: ProbeRun, report: StepReport) -> None:
    answer = await run.shop(report, "Article.list", ["uid", "type", "content"], {"limit": MANY})
    rows = rows_of(answer)
    if rows is None:
        report.tell("articles_refused", **failure_of(run, answer))
        return
    types = Counter(text_in(row, "type") for row in rows)
    kept, struck = run.privacy.enumeration(types)
    report.fact("article_types", kept, sure=bool(rows) and not struck)
    report.note("words", key="Article.type", words=", ".join(f"{word} × {types[word]}" for word in kept) or "–")
    if struck:
        report.leave_open("words_struck", key="Article.type", count=struck)
    known = {folded(word) for word in run.settings.order.package_types}
    packages = [word for word in kept if any(part in folded(word) for part in _PACKAGE_WORDS)]
    news = [word for word in packages if folded(word) not in known]
    if news:
        name = "ORDER__PACKAGE_TYPES"
        report.setting(name, ",".join(filter(None, (setting_text(run.settings, name), *news))))
        report.tell("package_types", types=", ".join(news))
    others = [word for word in kept if folded(word) not in {*known, *_ORDINARY_TYPES} and word not in packages]
    if others:
        report.tell("article_types", types=", ".join(others))
