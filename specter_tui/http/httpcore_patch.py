"""Two shims for httpcore 1.0.9.

It asks on every step of every call whether sniffio is there, and Python looks for an absent module on the disk each
time: a quarter of a call's time. To go when it asks but once (encode/httpcore, pull 1103).

It keeps bytes that came behind the end of an answer, and reads them as the answer to the next call on that connection.
To go when it closes such a connection by itself.
"""

import sys
from importlib.util import find_spec

from httpcore._async.http11 import AsyncHTTP11Connection


def settle_sniffio() -> None:
    """Let Python know, where sniffio is not installed, that it need not be looked for."""
    if "sniffio" not in sys.modules and find_spec("sniffio") is None:
        sys.modules["sniffio"] = None  # type: ignore[assignment]  # as the import system writes down what is not to be imported.


def keep_no_bytes() -> None:
    """Close a connection with bytes behind the end of an answer, instead of keeping it for the next call."""
    if AsyncHTTP11Connection._response_closed is not _response_closed:
        AsyncHTTP11Connection._response_closed = _response_closed  # type: ignore[method-assign, assignment]


_keeping = AsyncHTTP11Connection._response_closed


async def _response_closed(connection: AsyncHTTP11Connection) -> None:
    if connection._h11_state.trailing_data[0]:
        await connection.aclose()
    else:
        await _keeping(connection)
