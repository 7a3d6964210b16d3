"""The filters typed before, for the arrow keys of the filter line; they are kept in memory alone."""

from dataclasses import dataclass, field

_MOST = 50


@dataclass(slots=True)
class FilterHistory:
    """The texts of one list, the last one at the end."""

    texts: list[str] = field(default_factory=list)
    _place: int = 0
    _draft: str = ""

    def begin(self) -> None:
        """Start behind the last one."""
        self._place, self._draft = len(self.texts), ""

    def keep(self, text: str) -> None:
        """Add a text as the last one."""
        if text:
            self.texts = [*(other for other in self.texts if other != text), text][-_MOST:]
        self.begin()

    def older(self, text: str) -> str:
        """Return the text before; `text` is what the line has now, to which `newer` returns."""
        if self._place == len(self.texts):
            self._draft = text
        places = [place for place in range(self._place) if self.texts[place] != text]
        self._place = places[-1] if places else self._place
        return self.texts[self._place] if places else text

    def newer(self, text: str) -> str:
        """Return the text after, at last what was typed before the first `older`."""
        if self._place >= len(self.texts):
            return text
        self._place += 1
        return self.texts[self._place] if self._place < len(self.texts) else self._draft
