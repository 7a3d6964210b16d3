"""Errors with a code and values: stored in English, translated where they are shown."""

from collections.abc import Callable
from typing import Any, Self

from specter_tui.i18n import Language, translated
from specter_tui.text.error_texts import FAILURES


class ErrorText(str):
    """A message of the program about a failure. It is its English text; `code` and `values` allow its translation.

    A plain `str` in its place is a text by Specter, the shop or a person, and is never translated.
    """

    __slots__ = ("code", "values")
    code: str
    """The key of its English text in `text/error_texts.py`."""
    values: dict[str, str]
    """The values of its placeholders; a value may itself be an ErrorText."""

    def __new__(cls, code: str, /, **values: object) -> Self:
        """Raises KeyError for a code without a text, or a text with a placeholder that has no value."""
        texts = {name: value if isinstance(value, str) else str(value) for name, value in values.items()}
        made = super().__new__(cls, FAILURES[code].format_map(texts))
        made.code, made.values = code, texts
        return made

    def __getnewargs_ex__(self) -> tuple[tuple[str], dict[str, Any]]:
        return (self.code,), self.values


class CodedError(Exception):
    """An error with a message by the program; `message` has its code and values, and contains no secret."""

    def __init__(self, message: str) -> None:
        super().__init__(message)
        self.message = message


def text_of_error(error: Exception) -> str:
    """Return the message of an error, as an ErrorText if it has one."""
    return error.message if isinstance(error, CodedError) else str(error)


def translate_error(text: str, language: Language) -> str:
    """Return a message in the language; texts by others, alone or as its values, stay as they are."""
    if not isinstance(text, ErrorText):
        return text
    values = {name: translate_error(value, language) for name, value in text.values.items()}
    return translated(language, f"failed.{text.code}", FAILURES[text.code]).format_map(values)


def change_quoted(text: str, change: Callable[[str], str]) -> str:
    """Return the text with `change` applied to the parts by others; the program's own texts stay as they are."""
    if not isinstance(text, ErrorText):
        return change(text)
    return ErrorText(text.code, **{name: change_quoted(value, change) for name, value in text.values.items()})
