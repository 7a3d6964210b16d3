"""Step A7: the paths of the last orders' documents, their JSON types, and how often they are filled; never a value."""

import re
from collections import Counter, defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from decimal import Decimal
from typing import Any

from specter_tui.abicart.catalog_models import folded
from specter_tui.abicart.models import Order, UnreadableOrder
from specter_tui.abicart.texts_by_language import by_language
from specter_tui.engine.probe.last_orders import last_orders, parsed
from specter_tui.engine.probe.run import ProbeRun
from specter_tui.engine.probe.step import StepReport
from specter_tui.planning.orders.person_names import company_name

_MAPS = frozenset({"choices"})
"""Keys of objects whose own keys are free: choices by their names."""
_OWN = "customer.info"
_KNOWN_OF_INFO = frozenset({"type", "email", "nin", "vatNumber", "company", "companyName"})
# Where a company's name is looked for, in this order (wires: A-company).
_COMPANY_PATHS = (
    "customer.address.company", "customer.address.companyName", "customer.info.company", "customer.info.companyName",
    "customer.company", "customer.companyName", "customer.name", "customer.address.name",
    "customer.deliveryAddress.company",
)  # fmt: skip
_COMPANY_WORDS = ("company", "foretag", "firma", "organisation", "organization", "business", "bolag")
_KNOWN_WORDS = """
uid orderNumber externalOrderNumber ordered changed discarded customer currency costs discountInfo delivery
paymentStatus deliveryStatus note language items payments info address deliveryAddress copyAddress company
companyName firstName lastName name address2 postcode town country phone phoneMobile vatNumber email nin type cart
total payment shipment unit incVat exVat vat vatRate rate discount article articleNumber articleName choices method
status amount externalRef quantity *
"""
_KNOWN_PARTS = frozenset(_KNOWN_WORDS.split())
_MOST_PATHS = 200
_MANY_ORDERS = 5
_NO_NAME = re.compile("vat|nin|number|nummer|mail|phone|reference|nr$|no$")
"""Keys that companies have, too, and that hold no name."""
_NUMBER = frozenset({"integer", "number"})
_EXPECTED_TYPES = {
    ".uid": frozenset({"integer"}),
    ".orderNumber": frozenset({"text"}),
    ".ordered": frozenset({"text"}),
    ".changed": frozenset({"text"}),
    ".incVat": _NUMBER,
    ".exVat": _NUMBER,
    ".vat": _NUMBER,
    ".vatRate": _NUMBER,
    ".amount": _NUMBER,
    ".quantity": _NUMBER,
    ".discarded": frozenset({"flag"}),
}
"""The JSON types of values, by the end of their path."""


async def learn_documents(run: ProbeRun, report: StepReport) -> None:
    """A7: read the last 50 orders, and keep of them what names nobody."""
    orders = await last_orders(run, report)
    if not orders:
        report.leave_open("no_orders")
        return
    report.note("orders_read", count=len(orders))
    filled, present = Counter[str](), Counter[str]()
    fills: list[set[str]] = []
    types: defaultdict[str, set[str]] = defaultdict(set)
    percent = False
    for order in orders:
        seen, there = set(), set()
        for path, value in _leaves(order, ()):
            there.add(path)
            percent = percent or _is_percent(path, value)
            types[path].add(_type_of(value))
            if value not in (None, "", [], {}):
                seen.add(path)
        filled.update(seen)
        fills.append(seen)
        present.update(there)
    await _own_fields(run, report, filled)
    _company(run, report, orders, fills)
    _paths(run, report, filled, types, present)
    _types(report, types)
    if percent:
        report.tell("rate_in_percent")
    _unreadable(run, report, orders)


def _is_percent(path: str, value: Any) -> bool:
    return path.endswith(".vatRate") and isinstance(value, int | Decimal) and not -1 <= value <= 1


def _types(report: StepReport, types: Mapping[str, set[str]]) -> None:
    """Name what comes in another JSON type than it is known in; most of it is read all the same."""
    for path, found in sorted(types.items()):
        expected = next((one for end, one in _EXPECTED_TYPES.items() if f".{path}".endswith(end)), None)
        if expected and (other := found - expected - {"null"}):
            report.tell("other_type", path=path, types="/".join(sorted(other)), expected="/".join(sorted(expected)))


def _leaves(value: Any, above: tuple[str, ...]) -> Iterator[tuple[str, Any]]:
    """Yield the path of each value that is no object; `[]` is any place of a list, `*` any free key."""
    if isinstance(value, Mapping) and value and not by_language(value):
        for key, one in value.items():
            free = bool(above) and above[-1] in _MAPS and key != "quantity"
            yield from _leaves(one, (*above, "*" if free else str(key)))
    elif isinstance(value, list) and value:
        for one in value:
            yield from _leaves(one, (*above[:-1], f"{above[-1]}[]") if above else ("[]",))
    else:
        yield ".".join(above), value


def _type_of(value: Any) -> str:
    match value:
        case None:
            return "null"
        case bool():
            return "flag"
        case int():
            return "integer"
        case Decimal() | float():
            return "number"
        case str():
            return "text"
        case Mapping():
            return "text by language" if value else "object"
        case _:
            return "list"


async def _own_fields(run: ProbeRun, report: StepReport, filled: Mapping[str, int]) -> None:
    """Find the checkout's own fields; their names are mailed only if the operator says so."""
    depth = len(_OWN.split("."))
    names = {path.split(".")[depth].removesuffix("[]") for path in filled if path.startswith(f"{_OWN}.")}
    own = sorted(names - _KNOWN_OF_INFO)
    nameable = [name for name in own if run.privacy.key(name)]
    report.fact("own_fields", nameable, sure=len(nameable) == len(own), own=True)
    report.note("own_fields", count=len(own))
    if own:
        report.own.append(", ".join(own))
    if len(nameable) < len(own):
        report.leave_open("own_fields_struck", count=len(own) - len(nameable))
    words = await run.ask(run.said("ask_own_fields", fields=", ".join(own))) if own else ""
    chosen = {word.strip() for word in words.split(",")}
    if mailed := [name for name in nameable if name in chosen]:
        run.privacy.know(mailed)
        report.detail("own_fields_named", fields=", ".join(mailed))


def _company(
    run: ProbeRun, report: StepReport, orders: Sequence[Mapping[str, Any]], fills: Sequence[Collection[str]]
) -> None:
    """Find the key of a company's name: one that we read, else one that looks like it, else one of companies alone."""
    filled = Counter(path for one in fills for path in one)
    if found := next((path for path in _COMPANY_PATHS[:6] if filled.get(path)), ""):
        report.fact("company_key", found)
        report.note("company_key", key=found, count=filled[found], orders=len(orders))
        return
    like = [
        path
        for path in filled
        if path.startswith("customer.") and any(word in folded(path.rpartition(".")[2]) for word in _COMPANY_WORDS)
    ]
    like = [path for path in like if path not in _COMPANY_PATHS and run.privacy.identifier(path.rpartition(".")[2])]
    if like:
        best = max(like, key=lambda path: filled[path])
        report.fact("company_key", best)
        report.tell("company_elsewhere", key=best, count=filled[best])
        return
    of_companies = [_is_company(order) for order in orders]
    read = Counter(
        company_name(order.customer, whole=True)[0].replace("/", ".")
        for order, is_one in zip(parsed(run, list(orders)), of_companies, strict=True)
        if is_one and isinstance(order, Order) and company_name(order.customer, whole=True)[1]
    )
    if read:
        (best, count), *_ = read.most_common(1)
        report.fact("company_key", best)
        report.note("company_key", key=best, count=count, orders=len(orders))
        return
    companies = sum(of_companies)
    report.fact("company_key", None, sure=bool(companies))
    if not companies:
        report.leave_open("no_companies")
        return
    report.tell("company_nowhere", count=companies)
    alone = sorted(
        path
        for path in filled
        if path.startswith("customer.")
        and run.privacy.identifier(path.rpartition(".")[2])
        and not _NO_NAME.search(folded(path.rpartition(".")[2]))
        and [path in one for one in fills] == of_companies
    )
    if alone:
        report.tell("company_maybe", keys=", ".join(alone))


def _is_company(order: Mapping[str, Any]) -> bool:
    customer = order.get("customer")
    info = customer.get("info") if isinstance(customer, Mapping) else None
    kind = info.get("type") if isinstance(info, Mapping) else None
    return isinstance(kind, str) and any(word in folded(kind) for word in _COMPANY_WORDS)


def _paths(
    run: ProbeRun,
    report: StepReport,
    filled: Mapping[str, int],
    types: Mapping[str, set[str]],
    present: Mapping[str, int],
) -> None:
    """Keep each path with its types and how often it is filled; unknown names that could be a person's are counted."""
    struck: set[str] = set()
    unknown: set[str] = set()
    orders = max(present.values(), default=0)
    for path in sorted(types)[:_MOST_PATHS]:
        parts = [part.removesuffix("[]") for part in path.split(".")]
        if path.startswith(f"{_OWN}.") and parts[2] not in _KNOWN_OF_INFO:
            continue  # The checkout's own fields are the operator's to name.
        news = [part for part in parts if part not in _KNOWN_PARTS]
        # A key of one order alone may be a value that is used as a key.
        alone = bool(news) and present[path] == 1 and orders >= _MANY_ORDERS
        if alone or not all(run.privacy.identifier(part) for part in news):
            struck.add(path)
            continue
        if news and filled.get(path):
            unknown.add(path)
        report.detail("path", path=path, types="/".join(sorted(types[path])), filled=filled.get(path, 0), orders=orders)
    if unknown:
        report.detail("paths_unread", paths=", ".join(sorted(unknown)))
    if struck:
        report.detail("paths_struck", count=len(struck))


def _unreadable(run: ProbeRun, report: StepReport, orders: list[Mapping[str, Any]]) -> None:
    found = [order for order in parsed(run, orders) if isinstance(order, UnreadableOrder)]
    places = Counter(order.problem.partition(":")[0] for order in found)
    for place, count in places.items():
        report.tell("unreadable", place=run.privacy.sentence(place), count=count, orders=len(orders))
