"""Find out how Specter rounds, by the amounts that it shows for an exported order (wires: S-rounding)."""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import ROUND_HALF_UP, Decimal
from typing import Literal, get_args

from specter_tui.planning.money import FEWEST_DECIMALS, MOST_DECIMALS, ORE, ZERO, to_ore
from specter_tui.planning.orders.totals import Rounding, model, row_net
from specter_tui.specter.order_forms import OrderRow

_ROUNDINGS: tuple[Rounding, ...] = get_args(Rounding)
_KRONA = Decimal(1)


@dataclass(frozen=True, slots=True)
class RoundingModel:
    """One way in which Specter may calculate: SPECTER__ROUNDING, SPECTER__PRICE_DECIMALS, a total in whole kronor."""

    rounding: Rounding
    price_decimals: int
    whole_kronor: bool = False


@dataclass(frozen=True, slots=True)
class ShownAmounts:
    """Net, VAT and total of an order, as Specter shows them."""

    net: Decimal
    vat: Decimal
    total: Decimal

    @property
    def gap(self) -> Decimal:
        """The difference between the total and its parts."""
        return abs(self.net + self.vat - self.total)


@dataclass(frozen=True, slots=True)
class RoundingVerdict:
    """The models that give the shown amounts, and what follows for the settings.

    `outcome`: `agrees` (the settings give the amounts), `differs` (`proposed` does), `open` (several other models do,
    and the order cannot tell them apart), `whole_kronor` (only a total in whole kronor does), `none` (no model does).
    """

    outcome: Literal["agrees", "differs", "open", "whole_kronor", "none"]
    fitting: tuple[RoundingModel, ...] = ()
    proposed: RoundingModel | None = None


def judge(rows: Sequence[OrderRow], shown: ShownAmounts, now: RoundingModel) -> RoundingVerdict:
    """Compare the shown amounts with every model of the rows that were sent; `now` is what the settings say."""
    fitting = tuple(one for one in _models() if _gives(rows, one, shown))
    if now in fitting:
        return RoundingVerdict("agrees", fitting, now)
    plain = [one for one in fitting if not one.whole_kronor]
    if not plain:
        return RoundingVerdict("whole_kronor" if fitting else "none", fitting)
    proposed = None if len(plain) < len(fitting) else _smallest_change(plain, now)
    return RoundingVerdict("open" if proposed is None else "differs", fitting, proposed)


def total_by(rows: Sequence[OrderRow], by: RoundingModel) -> Decimal:
    """Return the total that Specter calculates from the rows by a model."""
    total = model(_kept(rows, by), by.rounding).total
    return total.quantize(_KRONA, ROUND_HALF_UP) if by.whole_kronor else total


def gives_total(rows: Sequence[OrderRow], total: Decimal) -> bool:
    """Return whether the rows give the total by any model; where they do not, the rows are not the whole order."""
    return any(total_by(rows, one) == total for one in _models() if not one.whole_kronor)


def ways_apart(rows: Sequence[OrderRow], models: Collection[RoundingModel]) -> int:
    """Return the number of different totals that the models give; an order tells models apart if there are several."""
    return len({total_by(rows, one) for one in models})


def _models() -> Iterator[RoundingModel]:
    for whole in (False, True):
        for rounding in _ROUNDINGS:
            for decimals in range(FEWEST_DECIMALS, MOST_DECIMALS + 1):
                yield RoundingModel(rounding, decimals, whole)


def _kept(rows: Sequence[OrderRow], by: RoundingModel) -> list[OrderRow]:
    """Return the rows with the unit prices that Specter keeps."""
    step = Decimal(1).scaleb(-by.price_decimals)
    return [replace(row, unit_price=row.unit_price.quantize(step, ROUND_HALF_UP)) for row in rows]


def _gives(rows: Sequence[OrderRow], by: RoundingModel, shown: ShownAmounts) -> bool:
    """Return whether a model gives the amounts: the total exactly, its parts within an öre a row.

    Specter's own rounding of the parts is not known. A total in whole kronor says something only where the total was
    not whole before.
    """
    if total_by(rows, by) != shown.total:
        return False
    if by.whole_kronor and total_by(rows, replace(by, whole_kronor=False)) == shown.total:
        return False
    kept = _kept(rows, by)
    near = ORE * (len(rows) + 1)
    net = sum((to_ore(row_net(row)) for row in kept), ZERO)
    vat = sum((to_ore(row_net(row) * row.vat_percent / 100) for row in kept), ZERO)
    return abs(net - shown.net) <= near and abs(vat - shown.vat) <= near


def _smallest_change(fitting: Collection[RoundingModel], now: RoundingModel) -> RoundingModel | None:
    """Return the model to set: one setting changed, else both; None where models fit that contradict each other.

    Of several numbers of decimals the fewest is right in any case: what is sent with them, Specter keeps.
    """
    decimals = [one for one in fitting if one.rounding == now.rounding]
    rounding = [one for one in fitting if one.price_decimals == now.price_decimals]
    if decimals and rounding:
        return None
    if decimals:
        return min(decimals, key=lambda one: one.price_decimals)
    if len({one.rounding for one in fitting}) > 1:
        return None
    return rounding[0] if rounding else min(fitting, key=lambda one: one.price_decimals)
