"""The marks of a list: a range follows the cursor, and never marks a row that it did not pass."""

import pytest

from specter_tui.console.viewmodel.marks import Marks

ROWS = list(range(10))


@pytest.mark.parametrize(
    ("before", "start", "moves", "marked"),
    [
        ((), 3, (), {3}),
        ((), 3, (4, 5, 6), {3, 4, 5, 6}),
        ((), 3, (9,), set(range(3, 10))),
        ((), 3, (6, 4), {3, 4}),
        ((), 3, (6, 1), {1, 2, 3}),
        ((), 3, (6, 3), {3}),
        ((5, 8), 3, (6, 3), {3, 5, 8}),
        ((3,), 3, (4, 3), {3}),
        ((), 0, (9, 0, 9, 0), {0}),
    ],
)
def test_a_range_marks_what_is_between_and_takes_only_its_own_marks_back(before, start, moves, marked) -> None:
    marks = Marks(before)
    marks.begin_range(ROWS, start)
    for cursor in moves:
        marks.follow(ROWS, cursor)
    assert set(marks) == marked
    assert marks.end_range()
    marks.follow(ROWS, 7)
    assert set(marks) == marked


@pytest.mark.parametrize("rows", [ROWS[::-1], ROWS[1:], [*ROWS, 10], []])
def test_a_range_ends_when_the_rows_change_and_its_marks_stay(rows: list[int]) -> None:
    marks: Marks[int] = Marks()
    marks.begin_range(ROWS, 3)
    marks.follow(ROWS, 5)
    assert marks.follow(rows, 8) == ()
    assert (set(marks), marks.ranging) == ({3, 4, 5}, False)


def test_a_row_that_was_exported_meanwhile_is_not_marked_again() -> None:
    marks: Marks[int] = Marks()
    marks.begin_range(ROWS, 3)
    marks.follow(ROWS, 6)
    del marks[4]
    marks.follow(ROWS, 7)
    assert set(marks) == {3, 5, 6, 7}


def test_a_range_by_shift_ends_with_the_first_move_without_it() -> None:
    marks: Marks[int] = Marks()
    marks.begin_range(ROWS, 3, by_shift=True)
    assert set(marks.extend(ROWS, 4)) == {4}
    assert marks.follow(ROWS, 4) == ()  # The message about that move comes later.
    assert marks.ranging
    assert marks.follow(ROWS, 5) == ()
    assert (set(marks), marks.ranging) == ({3, 4}, False)


def test_the_inverse_is_of_the_given_rows_alone() -> None:
    marks = Marks((1, 2, 99))
    marks.invert([1, 2, 3])
    assert list(marks) == [99, 3]
    marks.add([1, 3])
    assert list(marks) == [99, 3, 1]
