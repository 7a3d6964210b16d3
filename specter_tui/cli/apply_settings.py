"""Write proposed settings into the settings file in use, each after a yes, or say the line to write."""

import os
import sys
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from specter_tui.cli.output import print_text
from specter_tui.config.setting_problems import SettingsProblem
from specter_tui.config.settings_changes import SettingChange, change_settings
from specter_tui.config.sources import given_in
from specter_tui.engine.outcome_texts import outcome_text
from specter_tui.errors import translate_error
from specter_tui.i18n import Language, in_every_language
from specter_tui.journal.location import JournalLocation
from specter_tui.journal.safety.sign_in import sign_in_path, signed_in

OWN_YES = frozenset({"SPECTER__REFUSES_DUPLICATES", "SPECTER__ROUNDING", "SPECTER__PRICE_DECIMALS"})
"""Settings that decide what is sent, or sent again: each needs a yes of its own."""
Ask = Callable[[str], bool]


def is_terminal() -> bool:
    """Return whether an operator can be asked."""
    return sys.stdin is not None and sys.stdin.isatty() and sys.stderr is not None and sys.stderr.isatty()


def said_yes(question: str) -> bool:
    """Ask in the terminal; anything but a yes, in either language, is a no. Without a terminal it is a no."""
    if not is_terminal():
        return False
    print(question, end="", file=sys.stderr, flush=True)  # noqa: T201
    answer = sys.stdin.readline().strip().casefold()
    return answer in {*in_every_language("yes"), *in_every_language("y")}


@dataclass(frozen=True, slots=True)
class SettingsOffer:
    """Changes proposed to a person, for one shop."""

    changes: Sequence[SettingChange]
    file: Path | None
    """The settings file in use; None if all settings come from the environment."""
    place: JournalLocation
    language: Language

    def made(self, ask: Ask = said_yes) -> bool:
        """List the changes, write those that the person agrees to, and say the others' lines; True if all are written.

        A program that runs keeps its settings until it is started again; these programs are named.
        """
        for one in self.changes:
            print_text(f"  {one.name}: {one.old or '-'} -> {one.new}")
        written: Sequence[SettingChange] = ()
        if self.file is not None:
            written = self._write(self.file, self._agreed(self.file, ask))
        for one in self.changes:
            if one not in written:
                key = "settings_outside" if one.name in given_in(os.environ) else "settings_by_hand"
                self._say(key if self.file else "settings_no_file", name=one.name, line=one.line)
        return len(written) == len(self.changes)

    def _agreed(self, file: Path, ask: Ask) -> list[SettingChange]:
        open_ones = [one for one in self.changes if one.name not in given_in(os.environ)]
        agreed = [
            one
            for one in open_ones
            if one.name in OWN_YES and ask(self._text("settings_asked", line=one.line, file=file, old=one.old or "-"))
        ]
        rest = [one for one in open_ones if one.name not in OWN_YES]
        return [*agreed, *rest] if rest and ask(self._text("settings_asked_all", file=file)) else agreed

    def _write(self, file: Path, agreed: Sequence[SettingChange]) -> Sequence[SettingChange]:
        """Write all of them at once; return them, or nothing if the file cannot be changed."""
        if not agreed:
            return ()
        try:
            copy = change_settings(file, {one.name: one.new for one in agreed}, given_in(os.environ))
        except (SettingsProblem, OSError) as problem:
            why = problem.strerror if isinstance(problem, OSError) else _first(problem.problems, self.language)
            self._say("settings_not_written", file=file, why=why)
            return ()
        self._say("settings_written", file=file, lines=", ".join(one.line for one in agreed), copy=copy)
        programs = signed_in(sign_in_path(self.place.path)) if self.place.server is None else []
        self._say("settings_restart" if programs else "settings_restart_all", programs=", ".join(programs))
        return agreed

    def _text(self, key: str, **values: object) -> str:
        return outcome_text(key, self.language, **values)

    def _say(self, key: str, **values: object) -> None:
        print_text(self._text(key, **values))


def _first(problems: Iterable[str], language: Language) -> str:
    return next((translate_error(problem, language) for problem in problems), "")
