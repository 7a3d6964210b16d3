"""Run by the terminal tests, in a process and a pseudo-terminal of its own: a console on a scripted engine.

`python -m tests.console.in_terminal MARK WAY`: the engine writes its events to the file MARK.
"""

import sys
import threading
import time
from collections.abc import Callable
from pathlib import Path

from specter_tui.console import run_console

DRAIN = 0.6
DOING = ("export", "set_auto", "enter_number", "repeat", "close_orders", "stop", "resume", "poll")


def main(mark: Path, way: str) -> int:
    def note(text: str) -> None:
        with mark.open("a", encoding="utf-8") as file:
            file.write(f"{text}\n")

    def open_engine(tell: Callable[..., None]) -> object:
        from specter_tui.engine import events as m  # noqa: PLC0415 - as the real one: after the first frame
        from tests.console.scripted import ScriptedEngine, settings_of, view  # noqa: PLC0415

        if way == "settings":
            settings_of(SPECTER__SBM_ID="no number")
        if way == "broken":
            personal_number = "19121212-1212"
            raise RuntimeError(f"secret-key-one {personal_number}")

        class Draining(ScriptedEngine):
            def record(self, name: str, *values: object) -> None:
                if name in DOING:
                    note(f"{name} {values}")
                super().record(name, *values)

            def shut_down(self, *, hung_up: bool = False) -> None:
                note("asked to leave")
                tell(m.Draining(("1001",)))
                threading.Thread(target=self._drain, daemon=True).start()

            def _drain(self) -> None:
                time.sleep(DRAIN if way != "stuck" else 60)
                note("drained")
                tell(m.Stopped())

        engine = Draining(tell, settings_of(JOURNAL__URL=f"sqlite:///{mark.parent / 'none' / 'journal.db'}"))
        state = "unknown" if way == "unknown" else "ready"
        tell(m.OrdersChanged(tuple(view(uid, customer="Åsa Öberg", state=state) for uid in range(1, 60))))
        note("open")
        return engine

    code = run_console(open_engine, on_leave_grace=1.0 if way == "stuck" else 10.0)  # type: ignore[arg-type]
    note(f"left {code}")
    return code


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1]), sys.argv[2]))
