"""Whole forms, field by field, as they would be sent."""

import pytest

from tests.planning.orders.golden import FOLDER, file_of, text_of
from tests.planning.scenarios import SCENARIOS


@pytest.mark.parametrize("name", SCENARIOS)
def test_the_form_is_the_golden_one(name):
    assert text_of(name) == file_of(name).read_text(encoding="utf-8")


def test_each_golden_file_has_its_scenario():
    assert {file.stem for file in FOLDER.iterdir()} == set(SCENARIOS)
