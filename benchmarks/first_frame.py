"""Time to the first frame of the bare console, on a journal of many orders, beside an empty Textual app."""

import compileall
import os
import shutil
import sys
import tempfile
from collections.abc import Mapping
from pathlib import Path

import benchmarks.empty_app
import specter_tui
from benchmarks.sandboxes import sandbox
from benchmarks.table import Line
from benchmarks.terminal import Size, seconds_to_first_frame
from specter_tui.abicart.document_lists import chunked
from specter_tui.journal.location import JournalLocation
from specter_tui.journal.models import KnownNumber
from specter_tui.journal.opening import open_journal
from specter_tui.journal.safety.operators import current_operator

SIZES = (Size(80, 24), Size(120, 40))
_OLD = 1_000_000_000
_FIRST_WORDS = (b"specter-tui", b"Orders")
"""Texts of the first frame: of its status line, and above its list."""


def first_frames(rounds: int, rows: int) -> list[Line]:
    """Measure one line for each size of terminal."""
    compileall.compile_dir(Path(specter_tui.__file__).parent, quiet=1)
    with sandbox(40) as pointers, tempfile.TemporaryDirectory(prefix="bench-") as folder:
        fill(Path(folder) / "journal.db", int(pointers["ABICART__WEBSHOP"]), rows)
        file = settings_file(Path(folder), pointers)
        return [_first_frame(size, file, rounds, rows) for size in SIZES]


def _first_frame(size: Size, settings_file: Path, rounds: int, rows: int) -> Line:
    program = shutil.which("specter-tui", path=Path(sys.executable).parent)
    assert program is not None, "install the project into this environment first"
    console = [program, "--settings", str(settings_file)]
    empty = [sys.executable, benchmarks.empty_app.__file__]
    home = settings_file.parent
    environment = {
        "PATH": os.environ["PATH"],
        "HOME": str(home),
        "LANG": "C.UTF-8",
        "TERM": "xterm-256color",
        "COLORTERM": "truecolor",
    }
    ours, theirs = [], []
    for number in range(rounds + 1):
        one = seconds_to_first_frame(empty, size, environment)
        other = seconds_to_first_frame(console, size, environment, _FIRST_WORDS)
        if number:  # The first run of each warms the disk's cache.
            theirs.append(one)
            ours.append(other)
    name = f"first frame {size}, {rows} rows"
    return Line.of(name, "s", ours, theirs, beside="empty Textual app", demanded=1.3, at_most=True)


def fill(path: Path, shop: int, rows: int) -> None:
    """Create a journal with that many rows: an event for each order, all exported long ago."""
    with open_journal(JournalLocation(path), shop, current_operator()) as journal:
        for uids in chunked(range(_OLD, _OLD + rows // 2), 20_000):
            journal.decisions.import_known(KnownNumber(uid, str(uid), str(900_000 + uid)) for uid in uids)


def settings_file(folder: Path, pointers: Mapping[str, str]) -> Path:
    file = folder / "settings.env"
    file.touch(mode=0o600)
    lines = {**pointers, "JOURNAL__URL": f"sqlite:///{folder}/journal.db", "JOURNAL__SEEN": f"{folder}/seen"}
    file.write_text("".join(f"{name}='{value}'\n" for name, value in lines.items()), encoding="utf-8")
    return file
