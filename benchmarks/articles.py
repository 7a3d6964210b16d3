"""Articles: a check of a catalogue's numbers, and a first export of it, beside a bare loop."""

import asyncio
import gc
import json
import subprocess
import sys
import tempfile
import time
from collections.abc import Mapping

from benchmarks.sandboxes import read_catalogue, sandbox
from benchmarks.table import Line
from specter_tui.config.settings import load_settings
from specter_tui.engine.events import Message, Progress
from specter_tui.engine.runtime.engine_thread import Engine
from specter_tui.engine.service import ShopService
from specter_tui.planning.article_numbers import check_numbers
from tests.support.environment import in_environment

CONCURRENCY = 4
CHECK_SECONDS = 0.5


def numbers_checked(articles: int, rounds: int) -> Line:
    """Check articles with their variants, read and parsed in advance."""
    with sandbox(0, articles=articles) as pointers:
        documents, _ = asyncio.run(read_catalogue(load_settings(None, pointers)))
    runs = []
    for _ in range(rounds):
        started = time.perf_counter()
        check_numbers(documents, "sv")
        runs.append(time.perf_counter() - started)
    name = f"{articles} articles checked"
    return Line.of(name, "s", runs, [CHECK_SECONDS], beside="limit", demanded=1.0, at_most=True)


def articles_beside_bare_loop(articles: int, rounds: int) -> list[Line]:
    """Measure the first export: its sending alone, and with the reading of the catalogue."""
    ours: dict[str, list[float]] = {"sent": [], "read and sent": []}
    bare: dict[str, list[float]] = {"sent": [], "read and sent": []}
    for _ in range(rounds):
        sent, seconds, only_sending = _engine(articles)
        ours["sent"].append(sent / only_sending)
        ours["read and sent"].append(sent / seconds)
        for name, measured in _bare(articles).items():
            bare[name].append(measured)
    return [
        Line.of(f"articles {name}", "articles/s", ours[name], bare[name], beside="bare httpx loop", demanded=0.7)
        for name in ours
    ]


def _engine(articles: int) -> tuple[int, float, float]:
    """Return the number of articles sent, the seconds in all, and the seconds of sending."""
    read: list[float] = []

    def listen(message: Message) -> None:
        if isinstance(message, Progress) and message.task == "articles" and message.finished:
            read.append(time.perf_counter())

    with sandbox(0, articles=articles) as pointers, tempfile.TemporaryDirectory(prefix="bench-") as folder:
        own = {"JOURNAL__URL": f"sqlite:///{folder}/journal.db", "JOURNAL__SEEN": f"{folder}/seen"}
        engine = Engine(load_settings(None, _environment({**pointers, **own})), listen)
        engine.start(watch=False)
        gc.freeze()  # As the command does (specter_tui/__main__.py).
        try:
            started = time.perf_counter()
            outcome = engine.ask(ShopService.export_articles).result()
            ended = time.perf_counter()
        finally:
            engine.shut_down()
            engine.join()
    assert outcome.complete
    return outcome.sent, ended - started, ended - read[-1]


def _bare(articles: int) -> dict[str, float]:
    with sandbox(0, articles=articles) as pointers:
        command = [sys.executable, "-m", "benchmarks.bare_articles"]
        environment = in_environment(_environment(pointers))
        ended = subprocess.run(command, env=environment, stdout=subprocess.PIPE, text=True, check=True)
    figures: dict[str, float] = json.loads(ended.stdout)
    return figures


def _environment(settings: Mapping[str, str]) -> dict[str, str]:
    return {**settings, "LIMITS__CONCURRENCY": str(CONCURRENCY), "ARTICLE__EXPORT": "changed"}
