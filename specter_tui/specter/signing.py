"""The signature that travels with each call (wires: S-key). It holds no time: only TLS keeps it from being reused."""

import hashlib


def signature(inner_key: str, outer_key: str, sbm_id: int, value: str) -> str:
    """MD5 over outer key and MD5 over inner key, account and value, each as ISO-8859-1; 32 lower-case hex digits.

    The same formula serves version 1 (key 1 inside, key 2 outside) and version 2 (API user key, integration key).
    """
    inner = _md5(f"{inner_key}{sbm_id}{value}")
    return _md5(f"{outer_key}{inner}")


def _md5(text: str) -> str:
    return hashlib.md5(text.encode("latin-1"), usedforsecurity=False).hexdigest()
