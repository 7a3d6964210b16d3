"""Row texts and comments in the length that Specter takes: what is cut, and what never is (SPECTER__TEXT_LENGTH)."""

from dataclasses import dataclass, field

from specter_tui.planning.orders.findings import Findings
from specter_tui.text.sanitize import Shortened, joined, shortened_as, up_to_word, whole_length

MARK = "..."
_SHORTEST = 20
"""What is left of a text is not worth sending below this."""


@dataclass(frozen=True, slots=True)
class Fitting:
    """Fits texts to one length; keeps those of the buyer's choosing that have no room in their row, for the comment."""

    longest: int
    findings: Findings
    for_comment: list[str] = field(default_factory=list)

    def cut(self, place: str, text: str, room: int | None = None) -> str:
        """The text, cut at a word and marked where it has no room."""
        room = self.longest if room is None else room
        if len(text) <= room and not isinstance(text, Shortened):
            return text
        self.findings.warn("cut", place, length=str(whole_length(text)), longest=str(room))
        return cut_at_word(text, room) if text and room >= _SHORTEST else ""

    def row(self, place: str, name: str, chosen: str, number: str) -> str:
        """The row's text: the name, then what the buyer chose, whole; where both have no room, the name alone.

        The name may be cut to half the length to make room.
        """
        whole = not isinstance(chosen, Shortened)
        if not chosen and whole:
            return self.cut(place, name)
        room = self.longest - len(chosen) - 2
        if whole and (len(name) <= room or room >= self.longest // 2):
            return f"{self.cut(place, name, room)}, {chosen}"
        self.for_comment.append(shortened_as(chosen, f"{number}: {chosen}"))
        return self.cut(place, name)

    def comment(self, place: str, text: str) -> str:
        """What the buyer chose and the rows have no room for, whole; then the text, cut where it must be."""
        chosen = joined("\n", self.for_comment)
        if len(chosen) > self.longest or isinstance(chosen, Shortened):
            self.findings.block("text", "items", length=str(whole_length(chosen)), longest=str(self.longest))
            return ""
        if not chosen:
            return self.cut(place, text)
        rest = self.cut(place, text, max(self.longest - len(chosen) - 1, 0))
        return f"{chosen}\n{rest}" if rest else chosen


def cut_at_word(text: str, room: int) -> str:
    """At most `room` characters of it, with the mark."""
    return up_to_word(text, room - len(MARK)) + MARK
