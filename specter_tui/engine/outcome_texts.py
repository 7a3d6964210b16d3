"""Why an order is not exported, in one sentence."""

from zoneinfo import ZoneInfo

from specter_tui.config.settings import UiSettings
from specter_tui.engine.checks.reading_texts import READING_TEXTS
from specter_tui.engine.checks.rounding_texts import ROUNDING_TEXTS
from specter_tui.engine.goods_texts import GOODS_TEXTS
from specter_tui.engine.work_queue.todo_texts import TODO_TEXTS
from specter_tui.errors import translate_error
from specter_tui.i18n import Language, translated
from specter_tui.journal.models import Halt

OUTCOME_TEXTS: dict[str, str] = {
    **GOODS_TEXTS,
    **READING_TEXTS,
    **ROUNDING_TEXTS,
    **TODO_TEXTS,
    "waiting": "Waits for payment: it is {status}, and ORDER__PAYMENT_STATUS asks for {asked}.",
    "stumbled": "Internal error ({error}); the work begins again by itself.",
    "sending": "Is being exported by {holder}.",
    "retry_later": "Was not sent: {message}. It is tried again by itself.",
    "not_sent": "Was not sent: {message}.",
    "by_hand": "A decision about it was taken back: it is sent only when you name it.",
    "clearing": "The shop shows {number} still; it is being removed.",
    "not_cleared": "The shop shows {number} still, which was taken back; remove it there.",
    "number_taken": "Order {order} has the number {number}. Look at both in Specter; nothing was changed.",
    "number_bad": "A Specter number has digits only.",
    "number_zero": "A Specter number does not begin with 0.",
    "number_long": "A Specter number has at most {longest} digits.",
    "number_same": "The order has the number {number} already; nothing was changed.",
    "number_sending": "The order is being exported by {holder}; nothing was changed. Wait for its outcome.",
    "correction_reason": "The order has the number {number}: to correct it give a reason.",
    "close_reason": "To close an order give a reason.",
    "reopen_reason": "To take a decision back give a reason.",
    "repeat_reason": "To send an order again give a reason.",
    "stop_reason": "To stop all sending, and to let it go on, give a reason.",
    "close_exported": "The order is exported as {number}; it was not closed.",
    "close_closed": "The order is closed already: {reason}. Nothing was changed.",
    "reopen_open": "The order is neither closed nor has it a number that a person entered; nothing was changed.",
    "reopen_answer": (
        "Specter gave the order the number {number}, so it is in Specter: correct the number if it is wrong. "
        "Nothing was changed."
    ),
    "reopen_corrected": (
        "{number} is a correction of the number that Specter gave the order, so the order is in Specter: "
        "correct the number if it is wrong. Nothing was changed."
    ),
    "reopen_unknown": (
        "The journal does not have the order's state before its number {number}: correct the number if it is wrong. "
        "Nothing was changed."
    ),
    "repeat_closed": "The order is closed ({reason}); nothing was sent. Reopen it first.",
    "repeat_exported": "The order is exported as {number}; nothing was sent.",
    "repeat_open": "Nothing was sent. {message}",
    "stopped": "All sending was stopped by {operator} on {host} at {since}: {reason}. It goes on after resume.",
    "stop_already": "All sending is stopped already; nothing was changed.",
    "not_stopped": "Sending is not stopped; nothing was changed.",
    "unticked_none": "Nothing of {number} is ticked off.",
    "no_answer": "No answer came",
    "answered_status": "Specter answered HTTP {status}",
    "answered_unusable": "Specter's answer could not be used",
    "unknown_customer": "{came} when the customer was sent. No order was sent.",
    "unknown_order": ("{came}. Look in Specter for {external}: enter its number, or repeat it if it is not there."),
    "ended_by_person": "Was not sent: the rest of the export was ended here.",
    "lease_over": "the program ended in the middle of the call",
    "refused": "Specter refused it: {message}. Fix it, then press R; or close it with c.",
    "refused_changed": "Specter refused it earlier ({message}); it was edited since and is sent again.",
    "exists": "Specter has {external} already. Enter its Specter number.",
    "closed": "Closed: {reason}",
    "discarded": "Discarded in the shop.",
    "number_in_shop": "The shop shows the external number {number}: another link exported it.",
    "before_since": "Placed before ORDER__SINCE.",
    "gone": "The shop does not show this order any more.",
    "edited": "Was edited in the shop after it was shown; look at it again. Nothing was sent.",
    "write_back_conflict": "Exported, but the shop shows another number: {message}.",
    "conflict_told": (
        "Order {order} is {number} in Specter, and the shop shows {shown}: another program or a person wrote it. "
        "It is not overwritten; correct the number here or in the shop."
    ),
    "conflict_left": "Order {order}: the shop shows {shown} still, and does not let it be removed; remove it there.",
    "alarm_conflict": "{number}: the shop shows another number than the order has in Specter",
    "write_back_due": "Exported; its number is on its way to the shop since {since}.",
    "service_on": "service on {host}",
    "count_differs": "the shop counts {counted} orders, {found} are here; they are read again",
    "count_differed": (
        "the shop counted {counted} orders at the last look, {found} were found: an order may be missing here"
    ),
    "count_missing": "the shop does not count its orders, {found} are here; they are read once more to be sure",
    "count_accepted": (
        "the shop counts {counted} orders, {found} are here; {operator} on {host} accepted that: {reason}"
    ),
    "count_reason": "To accept the shop's count give a reason.",
    "orders_unnamed": "{count} orders of the shop have no uid that can be read, and are not listed",
    "count_not_accepted": (
        "there is nothing to accept: the count agrees, or fewer than three looks found the same, or the difference is "
        "another by now"
    ),
    "by_others": (
        "{numbers}: the shop shows a number that is not from this journal: another program exports its orders, too. "
        "Let both use one journal, or stop one."
    ),
    "exists_by_others": (
        "Specter has {external} already, and this journal never sent it: another program or a person did."
    ),
    "inactive": "Export is switched off: ORDER__EXPORT or ORDER__EXPORT_RUN is inactive.",
    "halted": "Nothing is sent: {message}",
    "first_start": (
        "{count} orders placed since {since} are ready, and none was sent automatically before. "
        "Nothing is sent until a person agrees: E in the console and the typed count, specter-tui "
        "watch --yes {count}, or specter-tui resume. First make sure that no other link has sent "
        "them."
    ),
    "halted_at": (
        "{message}. One order alone is tried at {at}; specter-tui resume, or S and S again in the console, ends it at "
        "once."
    ),
    "halted_for_good": (
        "{message}, again and again. Look at Specter's address and account, then let sending go on: specter-tui "
        "resume, or S and S again in the console."
    ),
    "buyer_busy": "Another order of the buyer is on its way ({number}); this one waits for it.",
    "buyer_in_doubt": (
        "Another order of the buyer ({number}) may still arrive in Specter; this one waits until that is settled, "
        "at most an hour."
    ),
    "not_found": "There is no order {number}.",
    "not_asked_by_number": (
        "No order {number} here, and the shop cannot be asked for an order number: give the uid that the shop shows."
    ),
    "ambiguous": "Several orders have the number {number}; say one of {uids}.",
    "recovered": "Specter answers that {external} exists, as order {number}.",
    "offer_duplicates": (
        "Specter refused a known external number. Set SPECTER__REFUSES_DUPLICATES=true to let "
        "unknown orders be sent again automatically."
    ),
    "alarm": "{number}: {state} since {since}",
    "alarm_halted": "Nothing is sent to Specter until someone acts; `specter-tui check` says why.",
    "alarm_title": "specter-tui, shop {shop}: {count} to look at",
    "no_apprise": "ALERT__URLS is set, but no alert can be sent: make install ALERTS=1, or pip install '.[alerts]'.",
    "alert_test_title": "specter-tui, shop {shop}: a test",
    "alert_test": "This is a test of ALERT__URLS. There is nothing to do.",
    "alert_lost": "An alert could not be delivered by any address in ALERT__URLS ({kinds}); it is tried again. "
    "specter-tui check tries each of them.",
    "alert_partly": "An alert could not be delivered by {kinds}; another address in ALERT__URLS took it.",
    "overdue_write_back": "{count} Specter numbers have not reached the shop, the oldest since {since}.",
    "overdue_conflict": "{count} orders show another number in the shop than Specter's, the oldest since {since}.",
    "overdue_stock": "The stock of {count} articles has not reached the shop, the oldest since {since}.",
    "overdue_deliveries": "{count} delivered orders are not marked as sent in the shop, the oldest since {since}.",
    "overdue_stock_pull": "Stock cannot be fetched from Specter since {since}: {message}",
    "overdue_deliveries_pull": "Deliveries cannot be fetched from Specter since {since}: {message}",
    "upgraded": "The journal was upgraded from version {version}. A copy of it as it was: {copy}",
    "restored": (
        "The journal is an older copy: it lacked what this machine has done since. Entered again: {numbers} Specter "
        "numbers and {closed} closings; {unknown} orders are unknown, look for them in Specter."
    ),
    "was_restored": "the journal was an older copy, and lost what became of it",
    "unrecorded": (
        "Order {order} is in Specter as {number}, but the journal cannot be written ({message}). "
        "The number is kept in {file}."
    ),
}


def outcome_text(key: str, language: Language, **values: object) -> str:
    """Return the sentence with its values; a `message` about a failure is translated, too."""
    if isinstance(message := values.get("message"), str):
        values["message"] = translate_error(message, language)
    return translated(language, f"say.{key}", OUTCOME_TEXTS[key]).format_map(values)


def barred(by: Halt, ui: UiSettings) -> str:
    """Return why no program on this journal may send now, to be said after "Nothing is sent:"."""
    if by.next_at is None:
        return outcome_text("halted_for_good", ui.language, message=by.message)
    at = by.next_at.astimezone(ZoneInfo(ui.time_zone))
    return outcome_text("halted_at", ui.language, message=by.message, at=f"{at:%H:%M}")
