"""Timing of garbage collection: not before the first frame, and later without delaying the screen.

A full collection takes time with the number of objects, and blocks everything else. Long-lived objects, the program's
and then the orders, are therefore frozen; the others are never many.
"""

import gc

_EVER = gc.get_threshold()
_HARDLY_EVER = 1_000_000


class _Aside:
    begun = False


def pause_collection() -> None:
    """Enable collection after the first frame, if the process began with it disabled."""
    if not gc.isenabled():
        _Aside.begun = True
        gc.freeze()
        gc.set_threshold(*_EVER[:2], _HARDLY_EVER)
        gc.enable()


def freeze_heap() -> None:
    """Freeze the orders, too."""
    if _Aside.begun:
        _Aside.begun = False
        gc.freeze()
        gc.set_threshold(*_EVER)
