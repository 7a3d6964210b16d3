"""Metrics in Prometheus' text format: counts and times only, no order and no person."""

import os
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import get_args

from specter_tui.engine.order_states import OrderState
from specter_tui.journal.models import Overdue, OverdueKind


@dataclass(frozen=True, slots=True)
class Figures:
    """The measured values. Times are None where there is none yet."""

    orders: Mapping[OrderState, int]
    oldest_open: datetime | None
    last_look: datetime | None
    last_export: datetime | None
    halted: bool
    overdue: Sequence[Overdue] = ()
    """Work that is due and not done."""
    undelivered: int = 0
    """Alerts since the program began that no address accepted."""
    is_read: bool = True
    """True if the orders were polled since the program began: before that, open orders are not known."""


def metrics_text(figures: Figures, shop: int, now: datetime) -> str:
    """Return the metrics in the format of node-exporter's textfile collector."""
    age = (now - figures.oldest_open).total_seconds() if figures.oldest_open else 0
    by_state = {f',state="{state}"': number for state, number in figures.orders.items()}
    lines = _metric("orders", "Orders in scope by state.", by_state, shop)
    if figures.is_read:
        lines += _metric("oldest_open_order_age_seconds", "Age of the oldest order that is not done.", {"": age}, shop)
    waiting = dict.fromkeys((f',work="{kind}"' for kind in get_args(OverdueKind)), 0.0)
    waiting |= {f',work="{one.kind}"': (now - one.since).total_seconds() for one in figures.overdue}
    lines += _metric("overdue_seconds", "How long the oldest of the work after an export is due.", waiting, shop)
    undelivered = {"": figures.undelivered}
    lines += _metric("alerts_undelivered", "Alerts that no address took since the start.", undelivered, shop)
    lines += _metric("halted", "1 when nothing is sent until someone acts.", {"": int(figures.halted)}, shop)
    for name, meaning, at in (
        ("last_look_timestamp_seconds", "When the shop was last read.", figures.last_look),
        ("last_export_timestamp_seconds", "When an order was last exported.", figures.last_export),
    ):
        if at is not None:
            lines += _metric(name, meaning, {"": at.timestamp()}, shop)
    return "\n".join(lines) + "\n"


def _metric(name: str, meaning: str, values: Mapping[str, float], shop: int) -> list[str]:
    full = f"specter_tui_{name}"
    samples = [f'{full}{{shop="{shop}"{labels}}} {round(value, 3)}' for labels, value in sorted(values.items())]
    return [f"# HELP {full} {meaning}", f"# TYPE {full} gauge", *samples]


def write_whole(file: Path, text: str) -> None:
    """Replace a file in one step, so that no reader sees half of it; others may read it. Raises OSError."""
    partial = file.with_name(f".{file.name}.{os.getpid()}")
    try:
        partial.write_text(text, encoding="utf-8")
        partial.chmod(0o644)
        partial.replace(file)
    finally:
        with suppress(FileNotFoundError):
            partial.unlink()
