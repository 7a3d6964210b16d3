"""Commands that work for several shops: one after the other, each named on every line and failing by itself."""

import os
from collections.abc import Callable, Sequence
from pathlib import Path

from platformdirs import user_config_path

from specter_tui.cli import exit_codes
from specter_tui.cli.output import naming, print_text
from specter_tui.cli.session import tried
from specter_tui.config.settings import Settings
from specter_tui.config.shops import ShopFile, Shops, are_several, load_shops

Named = Sequence[Path]
"""What `--settings` named: nothing, a file, several, or folders."""


def read_shops(named: Named) -> Shops:
    """The shops to work for. Raises SettingsProblem when there is none."""
    return load_shops(named, user_config_path("specter-tui"), os.environ)


def each_shop(named: Named, command: Callable[[Settings], int]) -> int:
    """Run a command for each shop; the worst of their statuses. Raises SettingsProblem, Interrupted."""
    return each_of(read_shops(named), named, command)


def open_together(shops: Shops, named: Named) -> Sequence[ShopFile]:
    """Return the shops that one program serves beside each other; none where one file was named."""
    return shops.found if are_several(named) else ()


def each_of(shops: Shops, named: Named, command: Callable[[Settings], int]) -> int:
    """The same for shops that were read. Raises Interrupted."""
    if not are_several(named):
        return command(shops.found[0].settings)
    for line in (*(line for refusal in shops.refused for line in refusal.sentences), *shops.notes):
        print_text(line)
    worst = exit_codes.BAD_USAGE if shops.refused else exit_codes.DONE
    for shop in shops.found:
        with naming(shop.number):
            worst = max(worst, tried(lambda: command(shop.settings)))  # noqa: B023  # it is called at once.
    return worst
