"""Step A3: the keys of an order that the shop knows, and the schemas of its classes."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from specter_tui.abicart.observation import Observation
from specter_tui.abicart.shop import ORDER_QUERY
from specter_tui.engine.probe.answers import failure_of, pointers_of, rows_of
from specter_tui.engine.probe.run import ProbeRun
from specter_tui.engine.probe.step import StepReport

Path = tuple[str, ...]

_CLASSES = ("Order", "OrderItem", "Payment", "PaymentMethod", "Article", "ArticleVariant", "Shipment", "Customer")
_MOST_CALLS = 40
"""The most calls of the search for unknown keys."""
_MOST_KEYS = 120


async def learn_query(run: ProbeRun, report: StepReport) -> None:
    """A3: ask for one order with every key that exports need; where that is refused, find the keys at fault."""
    answer = await _ask(run, report, leaves(ORDER_QUERY))
    unknown: list[Path] = []
    if rows_of(answer) is None:
        search = _Search(run, report)
        unknown = await search.culprits(leaves(ORDER_QUERY), answer)
        if search.gave_up or not unknown:
            report.leave_open("query_unsettled", **failure_of(run, answer))
        run.memory.query = without(ORDER_QUERY, unknown)
    names = _named(unknown)
    report.fact("unknown_query_keys", names, sure=bool(names) or rows_of(answer) is not None)
    for name in names:
        report.tell("unknown_key", key=name)
    report.note("query", known=len(leaves(ORDER_QUERY)) - len(names), unknown=len(names))
    await _read_schemas(run, report)


async def _ask(run: ProbeRun, report: StepReport, paths: Sequence[Path]) -> Observation:
    return await run.shop(report, "Order.list", query_of(paths), {"limit": 1})


class _Search:
    """The search for keys that the shop refuses: those that it points at first, then by halves."""

    def __init__(self, run: ProbeRun, report: StepReport) -> None:
        self._run = run
        self._report = report
        self._end = report.count + _MOST_CALLS
        self.gave_up = False

    async def culprits(self, paths: Sequence[Path], answer: Observation) -> list[Path]:
        """Return the refused keys among these, which were refused together by this answer."""
        pointed = [path for path in paths if any(_points_at(pointer, path) for pointer in pointers_of(answer))]
        found = [path for path in pointed if await self._refuses([path])]
        rest = [path for path in paths if path not in found]
        if found and not await self._refuses(rest):
            return found
        groups = [[path for path in rest if path[0] == key] for key in dict.fromkeys(path[0] for path in rest)]
        for group in await self._halve(groups):
            found += await self._in_group(group)
        return found

    async def _in_group(self, group: list[Path]) -> list[Path]:
        """Return the refused keys of one part of an order; all of them where the part cannot be expanded."""
        if len(group) == 1 or (await self._refuses(group[:1]) and await self._refuses(group[-1:])):
            return group
        return [path for (path,) in await self._halve([[path] for path in group])]

    async def _halve(self, groups: list[list[Path]]) -> list[list[Path]]:
        """Return the refused ones of groups that are refused together."""
        if self._report.count >= self._end:
            self.gave_up = True
            return []
        if len(groups) == 1:
            return groups
        found: list[list[Path]] = []
        middle = len(groups) // 2
        first, second = groups[:middle], groups[middle:]
        first_refused = await self._refuses([path for group in first for path in group])
        if first_refused:
            found += await self._halve(first)
        if not first_refused or await self._refuses([path for group in second for path in group]):
            found += await self._halve(second)
        return found

    async def _refuses(self, paths: Sequence[Path]) -> bool:
        if not paths or self._report.count >= self._end:
            return False
        return rows_of(await _ask(self._run, self._report, [("uid",), *paths])) is None


def leaves(query: object, above: Path = ()) -> list[Path]:
    """Return the paths of all keys that a query asks for."""
    if isinstance(query, Mapping):
        return [path for key, inner in query.items() for path in leaves(inner, (*above, key))]
    if isinstance(query, list):
        return [(*above, key) for key in query]
    return [above]


def _named(unknown: Sequence[Path]) -> list[str]:
    """Return the names of keys; a part that cannot be expanded has one name for all of its keys."""
    names: dict[str, None] = {}
    for path in unknown:
        whole = [other for other in leaves(ORDER_QUERY) if other[0] == path[0]]
        names[path[0] if len(whole) > 1 and set(whole) <= set(unknown) else ".".join(path)] = None
    return list(names)


def query_of(paths: Sequence[Path]) -> dict[str, Any]:
    """Return the query that asks for these paths."""
    query: dict[str, Any] = {}
    for path in paths:
        inner = query
        for key in path[:-1]:
            if not isinstance(inner.get(key), dict):
                inner[key] = {}
            inner = inner[key]
        inner.setdefault(path[-1], True)
    return query


def without(query: Mapping[str, object], unknown: Sequence[Path]) -> dict[str, Any]:
    """Return the query without these paths and what is below them."""
    return query_of([path for path in leaves(query) if not any(path[: len(one)] == one for one in unknown)])


def _points_at(pointer: str, path: Path) -> bool:
    """Return whether a pointer into the parameters names this key, with or without the place of the query."""
    parts = tuple(part.replace("~1", "/").replace("~0", "~") for part in pointer.split("/") if part)
    return parts[-len(path) :] == path or (bool(parts) and parts[-1] == path[-1])


async def _read_schemas(run: ProbeRun, report: StepReport) -> None:
    """Keep the keys of the classes, and which are read-only; a schema names no person."""
    refused: list[str] = []
    for name in _CLASSES:
        answer = await run.shop(report, f"{name}.getSchema", None)
        keys = list(_keys(run, answer.outcome))
        if not keys:
            refused.append(name)
            continue
        report.detail("schema", name=name, keys=", ".join(keys[:_MOST_KEYS]))
        locked = [key for key in ("externalOrderNumber", "deliveryStatus") if f"{key} (read-only)" in keys]
        if name == "Order" and locked:
            report.tell("read_only_by_schema", keys=", ".join(locked))
    if refused:
        report.detail("schemas_refused", names=", ".join(refused))
    if len(refused) == len(_CLASSES):
        report.tell("no_schemas")


def _keys(run: ProbeRun, schema: object) -> Iterator[str]:
    """Yield the keys of a class as its schema has them."""
    properties = schema.get("properties") if isinstance(schema, Mapping) else None
    if not isinstance(properties, Mapping):
        return
    for key, about in properties.items():
        if not (isinstance(key, str) and run.privacy.identifier(key)):
            continue
        read_only = isinstance(about, Mapping) and about.get("readonly", about.get("readOnly")) is True
        yield f"{key} (read-only)" if read_only else key
