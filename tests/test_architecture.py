"""docs/architecture.md shows the code as it is: arrows are imports, files exist, and the two ways are short."""

import re
from pathlib import Path

import grimp
import pytest

ROOT = Path(__file__).parent.parent
PAGE = (ROOT / "docs" / "architecture.md").read_text(encoding="utf-8")
DRAWINGS = re.findall(r"```mermaid\n(.*?)```", PAGE, re.DOTALL)
_ARROW = re.compile(r"(\w+)(?:\[[^]]*\])? (-->|-\.->) (\w+)")
ORDER, KEY = 0, 1


def files(drawing: str) -> dict[str, str]:
    return dict(re.findall(r'(\w+)\["([^"]+)"\]', drawing))


def module(file: str) -> str:
    return "specter_tui." + file.removesuffix(".py").replace("/", ".")


def arrows(drawing: str) -> list[tuple[str, str, str]]:
    named = files(drawing)
    return [(module(named[one]), arrow, module(named[other])) for one, arrow, other in _ARROW.findall(drawing)]


@pytest.fixture(scope="module")
def graph() -> grimp.ImportGraph:
    return grimp.build_graph("specter_tui", cache_dir=None)


@pytest.mark.parametrize("drawing", DRAWINGS, ids=["order", "key"])
def test_every_arrow_is_an_import(graph, drawing):
    drawn = arrows(drawing)
    assert len(drawn) == sum("--> " in line or "-.-> " in line for line in drawing.splitlines())
    wrong = [
        (one, other)
        for one, arrow, other in drawn
        if (arrow == "-->") != graph.direct_import_exists(importer=one, imported=other)
    ]
    assert wrong == []


@pytest.mark.parametrize(("drawing", "most"), [(ORDER, 16), (KEY, 11)], ids=["order", "key"])
def test_the_way_is_short_and_goes_in_one_direction(drawing, most):
    drawn = arrows(DRAWINGS[drawing])
    assert 1 < len({end for one, _, other in drawn for end in (one, other)}) <= most
    reached = {drawn[0][0]}
    for one, _, other in drawn:
        assert one in reached, f"{one} is used before anything led to it"
        assert other != drawn[0][0]
        reached.add(other)


def test_every_file_that_the_page_names_is_there():
    named = set(re.findall(r"`((?:\w+/)+\w*(?:\.py|/))`", PAGE)) - {"tests/planning/"}
    places = (ROOT / "specter_tui", ROOT, ROOT / "specter_tui" / "engine")
    assert [one for one in named if not any((place / one).exists() for place in places)] == []
