"""What Specter says no to. The codes are the sandbox's own table (docs/wires.md: only 99 is known of the true one)."""

BAD_KEY = 1
MISSING_FIELD = 2
UNKNOWN_CUSTOMER = 3
UNKNOWN_ARTICLE = 4
DUPLICATE = 5
MALFORMED = 6

BREACHES = (BAD_KEY, MISSING_FIELD, UNKNOWN_CUSTOMER, MALFORMED)
"""Refusals that a well-behaved client never meets."""


class Refusal(Exception):
    """The answer is no: `code` and `text`."""

    def __init__(self, code: int, text: str) -> None:
        super().__init__(f"{code} {text}")
        self.code = code
        self.text = text


def malformed(text: str) -> Refusal:
    """Return the refusal of a request that does not follow the protocol."""
    return Refusal(MALFORMED, text)
