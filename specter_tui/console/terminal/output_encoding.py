"""Characters for a terminal that is not UTF-8: each one that it lacks is replaced by a similar one of equal width.

Without this Python writes their escapes as text, and every line breaks.
"""

import codecs
from typing import TextIO
from unicodedata import normalize

from rich.cells import cell_len

_ERRORS = "specter-tui-signs"
_SIGNS = str.maketrans(
    "●◌◆▲△✗✓≡↻»–·≠×↩▌▏■▶‖→←↑↓▼…━╌─│╭╮╰╯┌┐└┘├┤┬┴┼═║█▁▂▃▄▅▆▇“”’↔−▔▕▎▊▍",
    '*o+!!xv=~>-.#x<||#>|><^vv.=.-|+++++++++++++=|#__::oo#""\'~--||||',
)


def carry_signs(stream: TextIO | None) -> None:
    """Make a stream replace the characters that its encoding lacks."""
    reconfigure = getattr(stream, "reconfigure", None)
    if reconfigure is not None and stream is not None and not _is_unicode(stream.encoding):
        codecs.register_error(_ERRORS, _replaced)
        reconfigure(errors=_ERRORS)


def _is_unicode(encoding: str) -> bool:
    return codecs.lookup(encoding).name.startswith("utf")


def _replaced(error: UnicodeError) -> tuple[str, int]:
    if not isinstance(error, UnicodeEncodeError):
        raise error
    return "".join(map(plainly, error.object[error.start : error.end])), error.end


def plainly(letter: str) -> str:
    """Return a character in ASCII, of equal width: a letter without its accent, else a similar sign."""
    sign = letter.translate(_SIGNS)
    if not sign.isascii():
        sign = normalize("NFKD", letter)[:1]
    return (sign if sign.isascii() else "?").ljust(cell_len(letter), "?")[: cell_len(letter)]
