"""Exit statuses: an interface for scripts."""

from collections.abc import Iterable

from specter_tui.engine.decisions import NothingChanged
from specter_tui.engine.events import OrderView
from specter_tui.engine.order_states import OrderState

DONE = 0
SOME_FAILED = 1
BAD_USAGE = 2
OUT_OF_REACH = 3
INTERRUPTED = 130

_NOT_WELL: frozenset[OrderState] = frozenset(
    {"blocked", "refused", "unknown", "exists", "retry_later", "sending", "out_of_scope"}
)


def exit_code_of(views: Iterable[OrderView]) -> int:
    """Return 1 if any order of a command was blocked, refused or left unknown, else 0."""
    return SOME_FAILED if any(view.state in _NOT_WELL for view in views) else DONE


def of_refusal(refused: Exception) -> int:
    """Return the exit status of a refused command: 1 if there was nothing to change, else 2 (bad usage)."""
    return SOME_FAILED if isinstance(refused, NothingChanged) else BAD_USAGE
