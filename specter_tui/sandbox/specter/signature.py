"""The key that signs each call (docs/wires.md, authentication)."""

from dataclasses import dataclass
from hashlib import md5
from hmac import compare_digest


@dataclass(frozen=True, slots=True, kw_only=True)
class Credentials:
    """The data that an integration needs to call one account."""

    sbm_id: str
    user_id: str
    user_key: str
    integration_key: str
    version: int = 2
    """2: apiUserId must be sent. 1: it does not exist."""

    def key(self, value: str) -> str:
        """Return the key of a call that signs `value`: hashed as ISO-8859-1, inner key first."""
        inner = hexdigest(self.user_key + self.sbm_id + value)
        return hexdigest(self.integration_key + inner)

    def accepts(self, key: str, value: str) -> bool:
        """Return whether `key` signs `value`, compared in constant time."""
        return compare_digest(key.encode("latin-1"), self.key(value).encode("ascii"))


def hexdigest(text: str) -> str:
    """Return the MD5 of `text` in ISO-8859-1, as 32 lower-case hex digits."""
    return md5(text.encode("latin-1"), usedforsecurity=False).hexdigest()
