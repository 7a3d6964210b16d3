"""Specter's refusals. The codes here are the sandbox's own (docs/wires.md: of the real ones only 99 is known)."""

MISSING_FIELD = 2
UNKNOWN_CUSTOMER = 3
UNKNOWN_ARTICLE = 4
MALFORMED = 6
BAD_ARTICLE = 7

BREACHES = (MISSING_FIELD, UNKNOWN_CUSTOMER, MALFORMED)
"""Refusals that a correct client never receives."""


class Refusal(Exception):
    """A refusal: `code` and `text`; `row` is the number of the row that caused it, or 0.

    `breach`: a correct client never receives it; None judges by the code.
    """

    def __init__(self, code: int, text: str, row: int = 0, *, breach: bool | None = None) -> None:
        super().__init__(f"{code} {text}")
        self.code = code
        self.text = text
        self.row = row
        self.breach = code in BREACHES if breach is None else breach


def malformed(text: str, row: int = 0) -> Refusal:
    """Return the refusal of a request that does not follow the protocol."""
    return Refusal(MALFORMED, text, row)
