"""Runs a sandbox separately: prints one JSON line with `settings` and `control` when ready.

Ends by SIGTERM or SIGINT.
"""

import argparse
import json
import signal
import sys
from collections.abc import Sequence
from dataclasses import fields
from threading import Event
from types import FrameType
from typing import Any

from specter_tui.sandbox.sandbox import Sandbox
from specter_tui.sandbox.server.options import SandboxOptions


def parsed(words: Sequence[str] | None = None) -> SandboxOptions:
    """Return the options that the command line asks for: one flag for each field of SandboxOptions."""
    parser = argparse.ArgumentParser(prog="python -m specter_tui.sandbox", description=__doc__)
    for option in fields(SandboxOptions):
        flag = f"--{option.name.replace('_', '-')}"
        if isinstance(option.default, bool):
            parser.add_argument(flag, action=argparse.BooleanOptionalAction, default=option.default)
        elif isinstance(option.default, tuple):
            parser.add_argument(flag, nargs="*", default=option.default, help="default: none")
        else:
            kind = int if option.default is None else type(option.default)
            parser.add_argument(flag, type=kind, default=option.default, help="default: %(default)s")
    given: dict[str, Any] = vars(parser.parse_args(words))
    for name, value in given.items():
        given[name] = tuple(value) if isinstance(value, list) else value
    return SandboxOptions(**given)


def main() -> None:
    """Start, print the addresses, and wait for a signal."""
    ended = Event()

    def end(_signal: int, _frame: FrameType | None) -> None:
        ended.set()

    options = parsed()
    for one in (signal.SIGTERM, signal.SIGINT):
        signal.signal(one, end)
    with Sandbox(options) as sandbox:
        sys.stdout.write(json.dumps({"settings": sandbox.settings, "control": sandbox.control}) + "\n")
        sys.stdout.flush()
        ended.wait()


if __name__ == "__main__":
    main()
