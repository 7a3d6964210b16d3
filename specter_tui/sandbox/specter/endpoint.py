"""The door of Specter: two old pages that take signed forms and answer in text or XML (docs/wires.md)."""

from collections.abc import Callable
from dataclasses import dataclass
from xml.sax.saxutils import escape

from specter_tui.sandbox.faults import Fault
from specter_tui.sandbox.front import Answer, Asked, Job
from specter_tui.sandbox.ledger import Ledger
from specter_tui.sandbox.specter.account import Account
from specter_tui.sandbox.specter.articles import submit_articles
from specter_tui.sandbox.specter.customers import signed_name, submit_customer
from specter_tui.sandbox.specter.fields import ACCOUNT, ARTICLE, CUSTOMER, ORDER, Checked, Table, checked
from specter_tui.sandbox.specter.forms import Form, read_form
from specter_tui.sandbox.specter.orders import submit_order
from specter_tui.sandbox.specter.refusal import BAD_KEY, BREACHES, MISSING_FIELD, Refusal, malformed
from specter_tui.sandbox.specter.settings import check_settings

FORM_TYPE = "application/x-www-form-urlencoded"


@dataclass(frozen=True, slots=True)
class Action:
    """One function of the API: its name, its page, its fields, the value that its key signs, and what it does."""

    name: str
    page: str
    table: Table
    signs: Callable[[Checked], str]
    do: Callable[[Account, Checked], tuple[int, str]]


ACTIONS = {
    action.name.lower(): action
    for action in (
        Action("newCustomerSubmit", "putinfo.asp", CUSTOMER, lambda form: signed_name(form.fields), submit_customer),
        Action("newOrderSubmit", "putinfo.asp", ORDER, lambda form: form.fields["customerId"], submit_order),
        Action("newArticleSubmit", "putinfo.asp", ARTICLE, lambda form: form.rows[0]["articleNo"], submit_articles),
        Action("checkAccountSettings", "getinfo.asp", ACCOUNT, lambda form: form.fields["date"], check_settings),
    )
}


class Endpoint:
    """Reads requests to one account and answers them; breaches of the protocol go to the ledger."""

    def __init__(self, account: Account, ledger: Ledger) -> None:
        self.account = account
        self.ledger = ledger

    def read(self, asked: Asked) -> Job:
        """Return what a request asks for."""
        page = asked.path.strip("/").lower()
        if page not in ("putinfo.asp", "getinfo.asp"):
            self.ledger.complain("specter", f"{asked.path}: no such page")
            missing = Answer(b"404", "text/html", 404)
            return Job(("?",), lambda: missing, lambda _fault: missing)
        form: Form = {}
        broken: Refusal | None = None
        try:
            form = read_form(asked.query, asked.body)
        except Refusal as refusal:
            broken = refusal
        named = form.get("action", "?")
        action = ACTIONS.get(named.lower())
        in_xml = form.get("usexml") == "2"

        def work() -> Answer:
            try:
                if broken:
                    raise broken
                with self.account.lock:
                    return said(1, *self._do(action, form, page, asked), in_xml=in_xml)
            except Refusal as refusal:
                if refusal.code in BREACHES:
                    self.ledger.complain("specter", f"{named}: {refusal}")
                return said(0, refusal.code, refusal.text, in_xml=in_xml)

        def refuse(fault: Fault) -> Answer:
            return said(0, fault.code, fault.text, in_xml=in_xml)

        return Job((action.name if action else named,), work, refuse)

    def _do(self, action: Action | None, form: Form, page: str, asked: Asked) -> tuple[int, str]:
        """Check a call in every way, then do it; returns the id and text of the answer."""
        if action is None or page != action.page:
            raise malformed(f"{page} has no action {form.get('action')!r}")
        refuse_wrong_method(action, asked)
        sent = checked(form, action.table)
        self._check_key(sent, action)
        if form.get("ignoreexternalordernocontrol") == "1":
            self.ledger.complain("specter", "newOrderSubmit: the duplicate control was switched off")
        return action.do(self.account, sent)

    def _check_key(self, sent: Checked, action: Action) -> None:
        """Refuse a wrong account, user or key. Version 2 wants the user, version 1 does not know it."""
        known, fields = self.account.credentials, sent.fields
        for name in ("sbmId", "key"):
            if not fields.get(name):
                raise Refusal(MISSING_FIELD, f"{name} is missing")
        user = known.user_id if known.version == 2 else None
        proven = known.accepts(fields["key"], action.signs(sent))
        if not proven or fields["sbmId"] != known.sbm_id or fields.get("apiUserId") != user:
            raise Refusal(BAD_KEY, "Felaktig nyckel")


def refuse_wrong_method(action: Action, asked: Asked) -> None:
    """Refuse writes by GET, and reads by anything else."""
    wanted = "POST" if action.page == "putinfo.asp" else "GET"
    if asked.method != wanted:
        raise malformed(f"{action.name} is sent by {wanted}")
    if wanted == "POST" and not asked.content_type.startswith(FORM_TYPE):
        raise malformed(f"the body is no form but {asked.content_type!r}")


def said(result: int, second: int | str, text: str, *, in_xml: bool) -> Answer:
    """Return an answer in the asked form, as ISO-8859-1; `second` is an id, or the code of a refusal."""
    if not in_xml:
        return Answer(f"{result};{second};{text}".encode("latin-1", "replace"), "text/html; charset=iso-8859-1")
    name = "id" if result else "code"
    inner = f"<result>{result}</result><{name}>{second}</{name}><message>{escape(text)}</message>"
    document = f'<?xml version="1.0" encoding="ISO-8859-1"?><root><APIresponse>{inner}</APIresponse></root>'
    return Answer(document.encode("latin-1", "xmlcharrefreplace"), "text/xml; charset=iso-8859-1")
