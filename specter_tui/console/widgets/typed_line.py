"""A text input that takes each key before the next one is dispatched (TerminalApp.on_event)."""

from textual import events
from textual.actions import SkipAction
from textual.widgets import Input


class TypedLine(Input):
    """An input without blinking or selection on focus; the screen around it handles Enter."""

    def __init__(
        self,
        value: str = "",
        *,
        hint: str = "",
        most: int = 0,
        secret: bool = False,
        digits: bool = False,
        compact: bool = False,
        id: str | None = None,  # noqa: A002 - Textual's own name
    ) -> None:
        """Make an input; `hint` is shown while it is empty; `most` is the maximum length, 0 for any."""
        super().__init__(
            value,
            placeholder=hint,
            max_length=most,
            password=secret,
            restrict="[0-9]*" if digits else None,
            compact=compact,
            select_on_focus=False,
            id=id,
        )
        self.cursor_blink = False
        self.digits = digits

    def check_consume_key(self, key: str, character: str | None) -> bool:
        """Return whether a key is text for this input; one for digits accepts digits only."""
        return super().check_consume_key(key, character) and (not self.digits or str(character).isdecimal())

    def take(self, event: events.Key | events.Paste) -> bool:
        """Insert a key or pasted text; return whether it was text."""
        if isinstance(event, events.Paste):
            self._on_paste(event)
            return True
        if not self.check_consume_key(event.key, event.character):
            return False
        self.replace(event.character or "", *self.selection)
        return True

    async def action_submit(self) -> None:
        """Leave Enter to the screen."""
        raise SkipAction
