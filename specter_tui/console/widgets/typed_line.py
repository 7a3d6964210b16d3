"""A line to type in: what is typed is in it, and edited, before the next key is given out (TerminalApp.on_event)."""

from textual import events
from textual.actions import SkipAction
from textual.widgets import Input


class TypedLine(Input):
    """Nothing blinks, nothing is selected by coming here, and enter is for whoever shows the line."""

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
        """`hint` stands in an empty line; `most` characters fit, 0: any number."""
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
        """Whether a key is text for this line; one for digits leaves all others to whoever shows it."""
        return super().check_consume_key(key, character) and (not self.digits or str(character).isdecimal())

    def take(self, event: events.Key | events.Paste) -> bool:
        """Put a key or what is pasted into the line. Answers whether it was text."""
        if isinstance(event, events.Paste):
            self._on_paste(event)
            return True
        if not self.check_consume_key(event.key, event.character):
            return False
        self.replace(event.character or "", *self.selection)
        return True

    async def action_submit(self) -> None:
        """Enter is not done here."""
        raise SkipAction
