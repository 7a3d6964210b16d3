"""The commands about articles: articles check, articles fix, articles export."""

from collections.abc import Iterator, Sequence
from dataclasses import asdict
from pathlib import Path

from specter_tui.cli import exit_codes
from specter_tui.cli.output import emit, emit_json, order_json, order_line, print_text, problem_json
from specter_tui.cli.session import BadUsage, Interrupted, Session, read_settings
from specter_tui.engine.articles.service_articles import service_articles_set
from specter_tui.engine.events import (
    ArticlesExported,
    ExportEnded,
    ListedNumber,
    NumberFix,
    NumbersChecked,
    NumbersFixed,
)
from specter_tui.engine.outcome_texts import outcome_text as say_in
from specter_tui.engine.service import ShopService
from specter_tui.i18n import Language, t
from specter_tui.planning.article_numbers import BadNumber
from specter_tui.planning.problems import text_of


def check_articles(settings_file: Path | None, *, as_json: bool) -> int:
    """Print each number that Specter does not take, with a suggestion; then packages and articles without stock."""
    with Session(read_settings(settings_file)).open() as session:
        language = session.settings.ui.language
        checked = session.do(ShopService.check_numbers)
        for bad in checked.problems:
            if as_json:
                emit_json(bad_json(bad, language))
            else:
                emit(_bad_line(bad, language))
        for kind, listed in (("package", checked.packages), ("no_stock", checked.unmanaged)):
            for one in listed:
                _print_listed(kind, one, as_json=as_json)
        if not as_json:
            print_text(_summary(checked))
        return session.ended(exit_codes.SOME_FAILED if checked.problems else exit_codes.DONE)


def fix_articles(settings_file: Path | None, words: Sequence[str], *, everything: bool, as_json: bool) -> int:
    """Write suggested numbers to the shop, all or those named; print one line for each."""

    async def work(service: ShopService) -> NumbersFixed:
        if everything:
            return await service.fix_numbers(None)
        return await service.fix_numbers(_named(words, (await service.check_numbers()).problems))

    with Session(read_settings(settings_file)).open() as session:
        fixed = session.do(work)
        for fix in fixed.fixes:
            if as_json:
                emit_json(_fix_json(fix))
            else:
                emit(f"{fix.old or '-':<24} {fix.new:<24} {fix.error or 'ok'}")
        failed = sum(bool(fix.error) for fix in fixed.fixes)
        if not as_json:
            done = len(fixed.fixes) - failed
            print_text(t("{done} numbers written to the shop, {failed} not").format(done=done, failed=failed))
        return session.ended(exit_codes.SOME_FAILED if failed else exit_codes.DONE)


def export_articles(settings_file: Path | None, *, everything: bool, retry_orders: bool, as_json: bool) -> int:
    """Send articles to Specter; print one line for each that is not in Specter as it should be, and a summary.

    With `retry_orders`, orders that were refused for a missing article that is now sent are sent again, one line for
    each.
    """

    async def work(service: ShopService) -> ArticlesExported:
        service.refuse_if_articles_inactive()
        await service.auto_export.poll()
        outcome = await service.export_articles(everything=everything)
        if retry_orders:
            await service.repeat_for_articles()
        return outcome

    with Session(read_settings(settings_file)).open() as session:
        language = session.settings.ui.language
        orders: list[ExportEnded] = []
        outcome = session.do_with(
            lambda message: orders.append(message) if isinstance(message, ExportEnded) else None, work
        )
        for one in orders:
            if as_json:
                emit_json(order_json(one.view, language))
            else:
                emit(order_line(one.view))
        for kind, number, text in _troubles(outcome, language):
            if as_json:
                emit_json({"kind": kind, "number": number, "message": text})
            else:
                emit(f"{number or '-':<24} {kind:<14} {text}")
        _print_counts(outcome, as_json=as_json)
        if session.interrupted:
            raise Interrupted(session.interrupted)
        bad = (
            outcome.refused
            or exit_codes.exit_code_of(one.view for one in orders)
            or any(skip.problem.code != "package" for skip in outcome.skipped)
        )
        return session.ended(exit_codes.SOME_FAILED if bad or not outcome.complete else exit_codes.DONE)


def service_articles(settings_file: Path | None, *, dry_run: bool, as_json: bool) -> int:
    """Create the configured service articles in Specter; with `dry_run` only print which are configured."""
    with Session(read_settings(settings_file)).open() as session:
        if dry_run:
            known = service_articles_set(session.settings.order)
        else:
            known = session.do(ShopService.create_service_articles)
        for one in known.articles:
            said = one.error or (t("in Specter") if one.created else t("set") if one.number else t("not set"))
            if as_json:
                emit_json({**asdict(one), "message": said})
            else:
                emit(f"{one.setting:<28} {one.number or '-':<24} {said}")
        return session.ended(exit_codes.SOME_FAILED if any(one.error for one in known.articles) else exit_codes.DONE)


def _troubles(outcome: ArticlesExported, language: Language) -> Iterator[tuple[str, str, str]]:
    for one in outcome.refused:
        yield "refused", one.number, one.message
    for skip in outcome.skipped:
        yield "skipped", skip.number, f"{skip.name}: {text_of(skip.problem, language)}"
    for number in outcome.without_stock:
        yield "without_stock", number, say_in("without_stock", language)


def _print_counts(outcome: ArticlesExported, *, as_json: bool) -> None:
    counts = {
        "sent": outcome.sent,
        "unchanged": outcome.unchanged,
        "refused": len(outcome.refused),
        "skipped": len(outcome.skipped),
        "without_stock": len(outcome.without_stock),
        "calls": outcome.calls,
        "complete": outcome.complete,
    }
    if as_json:
        emit_json({"kind": "summary", **counts})
    else:
        print_text(", ".join(f"{value} {name}" for name, value in counts.items() if name != "complete"))


def _named(words: Sequence[str], problems: Sequence[BadNumber]) -> list[BadNumber]:
    """Return the bad numbers that a person named: by number, or by `uid:N` of the article or variant."""
    chosen: list[BadNumber] = []
    for word in dict.fromkeys(words):
        uid = word.removeprefix("uid:")
        fitting = (
            [bad for bad in problems if uid in (str(bad.variant_uid or ""), str(bad.article_uid))]
            if uid != word
            else [bad for bad in problems if bad.number == word]
        )
        if not fitting:
            raise BadUsage(
                t("no article has the bad number {word}; say uid:N for an article without a number").format(
                    word=repr(word)
                )
            )
        losing = [bad for bad in fitting if not bad.keeps]
        chosen += [bad for bad in losing or fitting if bad not in chosen]
    return chosen


def bad_json(bad: BadNumber, language: Language) -> dict[str, object]:
    """Return a bad number as `articles check --json` prints it."""
    return {
        "kind": "bad_number",
        "article_uid": bad.article_uid,
        "variant_uid": bad.variant_uid,
        "name": bad.name,
        "number": bad.number,
        "suggestion": bad.suggestion,
        "keeps": bad.keeps,
        "problem": problem_json(bad.problem, language),
    }


def _fix_json(fix: NumberFix) -> dict[str, object]:
    return {
        "article_uid": fix.article_uid,
        "variant_uid": fix.variant_uid,
        "name": fix.name,
        "old": fix.old,
        "new": fix.new,
        "written": not fix.error,
        "message": fix.error,
    }


def _bad_line(bad: BadNumber, language: Language) -> str:
    return f"{bad.number or '-':<24} {bad.suggestion:<24} {bad.name}: {text_of(bad.problem, language)}"


def _print_listed(kind: str, one: ListedNumber, *, as_json: bool) -> None:
    if as_json:
        emit_json({"kind": kind, "article_uid": one.article_uid, "name": one.name, "number": one.number})
    else:
        words = {"package": t("(package: is not exported)"), "no_stock": t("(stock is not counted)")}
        emit(f"{one.number or '-':<24} {words[kind]:<24} {one.name}")


def _summary(checked: NumbersChecked) -> str:
    bad, packages, unmanaged = len(checked.problems), len(checked.packages), len(checked.unmanaged)
    told = t("{articles} articles: {bad} bad numbers, {packages} packages, {unmanaged} without stock management")
    return told.format(articles=checked.checked, bad=bad, packages=packages, unmanaged=unmanaged)
