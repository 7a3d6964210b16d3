"""A scrollable block of lines, for the detail and the help. Long lines are wrapped; nothing is markup."""

from collections.abc import Callable, Sequence
from time import monotonic

from rich.cells import cell_len
from rich.console import Console
from rich.style import Style
from rich.text import Text
from textual import events
from textual.geometry import Region, Size
from textual.message import Message
from textual.scroll_view import ScrollView
from textual.strip import Strip
from textual.widget import Widget

from specter_tui.console.viewmodel.styled_text import Line, Styles, paint
from specter_tui.text.numbers import HARD_SPACE

Writer = Callable[[int], Sequence[Line]]
"""Makes the lines for a width."""

SEEN_AFTER = 0.3
"""Seconds until a changed line counts as seen: a click before that may be meant for the line before."""
_HELD = "\ue000"
"""Stands for a no-break space while a line is wrapped."""


def wrap_text(text: Text, console: Console, width: int) -> list[Text]:
    """Return the lines of a text. Rich breaks also at no-break spaces; here an amount stays on one line."""
    held = text.copy()
    held.plain = held.plain.replace(HARD_SPACE, _HELD)
    parts = list(held.wrap(console, width))
    for part in parts:
        part.plain = part.plain.replace(_HELD, HARD_SPACE)
    return parts


class LineView(ScrollView):
    """Draws line by line. The background is looked up once a frame, since Textual searches for it up to the root."""

    background_style = Style()

    def render_lines(self, crop: Region) -> list[Strip]:
        """Return some lines of the screen."""
        self.background_style = self.rich_style
        return super().render_lines(crop)


class TextView(LineView, can_focus=True):
    """Shows a writer's lines, and calls it again when the width changes."""

    def __init__(self, id: str | None = None) -> None:  # noqa: A002 - Textual's name for it
        super().__init__(id=id)
        self.tones: Styles = {}
        self._writer: Writer = lambda _: ()
        self._strips: list[Strip] = []
        self._written: Sequence[Line] = ()

    @property
    def written(self) -> Sequence[Line]:
        """The lines last written."""
        return self._written

    def show(self, writer: Writer, *, from_top: bool = False) -> None:
        """Show other lines; from the top if they are about something else."""
        self._writer = writer
        self._write()
        if from_top:
            self.scroll_to(y=0, animate=False, force=True, immediate=True)

    def on_resize(self) -> None:
        """Write for the new width."""
        self._write()

    def render_line(self, y: int) -> Strip:
        """Return one line of the screen."""
        place, ground = y + self.scroll_offset.y, self.background_style
        if place >= len(self._strips):
            return Strip.blank(self.size.width, ground)
        return self._strips[place].apply_style(ground).adjust_cell_length(self.size.width, ground)

    def _write(self) -> None:
        width = self.scrollable_content_region.width
        if width < 1 or not self.tones:
            return
        self._written = self._writer(width)
        wrapped = [part for written in self._written for part in self._wrapped(written, width)]
        strips = [Strip(text.render(self.app.console)) for text in wrapped]
        old, self._strips = self._strips, strips
        # A layout is needed only for scrolling; the width is not used.
        self.virtual_size = Size(0, len(strips) if len(strips) > self.size.height else 0)
        for place in range(max(len(old), len(strips))):  # Only differing lines are sent to the terminal.
            if old[place : place + 1] != strips[place : place + 1]:
                self._redraw(place)

    def _redraw(self, place: int) -> None:
        y = place - self.scroll_offset.y
        if 0 <= y < self.size.height:
            self.refresh(Region(0, y, self.size.width, 1))

    def _wrapped(self, written: Line, width: int) -> list[Text]:
        """Wrap a long line, indented under the words that follow its sign or label."""
        painted = paint(written, self.tones)
        if painted.cell_len <= width:
            return [painted]
        hang = cell_len(written[0][0]) if len(written) > 1 else 0
        if hang > width // 2:
            hang = 0
        head, rest = painted.divide([len(written[0][0])]) if hang else (Text(end=""), painted)
        parts = wrap_text(rest, self.app.console, width - hang)
        return [Text.assemble(head if not place else " " * hang, part, end="") for place, part in enumerate(parts)]


class LineLabel(Widget, can_focus=False):
    """One line with a left text and a right text, which is dropped where there is no room.

    The left text is wrapped where the widget is higher than one line, and cut at its end.
    """

    class Clicked(Message):
        """A place of the left text was clicked; `lines` are those that the user may have seen there."""

        def __init__(self, label: "LineLabel", x: int, lines: tuple[Line, ...]) -> None:
            super().__init__()
            self.label = label
            self.x = x
            self.lines = lines

    def __init__(self, id: str | None = None) -> None:  # noqa: A002 - Textual's name for it
        super().__init__(id=id)
        self.tones: Styles = {}
        self.left: Line = ()
        self.right: Line = ()
        self._before: Line = ()
        self._changed = 0.0

    def show(self, left: Line, right: Line = ()) -> None:
        """Show other texts; equal ones are not drawn again."""
        if (left, right) != (self.left, self.right):
            self._before, self._changed = self.left, monotonic()
            self.left, self.right = left, right
            self.refresh()

    def on_click(self, event: events.Click) -> None:
        """Report the place; where the line has just changed, with the line before."""
        is_new = event.time - self._changed < SEEN_AFTER
        self.post_message(self.Clicked(self, event.x, (self.left, self._before) if is_new else (self.left,)))

    def render_line(self, y: int) -> Strip:
        """Return the line."""
        width, ground = self.size.width, self.rich_style
        if not self.tones:
            return Strip.blank(width, ground)
        left, right = paint(self.left, self.tones), paint(self.right, self.tones)
        if right.cell_len and left.cell_len + right.cell_len < width:
            left.append(" " * (width - left.cell_len - right.cell_len))
            left.append_text(right)
        if left.cell_len > width:
            left = self._part(left, y, width)
        elif y:
            return Strip.blank(width, ground)
        return Strip(left.render(self.app.console)).apply_style(ground).adjust_cell_length(width, ground)

    def _part(self, text: Text, y: int, width: int) -> Text:
        """Return one line of a wrapped text; the last visible one ends in `…` if there is more."""
        height = self.size.height
        if height == 1:
            text.truncate(width, overflow="ellipsis")
            return text
        parts = wrap_text(text, self.app.console, width - 1)
        if y >= len(parts):
            return Text()
        part = Text.assemble(" " if y else "", parts[y], end="")
        if y == height - 1 and len(parts) > height:
            part.append(" …")
            part.truncate(width, overflow="ellipsis")
        return part
