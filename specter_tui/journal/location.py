"""Where a shop's journal lies."""

import hashlib
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import parse_qs, unquote, urlsplit

from platformdirs import user_data_path, user_state_path

from specter_tui.errors import ErrorText
from specter_tui.journal.errors import JournalError
from specter_tui.journal.files import private_folder


def seen_folder(setting: str | None) -> Path:
    """Return the folder for what this machine has seen its journals say: never the journal's own, which is copied."""
    return Path(setting).expanduser().absolute() if setting else user_state_path("specter-tui")


@dataclass(frozen=True, slots=True)
class JournalLocation:
    """Where a shop's journal is.

    `path` is its file. With `server`, the address of a PostgreSQL server, which holds a password, it is a name in this
    machine's state folder, beside which lies what must be at hand when the server is not: the side file, the reserve.
    """

    path: Path
    server: str | None = field(default=None, repr=False)


def journal_place(url: str | None, webshop: int, seen: str | None) -> JournalLocation:
    """Return where a shop's journal is, by JOURNAL__URL and JOURNAL__SEEN; the folder (0700) is made where missing.

    `url` is postgresql://user:password@host/database, or sqlite:///relative/path, sqlite:////absolute/path or
    sqlite:///~/path; None means the user's data folder, specter-tui/WEBSHOP/journal.db, which is closed to others even
    if it was open. Raises JournalError for another kind of URL, without telling it.
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
        # The same for every role and password, which may change while a number waits in the side file.
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
