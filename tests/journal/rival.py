"""Another process on the same journal: python -m tests.journal.rival VERB PATH [UID…].

It says "ready", waits for a line, then does its verb; `hold` claims and stays until it is killed.
"""

import subprocess
import sys
import time
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path

from specter_tui.journal.journal import Journal
from specter_tui.journal.records import Claim
from tests.journal.orders import BO, LEASE, SHOP, intent


def main(verb: str, path: str, *uids: str) -> None:
    if verb == "open":
        wait()
        Journal.open(Path(path), SHOP, BO).close()
        return
    with Journal.open(Path(path), SHOP, BO, busy=timedelta(seconds=60)) as journal:
        wait()
        won = []
        for uid in uids:
            if isinstance(journal.claim(intent(int(uid)), LEASE), Claim):
                won.append(uid)
            time.sleep(0.002)  # so that rivals meet at every order, none runs ahead.
        if verb == "hold":
            journal.take_lease("watch", LEASE)
        say(*won)
        if verb == "hold":
            sys.stdin.read()


def say(*words: str) -> None:
    sys.stdout.write(" ".join(words) + "\n")
    sys.stdout.flush()


def wait() -> None:
    say("ready")
    sys.stdin.readline()


@contextmanager
def rival(verb: str, path: Path, *uids: int):
    """Start one, and yield it when it is ready; it is gone at the end."""
    command = [sys.executable, "-m", "tests.journal.rival", verb, str(path), *map(str, uids)]
    root = Path(__file__).parents[2]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, cwd=root) as process:
        try:
            assert process.stdout.readline() == "ready\n"
            yield process
        finally:
            process.kill()


def go(process) -> None:
    process.stdin.write("go\n")
    process.stdin.flush()


if __name__ == "__main__":
    main(*sys.argv[1:])
