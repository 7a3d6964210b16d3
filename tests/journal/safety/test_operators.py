"""The names of operators."""

import os
import pwd
import socket

import pytest

from specter_tui.journal.safety import operators
from specter_tui.journal.safety.operators import Operator, current_operator

USER = pwd.getpwuid(os.getuid()).pw_name
OTHER = next(one for one in pwd.getpwall() if one.pw_uid != os.getuid())


@pytest.fixture
def loginuid(tmp_path, monkeypatch):
    monkeypatch.setattr(operators, "_LOGINUID", tmp_path / "loginuid")
    monkeypatch.delenv("SUDO_USER", raising=False)
    return tmp_path / "loginuid"


def test_the_login_behind_the_terminal_comes_first(loginuid, monkeypatch):
    loginuid.write_text(str(OTHER.pw_uid))
    monkeypatch.setenv("SUDO_USER", USER)
    assert current_operator() == Operator(OTHER.pw_name, socket.gethostname())
    assert str(current_operator()).startswith(f"{OTHER.pw_name}@")


@pytest.mark.parametrize("content", [None, "4294967295", "no number"])
def test_then_who_called_sudo_then_the_user(loginuid, monkeypatch, content):
    if content:
        loginuid.write_text(content)
    assert current_operator().login == USER
    monkeypatch.setenv("SUDO_USER", OTHER.pw_name)
    assert current_operator().login == OTHER.pw_name


def test_a_text_that_names_nobody_is_not_believed(loginuid, monkeypatch):
    monkeypatch.setenv("SUDO_USER", "\x1b[31mroot")
    monkeypatch.setenv("LOGNAME", "someone")
    monkeypatch.setenv("USER", "someone")
    assert current_operator().login == USER


def test_a_uid_without_a_name_is_told_as_such(loginuid):
    loginuid.write_text("3999999")
    assert current_operator().login == "uid 3999999"


def test_the_terminal_of_a_person_is_told_with_the_host():
    assert Operator("alma", "till").place == "till"
    assert Operator("alma", "till", "pts/3").place == "till pts/3"
    assert str(Operator("alma", "till", "pts/3")) == "alma@till"
