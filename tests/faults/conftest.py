"""Sandboxes in separate processes, shared by the tests of a worker; each test begins with an empty shop."""

from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

import pytest

from tests.faults.programs import ready
from tests.faults.proxy import Proxy
from tests.faults.world import Machine, World, sandbox


@pytest.fixture(scope="session")
def strict() -> Iterator[World]:
    """A Specter that refuses an external number that it has."""
    ready()
    with sandbox("--orders", "0") as world:
        yield world


@pytest.fixture(scope="session")
def lax() -> Iterator[World]:
    """A Specter that accepts every order as new, and settings that say so."""
    ready()
    with sandbox("--orders", "0", "--no-refuses-duplicates") as world:
        yield world


@pytest.fixture
def machine(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Callable[..., Machine]]:
    """Make a machine on a Specter that refuses duplicates, or does not; all are checked at the end."""
    with machines(request, tmp_path) as make:
        yield make


@contextmanager
def machines(request: pytest.FixtureRequest, tmp_path: Path, **own: str) -> Iterator[Callable[..., Machine]]:
    """Make machines, all with these settings."""
    with ExitStack() as held:
        made: list[Machine] = []

        def make(*, refuses: bool = True, **settings: str) -> Machine:
            world: World = request.getfixturevalue("strict" if refuses else "lax")
            if not made:
                world.forget()
            proxy = held.enter_context(Proxy(world.settings["SPECTER__URL"]))
            place = tmp_path / f"machine-{len(made)}"
            made.append(Machine(world, proxy, place, **{**own, **settings}))
            held.callback(made[-1].close)
            return made[-1]

        yield make
        for one in made:
            one.check()
