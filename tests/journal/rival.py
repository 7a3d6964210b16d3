"""Another process on the same journal: python -m tests.journal.rival VERB URL [UID…].

It says "ready", waits for a line, then does its operation; `hold` claims and stays until it is killed. With BOOT in its
environment it counts as a process of another host.
"""

import os
import subprocess
import sys
import tempfile
import time
from contextlib import contextmanager
from pathlib import Path

from specter_tui.journal.location import JournalLocation, journal_place
from specter_tui.journal.models import Claim
from specter_tui.journal.opening import open_journal
from specter_tui.journal.safety import lease_clock
from tests.journal.orders import BO, LEASE, SHOP, intent


def main(verb: str, url: str, *uids: str) -> None:
    if boot := os.environ.get("BOOT"):
        lease_clock.boot_id = lambda: boot
    place = journal_place(url, SHOP, tempfile.gettempdir())
    if verb == "open":
        wait()
        open_journal(place, SHOP, BO).close()
        return
    with open_journal(place, SHOP, BO) as journal:
        wait()
        won = []
        for uid in uids:
            if isinstance(journal.claims.claim(intent(int(uid)), LEASE, is_new=int(uid) % 2 == 0), Claim):
                won.append(uid)
            time.sleep(0.002)  # so that rivals meet at every order, none runs ahead.
        if verb == "hold":
            journal.leases.take("watch", LEASE)
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
def rival(verb: str, place: JournalLocation, *uids: int, boot: str = ""):
    """Start one, and yield it when it is ready; it has ended at the end of the block."""
    command = [sys.executable, "-m", "tests.journal.rival", verb, address(place), *map(str, uids)]
    with subprocess.Popen(
        command,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        cwd=Path(__file__).parents[2],
        env={**os.environ, "BOOT": boot},
    ) as process:
        try:
            assert process.stdout.readline() == "ready\n"
            yield process
        finally:
            process.kill()


def address(place: JournalLocation) -> str:
    """Return the JOURNAL__URL of a location."""
    return place.server or f"sqlite:///{place.path}"


def go(process) -> None:
    process.stdin.write("go\n")
    process.stdin.flush()


if __name__ == "__main__":
    main(*sys.argv[1:])
