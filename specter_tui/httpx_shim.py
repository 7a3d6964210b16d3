"""A shim for httpcore 1.0.9, to go when httpcore asks but once whether sniffio is there (encode/httpcore, pull 1103).

It asks on every step of every call, and Python looks for an absent module on the disk each time: a quarter of a call's
time.
"""

import sys
from importlib.util import find_spec


def settle_sniffio() -> None:
    """Let Python know, where sniffio is not installed, that it need not be looked for."""
    if "sniffio" not in sys.modules and find_spec("sniffio") is None:
        sys.modules["sniffio"] = None  # type: ignore[assignment]  # as the import system writes down what is not to be imported.
