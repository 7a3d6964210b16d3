"""Exit statuses: an interface for scripts."""

from collections.abc import Iterable

from specter_tui.engine.decisions import NothingChanged
from specter_tui.engine.events import OrderState, OrderView

DONE = 0
NOT_ALL_WENT_WELL = 1
BAD_USAGE = 2
OUT_OF_REACH = 3
INTERRUPTED = 130

_NOT_WELL: frozenset[OrderState] = frozenset(
    {"blocked", "refused", "unknown", "exists", "retry_later", "sending", "out_of_scope"}
)


def of_orders(views: Iterable[OrderView]) -> int:
    """What the orders of a command come to: 1 if any was blocked, refused or left unknown."""
    return NOT_ALL_WENT_WELL if any(view.state in _NOT_WELL for view in views) else DONE


def of_refusal(refused: Exception) -> int:
    """What a command that was not carried out comes to: 1 if it found nothing to change, else it was bad usage."""
    return NOT_ALL_WENT_WELL if isinstance(refused, NothingChanged) else BAD_USAGE
