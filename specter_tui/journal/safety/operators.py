"""The operator: the login behind the terminal, never a typed name."""

import os
import pwd
import socket
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

_LOGINUID = Path("/proc/self/loginuid")
_UNSET = 2**32 - 1  # Linux's value for a process without a login, such as a service.


@dataclass(frozen=True, slots=True)
class Operator:
    """A person or a service on a host; a person also has a terminal, such as pts/3."""

    login: str
    host: str
    terminal: str = ""

    def __str__(self) -> str:
        return f"{self.login}@{self.host}"

    @property
    def place(self) -> str:
        """The host, and the terminal if there is one."""
        return f"{self.host} {self.terminal}".rstrip()


def current_operator() -> Operator:
    """Return the operator of this process: its login uid, else the user who called sudo, else the process's own user.

    LOGNAME and USER are not used, since anyone can set them.
    """
    return Operator(_by_login(_LOGINUID) or _by_sudo() or _name(os.getuid()), socket.gethostname(), _terminal())


def _terminal() -> str:
    for handle in (0, 1, 2):
        with suppress(OSError):
            return os.ttyname(handle).removeprefix("/dev/")
    return ""


def _by_login(file: Path) -> str | None:
    try:
        uid = int(file.read_text(encoding="ascii"))
    except (OSError, ValueError):
        return None
    return None if uid == _UNSET else _name(uid)


def _by_sudo() -> str | None:
    # Only the name of an existing user, so that no other text gets into the events.
    try:
        return pwd.getpwnam(os.environ.get("SUDO_USER", "")).pw_name
    except KeyError:
        return None


def _name(uid: int) -> str:
    try:
        return pwd.getpwuid(uid).pw_name
    except KeyError:
        return f"uid {uid}"
