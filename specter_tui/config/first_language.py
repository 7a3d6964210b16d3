"""The language of the console's first frame, which is drawn before the settings are read."""

import os
import re
from collections.abc import Iterator, Sequence
from contextlib import suppress
from pathlib import Path

from specter_tui.config.sources import choose_file, config_folder, given_in
from specter_tui.i18n import Language, language_of

_LINE = re.compile(rb"""^\s*(?:export\s+)?UI__LANGUAGE\s*=\s*["']?(sv|en)\b""", re.MULTILINE | re.IGNORECASE)


def first_language(named: Sequence[Path]) -> Language:
    """Return UI__LANGUAGE from the environment, else from that line of the first settings file, else the locale's."""
    wanted = given_in(os.environ).get("UI__LANGUAGE", "")
    if not wanted:
        with suppress(OSError):  # Errors of the file are reported when the settings are read.
            found = _LINE.findall(next(_files(named), Path(os.devnull)).read_bytes())
            wanted = found[-1].decode().lower() if found else ""
    return "sv" if wanted == "sv" else "en" if wanted == "en" else language_of(os.environ)


def _files(named: Sequence[Path]) -> Iterator[Path]:
    for place in named or filter(None, [choose_file(config_folder()).file]):
        if place.is_dir():
            yield from sorted(place.glob("*.env"))
        elif place.is_file():
            yield place
