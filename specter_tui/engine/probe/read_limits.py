"""Steps A5 and A6: how much one call may ask for, and what an answer to a wrong call looks like."""

from specter_tui.abicart.document_lists import PAGE, uid_in
from specter_tui.abicart.errors import ShopError
from specter_tui.abicart.jsonrpc import LARGEST_BATCH
from specter_tui.abicart.observation import Observation
from specter_tui.engine.probe.answers import failure_of, pointers_of, rows_of
from specter_tui.engine.probe.run import ProbeRun
from specter_tui.engine.probe.step import StepReport

_LIMITS = (1, 100, 400, 500)
_BATCHES = (LARGEST_BATCH, 10, 5, 2)
_EXPECTED = {"key": -32602, "filter": -32602, "method": -32601, "uid": 9003}
_PASSING = (-32603, -32000)


async def learn_limits(run: ProbeRun, report: StepReport) -> None:
    """A5: ask for longer and longer lists, and send batches of reads."""
    uid = await _longest_list(run, report)
    if uid:
        await _largest_batch(run, report, uid)


async def _longest_list(run: ProbeRun, report: StepReport) -> int:
    """Find the longest list that the shop gives; return an order's uid, 0 where there is none."""
    largest, uid, sure, given = 0, 0, False, 0
    for limit in _LIMITS:
        answer = await run.shop(report, "Order.list", ["uid"], {"limit": limit})
        rows = rows_of(answer)
        if rows is None:
            report.tell("limit_refused", limit=limit, **failure_of(run, answer))
            sure = True
            break
        uid = uid or next(filter(None, map(uid_in, rows)), 0)
        if len(rows) > limit:
            report.tell("limit_ignored", limit=limit, rows=len(rows))
        if len(rows) >= limit:
            largest = limit
        elif run.memory.total is not None and run.memory.total > len(rows):
            largest, sure = max(largest, len(rows)), True  # There are more, and they do not come at once.
            report.tell("limit_capped", limit=limit, rows=len(rows))
            break
        else:
            largest = max(largest, len(rows))
            break  # The shop has no more orders.
        given = limit
    if not uid:
        report.leave_open("no_orders")
        return 0
    sure = sure or given == _LIMITS[-1]
    report.fact("limit_largest", largest, sure=sure)
    report.note("limit_largest", largest=largest)
    if sure and largest < PAGE:
        report.note("limit_small", largest=largest, page=PAGE)
    if not sure:
        report.leave_open("limit_unsure", largest=largest)
    return uid


async def _largest_batch(run: ProbeRun, report: StepReport, uid: int) -> None:
    largest = 0
    call: tuple[str, tuple[object, ...]] = ("Order.get", (uid, ["uid"]))
    if (await run.shop(report, *call[:1], *call[1])).codes[0] == _EXPECTED["method"]:
        report.tell("no_get")
        call = ("Order.list", (["uid"], {"limit": 1}))
    for size in _BATCHES:
        answer = await run.shop_batch(report, [call] * size)
        good = sum(uid_in(one) == uid or isinstance(one, list) for one in answer.outcomes)
        if good == size:
            largest = size
            if not answer.in_order:
                report.note("batch_unordered")
            break
        failed = next((place for place, one in enumerate(answer.outcomes) if isinstance(one, ShopError)), 0)
        report.tell("batch_refused", size=size, **_failed(run, answer, failed))
    report.fact("batch_largest", largest)
    report.note("batch_largest", largest=largest)


def _failed(run: ProbeRun, answer: Observation, place: int) -> dict[str, str]:
    one = Observation(answer.status, answer.content_type, answer.outcomes[place:], answer.codes[place:])
    return failure_of(run, one)


async def learn_errors(run: ProbeRun, report: StepReport) -> None:
    """A6: send four calls that must fail, and look at the answers: status, content type, code, pointer."""
    calls: dict[str, tuple[str, tuple[object, ...]]] = {
        "key": ("Order.list", (["uid", "nosuchkey"], {"limit": 1})),
        "filter": ("Order.list", (["uid"], {"filters": {"/nosuch": {"equals": "1"}}, "limit": 1})),
        "method": ("Order.nosuch", ()),
        "uid": ("Order.get", (1, ["uid"])),
    }
    statuses: set[int] = set()
    for name, (method, params) in calls.items():
        answer = await run.shop(report, method, *params)
        if _is_error(answer):
            statuses.add(answer.status)
            _judge_error(run, report, name, answer)
        elif name == "uid":
            report.note("uid_exists")
        else:
            report.tell(f"wrong_{name}_passes")
    if statuses:
        report.fact("error_http_status", min(statuses) if len(statuses) == 1 else sorted(statuses))
        report.note("error_http_status", statuses=", ".join(map(str, sorted(statuses))))
        if statuses != {200}:
            report.tell("error_http_status", statuses=", ".join(map(str, sorted(statuses))))


def _is_error(answer: Observation) -> bool:
    return isinstance(answer.outcome, ShopError)


def _judge_error(run: ProbeRun, report: StepReport, name: str, answer: Observation) -> None:
    code = answer.codes[0]
    pointer = next(iter(pointers_of(answer)), "")
    report.note(f"wrong_{name}", pointer=run.privacy.sentence(pointer) or "–", **failure_of(run, answer))
    if code in _PASSING:
        report.tell("passing_code", call=name, code=code)
    elif code is None:
        report.tell("no_code", call=name, status=answer.status)
    elif code != _EXPECTED[name]:
        report.tell("other_code", call=name, code=code, expected=_EXPECTED[name])
    if answer.content_type not in ("application/json", "application/json-rpc"):
        report.tell("content_type", call=name)
