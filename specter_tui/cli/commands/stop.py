"""The emergency stop from the command line: stop, resume."""

from specter_tui.cli import exit_codes
from specter_tui.cli.output import print_text
from specter_tui.cli.session import Session
from specter_tui.config.settings import Settings
from specter_tui.engine.service import ShopService
from specter_tui.i18n import t


def stop_sending(settings: Settings, reason: str) -> int:
    """Stop every program on the shop's journal; print how many orders in flight are still finished."""
    with Session(settings).open() as session:
        session.do(ShopService.stop, reason)
        under_way = session.do(ShopService.count_under_way)
        if under_way:
            told = t("{count} orders are on their way to Specter; each goes to its end")
            print_text(told.format(count=under_way))
    return exit_codes.DONE


def resume_sending(settings: Settings, reason: str) -> int:
    """End the stop, and a halt of the account that waits for a person."""
    with Session(settings).open() as session:
        session.do(ShopService.resume, reason)
        print_text(t("sending goes on; in consoles auto mode stays off until it is turned on"))
    return exit_codes.DONE
