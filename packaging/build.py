"""Build a folder, a tar archive or a Debian package with its own Python: `python packaging/build.py KIND WHEEL`.

It holds the Python that runs this file with its libraries, for the distribution that it was built on.
"""

import os
import re
import shutil
import subprocess
import sys
import sysconfig
import tarfile
from pathlib import Path

ROOT = Path(__file__).parent.parent
OUT = ROOT / "dist"
VERSION = f"{sys.version_info.major}.{sys.version_info.minor}"
LEFT_OUT = shutil.ignore_patterns(
    "test", "tests", "idlelib", "turtledemo", "tkinter", "ensurepip", "lib2to3", "site-packages", "__pycache__",
    "config-*", "*.a", "_tkinter*",
)  # fmt: skip
OF_THE_SYSTEM = re.compile(r"^(ld-linux|linux-vdso|libc\.|libm\.|libdl\.|libpthread\.|librt\.|libutil\.|libresolv\.)")
LAUNCHER = """#!/bin/sh
here=${0%/*}
export LD_LIBRARY_PATH="$here/../python/libs${LD_LIBRARY_PATH:+:$LD_LIBRARY_PATH}"
exec "$here/../python/bin/python3" -I "$here/start.py" "$@"
"""
START = """import sys

sys.argv[0] = __file__.removesuffix("start.py") + "specter-tui"
from specter_tui.__main__ import main

main()
"""
PLACE = "/opt/specter-tui"
CONTROL = """Package: specter-tui
Version: {version}
Architecture: {architecture}
Maintainer: The authors of specter-tui <authors@specter-tui.invalid>
Section: misc
Priority: optional
Depends: libc6 (>= {libc}), ca-certificates
Description: Operator console between an Abicart shop and Specter
 Exports orders, articles and stock. It holds its own Python.
"""
POSTINST = """#!/bin/sh
set -e
if command -v systemd-sysusers >/dev/null; then systemd-sysusers specter-tui.conf
elif ! getent passwd specter-tui >/dev/null; then
  useradd --system --home-dir /var/lib/specter-tui --shell /usr/sbin/nologin specter-tui; fi
install -d -o specter-tui -m 0700 /etc/specter-tui
if [ -d /run/systemd/system ]; then systemctl daemon-reload; fi
"""
SYSUSERS = 'u specter-tui - "Orders from the shop to Specter" /var/lib/specter-tui /usr/sbin/nologin\n'


def write(file: Path, text: str, mode: int = 0o644) -> None:
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(text, encoding="utf-8")
    file.chmod(mode)


def build_folder(place: Path, wheel: Path) -> None:
    """Make the folder with Python, its libraries, the tested packages and the program."""
    shutil.rmtree(place, ignore_errors=True)
    python = place / "python"
    (python / "bin").mkdir(parents=True)
    shutil.copy2(Path(sys.executable).resolve(), python / "bin" / "python3")
    library = Path(sysconfig.get_path("stdlib"))
    shutil.copytree(library, python / "lib" / f"python{VERSION}", ignore=LEFT_OUT)
    packages = python / "lib" / f"python{VERSION}" / "site-packages"
    pip = [sys.executable, "-m", "pip", "install", "--quiet", "--disable-pip-version-check", "--target", str(packages)]
    locks = [part for name in ("runtime", "postgres", "alerts") for part in ("-r", f"requirements/{name}.lock")]
    subprocess.run([*pip, "--require-hashes", *locks], cwd=ROOT, check=True)
    subprocess.run([*pip, "--no-deps", "--no-index", str(wheel)], cwd=ROOT, check=True)
    _copy_libraries(python)
    write(place / "bin" / "specter-tui", LAUNCHER, 0o755)
    write(place / "bin" / "start.py", START)


def _copy_libraries(python: Path) -> None:
    libs = python / "libs"
    libs.mkdir()
    programs = [python / "bin" / "python3", *(python / "lib").rglob("*.so*")]
    found: set[Path] = set()
    for program in programs:
        told = subprocess.run(["ldd", str(program)], capture_output=True, text=True, check=False).stdout
        found |= {Path(line) for line in re.findall(r"=> (/\S+)", told)}
    for library in found:
        if not OF_THE_SYSTEM.match(library.name):
            shutil.copy2(library.resolve(), libs / library.name)


def build_archive(version: str, wheel: Path) -> Path:
    folder = ROOT / "build" / f"specter-tui-{version}"
    build_folder(folder, wheel)
    target = OUT / f"{folder.name}-{os.uname().machine}.tar.gz"
    OUT.mkdir(exist_ok=True)
    with tarfile.open(target, "w:gz", compresslevel=6) as archive:
        archive.add(folder, folder.name)
    return target


def build_package(version: str, wheel: Path) -> Path:
    root = ROOT / "build" / "deb"
    shutil.rmtree(root, ignore_errors=True)
    build_folder(root / PLACE.lstrip("/"), wheel)
    command = f'#!/bin/sh\nexec {PLACE}/bin/specter-tui "$@"\n'
    write(root / "usr/bin/specter-tui", command, 0o755)
    unit = (ROOT / "specter_tui/cli/specter-tui.service").read_text(encoding="utf-8")
    write(root / "lib/systemd/system/specter-tui.service", unit.replace("/usr/local/bin/", "/usr/bin/"))
    write(root / "usr/lib/sysusers.d/specter-tui.conf", SYSUSERS)
    write(root / "usr/share/man/man1/specter-tui.1", (ROOT / "docs/specter-tui.1").read_text(encoding="utf-8"))
    shell = os.environ | {"_SPECTER_TUI_COMPLETE": "source_bash"}
    told = subprocess.run(
        [root / PLACE.lstrip("/") / "bin/specter-tui"], env=shell, capture_output=True, text=True, check=True
    )
    write(root / "usr/share/bash-completion/completions/specter-tui", told.stdout)
    architecture = subprocess.run(
        ["dpkg", "--print-architecture"], capture_output=True, text=True, check=True
    ).stdout.strip()
    libc = os.confstr("CS_GNU_LIBC_VERSION").split()[-1]  # type: ignore[union-attr]
    write(root / "DEBIAN/control", CONTROL.format(version=version, architecture=architecture, libc=libc))
    write(root / "DEBIAN/postinst", POSTINST, 0o755)
    OUT.mkdir(exist_ok=True)
    target = OUT / f"specter-tui_{version}_{architecture}.deb"
    subprocess.run(["dpkg-deb", "--root-owner-group", "-Zgzip", "--build", str(root), str(target)], check=True)
    return target


def main() -> None:
    kind, wheel = sys.argv[1], Path(sys.argv[2])
    version = wheel.name.split("-")[1]
    print(build_package(version, wheel) if kind == "deb" else build_archive(version, wheel))


if __name__ == "__main__":
    main()
