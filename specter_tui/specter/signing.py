"""The signature of each call (wires: S-key). It contains no time: only TLS prevents its reuse."""

import hashlib


def signature(inner_key: str, outer_key: str, sbm_id: int, value: str) -> str:
    """Return MD5 of outer key and MD5 of inner key, account and value, in ISO-8859-1; 32 lower-case hex digits.

    The formula is the same for version 1 (key 1 inside, key 2 outside) and version 2 (API user key, integration key).
    """
    inner = _md5(f"{inner_key}{sbm_id}{value}")
    return _md5(f"{outer_key}{inner}")


def _md5(text: str) -> str:
    return hashlib.md5(text.encode("latin-1"), usedforsecurity=False).hexdigest()
