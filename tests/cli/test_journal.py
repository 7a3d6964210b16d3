"""journal show, csv, import: the journal's contents, safe to open in a spreadsheet."""

import csv
import fcntl
import io
import os
import re
import sqlite3
from contextlib import closing
from urllib.parse import urlsplit

import pytest
from typer.testing import CliRunner

from specter_tui.cli.app import app
from specter_tui.journal.safety.sign_in import sign_in_path
from specter_tui.journal.schema import VERSION
from tests.engine.shop import calls, document, placed, spoil
from tests.journal.older_journals import make_file


def rows(text: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(text, newline="")))


def test_without_a_journal_there_is_nothing_to_show(stocked, commands):
    run = commands(stocked(orders=0)).run
    for words in (("show",), ("csv",), ("show", "1001")):
        ended = run("journal", *words)
        assert (ended.status, ended.out) == (2, "")
        assert "no journal yet" in ended.err


def test_orders_and_what_happened_to_one_are_shown(stocked, commands):
    sandbox = stocked(orders=2, plain=True)
    run = commands(sandbox).run
    run("export", "--all")
    assert len(run("journal", "show").lines) == 2
    entries = run("journal", "show", "--json").objects
    assert [one["state"] for one in entries] == ["exported", "exported"]
    assert all(re.fullmatch(r"\d+\.\d\d", one["total"]) for one in entries)
    number, uid = entries[0]["order"], entries[0]["uid"]
    for word in (number, f"uid:{uid}"):
        events = run("journal", "show", word, "--json").objects
        assert [one["verb"] for one in events] == ["claimed", "customer_known", "exported", "write_back_done"]
        assert events[2]["duration_ms"] >= 0
        assert events[0]["operator"]
    assert "exported 9000" in run("journal", "show", number).out
    for word in ("nobody", "uid:" + "9" * 30):
        assert run("journal", "show", word).status == 2
    sandbox.ledger.clear()
    run("journal", "show")
    assert sandbox.ledger.calls() == {}, "the journal alone is asked"


def test_no_cell_is_a_formula_and_amounts_are_left_alone(stocked, commands):
    sandbox = stocked(orders=1, plain=True)
    (uid,) = placed(sandbox)
    spoil(sandbox, "refusal", "newOrderSubmit", code="-17", text='=HYPERLINK("http://x"), "och" mer')
    run = commands(sandbox, ORDER__NUMBER_PREFIX="+46").run
    run("export", "--all")
    ended = run("journal", "csv")
    assert ended.status == 0
    (row,) = rows(ended.out)
    assert row["external_no"] == f"'+46{document(sandbox, uid)['orderNumber']}"
    assert row["reason"] == "'-17"
    assert row["message"] == """'=HYPERLINK("http://x"), "och" mer"""
    assert (row["uid"], row["refusals"]) == (str(uid), "1")
    assert float(row["total"]) > 0


@pytest.mark.parametrize(("mark", "comma"), [("", ","), ("\ufeff", ";")])
def test_known_numbers_are_taken_in(stocked, commands, tmp_path, mark, comma):
    sandbox = stocked(orders=4, plain=True)
    by_number, by_uid, both, left = placed(sandbox)
    number, other = (str(document(sandbox, uid)["orderNumber"]) for uid in (by_number, both))
    lines = [
        ("order", "uid", "specter_number"),
        (number, "", "501"),
        ("", str(by_uid), "502"),
        (other, str(both), "503"),
    ]
    file = tmp_path / "known.csv"
    file.write_text(mark + "\r\n".join(comma.join(line) for line in lines), encoding="utf-8")
    run = commands(sandbox).run
    ended = run("journal", "import", str(file))
    assert (ended.status, ended.out.split()[0]) == (0, "3")
    kept = {one["uid"]: one for one in run("journal", "show", "--json").objects}
    assert {uid: one["specter_number"] for uid, one in kept.items()} == {by_number: "501", by_uid: "502", both: "503"}
    assert [one["uid"] for one in run("export", "--all", "--json").objects] == [left]
    assert calls(sandbox, "newOrderSubmit") == 1
    again = run("journal", "import", str(file))
    assert (again.status, "3 were there" in again.out) == (0, True)
    file.write_text(f"uid,specter_number\n{by_uid},777\n")
    other = run("journal", "import", str(file))
    assert (other.status, other.out.split()[0], "exported as 502" in other.err) == (1, "0", True)
    file.write_text("uid,specter_number\n")
    assert run("journal", "import", str(file)).status == 1, "nothing was done"


def test_an_order_that_is_not_known_and_a_number_given_twice_are_told(stocked, commands, tmp_path):
    sandbox = stocked(orders=2, plain=True)
    first, second = placed(sandbox)
    file = tmp_path / "known.csv"
    file.write_text(f"uid,order,specter_number\n{first},,501\n,nobody,502\n{second},,501\n")
    ended = commands(sandbox).run("journal", "import", str(file))
    assert ended.status == 1
    assert ended.out.startswith("1 entered, 0 were there, 1 have a number")
    assert "line 3: no order nobody" in ended.err


@pytest.mark.parametrize(
    ("content", "why"),
    [
        (b"order,specter_number\n1001,abc\n", "line 2"),
        (b"order,specter_number\n1001,501\n1002,\n", "line 3"),
        (b"order,specter_number\n,501\n", "line 2"),
        (b"uid,specter_number\nx,501\n", "line 2"),
        (b"uid,specter_number\n" + b"9" * 30 + b",501\n", "line 2"),
        ("uid,specter_number\n150001,٥٠١\n".encode(), "line 2"),
        (b"uid,specter_number\n150001,0\n", "line 2"),
        (b"order,number\n1001,501\n", "heading"),
        (b"specter_number\n501\n", "heading"),
        (b"", "heading"),
        (b"order,specter_number\n\xff\xfe,501\n", "UTF-8"),
        (b"order,specter_number\n" + b"x" * 200_000 + b",501\n", "field larger"),
    ],
)
def test_a_file_with_a_bad_line_is_refused_whole(tmp_path, content, why):
    """In this process, since it ends before settings are read."""
    file = tmp_path / "known.csv"
    file.write_bytes(content)
    ended = CliRunner().invoke(app, ["journal", "import", str(file)], env={"SPECTER_TUI_ABICART__WEBSHOP": "none"})
    assert ended.exit_code == 2
    assert str(file) in ended.stderr
    assert why in ended.stderr


def test_a_file_that_is_not_there_is_said_so(stocked, commands, tmp_path):
    assert commands(stocked(orders=0)).run("journal", "import", str(tmp_path / "none.csv")).status == 2


def test_a_journal_is_moved_to_a_server_by_its_settings_files(stocked, commands, server_url, tmp_path):
    sandbox = stocked(orders=2, plain=True)
    run = commands(sandbox).run
    run("export", "--all")
    before = run("journal", "show").out
    password = urlsplit(server_url).password
    refused = run("journal", "copy", "sqlite:///x.db", server_url)
    assert (refused.status, password in refused.err) == (2, False)
    assert "every user of this machine could read the password" in refused.err
    old, new = tmp_path / "old.env", tmp_path / "new.env"
    for file, url in ((old, commands(sandbox).settings["JOURNAL__URL"]), (new, server_url)):
        settings = {**sandbox.settings, "JOURNAL__URL": url, "JOURNAL__SEEN": str(tmp_path / "state")}
        file.write_text("".join(f"{name}={value}\n" for name, value in settings.items()))
        file.chmod(0o600)
    assert run("journal", "copy", str(old), "nowhere").status == 2
    ended = run("journal", "copy", str(old), str(new), "--json")
    assert (ended.status, "now set JOURNAL__URL on every machine" in ended.err) == (0, True)
    counted = {one["table"]: one["rows"] for one in ended.objects}
    assert (counted["orders"], counted["events"]) == (2, 8)
    assert run("journal", "show", JOURNAL__URL=server_url).out == before
    assert run("export", "--all", JOURNAL__URL=server_url).status == 0
    assert calls(sandbox, "newOrderSubmit") == 2
    again = run("journal", "copy", str(old), str(new))
    assert (again.status, "already holds a journal" in again.err) == (2, True)


def test_a_journal_of_one_account_is_not_used_for_another(stocked, commands):
    sandbox = stocked(orders=2, plain=True)
    assert commands(sandbox).run("export", "--all").status == 0
    sandbox.ledger.clear()
    other = commands(sandbox, SPECTER__SBM_ID="99").run
    for words in (("export", "--all"), ("watch", "--once"), ("articles", "export"), ("orders",)):
        ended = other(*words)
        assert ended.status == 2
        assert "the journal belongs to the Specter account 1234 at " in ended.err
    assert sandbox.ledger.calls() == {}
    assert commands(sandbox).run("journal", "show").status == 0


def test_a_journal_is_upgraded_by_a_command_that_says_where_the_copy_is(stocked, commands):
    run = commands(stocked(orders=1, plain=True)).run
    run("export", "--all")
    ended = run("journal", "upgrade")
    assert (ended.status, ended.out) == (0, f"the journal is up to date: version {VERSION}\n")


def test_an_upgrade_under_a_running_program_names_it_and_changes_nothing(stocked, commands, tmp_path):
    sandbox = stocked(orders=0)
    file = make_file(tmp_path / "older" / "journal.db", 4)
    with closing(sqlite3.connect(file)) as connection:
        connection.execute("UPDATE journal SET shop = ?", (commands(sandbox).settings["ABICART__WEBSHOP"],))
        connection.commit()
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    before = file.read_bytes()
    run = commands(sandbox, JOURNAL__URL=f"sqlite:///{file}").run
    with sign_in_path(file).open("w") as signed_in:
        fcntl.flock(signed_in, fcntl.LOCK_SH)
        refused = run("journal", "upgrade")
    assert (refused.status, refused.out, f"(process {os.getpid()})" in refused.err) == (1, "", True)
    assert file.read_bytes() == before
    done = run("journal", "upgrade")
    assert (done.status, done.lines) == (0, [
        f"the journal was upgraded from version 4 to {VERSION}", f"a copy of it as it was: {file}.v4"
    ])  # fmt: skip


@pytest.mark.parametrize("version", [1, 3])
def test_a_journal_from_before_version_4_is_read_copied_and_refused_elsewhere(stocked, commands, tmp_path, version):
    sandbox = stocked(orders=1, plain=True)
    shop = commands(sandbox).settings["ABICART__WEBSHOP"]
    file = make_file(tmp_path / "older" / "journal.db", version)
    with closing(sqlite3.connect(file)) as connection:
        for table in ("journal", "orders", "sent_rows"):
            connection.execute(f"UPDATE {table} SET shop = ?", (shop,))
        connection.commit()
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    before = file.read_bytes()
    run = commands(sandbox, JOURNAL__URL=f"sqlite:///{file}").run
    assert len(run("journal", "show").lines) == 4
    assert len(rows(run("journal", "csv").out)) == 4
    assert run("journal", "backup", str(tmp_path / "copy.db")).status == 0
    for words in (("journal", "upgrade"), ("orders",), ("export", "--all"), ("watch",)):
        ended = run(*words)
        assert (ended.status, ended.out) == (2, ""), words
        assert f"the journal is of version {version}, which can only be read" in ended.err
    assert calls(sandbox, "newOrderSubmit") == 0
    assert file.read_bytes() == before
