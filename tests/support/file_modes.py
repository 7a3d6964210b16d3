"""Properties of files for tests."""

import stat
from pathlib import Path


def mode(path: Path) -> int:
    """Return its mode: 0o600, or 0o700."""
    return stat.S_IMODE(path.stat().st_mode)
