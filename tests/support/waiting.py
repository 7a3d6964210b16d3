"""Waiting for what is to come true, in a process or a thread beside the test; never for a time."""

import time
from collections.abc import Callable
from typing import TypeVar

T = TypeVar("T")
PATIENCE = 60.0


def wait_for(found: Callable[[], T], what: str | Callable[[], object] = "it") -> T:
    """What `found` gives, once it is something; `what` is told where it never is."""
    deadline = time.monotonic() + PATIENCE
    while not (answer := found()):
        assert time.monotonic() < deadline, f"waited in vain for {what() if callable(what) else what}"
        time.sleep(0.02)
    return answer
