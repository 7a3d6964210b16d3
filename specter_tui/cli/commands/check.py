"""The command `check`: test that the set-up is ready for the first order."""

from dataclasses import asdict, replace

from specter_tui.cli import exit_codes
from specter_tui.cli.apply_settings import is_terminal, said_yes
from specter_tui.cli.each_shop import each_of, open_together, read_shops
from specter_tui.cli.output import emit, emit_json, print_text
from specter_tui.cli.session import Session
from specter_tui.config.settings import Settings
from specter_tui.config.sources import Named
from specter_tui.engine.checks.account_check import check_all, settle_triggers, triggers_unsettled
from specter_tui.engine.checks.findings import Finding
from specter_tui.engine.outcome_texts import outcome_text
from specter_tui.engine.queues.shared_queues import SharedQueues
from specter_tui.i18n import Texts, set_locale, t

_WHAT = Texts(
    {
        "settings": "settings",
        "shop": "shop",
        "sending": "sending",
        "buyers": "buyers",
        "currency": "currency",
        "delivery": "delivery",
        "payment": "payment",
        "article numbers": "article numbers",
        "orders": "orders",
        "service article": "service article",
        "queues": "queues",
        "proxy": "proxy",
        "alert": "alert",
        "mail": "mail",
        "reading": "reading",
        "schema": "schema",
        "facts": "facts",
    },
    context="what check tests",
)
_SIGNS = Texts({"ok": "ok", "note": "note", "problem": "PROBLEM"}, context="a level of check")


def check_shops(named: Named, *, as_json: bool) -> int:
    """Test the set-up of each shop."""
    shops = read_shops(named)
    files = ", ".join(str(shop.file.absolute()) for shop in shops.found if shop.file) or t("the environment")
    set_locale(shops.found[0].settings.ui.language)
    for finding in (
        Finding("ok", "settings", t("from {files}").format(files=files)),
        *(Finding("note", "settings", note) for note in shops.notes),
    ):
        _print(finding, as_json=as_json)
    shops = replace(shops, notes=())  # They are among the findings.
    queues = SharedQueues(shop.settings for shop in open_together(shops, named))
    return each_of(shops, named, lambda settings: _check(settings, queues, as_json=as_json))


def _check(settings: Settings, queues: SharedQueues, *, as_json: bool) -> int:
    """Test both connections and everything that would block orders later; print one line for each finding."""
    with Session(settings, queues=queues).open() as session:
        agreed = _agreed_to_test(session, as_json=as_json)
        findings = session.do(check_all, test_account=agreed)
        for finding in findings:
            _print(finding, as_json=as_json)
    if any(finding.out_of_reach for finding in findings):
        return exit_codes.OUT_OF_REACH
    problems = any(finding.level == "problem" for finding in findings)
    return exit_codes.SOME_FAILED if problems else exit_codes.DONE


def _agreed_to_test(session: Session, *, as_json: bool) -> bool:
    """Say once what the account test may do; in a terminal ask, until someone agrees."""
    if not session.do(triggers_unsettled):
        return True
    language = session.settings.ui.language
    print_text(outcome_text("triggers", language))
    if is_terminal() and not as_json and not said_yes(outcome_text("triggers_ask", language)):
        return False
    session.do(settle_triggers)
    return True


def _print(finding: Finding, *, as_json: bool) -> None:
    if as_json:
        emit_json(asdict(finding))
    else:
        emit(f"{_SIGNS[finding.level]:<7}  {_WHAT.get(finding.what, finding.what)}: {finding.text}")
