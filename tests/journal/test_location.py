"""The locations of journals."""

import pytest

from specter_tui.journal.errors import JournalError
from specter_tui.journal.location import journal_place
from tests.support.file_modes import mode


@pytest.fixture
def home(tmp_path, monkeypatch):
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))
    monkeypatch.chdir(tmp_path)
    return tmp_path


def test_by_default_it_lies_in_the_users_data_folder_one_for_each_shop(home):
    path = journal_place(None, 4711, None).path
    assert path.parts[-3:] == ("specter-tui", "4711", "journal.db")
    assert path.is_relative_to(home)
    assert mode(path.parent) == 0o700
    path.parent.chmod(0o755)
    journal_place(None, 4711, None)
    assert mode(path.parent) == 0o700
    assert journal_place(None, 4712, None).path != path


def test_a_url_says_where(home):
    assert journal_place(f"sqlite:///{home}/a/j.db", 1, None).path == home / "a" / "j.db"
    assert journal_place("sqlite:///b/j%20x.db", 1, None).path == home / "b" / "j x.db"
    assert journal_place("sqlite:///~/c/j.db", 1, None).path == home / "c" / "j.db"
    assert {mode(home / name) for name in "abc"} == {0o700}


def test_a_folder_that_is_there_keeps_its_mode(home):
    home.chmod(0o755)
    journal_place("sqlite:///j.db", 1, None)
    assert mode(home) == 0o755


@pytest.mark.parametrize(
    "url",
    ["sqlite://", "sqlite:///", "sqlite:///:memory:", "sqlite://host/x.db", "sqlite:///x.db?mode=ro", "sqlite:///a/"],
)
def test_a_url_that_names_no_file_is_refused(home, url):
    with pytest.raises(JournalError, match="three slashes"):
        journal_place(url, 1, None)


def test_a_server_has_a_name_in_the_state_folder_whoever_logs_in(home):
    place = journal_place("postgresql://me:secret@db/journal", 1, f"{home}/state")
    assert place.path.parent == home / "state"
    assert "secret" not in repr(place)
    assert place.path == journal_place("postgresql://you:other@db/journal?sslmode=require", 1, f"{home}/state").path
    others = [
        ("postgresql://me:secret@db/other", 1),
        ("postgresql://me@db2/journal", 1),
        ("postgresql://me@db/journal", 2),
    ]
    assert place.path not in {journal_place(url, shop, f"{home}/state").path for url, shop in others}


@pytest.mark.parametrize("url", ["mysql://me:secret@db/journal", "/var/lib/journal.db", "journal.db"])
def test_another_kind_of_url_is_refused_without_telling_its_password(home, url):
    with pytest.raises(JournalError, match="sqlite:///path") as refused:
        journal_place(url, 1, None)
    assert "secret" not in str(refused.value)
