"""What was measured, as docs/scale.md shows it: JSON files in docs/measured/."""

import json
import os
from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

FOLDER = Path(__file__).parent.parent.parent / "docs" / "measured"
LOAD, COSTS = FOLDER / "load.json", FOLDER / "costs.json"


def read(file: Path) -> dict[str, Any]:
    """Return what was measured; nothing where it never was."""
    return dict(json.loads(file.read_text(encoding="utf-8"))) if file.exists() else {}


def keep(file: Path, values: Mapping[str, Any]) -> None:
    """Add values to what was measured before, with the day and the machine's processors."""
    made = {"day": f"{datetime.now(UTC):%Y-%m-%d}", "processors": os.cpu_count()}
    text = json.dumps({**read(file), **values, **made}, indent=2, ensure_ascii=False)
    file.parent.mkdir(exist_ok=True)
    file.write_text(text + "\n", encoding="utf-8")
