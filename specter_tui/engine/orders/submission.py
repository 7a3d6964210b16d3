"""Send one order: claim, customer, customer number, order, Specter number. Each step is on disk before the next.

Nothing is repeated here: a failure is classed by what it proves, recorded, and left.
"""

import asyncio
import time
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from specter_tui.abicart.models import Order
from specter_tui.engine.context import ShopContext
from specter_tui.engine.events import Notice
from specter_tui.engine.monitoring.error_reports import report_of
from specter_tui.engine.orders.call_recorder import ApiCallRecorder
from specter_tui.engine.orders.duplicates import DuplicateAnswer
from specter_tui.engine.orders.hashes import Hashes
from specter_tui.engine.orders.redaction import redact_customer
from specter_tui.engine.orders.retry_policy import RetryDecision
from specter_tui.engine.outcome_texts import outcome_text
from specter_tui.engine.specter_circuit import SpecterCircuit
from specter_tui.errors import ErrorText, change_quoted
from specter_tui.journal.errors import JournalError, NumberTaken
from specter_tui.journal.models import Claim, Intent, NoClaim, RateAmount, SentRow, ShopOrder, Step
from specter_tui.journal.repositories.claim_results import ClaimResults
from specter_tui.journal.repositories.claims import Claims
from specter_tui.journal.repositories.halts import Halts
from specter_tui.journal.repositories.operator_decisions import OperatorDecisions
from specter_tui.journal.repositories.restore_repair import RestoreRepair
from specter_tui.journal.safety import result_spool
from specter_tui.planning.orders.plan import Plan
from specter_tui.planning.row_drift import digests_of
from specter_tui.specter.client import Written
from specter_tui.specter.errors import AccountHalted, NotSent, Refused, ServerFailed, SpecterFailure, UnexpectedStatus
from specter_tui.specter.order_forms import CustomerForm, OrderForm

_PAUSES_BETWEEN_TRIES = (0.2, 0.5, 1.0, 2.0, 4.0)


@dataclass(frozen=True, slots=True)
class SubmissionInput:
    """One order to be sent: both encoded calls, and the digests of their forms."""

    order: Order
    plan: Plan
    customer: Written[CustomerForm]
    form: Written[OrderForm]
    hashes: Hashes
    buyer: tuple[str, ...]
    """Digests of the values by which Specter matches the buyer; empty: the order has a customer of its own."""


@dataclass(slots=True)
class _Flight:
    """A claimed order in flight. `begun`: bytes of its `call` may have been sent to Specter."""

    claim: Claim
    sending: SubmissionInput
    call: Step
    begun: bool = False


@dataclass(frozen=True, slots=True)
class Sent:
    """Specter has the order under this number, and so has the journal."""

    number: str


@dataclass(frozen=True, slots=True)
class Failed:
    """There is no number to write to the shop; the journal has the reason, if the order was claimed."""


class Stumbled(Exception):
    """A program error before anything of the order was sent; the claim is released."""

    def __init__(self, error: Exception) -> None:
        super().__init__(str(error))
        self.error = error


class OrderSubmission:
    """Sends one order, and records each step."""

    def __init__(self, context: ShopContext, account: SpecterCircuit) -> None:
        self._context = context
        self._account = account
        self._recorded = ApiCallRecorder(context)
        self._language = context.settings.ui.language
        self._duplicate = DuplicateAnswer(context.settings.specter)

    async def send(self, sending: SubmissionInput, permission: RetryDecision) -> Sent | Failed | NoClaim:
        """Claim the order and make both calls; the result says how far it came.

        Raises JournalError when nothing could be claimed, and Stumbled; then nothing was sent.
        """
        async with self._context.fetch_barrier.submitting():
            started = time.monotonic()
            if self._account.closed:
                return Failed()
            claim = await self._claim(sending, permission)
            if not isinstance(claim, Claim):
                return claim
            # Before a first claim, nothing of the order can have reached Specter from us.
            return await self._fly(_Flight(claim, sending, claim.call), started, never_sent=permission.verb == "claim")

    async def _fly(self, flight: _Flight, started: float, *, never_sent: bool) -> Sent | Failed:
        try:
            number = flight.claim.customer_number
            if flight.call == "customer":
                number = await self._make_customer(flight)
            if number is None:
                return Failed()
            return await self._make_order(flight, number, started, never_sent=never_sent)
        except (JournalError, Stumbled):
            raise
        except Exception as error:  # A program error must end neither this order's claim nor the other orders' work.
            if not flight.begun:
                await self._context.journal(
                    ClaimResults.release, flight.claim, ErrorText("own_error", report=report_of(error))
                )
                raise Stumbled(error) from error
            text = ErrorText("own_error", report=report_of(error))
            await self._context.journal(ClaimResults.unknown, flight.claim, text)
            return Failed()
        finally:
            if flight.claim.trial is not None:
                self._account.note_halt(await self._context.journal(Halts.current))

    async def _claim(self, sending: SubmissionInput, permission: RetryDecision) -> Claim | NoClaim:
        intent, lease = intent_of(sending, self._context.journal.salt), self._context.lease
        may_try = self._account.may_try
        if permission.verb == "claim":
            is_new = permission.is_new
            return await self._context.journal(Claims.claim, intent, lease, is_new=is_new, may_try=may_try)
        return await self._context.journal(
            Claims.reclaim,
            intent,
            lease,
            permission.reason,
            automatic=permission.automatic,
            may_try=may_try,
            article_came=permission.article_came,
        )

    async def _make_customer(self, flight: _Flight) -> str | None:
        claim, form = flight.claim, flight.sending.customer.form
        try:
            fields = form.fields()
            made = self._context.specter.submit_customer(flight.sending.customer)
            flight.begun = True
            number = await self._recorded(claim.uid, "newCustomerSubmit", fields, form, made)
        except SpecterFailure as failure:
            await self._write_failure(flight, failure)
            return None
        self._account.answered()
        # If the claim is lost, another program decides about this order: it is not sent.
        if not await self._context.journal(ClaimResults.customer_known, claim, number):
            return None
        flight.call, flight.begun = "order", False
        return number

    async def _make_order(
        self, flight: _Flight, customer_number: str, started: float, *, never_sent: bool
    ) -> Sent | Failed:
        claim, form, customer = flight.claim, flight.sending.form, flight.sending.customer.form
        try:
            fields = {"customerId": customer_number, **form.form.fields()}
            made = self._context.specter.submit_order(customer_number, form)
            flight.begun = True
            number = await self._recorded(claim.uid, "newOrderSubmit", fields, customer, made)
        except SpecterFailure as failure:
            await self._write_failure(flight, failure, never_sent=never_sent)
            return Failed()
        self._account.answered()
        kept = await self._keep(claim, number, timedelta(seconds=time.monotonic() - started))
        return Sent(number) if kept else Failed()

    async def _write_failure(self, flight: _Flight, failure: SpecterFailure, *, never_sent: bool = True) -> None:
        journal, claim, sending = self._context.journal, flight.claim, flight.sending
        said = failure.text if isinstance(failure, Refused) else failure.message
        notes = [sending.form.form.internal_comment]
        told = change_quoted(said, lambda text: redact_customer(text, sending.customer.form, notes))
        try:
            match failure:
                case NotSent():
                    pause = timedelta(seconds=self._account.not_reached(failure))
                    await journal(ClaimResults.retry_later, claim, told, datetime.now(UTC) + pause)
                case AccountHalted():
                    self._account.halt(failure)
                    await journal(ClaimResults.release, claim, failure.message)
                case UnexpectedStatus() | ServerFailed():
                    failed = isinstance(failure, ServerFailed)
                    await journal(ClaimResults.unknown, claim, told, failure.status, server_failed=failed)
                    self._account.note_halt(await journal(Halts.current))
                case Refused() if flight.call == "order" and self._duplicate.matches(failure):
                    await self._write_existing(claim, failure, told, never_sent=never_sent)
                case Refused():
                    await self._write_refusal(claim, failure, told)
                case _:
                    await journal(ClaimResults.unknown, claim, told)
        except JournalError as error:
            # The claim stays; its lease ends in `unknown`, which is the right state.
            text = ErrorText("not_written", order=claim.order_number, why=told, trouble=error.message)
            self._context.emit(Notice("error", text))

    async def _write_refusal(self, claim: Claim, failure: Refused, told: str) -> None:
        """Record a refusal. A test of the account shows whether it is about the order or about us; no code does."""
        await self._account.check()
        if self._account.refused:
            await self._context.journal(ClaimResults.release, claim, self._account.refused)
        else:
            await self._context.journal(ClaimResults.refused, claim, failure.code, told)

    async def _write_existing(self, claim: Claim, failure: Refused, told: str, *, never_sent: bool) -> None:
        """Record that Specter has the external number.

        A number in the answer is a proposal, unless copies are refused.
        """
        self._account.answered()
        number = self._duplicate.number_in(failure, claim.external_no)
        await self._context.journal(ClaimResults.exists, claim, told, number)
        if number is not None and self._context.settings.specter.refuses_duplicates:
            order = ShopOrder(claim.uid, claim.order_number)
            await self._context.journal(OperatorDecisions.enter_number, order, number, "text")
            text = outcome_text("recovered", self._language, external=claim.external_no, number=number)
            self._context.emit(Notice("information", text))
        if never_sent:
            text = outcome_text("exists_by_others", self._language, external=claim.external_no)
            self._context.emit(Notice("warning", text))
        if not self._context.settings.specter.refuses_duplicates:
            self._context.emit(Notice("information", outcome_text("offer_duplicates", self._language)))

    async def _keep(self, claim: Claim, number: str, duration: timedelta) -> bool:
        """Store Specter's number in the journal, with repeats; meanwhile it is spooled in a file, and shown."""
        kept_in = ""
        for pause in (*_PAUSES_BETWEEN_TRIES, None):
            try:
                kept = await self._context.journal(ClaimResults.exported, claim, number, duration)
            except NumberTaken as error:
                text = ErrorText("specter_gave", number=number, why=error.message)
                await self._context.journal(ClaimResults.unknown, claim, text)
                return False
            except JournalError as error:
                if not kept_in:
                    # At once, since the program may be ended before another attempt succeeds.
                    kept_in = await self._keep_aside(claim, number, error.message)
            else:
                if kept_in:
                    with suppress(JournalError):  # The next turn clears it.
                        await self._context.journal(RestoreRepair.enter_unrecorded)
                return kept
            if pause is not None:
                await asyncio.sleep(pause)
        return False

    async def _keep_aside(self, claim: Claim, number: str, trouble: str) -> str:
        """Write the number into a spool file beside the journal, or, if that disk is full, beside the high-water log.

        Return the file's name.
        """
        journal = self._context.journal
        kept = result_spool.SpooledResult(
            journal.shop, claim.uid, claim.order_number, claim.external_no, number, datetime.now(UTC)
        )
        file = "-"
        for beside in (journal.path, journal.seen_path):
            try:
                file = str(await asyncio.to_thread(result_spool.append_result, beside, kept))
                break
            except OSError as error:
                file = f"- ({error.strerror})"
        text = outcome_text(
            "unrecorded", self._language, order=claim.order_number, number=number, message=trouble, file=file
        )
        self._context.emit(Notice("error", text))
        return file


def intent_of(sending: SubmissionInput, salt: str) -> Intent:
    """Return the journal's record of an order to be sent: keys, amounts, rows and salted digests, no personal data."""
    plan, form = sending.plan, sending.form.form
    if plan.expected is None or sending.order.ordered is None:
        raise ValueError("an order that is ready has a total and a date")
    digests = digests_of(sending.order, plan, salt)
    return Intent(
        uid=plan.uid,
        order_number=plan.number,
        external_no=form.external_order_no,
        form_hash=sending.hashes.form,
        total=plan.expected,
        currency=plan.currency,
        ordered=sending.order.ordered,
        rates=tuple(RateAmount(rate.vat_percent, rate.net, rate.vat) for rate in plan.rates),
        rows=tuple(SentRow(row.article_number, row.quantity, row.unit_price, row.vat_percent) for row in form.rows),
        address_hash=digests.get("address"),
        method_hash=digests.get("method"),
        fee_hash=digests.get("fee"),
        vat_hash=digests.get("vat"),
        customer_hash=sending.hashes.customer,
        buyer=sending.buyer,
    )
