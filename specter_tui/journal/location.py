"""Where a shop's journal lies."""

from pathlib import Path
from urllib.parse import unquote, urlsplit

from platformdirs import user_data_path, user_state_path

from specter_tui.journal.errors import JournalError
from specter_tui.journal.files import private_folder


def seen_folder(setting: str | None) -> Path:
    """Return the folder for what this machine has seen its journals say: never the journal's own, which is copied."""
    return Path(setting).expanduser().absolute() if setting else user_state_path("specter-tui")


def journal_path(url: str | None, webshop: int) -> Path:
    """Return the absolute path of a shop's journal, and make its folder (0700) where it is missing.

    `url` is sqlite:///relative/path, sqlite:////absolute/path or sqlite:///~/path; None means the user's data folder,
    specter-tui/WEBSHOP/journal.db, which is closed to others even if it was open. Raises JournalError for another kind
    of URL.
    """
    if url is None:
        path = user_data_path("specter-tui") / str(webshop) / "journal.db"
        private_folder(path.parent)
        path.parent.chmod(0o700)
        return path
    parts = urlsplit(url)
    if parts.scheme != "sqlite":
        raise JournalError(f"JOURNAL__URL: {parts.scheme or 'a path'} is not known here; write sqlite:///path/to/file")
    name = unquote(parts.path).removeprefix("/")
    if parts.netloc or parts.query or parts.fragment or not name or name.endswith("/") or name == ":memory:":
        raise JournalError(
            "JOURNAL__URL: write sqlite:///path/to/file, with three slashes, or four for an absolute path"
        )
    path = Path(name).expanduser().absolute()
    private_folder(path.parent)
    return path
