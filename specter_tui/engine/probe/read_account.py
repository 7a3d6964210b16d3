"""Steps A1 and A2: the shop itself, and its methods of payment and delivery."""

import json
from collections.abc import Mapping, Sequence
from typing import Any, Literal

from specter_tui.abicart.catalog_models import PaymentMethod, folded, in_language
from specter_tui.abicart.document_lists import uid_in
from specter_tui.abicart.errors import ShopError
from specter_tui.abicart.observation import Observation
from specter_tui.abicart.shop import MANY, read_method
from specter_tui.config.setting_text import setting_text
from specter_tui.engine.probe.answers import failure_of, rows_of
from specter_tui.engine.probe.probe_texts import probe_text
from specter_tui.engine.probe.run import ProbeEnded, ProbeRun
from specter_tui.engine.probe.step import StepReport
from specter_tui.planning.orders.payment_kinds import Kind, kind_of, looks_like

_BASE_CURRENCY = "SEK"
_MOST = 500
_SELECTIONS: tuple[tuple[str, tuple[object, ...]], ...] = (
    ("limit", ({"limit": _MOST},)),
    ("true", (True,)),
    ("none", ()),
)
_PAYMENT_QUERY = ["uid", "active", "type", "name"]
_DELIVERY_QUERY = ["uid", "name"]


async def learn_shop(run: ProbeRun, report: StepReport) -> None:
    """A1: read the shop; its operator says whether it is the right one."""
    uid = run.settings.abicart.webshop
    answer = await run.shop(report, "Webshop.get", uid, ["uid", "name", "baseCurrency", "defaultLanguage"])
    if not isinstance(answer.outcome, Mapping):
        report.tell("webshop_refused", **failure_of(run, answer))
        answer = await run.shop(report, "Webshop.get", uid, True)
    if isinstance(answer.outcome, ShopError):
        raise answer.outcome
    shop: Mapping[str, Any] = answer.outcome if isinstance(answer.outcome, Mapping) else {}
    run.memory.base_currency = _currency(shop.get("baseCurrency"))
    if run.memory.base_currency:
        report.fact("base_currency", run.memory.base_currency)
        report.note("base_currency", currency=run.memory.base_currency)
    else:
        report.tell("no_base_currency")
    if run.memory.base_currency not in ("", _BASE_CURRENCY):
        report.leave_open("base_currency_wrong", currency=run.memory.base_currency, needed=_BASE_CURRENCY)
    if uid_in(shop) not in (0, uid):
        report.tell("other_shop_answers")
    name = in_language(PaymentMethod.model_validate({"uid": 1, "name": shop.get("name")}).name, "sv")
    report.own.append(probe_text("own_shop", run.language, name=name, uid=uid))
    if run.interactive and not await run.confirm("ask_shop", name=name, uid=uid):
        raise ProbeEnded("wrong_shop")


def _currency(value: object) -> str:
    text = value.strip() if isinstance(value, str) else ""
    return text if len(text) == len(_BASE_CURRENCY) and text.isascii() and text.isalpha() else ""


async def learn_methods(run: ProbeRun, report: StepReport) -> None:
    """A2: find the selection with which all methods are listed, and what the payment methods are."""
    payment = await _listed(run, report, "PaymentMethod.list", _PAYMENT_QUERY)
    delivery = await _listed(run, report, "DeliveryMethod.list", _DELIVERY_QUERY)
    _judge_selections(report, payment, delivery)
    raw = max(payment.values(), key=len, default=[])
    ways = [
        (uid_in(part), in_language(_method(part).name, run.language))
        for part in max(delivery.values(), key=len, default=[])
    ]
    report.own += [probe_text("own_delivery", run.language, uid=uid, name=name or "?") for uid, name in ways]
    methods = [_method(part) for part in raw if uid_in(part)]
    run.memory.methods = {method.uid: method for method in methods}
    if not methods:
        report.leave_open("no_payment_methods")
        return
    _name_types(run, report, methods)
    for kind in ("gift_card", "cod"):
        await _settle_kind(run, report, methods, kind)
    _propose_types(run, report, methods)


def _method(raw: object) -> PaymentMethod:
    return read_method(PaymentMethod, uid_in(raw), raw)


async def _listed(run: ProbeRun, report: StepReport, method: str, query: list[str]) -> dict[str, list[Any]]:
    """Return the rows by each selection that passes."""
    found: dict[str, list[Any]] = {}
    refused: dict[str, Observation] = {}
    for name, selection in _SELECTIONS:
        answer = await run.shop(report, method, query, *selection)
        rows = rows_of(answer)
        if rows is None:
            refused[name] = answer
        else:
            found[name] = rows
    for name, answer in refused.items():
        report.tell("selection_refused", method=method, selection=name, **failure_of(run, answer))
    return found


def _judge_selections(report: StepReport, payment: Mapping[str, list[Any]], delivery: Mapping[str, list[Any]]) -> None:
    both = [name for name, _ in _SELECTIONS if name in payment and name in delivery]
    if not both:
        report.leave_open("methods_unlisted")
        return
    sizes = {name: (len(payment[name]), len(delivery[name])) for name in both}
    best = max(both, key=lambda name: sizes[name])
    report.fact("methods_selection", best)
    report.note("methods_selection", selection=best, payment=sizes[best][0], delivery=sizes[best][1])
    fewer = [name for name in both if sizes[name] != sizes[best]]
    if fewer:
        report.tell("selection_shorter", selections=", ".join(fewer), best=best)
    if max(sizes[best]) >= MANY:
        report.tell("many_methods", count=max(sizes[best]))


def _name_types(run: ProbeRun, report: StepReport, methods: Sequence[PaymentMethod]) -> None:
    types, others = run.privacy.enumeration(method.type for method in methods)
    report.fact("payment_types", types, sure=not others)
    report.note("payment_types", types=", ".join(types) or "–", methods=len(methods))
    if others:
        report.leave_open("types_struck", count=others)
    if unreadable := sum(bool(method.unreadable) for method in methods):
        report.tell("methods_unreadable", count=unreadable)
    for method in methods:
        name = in_language(method.name, run.language)
        report.own.append(probe_text("own_payment", run.language, uid=method.uid, type=method.type or "?", name=name))


_SETTING: dict[Kind, Literal["gift_card_methods", "cod_methods"]] = {
    "gift_card": "gift_card_methods",
    "cod": "cod_methods",
}


async def _settle_kind(run: ProbeRun, report: StepReport, methods: Sequence[PaymentMethod], kind: Kind) -> None:
    """Find the methods of a kind: as set, as they look, or as the operator says."""
    order = run.settings.order
    known = [method for method in methods if kind_of(method, order) == kind]
    looking = [method for method in methods if looks_like(method, order) == kind]
    chosen = await _choose(run, methods, kind, [*known, *looking])
    found = looking if chosen is None else [method for method in chosen if method not in known]
    if chosen is not None:
        for method in (one for one in looking if one not in chosen):
            report.note("no_such_kind", uid=method.uid)
    added = [_name_of(run, method, methods) for method in found]
    types, _ = run.privacy.enumeration(method.type for method in (*known, *found))
    report.fact("gift_card_types" if kind == "gift_card" else "cod_types", types, sure=chosen is not None or not found)
    if added:
        name = f"ORDER__{_SETTING[kind].upper()}"
        report.setting(name, ",".join(filter(None, (setting_text(run.settings, name), *added))))
        report.tell(f"new_{kind}_type", types=", ".join(added))
    if kind == "gift_card":
        run.memory.gift_cards = {method.uid for method in (*known, *found)}


async def _choose(
    run: ProbeRun, methods: Sequence[PaymentMethod], kind: Kind, seeming: Sequence[PaymentMethod]
) -> list[PaymentMethod] | None:
    """Ask which methods are of a kind; None where nobody answers, and the looks must do."""
    if not run.interactive:
        return None
    lines = [
        f"  {method.uid}  {method.type}  {in_language(method.name, run.language)}"
        + ("  *" if method in seeming else "")
        for method in methods
    ]
    words = await run.ask("\n".join([probe_text(f"ask_{kind}", run.language), *lines]))
    if not words:
        return list(seeming)
    uids = {int(word) for word in words.replace(",", " ").split() if word.isdecimal()}
    return [method for method in methods if method.uid in uids]


def _name_of(run: ProbeRun, method: PaymentMethod, methods: Sequence[PaymentMethod]) -> str:
    """Return the word by which a setting names the method: its type, or its uid where others share the type."""
    kept, _ = run.privacy.enumeration([method.type])
    alone = sum(folded(one.type) == folded(method.type) for one in methods) == 1
    return method.type if kept and alone and "," not in method.type else str(method.uid)


def _propose_types(run: ProbeRun, report: StepReport, methods: Sequence[PaymentMethod]) -> None:
    """Show a skeleton of ORDER__PAYMENT_TYPES; where the setting has entries, propose those that are missing."""
    present = run.settings.order.payment_types
    named = {name.casefold() for name in present}
    missing = [
        _name_of(run, method, methods)
        for method in methods
        if method.active
        and method.uid not in run.memory.gift_cards
        and str(method.uid) not in named
        and method.type.casefold() not in named
    ]
    skeleton = {**present, **dict.fromkeys(missing, "")}
    if missing and any(present.values()):
        report.setting("ORDER__PAYMENT_TYPES", json.dumps(skeleton, ensure_ascii=False))
    elif missing:
        report.note("types_skeleton", skeleton=json.dumps(skeleton, ensure_ascii=False))
