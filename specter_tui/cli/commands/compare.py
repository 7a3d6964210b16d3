"""The command `resolve --compare`: tell how Specter rounds by the amounts that it shows for an order."""

from collections.abc import Sequence
from dataclasses import asdict
from decimal import Decimal
from pathlib import Path

from specter_tui.cli import exit_codes
from specter_tui.cli.apply_settings import SettingsOffer
from specter_tui.cli.output import emit, emit_json
from specter_tui.cli.session import Session, read_shop
from specter_tui.engine.checks.rounding_check import RoundingComparison
from specter_tui.engine.decisions import InvalidDecision
from specter_tui.engine.outcome_texts import outcome_text
from specter_tui.engine.service import ShopService
from specter_tui.i18n import Language
from specter_tui.planning.rounding_models import ShownAmounts
from specter_tui.text.numbers import sum_of_money


def compare_order(settings_file: Path | None, word: str, typed: Sequence[str], *, as_json: bool) -> int:
    """Compare an order's amounts in Specter with each way of rounding; in a terminal, offer to set the one that fits.

    End with 0 if the settings are right, or were set.
    """
    shop = read_shop(settings_file)
    settings = shop.settings
    shown = ShownAmounts(*(_amount(text, settings.ui.language) for text in typed))

    async def compare(service: ShopService) -> RoundingComparison:
        return await service.compare((await service.find(word)).uid, shown)

    with Session(settings).open() as session:
        compared = session.do(compare)
        place = session.engine.place
    if as_json:
        emit_json(_json(compared))
    else:
        emit(compared.text)
    if compared.verdict.outcome == "agrees":
        return exit_codes.DONE
    if not compared.changes or as_json:
        return exit_codes.SOME_FAILED
    done = SettingsOffer(compared.changes, shop.file, place, settings.ui.language).made()
    return exit_codes.DONE if done else exit_codes.SOME_FAILED


def _amount(typed: str, language: Language) -> Decimal:
    read = sum_of_money(typed)
    if read is None:
        raise InvalidDecision(outcome_text("compare_amount", language, typed=repr(typed[:40])))
    return read


def _json(compared: RoundingComparison) -> dict[str, object]:
    return {
        "order": compared.order_number,
        "outcome": compared.verdict.outcome,
        "fits": [asdict(one) for one in compared.verdict.fitting],
        "settings": [asdict(one) for one in compared.changes],
        "telling": list(compared.telling),
        "for_developers": list(compared.for_developers),
        "text": compared.text,
    }
