"""Calculate the stock that the shop may offer of an article from Specter's quantity."""

from collections.abc import Mapping
from decimal import ROUND_FLOOR, Decimal

from specter_tui.errors import CodedError, ErrorText
from specter_tui.planning.money import ZERO

ALL_SITES = "all"


class SitesUnnamed(CodedError, ValueError):
    """STOCK__SITES names some stock sites, and Specter's quantity names none."""


def shop_stock(specter: Decimal, held: Decimal) -> int:
    """Return the shop's stock in whole units: Specter's quantity less what is sold but not in Specter yet.

    It is rounded down, also below zero, because the shop's stock is an integer and half a unit more would be more than
    there is. A negative result stays negative: Specter has sold more than it has, and zero would be too high and hide
    that.
    """
    return int((specter - held).to_integral_value(ROUND_FLOOR))


def count_sites(by_site: Mapping[str, Decimal], sites: tuple[str, ...]) -> Decimal:
    """Sum Specter's quantities by site: all of them, or those of the sites in STOCK__SITES.

    A site without a quantity counts as zero. Raises SitesUnnamed where only some sites are counted and a quantity names
    no site: its site cannot be guessed.
    """
    if ALL_SITES in (site.casefold() for site in sites):
        return sum(by_site.values(), ZERO)
    if "" in by_site:
        raise SitesUnnamed(ErrorText("specter_sites"))
    return sum((quantity for site, quantity in by_site.items() if site in sites), ZERO)


def opening_stock(shop: Decimal, held: Decimal) -> Decimal:
    """Return a new article's opening stock in Specter: the shop's stock and what is sold but not sent yet.

    The shop has subtracted the sold units already, and Specter subtracts them when their orders arrive.
    """
    return shop + held
