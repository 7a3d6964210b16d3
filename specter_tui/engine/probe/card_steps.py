"""Steps about the address: a test address on the customer's card, then the proper card until it is answered."""

from dataclasses import replace

from specter_tui.engine.probe.order_steps import exported_order
from specter_tui.engine.probe.run import ProbeRun
from specter_tui.engine.probe.specter_calls import refuse_unless_alone, to_specter
from specter_tui.engine.probe.step import StepReport
from specter_tui.http.cancellable_reads import ReadCancelled
from specter_tui.specter.errors import Refused

TEST_ADDRESS = "TEST"


async def write_test_address(run: ProbeRun, report: StepReport) -> None:
    """D5: write a second delivery row on the card; the operator looks whether the order that was made shows it.

    The journal stops every program from before this call until the answer to `write_proper_card`.
    """
    order = await exported_order(run, report)
    if order is None or order.plan.customer is None:
        return
    if not order.is_matched:
        report.result = "skipped"
        report.note("customer_own")
        return
    proper = order.plan.customer
    form = replace(proper, delivery=replace(proper.delivery, row_2=TEST_ADDRESS))
    await to_specter(run, report, "newCustomerSubmit", form.fields(), lambda: run.context.specter.submit_customer(form))
    try:
        answer = (await run.ask(run.said("ask_address", number=order.entry.specter_number))).casefold()
    except ReadCancelled:  # The operator leaves: the card is not left as it is.
        await run.service.cards.write(int(report.subject), proper)
        raise
    if answer in ("y", "yes", "j", "ja"):
        report.fact("address_on", "card")
        report.tell("address_on_card")
    elif answer in ("n", "no", "nej"):
        report.fact("address_on", "order")
        report.note("address_on_order")
    else:
        report.leave_open("address_not_seen")


async def write_proper_card(run: ProbeRun, report: StepReport) -> None:
    """D5b: the proper card, in this and every later run until Specter has answered."""
    refuse_unless_alone(run)
    form = await run.service.cards.proper_card(int(report.subject))
    if form is None:
        report.result = "refused"
        report.leave_open("card_by_hand")
        return
    try:
        await to_specter(
            run, report, "newCustomerSubmit", form.fields(), lambda: run.context.specter.submit_customer(form)
        )
    except Refused:
        report.result = "refused"
        report.leave_open("card_by_hand")
    else:
        report.note("card_restored")
