"""Bursts of keys at a real pseudo-terminal: no letter of a line is lost, and nothing unseen is confirmed."""

import random
import re
import time
from ast import literal_eval
from pathlib import Path

import pytest

from tests.console.terminal.test_terminal import PATIENCE, Terminal, plain, terminal

LETTERS = "abefgjnqrwxyzERX0123456789 ,.-!/"
"""Many of them are keys of the list, or confirm a question with buttons."""


def written(term: Terminal, text: str) -> bool:
    """Return whether the line shows the text; a space may have been drawn by a jump over it."""
    return text.replace(" ", "") in re.sub(r"\s", "", plain(term.seen))


def typed_ahead(term: Terminal, text: str) -> None:
    term.seen = b""
    term.write(text.encode())


def wait_for_line(term: Terminal, text: str) -> None:
    for _ in range(600):
        term.read()
        if written(term, text):
            return
    raise AssertionError(plain(term.seen)[-2000:])


def commands(term: Terminal, name: str) -> list[tuple[object, ...]]:
    return [literal_eval(line.removeprefix(f"{name} ")) for line in term.noted() if line.startswith(f"{name} ")]


@pytest.mark.parametrize("seed", range(4))
def test_what_is_typed_right_behind_a_key_reaches_the_line_whole_and_confirms_nothing(
    tmp_path: Path, seed: int
) -> None:
    rng = random.Random(seed)
    with terminal(tmp_path, "unknown") as term:
        term.wait_for("Åsa Öberg".encode())
        for _ in range(4):
            key = rng.choice("nRc")
            text = "".join(rng.choices("0123456789" if key == "n" else LETTERS, k=rng.randint(4, 30))).strip() + "7"
            cuts = sorted(rng.sample(range(1, len(text)), rng.randint(0, 2)))
            pieces = [text[a:b] for a, b in zip([0, *cuts], [*cuts, len(text)], strict=True)]
            typed_ahead(term, key + "\r".join(pieces) + "\ry\x7f\r")  # each enter comes before the pause is over.
            wait_for_line(term, text)
            while term.read(0.3):  # else the footer behind the question, drawn late, is taken for the list's own.
                pass
            assert not [line for line in term.noted() if line.split()[0] in ("enter_number", "repeat", "close_orders")]
            term.seen = b""
            term.write(b"\x1b")
            term.wait_for(b"number for")  # the list's keys are back.
        term.write(b"q")
        assert term.end() == 0


def test_a_number_typed_in_one_breath_is_recorded_whole_once_it_is_confirmed(tmp_path: Path) -> None:
    with terminal(tmp_path, "unknown") as term:
        term.wait_for("Åsa Öberg".encode())
        typed_ahead(term, "n91254\r")
        wait_for_line(term, "91254")
        assert commands(term, "enter_number") == []
        deadline = time.monotonic() + PATIENCE
        while not commands(term, "enter_number") and time.monotonic() < deadline:
            term.write(b"\r")  # as soon as the pause is over, one of them confirms.
            term.read(0.4)
        assert commands(term, "enter_number")[0][:2] == (1, "91254")


@pytest.mark.parametrize("text", ["E59\r", "Ey\r", "a59\ry\r", "aj", "E\x1b[C\r"])
def test_nothing_typed_in_one_breath_sends(tmp_path: Path, text: str) -> None:
    with terminal(tmp_path) as term:
        term.wait_for("Åsa Öberg".encode())
        typed_ahead(term, text)
        for _ in range(30):
            term.read()
        assert [line for line in term.noted() if line.split()[0] in ("export", "set_auto")] == []
