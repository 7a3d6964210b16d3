"""Findings of the preflight in words, asked for only when there is one: the rules come after the first frame."""

from typing import TYPE_CHECKING

from specter_tui.console import words

if TYPE_CHECKING:
    from specter_tui.i18n import Language
    from specter_tui.planning.problems import Problem


def payment_in_words(status: str, language: "Language") -> str:
    """The shop's word for how far a payment is."""
    from specter_tui.planning.problem_texts import payment_in_words  # noqa: PLC0415 - comes after the first frame

    return payment_in_words(status, language)


def text_and_cure(problem: "Problem", language: "Language") -> tuple[str, str]:
    """What is wrong and what to do about it. A finding without words is named by its code and its place."""
    from specter_tui.planning.problems import cure_of, text_of  # noqa: PLC0415 - comes after the first frame

    try:
        return text_of(problem, language), cure_of(problem, language)
    except (KeyError, IndexError):  # an operator with a code can still act; one without a screen cannot.
        return f"{problem.code}: {problem.field}", ""


def translated_error(text: str) -> str:
    """What was noted in English when something failed, in the language that is spoken."""
    from specter_tui.errors import translate_error  # noqa: PLC0415 - comes after the first frame

    return translate_error(text, words.spoken)
