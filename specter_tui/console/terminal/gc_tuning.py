"""When Python looks for garbage: not before the first frame, and then so that the screen is never held up by it.

A look through all that is there takes as long as there is much of it, and nothing else runs meanwhile. What is there
to stay, the program itself and then the orders, is therefore set aside; of the rest there is never much.
"""

import gc

_EVER = gc.get_threshold()
_HARDLY_EVER = 1_000_000


class _Aside:
    begun = False


def pause_collection() -> None:
    """The first frame is there; where the process began without looking for garbage, it looks for it from now on."""
    if not gc.isenabled():
        _Aside.begun = True
        gc.freeze()
        gc.set_threshold(*_EVER[:2], _HARDLY_EVER)
        gc.enable()


def freeze_heap() -> None:
    """The orders are there, too."""
    if _Aside.begun:
        _Aside.begun = False
        gc.freeze()
        gc.set_threshold(*_EVER)
