"""All messages of the message line since the start, whole, the newest first."""

from collections.abc import Sequence

from specter_tui.console.viewmodel.formats import when
from specter_tui.console.viewmodel.shop_view_model import ShopViewModel
from specter_tui.console.viewmodel.styled_text import Line, span
from specter_tui.console.widgets.status_lines import LEVEL_SIGNS, LEVEL_TONES
from specter_tui.i18n import t


class MessagesPage:
    """The messages of one shop."""

    def __init__(self, model: ShopViewModel) -> None:
        self._model = model

    @property
    def title(self) -> str:
        """The title in the frame."""
        return f"{t('Messages')} · {len(self._model.messages)}"

    def write(self, width: int) -> Sequence[Line]:
        """Return a line for each message, with its time."""
        frame = self._model.frame
        if not self._model.messages:
            return ((span(t("No message yet."), "muted"),),)
        return tuple(
            (
                span(f"{when(at, frame.now, frame.zone, seconds=True)} {LEVEL_SIGNS[level]} ", LEVEL_TONES[level]),
                span(text),
            )
            for at, level, text in reversed(self._model.messages)
        )
