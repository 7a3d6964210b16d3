"""Commands for several shops: run one after the other, each line with its shop, each failing separately."""

import os
from collections.abc import Callable, Sequence

from specter_tui.cli import exit_codes
from specter_tui.cli.output import naming, print_text
from specter_tui.cli.session import tried
from specter_tui.config.settings import Settings
from specter_tui.config.shops import ShopFile, Shops, load_shops
from specter_tui.config.sources import Named, are_several, config_folder
from specter_tui.errors import translate_error
from specter_tui.i18n import locale, set_locale


def read_shops(named: Named) -> Shops:
    """Return the shops to work for. Raises SettingsProblem when there are none."""
    return load_shops(named, config_folder(), os.environ)


def each_shop(named: Named, command: Callable[[Settings], int]) -> int:
    """Run a command for each shop; return the worst exit status. Raises SettingsProblem, Interrupted."""
    return each_of(read_shops(named), named, command)


def open_together(shops: Shops, named: Named) -> Sequence[ShopFile]:
    """Return the shops that one program serves at the same time; none where one file was named."""
    return shops.found if are_several(named) else ()


def each_of(shops: Shops, named: Named, command: Callable[[Settings], int]) -> int:
    """Run a command for each of the shops; return the worst exit status. Raises Interrupted."""
    for line in (*(line for refusal in shops.refused for line in refusal.sentences), *shops.notes):
        print_text(translate_error(line, locale()))
    if not are_several(named):
        set_locale(shops.found[0].settings.ui.language)
        return command(shops.found[0].settings)
    worst = exit_codes.BAD_USAGE if shops.refused else exit_codes.DONE
    for shop in shops.found:
        set_locale(shop.settings.ui.language)
        with naming(shop.number):
            worst = max(worst, tried(lambda: command(shop.settings)))  # noqa: B023  # it is called at once.
    return worst
