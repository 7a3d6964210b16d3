"""Compare the amounts that Specter shows for an exported order with the ways in which it may round."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from specter_tui.config.settings import SpecterSettings
from specter_tui.config.settings_changes import SettingChange
from specter_tui.engine.context import ShopContext
from specter_tui.engine.decisions import InvalidDecision
from specter_tui.engine.orders.reference_data import with_rounding
from specter_tui.engine.outcome_texts import outcome_text
from specter_tui.i18n import Language
from specter_tui.journal.models import Entry, SentRow
from specter_tui.journal.probe_models import Fact, FactName
from specter_tui.journal.repositories.goods.deliveries import Deliveries
from specter_tui.journal.repositories.orders import Orders
from specter_tui.journal.repositories.probe_facts import AccountFacts, FactRecorder
from specter_tui.planning.money import HALF_KRONA, ORE
from specter_tui.planning.rounding_models import (
    RoundingModel,
    RoundingVerdict,
    ShownAmounts,
    gives_total,
    judge,
    total_by,
    ways_apart,
)
from specter_tui.specter.order_forms import OrderRow
from specter_tui.text.numbers import number

_LAST = 50
"""The number of exported orders among which those are looked for that tell models apart."""
_NAMED = 5


@dataclass(frozen=True, slots=True)
class RoundingComparison:
    """The result for one order: the verdict, in sentences, and the settings to change."""

    order_number: str
    verdict: RoundingVerdict
    text: str
    changes: tuple[SettingChange, ...] = ()
    telling: tuple[str, ...] = ()
    """Numbers of exported orders that tell apart what this one cannot."""

    @property
    def for_developers(self) -> tuple[str, ...]:
        """Sentences about what no setting can express."""
        return (self.text,) if self.verdict.outcome in ("whole_kronor", "none") else ()


async def compare_amounts(
    context: ShopContext, uid: int, shown: ShownAmounts, step: str = "compare"
) -> RoundingComparison:
    """Say which ways of rounding give the shown amounts of an exported order; the journal keeps what is certain.

    Raises InvalidDecision where the order or the amounts cannot be compared, JournalError.
    """
    facts = await context.journal(AccountFacts.all, context.settings.accounts)
    settings, language = with_rounding(context.settings, facts).specter, context.settings.ui.language
    entry = await context.journal(Orders.entry, uid)
    if entry is None or entry.state != "exported" or entry.total is None:
        name = entry.order_number if entry else str(uid)
        raise InvalidDecision(outcome_text("compare_not_exported", language, order=name))
    rows = order_rows(await context.journal(Orders.rows, uid))
    _refuse(entry, rows, shown, language)
    now = RoundingModel(settings.rounding, settings.price_decimals)
    verdict = judge(rows, shown, now)
    text = outcome_text(
        f"compare_{verdict.outcome}",
        language,
        order=entry.order_number,
        shown=_money(shown.total, entry, language),
        expected=_money(total_by(rows, now), entry, language),
        now=_lines(now),
        fits=_lines(verdict.proposed) if verdict.proposed else ways(verdict.fitting, language),
    )
    await _keep(context, entry, step, facts, verdict)
    telling: tuple[str, ...] = ()
    if len(verdict.fitting) > 1:
        telling, seen = await _telling(context, verdict.fitting)
        key = "compare_telling" if telling else "compare_not_telling"
        fits = ways(verdict.fitting, language)
        text += " " + outcome_text(key, language, fits=fits, orders=", ".join(telling), count=seen)
    return RoundingComparison(entry.order_number, verdict, text, changes_to(verdict.proposed, settings), telling)


async def _keep(
    context: ShopContext, entry: Entry, step: str, facts: Mapping[str, Fact], verdict: RoundingVerdict
) -> None:
    """Write down what is certain, and that a person looked; a fact that these amounts disprove is forgotten."""
    accounts = context.settings.accounts
    certain = certain_facts(verdict)
    seen: dict[FactName, set[Any]] = {
        "rounding": {"krona" if one.whole_kronor else one.rounding for one in verdict.fitting},
        "price_decimals": {one.price_decimals for one in verdict.fitting},
    }
    disproved = [name for name, fits in seen.items() if fits and name in facts and facts[name].value not in fits]
    await context.journal(FactRecorder.forget, accounts, [name for name in disproved if name not in certain])
    await context.journal(FactRecorder.put, accounts, step, certain)
    if entry.specter_number is not None:
        await context.journal(Deliveries.looked_at, entry.specter_number)


def certain_facts(verdict: RoundingVerdict) -> dict[FactName, object]:
    """Return what all fitting models have in common: the rounding, the decimals; nothing where none fits."""
    roundings = {"krona" if one.whole_kronor else one.rounding for one in verdict.fitting}
    decimals = {one.price_decimals for one in verdict.fitting}
    facts: dict[FactName, object] = {}
    if len(roundings) == 1:
        facts["rounding"] = roundings.pop()
    if len(decimals) == 1:
        facts["price_decimals"] = decimals.pop()
    return facts


def changes_to(proposed: RoundingModel | None, settings: SpecterSettings) -> tuple[SettingChange, ...]:
    """Return the settings that differ from the model."""
    if proposed is None:
        return ()
    told = (
        SettingChange("SPECTER__ROUNDING", settings.rounding, proposed.rounding),
        SettingChange("SPECTER__PRICE_DECIMALS", str(settings.price_decimals), str(proposed.price_decimals)),
    )
    return tuple(one for one in told if one.old != one.new)


def order_rows(sent: Iterable[SentRow]) -> list[OrderRow]:
    """Return the journal's rows of an order as rows of a form; of what kind they were does not matter here."""
    return [
        OrderRow(
            kind="goods",
            article_number=row.article_number,
            text="",
            unit_price=row.unit_price,
            quantity=row.quantity,
            vat_percent=row.vat_percent,
        )
        for row in sent
    ]


def ways(models: Sequence[RoundingModel], language: Language) -> str:
    """Return the models in words, those that differ only in decimals together."""
    told: dict[tuple[bool, str], list[int]] = {}
    for one in models:
        told.setdefault((one.whole_kronor, one.rounding), []).append(one.price_decimals)
    return "; ".join(
        outcome_text(
            "rounding_whole_kronor" if whole else "rounding_way",
            language,
            rounding=rounding,
            decimals=f"{some[0]}-{some[-1]}" if len(some) > 1 else some[0],
        )
        for (whole, rounding), some in told.items()
    )


def _refuse(entry: Entry, rows: Sequence[OrderRow], shown: ShownAmounts, language: Language) -> None:
    """Raise InvalidDecision if the rows are not the order, or the amounts do not belong together."""
    if not rows:
        raise InvalidDecision(outcome_text("compare_no_rows", language, order=entry.order_number))
    if entry.total is None or not gives_total(rows, entry.total):
        raise InvalidDecision(outcome_text("compare_part", language, order=entry.order_number))
    whole = shown.total == shown.total.to_integral_value()
    near = ORE * (len({row.vat_percent for row in rows}) + 1) + (HALF_KRONA if whole else 0)
    if shown.gap > near:
        amounts = {"net": shown.net, "vat": shown.vat, "parts": shown.net + shown.vat, "shown": shown.total}
        told = {name: _money(amount, entry, language) for name, amount in amounts.items()}
        raise InvalidDecision(outcome_text("compare_gap", language, **told))


async def _telling(context: ShopContext, models: Sequence[RoundingModel]) -> tuple[tuple[str, ...], int]:
    """Return the exported orders that tell most of the models apart, and the number of orders looked at."""
    last = await context.journal(Orders.last_exported, _LAST)
    found: list[tuple[int, str]] = []
    for entry in last:
        rows = order_rows(await context.journal(Orders.rows, entry.uid))
        if rows and entry.total is not None and (apart := ways_apart(rows, models)) > 1:
            found.append((apart, entry.order_number))
    found.sort(key=lambda one: -one[0])
    return tuple(order for _, order in found[:_NAMED]), len(last)


def _lines(one: RoundingModel) -> str:
    return f"SPECTER__ROUNDING={one.rounding}, SPECTER__PRICE_DECIMALS={one.price_decimals}"


def _money(amount: Decimal, entry: Entry, language: Language) -> str:
    return f"{number(amount, language, 2)} {entry.currency or ''}".rstrip()
