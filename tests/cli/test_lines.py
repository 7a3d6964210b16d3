"""Output of programs: from several threads, and where it is not UTF-8."""

import io
import json
import subprocess
import sys

import pytest

from specter_tui.cli.output import emit, emit_json
from specter_tui.text.output_encoding import carry_signs

PRINTS = """
import sys, threading
from specter_tui.cli.output import emit_json
sys.setswitchinterval(1e-6)
def work(who):
    for place in range(3000):
        emit_json({"who": who, "place": place})
threads = [threading.Thread(target=work, args=(who,)) for who in range(3)]
for thread in threads: thread.start()
for thread in threads: thread.join()
"""


def test_lines_of_several_threads_stay_whole():
    printed = subprocess.run([sys.executable, "-c", PRINTS], capture_output=True, text=True, check=True, timeout=60)
    lines = [json.loads(line) for line in printed.stdout.splitlines()]
    assert [sum(line["who"] == who for line in lines) for who in range(3)] == [3000, 3000, 3000]


@pytest.mark.parametrize("encoding", ["ascii", "latin-1", "utf-8"])
def test_lines_are_read_in_every_encoding(encoding, monkeypatch):
    bare = io.BytesIO()
    stream = io.TextIOWrapper(bare, encoding, errors="backslashreplace")
    carry_signs(stream)
    monkeypatch.setattr(sys, "stdout", stream)
    emit("”Åsa” ✓ 🎉")
    emit_json({"text": '”Åsa” ✓ 🎉 "ö"'})
    stream.flush()
    for_people, for_programs = bare.getvalue().decode(encoding).splitlines()
    assert "\\" not in for_people
    assert for_people == {"ascii": '"Asa" v ??', "latin-1": '"Åsa" v ??', "utf-8": "”Åsa” ✓ 🎉"}[encoding]
    assert json.loads(for_programs) == {"text": '”Åsa” ✓ 🎉 "ö"'}
