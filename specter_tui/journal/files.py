"""The journal's files and folder: private to their owner, and never on a network file system."""

import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from specter_tui.errors import ErrorText
from specter_tui.journal.errors import JournalError, JournalReadOnly

_MOUNTS = Path("/proc/self/mountinfo")
_NETWORKS = frozenset(
    ["nfs", "nfs4", "cifs", "smb3", "smbfs", "ncpfs", "afs", "ceph", "lustre", "davfs", "fuse.sshfs", "fuse.glusterfs"]
)


def private_folder(folder: Path) -> None:
    """Make the folder and its missing parents, all 0700 whatever the umask; an existing folder is not changed."""
    if folder.is_dir():
        return
    private_folder(folder.parent)
    with _refused(folder):
        folder.mkdir(mode=0o700, exist_ok=True)
        folder.chmod(0o700)


def private_file(path: Path) -> None:
    """Create the file for its owner alone (0600); an existing file is not changed."""
    with _refused(path), suppress(FileExistsError):
        # An existing file is never opened: closing it again would drop the locks that this process holds on it.
        os.close(os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600))


def close_to_others(path: Path) -> None:
    """Restrict a journal's file and SQLite's files beside it to the owner (0600).

    Only for a file that is known to be a journal: the program must not change the mode of other programs' files.
    """
    with _refused(path):
        for one in (path, Path(f"{path}-wal"), Path(f"{path}-shm")):
            with suppress(FileNotFoundError):
                if one.stat().st_mode & 0o077:
                    one.chmod(0o600)


def prepare(path: Path) -> None:
    """Create a journal's folder and file if they are missing.

    Raises JournalError on a network file system, where locks and shared memory do not work, and JournalReadOnly if this
    user may not create the file.
    """
    private_folder(path.parent)
    if (kind := file_system(path.parent)) in _NETWORKS:
        raise JournalError(ErrorText("journal_network_disk", path=path, kind=kind))
    private_file(path)


def sync(path: Path) -> None:
    """Sync a file, or a folder's list of names, to the disk. Raises OSError."""
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def file_system(folder: Path, mounts: Path = _MOUNTS) -> str:
    """Return the kind of the folder's file system; empty if the system does not tell (macOS)."""
    try:
        lines = mounts.read_text(encoding="utf-8", errors="surrogateescape").splitlines()
    except OSError:
        return ""
    place, best, kind = folder.resolve(), -1, ""
    for line in lines:
        left, _, right = line.partition(" - ")
        mount = Path(left.split(" ")[4].replace("\\040", " "))
        # Of equal mount points the last counts: a later mount covers an earlier one.
        if place.is_relative_to(mount) and len(mount.parts) >= best:
            best, kind = len(mount.parts), right.split(" ", 1)[0]
    return kind


@contextmanager
def _refused(path: Path) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        raise JournalReadOnly(ErrorText("journal_cannot_make", path=path, why=error.strerror)) from error
