"""Two patches of httpcore 1.0.9.

It asks at every step of every call whether sniffio is installed, and Python searches the disk for an absent module each
time: a quarter of a call's time. Remove the patch when httpcore asks only once (encode/httpcore, pull 1103).

It keeps bytes that follow the end of an answer, and reads them as the answer to the next call on that connection.
Remove the patch when httpcore closes such a connection itself.
"""

import sys
from importlib.util import find_spec

from httpcore._async.http11 import AsyncHTTP11Connection


def settle_sniffio() -> None:
    """Mark sniffio as absent where it is not installed, so that Python does not search for it again."""
    if "sniffio" not in sys.modules and find_spec("sniffio") is None:
        sys.modules["sniffio"] = None  # type: ignore[assignment]  # as the import system writes down what is not to be imported.


def keep_no_bytes() -> None:
    """Close a connection with bytes after the end of an answer, instead of reusing it."""
    if AsyncHTTP11Connection._response_closed is not _response_closed:
        AsyncHTTP11Connection._response_closed = _response_closed  # type: ignore[method-assign, assignment]


_keeping = AsyncHTTP11Connection._response_closed


async def _response_closed(connection: AsyncHTTP11Connection) -> None:
    if connection._h11_state.trailing_data[0]:
        await connection.aclose()
    else:
        await _keeping(connection)
