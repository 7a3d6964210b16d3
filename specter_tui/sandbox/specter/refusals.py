"""What Specter says no to. The codes are the sandbox's own table (docs/wires.md: only 99 is known of the true one)."""

BAD_KEY = 1
MISSING_FIELD = 2
UNKNOWN_CUSTOMER = 3
UNKNOWN_ARTICLE = 4
DUPLICATE = 5
MALFORMED = 6
BAD_ARTICLE = 7
OPEN_BATCH = 99

BREACHES = (BAD_KEY, MISSING_FIELD, UNKNOWN_CUSTOMER, MALFORMED)
"""Refusals that a well-behaved client never meets."""


class Refusal(Exception):
    """The answer is no: `code` and `text`; `row` is the number of the row that it is about, 0 if it is about none."""

    def __init__(self, code: int, text: str, row: int = 0) -> None:
        super().__init__(f"{code} {text}")
        self.code = code
        self.text = text
        self.row = row


def malformed(text: str, row: int = 0) -> Refusal:
    """Return the refusal of a request that does not follow the protocol."""
    return Refusal(MALFORMED, text, row)
