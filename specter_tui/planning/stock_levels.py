"""How much of an article the shop may offer, from what Specter has."""

from collections.abc import Mapping
from decimal import ROUND_FLOOR, Decimal

from specter_tui.planning.money import ZERO

ALL_SITES = "all"


class SitesUnnamed(ValueError):
    """Some stock sites are to be counted, and Specter does not say which site its quantity is of."""


def shop_stock(specter: Decimal, held: Decimal) -> int:
    """The shop's stock in whole units: Specter's quantity less what is sold and not in it yet.

    Rounded down, also below zero, because the shop's stock is an integer and half a unit more would be more than there
    is. A negative result stays negative: Specter has sold more than it has, and zero would hide that and be too high.
    """
    return int((specter - held).to_integral_value(ROUND_FLOOR))


def count_sites(by_site: Mapping[str, Decimal], sites: tuple[str, ...]) -> Decimal:
    """What counts of Specter's quantities by site: all of it, or the sites of STOCK__SITES.

    A site that Specter has never told of counts as nothing. Raises SitesUnnamed where only some sites are to be
    counted and the quantity is of no site by name: which it is of cannot be guessed.
    """
    if ALL_SITES in (site.casefold() for site in sites):
        return sum(by_site.values(), ZERO)
    if "" in by_site:
        raise SitesUnnamed("Specter does not name its stock sites; set STOCK__SITES to all")
    return sum((quantity for site, quantity in by_site.items() if site in sites), ZERO)


def opening_stock(shop: Decimal, held: Decimal) -> Decimal:
    """What a new article begins with in Specter: the shop's stock and what is sold of it but not sent yet.

    The shop has taken those off already, and Specter takes them off when their orders arrive.
    """
    return shop + held
