"""The program as a person or a script starts it: a process, its output, its exit status."""

import json
import os
import signal
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tests.faults.programs import Program
from tests.support.environment import in_environment
from tests.support.json_output import check_printed

PROGRAM = (sys.executable, "-m", "specter_tui")
PATIENCE = 60.0


@dataclass(frozen=True, slots=True)
class Ended:
    status: int
    out: str
    err: str

    @property
    def lines(self) -> list[str]:
        return self.out.splitlines()

    @property
    def objects(self) -> list[dict[str, Any]]:
        return [json.loads(line) for line in self.lines]

    @property
    def states(self) -> list[str]:
        return sorted(one["state"] for one in self.objects)


def ended(program: Program) -> Ended:
    """Wait for the end of a program that must not have failed by an error of its own."""
    done = Ended(program.end(), program.out, program.err)
    assert "Traceback" not in done.err, done.err
    return done


class Running:
    def __init__(self, process: subprocess.Popen[str]) -> None:
        self.process = process

    def signal(self, number: signal.Signals) -> None:
        self.process.send_signal(number)

    def ended(self) -> Ended:
        out, err = self.process.communicate(timeout=PATIENCE)
        return Ended(self.process.returncode, out, err)


class Commands:
    """Commands with settings in the environment, in a folder of their own."""

    def __init__(self, folder: Path, settings: Mapping[str, str]) -> None:
        self.folder = folder / "here"
        self.folder.mkdir(exist_ok=True)
        self.journal = folder / "journal" / "journal.db"
        self.settings: dict[str, str] = {"JOURNAL__URL": f"sqlite:///{self.journal}", "UI__LANGUAGE": "en", **settings}
        self._running: list[subprocess.Popen[str]] = []
        self._begun: list[Program] = []

    def start(self, *words: str, **environment: str) -> Running:
        """Start a command with an interpreter and pipes of its own."""
        process = subprocess.Popen(
            (*PROGRAM, *words),
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            encoding="utf-8",
            cwd=self.folder,
            env=os.environ | in_environment(self.settings | environment),
        )
        self._running.append(process)
        return Running(process)

    def begin(self, *words: str, **environment: str) -> Program:
        """Start a command in a process that has imported it already."""
        told = self.folder.parent / "told"
        told.mkdir(exist_ok=True)
        program = Program(told, words, os.environ | in_environment(self.settings | environment), place=self.folder)
        self._begun.append(program)
        return program

    def run(self, *words: str, **environment: str) -> Ended:
        """Run a command started by `begin` until it ends; what it prints as JSON is what docs/json.md says."""
        done = ended(self.begin(*words, **environment))
        if "--json" in words:
            check_printed(words, done.out)
        return done

    def stop(self) -> None:
        for program in self._begun:
            program.close()
        for process in self._running:
            if process.poll() is None:
                process.kill()
                process.communicate()
