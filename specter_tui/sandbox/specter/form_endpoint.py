"""Specter's two pages, which take signed forms and answer in text or XML (docs/wires.md)."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from xml.sax.saxutils import escape

from specter_tui.sandbox.server.faults import Fault
from specter_tui.sandbox.server.http_front import HttpAnswer, HttpJob, HttpRequest
from specter_tui.sandbox.server.ledger import Ledger
from specter_tui.sandbox.specter.account_settings import check_settings
from specter_tui.sandbox.specter.action_reply import Reply
from specter_tui.sandbox.specter.batch_actions import (
    acknowledge_infos,
    acknowledge_orders,
    acknowledge_stock,
    clear_stock,
    get_infos,
    get_orders,
    get_stock,
)
from specter_tui.sandbox.specter.form_decoding import Form, read_form, repeated
from specter_tui.sandbox.specter.form_fields import (
    ACCOUNT,
    ARTICLE,
    BATCH,
    CLEAR,
    CUSTOMER,
    ORDER,
    STOCK_BATCH,
    Checked,
    FieldTable,
    checked,
)
from specter_tui.sandbox.specter.refusals import BAD_ARTICLE, MISSING_FIELD, Refusal, malformed
from specter_tui.sandbox.specter.specter_account import ArticleCall, SpecterAccount
from specter_tui.sandbox.specter.submit_articles import submit_articles
from specter_tui.sandbox.specter.submit_customers import signed_name, submit_customer
from specter_tui.sandbox.specter.submit_orders import submit_order

FORM_TYPE = "application/x-www-form-urlencoded"


@dataclass(frozen=True, slots=True)
class SpecterAction:
    """One action of the API: its name, page, fields, signed value and function."""

    name: str
    page: str
    table: FieldTable
    signs: Callable[[Checked], str]
    do: Callable[[SpecterAccount, Checked], Reply]


def batch_number(form: Checked) -> str:
    """Return the value that is signed in every call about batches."""
    return form.fields["batchNo"]


ACTIONS = {
    action.name.lower(): action
    for action in (
        SpecterAction(
            "newCustomerSubmit", "putinfo.asp", CUSTOMER, lambda form: signed_name(form.fields), submit_customer
        ),
        SpecterAction("newOrderSubmit", "putinfo.asp", ORDER, lambda form: form.fields["customerId"], submit_order),
        SpecterAction(
            "newArticleSubmit", "putinfo.asp", ARTICLE, lambda form: form.rows[0]["articleNo"], submit_articles
        ),
        SpecterAction("checkAccountSettings", "getinfo.asp", ACCOUNT, lambda form: form.fields["date"], check_settings),
        SpecterAction("getArticleExternalNeedUpdate", "getinfo.asp", STOCK_BATCH, batch_number, get_stock),
        SpecterAction("updateArticlesFromBatch", "getinfo.asp", BATCH, batch_number, acknowledge_stock),
        SpecterAction("getArticleInfoExternalNeedUpdate", "getinfo.asp", BATCH, batch_number, get_infos),
        SpecterAction("updateArticleInfosFromBatch", "getinfo.asp", BATCH, batch_number, acknowledge_infos),
        SpecterAction("getOrdersExternalNeedUpdate", "getinfo.asp", BATCH, batch_number, get_orders),
        SpecterAction("updateOrdersFromBatch", "getinfo.asp", BATCH, batch_number, acknowledge_orders),
        SpecterAction("clearArticleBatch", "getinfo.asp", CLEAR, batch_number, clear_stock),
    )
}


class FormEndpoint:
    """Reads requests to one account and answers them; breaches of the protocol go to the ledger."""

    def __init__(self, account: SpecterAccount, ledger: Ledger) -> None:
        self.account = account
        self.ledger = ledger

    def read(self, asked: HttpRequest) -> HttpJob:
        """Return the job of a request."""
        page = asked.path.strip("/").lower()
        if page not in ("putinfo.asp", "getinfo.asp"):
            self.ledger.complain("specter", f"{asked.path}: no such page")
            missing = HttpAnswer(b"404", "text/html", 404)
            return HttpJob(("?",), lambda: missing, lambda _fault: missing)
        form: Form = {}
        broken: Refusal | None = None
        try:
            form = read_form(asked.query, asked.body)
            for name in repeated(asked.query) + repeated(asked.body):
                self.ledger.complain("specter", f"{form.get('action', '?')}: {name} is given twice")
        except Refusal as refusal:
            broken = refusal
        named = form.get("action", "?")
        action = ACTIONS.get(named.lower())
        in_xml = form.get("usexml") == "2"

        def work() -> HttpAnswer:
            try:
                if broken:
                    raise broken
                with self.account.lock:
                    reply = self._do(action, form, page, asked)
            except Refusal as refusal:
                if refusal.breach:
                    self.ledger.complain("specter", f"{named}: {refusal}")
                shown = self._of_articles(refusal, form) if action and action.table is ARTICLE else refusal
                refused = said(0, shown.code, shown.text, in_xml=in_xml)
                return self._dressed(replace(refused, status=self.account.options.refusal_status))
            if reply.complaint:
                self.ledger.complain("specter", f"{named}: {reply.complaint}")
            return self._dressed(answered(reply, in_xml=in_xml))

        def refuse(fault: Fault) -> HttpAnswer:
            return said(0, fault.code, fault.reason, in_xml=in_xml)

        return HttpJob((action.name if action else named,), work, refuse)

    def _dressed(self, answer: HttpAnswer) -> HttpAnswer:
        """Return an answer with the account's root element."""
        root = self.account.options.xml_root.encode()
        body = answer.body
        if root != b"root" and body.endswith(b"</root>"):
            body = body.replace(b"<root>", b"<" + root + b">", 1)[: -len(b"root>")] + root + b">"
        return replace(answer, body=body)

    def _do(self, action: SpecterAction | None, form: Form, page: str, asked: HttpRequest) -> Reply:
        """Check a call in every respect, then do it."""
        if action is None or page != action.page:
            raise malformed(f"{page} has no action {form.get('action')!r}")
        refuse_wrong_method(action, asked)
        sent = checked(form, action.table, self.account.options)
        self._check_key(sent, action)
        if form.get("ignoreexternalordernocontrol") == "1":
            self.ledger.complain("specter", "newOrderSubmit: the duplicate control was switched off")
        reply = action.do(self.account, sent)
        if action.table is ARTICLE:
            self.account.article_calls.append(ArticleCall(len(sent.rows), accepted=True))
        return reply

    def _of_articles(self, refusal: Refusal, form: Form) -> Refusal:
        """Count a refused article call, and return its refusal as the client sees it.

        One bad row refuses all rows. It is not named, unless the options ask for it.
        """
        rows = sum(name.startswith("articleno_") for name in form)
        self.account.article_calls.append(ArticleCall(rows, accepted=False))
        if not refusal.row:
            return refusal
        if not self.account.options.names_bad_article:
            return Refusal(BAD_ARTICLE, "Artiklarna kunde inte sparas")
        return Refusal(BAD_ARTICLE, f"Artikel {form.get(f'articleno_{refusal.row}')}: {refusal.text}")

    def _check_key(self, sent: Checked, action: SpecterAction) -> None:
        """Refuse a wrong account, user or key. Version 2 requires the user, version 1 does not have it."""
        fields = sent.fields
        for name in ("sbmId", "key"):
            if not fields.get(name):
                raise Refusal(MISSING_FIELD, f"{name} is missing")
        user = self.account.users.get(fields.get("apiUserId") or None)
        proven = (user or self.account.user).credentials.accepts(fields["key"], action.signs(sent))
        if user is None or not proven or fields["sbmId"] != user.credentials.sbm_id:
            code, _, why = self.account.options.wrong_key_answer.partition(";")
            raise Refusal(int(code), why, breach=True)


def refuse_wrong_method(action: SpecterAction, asked: HttpRequest) -> None:
    """Refuse writes by GET, and reads by anything else."""
    wanted = "POST" if action.page == "putinfo.asp" else "GET"
    if asked.method != wanted:
        raise malformed(f"{action.name} is sent by {wanted}")
    if wanted == "POST" and not asked.content_type.startswith(FORM_TYPE):
        raise malformed(f"the body is no form but {asked.content_type!r}")


def answered(reply: Reply, *, in_xml: bool) -> HttpAnswer:
    """Return an action's answer in the requested form."""
    if reply.body is None:
        return said(1, reply.number, reply.text, in_xml=in_xml)
    return replace(xml(reply.body) if in_xml else text(reply.body), delivered=reply.delivered)


def said(result: int, second: int | str, message: str, *, in_xml: bool) -> HttpAnswer:
    """Return a result in the requested form; `second` is an id, or the code of a refusal."""
    if not in_xml:
        return text(f"{result};{second};{message}")
    name = "id" if result else "code"
    inner = f"<result>{result}</result><{name}>{second}</{name}><message>{escape(message)}</message>"
    return xml(f"<APIresponse>{inner}</APIresponse>")


def text(body: str) -> HttpAnswer:
    """Return a text answer, in ISO-8859-1."""
    return HttpAnswer(body.encode("latin-1", "replace"), "text/html; charset=iso-8859-1")


def xml(inner: str) -> HttpAnswer:
    """Return an XML answer with this content in its root, in ISO-8859-1."""
    document = f'<?xml version="1.0" encoding="ISO-8859-1"?><root>{inner}</root>'
    return HttpAnswer(document.encode("latin-1", "xmlcharrefreplace"), "text/xml; charset=iso-8859-1")
