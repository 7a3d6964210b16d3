"""Single settings changed in a settings file: nothing else of it is touched, and a doubtful file is left alone."""

import io
import os
from pathlib import Path

import pytest
from dotenv import dotenv_values
from hypothesis import given
from hypothesis import strategies as st

from specter_tui.config import settings_changes
from specter_tui.config.setting_problems import SettingsProblem
from specter_tui.config.settings import load_settings
from specter_tui.config.settings_changes import change_settings, changed_text
from tests.config.test_settings import LEAST, written
from tests.support.file_modes import mode

NAME = "SPECTER__ROUNDING"
TO_RATE = {NAME: "rate"}


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return written(tmp_path / "settings.env", LEAST)


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("", "SPECTER__ROUNDING=rate\n"),
        ("# mine\nA__B=1", "# mine\nA__B=1\nSPECTER__ROUNDING=rate\n"),
        ("A__B=1\r\n", "A__B=1\r\nSPECTER__ROUNDING=rate\r\n"),
        ("SPECTER__ROUNDING=row", "SPECTER__ROUNDING=rate"),
        ("A__B=1\r\nSPECTER__ROUNDING=row\r\nC__D=2\r\n", "A__B=1\r\nSPECTER__ROUNDING=rate\r\nC__D=2\r\n"),
        ("\n\n  export SPECTER__ROUNDING = row   # old\nC=2\n", "\n\n  export SPECTER__ROUNDING=rate   # old\nC=2\n"),
        ("SPECTER__ROUNDING= # none yet\n", "SPECTER__ROUNDING=rate # none yet\n"),
        ("SPECTER__ROUNDING=#none\n", "SPECTER__ROUNDING=rate\n"),
        ("SPECTER__ROUNDING\nA=1\n", "SPECTER__ROUNDING=rate\nA=1\n"),
        ("SPECTER__ROUNDING=\nA=1\n", "SPECTER__ROUNDING=rate\nA=1\n"),
        ("'SPECTER__ROUNDING'=\"row\"#x\n", "'SPECTER__ROUNDING'=rate#x\n"),
        ("specter__rounding='row'\nSPECTER__ROUNDING=row\n", "specter__rounding=rate\nSPECTER__ROUNDING=rate\n"),
        ("# SPECTER__ROUNDING=row\n", "# SPECTER__ROUNDING=row\nSPECTER__ROUNDING=rate\n"),
        ("A='\nSPECTER__ROUNDING=row\n'\n", "A='\nSPECTER__ROUNDING=row\n'\nSPECTER__ROUNDING=rate\n"),
        ("SPECTER__ROUNDING='row\nrow'  # odd\nA=1\n", "SPECTER__ROUNDING=rate  # odd\nA=1\n"),
        ("\ufeffSPECTER__ROUNDING=row\n", "\ufeffSPECTER__ROUNDING=rate\n"),
    ],
)  # fmt: skip
def test_only_the_value_changes(before: str, after: str) -> None:
    assert changed_text(before, TO_RATE) == after


LINE = st.sampled_from(
    (
        "", "# a comment = 1", "A__B=1", "A__B='x # y'  # z", "export C__D = two words # note", 'E__F="a\\"b\nc"',
        "G__H", "I__J=#k", "L__M= # n",
        "SPECTER__ROUNDING=row # old", "specter__rounding='order'", "  SPECTER__ROUNDING = row",
        "=broken", "O__P=ä ö",
    )
)  # fmt: skip
VALUE = st.text(st.characters(blacklist_categories=("Cs", "Cc")), max_size=12).filter(lambda text: "${" not in text)


@given(st.lists(LINE, max_size=8), st.sampled_from(("\n", "\r\n")), st.booleans(), VALUE)
def test_any_file_reads_as_before_but_for_what_was_asked(lines: list[str], end: str, ended: bool, value: str) -> None:
    before = end.join(lines) + (end if ended else "")
    values = {NAME: value, "SPECTER__PRICE_DECIMALS": "3"}
    read_before = dotenv_values(stream=io.StringIO(before, newline=""))
    read = dotenv_values(stream=io.StringIO(changed_text(before, values), newline=""))
    assert {name.upper(): text for name, text in read.items() if name.upper() in values} == values
    others = {name: text for name, text in read.items() if name.upper() not in values}
    assert others == {name: text for name, text in read_before.items() if name.upper() not in values}


def test_the_file_is_replaced_for_its_owner_alone_with_a_copy_beside_it(file: Path) -> None:
    before = file.read_bytes()
    copy = change_settings(file, TO_RATE, {})
    assert load_settings(file, {}).specter.rounding == "rate"
    assert (copy, copy.read_bytes()) == (file.with_name("settings.env.bak"), before)
    assert mode(file) == mode(copy) == 0o600
    assert sorted(one.name for one in file.parent.iterdir()) == ["settings.env", "settings.env.bak"]
    change_settings(file, {"SPECTER__DUPLICATE_ANSWER": "redan 'finns'|#7 $1"}, {})
    assert load_settings(file, {}).specter.duplicate_answer == "redan 'finns'|#7 $1"


def refused(file: Path, values: dict[str, str], environment: dict[str, str] | None = None) -> str:
    before = {one.name: one.read_bytes() for one in file.parent.iterdir() if one.is_file()}
    with pytest.raises(SettingsProblem) as caught:
        change_settings(file, values, environment or {})
    assert {one.name: one.read_bytes() for one in file.parent.iterdir() if one.is_file()} == before
    return str(caught.value)


def test_what_the_file_does_not_decide_is_not_written(file: Path) -> None:
    assert "environment" in refused(file, TO_RATE, {"SPECTER__ROUNDING": "row"})
    assert "is no value" in refused(file, {NAME: "kronor"})
    interpolated = refused(file, {"SPECTER__DUPLICATE_ANSWER": "${HOME}"})
    assert "by hand" in interpolated
    file.write_text(file.read_text() + "'a quote that never ends")
    assert "by hand" in refused(file, {"SPECTER__DUPLICATE_ANSWER": "redan 'finns'"})


def test_a_link_or_a_file_that_others_can_read_is_left_alone(file: Path, tmp_path: Path) -> None:
    link = tmp_path / "link.env"
    link.symlink_to(file)
    assert "not a link" in refused(link, TO_RATE)
    assert link.is_symlink()
    file.chmod(0o640)
    assert "chmod 600" in refused(file, TO_RATE)


def test_bytes_that_are_no_text_are_left_alone(file: Path) -> None:
    file.write_bytes(file.read_bytes() + b"# \xe5\n")
    assert "UTF-8" in refused(file, TO_RATE)


def test_a_copy_that_is_a_link_is_replaced_and_not_followed(file: Path, tmp_path: Path) -> None:
    elsewhere = tmp_path / "elsewhere"
    elsewhere.write_text("kept")
    file.with_name("settings.env.bak").symlink_to(elsewhere)
    copy = change_settings(file, TO_RATE, {})
    assert (elsewhere.read_text(), copy.is_symlink()) == ("kept", False)


def test_a_folder_that_takes_no_new_file_leaves_the_settings_as_they_were(tmp_path: Path) -> None:
    # A name so long that no file fits beside it: also the superuser cannot write there.
    file = written(tmp_path / ("s" * 250), LEAST)
    before = file.read_bytes()
    with pytest.raises(OSError, match="name too long"):
        change_settings(file, TO_RATE, {})
    assert (file.read_bytes(), list(tmp_path.iterdir())) == (before, [file])
    if os.getuid():
        file = written(tmp_path / "settings.env", LEAST)
        tmp_path.chmod(0o500)
        try:
            with pytest.raises(PermissionError):
                change_settings(file, TO_RATE, {})
        finally:
            tmp_path.chmod(0o700)


def test_an_edit_at_the_same_moment_is_not_lost(file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def edited(*asked: object) -> object:
        with file.open("a", encoding="utf-8") as out:
            out.write("# a colleague's line\n")
        return load_settings(*asked)  # type: ignore[arg-type]

    monkeypatch.setattr(settings_changes, "load_settings", edited)
    with pytest.raises(SettingsProblem, match="somebody else"):
        change_settings(file, TO_RATE, {})
    assert file.read_text(encoding="utf-8").endswith("# a colleague's line\n")
