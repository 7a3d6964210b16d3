"""What tests ask of files."""

import stat
from pathlib import Path


def mode(path: Path) -> int:
    """Who may do what with it: 0o600, or 0o700."""
    return stat.S_IMODE(path.stat().st_mode)
