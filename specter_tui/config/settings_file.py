"""Write a settings file, or another of the user's own: whole or not at all, private, never over a file unasked."""

import os
import re
import tempfile
from collections.abc import Callable, Mapping
from pathlib import Path

_PLAIN = re.compile(r"[A-Za-z0-9_.,:/@+=-]*")


def settings_text(values: Mapping[str, str], heads: Mapping[str, str]) -> str:
    """Return the file's text: `NAME=value` lines, with each section's heading from `heads` above it."""
    lines: list[str] = []
    section = ""
    for name, value in values.items():
        if (of := name.partition("__")[0]) != section:
            section = of
            lines += ["", f"# {heads[section]}"] if section in heads else [""]
        lines.append(f"{name}={quoted(value)}")
    return "\n".join(lines).strip() + "\n"


def quoted(value: str) -> str:
    """Return a value as it is written in a settings file."""
    return value if _PLAIN.fullmatch(value) else "'" + value.replace("\\", "\\\\").replace("'", "\\'") + "'"


def write_private_file(
    file: Path, text: str, *, replace: bool, check: Callable[[Path], None] = lambda _written: None
) -> None:
    """Write the file for its owner only. Raises OSError; FileExistsError where it may not be replaced.

    `check` gets the new file before it takes its place; if it raises, nothing was changed.
    """
    file.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    handle, name = tempfile.mkstemp(prefix=f".{file.name}.", dir=file.parent)  # mkstemp makes it with mode 0600.
    try:
        with os.fdopen(handle, "w", encoding="utf-8", newline="") as out:
            out.write(text)
            out.flush()
            os.fsync(out.fileno())
        check(Path(name))
        if replace:
            Path(name).replace(file)
        else:
            os.link(name, file)
    finally:
        Path(name).unlink(missing_ok=True)
    folder = os.open(file.parent, os.O_RDONLY)
    try:
        os.fsync(folder)
    finally:
        os.close(folder)
