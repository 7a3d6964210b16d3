"""Fit row texts and comments to Specter's length: notes and names are cut, the buyer's choices never are."""

from dataclasses import dataclass, field

from specter_tui.planning.orders.findings import Findings
from specter_tui.text.sanitize import Shortened, joined, shortened_as, up_to_word, whole_length

MARK = "..."
_SHORTEST = 20
"""A shorter rest of a text is not worth sending."""


@dataclass(frozen=True, slots=True)
class Fitting:
    """Fits texts to SPECTER__TEXT_LENGTH; choices that do not fit in their row are kept for the comment."""

    longest: int
    findings: Findings
    for_comment: list[str] = field(default_factory=list)

    def cut(self, place: str, text: str, room: int | None = None) -> str:
        """Return the text, cut at a word and marked where it is too long."""
        room = self.longest if room is None else room
        if len(text) <= room and not isinstance(text, Shortened):
            return text
        self.findings.warn("cut", place, length=str(whole_length(text)), longest=str(room))
        return cut_at_word(text, room) if text and room >= _SHORTEST else ""

    def row(self, place: str, name: str, chosen: str, number: str) -> str:
        """Return the row's text: the name and the buyer's choices uncut; where both do not fit, the name alone.

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
        """Return the choices that did not fit in rows, uncut, then the text, cut where needed."""
        chosen = joined("\n", self.for_comment)
        if len(chosen) > self.longest or isinstance(chosen, Shortened):
            self.findings.block(
                "text", "items", case="length", length=str(whole_length(chosen)), longest=str(self.longest)
            )
            return ""
        if not chosen:
            return self.cut(place, text)
        rest = self.cut(place, text, max(self.longest - len(chosen) - 1, 0))
        return f"{chosen}\n{rest}" if rest else chosen


def cut_at_word(text: str, room: int) -> str:
    """Return at most `room` characters of the text, with the mark."""
    return up_to_word(text, room - len(MARK)) + MARK
