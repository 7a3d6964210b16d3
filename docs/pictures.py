"""Write the pictures of README and guides: `make picture`, after `make snapshots`.

They show the running console with a fixed clock, so that a test can hold them against what it draws today. Some
are those that a person accepted for the tests; the others are of one story, which the moving picture tells.
"""

import asyncio
import sys
import tempfile
from pathlib import Path
from typing import get_args

import pytest

from specter_tui.console.commands import send_hold
from specter_tui.i18n import Language
from tests.console.snapshots import moving, test_snapshots
from tools.film import film

FOLDER = Path(__file__).parent / "pictures"
ACCEPTED = Path(test_snapshots.__file__).parent / "__snapshots__" / "test_snapshots"
_SMALL, _LARGE = "80x24", "120x40"
PICTURES = {
    "ask-numbers": (_SMALL, "ask-accept"),
    "commands": (_SMALL, "palette"),
    "deliveries": (_SMALL, "deliveries"),
    "drift": (_SMALL, "drift"),
    "filter": (_SMALL, "filter-typed"),
    "first-start": (_SMALL, "setup-shop"),
    "keys": (_LARGE, "help"),
    "log": (_SMALL, "log"),
    "methods": (_SMALL, "methods"),
    "numbers": (_SMALL, "numbers"),
    "since-left": (_SMALL, "morning"),
    "todo": (_SMALL, "todo"),
    "report": (_SMALL, "report"),
    "shops": (_SMALL, "shops"),
    "sort": (_SMALL, "sorts"),
    "today": (_SMALL, "today"),
}
"""The size and the screen of each picture that a person accepted for the tests."""


def accepted(language: Language) -> dict[str, str]:
    """Return the accepted pictures."""
    return {
        name: (ACCEPTED / f"test_screen[{size}-{language}-{screen}].svg").read_text(encoding="utf-8")
        for name, (size, screen) in PICTURES.items()
    }


def drawn(language: Language, folder: Path) -> dict[str, str]:
    """Run the console in `folder`, and return the moving picture and the others of its story."""
    with pytest.MonkeyPatch.context() as patch:
        test_snapshots.stop_clocks(patch)
        patch.setattr(send_hold, "SECONDS", 1)
        patch.setattr(send_hold, "_TICK", 0.01)
        camera = asyncio.run(moving.film_of(language, folder))
    return {"moving": film(camera.frames), **camera.stills}


def main() -> None:
    """Write all pictures of each language."""
    for language in sys.argv[1:] or get_args(Language):
        place = FOLDER / language
        place.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory() as folder:
            for name, text in (accepted(language) | drawn(language, Path(folder))).items():
                (place / f"{name}.svg").write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
