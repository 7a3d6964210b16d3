"""The console in a real pseudo-terminal, in a process of its own: its start, and every way to end it."""

import os
import pty
import re
import select
import signal
import struct
import subprocess
import sys
import termios
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from fcntl import ioctl
from functools import partial
from multiprocessing.process import BaseProcess
from pathlib import Path

import pytest

from tests.console import in_terminal
from tests.faults import programs
from tests.support.environment import in_environment
from tests.support.file_modes import mode

ROOT = Path(__file__).parents[3]
PATIENCE = 60.0
RESTORED = b"\x1b[?1049l"


class Started:
    """A program with an interpreter of its own, for what Python takes from the environment at its start."""

    def __init__(self, words: Sequence[str], line: int, environment: dict[str, str]) -> None:
        self._process = subprocess.Popen(
            words, stdin=line, stdout=line, stderr=line, cwd=ROOT, env=environment, start_new_session=True
        )
        self.pid = self._process.pid
        self.kill = self._process.kill
        self.join = self._process.wait

    def is_alive(self) -> bool:
        return self._process.poll() is None

    @property
    def exitcode(self) -> int | None:
        return self._process.returncode


@dataclass
class Terminal:
    """The other end of the console's terminal."""

    process: BaseProcess | Started
    handle: int
    mark: Path
    seen: bytes = b""
    open: bool = field(default=True)

    def read(self, seconds: float = 0.05) -> bytes:
        ready, _, _ = select.select([self.handle], [], [], seconds) if self.open else ([], [], [])
        data = b""
        if ready:
            with suppress(OSError):
                data = os.read(self.handle, 65536)
        self.seen += data
        return data

    def wait_for(self, what: bytes) -> None:
        deadline = time.monotonic() + PATIENCE
        while what not in self.seen:
            assert time.monotonic() < deadline, self.seen[-2000:]
            self.read()

    def write(self, data: bytes) -> None:
        os.write(self.handle, data)

    def hang_up(self) -> None:
        os.close(self.handle)
        self.open = False

    def end(self) -> int:
        deadline = time.monotonic() + PATIENCE
        while self.process.is_alive():
            assert time.monotonic() < deadline, self.seen[-2000:]
            self.read()
            if not self.open:
                time.sleep(0.05)
        while self.read(0.1):
            pass
        assert self.process.exitcode is not None
        return self.process.exitcode

    def signal(self, number: signal.Signals) -> None:
        assert self.process.pid is not None
        os.kill(self.process.pid, number)

    def noted(self) -> list[str]:
        return self.mark.read_text().splitlines() if self.mark.exists() else []


@contextmanager
def terminal(
    folder: Path, way: str = "", size: tuple[int, int] = (24, 80), *, is_forked: bool = True, **environment: str
) -> Iterator[Terminal]:
    """Start a console."""
    master, slave = pty.openpty()
    ioctl(slave, termios.TIOCSWINSZ, struct.pack("HHHH", *size, 0, 0))
    inherited = {"PATH": os.environ["PATH"], "TERM": "xterm-256color", "LANG": "C.UTF-8", "HOME": str(folder)}
    process: BaseProcess | Started
    inherited |= in_environment(environment)
    if is_forked:
        run = partial(in_terminal.main, folder / "mark", way)
        process = programs.in_terminal(
            os.ttyname(slave), inherited, folder=ROOT, run=run, is_borrowed=way == "borrowed"
        )
    else:
        words = (sys.executable, "-m", "tests.console.in_terminal", str(folder / "mark"), way)
        process = Started(words, slave, inherited)
    other_end = Terminal(process, master, folder / "mark")
    try:
        yield other_end
    finally:
        process.kill()
        process.join()
        os.close(slave)
        if other_end.open:
            os.close(master)


def plain(seen: bytes) -> str:
    return re.sub(rb"\x1b\[[0-9;?<>=$]*[a-zA-Z@`]|\x1b[()][A-Z0-9]|\x1b[=>]", b"", seen).decode(errors="replace")


@pytest.mark.parametrize("key", [b"q", b"\x03", b"\x11"], ids=["q", "ctrl+c", "ctrl+q"])
def test_leaving_by_key_drains_and_restores_the_terminal(tmp_path: Path, key: bytes) -> None:
    with terminal(tmp_path) as term:
        term.wait_for("Åsa Öberg".encode())
        term.write(key)
        assert term.end() == 0
        assert term.noted() == ["open", "asked to leave", "drained", "left 0"]
        assert RESTORED in term.seen


@pytest.mark.parametrize(("number", "code"), [(signal.SIGTERM, 0), (signal.SIGINT, 130)])
def test_a_signal_drains_and_restores_the_terminal(tmp_path: Path, number: signal.Signals, code: int) -> None:
    with terminal(tmp_path) as term:
        term.wait_for("Åsa Öberg".encode())
        term.signal(number)
        assert term.end() == code
        assert term.noted() == ["open", "asked to leave", "drained", f"left {code}"]
        assert RESTORED in term.seen


def test_a_closed_line_drains_and_leaves_no_process(tmp_path: Path) -> None:
    with terminal(tmp_path) as term:
        term.wait_for("Åsa Öberg".encode())
        term.hang_up()  # the kernel sends SIGHUP to the session's leader.
        assert term.end() == 0
        assert term.noted() == ["open", "asked to leave", "drained", "left 0"]


def test_a_hang_up_signal_alone_is_enough(tmp_path: Path) -> None:
    with terminal(tmp_path) as term:
        term.wait_for("Åsa Öberg".encode())
        term.signal(signal.SIGHUP)
        assert term.end() == 0
        assert "drained" in term.noted()


def test_a_line_that_goes_without_a_signal(tmp_path: Path) -> None:
    """It is not the session's own terminal: writes fail, reads return nothing, and no signal is sent."""
    with terminal(tmp_path, "borrowed") as term:
        term.wait_for("Åsa Öberg".encode())
        term.hang_up()
        assert term.end() == 0
        assert "drained" in term.noted()


def test_an_engine_that_does_not_end_does_not_keep_the_process(tmp_path: Path) -> None:
    with terminal(tmp_path, "stuck") as term:
        term.wait_for("Åsa Öberg".encode())
        term.write(b"q")
        assert term.end() == 1
        assert "1001" in plain(term.seen).rsplit("Left while", 1)[-1]
        assert RESTORED in term.seen


def test_settings_that_cannot_be_used(tmp_path: Path) -> None:
    with terminal(tmp_path, "settings") as term:
        assert term.end() == 2
        last = plain(term.seen.rsplit(RESTORED, 1)[-1]).strip().splitlines()
        assert len(last) == 1
        assert last[0].startswith("specter-tui: SPECTER__SBM_ID: ")


def test_an_error_of_our_own_leaves_one_line_and_a_report_without_values(tmp_path: Path) -> None:
    with terminal(tmp_path, "broken", XDG_STATE_HOME=str(tmp_path / "state")) as term:
        assert term.end() == 1
        after = plain(term.seen.rsplit(RESTORED, 1)[-1]).strip().splitlines()
        assert len(after) == 1
        assert "RuntimeError" in after[0]
        assert b"secret-key-one" not in term.seen
        assert b"19121212" not in term.seen
    reports = list(tmp_path.rglob("crash-*.txt"))
    assert len(reports) == 1
    assert mode(reports[0]) == 0o600
    assert str(reports[0]) in after[0]
    report = reports[0].read_text()
    assert "in_terminal.py" in report
    assert "RuntimeError" in report
    assert "19121212-1212" not in report.replace('personal_number = "19121212-1212"', "")
    assert "secret-key-one 1" not in report


@pytest.mark.parametrize(
    "noise",
    [b"\xff", b"\xff\xfe\xfd", b"\x1b[M\x20\xff\xf0", b"\x1b[M !!", b"\xc3", b"\x1b[<0;1;1M\x1b[<0;1;1m", b"\x00\x9b"],
)
def test_bytes_that_are_no_text_end_nothing(tmp_path: Path, noise: bytes) -> None:
    with terminal(tmp_path) as term:
        term.wait_for("Åsa Öberg".encode())
        term.write(noise)
        term.write(b"\x03")
        assert term.end() == 0


def test_a_dumb_terminal_is_told_so(tmp_path: Path) -> None:
    with terminal(tmp_path, TERM="dumb") as term:
        assert term.end() == 2
        assert "TERM=dumb" in plain(term.seen)
        assert RESTORED not in term.seen
        assert term.noted() == ["left 2"]


def test_without_a_terminal_it_says_so(tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "tests.console.in_terminal", str(tmp_path / "mark"), ""],
        stdin=subprocess.DEVNULL, capture_output=True, cwd=ROOT, check=False, timeout=PATIENCE,
    )  # fmt: skip
    assert done.returncode == 2
    assert b"needs a terminal" in done.stderr
    assert done.stdout == b""


def colours_in(sent: bytes) -> set[int]:
    """Return the codes that set a colour in any form."""
    codes = {int(code) for part in re.findall(rb"\x1b\[([0-9;]*)m", sent) for code in part.split(b";") if code}
    return codes & {38, 48, *range(30, 38), *range(40, 48), *range(90, 98), *range(100, 108)}


@pytest.mark.parametrize("line", [{}, {"SSH_TTY": "/dev/pts/9"}], ids=["here", "over SSH"])
def test_no_colour_is_sent_where_none_is_wanted(tmp_path: Path, line: dict[str, str]) -> None:
    with terminal(tmp_path, NO_COLOR="1", **line) as term:
        term.wait_for("Åsa Öberg".encode())
        term.write(b"E")
        term.wait_for(b"everything")
        term.signal(signal.SIGTERM)
        assert term.end() == 0
        assert colours_in(term.seen) == set()


@pytest.mark.parametrize("name", ["xterm", "screen", "linux"])
def test_where_there_are_sixteen_colours_no_more_are_sent(tmp_path: Path, name: str) -> None:
    with terminal(tmp_path, TERM=name) as term:
        term.wait_for("Åsa Öberg".encode())
        term.write(b"q")
        assert term.end() == 0
        assert colours_in(term.seen) - {38, 48}
        assert not colours_in(term.seen) & {38, 48}


def left_on(sent: bytes) -> set[bytes]:
    """Return the terminal modes that were changed and not restored."""
    last = dict(re.findall(rb"\x1b\[\?([0-9]+)([hl])", sent))
    kept = {mode for mode, state in last.items() if state == (b"l" if mode in (b"25", b"7") else b"h")}
    return kept | ({b"keys"} if sent.count(b"\x1b[>1u") > sent.count(b"\x1b[<u") else set())


@pytest.mark.parametrize("way", ["", "broken", "settings"], ids=["by key", "after a crash", "with bad settings"])
def test_the_terminal_is_whole_afterwards(tmp_path: Path, way: str) -> None:
    """Screen, cursor, mouse, paste, keys: every changed mode is restored."""
    with terminal(tmp_path, way, XDG_STATE_HOME=str(tmp_path)) as term:
        if not way:
            term.wait_for("Åsa Öberg".encode())
            term.write(b"q")
        term.end()
        assert b"\x1b[?1049h" in term.seen
        assert left_on(term.seen) == set()


def test_ctrl_z_stops_nothing(tmp_path: Path) -> None:
    with terminal(tmp_path) as term:
        term.wait_for("Åsa Öberg".encode())
        term.write(b"\x1a")
        term.write(b"?")
        term.wait_for(b"Keys")
        assert Path(f"/proc/{term.process.pid}/stat").read_text().rpartition(")")[2].split()[0] in "RS"
        term.write(b"\x03")
        assert term.end() == 0


def test_a_dropped_line_costs_no_processor(tmp_path: Path) -> None:
    """The engine does not end, so that the process lives for a while without its terminal."""

    def spent() -> float:
        numbers = Path(f"/proc/{term.process.pid}/stat").read_text().rpartition(")")[2].split()
        return (int(numbers[11]) + int(numbers[12])) / os.sysconf("SC_CLK_TCK")

    with terminal(tmp_path, "stuck") as term:
        term.wait_for("Åsa Öberg".encode())
        while term.read(0.3):
            pass
        term.hang_up()
        before = spent()
        time.sleep(0.8)
        assert spent() - before < 0.4
        assert term.end() == 1


def test_over_ssh_it_speaks_in_the_terminals_own_colours_and_leaves_the_mouse(tmp_path: Path) -> None:
    with terminal(tmp_path, SSH_CONNECTION="10.0.0.1 1 10.0.0.2 22") as term:
        term.wait_for("Åsa Öberg".encode())
        term.write(b"q")
        assert term.end() == 0
        assert b"38;2;" not in term.seen
        assert b"\x1b[?1000h" not in term.seen


def test_the_first_frame_brings_textual_alone() -> None:
    script = (
        "import sys, specter_tui.console.app, specter_tui.console.run\n"
        "heavy = ('pydantic', 'httpx', 'typer', 'sqlite_utils', 'pydantic_settings', 'stamina', 'sqlite3')\n"
        "ours = ('engine', 'config.settings', 'journal', 'abicart', 'planning', 'specter', 'cli', 'sandbox')\n"
        "late = tuple(f'specter_tui.{name}' for name in ours)\n"
        "print(*(m for m in sys.modules if m.split('.')[0] in heavy or m.startswith(late)))\n"
    )
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, cwd=ROOT, check=True, timeout=PATIENCE)
    assert done.stdout.strip() == b""


def test_importing_the_room_brings_not_even_textual() -> None:
    script = (
        "import sys, specter_tui.console; print(*(m for m in sys.modules if m.split('.')[0] in ('textual', 'rich')))"
    )
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, cwd=ROOT, check=True, timeout=PATIENCE)
    assert done.stdout.strip() == b""
