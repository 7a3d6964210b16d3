"""One measured promise: a line of the table, and of the JSON."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from statistics import median

_COLUMNS = ("benchmark", "measured", "yardstick", "", "unit", "ratio", "demanded", "")


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """`measured` beside `yardstick`, each the median of its runs; `spread` is from the least to the greatest.

    If each run has a yardstick run beside it, `ratio` is the median of their ratios, so that other load on the machine
    affects both.
    """

    name: str
    unit: str
    measured: float
    yardstick: float
    ratio: float
    """The ratio of both."""
    beside: str
    """The description of the yardstick."""
    demanded: float
    at_most: bool = False
    """True if the ratio must be at most the demanded one; otherwise it must be at least that."""
    spread: tuple[float, float]

    @classmethod
    def of(
        cls,
        name: str,
        unit: str,
        runs: Sequence[float],
        yardsticks: Sequence[float],
        *,
        beside: str,
        demanded: float,
        at_most: bool = False,
    ) -> "Line":
        """Return the line of several runs, each with its own yardstick run, or all with one."""
        paired = zip(runs, yardsticks if len(yardsticks) > 1 else [*yardsticks] * len(runs), strict=True)
        return cls(
            name=name,
            unit=unit,
            measured=median(runs),
            yardstick=median(yardsticks),
            ratio=median(run / yardstick for run, yardstick in paired),
            beside=beside,
            demanded=demanded,
            at_most=at_most,
            spread=(min(runs), max(runs)),
        )

    @property
    def met(self) -> bool:
        """True if the promise is kept."""
        return self.ratio <= self.demanded if self.at_most else self.ratio >= self.demanded

    def as_json(self) -> dict[str, object]:
        """Return the line as JSON."""
        return {**asdict(self), "met": self.met}


def table(lines: Sequence[Line]) -> str:
    """Return all lines as a text table with a head."""
    rows = [_COLUMNS, *(_row(line) for line in lines)]
    widths = [max(len(row[column]) for row in rows) for column in range(len(_COLUMNS))]
    return "\n".join("  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)) for row in rows)


def _row(line: Line) -> tuple[str, ...]:
    return (
        line.name,
        f"{line.measured:.4g}",
        f"{line.yardstick:.4g}",
        line.beside,
        line.unit,
        f"{line.ratio:.2f}",
        f"{'<=' if line.at_most else '>='} {line.demanded:.2f}",
        "met" if line.met else "MISSED",
    )
