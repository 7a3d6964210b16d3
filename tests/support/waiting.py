"""Wait for a condition in a process or thread beside the test; never for a fixed time."""

import time
from collections.abc import Callable
from typing import TypeVar

T = TypeVar("T")
PATIENCE = 60.0


def wait_for(found: Callable[[], T], what: str | Callable[[], object] = "it") -> T:
    """Return the value of `found`, once there is one; `what` is reported if there never is."""
    deadline = time.monotonic() + PATIENCE
    while not (answer := found()):
        assert time.monotonic() < deadline, f"waited in vain for {what() if callable(what) else what}"
        time.sleep(0.02)
    return answer
