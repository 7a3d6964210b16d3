"""The forge runs the makefile, with the Pythons that the package declares; a release with placeholders is refused."""

import re
import tomllib
from pathlib import Path
from typing import Any

import pytest

from tools.release import problems

ROOT = Path(__file__).parent.parent
PROJECT: dict[str, Any] = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
WORKFLOWS = {file.stem: file.read_text(encoding="utf-8") for file in (ROOT / ".github" / "workflows").glob("*.yml")}
REAL = PROJECT | {
    "version": "0.2.0",
    "authors": [{"name": "Anna", "email": "anna@example.com"}],
    "urls": {"Homepage": "https://example.com/specter-tui"},
}
CHANGES = (
    "# Changelog\n\n## Unreleased\n\n## 0.2.0 (2027-01-15)\n\n### Added\n\n- A thing.\n\n## 0.1.0\n\n- The first.\n"
)


def declared() -> list[str]:
    found = (re.fullmatch(r"Programming Language :: Python :: (3\.\d+)", one) for one in PROJECT["classifiers"])
    return [match[1] for match in found if match]


def test_the_matrix_has_every_python_that_is_declared() -> None:
    matrix = re.search(r"test:.*?python-version: \[(.*?)\]", WORKFLOWS["checks"], re.DOTALL)
    assert matrix
    assert re.findall(r"[\d.]+", matrix[1]) == declared()
    assert PROJECT["requires-python"] == f">={declared()[0]}"
    page = (ROOT / "docs" / "versions.md").read_text(encoding="utf-8")
    assert f"today {', '.join(declared()[:-1])} and {declared()[-1]}." in page


def test_every_make_target_of_the_forge_exists() -> None:
    targets = set(re.findall(r"(?m)^([a-z]+):", (ROOT / "Makefile").read_text(encoding="utf-8")))
    run = {target for text in WORKFLOWS.values() for target in re.findall(r"(?m)(?:run: |^ +)make ([a-z]+)", text)}
    assert {"lint", "test", "build", "install", "docs", "audit", "ranges"} <= run
    assert run <= targets


def test_the_nightly_audit_can_fail() -> None:
    assert "make audit STRICT=1" in WORKFLOWS["nightly"]
    recipe = (ROOT / "Makefile").read_text(encoding="utf-8").partition("\naudit:")[2].partition("\n\n")[0]
    assert "$(if $(STRICT),,||" in recipe


def test_the_metadata_of_today_is_refused_for_its_placeholders_alone() -> None:
    found = list(problems(PROJECT | {"version": "0.2.0"}, CHANGES, ""))
    assert found
    assert [one for one in found if "is a placeholder" not in one] == []


def test_a_version_that_is_ready_is_not_refused() -> None:
    assert list(problems(REAL, CHANGES, "")) == []


@pytest.mark.parametrize(
    ("project", "changelog", "changed", "says"),
    [
        (REAL | {"urls": {"Homepage": "https://specter-tui.invalid/"}}, CHANGES, "", "Homepage is a placeholder"),
        (REAL | {"authors": [{"name": "A", "email": "a@b.invalid"}]}, CHANGES, "", "authors is a placeholder"),
        (REAL | {"keywords": []}, CHANGES, "", "keywords is missing"),
        (REAL | {"version": "0.3.0"}, CHANGES, "", "nothing is said about 0.3.0"),
        (REAL, CHANGES.replace("## Unreleased\n", "## Unreleased\n\n- More.\n"), "", "Unreleased is not empty"),
        (REAL, CHANGES, " M README.md\n", "not committed: README.md"),
    ],
)
def test_it_is_refused_for(project: dict[str, Any], changelog: str, changed: str, says: str) -> None:
    (found,) = problems(project, changelog, changed)
    assert says in found
