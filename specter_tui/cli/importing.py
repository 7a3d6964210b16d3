"""Ctrl+C while modules are imported and arguments are read: it ends the process, without a traceback."""

import gc
import signal


def before_work() -> None:
    """Let Ctrl+C end the process; only in the main thread."""
    if signal.getsignal(signal.SIGINT) is signal.default_int_handler:
        signal.signal(signal.SIGINT, signal.SIG_DFL)


def begin_work() -> None:
    """Let Ctrl+C raise KeyboardInterrupt again, and keep the garbage collector from what was imported, which stays."""
    gc.freeze()
    if signal.getsignal(signal.SIGINT) is signal.SIG_DFL:
        signal.signal(signal.SIGINT, signal.default_int_handler)
