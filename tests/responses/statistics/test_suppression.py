"""From a breakdown of people nobody can work out a number under five, whatever the numbers are."""

from collections.abc import Sequence
from itertools import product

from hypothesis import example, given
from hypothesis import strategies as st

from consult.responses.statistics.suppression import LEAST, Cell, suppressed

COUNTS = st.lists(st.integers(0, 9), max_size=5)


def possible(cells: Sequence[Cell], total: int) -> list[tuple[int, ...]]:
    """Everything that the counts can be for who knows the total and reads the breakdown, and how it is made."""
    few, more = range(1, LEAST), range(LEAST, total + 1)
    values = [(cell.count,) if cell.count is not None else few if cell.few else more for cell in cells]
    return [counts for counts in product(*values) if sum(counts) == total]


@given(COUNTS)
@example([1])
@example([1, 5])
@example([1, 1])
@example([4, 4])
@example([2, 5, 5])
def test_nothing_under_five_can_be_worked_out(counts: list[int]) -> None:
    cells = suppressed(counts)
    if cells is None:
        return
    readings = possible(cells, sum(counts))
    assert tuple(counts) in readings
    for place, count in enumerate(counts):
        if 0 < count < LEAST:
            assert len({reading[place] for reading in readings}) > 1, cells


@given(COUNTS)
def test_what_is_told_is_true_and_nothing_small_is_told(counts: list[int]) -> None:
    for cell, count in zip(suppressed(counts) or [], counts, strict=False):
        assert cell.count in {None, count}
        assert cell.few == (0 < count < LEAST)
        assert cell.count is None or cell.count == 0 or cell.count >= LEAST


@given(st.lists(st.integers(LEAST, 1000), max_size=12))
def test_nothing_is_left_out_when_nobody_is_few(counts: list[int]) -> None:
    assert suppressed(counts) == [Cell(count) for count in counts]


def test_one_small_number_takes_the_smallest_other_with_it() -> None:
    assert suppressed([40, 3, 9]) == [Cell(40), Cell(None, few=True), Cell(None)]


def test_small_numbers_hide_each_other() -> None:
    assert suppressed([40, 3, 2]) == [Cell(40), Cell(None, few=True), Cell(None, few=True)]


def test_what_cannot_be_hidden_is_not_told_at_all() -> None:
    for counts in ([3], [1, 1], [1, 5], [4, 4, 4]):
        assert suppressed(counts) is None, counts
