"""The user's own keys: added to those of the guide; what cannot be used is told at the start."""

import json

import pytest

from specter_tui.console.commands.own_keys import OwnKeys, key_named, read_keys, with_own_keys
from specter_tui.console.commands.registry import COMMANDS
from tests.console.conftest import Run


def keys_of(own: dict[str, tuple[str, ...]]) -> tuple[dict[str, tuple[str, ...]], tuple[str, ...]]:
    commands, problems = with_own_keys(COMMANDS, OwnKeys(own))
    return {command.name: command.own for command in commands if command.own}, problems


def test_a_command_gets_further_keys_by_its_name_or_short_name_in_either_language():
    given, problems = keys_of({"todo": ("T",), "report": ("f5", "ctrl+r"), "Arbetskö": (), "lagerrader": ("K",)})
    assert given == {"todo": ("T",), "report": ("f5", "ctrl+r"), "stock_rows": ("K",)}
    assert len(problems) == 1
    assert "Arbetskö" in problems[0]


@pytest.mark.parametrize(
    ("own", "says"),
    [
        ({"todo": ("e",)}, "e is the key of “export” already"),
        ({"todo": ("E",)}, "already"),
        ({"todo": ("T",), "report": ("T",)}, "T is given to several"),
        ({"nothing_such": ("T",)}, "no command nothing_such"),
        ({"todo": ("enter",)}, "cannot be given"),
        ({"todo": ("ctrl+c",)}, "cannot be given"),
        ({"todo": ("ctrl+m",)}, "cannot be given"),
        ({"todo": ("two words",)}, "cannot be given"),
        ({"todo": ("",)}, "cannot be given"),
        ({"todo": ("\x1b",)}, "cannot be given"),
    ],
)
def test_a_key_that_is_another_commands_or_none_is_not_used_and_told(own, says):
    given, problems = keys_of(own)
    assert given == {}
    assert len(problems) == 1
    assert says in problems[0]
    assert problems[0].isprintable()


def test_every_standard_key_stays():
    commands, _ = with_own_keys(COMMANDS, OwnKeys({"export": ("f6",), "todo": ("T",)}))
    for before, after in zip(COMMANDS, commands, strict=True):
        assert after.keys[: len(before.keys)] == before.keys
        assert after.sign == before.sign or not before.keys


@pytest.mark.parametrize(
    ("written", "name"),
    [("!", "exclamation_mark"), ("T", "T"), ("Ctrl+T", "ctrl+t"), ("F5", "f5"), ("å", "å"), ("ctrl+ctrl+t", None)],
)
def test_a_key_as_people_write_it(written, name):
    assert key_named(written) == name


@pytest.mark.parametrize("text", ["[]", "{", '{"todo": 7}', '{"todo": ["T", 7]}', "[" * 100_000, "\ufffd"])
def test_a_damaged_file_is_told_and_stops_nothing(tmp_path, text):
    file = tmp_path / "keys.json"
    file.write_text(text)
    own = read_keys(file)
    assert own.keys == {}
    assert str(file) in own.problem
    assert len(with_own_keys(COMMANDS, own)[1]) == 1


async def test_an_own_key_works_and_a_conflict_is_said_at_the_start(run: Run, tmp_path) -> None:
    (tmp_path / "config").mkdir()
    (tmp_path / "config" / "keys.json").write_text(json.dumps({"todo": "T", "report": "e"}))
    async with run() as console:
        assert "e is the key of “export” already" in console.text()
        await console.press("T")
        assert console.app.front == "todo"
        await console.press("question_mark", "slash", *"queue")
        assert "T " in console.text()
