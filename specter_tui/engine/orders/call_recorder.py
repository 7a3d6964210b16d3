"""Record each call and its answer, safe to mail to Specter's support: no name, address or text of a person."""

import re
import time
from collections.abc import Awaitable, Mapping
from datetime import UTC, datetime

from specter_tui.engine.context import ShopContext
from specter_tui.engine.orders.redaction import redact_customer
from specter_tui.errors import change_quoted
from specter_tui.journal.repositories.api_calls import Call, CallNotes
from specter_tui.specter.client import WRITE
from specter_tui.specter.errors import Refused, SpecterFailure
from specter_tui.specter.order_forms import CustomerForm

REDACTED = "***"
_TELLS_OF_NOBODY = frozenset(
    {
        "customerId", "customerOrganizationalForm", "currency", "language", "customerGroupId", "ignoreControlEmail",
        "ignoreControlOrgNo", "countryCode", "deliveryCountryCode", "forceCustomerUpdate", "externalOrderNo",
        "sendOrderMail", "sendOrderMailToUser", "stocksiteid", "payTypeIdentifier", "externalDeliveryMethod",
        "webshopId",
    }
)  # fmt: skip
_OF_A_ROW = re.compile(r"[A-Za-z]+_[0-9]+")
_HTTP = re.compile(r"\bHTTP ([0-9]{3})\b")
_LONGEST = 300


def redact_fields(fields: Mapping[str, str]) -> dict[str, str]:
    """Return the fields with personal values masked, and the number of rows, which the journal stores separately."""
    told = {
        name: value if name in _TELLS_OF_NOBODY or not value else REDACTED
        for name, value in fields.items()
        if not _OF_A_ROW.fullmatch(name)
    }
    rows = sum(name.startswith("articleNo_") for name in fields)
    return {**told, "rows": str(rows)} if rows else told


class ApiCallRecorder:
    """Makes a call and records it with any outcome."""

    def __init__(self, context: ShopContext) -> None:
        self._context = context

    async def __call__(
        self, uid: int, action: str, fields: Mapping[str, str], customer: CustomerForm, call: Awaitable[str]
    ) -> str:
        """Return the call's answer. Raises its SpecterFailure."""
        at, started = datetime.now(UTC), time.monotonic()
        status: int | None = 200
        told = ""
        try:
            number = await call
            told = f"1;{number}"
        except SpecterFailure as failure:
            answer = f"0;{failure.answer}" if isinstance(failure, Refused) else failure.message
            found = _HTTP.search(answer)
            status = 200 if isinstance(failure, Refused) else int(found[1]) if found else None
            notes = [fields.get("internalComment", "")]
            told = change_quoted(answer, lambda text: redact_customer(text, customer, notes)[:_LONGEST])
            raise
        finally:
            spent = round((time.monotonic() - started) * 1000)
            note = Call(at, action, WRITE, redact_fields(fields), status, told, spent)
            self._context.journal.enqueue(CallNotes.note, uid, note)
        return number
