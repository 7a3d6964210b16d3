"""Characters for an output that is not UTF-8: each one that it lacks is replaced by a similar one of equal width.

Without this Python writes their escapes as text, and every line breaks.
"""

import codecs
from typing import TextIO
from unicodedata import category, east_asian_width, normalize

_ERRORS = "specter-tui-signs"
_SIGNS = str.maketrans(
    "●◌◆▲△✗✓≡↻»–·≠×↩▌▏■▶‖→←↑↓▼…━╌─│╭╮╰╯┌┐└┘├┤┬┴┼═║█▁▂▃▄▅▆▇“”’↔−▔▕▎▊▍",
    '*o+!!xv=~>-.#x<||#>|><^vv.=.-|+++++++++++++=|#__::oo#""\'~--||||',
)


def carry_signs(stream: TextIO | None) -> None:
    """Make a stream replace the characters that its encoding lacks."""
    reconfigure = getattr(stream, "reconfigure", None)
    if reconfigure is not None and not carries_unicode(stream):
        codecs.register_error(_ERRORS, _replaced)
        reconfigure(errors=_ERRORS)


def carries_unicode(stream: TextIO | None) -> bool:
    """Return whether the stream's encoding has every character."""
    encoding = getattr(stream, "encoding", None)
    return encoding is None or codecs.lookup(encoding).name.startswith("utf")


def _replaced(error: UnicodeError) -> tuple[str, int]:
    if not isinstance(error, UnicodeEncodeError):
        raise error
    return "".join(map(plainly, error.object[error.start : error.end])), error.end


def plainly(letter: str) -> str:
    """Return a character in ASCII, of equal width: a letter without its accent, else a similar sign."""
    sign = letter.translate(_SIGNS)
    if not sign.isascii():
        sign = normalize("NFKD", letter)[:1]
    width = _width(letter)
    return (sign if sign.isascii() else "?").ljust(width, "?")[:width]


def _width(letter: str) -> int:
    """Return how many columns of a terminal a character takes; without Textual's tables, which commands do not load."""
    if category(letter) in ("Mn", "Me", "Cf"):
        return 0
    return 2 if east_asian_width(letter) in "WF" else 1
