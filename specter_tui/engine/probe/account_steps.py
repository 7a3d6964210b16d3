"""Steps about the Specter account: the account test, a wrong key, the two queues."""

import re
from datetime import date, datetime
from typing import Any

from specter_tui.engine.concurrency.lease_names import DELIVERIES, STOCK
from specter_tui.engine.concurrency.named_leases import LeaseHeld, named_lease
from specter_tui.engine.probe.run import ProbeRun
from specter_tui.engine.probe.specter_calls import refuse_unless_alone, to_specter
from specter_tui.engine.probe.step import StepReport
from specter_tui.engine.queues.batch_queue import QUEUE_FAILURES, BatchQueue
from specter_tui.errors import text_of_error
from specter_tui.journal.repositories.goods.batches import Batches
from specter_tui.journal.repositories.probe_facts import ProbeSteps
from specter_tui.specter.batch_calls import ACKNOWLEDGE, FETCH, BatchOpen, new_batch_number
from specter_tui.specter.errors import AccountHalted, Refused, ServerFailed, SpecterFailure, UnexpectedStatus
from specter_tui.specter.order_replies import OrderBatch
from specter_tui.specter.stock_replies import StockBatch

_TEST = "checkAccountSettings"
_TEST_FIELDS = ("date", "key", "useXML")
_SHORT_WORD = re.compile("[0-9]{1,2}|[A-Za-z]{1,3}")


def _today(run: ProbeRun) -> date:
    return datetime.now(run.context.zone).date()


async def test_account(run: ProbeRun, report: StepReport) -> None:
    """C1: test keys and account; the operator looks whether the API user's triggers are as before."""
    await _test(run, report)
    report.note("account_accepted")
    answer = (await run.ask(run.said("ask_triggers"))).casefold()
    if answer in ("n", "no", "nej"):
        report.tell("triggers_changed")
    elif not answer:
        report.leave_open("triggers_not_seen")


async def _test(run: ProbeRun, report: StepReport) -> None:
    await to_specter(run, report, _TEST, _TEST_FIELDS, lambda: run.context.specter.check_account(_today(run)))


async def learn_wrong_key(run: ProbeRun, report: StepReport) -> None:
    """C2: the same test with one wrong signature, once; then the right one again."""
    done = {kept.step for kept in await run.context.journal(ProbeSteps.all, run.accounts) if kept.result == "done"}
    if "C1" not in done:
        report.result = "skipped"
        report.leave_open("wrong_key_needs_test")
        return
    specter = run.context.specter
    try:
        await to_specter(
            run, report, _TEST, _TEST_FIELDS, lambda: specter.test_wrong_key(_today(run)), may_refuse_key=True
        )
    except Refused as refusal:
        answer: dict[str, Any] = {"status": 200, "code": refusal.code, "text": run.privacy.sentence(refusal.text)}
        report.note("wrong_key_refused", **answer)
        report.fact("wrong_key_answer", answer)
    except (UnexpectedStatus, ServerFailed) as failure:
        report.note("wrong_key_status", status=failure.status)
        report.tell("wrong_key_status", status=failure.status)
        report.fact("wrong_key_answer", {"status": failure.status})
    except AccountHalted as failure:  # A page with a status of its own, such as 401.
        report.note("wrong_key_halts")
        report.fact("wrong_key_answer", {"status": _status_in(failure)})
    except SpecterFailure as failure:
        report.tell("wrong_key_unreadable", why=run.privacy.sentence(failure.message))
        report.fact("wrong_key_answer", {"text": run.privacy.sentence(failure.message)})
    else:
        report.tell("wrong_key_accepted")
        report.fact("wrong_key_answer", "accepted")
    await _test(run, report)


def _status_in(failure: AccountHalted) -> int | None:
    found = re.search(r"\b[1-5][0-9]{2}\b", failure.message)
    return int(found[0]) if found else None


async def learn_queues(run: ProbeRun, report: StepReport) -> None:
    """C3: fetch a batch of orders and one of stock, each kept in the journal, again, and with another number."""
    refuse_unless_alone(run)
    service, settings = run.service, run.settings
    queues: tuple[tuple[BatchQueue[Any], str, bool], ...] = (
        (service.deliveries.queue, DELIVERIES, settings.delivery.sync),
        (service.stock.queue, STOCK, settings.stock.sync),
    )
    for queue, lease, is_on in queues:
        try:
            async with named_lease(run.context, lease), queue.turn():
                await _learn_queue(run, report, queue, acknowledge=is_on)
        except LeaseHeld:
            report.leave_open("queue_busy", queue=queue.kind)
        except SpecterFailure:
            raise
        except QUEUE_FAILURES as failure:
            report.leave_open("queue_not_ours", queue=queue.kind, why=run.privacy.sentence(text_of_error(failure)))


async def _learn_queue(run: ProbeRun, report: StepReport, queue: BatchQueue[Any], *, acknowledge: bool) -> None:
    batches = queue.batches()
    try:
        number, brought = await anext(batches)
        if brought is None:  # An earlier program has stored it, and not acknowledged it yet.
            brought = await _fetch(run, report, queue, number)
        report.note("batch_fetched", queue=queue.kind)
        _look_into(run, report, brought)
        await _ask_again(run, report, queue, number, brought)
        await _ask_with_another(run, report, queue)
        if acknowledge:
            await to_specter(run, report, ACKNOWLEDGE[queue.kind], ["batchNo"], lambda: queue.acknowledge(number))
            report.note("batch_acknowledged", queue=queue.kind)
        else:
            setting = "DELIVERY__SYNC" if queue.kind == "orders" else "STOCK__SYNC"
            report.leave_open("batch_left_open", queue=queue.kind, setting=setting)
    except StopAsyncIteration:
        report.leave_open("queue_empty", queue=queue.kind)
    finally:
        await batches.aclose()  # type: ignore[attr-defined]  # It is an asynchronous generator.


async def _fetch(run: ProbeRun, report: StepReport, queue: BatchQueue[Any], number: str) -> Any:
    return await to_specter(run, report, FETCH[queue.kind], ["batchNo"], lambda: queue.fetch(number))


async def _ask_again(run: ProbeRun, report: StepReport, queue: BatchQueue[Any], number: str, brought: Any) -> None:
    try:
        again = await _fetch(run, report, queue, number)
    except Refused as refusal:
        report.tell("batch_again_refused", queue=queue.kind, code=refusal.code, text=run.privacy.sentence(refusal.text))
        report.fact("batch_again", "refused")
        return
    except (UnexpectedStatus, ServerFailed) as failure:
        report.tell("batch_again_status", queue=queue.kind, status=failure.status)
        report.fact("batch_again", "refused")
        return
    same = again == brought
    report.fact("batch_again", "same" if same else "empty" if again.empty else "differs")
    if same:
        report.note("batch_same", queue=queue.kind)
    else:
        report.tell("batch_differs", queue=queue.kind)


async def _ask_with_another(run: ProbeRun, report: StepReport, queue: BatchQueue[Any]) -> None:
    """Ask with a new number while a batch is open; if it is served, the journal knows its number."""
    number = new_batch_number()
    await run.context.journal(Batches.begin, queue.kind, number)
    try:
        await _fetch(run, report, queue, number)
    except Refused as refusal:
        await run.context.journal(Batches.forget, queue.kind, number)
        told = {"code": refusal.code, "text": run.privacy.sentence(refusal.text)}
        report.fact("code_99_text", told)
        if isinstance(refusal, BatchOpen) and refusal.numbers:
            report.note("open_batch_named", queue=queue.kind, **told)
        else:
            report.tell("open_batch_not_named", queue=queue.kind, **told)
    except (UnexpectedStatus, ServerFailed) as failure:
        # The journal keeps the number: the next fetch asks with it.
        report.tell("open_batch_status", queue=queue.kind, status=failure.status)
        report.fact("code_99_text", {"status": failure.status})
    else:
        report.tell("second_batch", queue=queue.kind)


def _look_into(run: ProbeRun, report: StepReport, brought: Any) -> None:
    """Say how the rows of a batch differ from what is assumed: stock without a site, other words for a status."""
    if isinstance(brought, StockBatch) and any(not row.site for row in brought.rows):
        report.tell("sites_unnamed")
    if brought.unread:
        reasons = ", ".join(sorted({row.reason for row in brought.unread}))
        report.tell("rows_unread", count=len(brought.unread), reasons=reasons)
    if isinstance(brought, OrderBatch):
        for place, key in enumerate(("deliveryStatus", "statusId")):
            words = {one.words[place] for one in brought.orders}
            short = {word for word in words if _SHORT_WORD.fullmatch(word)}
            kept, _ = run.privacy.enumeration(words - short)
            report.note("words", key=key, words=", ".join(sorted({*short, *kept})) or "–")
