"""Steps that may make an order too many at Specter. Each copy is held before the operator until it is deleted."""

import re
import secrets
from dataclasses import replace
from datetime import datetime
from decimal import Decimal

from specter_tui.engine.orders.duplicates import DuplicateAnswer
from specter_tui.engine.orders.missing_articles import names_an_article
from specter_tui.engine.probe.order_steps import ExportedOrder, exported_order
from specter_tui.engine.probe.privacy import STRUCK
from specter_tui.engine.probe.run import ProbeEnded, ProbeRun
from specter_tui.engine.probe.specter_calls import to_specter
from specter_tui.engine.probe.step import StepReport
from specter_tui.journal.probe_models import KEPT_COPY, NO_COPY
from specter_tui.journal.repositories.orders import Orders
from specter_tui.journal.repositories.probe_facts import ProbeSteps
from specter_tui.specter.errors import NotSent, Refused, SpecterFailure
from specter_tui.specter.order_forms import OrderForm, OrderRow
from specter_tui.specter.replies import is_number

COMMENT = "PROVKOPIA, RADERA"
_WORD = "kopia"
_EXTERNAL = "external"
"""The external number sent: a value that the journal keeps of a step, and the protocol leaves out."""
_TELLING = re.compile(r"[^\W\d_]{4,}")
"""A word that a pattern needs: a code alone may be that of other refusals, too."""
_NO_ANSWER = frozenset({"none", "ingen"})


async def learn_duplicate(run: ProbeRun, report: StepReport) -> None:
    """D3: the order again, once, under the same external number."""
    order = await _order_to_copy(run, report)
    if order is None:
        return
    external = order.entry.external_no or ""
    refusal = await _submit(run, report, order, _copy_of(order, external_order_no=external))
    if refusal is None:
        report.fact("duplicate", {"answer": "accepted"})
        report.setting("SPECTER__REFUSES_DUPLICATES", "false")
        report.note("duplicate_accepted")
        return
    text = run.privacy.sentence(refusal.text)
    report.own.append(refusal.answer)
    known = DuplicateAnswer(run.settings.specter).matches(refusal)
    if not known and not await run.confirm("ask_is_duplicate", code=refusal.code, text=refusal.text):
        report.fact("duplicate", {"answer": "refused", "code": refusal.code, "text": text}, sure=False)
        report.leave_open("refused_for_another_reason", code=refusal.code, text=text)
        return
    names = order.entry.specter_number is not None and order.entry.specter_number in refusal.text
    report.fact("duplicate", {"answer": "refused", "code": refusal.code, "text": text, "names_number": names})
    report.setting("SPECTER__REFUSES_DUPLICATES", "true")
    report.note("duplicate_refused", code=refusal.code, text=text)
    if not known:
        pattern = pattern_of(refusal.code, text)
        if _TELLING.search(text) and re.search(pattern, refusal.answer, re.IGNORECASE):
            report.setting("SPECTER__DUPLICATE_ANSWER", pattern)
        else:
            report.tell("duplicate_words", code=refusal.code, text=text)


def pattern_of(code: str, text: str) -> str:
    """Return a pattern over `code;text` for a refusal whose words that may be anyone's are struck."""
    parts = [re.escape(part.strip()).replace("\\ ", " ") for part in text.split(STRUCK)]
    return f"^{re.escape(code)};.*" + ".*".join(part for part in parts if part)


async def learn_unknown_article(run: ProbeRun, report: StepReport) -> None:
    """D6: an order of one row with an article number that nobody has, under an external number of its own."""
    order = await _order_to_copy(run, report)
    if order is None:
        return
    article = f"NOSUCH-{secrets.token_hex(3).upper()}"
    today = datetime.now(run.context.zone)
    rows = order.plan.form.rows if order.plan.form else ()
    row = OrderRow(
        kind="goods",
        article_number=article,
        text=COMMENT,
        unit_price=Decimal(1),
        quantity=Decimal(1),
        vat_percent=rows[0].vat_percent if rows else Decimal(25),
    )
    form = _copy_of(order, external_order_no=f"PROBE-{today:%Y%m%d}", rows=(row,))
    refusal = await _submit(run, report, order, form)
    if refusal is None:
        report.fact("unknown_article", {"answer": "taken"})
        report.note("article_taken")
        report.own.append(article)
    else:
        text = run.privacy.sentence(refusal.text)
        report.fact("unknown_article", {"answer": "refused", "code": refusal.code, "text": text})
        report.own.append(refusal.answer)
        report.tell("article_refused", code=refusal.code, text=text)
        if not names_an_article(refusal.text, [article]):
            report.tell("article_words", code=refusal.code, text=text)


def _copy_of(order: ExportedOrder, **changes: object) -> OrderForm:
    """Return the order's form without all that could send, mail, deliver or capture anything."""
    if order.plan.form is None:
        raise ProbeEnded("order_not_read")
    safe = replace(
        order.plan.form,
        delivery_method="",
        pay_type="",
        pay_type_reference="",
        internal_comment=COMMENT,
        send_mail=False,
        send_mail_to_user=False,
    )
    return replace(safe, **changes)  # type: ignore[arg-type]  # names and types of OrderForm's own.


async def _order_to_copy(run: ProbeRun, report: StepReport) -> ExportedOrder | None:
    """Return the order if a copy may be risked, and the operator typed the word."""
    settings = run.settings.order
    if settings.export_run != "direct" or settings.confirm_customer or settings.confirm_admin:
        report.result = "skipped"
        report.leave_open("copy_not_offered")
        return None
    order = await exported_order(run, report)
    if order is None:
        return None
    if (await run.ask(run.said(f"ask_{report.step.name}", word=_WORD))).casefold() != _WORD:
        report.result = "skipped"
        report.leave_open("copy_not_wanted", step=report.step.name)
        return None
    return order


async def _submit(run: ProbeRun, report: StepReport, order: ExportedOrder, form: OrderForm) -> Refused | None:
    """Send the form; return the refusal, None if Specter made an order, whose number is kept as the copy's.

    Raises SpecterFailure where no answer came: then a copy may exist.
    """
    report.kept[_EXTERNAL] = form.external_order_no
    customer = order.entry.customer_number or ""
    fields = {"customerId", *form.fields()}
    try:
        number = await to_specter(
            run, report, "newOrderSubmit", fields, lambda: run.context.specter.submit_order(customer, form)
        )
    except Refused as refusal:
        report.kept[KEPT_COPY] = NO_COPY
        return refusal
    except NotSent:
        report.kept[KEPT_COPY] = NO_COPY
        raise
    except SpecterFailure:
        report.note("copy_may_exist")
        raise
    report.kept[KEPT_COPY] = number
    run.alias(report, "order", number)
    return None


async def hold_copy(run: ProbeRun, report: StepReport) -> None:
    """D3b, D6b: hold the copy before the operator until its number is typed as deleted; again in every later run."""
    steps = await run.context.journal(ProbeSteps.all, run.accounts)
    made = next((one for one in steps if (one.step, one.subject) == (report.step.settles, report.subject)), None)
    kept = ((made.record or {}) if made else {}).get("kept", {})
    copy, external = kept.get(KEPT_COPY, ""), kept.get(_EXTERNAL, "")
    if made is None or copy == NO_COPY or (made.result == "skipped" and not copy):
        report.note("no_copy")
        return
    if copy:
        while (typed := await _asked(run, "ask_delete_copy", number=copy)) != copy:
            run.show("not_that_number", typed=typed[:20], number=copy)
        report.note("copy_deleted")
        return
    # Killed, or without an answer: only Specter's own screen can say whether there is a copy.
    report.note("copy_may_exist")
    entry = await run.context.journal(Orders.entry, int(report.subject))
    if not external:
        external = (entry.external_no if entry and report.step.settles == "D3" else None) or "PROBE-"
    while True:
        typed = await _asked(run, "ask_search_copy", external=external)
        if typed.casefold() in _NO_ANSWER:
            report.note("no_copy")
            return
        if is_number(typed) and await _is_not_ours(run, typed):
            report.note("copy_deleted")
            return
        run.show("not_a_copy", typed=typed[:20])


async def _asked(run: ProbeRun, code: str, **values: object) -> str:
    typed = await run.ask(run.said(code, **values))
    if not typed and not run.interactive:
        raise ProbeEnded("copy_not_confirmed")
    return typed


async def _is_not_ours(run: ProbeRun, number: str) -> bool:
    """Return whether a typed number is no order of the journal: that one must not have been deleted."""
    return await run.context.journal(Orders.by_specter_number, number) is None
