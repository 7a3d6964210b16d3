"""What failed, as a code and values: English where it is written down, the screen's language where it is shown."""

from collections.abc import Callable
from typing import Any, Self

from specter_tui.i18n import Language, translated
from specter_tui.text.error_texts import FAILURES


class ErrorText(str):
    """A text of ours about what failed. It reads as its English; `code` and `values` say it in every language.

    A plain `str` in its place is what Specter, the shop or a person said: it stays as it was said.
    """

    __slots__ = ("code", "values")
    code: str
    """The key of its English in `text/error_texts.py`."""
    values: dict[str, str]
    """What fills it; a value may be an ErrorText in its turn."""

    def __new__(cls, code: str, /, **values: object) -> Self:
        """Raises KeyError for a code that has no text, or a text that lacks a value."""
        texts = {name: value if isinstance(value, str) else str(value) for name, value in values.items()}
        made = super().__new__(cls, FAILURES[code].format_map(texts))
        made.code, made.values = code, texts
        return made

    def __getnewargs_ex__(self) -> tuple[tuple[str], dict[str, Any]]:
        return (self.code,), self.values


class CodedError(Exception):
    """An error of ours; `message` has its code and values, and no secret."""

    def __init__(self, message: str) -> None:
        super().__init__(message)
        self.message = message


def text_of_error(error: Exception) -> str:
    """Return what an error says, with its code where it is one of ours."""
    return error.message if isinstance(error, CodedError) else str(error)


def translate_error(text: str, language: Language) -> str:
    """Return a text of ours in the language; what others said, in it or alone, as it was said."""
    if not isinstance(text, ErrorText):
        return text
    values = {name: translate_error(value, language) for name, value in text.values.items()}
    return translated(language, f"failed.{text.code}", FAILURES[text.code]).format_map(values)


def change_quoted(text: str, change: Callable[[str], str]) -> str:
    """Return the text with what others said in it changed; ours stays ours."""
    if not isinstance(text, ErrorText):
        return change(text)
    return ErrorText(text.code, **{name: change_quoted(value, change) for name, value in text.values.items()})
