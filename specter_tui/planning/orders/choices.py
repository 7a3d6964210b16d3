"""Options and texts that the buyer chose for a row and that its article number does not identify (wires: A-choices)."""

from collections.abc import Iterator

from specter_tui.abicart.catalog_models import Article, Choice, in_language
from specter_tui.abicart.models import OrderItem, answers_of
from specter_tui.planning.orders.findings import Findings
from specter_tui.text.latin1 import to_latin1
from specter_tui.text.sanitize import joined, shortened_as


def chosen_text(
    item: OrderItem, article: Article | None, language: str, name: str, place: str, findings: Findings
) -> str:
    """Return the choices as text, `Gravyr: Till Anna, Färg: Röd`.

    Empty where the article number identifies them all.
    """
    if not item.choices.keys() - {"quantity"}:
        return ""
    told = set() if article is None else _told_by_number(item, article)
    choices = {} if article is None else {str(choice.uid): choice for choice in article.choices}
    texts = []
    for key, value in item.choices.items():
        if key == "quantity" or key in told:
            continue
        for answer in answers_of(value, language):
            text, known = _answer(key, answer, choices.get(key), language)
            if not to_latin1(answer).strip():
                findings.block("text", f"{place}/choices/{key}", case="signs", name=name, text=answer)
            if not known:
                findings.warn("choice", f"{place}/choices/{key}", name=name, text=text)
            texts.append(shortened_as(answer, text))
    return joined(", ", texts)


def _told_by_number(item: OrderItem, article: Article) -> set[str]:
    """Return the choices of a variant that has a number of its own."""
    chosen = item.chosen.items()
    return {
        key
        for variant in article.variants
        if variant.overrides.article_number and variant.defined_by.items() <= chosen
        for key in variant.defined_by
    }


def _answer(key: str, answer: str, choice: Choice | None, language: str) -> tuple[str, bool]:
    """Return the answer with its question, and True if the article knows both.

    An unknown option's uid is kept as text.
    """
    if choice is None:
        return (f"{key}: {answer}", False) if answer.isdecimal() else (answer, True)
    label = in_language(choice.name, language)
    if choice.options:
        names = {str(option.uid): in_language(option.name, language) for option in choice.options}
        known = bool(names.get(answer))
        return ": ".join(_filled(label, names.get(answer) or answer)), known
    return ": ".join(_filled(label, answer)), True


def _filled(*texts: str) -> Iterator[str]:
    return (text for text in texts if text)
