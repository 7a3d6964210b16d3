"""Recognise refusals which say that the external number already exists."""

import re

from specter_tui.config.settings import SpecterSettings
from specter_tui.specter.errors import Refused

_ORDER_IN_TEXT = re.compile(r"\border(?:nummer|number|\s*(?:nr|no))?[\s.:#]{0,3}([1-9][0-9]{0,17})\b", re.IGNORECASE)


class DuplicateAnswer:
    """SPECTER__DUPLICATE_ANSWER.

    The built-in pattern is a guess: it proposes a number only if the sent one is in the text.
    """

    def __init__(self, settings: SpecterSettings) -> None:
        self._pattern = re.compile(settings.duplicate_answer, re.IGNORECASE)
        self._is_set = "duplicate_answer" in settings.model_fields_set

    def matches(self, refusal: Refused) -> bool:
        """Return whether the refused order is, or may be, in Specter already."""
        return self._pattern.search(refusal.answer) is not None

    def number_in(self, refusal: Refused, external_no: str) -> str | None:
        """Return the Specter number in the refusal, if there is exactly one besides the sent external number."""
        sent = re.compile(rf"(?<![\w-]){re.escape(external_no)}(?![\w-])", re.IGNORECASE)
        if not self._is_set and not sent.search(refusal.text):
            return None
        found = set(_ORDER_IN_TEXT.findall(sent.sub(" ", refusal.text))) - {external_no}
        return found.pop() if len(found) == 1 else None
