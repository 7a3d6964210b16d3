from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from specter_tui.sandbox.sandbox import Sandbox
from tests.cli.commands import Commands


@pytest.fixture
def commands(tmp_path: Path) -> Iterator[Callable[..., Commands]]:
    """Run commands in separate processes, on a sandbox; processes left at the end of the test are killed."""
    made: list[Commands] = []

    def on(sandbox: Sandbox, **others: str) -> Commands:
        made.append(Commands(tmp_path, {**sandbox.settings, **others}))
        return made[-1]

    yield on
    for one in made:
        one.stop()
