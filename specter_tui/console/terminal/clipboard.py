"""Copy to the clipboard of the user's own machine: OSC 52, also from inside tmux and screen.

A terminal multiplexer drops the sequence unless it is configured to pass it on. The sequences are from tmux's manual
(ALLOW PASSTHROUGH, set-clipboard) and hterm's osc52.sh, which others copied.
"""

from base64 import b64encode
from collections.abc import Iterator, Mapping

_LONGEST = 74_000
"""Bytes of base64 that every terminal accepts; some cut or refuse more."""
_SCREEN_PART = 76
"""GNU screen passes on strings up to about a line's length."""


class TooLong(Exception):
    """The text is longer than a terminal's clipboard takes."""


def sequences(text: str, environment: Mapping[str, str]) -> str:
    """Return the sequences for the terminal. Raises TooLong."""
    content = b64encode(text.encode("utf-8")).decode("ascii")
    if len(content) > _LONGEST:
        raise TooLong
    copy = f"\x1b]52;c;{content}\a"
    return copy + "".join(_passed_on(copy, environment))


def _passed_on(copy: str, environment: Mapping[str, str]) -> Iterator[str]:
    """Yield the sequence again, wrapped for a multiplexer between this program and the terminal.

    tmux reads the plain one with `set-clipboard on`, the wrapped one with `allow-passthrough on`. Over SSH only TERM
    tells which multiplexer runs at the other end.
    """
    term = environment.get("TERM", "")
    if environment.get("TMUX") or term.startswith("tmux"):
        escaped = copy.replace("\x1b", "\x1b\x1b")
        yield f"\x1bPtmux;{escaped}\x1b\\"
    elif environment.get("STY") or term.startswith("screen"):
        for start in range(0, len(copy), _SCREEN_PART):
            yield f"\x1bP{copy[start : start + _SCREEN_PART]}\x1b\\"
