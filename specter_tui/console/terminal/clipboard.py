"""Copying to the clipboard of the machine that the person sits at: OSC 52, also from inside tmux and screen.

A terminal multiplexer swallows the sequence unless it is told to pass it on. What is told here was looked up in
tmux's manual (ALLOW PASSTHROUGH, set-clipboard) and in hterm's osc52.sh, which others copied.
"""

from base64 import b64encode
from collections.abc import Iterator, Mapping

_LONGEST = 74_000
"""Bytes of base64 that every terminal takes; more is cut by some, and refused by others."""
_SCREEN_PART = 76
"""GNU screen passes no string on that is much longer than a line."""


class TooLong(Exception):
    """More than a terminal's clipboard takes."""


def sequences(text: str, environment: Mapping[str, str]) -> str:
    """What to send to the terminal. Raises TooLong."""
    content = b64encode(text.encode("utf-8")).decode("ascii")
    if len(content) > _LONGEST:
        raise TooLong
    copy = f"\x1b]52;c;{content}\a"
    return copy + "".join(_passed_on(copy, environment))


def _passed_on(copy: str, environment: Mapping[str, str]) -> Iterator[str]:
    """The same once more, wrapped for what stands between this program and the terminal.

    Plain it is heard by tmux with `set-clipboard on`; wrapped with `allow-passthrough on`. Over SSH only TERM tells
    what runs at the other end.
    """
    term = environment.get("TERM", "")
    if environment.get("TMUX") or term.startswith("tmux"):
        escaped = copy.replace("\x1b", "\x1b\x1b")
        yield f"\x1bPtmux;{escaped}\x1b\\"
    elif environment.get("STY") or term.startswith("screen"):
        for start in range(0, len(copy), _SCREEN_PART):
            yield f"\x1bP{copy[start : start + _SCREEN_PART]}\x1b\\"
