"""Build a folder, a tar archive or a Debian package with its own Python: `python packaging/build.py KIND WHEEL`.

It holds the Python that runs this file with its libraries, for the distribution that it was built on.
"""

import gzip
import os
import re
import shutil
import subprocess
import sys
import sysconfig
import tarfile
from pathlib import Path

HERE = Path(__file__).parent
ROOT = HERE.parent
OUT = ROOT / "dist"
VERSION = f"{sys.version_info.major}.{sys.version_info.minor}"
LEFT_OUT = shutil.ignore_patterns(
    "test", "tests", "idlelib", "turtledemo", "tkinter", "ensurepip", "lib2to3", "site-packages", "__pycache__",
    "config-*", "*.a", "_tkinter*",
)  # fmt: skip
OF_THE_SYSTEM = re.compile(r"^(ld-linux|linux-vdso|libc\.|libm\.|libdl\.|libpthread\.|librt\.|libutil\.|libresolv\.)")
PLACE = "opt/specter-tui"
SCRIPTS = ("postinst", "prerm", "postrm")


def write(file: Path, text: str, mode: int = 0o644) -> None:
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(text, encoding="utf-8")
    file.chmod(mode)


def read(name: str) -> str:
    """Return a file of the source."""
    return (ROOT / name).read_text(encoding="utf-8")


def build_folder(place: Path, wheel: Path) -> None:
    """Make the folder with Python, its libraries, the tested packages and the program."""
    shutil.rmtree(place, ignore_errors=True)
    python = place / "python"
    (python / "bin").mkdir(parents=True)
    shutil.copy2(Path(sys.executable).resolve(), python / "bin" / "python3")
    library = python / "lib" / f"python{VERSION}"
    shutil.copytree(Path(sysconfig.get_path("stdlib")), library, ignore=LEFT_OUT)
    packages = library / "site-packages"
    pip = [sys.executable, "-m", "pip", "install", "--quiet", "--disable-pip-version-check", "--no-compile"]
    pip += ["--no-warn-conflicts", "--root-user-action=ignore", "--target", str(packages)]
    locks = [part for name in ("runtime", "postgres", "alerts") for part in ("-r", f"requirements/{name}.lock")]
    subprocess.run([*pip, "--require-hashes", *locks], cwd=ROOT, check=True)
    shutil.rmtree(packages / "bin")  # Commands of other packages, bound to the Python of this computer.
    subprocess.run([*pip, "--no-deps", "--no-index", str(wheel)], cwd=ROOT, check=True)
    for left in (packages / "bin", packages / "share"):
        shutil.rmtree(left, ignore_errors=True)
    for told in packages.glob("*.dist-info/direct_url.json"):
        told.unlink()
    _copy_libraries(python)
    # Compiled here, since the program writes nothing into its folder.
    compiling = [sys.executable, "-m", "compileall", "-q", "-j", "0", "-s", str(place), "-p", "/", str(library)]
    subprocess.run(compiling, check=True)
    write(place / "bin" / "specter-tui", read("packaging/launcher.sh"), 0o755)
    write(place / "bin" / "start.py", read("packaging/start.py"))


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
        archive.add(folder, folder.name, filter=_owned_by_root)
    return target


def _owned_by_root(member: tarfile.TarInfo) -> tarfile.TarInfo:
    member.uid = member.gid = 0
    member.uname = member.gname = "root"
    return member


def build_package(version: str, wheel: Path) -> Path:
    root = ROOT / "build" / "deb"
    shutil.rmtree(root, ignore_errors=True)
    build_folder(root / PLACE, wheel)
    return pack(root, version, OUT)


def pack(root: Path, version: str, out: Path) -> Path:
    """Make a Debian package of `root`, which has the program's folder: command, unit, user, man page, completion."""
    write(root / "usr/bin/specter-tui", f'#!/bin/sh\nexec /{PLACE}/bin/specter-tui "$@"\n', 0o755)
    unit = read("specter_tui/cli/specter-tui.service").replace("/usr/local/bin/", "/usr/bin/")
    write(root / "usr/lib/systemd/system/specter-tui.service", unit)
    write(root / "usr/lib/sysusers.d/specter-tui.conf", read("packaging/debian/sysusers.conf"))
    _compressed(root / "usr/share/man/man1/specter-tui.1.gz", read("docs/specter-tui.1"))
    _compressed(root / "usr/share/doc/specter-tui/changelog.gz", read("CHANGELOG.md"))
    write(root / "usr/share/doc/specter-tui/copyright", read("LICENSE"))
    command = str(root / PLACE / "bin/specter-tui")
    for shell, place in (
        ("bash", "bash-completion/completions/specter-tui"),
        ("zsh", "zsh/vendor-completions/_specter-tui"),
        ("fish", "fish/vendor_completions.d/specter-tui.fish"),
    ):
        asked = os.environ | {"_SPECTER_TUI_COMPLETE": f"source_{shell}"}
        write(root / "usr/share" / place, _told([command], asked))
    libc = os.confstr("CS_GNU_LIBC_VERSION") or ""
    control = read("packaging/debian/control").format(
        version=version,
        architecture=_told(["dpkg", "--print-architecture"]).strip(),
        libc=libc.split()[-1],
        kilobytes=sum(file.lstat().st_size for file in root.rglob("*") if file.is_file()) // 1024,
    )
    write(root / "DEBIAN/control", control)
    for name in SCRIPTS:
        write(root / "DEBIAN" / name, read(f"packaging/debian/{name}"), 0o755)
    out.mkdir(exist_ok=True)
    architecture = re.findall(r"(?m)^Architecture: (\S+)$", control)[0]
    target = out / f"specter-tui_{version}_{architecture}.deb"
    subprocess.run(["dpkg-deb", "--root-owner-group", "-Zgzip", "--build", str(root), str(target)], check=True)
    return target


def _compressed(file: Path, text: str) -> None:
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_bytes(gzip.compress(text.encode(), mtime=0))


def _told(command: list[str], environment: dict[str, str] | None = None) -> str:
    return subprocess.run(command, env=environment, capture_output=True, text=True, check=True).stdout


def main() -> None:
    os.umask(0o022)
    kind, wheel = sys.argv[1], Path(sys.argv[2])
    version = wheel.name.split("-")[1]
    print(build_package(version, wheel) if kind == "deb" else build_archive(version, wheel))


if __name__ == "__main__":
    main()
