"""The location of a shop's journal."""

import hashlib
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import parse_qs, unquote, urlsplit

from platformdirs import user_data_path, user_state_path

from specter_tui.errors import ErrorText
from specter_tui.journal.errors import JournalError
from specter_tui.journal.files import private_folder


def seen_folder(setting: str | None) -> Path:
    """Return the folder of this machine's record of its journals: not a journal's own folder, which may be restored."""
    return Path(setting).expanduser().absolute() if setting else user_state_path("specter-tui")


@dataclass(frozen=True, slots=True)
class JournalLocation:
    """The location of a shop's journal.

    `path` is its file. With `server`, the address of a PostgreSQL server including a password, it is a path in this
    machine's state folder, beside which are the files needed while the server is away: the result spool and the
    reserve.
    """

    path: Path
    server: str | None = field(default=None, repr=False)


def journal_place(url: str | None, webshop: int, seen: str | None) -> JournalLocation:
    """Return the location by JOURNAL__URL and JOURNAL__SEEN; a missing folder is created (0700).

    `url` is postgresql://user:password@host/database, or sqlite:///relative/path, sqlite:////absolute/path or
    sqlite:///~/path; None means the user's data folder, specter-tui/WEBSHOP/journal.db, which is closed to others even
    if it was open. Raises JournalError for another kind of URL, without quoting it.
    """
    if url is None:
        path = user_data_path("specter-tui") / str(webshop) / "journal.db"
        private_folder(path.parent)
        path.parent.chmod(0o700)
        return JournalLocation(path)
    try:
        parts = urlsplit(url)
    except ValueError:
        raise JournalError(ErrorText("journal_no_address")) from None
    if parts.scheme in ("postgresql", "postgres"):
        folder = seen_folder(seen)
        private_folder(folder)
        # The same for every role and password, which may change while a number waits in the result spool.
        hosts = parts.netloc.rpartition("@")[2] + parts.path + "".join(parse_qs(parts.query).get("host", ()))
        return JournalLocation(folder / f"{webshop}-{hashlib.sha256(hosts.encode()).hexdigest()[:12]}", url)
    if parts.scheme != "sqlite":
        raise JournalError(ErrorText("journal_url", path=parts.scheme or "a path"))
    name = unquote(parts.path).removeprefix("/")
    if parts.netloc or parts.query or parts.fragment or not name or name.endswith("/") or name == ":memory:":
        raise JournalError(ErrorText("journal_slashes"))
    path = Path(name).expanduser().absolute()
    private_folder(path.parent)
    return JournalLocation(path)
