"""Lists as CSV files, and named views: their contents, who can read them, and what is never overwritten."""

import csv
from datetime import UTC, datetime
from decimal import Decimal
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from specter_tui.console.viewmodel.csv_sheet import CsvStyle, default_path, escape_formula, write_csv_sheet
from specter_tui.console.viewmodel.filtering.sorting import Sort, in_order
from specter_tui.console.viewmodel.list_table import ListTable
from specter_tui.console.viewmodel.list_view import ListView
from specter_tui.console.viewmodel.order_fields import BY_KEY
from specter_tui.console.viewmodel.saved_views import SavedViewsUnreadable, clean_name, read_views, write_views
from tests.console.scripted import view
from tests.support.file_modes import mode

ZONE = ZoneInfo("Europe/Stockholm")
SWEDISH, ENGLISH = CsvStyle("sv", ZONE), CsvStyle("en", ZONE)
SHOWN = [BY_KEY[key] for key in ("number", "customer", "total", "placed", "sku")]
NASTY = '=HYPERLINK("http://x";"y")'


def table(rows: list[object]) -> ListTable:
    return ListTable("orders", SHOWN, {key: key.title() for key in BY_KEY}, rows)


def orders() -> list[object]:
    return [
        view(1, customer=NASTY, total=Decimal("-100.00"), ordered=datetime(2026, 7, 1, 22, 30, tzinfo=UTC)),
        view(2, customer='Ek, "Åke"; & son\nnext', total=None, ordered=None, articles=("A-1", "B")),
    ]


def test_sweden_gets_semicolons_decimal_commas_and_its_own_clock(tmp_path: Path) -> None:
    path = tmp_path / "orders.csv"
    assert write_csv_sheet(path, table(orders()), SWEDISH) == 2
    raw = path.read_bytes()
    assert raw.startswith(b"\xef\xbb\xbfNumber;Customer;Total;Placed;Sku\r\n")
    assert mode(path) == 0o600
    with path.open(encoding="utf-8-sig", newline="") as file:
        _, first, second = csv.reader(file, delimiter=";")
    assert first == ["1001", f"'{NASTY}", "-100,00", "2026-07-02 00:30:00", ""]
    assert second == ["1002", 'Ek, "Åke"; & son\nnext', "", "", "A-1 B"]


def test_elsewhere_commas_and_points(tmp_path: Path) -> None:
    path = tmp_path / "orders.csv"
    write_csv_sheet(path, table(orders()), ENGLISH)
    with path.open(encoding="utf-8-sig", newline="") as file:
        _, first, second = csv.reader(file)
    assert first[2] == "-100.00"
    assert second[1] == 'Ek, "Åke"; & son\nnext'


@pytest.mark.parametrize("text", ["=1", "+46701234567", "-x", "@a", "\t1", "\r1", "  =1", "'=1", '"+1'])
def test_no_text_is_a_formula(text: str) -> None:
    assert escape_formula(text) == f"'{text}"


@pytest.mark.parametrize("text", ["", "a=1", "1001", "Åsa", "a-b"])
def test_other_texts_are_left_alone(text: str) -> None:
    assert escape_formula(text) == text


def test_what_is_there_is_not_written_over_unless_asked(tmp_path: Path) -> None:
    path = tmp_path / "orders.csv"
    path.write_text("mine")
    with pytest.raises(FileExistsError):
        write_csv_sheet(path, table(orders()), ENGLISH)
    assert path.read_text() == "mine"
    assert write_csv_sheet(path, table(orders()), ENGLISH, replace=True) == 2
    assert "1001" in path.read_text()
    assert mode(path) == 0o600
    elsewhere = tmp_path / "elsewhere.txt"
    link = tmp_path / "link.csv"
    link.symlink_to(elsewhere)
    with pytest.raises(FileExistsError):
        write_csv_sheet(link, table(orders()), ENGLISH)
    assert not elsewhere.exists()
    assert sorted(found.name for found in tmp_path.iterdir()) == ["link.csv", "orders.csv"]


def test_a_row_that_fails_leaves_no_half_file(tmp_path: Path) -> None:
    with pytest.raises(AttributeError):
        write_csv_sheet(tmp_path / "orders.csv", table([*orders(), None]), ENGLISH)
    assert list(tmp_path.iterdir()) == []
    with pytest.raises(FileNotFoundError):
        write_csv_sheet(tmp_path / "none" / "orders.csv", table(orders()), ENGLISH)


def test_the_default_name_says_what_and_when(tmp_path: Path) -> None:
    at = datetime(2026, 11, 26, 9, 5, tzinfo=ZONE)
    assert default_path("orders", at, tmp_path) == tmp_path / "orders-2026-11-26-0905.csv"


def test_views_are_kept_by_list_and_name(tmp_path: Path) -> None:
    file = tmp_path / "specter-tui" / "views.json"
    assert read_views(file) == {}
    morning = ListView("state:ready !åsa", Sort("total", descending=True), ("placed",))
    write_views(file, {"orders": {"Morgon": morning, "all": ListView()}, "log": {}})
    assert read_views(file) == {"orders": {"Morgon": morning, "all": ListView()}}
    assert mode(file) == 0o600
    assert mode(file.parent) == 0o700
    assert [found.name for found in file.parent.iterdir()] == ["views.json"]


@pytest.mark.parametrize("text", ["", "[]", '{"orders": 1}', '{"orders": {"a": {"filter": 1}}}', "\xff"])
def test_views_that_cannot_be_read_are_told(tmp_path: Path, text: str) -> None:
    file = tmp_path / "views.json"
    file.write_bytes(text.encode("latin-1"))
    with pytest.raises(SavedViewsUnreadable, match=r"views\.json"):
        read_views(file)


def test_a_view_is_called_by_one_clean_line() -> None:
    assert clean_name("  my\x1b[31m\nview  ") == "my[31m view"
    assert len(clean_name("x" * 500)) == 40


@pytest.mark.parametrize("descending", [False, True])
@pytest.mark.parametrize("key", list(BY_KEY))
def test_every_field_sorts_with_what_is_missing_last(key: str, descending: bool) -> None:
    rows = [
        view(1),
        view(2, ordered=None, total=None, customer="", number="A-7", specter_number=None, message="x"),
        view(3, customer="Örn", number="999", specter_number="17", articles=("B", "A"), currency="EUR"),
        view(4, customer="Ärla", number="1010", state="unknown", message="y", articles=("A",)),
    ]
    field = BY_KEY[key]
    if not field.written:
        return
    found = [field.get(row) for row in in_order(rows, field, Sort(key, descending=descending))]
    there = [value not in (None, "", ()) for value in found]
    assert there == sorted(there, reverse=True)
    again = [field.get(row) for row in in_order(rows[::-1], field, Sort(key, descending=descending))]
    assert found == again


def test_swedish_letters_come_last_and_numbers_count() -> None:
    rows = [view(1, customer="Öst"), view(2, customer="ål"), view(3, customer="Ärla"), view(4, customer="Zoo")]
    assert [row.customer for row in in_order(rows, BY_KEY["customer"], Sort("customer"))] == [
        "Zoo",
        "ål",
        "Ärla",
        "Öst",
    ]
    rows = [view(1, number="1010"), view(2, number="999"), view(3, number="B1")]
    assert [row.number for row in in_order(rows, BY_KEY["number"], Sort("number"))] == ["999", "1010", "B1"]


def test_equal_rows_keep_their_order_up_and_down() -> None:
    rows = [view(uid, currency="SEK") for uid in (3, 1, 2)]
    for descending in (False, True):
        found = in_order(rows, BY_KEY["currency"], Sort("currency", descending=descending))
        assert [row.uid for row in found] == [3, 1, 2]
