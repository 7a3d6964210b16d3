"""Say what keeps this version from being published: `make release`. Nothing is built or sent here."""

import re
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parent.parent
PLACEHOLDER = ".invalid"
"""The end of the addresses that stand for real ones; no host can ever have it."""
_NEEDED = ("authors", "classifiers", "description", "keywords", "license", "readme", "requires-python", "urls")


def problems(project: dict[str, Any], changelog: str, changed: str) -> Iterator[str]:
    """Yield each reason: of the metadata, of the changelog, and of `changed`, the files that are not committed."""
    yield from (f"pyproject.toml: {name} is missing" for name in _NEEDED if not project.get(name))
    addresses = {
        "authors": " ".join(one.get("email", "") for one in project.get("authors", ())),
        **project.get("urls", {}),
    }
    yield from (
        f"pyproject.toml: {name} is a placeholder: {one}" for name, one in addresses.items() if PLACEHOLDER in one
    )
    parts = dict(re.findall(r"(?ms)^## (\S+)[^\n]*\n(.*?)(?=^## |\Z)", changelog))
    if not parts.get(project["version"], "").strip():
        yield f"CHANGELOG.md: nothing is said about {project['version']}"
    if re.search(r"(?m)^- ", parts.get("Unreleased", "")):
        yield "CHANGELOG.md: Unreleased is not empty; name it after the version"
    if changed.strip():
        yield f"not committed: {', '.join(line[3:] for line in changed.splitlines())}"


def main() -> int:
    """Print what is missing; return 1 if anything is."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    changelog = (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")
    status = ["git", "status", "--porcelain"]
    changed = subprocess.run(status, cwd=ROOT, capture_output=True, text=True, check=True).stdout  # noqa: S603
    found = list(problems(project, changelog, changed))
    for one in found:
        print(one)
    return int(bool(found))


if __name__ == "__main__":
    sys.exit(main())
