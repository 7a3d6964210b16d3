"""The pages about the probe name its steps."""

import re
from pathlib import Path

import pytest

from specter_tui.engine.probe.probe_texts import PROBE_TEXTS
from specter_tui.engine.probe.table import STEPS

DOCS = Path(__file__).parents[2] / "docs"
NAMES = {step.name for step in STEPS}


def test_every_fact_about_the_two_apis_has_the_steps_that_settle_it():
    page = (DOCS / "wires.md").read_text(encoding="utf-8").partition("## The sandbox")[0]
    cells = re.findall(r"(?m)^\| [AS]-[a-z-]+ \|.*\| ([^|]+) \|$", page)
    assert len(cells) == len(re.findall(r"(?m)^\| [AS]-", page)) > 50
    assert {name for cell in cells for name in cell.split(", ")} - NAMES == {"-"}


@pytest.mark.parametrize("page", ["probe.md", "probe.sv.md"])
def test_the_page_has_a_row_for_each_step_that_reads_the_shop(page):
    rows = re.findall(r"(?m)^\| (A\d+) \|", (DOCS / page).read_text(encoding="utf-8"))
    assert rows == [step.name for step in STEPS if step.group == "read"]


def test_every_step_has_a_title_and_its_question_a_text():
    assert {step.title for step in STEPS} | {step.asks for step in STEPS if step.asks} <= PROBE_TEXTS.keys()
