"""Texts of preflight findings, imported when there is one, since the rules are loaded after the first frame."""

from typing import TYPE_CHECKING

from specter_tui.i18n import locale

if TYPE_CHECKING:
    from specter_tui.i18n import Language
    from specter_tui.planning.problems import Problem


def payment_in_words(status: str, language: "Language") -> str:
    """Return the word for a payment status."""
    from specter_tui.planning.problem_texts import payment_in_words  # noqa: PLC0415 - comes after the first frame

    return payment_in_words(status, language)


def text_and_cure(problem: "Problem", language: "Language") -> tuple[str, str]:
    """Return a finding's text and cure. One without wording is named by its code and place."""
    from specter_tui.planning.problems import cure_of, text_of  # noqa: PLC0415 - comes after the first frame

    try:
        return text_of(problem, language), cure_of(problem, language)
    except (KeyError, IndexError):  # An operator can act on a code, but not on a crashed screen.
        return f"{problem.code}: {problem.field}", ""


def translated_error(text: str) -> str:
    """Return an error that was recorded in English in the screen's language."""
    from specter_tui.errors import translate_error  # noqa: PLC0415 - comes after the first frame

    return translate_error(text, locale())
