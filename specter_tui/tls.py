"""Whom every connection trusts."""

import ssl
from functools import cache


@cache
def trusted() -> ssl.SSLContext:
    """The machine's certificates, read once: it takes 20 ms and half a megabyte, and there may be hundreds of shops."""
    return ssl.create_default_context()
