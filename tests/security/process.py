"""The program in a process of its own, with canaries in its settings."""

import subprocess
import sys
from pathlib import Path
from tempfile import TemporaryDirectory

from tests.faults.programs import Program
from tests.support.environment import in_environment

CANARIES = {
    "ABICART__AUTH": "canary-auth-7f3a",
    "SPECTER__API_USER_KEY": "canary-inner-7f3a",
    "SPECTER__INTEGRATION_KEY": "canary-outer-7f3a",
}


def environment(sandbox, folder: Path, **more: str) -> dict[str, str]:
    """Return the settings of a sandbox, with all written files in one folder."""
    return {
        **sandbox.settings,
        "JOURNAL__URL": f"sqlite:///{folder / 'data' / 'journal.db'}",
        "XDG_STATE_HOME": str(folder / "state"),
        "UI__LANGUAGE": "en",
        "LOG__FILE": str(folder / "log"),
        **more,
    }


def run_alone(variables: dict[str, str], *command: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "specter_tui", *command],
        env=in_environment(variables),
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )


def run(variables: dict[str, str], *command: str) -> subprocess.CompletedProcess[str]:
    """Run the program, forked from a process that has imported it already."""
    with TemporaryDirectory() as folder:
        program = Program(Path(folder), command, in_environment(variables))
        return subprocess.CompletedProcess(command, program.end(), program.out, program.err)


def all_bytes(folder: Path) -> bytes:
    """Return every byte of every file below a folder."""
    return b"\n".join(one.read_bytes() for one in sorted(folder.rglob("*")) if one.is_file())
