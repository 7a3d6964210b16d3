"""The wheel and the Debian package: contents, owners, commands, and what its scripts do with the service.

The package is made here around a folder with a small script in place of Python; the nightly workflow builds it whole.
"""

import gzip
import os
import runpy
import shutil
import stat
import subprocess
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from hatchling.builders.wheel import WheelBuilder

from specter_tui import __version__

ROOT = Path(__file__).parent.parent
BUILD = runpy.run_path(str(ROOT / "packaging" / "build.py"))
DEBIAN = ROOT / "packaging" / "debian"


def script(file: Path, text: str) -> Path:
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(f"#!/bin/sh\n{text}\n", encoding="utf-8")
    file.chmod(0o755)
    return file


def said(*command: str | Path, **environment: str) -> str:
    """Run a program with this environment and no other."""
    return subprocess.run(command, env=environment, capture_output=True, text=True, check=True).stdout


def test_the_wheel_has_the_program_whole_and_nothing_else(tmp_path: Path) -> None:
    wheel = zipfile.ZipFile(next(WheelBuilder(str(ROOT)).build(directory=str(tmp_path))))
    names = set(wheel.namelist())
    source = {str(file.relative_to(ROOT)) for file in (ROOT / "specter_tui").rglob("*.py")}
    needed = {
        "specter_tui/cli/specter-tui.service",
        "specter_tui/locale/sv/LC_MESSAGES/specter-tui.mo",
        "specter_tui/py.typed",
        f"specter_tui-{__version__}.data/data/share/man/man1/specter-tui.1",
    }
    assert source | needed <= names
    tops = {"specter_tui", f"specter_tui-{__version__}.data", f"specter_tui-{__version__}.dist-info"}
    assert {name.partition("/")[0] for name in names} == tops
    assert not [name for name in names if name.endswith((".po", ".pyc"))]
    entries = wheel.read(f"specter_tui-{__version__}.dist-info/entry_points.txt").decode()
    assert "specter-tui = specter_tui.__main__:main" in entries


@pytest.fixture
def folder(tmp_path: Path) -> Iterator[Path]:
    """Make a program's folder, whose Python prints its arguments; it is found without a PATH."""
    usual = os.umask(0o022)
    root = tmp_path / "root"
    place = root / BUILD["PLACE"]
    script(place / "python" / "bin" / "python3", 'echo "$LD_LIBRARY_PATH $*"')
    (place / "bin").mkdir()
    shutil.copy(ROOT / "packaging" / "launcher.sh", place / "bin" / "specter-tui")
    (place / "bin" / "specter-tui").chmod(0o755)
    yield root
    os.umask(usual)


def test_its_command_runs_its_own_python_by_any_name_and_without_a_path(folder: Path, tmp_path: Path) -> None:
    here = folder / BUILD["PLACE"] / "bin"
    (tmp_path / "link").symlink_to(here / "specter-tui")
    for command in (here / "specter-tui", tmp_path / "link"):
        assert said(command, "orders", "a b", PATH="").strip() == (
            f"{here}/../python/libs -IB {here}/start.py orders a b"
        )


@pytest.mark.skipif(shutil.which("dpkg-deb") is None, reason="dpkg-deb makes Debian packages, and is not here")
def test_the_package_has_unit_user_pages_and_completion_owned_by_root(folder: Path, tmp_path: Path) -> None:
    package = BUILD["pack"](folder, __version__, tmp_path / "out")
    assert package.name.startswith(f"specter-tui_{__version__}_")
    listed = [line.split() for line in said("dpkg-deb", "-c", package, PATH=os.environ["PATH"]).splitlines()]
    assert {line[1] for line in listed} == {"root/root"}
    assert not [line for line in listed if "w" in line[0][5:]], "nobody else may write"
    files = {line[5].removeprefix("./") for line in listed}
    unit = folder / "usr/lib/systemd/system/specter-tui.service"
    shown = {
        "usr/bin/specter-tui",
        str(unit.relative_to(folder)),
        "usr/lib/sysusers.d/specter-tui.conf",
        "usr/share/man/man1/specter-tui.1.gz",
        "usr/share/doc/specter-tui/copyright",
        "usr/share/doc/specter-tui/changelog.gz",
        "usr/share/bash-completion/completions/specter-tui",
        "usr/share/zsh/vendor-completions/_specter-tui",
        "usr/share/fish/vendor_completions.d/specter-tui.fish",
    }
    assert shown <= files
    assert "\nExecStart=/usr/bin/specter-tui watch" in unit.read_text(encoding="utf-8")
    assert stat.S_IMODE((folder / "usr/bin/specter-tui").stat().st_mode) == 0o755
    page = gzip.decompress((folder / "usr/share/man/man1/specter-tui.1.gz").read_bytes()).decode()
    assert page == (ROOT / "docs" / "specter-tui.1").read_text(encoding="utf-8")
    control = said("dpkg-deb", "-f", package, PATH=os.environ["PATH"])
    assert f"\nVersion: {__version__}\n" in control
    assert "\nDepends: libc6 (>= " in control


class Computer:
    """A computer of its own for the scripts: programs that only write down how they were called."""

    def __init__(self, folder: Path, *, active: bool) -> None:
        self._programs, self._log, self.root = folder / "programs", folder / "log", folder / "root"
        (self.root / "run" / "systemd" / "system").mkdir(parents=True)
        for name in ("systemctl", "systemd-sysusers", "install"):
            ends = "exit 3" if name == "systemctl" and not active else ""
            script(
                self._programs / name,
                f'echo "{name} $*" >> "{self._log}"; case "$1" in is-active) {ends or ":"};; esac',
            )
        for name in ("rm", "touch"):
            (self._programs / name).symlink_to(shutil.which(name) or name)

    def run(self, name: str, *words: str) -> list[str]:
        """Run a script of the package; return what it called, but for questions."""
        self._log.write_text("", encoding="utf-8")
        self.printed = said("/bin/sh", DEBIAN / name, *words, PATH=str(self._programs), DPKG_ROOT=str(self.root))
        called = self._log.read_text(encoding="utf-8").replace(str(self.root), "").splitlines()
        return [one for one in called if "is-active" not in one]


FIRST = ["systemd-sysusers specter-tui.conf", "install -d -o specter-tui -m 0700 /etc/specter-tui"]


def test_a_first_installation_makes_the_user_and_starts_nothing(tmp_path: Path) -> None:
    assert Computer(tmp_path, active=False).run("postinst", "configure") == [*FIRST, "systemctl daemon-reload"]


def test_an_upgrade_ends_a_running_service_first_and_starts_it_after(tmp_path: Path) -> None:
    computer = Computer(tmp_path, active=True)
    assert computer.run("prerm", "upgrade", "0.2.0") == ["systemctl stop specter-tui.service"]
    assert computer.run("postinst", "configure", "0.1.0")[2:] == [
        "systemctl daemon-reload",
        "systemctl start specter-tui.service",
    ]
    assert computer.run("postinst", "configure", "0.1.0")[2:] == ["systemctl daemon-reload"], "once"


def test_an_upgrade_starts_no_service_that_was_stopped(tmp_path: Path) -> None:
    computer = Computer(tmp_path, active=False)
    assert computer.run("prerm", "upgrade", "0.2.0") == []
    assert computer.run("postinst", "configure", "0.1.0")[2:] == ["systemctl daemon-reload"]


def test_removal_ends_the_service_and_purge_keeps_journal_and_settings(tmp_path: Path) -> None:
    computer = Computer(tmp_path, active=True)
    assert computer.run("prerm", "remove") == [
        "systemctl stop specter-tui.service",
        "systemctl disable --quiet specter-tui.service",
    ]
    journal = computer.root / "var" / "lib" / "specter-tui" / "journal.db"
    journal.parent.mkdir(parents=True)
    journal.write_text("numbers", encoding="utf-8")
    computer.run("postrm", "purge")
    assert journal.read_text(encoding="utf-8") == "numbers"
    assert "/var/lib/specter-tui is kept" in computer.printed
    assert "/etc/specter-tui is kept" not in computer.printed
