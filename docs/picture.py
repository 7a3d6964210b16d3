"""Render docs/console.svg from the running console on the sandbox: `python -m docs.picture [WIDTH HEIGHT FILE]`."""

import asyncio
import re
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path

from textual.pilot import Pilot

from specter_tui.console.app import ConsoleApp
from specter_tui.console.leaving import Leaving
from specter_tui.engine.engine import Engine
from specter_tui.engine.messages import Message
from specter_tui.sandbox.options import SandboxOptions
from specter_tui.sandbox.server import Sandbox
from specter_tui.settings import Settings, load_settings

DOCS = Path(__file__).parent


async def picture(width: int, height: int) -> str:
    with Sandbox(SandboxOptions()) as sandbox, tempfile.TemporaryDirectory() as folder:
        journal = f"sqlite:///{folder}/journal/journal.db"
        settings = load_settings(None, {**sandbox.settings, "JOURNAL__URL": journal, "UI__LANGUAGE": "en"})
        app = ConsoleApp(opener(settings), Leaving(grace=10), banner="DEMO", environment={})
        async with app.run_test(size=(width, height)) as pilot:
            await until(pilot, lambda: len(app.desk.orders.views) > 30)
            await pilot.press("E")
            await pilot.pause(0.5)
            await pilot.press("y")
            await until(pilot, lambda: sum(view.state == "exported" for view in app.desk.orders.views.values()) > 20)
            await pilot.pause(2)
            sandbox.arrivals.place()
            sandbox.arrivals.place()
            await pilot.press("r")
            await pilot.pause(3)
            drawn = without_remote_fonts(app.export_screenshot(title="specter-tui"))
            await pilot.press("q")
            await pilot.pause(1)
    return drawn


def opener(settings: Settings) -> Callable[[Callable[[Message], None]], Engine]:
    def open_engine(listener: Callable[[Message], None]) -> Engine:
        engine = Engine(settings, listener)
        engine.start(watch=True)
        return engine

    return open_engine


async def until(pilot: Pilot[int], condition: Callable[[], bool]) -> None:
    for _ in range(200):
        if condition():
            return
        await pilot.pause(0.1)
    raise TimeoutError("the console did not come so far")


def without_remote_fonts(svg: str) -> str:
    """A picture that calls no other host: the reader's own monospace font will do."""
    return re.sub(r"@font-face \{.*?\}\s*", "", svg, flags=re.DOTALL).replace("Fira Code", "DejaVu Sans Mono")


def main() -> None:
    width, height, file = sys.argv[1:] or ("120", "40", str(DOCS / "console.svg"))
    Path(file).write_text(asyncio.run(picture(int(width), int(height))), encoding="utf-8")


if __name__ == "__main__":
    main()
