"""Format every problem that a test meets, so that no wording lacks a value."""

import pytest

from specter_tui.planning.orders import findings
from specter_tui.planning.problems import Problem, cure_of, text_of


@pytest.fixture(autouse=True)
def _in_words(monkeypatch):
    def spoken(code, field, values=()):
        problem = Problem(code, field, values)
        for language in ("sv", "en"):
            assert "{" not in text_of(problem, language).replace("{gap}", "")
            assert cure_of(problem, language)
        return problem

    monkeypatch.setattr(findings, "Problem", spoken)
