"""Output of a program that prints from several threads."""

import json
import subprocess
import sys

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
