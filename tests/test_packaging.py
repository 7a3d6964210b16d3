"""The package's metadata: ranges, exact versions where something is patched, and the tested set within both."""

import ast
import json
import re
import sys
import tomllib
from pathlib import Path

import pytest
from packaging.requirements import Requirement

from tests.test_documents import parse

ROOT = Path(__file__).parent.parent
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
DEPENDENCIES = [Requirement(one) for one in PROJECT["project"]["dependencies"]]
EXTRAS = {name: [Requirement(one) for one in of] for name, of in PROJECT["project"]["optional-dependencies"].items()}
BUILD = [Requirement(one) for one in PROJECT["build-system"]["requires"]]
PATCHED_OR_PHOTOGRAPHED = {"httpx", "httpcore", "textual"}


def pinned(name: str) -> dict[str, str]:
    text = (ROOT / "requirements" / f"{name}.lock").read_text(encoding="utf-8")
    return dict(re.findall(r"(?m)^([a-z0-9-]+)(?:\[.*\])?==([^ \\;]+)", text))


def test_only_what_is_patched_or_photographed_is_exact() -> None:
    every = [*DEPENDENCIES, *BUILD, *(one for of in EXTRAS.values() for one in of)]
    exact = {one.name for one in every if any(part.operator == "==" for part in one.specifier)}
    assert exact == PATCHED_OR_PHOTOGRAPHED
    assert all(any(part.operator == ">=" for part in one.specifier) for one in every if one.name not in exact)


@pytest.mark.parametrize("lock", ["runtime", "alerts", "postgres", "dev"])
def test_the_tested_set_is_within_the_ranges(lock: str) -> None:
    versions = pinned(lock)
    wanted = DEPENDENCIES + EXTRAS.get(lock, []) + (BUILD if lock == "dev" else [])
    assert {one.name: versions[one.name] for one in wanted if versions[one.name] not in one.specifier} == {}
    assert {name: version for name, version in versions.items() if pinned("dev")[name] != version} == {}


@pytest.mark.parametrize("lock", ["runtime", "alerts", "postgres"])
def test_nothing_that_only_builds_is_installed_on_a_server(lock: str) -> None:
    assert pinned(lock).keys().isdisjoint({one.name for one in BUILD} | {"setuptools", "wheel"})
    assert {one.name for one in BUILD} <= pinned("build").keys()


def test_every_package_that_is_imported_is_declared() -> None:
    imported = {
        (node.module if isinstance(node, ast.ImportFrom) else name.name) or ""
        for file in (ROOT / "specter_tui").rglob("*.py")
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8")))
        if isinstance(node, ast.Import | ast.ImportFrom)
        for name in node.names
    }
    tops = {name.partition(".")[0] for name in imported} - sys.stdlib_module_names - {"specter_tui", "hatchling"}
    declared = {one.name.replace("-", "_") for one in [*DEPENDENCIES, *(one for of in EXTRAS.values() for one in of)]}
    spelled = {"dotenv": "python_dotenv", "pydantic_core": "pydantic", "rich": "textual"}
    assert {name for name in tops if spelled.get(name, name) not in declared} == set()
    assert "tzdata" in declared


def test_the_whole_package_is_built_and_run_without_a_path_each_night() -> None:
    """It takes too long for each run; tests/test_debian_package.py has the rest."""
    nightly = (ROOT / ".github" / "workflows" / "nightly.yml").read_text(encoding="utf-8")
    assert "make deb" in nightly
    assert "env -i HOME=/tmp/home /tmp/unpacked/opt/specter-tui/bin/specter-tui demo" in nightly


def test_the_container_installs_by_the_makefile_and_runs_a_command_that_exists() -> None:
    lines = (ROOT / "packaging" / "Containerfile").read_text(encoding="utf-8").splitlines()
    command = next(json.loads(line.removeprefix("CMD ")) for line in lines if line.startswith("CMD "))
    assert command[:2] == ["specter-tui", "watch"]
    parse(command[1:])
    assert any("make install PREFIX=/usr/local" in line for line in lines)
    assert "STOPSIGNAL SIGTERM" in lines
    linked = next(line for line in lines if "ln -s" in line)
    assert "/usr/local/share/specter-tui/venv/bin/specter-tui /usr/local/bin/specter-tui" in linked
